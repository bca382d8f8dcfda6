#![cfg_attr(feature = "cloudinary", doc = include_str!("../README.md"))]
#![cfg_attr(
    not(feature = "cloudinary"),
    allow(
        dead_code,
        unused_imports,
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
//! Cloudflare's client works in the same way:
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
//! let member = account.members().add("ann@client.example", MemberAccess::roles(&roles[..1])).await?;
//! println!("{} is {:?}", member.id, member.status);
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "cloudflare"))]
//! # fn main() {}
//! ```
//!
//! # Modules
//! Each service has a module with a `Client`. What they share is here: [`Call`], lists ([`Pager`], [`Page`],
//! [`Items`]), [`Error`], [`Secret`], [`RetryPolicy`], [`Timeouts`], and [`time`] for tests.
//!
//! Every call is a [`Call`], which is sent when it is awaited. The options of a call are methods of `Call`; the
//! documentation of the method that starts the call lists them.
//!
//! # Get or create
//! `find_by_email`, `find_by_name` and the like return the one thing with that name, or `None`. If several match, the error is
//! [ambiguous](Error::is_ambiguous). [`Call::or_find`] looks before it creates, and again if the response is lost.
//! [`Call::reconcile`] finds out whether a creation was made whose [outcome is unknown](Error::is_outcome_unknown).
//!
//! # Models
//! Models can be compared with `==`, except those that contain a secret: from the time that a comparison takes, an attacker
//! could guess it bit by bit. When such a model is serialized, `[redacted]` stands in place of the secret.
//!
//! Every time in a response is an `Option`. It is read as RFC 3339, or as a number of seconds or milliseconds since 1970,
//! whichever the service sends. A time that is missing or can't be read is `None`, and the rest of the response is read;
//! [`Response::body`] has what was received.
//!
//! # Environment variables
//! `Client::from_env` and `ClientBuilder::env` read these variables. A setting in code takes precedence. An empty variable
//! counts as unset, and a variable whose value is not needed cannot make `build` fail.
//!
//! | variable | what it is | setting in code |
//! |---|---|---|
//! | `CLOUDFLARE_API_TOKEN` | the API token of a user or an account | `api_token` |
//! | `CLOUDFLARE_API_KEY` | the global API key of a user, together with the e-mail address | `api_key` |
//! | `CLOUDFLARE_EMAIL` | the e-mail address of a user, together with the key; without it, not used beside another way to sign in | `api_key` |
//! | `CLOUDFLARE_API_USER_SERVICE_KEY` | a user service key | `user_service_key` |
//! | `CLOUDFLARE_BASE_URL` | the URL that paths are appended to | `base_url` |
//! | `CLOUDINARY_ACCOUNT_URL` | `account://key:secret@account_id`; supplies whichever of the next three are not set | `account_url` |
//! | `CLOUDINARY_PROVISIONING_API_KEY` | the API key of the account, together with the secret | `api_key` |
//! | `CLOUDINARY_PROVISIONING_API_SECRET` | the API secret of the account, together with the key | `api_secret` |
//! | `CLOUDINARY_ACCOUNT_ID` | the account | `account_id` |
//! | `CLOUDINARY_BASE_URL` | the URL that paths are appended to, in place of a region | `base_url` |
//! | `CLOUDINARY_REGION` | `api` (default), `api-eu` or `api-ap` | `region` |
//! | `CLOUDSPOT_APP_ID` | the application | `Client::builder` |
//! | `CLOUDSPOT_TOKEN` | a token that the application kept, for `kept_session` | `token` |
//! | `CLOUDSPOT_BASE_URL` | the URL that paths are appended to | `base_url` |
//!
//! Requests to an `https` base URL use the proxies of the environment as well; see [`ClientBuilder::http`].
//!
//! # Traces
//! Calls have `tracing` spans, with the names of OpenTelemetry's conventions for HTTP clients:
//!
//! | span | level | when |
//! |---|---|---|
//! | `operation` | info | from the start of a call to its end, waits included |
//! | `attempt` | debug | one attempt, from sending to the end of the response; the wait after it is outside |
//!
//! | field | span | what |
//! |---|---|---|
//! | `otel.name` | both | `operation`: the `operationId`; `attempt`: method and path template |
//! | `otel.kind` | `attempt` | `client` |
//! | `http.request.method` | both | the method |
//! | `url.template` | both | the path template |
//! | `server.address`, `server.port` | `attempt` | host and port of the base URL |
//! | `http.request.resend_count` | both | how many attempts came before; not set in the first attempt |
//! | `http.response.status_code` | both | the status, if there was a response |
//! | `error.type` | both | the status or the [`ErrorKind`], if it failed |
//! | `request_id` | `attempt` | the id that the service gave the request |
//!
//! A retry is the event `retrying` at level info, with `error.type` and `wait_ms`; a call that fails is the event `call
//! failed` at level debug, with `error.type` and `outcome_unknown`. URLs, queries, bodies and values of headers are never
//! traced: they contain ids, names and secrets.
//!
//! # Features
//! - `cloudflare` (default): [`cloudflare`], Cloudflare's accounts.
//! - `cloudinary` (default): [`cloudinary`], Cloudinary's Provisioning API and Permissions API.
//! - `cloudspot` (default): [`cloudspot`], Cloudspot License.
//! - `cedar`: `cloudinary::cedar`, which checks policy statements and decides by them without a request.
//! - `rustls` (default), `rustls-no-provider` or `native-tls`: the TLS library. See [TLS](#tls).
//! - `http2` (default): concurrent requests share one connection if the service supports HTTP/2.
//! - `blocking`: `Call::blocking` and `Call::collect_blocking`.
//! - `schemars`: the models implement `schemars::JsonSchema`.
//! - `governor`: [`limit`]`::Steady`, a rate limit that is set by hand.
//! - `redis`: [`limit`]`::RedisLimiter`, a rate limit that many processes share.
//! - `tower`: `ClientBuilder::layer`, tower layers around each attempt.
//!
//! # TLS
//! Each feature brings one TLS library, and none brings a second one:
//!
//! | feature | TLS | cryptography |
//! |---|---|---|
//! | `rustls` | rustls | aws-lc-rs, or the provider that the program installed |
//! | `rustls-no-provider` | rustls | the provider that the program installs |
//! | `native-tls` | the operating system's; OpenSSL on Linux | the same |
//!
//! All of them trust the roots of the operating system. Without any of them, a client speaks plain `http` only. If both
//! `native-tls` and a feature of rustls are enabled, for example by another crate, the client uses `native-tls`.
//!
//! To use ring, leave out the default features, and install it before you build the first client:
//!
//! ```toml
//! account-provisioning = { git = "https://github.com/account-provisioning/account-provisioning", default-features = false, features = ["cloudflare", "http2", "rustls-no-provider"] }
//! rustls = { version = "0.23", default-features = false, features = ["ring", "std", "tls12"] }
//! ```
//! ```text
//! rustls::crypto::ring::default_provider().install_default().expect("no other provider is installed");
//! ```
//!
//! Without a provider, `build` returns an error for which [`Error::is_configuration`] is true.
//!
//! # Platforms
//! Linux, macOS and Windows. `wasm32-unknown-unknown` is not supported: a client would have to keep promises that a browser
//! doesn't let it keep. reqwest's client for browsers has no redirect policy (`redirect`), so credentials would follow
//! redirects; it can't tell whether a connection was made (`Error::is_connect`), so no failed change could be known as not
//! sent; it reads a body as a whole (no `Response::chunk`), so its size has no limit; and it has neither proxies nor a limit
//! for connecting. Its futures are not `Send`, and tokio's timer needs a clock that the target doesn't have.

