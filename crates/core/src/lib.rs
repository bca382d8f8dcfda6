//! Runtime of the account-provisioning SDK: secrets, authentication, errors, retries, paging, transport.

pub mod de;
mod nullable;
mod received_secret;
mod secret;
pub mod time;

pub use nullable::Nullable;
pub use received_secret::ReceivedSecret;
pub use secret::Secret;
