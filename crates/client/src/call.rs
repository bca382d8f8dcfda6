//! One call: a builder that is sent by awaiting it.

use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::time::Duration;

use account_provisioning_core::{CallOptions, Error, Request, Response, ResponseMeta, Result, RetryPolicy, Transport};
use bytes::Bytes;
use futures_util::future::{self, BoxFuture};
use futures_util::{FutureExt as _, TryFutureExt as _};

use crate::header::header;

/// One call, ready to be awaited: a request `O` with options, carried out as `M` says.
///
/// It owns what it needs: it can be stored, returned, spawned, and cloned to be sent again. Nothing is sent before it is
/// awaited. An argument that can't be sent, such as an empty id, is reported when the call is awaited, before anything is
/// sent.
///
/// The first methods below are for every call. The others belong to one operation each: the documentation of the method
/// that starts a call lists its options.
#[must_use = "a call is only sent when it is awaited"]
pub struct Call<O, M = Once> {
    transport: Transport,
    /// The operation, or what is wrong with the first wrong argument.
    operation: Result<O>,
    options: CallOptions,
    mode: PhantomData<fn() -> M>,
}

impl<O, M> Call<O, M> {
    pub(crate) fn new(transport: &Transport, operation: O) -> Self {
        Self::try_new::<Error>(transport, Ok(operation))
    }

    /// Makes a call of an operation whose arguments may be wrong.
    pub(crate) fn try_new<E: Into<Error>>(transport: &Transport, operation: std::result::Result<O, E>) -> Self {
        Self {
            transport: transport.clone(),
            operation: operation.map_err(Into::into),
            options: CallOptions::default(),
            mode: PhantomData,
        }
    }

    /// Changes the request.
    pub(crate) fn with(mut self, change: impl FnOnce(&mut O)) -> Self {
        if let Ok(operation) = &mut self.operation {
            change(operation);
        }
        self
    }

    /// Changes the request by an argument that may be wrong; the first wrong one is kept.
    pub(crate) fn try_with<A, E: Into<Error>>(
        mut self,
        argument: std::result::Result<A, E>,
        change: impl FnOnce(&mut O, A),
    ) -> Self {
        if let Ok(operation) = &mut self.operation {
            match argument {
                Ok(argument) => change(operation, argument),
                Err(problem) => self.operation = Err(problem.into()),
            }
        }
        self
    }

    /// Carries the call out in another way.
    pub(crate) fn carried_out_as<N>(self) -> Call<O, N> {
        Call {
            transport: self.transport,
            operation: self.operation,
            options: self.options,
            mode: PhantomData,
        }
    }

    /// Makes another request of this one.
    pub(crate) fn map<P>(self, change: impl FnOnce(O) -> P) -> Call<P, M> {
        Call {
            transport: self.transport,
            operation: self.operation.map(change),
            options: self.options,
            mode: PhantomData,
        }
    }

    /// The parts, for lists that send several requests.
    pub(crate) fn into_parts(self) -> (Transport, Result<O>, CallOptions) {
        (self.transport, self.operation, self.options)
    }

    /// Removes a secret of the request's body from what the service says.
    #[cfg(feature = "cloudspot")]
    pub(crate) fn hiding(mut self, secret: &account_provisioning_core::Secret) -> Self {
        self.options.secrets.push(secret.clone());
        self
    }

    /// Limits the whole call, retries and waits included; in a stream, each page. Defaults to the client's limit.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.options.timeout = Some(limit);
        self
    }

    /// Limits each attempt. Defaults to the client's limit. A limit of zero is refused when the call is awaited.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.options.attempt_timeout = Some(limit);
        self
    }

    /// Sets when the call is tried again. Defaults to the client's policy.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.options.retry = Some(policy);
        self
    }

    /// Sends a header with this call; one of the same name that the client sends is replaced. Defaults to none.
    ///
    /// The header is treated as sensitive: it is never shown. Headers that the client sets itself are refused: credentials,
    /// those for the form and length of a body, `accept`, and those for the connection.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match header(name, value) {
            Ok((name, value)) => {
                self.options.headers.insert(name, value);
            }
            Err(problem) => {
                if self.operation.is_ok() {
                    self.operation = Err(problem);
                }
            }
        }
        self
    }
}

