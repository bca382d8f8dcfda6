//! The transport, which sends all requests: credentials, retries, deadlines, bodies, traces.
//!
//! Each call has a `tracing` span `operation` at level info, with the fields `operation`, `method` and `path`, and later
//! `attempts` and `status`. Each attempt has a span `attempt` in it at level debug, with the fields `attempt` and `wait_ms`
//! (the wait before it), and later `status` and `request_id`. `path` is the template. Queries, bodies and header values are
//! never traced.

mod attempt;
mod connecting;
mod encoding;
mod exchange;
mod http_client;
mod outcome;
mod own_headers;
mod shared;
mod unsent;

use std::sync::Arc;

pub use self::own_headers::check_header_name;
pub(crate) use self::own_headers::check_headers;
pub use self::shared::TransportBuilder;
use self::shared::{Settings, Shared};
use crate::error::MakeError as _;
use crate::reply::NotTheReply;
use crate::{BaseUrl, CallOptions, Clock, Credentials, Error, Request, Response, Result, Sleep};

/// Sends the requests of a client and its clones.
///
/// # Examples
/// ```no_run
/// # async fn example<R: account_provisioning_core::Request>(
/// #     transport: account_provisioning_core::Transport, request: R,
/// # ) -> account_provisioning_core::Result<()> {
/// let response = transport.send(&request).await?;
/// println!("{} after {} attempts", response.meta.status, response.meta.attempts);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Transport {
    pub(crate) shared: Arc<Shared>,
}

impl Transport {
    /// Starts to build a transport.
    pub fn builder() -> TransportBuilder {
        TransportBuilder::default()
    }

    /// The base URL of all requests.
    #[must_use]
    pub fn base_url(&self) -> &BaseUrl {
        &self.shared.base_url
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.shared.settings.clock
    }

    /// What waits between attempts.
    #[must_use]
    pub fn sleeper(&self) -> &Arc<dyn Sleep> {
        &self.shared.settings.sleep
    }

    /// Returns a transport with other credentials. It shares connections and retry budget, and has the same time limits, clock
    /// and headers.
    #[must_use]
    pub fn with_credentials(&self, credentials: Credentials) -> Self {
        Self {
            shared: Arc::new(Shared {
                base_url: self.shared.base_url.clone(),
                http: Arc::clone(&self.shared.http),
                settings: Settings {
                    credentials,
                    ..self.shared.settings.clone()
                },
            }),
        }
    }

    /// Sends a request, retries it according to the policy, and reads the response.
    ///
    /// # Errors
    /// An [input error](crate::ErrorKind::InvalidInput) when the request can't be built; nothing is sent then. Otherwise the
    /// error of the last attempt.
    pub async fn send<R: Request>(&self, request: &R) -> Result<Response<R::Reply>> {
        self.send_with(request, &CallOptions::default()).await
    }

    /// Sends a request like [`send`](Self::send), with options for this call.
    ///
    /// # Errors
    /// The same as [`send`](Self::send).
    pub async fn send_with<R: Request>(&self, request: &R, options: &CallOptions) -> Result<Response<R::Reply>> {
        let operation = R::OPERATION;
        let client = options.check().and_then(|()| self.shared.http.client());
        let built = client
            .and_then(|client| Ok(request.build(self.shared.base_url.as_str(), &client)?))
            .map_err(|problem| problem.with_operation(operation.operation_id))?;
        let received = exchange::run(&self.shared, built, operation, options).await?;
        let status = received.meta.status;
        let problem = match R::REPLY.read(&received.body) {
            Ok(value) => return Ok(Response::new(value, received.meta, received.body)),
            Err(problem) => problem,
        };
        let shown = received.credentials.scrub_body(&received.body);
        let error = match problem {
            NotTheReply::Undecodable => Error::undecodable::<R::Reply>(&shown),
            NotTheReply::Foreign => Error::foreign_success(status, &shown),
        };
        let error = error
            .with_body(&received.body)
            .with_meta(&received.meta)
            .with_operation(operation.operation_id);
        Err(outcome::unknown(error, operation))
    }
}
