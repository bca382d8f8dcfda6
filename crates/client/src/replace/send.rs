//! A request with another body than its type can hold.

use std::fmt;

use account_provisioning_core::{BaseUrl, BuildError, OperationInfo, ReplyKind, Request, Result, Shape};
use bytes::Bytes;

use crate::call::Operation;

/// A request that is sent with this JSON as its body.
///
/// `Debug` shows the length of the body but not the body: it repeats what the service returned.
#[derive(Clone)]
pub(super) struct WithBody<W> {
    request: W,
    body: Bytes,
}

impl<W> WithBody<W> {
    pub(super) fn new(request: W, body: Bytes) -> Self {
        Self { request, body }
    }
}

impl<W: Request> fmt::Debug for WithBody<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WithBody")
            .field("operation", &self.request.operation().operation_id)
            .field("body_bytes", &self.body.len())
            .finish()
    }
}

impl<W: Request> Request for WithBody<W> {
    type Reply = W::Reply;
    const REPLY: ReplyKind = W::REPLY;
    const OPERATION: &'static OperationInfo = W::OPERATION;
    const SHAPE: &'static Shape = W::SHAPE;

    fn reply(&self) -> ReplyKind {
        self.request.reply()
    }

    fn operation(&self) -> &OperationInfo {
        self.request.operation()
    }

    fn build(&self, base_url: &BaseUrl, http: &reqwest::Client) -> Result<reqwest::Request, BuildError> {
        let mut request = self.request.build(base_url, http)?;
        *request.body_mut() = Some(self.body.clone().into());
        Ok(request)
    }
}

impl<W: Operation> Operation for WithBody<W> {
    type Output = W::Output;

    fn check(&self) -> Result<()> {
        self.request.check()
    }
}

#[cfg(all(test, feature = "cloudflare"))]
mod tests {
    use super::WithBody;
    use crate::cloudflare::AccountId;
    use crate::cloudflare::requests::GetAccount;

    #[test]
    fn body_that_repeats_a_reply_is_not_in_debug() {
        let id: AccountId = "a".parse().unwrap_or_else(|_| unreachable!("it is an id"));
        let request = WithBody::new(GetAccount::new(id), r#"{"secret":"canary"}"#.into());
        let shown = format!("{request:?}{request:#?}");
        assert!(shown.contains("getAccount") && !shown.contains("canary"), "{shown}");
    }
}
