//! What sends requests in place of the network: functions, recorded replies, and tower layers.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use account_provisioning::cloudinary::{Client, ClientBuilder};
use account_provisioning::time::{FixedJitter, ManualTime};
use account_provisioning::{HttpService, SendError, SendHttp};
use account_provisioning_emulator::Fault;
use bytes::Bytes;
use futures::TryStreamExt as _;
use futures::future::BoxFuture;
use http::{Request, Response, StatusCode};
use integration_tests::{Stage, state};
use tower_layer::Layer;
use tower_service::Service;

const USER: &str = r#"{"id":"u1","name":"Ann","email":"ann@client.example"}"#;

fn client() -> ClientBuilder {
    let time = ManualTime::default();
    Client::builder()
        .account_id("acct")
        .api_key("key")
        .api_secret("secret")
        .clock(time.clone())
        .sleep(time)
        .jitter(FixedJitter(0.5))
}

fn response(status: u16, body: &'static str) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from_static(body.as_bytes()));
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    response
}

#[tokio::test]
async fn function_answers_in_place_of_the_network_and_gets_the_whole_request() {
    let client = client()
        .send_http(|request: &Request<Bytes>| {
            assert_eq!(request.headers()["authorization"], "Basic a2V5OnNlY3JldA==");
            assert_eq!(request.uri().host(), Some("api.cloudinary.com"));
            match (request.method().as_str(), request.uri().path()) {
                ("GET", "/v1_1/provisioning/accounts/acct/users/u1") => response(200, USER),
                ("POST", "/v1_1/provisioning/accounts/acct/users") => {
                    assert!(
                        request.body().starts_with(b"{") && request.headers()["content-type"] == "application/json"
                    );
                    response(200, USER)
                }
                _ => response(404, r#"{"error":{"message":"nothing here"}}"#),
            }
        })
        .build()
        .unwrap();
    assert_eq!(client.users().get("u1").await.unwrap().name.as_deref(), Some("Ann"));
    assert_eq!(
        client.users().create("Ann", "ann@client.example").await.unwrap().id,
        "u1"
    );
    assert!(client.users().get("u2").await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn answers_in_place_of_the_network_are_retried_and_paged_like_those_of_a_service() {
    let count = Arc::new(AtomicU32::new(0));
    let asked = Arc::clone(&count);
    let client = client()
        .send_http(move |request: &Request<Bytes>| {
            let number = asked.fetch_add(1, Ordering::SeqCst);
            match (number, request.uri().query().unwrap_or_default()) {
                (0, _) => response(503, "busy"),
                (_, query) if query.contains("page=1") => response(200, r#"{"users":[{"id":"u1"},{"id":"u2"}]}"#),
                _ => response(200, r#"{"users":[]}"#),
            }
        })
        .build()
        .unwrap();
    let users: Vec<_> = client.users().list().page_size(2).stream().try_collect().await.unwrap();
    assert_eq!(users.len(), 2);
    assert_eq!(
        count.load(Ordering::SeqCst),
        3,
        "one retry, one page, and one empty page"
    );
}

/// Fails in one way, or never answers.
struct Failing(Option<SendError>);

impl SendHttp for Failing {
    fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, SendError>> {
        match &self.0 {
            Some(error) => Box::pin(std::future::ready(Err(error.clone()))),
            None => Box::pin(std::future::pending()),
        }
    }
}

#[tokio::test]
async fn sender_says_whether_a_change_was_sent() {
    let create = |error| async {
        let client = client().send_http(Failing(error)).build().unwrap();
        let call = client.users().create("Ann", "ann@client.example");
        call.attempt_timeout(Duration::from_millis(50)).await.unwrap_err()
    };
    let unsent = create(Some(SendError::not_sent("the gateway is closed"))).await;
    assert!(unsent.is_connect() && !unsent.is_outcome_unknown(), "{unsent:?}");
    assert_eq!(unsent.attempts().count(), 3);
    assert!(unsent.to_string().contains("the gateway is closed"), "{unsent}");
    let broken = create(Some(SendError::broken("the line is dead"))).await;
    assert!(
        broken.is_outcome_unknown() && broken.attempts().count() == 1,
        "{broken:?}"
    );
    let silent = create(None).await;
    assert!(silent.is_timeout() && silent.is_outcome_unknown(), "{silent:?}");
}

/// Counts the attempts that pass it.
#[derive(Clone)]
struct Counting(Arc<AtomicU32>);

#[derive(Clone)]
struct Counted<S> {
    inner: S,
    count: Arc<AtomicU32>,
}

impl<S> Layer<S> for Counting {
    type Service = Counted<S>;

    fn layer(&self, inner: S) -> Counted<S> {
        Counted {
            inner,
            count: Arc::clone(&self.0),
        }
    }
}

impl<S: Service<Request<Bytes>>> Service<Request<Bytes>> for Counted<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<Bytes>) -> S::Future {
        self.count.fetch_add(1, Ordering::SeqCst);
        request
            .headers_mut()
            .insert("x-layer", http::HeaderValue::from_static("1"));
        self.inner.call(request)
    }
}

fn is_service<S: Service<Request<Bytes>>>() {}

#[tokio::test]
async fn tower_layer_wraps_each_attempt_and_may_change_it() {
    is_service::<HttpService>();
    let count = Arc::new(AtomicU32::new(0));
    let layer = Counting(Arc::clone(&count));
    let stage = Stage::with(state::with_users(1), |client| client.layer(layer)).await;
    stage.emulator.inject(Fault::status(503).times(1));
    stage.client.users().get(state::user_id(0)).await.unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 2);
    for request in stage.emulator.requests() {
        assert!(request.headers.iter().any(|(name, _)| name == "x-layer"), "{request:?}");
    }
}

#[tokio::test]
async fn failure_below_a_layer_is_told_as_without_it() {
    let layer = Counting(Arc::default());
    let stage = Stage::with(state::with_users(1), |client| client.layer(layer)).await;
    stage.emulator.inject(Fault::reset_after());
    let create = stage.client.users().create("Ann", "ann@client.example");
    let error = create.await.unwrap_err();
    assert!(error.is_outcome_unknown() && error.attempts().count() == 1, "{error:?}");
    stage.emulator.clear_faults();
    stage.emulator.inject(Fault::latency(Duration::from_secs(20)));
    let get = stage.client.users().get(state::user_id(0));
    let error = get.attempt_timeout(Duration::from_millis(100)).await.unwrap_err();
    assert!(
        error.is_timeout() && error.to_string().contains("within 100 ms"),
        "{error:?}"
    );
    let nobody = client()
        .base_url("http://127.0.0.1:1")
        .layer(Counting(Arc::default()))
        .build()
        .unwrap();
    let error = nobody.users().create("Ann", "ann@client.example").await.unwrap_err();
    assert!(error.is_connect() && !error.is_outcome_unknown(), "{error:?}");
    assert!(error.to_string().contains("refused the connection"), "{error}");
}

/// Waits before each attempt, as a layer with a queue does.
#[derive(Clone)]
struct Queue<S>(S);

impl<S> Service<Request<Bytes>> for Queue<S>
where
    S: Service<Request<Bytes>, Response = Response<Bytes>> + Clone + Send + 'static,
    S::Future: Send,
    S::Error: Send,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<S::Response, S::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: Request<Bytes>) -> Self::Future {
        let mut inner = self.0.clone();
        Box::pin(async move {
            tokio::time::sleep(Duration::from_millis(150)).await;
            inner.call(request).await
        })
    }
}

#[tokio::test]
async fn request_that_a_layer_delays_and_nobody_receives_is_known_to_be_unsent() {
    // It takes connections, and never says anything: TLS does not begin.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let client = client()
        .base_url(format!("https://{}", silent.local_addr().unwrap()))
        .layer(tower_layer::layer_fn(Queue))
        .build()
        .unwrap();
    let create = client.users().create("Ann", "ann@client.example");
    let error = create.attempt_timeout(Duration::from_millis(400)).await.unwrap_err();
    assert!(error.is_connect() && !error.is_outcome_unknown(), "{error:?}");
}
