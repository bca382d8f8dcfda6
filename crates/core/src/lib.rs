//! Runtime of the account-provisioning SDK: secrets, authentication, errors, retries, paging, transport.

pub mod de;
mod nullable;
mod received_secret;
pub mod retry;
mod secret;
pub mod time;

mod call;
mod error;
mod operation;
mod paging;
mod response;
mod timeouts;
mod transport;

pub use call::{CallOptions, CallState};
pub use error::{Dialect, Error, ErrorKind, Refusal};
pub use nullable::Nullable;
pub use operation::{AuthRequirement, Operation};
pub use paging::{
    Checkpoint, Items, Page, PageRequest, PageRule, PageSource, PageStyle, Pages, PagingEnd, PagingFailure, PagingStop,
    Position,
};
pub use received_secret::ReceivedSecret;
pub use response::{Response, ResponseMeta};
pub use retry::{RetryClass, RetryPolicy};
pub use secret::Secret;
pub use timeouts::Timeouts;
pub use transport::{Failed, Shared, Transport, TransportBuilder, http_client};

/// A result whose error is this SDK's, unless it says otherwise.
pub type Result<T, E = Error> = std::result::Result<T, E>;
