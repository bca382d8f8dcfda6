#![cfg_attr(feature = "cloudinary", doc = include_str!("../README.md"))]
#![cfg_attr(
    not(feature = "cloudinary"),
    allow(
        dead_code,
        unused_imports,
        unused_macros,
        rustdoc::broken_intra_doc_links,
        reason = "some of the shared parts serve one API alone, and no API needs to be enabled"
    )
)]
//!
//! # A tour that runs
//! ```
//! # #[cfg(feature = "cloudinary")]
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use account_provisioning::cloudinary;
//!
//! // In a program: `cloudinary::Client::from_env()?`. Here: a local emulator of the service.
//! let emulator = account_provisioning_emulator::Emulator::start().await?;
//! let cloudinary = cloudinary::Client::builder()
//!     .account_url(emulator.cloudinary().url())
//!     .base_url(emulator.cloudinary().base_url())
//!     .build()?;
//!
//! let environment = cloudinary.product_environments().create("Client Portal").await?;
//! let key = cloudinary.access_keys(&environment.id).generate().name("production").await?;
//! let secret = key.api_secret.expose_secret(); // the only way to see it
//! # let _ = secret;
//!
//! let gone = cloudinary.users().get("no-such-user").await.unwrap_err();
//! assert!(gone.is_not_found());
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "cloudinary"))]
//! # fn main() {}
//! ```
//!
//! Cloudflare has the same shape:
//! ```
//! # #[cfg(feature = "cloudflare")]
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use account_provisioning::cloudflare::{self, MemberAccess};
//!
//! // In a program: `cloudflare::Client::from_env()?`.
//! let emulator = account_provisioning_emulator::Emulator::start().await?;
//! let cloudflare = cloudflare::Client::builder()
//!     .api_token(emulator.cloudflare().api_token())
//!     .base_url(emulator.cloudflare().base_url())
//!     .build()?;
//!
//! let account = cloudflare.account(emulator.cloudflare().account_id());
//! let roles = account.roles().list().collect().await?;
//! let member = account.members().add("ann@client.example", MemberAccess::roles(&roles[..1])?).await?;
//! println!("{} is {:?}", member.id, member.status);
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "cloudflare"))]
//! # fn main() {}
//! ```
//!
//! # Where things are
//! Each service is a module with a `Client`; what they have in common is here: [`Call`], lists ([`Listing`], [`Page`],
//! [`Items`]), [`Error`], [`Secret`], [`RetryPolicy`], [`Timeouts`], and [`time`] for tests.
//!
//! # Features
//! - `cloudflare` (default): [`cloudflare`], Cloudflare's accounts.
//! - `cloudinary` (default): [`cloudinary`], Cloudinary's Provisioning API and Permissions API.
//! - `cloudspot` (default): [`cloudspot`], Cloudspot License.
//! - `cedar`: `cloudinary::cedar`, policy statements checked and decided without a request.
//! - `rustls` (default) or `native-tls`: who speaks TLS.
//! - `http2` (default): several requests share one connection.
//! - `blocking`: `Call::blocking` and `Call::collect_blocking`.
//! - `schemars`: the models implement `schemars::JsonSchema`.

#[cfg(feature = "blocking")]
mod blocking;
mod call;
#[cfg(feature = "cloudflare")]
pub mod cloudflare;
#[cfg(feature = "cloudinary")]
pub mod cloudinary;
#[cfg(feature = "cloudspot")]
pub mod cloudspot;
mod connection;
mod field;
mod id_list;
mod list;
mod lookup;
mod sealed;
mod started;
mod vars;

pub use account_provisioning_core::{
    Checkpoint, Error, ErrorKind, Items, Page, Pages, PagingEnd, PagingFailure, PagingStop, RateLimit, ReceivedSecret,
    Response, ResponseMeta, Result, RetryPolicy, Secret, Timeouts, VendorMessage, time,
};
pub use call::{Call, Operation, Optional, WithResponse};
pub use field::Field;
pub use id_list::IntoIdList;
pub use list::Listing;
