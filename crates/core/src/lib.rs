//! Runtime of the account-provisioning SDK: secrets, authentication, errors, retries, paging, transport.

pub mod auth;
pub mod base_url;
pub mod de;
pub mod id;
mod nullable;
mod rate_limit;
mod received_secret;
pub mod retry;
mod secret;
mod sync;
pub mod time;
pub mod user_agent;

pub use auth::Credentials;
pub use base_url::BaseUrl;
pub use id::IdError;
pub use nullable::Nullable;
pub use rate_limit::RateLimit;
pub use received_secret::ReceivedSecret;
pub use retry::{
    Failure, RetryBudget, RetryClass, RetryPolicy, Verdict, classify_status, decide, retry_after,
};
pub use secret::Secret;
pub use time::{Clock, Jitter, RandomJitter, Sleep, SystemClock, TokioSleep};
pub use user_agent::UserAgent;
