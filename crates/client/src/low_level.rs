//! What lies under the calls: request types, and the transport that sends them.
//!
//! Most programs need nothing of this. It is for what the calls don't offer: a parameter without a setter, or a transport
//! of your own. Each service's module has the request types (`requests`) and bodies (`types`), and each client's
//! `low_level()` returns its [`Transport`].

pub use account_provisioning_core::{
    AuthRequirement, BaseUrl, BuildError, CallOptions, Credentials, Dialect, OperationInfo, PageStyle, PathId,
    PlainHttpHosts, Refusal, ReplyKind, Request, RetryClass, Shape, Transport, TransportBuilder, check_header_name,
};
