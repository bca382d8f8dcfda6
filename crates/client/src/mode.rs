//! Modes that change what a call returns: "not found" as an answer, the response beside the value.

use std::future::Future;
use std::marker::PhantomData;

use account_provisioning_core::{CallOptions, Error, Response, Result, Transport};
use bytes::Bytes;

use crate::call::sealed::Sealed;
use crate::call::{Call, Mode, Once};

/// "Not found" is an answer; made by the methods named `get_opt`.
///
/// Only the service's own "not found" is one: the error page of a proxy or of a wrong base URL stays an error.
#[derive(Clone, Copy, Debug)]
pub struct Optional<M = Once>(PhantomData<M>);

impl<O: Send, M: Mode<O>> Mode<O> for Optional<M> {
    type Value = Option<M::Value>;
    type Output = Option<M::Value>;

    async fn send(transport: Transport, operation: O, options: CallOptions) -> Result<Response<Self::Value>> {
        match M::send(transport, operation, options).await {
            Ok(response) => Ok(response.map(Some)),
            Err(error) => not_found(error),
        }
    }

    fn output(response: Response<Self::Value>) -> Self::Output {
        response.into_value()
    }
}

fn not_found<T>(error: Error) -> Result<Response<Option<T>>> {
    match error.reply() {
        Some(meta) if error.is_not_found() => {
            let body = error.body().map(Bytes::copy_from_slice).unwrap_or_default();
            Ok(Response::new(None, meta.clone(), body))
        }
        _ => Err(error),
    }
}

/// The call returns the [`Response`] with the value in it; made by [`Call::response`](crate::Call::response).
#[derive(Clone, Copy, Debug)]
pub struct WithResponse<M = Once>(PhantomData<M>);

impl<O: Send, M: Mode<O>> Mode<O> for WithResponse<M> {
    type Value = M::Value;
    type Output = Response<M::Value>;

    fn send(
        transport: Transport,
        operation: O,
        options: CallOptions,
    ) -> impl Future<Output = Result<Response<Self::Value>>> + Send {
        M::send(transport, operation, options)
    }

    fn output(response: Response<Self::Value>) -> Self::Output {
        response
    }
}

impl<M> Sealed for Optional<M> {}
impl<M> Sealed for WithResponse<M> {}

impl<O, M> Call<O, M> {
    /// Returns the response beside the value: status, headers, request id, rate limit, number of attempts.
    pub fn response(self) -> Call<O, WithResponse<M>> {
        self.carried_out_as()
    }

    /// Takes "not found" as an answer, which is `None`.
    pub(crate) fn optional(self) -> Call<O, Optional<M>> {
        self.carried_out_as()
    }
}
