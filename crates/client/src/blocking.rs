//! Calls without an asynchronous runtime: the same builders, run to their end on one shared runtime.

use std::future::Future;
use std::sync::OnceLock;

use account_provisioning_core::{Error, ErrorKind, MakeError as _, Result};
use tokio::runtime::{Builder, Handle, Runtime};

use crate::call::{Call, Mode};
use crate::find::{Creation, Reconciled};
use crate::list::{List, Paged};

impl<O: Send, M: Mode<O>> Call<O, M> {
    /// Sends the call and waits for its value, without an asynchronous runtime.
    ///
    /// # Errors
    /// As the call itself; and [`ErrorKind::Blocking`] inside an asynchronous runtime, `spawn_blocking` included: await
    /// it there, or use a thread of your own.
    pub fn blocking(self) -> Result<M::Output> {
        run(self.send())
    }
}

impl<L: List> Call<L, Paged> {
    /// Reads the whole list into memory, without an asynchronous runtime.
    ///
    /// # Errors
    /// As [`collect`](Self::collect); and [`ErrorKind::Blocking`] inside an asynchronous runtime.
    pub fn collect_blocking(self) -> Result<Vec<L::Item>> {
        run(self.collect())
    }
}

impl<O: Creation> Call<O> {
    /// Finds out whether a creation that failed was made, without an asynchronous runtime; see
    /// [`reconcile`](Self::reconcile). Inside an asynchronous runtime, it is still unknown.
    pub fn reconcile_blocking(self, error: &Error) -> Reconciled<<O::List as List>::Item> {
        let reconciled = run(async { Ok(self.reconcile(error).await) });
        reconciled.unwrap_or_else(Reconciled::StillUnknown)
    }
}

fn run<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    if Handle::try_current().is_ok() {
        let message = "a blocking call was made inside an asynchronous runtime, where it could stop a thread that others \
                       need: await the call, or make it on a thread of your own";
        return Err(Error::new(ErrorKind::Blocking, message));
    }
    match shared() {
        Ok(runtime) => runtime.block_on(work),
        Err(cause) => {
            let message = format!("the runtime under blocking calls can't be started: {cause}");
            Err(Error::new(ErrorKind::Blocking, message))
        }
    }
}

/// One runtime for all clients, so that their connections outlive a single call. A client shares none of them with the
/// runtimes in which it is awaited: those may idle or end, and what they drive with them.
fn shared() -> &'static std::io::Result<Runtime> {
    static SHARED: OnceLock<std::io::Result<Runtime>> = OnceLock::new();
    SHARED.get_or_init(|| {
        Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("account-provisioning")
            .enable_all()
            .build()
    })
}
