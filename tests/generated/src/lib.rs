//! The code that is generated from `document.json`, an invented API of a courier. It contains the constructs that the three
//! documents of this workspace lack and other vendors' documents have.

#[allow(
    missing_docs,
    unreachable_pub,
    rustdoc::all,
    clippy::all,
    clippy::exhaustive_enums,
    reason = "generated"
)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/generated.rs"));
}

pub use generated::{OPERATIONS, requests, types};
