//! Cloudflare.

mod operations;
mod requests;
#[cfg(feature = "schemars")]
mod schemas;
mod types;
