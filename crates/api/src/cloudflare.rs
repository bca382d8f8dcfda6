//! Cloudflare's accounts API, generated from `openapi/cloudflare/`.
//!
//! [`Client`] has one method per operation, [`types`] holds what goes in and comes out, and [`OPERATIONS`] says of each
//! operation how it is sent. Make a client with [`Client::new_with_client`].

#[allow(
    missing_docs,
    unreachable_pub,
    rustdoc::all,
    clippy::all,
    clippy::missing_errors_doc,
    clippy::exhaustive_enums,
    reason = "generated; its documentation is that of the document"
)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/cloudflare.rs"));
}

pub use generated::{ByteStream, Client, ClientInfo, Error, OPERATIONS, ResponseValue, types};

crate::hooks::run_on_core!();
