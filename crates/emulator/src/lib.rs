//! A stateful local server of the account provisioning APIs, for tests and examples.
//!
//! It serves the vendors' own paths over HTTP, by default on a port of 127.0.0.1. It stores what is created, checks credentials,
//! and responds as the vendor's document says: every request and every response is checked against that document. It
//! records all requests, and injects faults on demand: error statuses, latency, lost responses, broken bodies, repeated
//! pages.
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
//! let http = reqwest::Client::builder().no_proxy().build()?; // the emulator is on this machine
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
//! Without a state of your own, there is one Cloudinary account with the id `emulator-account`, the API key
//! `emulator-key` and the API secret `emulator-secret`. It has one product environment (id `emulator-environment`,
//! cloud name `emulator`) with one access key, and a monthly plan that began on 2024-01-01. It has no users, groups,
//! custom roles or custom policies.
//!
//! There is also one Cloudflare account, with the id `emulator-account` and the API token `emulator-account-token`. Its
//! one member is an administrator of the tenant, with the email address `admin@emulator.example`, the API key
//! `emulator-api-key`, the service key `emulator-service-key` and the API token `emulator-user-token`; see
//! [`cloudflare::Cloudflare::default`].
//!
//! Cloudspot License has one application, `emulator-app`, and one user, `emulator-user` with the password
//! `emulator-password`. The user has the permissions `use_app` and `view_reports` for company 1.
//!
//! # Undocumented behaviour
//! The modules [`cloudinary`], [`cloudflare`] and [`cloudspot`] describe what the emulator does where the vendor's
//! document says nothing. Where a service or its clients deviate from the document, there is a [`Quirk`] with its
//! source.
//!
//! # Speed
//! Debug builds of the emulator are slow, as those of any crate. `opt-level = 2` in the section
//! `[profile.dev.package.account-provisioning-emulator]` of your own workspace's `Cargo.toml` makes them more than twice as
//! fast. Cargo ignores the profiles of dependencies, so this crate cannot set it.
//!
//! The binary `provisioning-emulator` runs the same server from a command line. The README describes the binary, the
//! state file and the control interface.

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
mod rows;
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
pub use self::error::{RuleError, StartError, StateError};
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
