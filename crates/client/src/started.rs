//! One call on its way through a generated client.

use std::sync::Arc;

use account_provisioning_api::{Error as LowError, ResponseValue};
use account_provisioning_core::{CallOptions, CallState, Response, Result};
use serde::de::DeserializeOwned;

/// A call on its way: the generated client of this one call, and what of the path belongs to every operation, such as
/// an account.
pub(crate) struct Started<C, A> {
    pub(crate) low: C,
    pub(crate) account: A,
    state: Arc<CallState>,
}

impl<C, A> Started<C, A> {
    /// Sets off; `for_call` is the generated client's method of that name.
    pub(crate) fn new(account: A, options: CallOptions, for_call: impl FnOnce(Arc<CallState>) -> C) -> Self {
        let state = Arc::new(CallState::new(options));
        let low = for_call(Arc::clone(&state));
        Self { low, account, state }
    }

    /// Joins the generated method's result with what the transport knows of the call.
    pub(crate) fn finish<T: DeserializeOwned>(
        self,
        result: Result<ResponseValue<T>, LowError<()>>,
    ) -> Result<Response<T>> {
        self.state
            .finish(result.map(ResponseValue::into_inner).map_err(|error| match error {
                LowError::InvalidRequest(reason) => reason,
                // Any other error's text may repeat a body; the transport has left the typed one.
                _ => String::from("the generated client refused it"),
            }))
    }
}

/// Implements an operation by one generated method, and says how its reply becomes the operation's output.
///
/// The operation is a struct with a `target` whose `start` makes a [`Started`]. Operations that belong to no account
/// leave the account out; `meta` after the reply, as `|reply, meta|`, is the reply's description, which may be added to.
///
/// `operation!(GetUser -> User, |call, low, account| low.get_user(account, call.id.as_str()), |reply| Ok(reply))`
macro_rules! operation {
    (
        $name:ident -> $output:ty,
        |$call:ident, $low:ident $(, $account:ident)?| $send:expr,
        |$reply:pat_param $(, $meta:ident)?| $convert:expr
    ) => {
        impl $crate::call::Operation for $name {
            type Output = $output;
        }

        impl $crate::sealed::Execute for $name {
            type Value = $output;

            fn execute(
                self,
                options: account_provisioning_core::CallOptions,
            ) -> futures::future::BoxFuture<'static, $crate::Result<account_provisioning_core::Response<$output>>> {
                let started = self.target.start(options);
                Box::pin(async move {
                    let $call = self;
                    let $low = &started.low;
                    $(let $account = started.account.as_str();)?
                    let result = $send.await;
                    #[allow(unused_mut, reason = "few operations add to the description")]
                    let account_provisioning_core::Response { value: $reply, mut meta, .. } = started.finish(result)?;
                    $(let $meta = &mut meta;)?
                    let converted: $crate::Result<$output> = $convert;
                    match converted {
                        Ok(value) => Ok(account_provisioning_core::Response::new(value, meta)),
                        Err(problem) => Err(problem.with_meta(&meta)),
                    }
                })
            }
        }
    };
}
pub(crate) use operation;

/// Fetches one page by a generated method, and takes the items out of its reply; see [`operation!`] for the parts.
macro_rules! fetch {
    (
        |$call:ident, $low:ident $(, $account:ident)?| $send:expr,
        |$reply:pat_param $(, $meta:ident)?| $page:expr,
        $options:ident
    ) => {{
        let started = $call.target.start($options);
        Box::pin(async move {
            let $low = &started.low;
            $(let $account = started.account.as_str();)?
            let result = $send.await;
            #[allow(unused_mut, reason = "few operations add to the description")]
            let account_provisioning_core::Response {
                value: $reply, mut meta, ..
            } = started.finish(result)?;
            $(let $meta = &mut meta;)?
            let page: $crate::Result<_> = $page;
            match page {
                Ok(page) => Ok(account_provisioning_core::Response::new(page, meta)),
                Err(problem) => Err(problem.with_meta(&meta).with_operation(Self::RULE.operation)),
            }
        })
    }};
}
pub(crate) use fetch;
