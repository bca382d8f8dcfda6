//! One call: a builder that is sent by awaiting it.

use std::future::IntoFuture;
use std::time::Duration;

use account_provisioning_core::{CallOptions, Error, Response, Result, RetryPolicy};
use futures::future::BoxFuture;
use http::{HeaderName, HeaderValue};

use crate::sealed::Execute;

/// An operation of one of the services, with the arguments it will be sent with.
///
/// Implemented by this crate alone; the types that implement it are named after what they do
/// ([`CreateUser`](crate::cloudinary::users::CreateUser)), and their setters stand on [`Call`].
pub trait Operation: Execute<Value = Self::Output> {
    /// What the call returns.
    type Output: Send + 'static;
}

/// One call, ready to be awaited.
///
/// It owns what it needs: it can be stored, returned and spawned. Nothing is sent before it is awaited. An argument
/// that can't be sent (an empty id, say) is reported when it is awaited, before anything is sent.
#[must_use = "a call is only sent when it is awaited"]
pub struct Call<O> {
    /// The operation, or what is wrong with the first wrong argument.
    pub(crate) operation: Result<O>,
    pub(crate) options: CallOptions,
}

impl<O> Call<O> {
    pub(crate) fn new(operation: O) -> Self {
        Self {
            operation: Ok(operation),
            options: CallOptions::default(),
        }
    }

    /// Makes a call of an operation whose arguments may be wrong.
    pub(crate) fn try_new(operation: Result<O>) -> Self {
        Self {
            operation,
            options: CallOptions::default(),
        }
    }

    /// Changes the operation.
    pub(crate) fn with(mut self, change: impl FnOnce(&mut O)) -> Self {
        if let Ok(operation) = &mut self.operation {
            change(operation);
        }
        self
    }

    /// Changes the operation by an argument that may be wrong; the first wrong one is kept.
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

    /// Changes the operation in a way that may fail; the first failure is kept.
    pub(crate) fn try_change(mut self, change: impl FnOnce(&mut O) -> Result<()>) -> Self {
        if let Ok(operation) = &mut self.operation
            && let Err(problem) = change(operation)
        {
            self.operation = Err(problem);
        }
        self
    }

    /// Puts the operation into another one, keeping the options.
    pub(crate) fn map<P>(self, f: impl FnOnce(O) -> P) -> Call<P> {
        Call {
            operation: self.operation.map(f),
            options: self.options,
        }
    }

    /// Limits the whole call, retries and waits included; in a stream, each page. Defaults to the client's limit.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.options.timeout = Some(limit);
        self
    }

    /// Limits each attempt. Defaults to the client's limit.
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
    /// The header is treated as sensitive: it is never shown. Credentials are set by the client alone, so
    /// `authorization` and the vendors' own headers for them are refused.
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

/// The headers that the clients answer for: a stray token must not go along with a login.
const OWN_HEADERS: [&str; 8] = [
    "authorization",
    "content-length",
    "host",
    "x-auth-email",
    "x-auth-key",
    "x-auth-user-service-key",
    "x-license-module",
    "x-license-token",
];

/// Reads one header of a user's, and refuses what isn't one.
pub(crate) fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue)> {
    // What follows the name by mistake may be a value, and a secret.
    let shown: String = name
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_')
        .take(40)
        .collect();
    let name: HeaderName = name.parse().map_err(|_| {
        Error::invalid_input(format!(
            "header name `{shown}`: use letters, digits and hyphens, as in `x-team`"
        ))
    })?;
    if OWN_HEADERS.contains(&name.as_str()) {
        return Err(Error::invalid_input(format!(
            "header `{name}` is set by the client itself: leave it out"
        )));
    }
    let mut value: HeaderValue = value.parse().map_err(|_| {
        Error::invalid_input(format!(
            "header `{name}`: its value holds control characters; send visible text"
        ))
    })?;
    value.set_sensitive(true);
    Ok((name, value))
}

impl<O: Operation> Call<O> {
    /// Returns the reply beside the value: status, headers, request id, rate limit, number of attempts.
    pub fn response(self) -> Call<WithResponse<O>> {
        self.map(WithResponse)
    }

    pub(crate) fn send(self) -> BoxFuture<'static, Result<Response<O::Output>>> {
        match self.operation {
            Ok(operation) => operation.execute(self.options),
            Err(problem) => Box::pin(std::future::ready(Err(problem))),
        }
    }
}

impl<O: Operation> IntoFuture for Call<O> {
    type Output = Result<O::Output>;
    type IntoFuture = BoxFuture<'static, Result<O::Output>>;

    fn into_future(self) -> Self::IntoFuture {
        let sent = self.send();
        Box::pin(async move { sent.await.map(Response::into_value) })
    }
}

impl<O> std::fmt::Debug for Call<O> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Arguments are left out: they are the user's data.
        let Self { operation, options } = self;
        let problem = operation.as_ref().err();
        let operation = std::any::type_name::<O>()
            .trim_end_matches('>')
            .rsplit("::")
            .next()
            .unwrap_or_default();
        f.debug_struct("Call")
            .field("operation", &operation)
            .field("options", options)
            .field("problem", &problem)
            .finish()
    }
}

/// An operation whose value is returned together with its reply; see [`Call::response`].
#[derive(Debug)]
pub struct WithResponse<O>(pub(crate) O);

impl<O: Operation> Operation for WithResponse<O> {
    type Output = Response<O::Output>;
}

impl<O: Operation> Execute for WithResponse<O> {
    type Value = Response<O::Output>;

    fn execute(self, options: CallOptions) -> BoxFuture<'static, Result<Response<Self::Value>>> {
        let sent = self.0.execute(options);
        Box::pin(async move {
            sent.await.map(|response| {
                let meta = response.meta.clone();
                Response::new(response, meta)
            })
        })
    }
}

/// An operation for which "not found" is an answer; made by `get_opt`.
///
/// Only the service's own "not found" is one: the error page of a proxy or of a wrong base URL stays an error.
#[derive(Debug)]
pub struct Optional<O>(pub(crate) O);

impl<O: Operation> Operation for Optional<O> {
    type Output = Option<O::Output>;
}

impl<O: Operation> Execute for Optional<O> {
    type Value = Option<O::Output>;

    fn execute(self, options: CallOptions) -> BoxFuture<'static, Result<Response<Self::Value>>> {
        let sent = self.0.execute(options);
        Box::pin(async move {
            match sent.await {
                Ok(response) => Ok(response.map(Some)),
                Err(error) if error.is_not_found() && error.vendor_message().is_some() => match error.reply() {
                    Some(reply) => Ok(Response::new(None, reply.clone())),
                    None => Err(error),
                },
                Err(error) => Err(error),
            }
        })
    }
}
