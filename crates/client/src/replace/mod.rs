//! Updates of things that a service only takes as a whole: read the current state, lay the change over it, send all.
//!
//! What is sent starts from the JSON of the reply, not from the types of this crate: a restriction that this version does
//! not know goes back as it came.

mod send;
mod whole;

use account_provisioning_core::{CallOptions, Error, ErrorKind, MakeError as _, Request, Response, Result, Transport};
use serde::de::DeserializeOwned;

use self::send::WithBody;
pub use self::whole::{Keys, Whole};
use crate::call::sealed::Sealed;
use crate::call::{Mode, Once, Operation};

/// A change of something that the service only takes as a whole.
///
/// Implemented by this crate alone. The options of a change are methods of [`Call`](crate::Call).
pub trait Merge: Send + Sized + 'static {
    /// The request that reads the current state.
    type Read: Operation;
    /// The request that replaces the current state.
    type Write: Operation;
    /// The body of the request that replaces the current state.
    type Body: DeserializeOwned;

    /// What the document says about the keys of the thing.
    #[doc(hidden)]
    const KEYS: Keys;

    /// Returns the request that reads the current state.
    #[doc(hidden)]
    fn read(&self) -> Self::Read;

    /// Whether the current state is the one that the caller had read; true if the caller does not ask.
    #[doc(hidden)]
    fn is_expected(&self, current: &<Self::Read as Operation>::Output) -> bool;

    /// Lays the fields that the caller set over the current state, and nothing else.
    #[doc(hidden)]
    fn lay_over(&self, current: &<Self::Read as Operation>::Output, whole: &mut Whole) -> Result<()>;

    /// Returns the request that sends the whole. Its body is replaced by the JSON of the [`Whole`].
    #[doc(hidden)]
    fn write(self, body: Self::Body) -> Self::Write;
}

/// The call reads the current state, lays the change over it, and sends the whole back: two requests, which share the
/// call's time limit.
///
/// What the change doesn't set goes back as the service returned it, with keys that this version doesn't know. If the
/// service did not return a field that it requires, the call is an
/// [input error](crate::Error::is_invalid_input), and nothing is sent but the read.
///
/// A change that somebody else makes between the two requests is overwritten; the services have no way to prevent that.
/// The option `if_unchanged_since` of an update detects changes that were made before the read: since the caller looked
/// at the value. [`Call::response`](crate::Call::response) returns the response to the second request.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ReadAndReplace;

impl<U: Merge> Mode<U> for ReadAndReplace {
    type Value = <U::Write as Operation>::Output;
    type Output = <U::Write as Operation>::Output;

    async fn send(transport: Transport, change: U, options: CallOptions) -> Result<Response<Self::Value>> {
        let options = options.as_one_call();
        let current = Once::send(transport.clone(), change.read(), options.clone()).await?;
        let write = merged(change, &current)
            .map_err(|problem| problem.with_operation(<U::Write as Request>::OPERATION.operation_id))?;
        Once::send(transport, write, options).await
    }

    fn output(response: Response<Self::Value>) -> Self::Output {
        response.into_value()
    }
}

/// Returns the request that sends the current state with the change in it.
fn merged<U: Merge>(change: U, current: &Response<<U::Read as Operation>::Output>) -> Result<WithBody<U::Write>> {
    if !change.is_expected(&current.value) {
        return Err(Error::new(
            ErrorKind::Changed,
            "the value changed since it was read, so nothing was sent: fetch it again, and repeat the update if it is \
             still wanted",
        ));
    }
    let mut whole = Whole::of(&current.body, &U::KEYS)?;
    change.lay_over(&current.value, &mut whole)?;
    whole.check(&U::KEYS)?;
    let body = whole.typed()?;
    Ok(WithBody::new(change.write(body), whole.into_bytes()))
}

impl Sealed for ReadAndReplace {}
