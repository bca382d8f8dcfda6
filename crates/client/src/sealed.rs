//! What the public traits of this crate do inside.

use std::sync::Arc;

use account_provisioning_core::{CallOptions, PageSource, Response, Result};
use futures::future::BoxFuture;

/// Sends an operation.
pub trait Execute: Send + Sized + 'static {
    /// What comes back.
    type Value: Send + 'static;

    /// Sends it with the options of one call.
    fn execute(self, options: CallOptions) -> BoxFuture<'static, Result<Response<Self::Value>>>;
}

/// Turns a list operation into a source of pages.
pub trait Pageable: Send + Sized + 'static {
    /// What the list is of.
    type Entry: Send + 'static;

    /// The list with the options that each of its pages is fetched with.
    ///
    /// # Errors
    /// An input error when the arguments choose a single page.
    fn into_source(self, options: CallOptions) -> Result<Arc<dyn PageSource<Self::Entry>>>;
}
