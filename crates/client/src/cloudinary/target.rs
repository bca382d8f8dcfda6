//! Which account a call goes to, and how it gets there.

use std::sync::Arc;

use account_provisioning_api::cloudinary as low;
use account_provisioning_core::{CallOptions, CallState, Response, Result};
use serde::de::DeserializeOwned;

use super::{AccountId, Client};
use crate::call::{Call, Optional, WithResponse};

/// A client, and the account that one call goes to instead of the client's.
#[derive(Clone, Debug)]
pub struct Target {
    client: Client,
    account: Option<AccountId>,
}

impl Target {
    pub(super) fn new(client: &Client) -> Self {
        Self {
            client: client.clone(),
            account: None,
        }
    }

    /// Sets off with one call.
    pub(super) fn start(&self, options: CallOptions) -> Started<AccountId> {
        let account = self.account.as_ref().unwrap_or(self.client.account_id()).clone();
        Started::new(self.client.low_level(), account, options)
    }
}

/// A call on its way, to an account or to none.
pub(super) struct Started<A> {
    pub(super) low: low::Client,
    pub(super) account: A,
    state: Arc<CallState>,
}

impl<A> Started<A> {
    pub(super) fn new(low: &low::Client, account: A, options: CallOptions) -> Self {
        let state = Arc::new(CallState::new(options));
        let low = low.for_call(Arc::clone(&state));
        Self { low, account, state }
    }

    /// Joins the generated method's result with what the transport knows of the call.
    pub(super) fn finish<T: DeserializeOwned>(
        self,
        result: Result<low::ResponseValue<T>, low::Error<()>>,
    ) -> Result<Response<T>> {
        self.state
            .finish(result.map(low::ResponseValue::into_inner).map_err(|error| match error {
                low::Error::InvalidRequest(reason) => reason,
                // Any other error's text may repeat a body; the transport has left the typed one.
                _ => String::from("the generated client refused it"),
            }))
    }
}

/// An operation on an account, which a single call can direct to another account.
pub trait AccountScoped {
    #[doc(hidden)]
    fn target_mut(&mut self) -> &mut Target;
}

impl<O: AccountScoped> AccountScoped for WithResponse<O> {
    fn target_mut(&mut self) -> &mut Target {
        self.0.target_mut()
    }
}

impl<O: AccountScoped> AccountScoped for Optional<O> {
    fn target_mut(&mut self) -> &mut Target {
        self.0.target_mut()
    }
}

impl<O: AccountScoped> Call<O> {
    /// Sends this call to another account than the client's. Defaults to the client's account.
    ///
    /// The client's credentials go along, so they have to be good for that account too.
    pub fn account_id(self, id: impl TryInto<AccountId, Error: Into<crate::Error>>) -> Self {
        self.try_with(id.try_into(), |operation, id| operation.target_mut().account = Some(id))
    }
}

/// Implements an operation by one generated method, and says how its reply becomes the operation's output.
///
/// `operation!(GetUser -> User, |call, low, account| low.get_user(account, call.id.as_str()), |reply| Ok(reply))`
macro_rules! operation {
    ($name:ident -> $output:ty, |$call:ident, $low:ident, $account:ident| $send:expr, |$reply:pat_param| $convert:expr) => {
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
                    let ($low, $account) = (&started.low, started.account.as_str());
                    let result = $send.await;
                    let account_provisioning_core::Response { value: $reply, meta, .. } = started.finish(result)?;
                    let converted: $crate::Result<$output> = $convert;
                    match converted {
                        Ok(value) => Ok(account_provisioning_core::Response::new(value, meta)),
                        Err(problem) => Err(problem.with_meta(&meta)),
                    }
                })
            }
        }

        $crate::cloudinary::target::scoped!($name);
    };
    ($name:ident -> $output:ty, |$call:ident, $low:ident, $account:ident| $send:expr) => {
        $crate::cloudinary::target::operation!($name -> $output, |$call, $low, $account| $send, |reply| Ok(reply));
    };
}
pub(super) use operation;

/// Fetches one page by a generated method, and takes the items out of its reply.
macro_rules! fetch {
    (|$call:ident, $low:ident, $account:ident| $send:expr, |$reply:pat_param| $page:expr, $options:ident) => {{
        let started = $call.target.start($options);
        Box::pin(async move {
            let ($low, $account) = (&started.low, started.account.as_str());
            let result = $send.await;
            let account_provisioning_core::Response {
                value: $reply, meta, ..
            } = started.finish(result)?;
            let page: $crate::Result<_> = $page;
            match page {
                Ok(page) => Ok(account_provisioning_core::Response::new(page, meta)),
                Err(problem) => Err(problem.with_meta(&meta).with_operation(Self::RULE.operation)),
            }
        })
    }};
}
pub(super) use fetch;

/// Lets a call of an operation be directed to another account.
macro_rules! scoped {
    ($name:ident) => {
        impl $crate::cloudinary::target::AccountScoped for $name {
            fn target_mut(&mut self) -> &mut $crate::cloudinary::target::Target {
                &mut self.target
            }
        }
    };
}
pub(super) use scoped;
