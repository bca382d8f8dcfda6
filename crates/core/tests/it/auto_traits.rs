//! The auto traits of every public type, checked by the compiler. `xtask review` reads these assertions as well.

use std::panic::{RefUnwindSafe, UnwindSafe};

#[cfg(feature = "tower")]
use account_provisioning_core::HttpService;
use account_provisioning_core::{
    AskedFor, AttemptRecord, Attempts, AuthRequirement, BaseUrl, BuildError, CallOptions, Checkpoint, Credentials,
    Drift, DriftKind, Error, ErrorKind, IdError, Items, Nullable, OpaqueValue, OperationInfo, Page, PageRequest,
    PageRule, PageStyle, Pages, PagingEnd, PagingFailure, PagingStop, PlainHttpHosts, Position, RandomJitter,
    RateLimit, ReceivedSecret, Refusal, ReplyKind, Response, ResponseMeta, Secret, SendError, Shape, SystemClock,
    Timeouts, TokioSleep, Transport, TransportBuilder, UserAgent, VendorMessage, auth, base_url, hook, id, limit,
    retry, time, user_agent,
};
use static_assertions::{assert_impl_all, assert_not_impl_any};

assert_impl_all!(AskedFor: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(AttemptRecord: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(Attempts: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(AuthRequirement: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(BaseUrl: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(BuildError: Send, Sync, Unpin);
assert_not_impl_any!(BuildError: RefUnwindSafe, UnwindSafe);
assert_impl_all!(CallOptions: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(Checkpoint: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(Credentials: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(Drift<'static>: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(DriftKind<'static>: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(Error: Send, Sync, Unpin);
assert_not_impl_any!(Error: RefUnwindSafe, UnwindSafe);
assert_impl_all!(ErrorKind: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
#[cfg(feature = "tower")]
assert_impl_all!(HttpService: Send, Sync, Unpin);
#[cfg(feature = "tower")]
assert_not_impl_any!(HttpService: RefUnwindSafe, UnwindSafe);
assert_impl_all!(IdError: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(Items<String>: Send, Sync, Unpin);
assert_not_impl_any!(Items<String>: RefUnwindSafe, UnwindSafe);
assert_impl_all!(Nullable<String>: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(OpaqueValue: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(OperationInfo: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(Page<String>: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(PageRequest: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(PageRule: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(PageStyle: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(Pages<String>: Send, Sync, Unpin);
assert_not_impl_any!(Pages<String>: RefUnwindSafe, UnwindSafe);
assert_impl_all!(PagingEnd: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(PagingFailure: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(PagingStop: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(PlainHttpHosts: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(Position: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(RandomJitter: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(RateLimit: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(ReceivedSecret: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(ReplyKind: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(Refusal: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(Response<String>: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(ResponseMeta: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(Secret: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(SendError: Send, Sync, Unpin);
assert_not_impl_any!(SendError: RefUnwindSafe, UnwindSafe);
assert_impl_all!(Shape: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(SystemClock: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(Timeouts: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(TokioSleep: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(Transport: Send, Sync, Unpin);
assert_not_impl_any!(Transport: RefUnwindSafe, UnwindSafe);
assert_impl_all!(TransportBuilder: Send, Sync, Unpin);
assert_not_impl_any!(TransportBuilder: RefUnwindSafe, UnwindSafe);
assert_impl_all!(UserAgent: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(auth::InvalidCredentials: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(auth::Provided: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(base_url::InvalidBaseUrl: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(base_url::InvalidPlainHttpHost: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(hook::Ended<'static>: Send, Sync, Unpin);
assert_not_impl_any!(hook::Ended<'static>: RefUnwindSafe, UnwindSafe);
assert_impl_all!(hook::Outgoing<'static>: Send, Sync, Unpin);
assert_not_impl_any!(hook::Outgoing<'static>: RefUnwindSafe, UnwindSafe);
assert_impl_all!(id::Segment: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(limit::Learned: Send, Sync, Unpin);
assert_not_impl_any!(limit::Learned: RefUnwindSafe, UnwindSafe);
assert_impl_all!(limit::Learning<'static>: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
#[cfg(feature = "redis")]
assert_impl_all!(limit::RedisLimiter: Send, Sync, Unpin);
#[cfg(feature = "redis")]
assert_not_impl_any!(limit::RedisLimiter: RefUnwindSafe, UnwindSafe);
#[cfg(feature = "governor")]
assert_impl_all!(limit::Steady: Send, Sync, Unpin);
#[cfg(feature = "governor")]
assert_not_impl_any!(limit::Steady: RefUnwindSafe, UnwindSafe);
assert_impl_all!(retry::Failure: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(retry::RetryBudget: Send, Sync, Unpin);
assert_not_impl_any!(retry::RetryBudget: RefUnwindSafe, UnwindSafe);
assert_impl_all!(retry::RetryClass: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(retry::RetryPolicy: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(retry::Verdict: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(time::FixedJitter: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(time::ManualTime: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(user_agent::InvalidApplication: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
assert_impl_all!(VendorMessage: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);
