//! tower layers around each attempt.

use std::error::Error as StdError;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::{Request, Response};
use tower_service::Service;

use super::attempt::{self, Incomplete};
use super::http_client::HttpClients;
use super::send_http::{Limit, Reason, SendError, SendHttp};
use crate::BaseUrl;

/// The client's own HTTP stack as a tower service: what a [`Layer`](tower_layer::Layer) wraps.
///
/// Each call of it is one attempt: the retries of the client are outside of the layer.
#[derive(Clone, Debug)]
pub struct HttpService {
    http: Arc<HttpClients>,
    base_url: BaseUrl,
}

impl HttpService {
    pub(super) fn new(http: Arc<HttpClients>, base_url: BaseUrl) -> Self {
        Self { http, base_url }
    }
}

impl Service<Request<Bytes>> for HttpService {
    type Response = Response<Bytes>;
    type Error = SendError;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Bytes>, SendError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), SendError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Bytes>) -> Self::Future {
        let Self { http, base_url } = self.clone();
        Box::pin(async move {
            // A layer may have made a request of its own, without the limit.
            let (limit, told) = request
                .extensions()
                .get::<Limit>()
                .map_or((Duration::MAX, Duration::MAX), |limit| (limit.left(), limit.whole));
            let request = reqwest::Request::try_from(request)
                .map_err(|_| SendError::not_sent("a layer made a request that can't be sent: check its URL"))?;
            let own = |incomplete| SendError(Reason::Own(Arc::new(incomplete)));
            let client = http.current().map_err(|error| own(Incomplete::refused(error)))?;
            let sent = http
                .attempt(
                    &client,
                    attempt::start(&client.client, request, limit),
                    base_url.as_url(),
                    limit,
                    told,
                )
                .await;
            let received = sent.map_err(own)?;
            let mut response = Response::new(received.body);
            *response.status_mut() = received.status;
            *response.headers_mut() = received.headers;
            Ok(response)
        })
    }
}

/// A tower service as a sender.
pub(super) struct Layered<S>(pub(super) S);

impl<S> SendHttp for Layered<S>
where
    S: Service<Request<Bytes>, Response = Response<Bytes>> + Clone + Send + Sync + 'static,
    S::Error: Into<Box<dyn StdError + Send + Sync>>,
    S::Future: Send,
{
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, SendError>> {
        let mut service = self.0.clone();
        Box::pin(async move {
            poll_fn(|context| service.poll_ready(context)).await.map_err(|error| {
                found_in(error.into()).unwrap_or_else(|| SendError::not_sent("a layer is not ready"))
            })?;
            service.call(request).await.map_err(|error| {
                let error = error.into();
                let text = error.to_string();
                found_in(error).unwrap_or_else(|| SendError::broken(text))
            })
        })
    }
}

/// The error of the client's own HTTP stack in an error of a layer.
fn found_in(error: Box<dyn StdError + Send + Sync>) -> Option<SendError> {
    let mut next: Option<&(dyn StdError + 'static)> = Some(&*error);
    while let Some(error) = next {
        if let Some(own) = error.downcast_ref::<SendError>() {
            return Some(own.clone());
        }
        next = error.source();
    }
    None
}
