//! Finds out whether a request that timed out was still waiting for its connection, so nothing was sent.
//!
//! reqwest's time limit covers the connection and the response, and its error doesn't say which of the two was slow. A layer
//! around the connector notes when a connection is being made for the request at hand, and whether one was made at all: over
//! HTTP/2, a request may wait for the connection that is being made for another one.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use tower_layer::Layer;
use tower_service::Service;

use crate::sync::lock;

tokio::task_local! {
    /// The connection that the request at hand waits for. None is made if there is an idle one.
    static CONNECTING: RefCell<Option<Arc<AtomicBool>>>;
}

/// The connections of an HTTP client. As a layer, it adds the notes to a connector.
#[derive(Clone, Debug, Default)]
pub(super) struct Connections {
    /// Whether any was made.
    made: Arc<AtomicBool>,
}

impl Connections {
    /// Runs a request, and returns with its result whether it was still waiting for a connection at the end.
    pub(super) async fn observe<F: Future>(&self, request: F) -> (F::Output, bool) {
        let observed = async {
            let output = request.await;
            let waiting = CONNECTING.with(|connecting| connecting.take());
            let waits = waiting.is_some_and(|waiting| waiting.load(Ordering::Acquire));
            (output, waits || !self.made.load(Ordering::Acquire))
        };
        CONNECTING.scope(RefCell::default(), observed).await
    }
}

impl<S> Layer<S> for Connections {
    type Service = Noting<S>;

    fn layer(&self, connector: S) -> Noting<S> {
        Noting {
            connector: Arc::new(Mutex::new(connector)),
            made: Arc::clone(&self.made),
        }
    }
}

/// A connector that notes when it starts and ends.
///
/// reqwest clones it several times for each request, and uses none of the clones while there is an idle connection. So
/// clones share the connector, and it is only cloned to make a connection.
#[derive(Debug)]
pub(super) struct Noting<S> {
    connector: Arc<Mutex<S>>,
    made: Arc<AtomicBool>,
}

impl<S> Clone for Noting<S> {
    fn clone(&self) -> Self {
        Self {
            connector: Arc::clone(&self.connector),
            made: Arc::clone(&self.made),
        }
    }
}

impl<S, R> Service<R> for Noting<S>
where
    S: Service<R, Future: Send, Error: Send> + Clone + Send + 'static,
    R: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        // Each call waits until its own clone of the connector is ready.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, target: R) -> Self::Future {
        let waiting = Arc::new(AtomicBool::new(true));
        // Outside of a request, nobody waits.
        let _ = CONNECTING.try_with(|connecting| connecting.replace(Some(Arc::clone(&waiting))));
        let made = Arc::clone(&self.made);
        let mut connector = lock(&self.connector).clone();
        let mut connection = Box::pin(async move {
            poll_fn(|context| connector.poll_ready(context)).await?;
            connector.call(target).await
        });
        Box::pin(poll_fn(move |context| {
            let connected = connection.as_mut().poll(context);
            if matches!(connected, Poll::Ready(Ok(_))) {
                made.store(true, Ordering::Release);
            }
            // Another task drives the connection when the request went out on another one meanwhile.
            if connected.is_ready() || !is_awaited(&waiting) {
                waiting.store(false, Ordering::Release);
            }
            connected
        }))
    }
}

/// Whether the request that waits for a connection is the one at hand.
fn is_awaited(waiting: &Arc<AtomicBool>) -> bool {
    let is_own = |connecting: &RefCell<Option<Arc<AtomicBool>>>| {
        connecting
            .borrow()
            .as_ref()
            .is_some_and(|own| Arc::ptr_eq(own, waiting))
    };
    CONNECTING.try_with(is_own).unwrap_or(false)
}
