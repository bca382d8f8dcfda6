//! Runtime of the account-provisioning SDK: secrets, authentication, errors, retries, paging, transport.
//!
//! The generated low-level crate and the ergonomic crate `account-provisioning` are built on this crate. Applications should
//! depend on `account-provisioning`: the API here is made for those two crates.

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
compile_error!(
    "wasm32-unknown-unknown is not supported; \"Platforms\" in the documentation of account-provisioning says why"
);

mod attempts;
pub mod auth;
pub mod base_url;
mod call_options;
pub mod de;
mod drift;
pub mod epoch_seconds;
mod error;
pub mod hook;
pub mod id;
mod invisible;
pub mod limit;
mod nullable;
mod opaque_value;
mod operation_info;
mod paging;
mod query;
mod rate_limit;
mod received_secret;
mod request;
mod response;
pub mod retry;
mod secret;
mod short_text;
mod sync;
pub mod time;
mod timeouts;
mod transport;
pub mod user_agent;
mod vendor_message;

pub use attempts::{AttemptRecord, Attempts};
pub use auth::Credentials;
pub use base_url::{BaseUrl, PlainHttpHosts};
pub use call_options::CallOptions;
pub use drift::{Drift, DriftKind, Shape};
pub use error::{Dialect, Error, ErrorKind, MakeError, Refusal};
pub use hook::Hook;
pub use id::{Id, IdError, IntoId};
pub use limit::Limiter;
pub use nullable::Nullable;
pub use opaque_value::OpaqueValue;
pub use operation_info::{AuthRequirement, OperationInfo};
pub use paging::{
    AskedFor, Checkpoint, Items, MakePage, Page, PageRequest, PageRule, PageSource, PageStyle, Pages, PagingEnd,
    PagingFailure, PagingStop, Position, failed_pages, read_pages,
};
pub use query::add_query;
pub use rate_limit::RateLimit;
pub use received_secret::ReceivedSecret;
pub use request::{BuildError, PathId, ReplyKind, Request, joined};
pub use response::{Response, ResponseMeta};
pub use retry::{Failure, RetryBudget, RetryClass, RetryPolicy, Verdict, decide, retry_after, server_time};
pub use secret::Secret;
pub use time::{Clock, Jitter, RandomJitter, Sleep, SystemClock, TokioSleep};
pub use timeouts::Timeouts;
#[cfg(feature = "tower")]
pub use transport::HttpService;
pub use transport::{SendError, SendHttp, Transport, TransportBuilder, check_header_name};
pub use user_agent::UserAgent;
pub use vendor_message::VendorMessage;

/// A result whose error type is [`Error`] by default.
pub type Result<T, E = Error> = std::result::Result<T, E>;
