//! A stateful local server of the account provisioning APIs, for tests and examples.
//!
//! It speaks HTTP on a port of 127.0.0.1 under the vendor's own paths, keeps what is created, checks credentials, and
//! answers as the vendor's document says; every request and every reply is checked against that document. It records the
//! requests, and it fails on demand: statuses, latency, lost answers, broken bodies, pages that repeat.
//!
//! ```
//! use account_provisioning_emulator::{Emulator, Fault};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let emulator = Emulator::start().await?;
//! emulator.inject(Fault::status(503).on("getUsers").nth(1));
//!
//! let account = emulator.cloudinary();
//! let url = format!("{}/v1_1/provisioning/accounts/{}/users", account.base_url(), account.account_id());
//! let http = reqwest::Client::new();
//! let list = || http.get(&url).basic_auth(account.api_key(), Some(account.api_secret())).send();
//!
//! assert_eq!(list().await?.status(), 503);
//! assert_eq!(list().await?.text().await?, r#"{"users":[]}"#);
//! assert_eq!(emulator.requests_for("getUsers").len(), 2);
//! # Ok(())
//! # }
//! ```
//!
//! # The default accounts
//! Without a state of one's own there is one Cloudinary account: id `emulator-account`, API key `emulator-key`, API secret
//! `emulator-secret`. It has one product environment (id `emulator-environment`, cloud name `emulator`) with one access
//! key, a monthly plan that began on 2024-01-01, no user, no group, no role and no policy of its own.
//!
//! There is one Cloudflare account as well: id `emulator-account`, with the token `emulator-account-token`, and one member,
//! who administers the tenant, with the email `admin@emulator.example`, the API key `emulator-api-key`, the service key
//! `emulator-service-key` and the token `emulator-user-token`; see [`cloudflare::Cloudflare::default`].
//!
//! Of Cloudspot License there is one application, `emulator-app`, and one user, `emulator-user` with the password
//! `emulator-password`, who may use it for one company, 1, and view reports there (`use_app`, `view_reports`).
//!
//! # What the vendors leave open
//! Where a vendor's document is silent, [`cloudinary`], [`cloudflare`] and [`cloudspot`] say what was chosen. Where a
//! service departs from its document, or clients do, there is a [`Quirk`] with its source.
//!
//! The binary `provisioning-emulator` serves the same from a command line; the README describes it, the state file and the
//! control interface.

mod api;
mod builder;
mod check;
mod clock;
pub mod cloudflare;
pub mod cloudinary;
pub mod cloudspot;
mod coerce;
mod context;
mod defaults;
mod document;
mod email;
mod emulator;
mod error;
mod fault;
mod input;
mod log;
mod paging;
mod quirk;
mod random;
mod rate_limit;
mod refusal;
mod secret;
mod server;
mod simulation;
mod state;
mod table;

pub use self::builder::EmulatorBuilder;
pub use self::cloudflare::CloudflareAccount;
pub use self::cloudinary::CloudinaryAccount;
pub use self::cloudspot::CloudspotAccount;
pub use self::emulator::Emulator;
pub use self::error::{StartError, StateError};
pub use self::fault::{Fault, FaultId};
pub use self::log::RecordedRequest;
pub use self::quirk::Quirk;
pub use self::rate_limit::RateLimit;
pub use self::secret::Secret;
pub use self::state::State;
pub use self::table::{Row, Table};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
