//! What one operation returns.

use account_provisioning_core::{Request, ResponseMeta, Result};

/// An operation that takes one request, and what the call returns.
///
/// Implemented by this crate alone, for the request types of the services.
/// The options of an operation are methods of [`Call`](crate::Call).
pub trait Operation: Request {
    /// What the call returns.
    type Output: Send + 'static;

    /// Turns the service's response into what the call returns; may add what the service remarked to `meta`.
    #[doc(hidden)]
    fn output(&self, reply: Self::Reply, meta: &mut ResponseMeta) -> Result<Self::Output>;

    /// Refuses arguments that don't go together, before anything is sent.
    #[doc(hidden)]
    fn check(&self) -> Result<()> {
        Ok(())
    }
}