impl<O: Send, M: Mode<O>> Call<O, M> {
    pub(crate) fn send(self) -> impl Future<Output = Result<M::Output>> + Send {
        let Self {
            transport,
            operation,
            options,
            mode: _,
        } = self;
        // An `async` block would hold what it was made of beside the future that it awaits.
        match operation {
            Ok(operation) => M::send(transport, operation, options).map_ok(M::output).left_future(),
            Err(problem) => future::ready(Err(problem)).right_future(),
        }
    }
}

impl<O: Send + 'static, M: Mode<O>> IntoFuture for Call<O, M> {
    type Output = Result<M::Output>;
    type IntoFuture = BoxFuture<'static, Result<M::Output>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

impl<O: Clone, M> Clone for Call<O, M> {
    fn clone(&self) -> Self {
        Self {
            transport: self.transport.clone(),
            operation: self.operation.clone(),
            options: self.options.clone(),
            mode: PhantomData,
        }
    }
}

impl<O, M> std::fmt::Debug for Call<O, M> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Arguments are left out: they are the user's data.
        let Self {
            transport: _,
            operation,
            options,
            mode: _,
        } = self;
        let problem = operation.as_ref().err();
        let operation = std::any::type_name::<O>().rsplit("::").next().unwrap_or_default();
        f.debug_struct("Call")
            .field("operation", &operation)
            .field("options", options)
            .field("problem", &problem)
            .finish()
    }
}

/// An operation that takes one request, and what the call returns.
///
/// Implemented by this crate alone, for the request types of the services.
/// The options of an operation are methods of [`Call`](crate::Call).
pub trait Operation: Request {
    /// What the call returns.
    type Output: FromReply<Self::Reply> + Send + 'static;

    /// Refuses arguments that don't go together, before anything is sent.
    #[doc(hidden)]
    fn check(&self) -> Result<()> {
        Ok(())
    }
}

/// What a reply becomes. A reply that is returned as it is needs no implementation.
pub trait FromReply<R>: Sized {
    /// Turns the service's reply into what the call returns; may add what the service remarked to `meta`.
    #[doc(hidden)]
    fn from_reply(reply: R, meta: &mut ResponseMeta) -> Result<Self>;
}

impl<R> FromReply<R> for R {
    fn from_reply(reply: R, _: &mut ResponseMeta) -> Result<Self> {
        Ok(reply)
    }
}

/// How a [`Call`](crate::Call) is carried out, and what awaiting it returns.
///
/// Implemented by this crate alone: by [`Once`], [`Paged`](crate::Paged), [`ReadAndReplace`](crate::ReadAndReplace),
/// [`OrFind`](crate::OrFind), [`Optional`](crate::Optional) and [`WithResponse`](crate::WithResponse).
pub trait Mode<O>: sealed::Sealed + 'static {
    /// What the service's response becomes.
    type Value: Send + 'static;
    /// What awaiting the call returns.
    type Output: Send + 'static;

    /// Sends what has to be sent.
    #[doc(hidden)]
    fn send(
        transport: Transport,
        operation: O,
        options: CallOptions,
    ) -> impl Future<Output = Result<Response<Self::Value>>> + Send;

    /// Takes what is returned out of the response.
    #[doc(hidden)]
    fn output(response: Response<Self::Value>) -> Self::Output;
}

/// The call sends its request and returns the value.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Once;

impl<O: Operation> Mode<O> for Once {
    type Value = O::Output;
    type Output = O::Output;

    #[allow(
        clippy::manual_async_fn,
        reason = "an `async fn` would hold each of its arguments twice"
    )]
    fn send(
        transport: Transport,
        operation: O,
        options: CallOptions,
    ) -> impl Future<Output = Result<Response<O::Output>>> + Send {
        async move {
            operation.check()?;
            let read = |reply, meta: &mut ResponseMeta, _: &Bytes| O::Output::from_reply(reply, meta);
            transport.send_as(&operation, &options, read).await
        }
    }

    fn output(response: Response<O::Output>) -> O::Output {
        response.into_value()
    }
}

impl sealed::Sealed for Once {}

pub(crate) mod sealed {
    /// Keeps [`Mode`](super::Mode) to this crate.
    pub trait Sealed {}
}
