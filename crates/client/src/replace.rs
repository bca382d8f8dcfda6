//! Updates of things that a service only takes as a whole: read the current state, merge the change into it, send all.

use account_provisioning_core::{CallOptions, MakeError as _, Request, Response, Result, Transport};

use crate::call::sealed::Sealed;
use crate::call::{Mode, Once, Operation};

/// A change of something that the service only takes as a whole.
///
/// Implemented by this crate alone. The options of a change are methods of [`Call`](crate::Call).
pub trait Merge: Send + 'static {
    /// The request that reads the current state.
    type Read: Operation;
    /// The request that replaces the current state.
    type Write: Operation;

    /// Returns the request that reads the current state.
    #[doc(hidden)]
    fn read(&self) -> Self::Read;

    /// Merges the change into the current state, and returns the request that sends the whole.
    ///
    /// `current.body` contains the JSON as received, for what the value has no field for.
    #[doc(hidden)]
    fn merge(self, current: Response<<Self::Read as Operation>::Output>) -> Result<Self::Write>;
}

/// The call reads the current state, merges the change into it, and replaces it: two requests, which share the call's
/// time limit.
///
/// A change that somebody else makes between the two requests is overwritten. [`Call::response`](crate::Call::response)
/// returns the response to the second request.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ReadAndReplace;

impl<U: Merge> Mode<U> for ReadAndReplace {
    type Value = <U::Write as Operation>::Output;
    type Output = <U::Write as Operation>::Output;

    async fn send(transport: Transport, change: U, options: CallOptions) -> Result<Response<Self::Value>> {
        let options = options.as_one_call();
        let current = Once::send(transport.clone(), change.read(), options.clone()).await?;
        let write = change
            .merge(current)
            .map_err(|problem| problem.with_operation(<U::Write as Request>::OPERATION.operation_id))?;
        Once::send(transport, write, options).await
    }

    fn output(response: Response<Self::Value>) -> Self::Output {
        response.into_value()
    }
}

impl Sealed for ReadAndReplace {}
