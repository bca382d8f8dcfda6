//! Cloudflare's accounts API, generated from `openapi/cloudflare/`.
//!
//! [`requests`] has one type per operation, [`types`] what goes in and comes out, [`ids`] the identifiers, and
//! [`OPERATIONS`] says of each operation how it is sent.

#[allow(
    missing_docs,
    unreachable_pub,
    rustdoc::all,
    clippy::all,
    clippy::missing_errors_doc,
    clippy::exhaustive_enums,
    clippy::new_without_default,
    reason = "generated; its documentation is that of the document"
)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/cloudflare.rs"));
}

pub use generated::{OPERATIONS, ids, requests, types};