mod any;
#[cfg(feature = "blocking")]
mod blocking;
mod call;
mod client_builder;
#[cfg(feature = "cloudflare")]
pub mod cloudflare;
#[cfg(feature = "cloudinary")]
pub mod cloudinary;
#[cfg(feature = "cloudspot")]
pub mod cloudspot;
mod connection;
pub mod explain;
mod field;
mod find;
mod header;
mod id_list;
mod json;
mod left_out;
mod list;
mod lookup;
pub mod low_level;
mod mode;
mod replace;
mod vars;

#[cfg(feature = "tower")]
pub use account_provisioning_core::HttpService;
pub use account_provisioning_core::{
    AttemptRecord, Attempts, Checkpoint, Drift, DriftKind, Error, ErrorKind, IdError, IntoId, Items, Nullable,
    OpaqueValue, Page, Pages, PagingEnd, PagingFailure, PagingStop, Position, RateLimit, ReceivedSecret, Response,
    ResponseMeta, Result, RetryPolicy, Secret, SendError, SendHttp, Timeouts, VendorMessage, auth, hook, limit, time,
};
pub use any::{AnyList, AnyRequest};
pub use call::{Call, FromReply, Mode, Once, Operation};
pub use client_builder::ClientBuilder;
pub use field::Field;
pub use find::{Creation, FindBy, FoundOrCreated, OrFind, Reconciled};
pub use id_list::IntoIdList;
#[doc(hidden)]
pub use json::WithJson;
pub use json::{AsJson, JsonList, ReadAsJson};
pub use list::{List, Paged, Pager};
pub use mode::{Optional, WithResponse};
#[doc(hidden)]
pub use replace::{Keys, Whole};
pub use replace::{Merge, ReadAndReplace};
pub use {bytes, chrono, http, reqwest};
