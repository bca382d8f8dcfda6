//! The transport under the generated clients: credentials, retries, deadlines, bodies, traces.
//!
//! Each call is a `tracing` span `operation` (at info: `operation`, `method`, `path`, and once they are known `attempts`
//! and `status`), and each attempt a span `attempt` in it (at debug: `attempt`, `wait_ms` before it, and once they are
//! known `status` and `request_id`). `path` is the template. Queries, bodies and header values are never traced.

mod attempt;
mod exec;
mod http_client;
mod shared;

use std::sync::Arc;

pub use self::http_client::http_client;
pub(crate) use self::shared::Shared;
pub use self::shared::TransportBuilder;
use crate::{CallState, Clock, Operation, Sleep};

/// Sends the requests of one client, and of all its clones.
///
/// Generated clients hold one as their inner value and hand it every request.
#[derive(Clone, Debug)]
pub struct Transport {
    pub(crate) shared: Arc<Shared>,
    pub(crate) call: Option<Arc<CallState>>,
}

impl Transport {
    /// Where the time comes from.
    #[must_use]
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.shared.clock
    }

    /// How waits pass.
    #[must_use]
    pub fn sleeper(&self) -> &Arc<dyn Sleep> {
        &self.shared.sleep
    }

    /// Starts to describe a transport.
    pub fn builder() -> TransportBuilder {
        TransportBuilder::default()
    }

    /// The same transport for one call: its options apply, and its outcome is left in `call`.
    #[must_use]
    pub fn for_call(&self, call: Arc<CallState>) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            call: Some(call),
        }
    }

    /// Sends a request of an operation, again where its policy says so, and reads the reply's body.
    ///
    /// # Errors
    /// None: a failure leaves its typed error in the call, and returns a reply that carries [`Failed`]. The result is
    /// of this type because that is what generated clients take.
    pub async fn exec(
        &self,
        client: &reqwest::Client,
        request: reqwest::Request,
        operation: &'static Operation,
    ) -> reqwest::Result<reqwest::Response> {
        Ok(exec::run(self, client, request, operation).await)
    }
}

/// Marks a reply that stands for a failed call; holds the error's text for users of the low-level client.
#[derive(Clone, Debug)]
pub struct Failed(String);

impl Failed {
    /// Finds the mark of failure on a reply.
    #[must_use]
    pub fn of(reply: &reqwest::Result<reqwest::Response>) -> Option<&Self> {
        reply.as_ref().ok()?.extensions().get()
    }

    /// The error's line.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0
    }
}
