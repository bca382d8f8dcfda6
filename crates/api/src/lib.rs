//! Generated low-level clients of the account-provisioning SDK: one module per API, one method per operation.
//!
//! Most programs want the ergonomic crate, `account-provisioning`, which builds on this one. Use this one for what the
//! ergonomic crate does not offer: every parameter of every operation is here under the vendor's names, in the order
//! path, query, body, and so is every type.
//!
//! Requests go through an [`account_provisioning_core::Transport`], so credentials, retries, deadlines and traces are
//! those of the ergonomic crate. Make the HTTP client with [`account_provisioning_core::http_client`], which switches
//! redirects and retries of its own off and sets the connect limit: another client keeps its own. Errors arrive as `Error::Custom` with one line of text; their typed form is left in
//! the call that `for_call` attaches.
//!
//! # Features
//! - `cloudflare` (default): Cloudflare's accounts API.
//! - `cloudinary` (default): Cloudinary's Provisioning API and Permissions API.
//! - `schemars`: the types implement `schemars::JsonSchema` (schemars 1).

#[cfg(feature = "cloudflare")]
pub mod cloudflare;
#[cfg(feature = "cloudinary")]
pub mod cloudinary;
#[cfg(any(feature = "cloudflare", feature = "cloudinary"))]
mod hooks;

pub use progenitor_client::{Error, ResponseValue};
