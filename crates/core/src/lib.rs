//! Runtime of the account-provisioning SDK: secrets, authentication, errors, retries, paging, transport.

pub mod de;
mod nullable;
mod received_secret;
pub mod retry;
mod secret;
pub mod time;

pub use nullable::Nullable;
pub use received_secret::ReceivedSecret;
pub use retry::{RetryClass, RetryPolicy};
pub use secret::Secret;
