//! Generated low-level clients of the account-provisioning SDK: one module per API, one request type per operation.
//!
//! Most programs want the ergonomic crate, `account-provisioning`, which builds on this one. Use this one for what the
//! ergonomic crate does not offer: every operation is here under the vendor's name, with every parameter and every type.
//!
//! Each module has `requests` (one type per operation, with named fields), `types` (request and response bodies), `ids`
//! (identifiers) and `OPERATIONS` (how each operation is sent). A [`Transport`](account_provisioning_core::Transport)
//! sends requests, with the same credentials, retries, limits, traces and typed errors as in the ergonomic crate.
//!
//! # Examples
//! ```no_run
//! # #[cfg(feature = "cloudinary")]
//! # async fn example(low: account_provisioning_core::Transport) -> Result<(), Box<dyn std::error::Error>> {
//! use account_provisioning_api::cloudinary::{ids::AccountId, requests};
//!
//! let mut request = requests::GetUsers::new(AccountId::new("0aaaaa1bbbbb2ccccc")?);
//! request.prefix = Some("ann".to_owned());
//! for user in low.send(&request).await?.into_value().users {
//!     println!("{}", user.id);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Features
//! - `cloudflare` (default): Cloudflare's accounts API.
//! - `cloudinary` (default): Cloudinary's Provisioning API and Permissions API.
//! - `cloudspot` (default): Cloudspot License.
//! - `schemars`: the types implement `schemars::JsonSchema` (schemars 1).

#[cfg(feature = "cloudflare")]
pub mod cloudflare;
#[cfg(feature = "cloudinary")]
pub mod cloudinary;
#[cfg(feature = "cloudspot")]
pub mod cloudspot;
