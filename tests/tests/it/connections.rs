//! Which connection a request is sent on: one that its own runtime drives, and that has not timed out.

use std::io::{Read as _, Write as _};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use account_provisioning::cloudinary::{Client, ClientBuilder};
use account_provisioning::time::ManualTime;
use account_provisioning::{RetryPolicy, Timeouts};
use account_provisioning_emulator::Emulator;
use integration_tests::wording::chain;
use tokio::io::AsyncReadExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};

fn client_of(emulator: &Emulator) -> Client {
    let account = emulator.cloudinary();
    let builder = Client::builder()
        .account_url(account.url())
        .base_url(account.base_url());
    builder.build().unwrap()
}

/// A runtime that drives its connections only while something blocks on it.
fn idle_runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

#[test]
fn client_awaited_in_a_runtime_that_idles_has_other_connections_in_the_next_runtime() {
    let emulator = Emulator::start_blocking().unwrap();
    let client = client_of(&emulator);
    let runtimes = [idle_runtime(), idle_runtime(), idle_runtime()];
    for (number, runtime) in runtimes.iter().enumerate() {
        runtime.block_on(async {
            let create = client.users().create("A", format!("a{number}@x.example"));
            create.await.unwrap();
            // And goes on with those it has.
            client.users().list().await.unwrap();
        });
    }
    runtimes[0].block_on(async { client.users().list().await.unwrap() });
    assert_eq!(emulator.requests_for("createUser").len(), 3);
}

#[test]
fn client_used_in_more_runtimes_than_it_keeps_connections_for_still_works() {
    let emulator = Emulator::start_blocking().unwrap();
    let client = client_of(&emulator);
    let runtimes: Vec<Runtime> = std::iter::repeat_with(idle_runtime).take(20).collect();
    for runtime in runtimes.iter().chain(&runtimes) {
        runtime.block_on(async { client.users().list().await.unwrap() });
    }
    assert_eq!(emulator.requests().len(), 40);
}

/// What a server does with its first connection. It answers the requests on all others.
#[derive(Clone, Copy)]
enum First {
    /// It leaves the requests open, and answers pings.
    LeavesRequestsOpen,
    /// It reads, and never writes a byte.
    IsDead,
    /// It answers each request with the head of a 503 alone.
    NeverEndsItsBody,
    /// It refuses the first request without reading it, and answers the others.
    RefusesOneRequest,
}

/// A server of HTTP/2, and how many connections it was asked for.
async fn server(first: First) -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let count = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&count);
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            let is_first = counter.fetch_add(1, Ordering::SeqCst) == 0;
            match first {
                First::IsDead if is_first => tokio::spawn(swallow(connection)),
                First::NeverEndsItsBody => tokio::spawn(begin(connection)),
                First::RefusesOneRequest if is_first => {
                    tokio::spawn(serve(connection, Some(h2::Reason::REFUSED_STREAM), true))
                }
                _ => tokio::spawn(serve(connection, None, !is_first)),
            };
        }
    });
    (address, count)
}

async fn swallow(mut connection: TcpStream) {
    let mut part = [0; 1024];
    while connection.read(&mut part).await.is_ok_and(|read| read > 0) {}
}

async fn serve(connection: TcpStream, mut refusal: Option<h2::Reason>, answers: bool) {
    let mut connection = h2::server::handshake(connection).await.unwrap();
    let mut open = Vec::new();
    while let Some(Ok((_, mut respond))) = connection.accept().await {
        if let Some(reason) = refusal.take() {
            respond.send_reset(reason);
        } else if answers {
            let head = http::Response::builder().header("content-type", "application/json");
            let mut body = respond.send_response(head.body(()).unwrap(), false).unwrap();
            body.send_data(r#"{"id":"u-1","users":[]}"#.into(), true).unwrap();
        } else {
            open.push(respond);
        }
    }
}

async fn begin(connection: TcpStream) {
    let mut connection = h2::server::handshake(connection).await.unwrap();
    let mut open = Vec::new();
    while let Some(Ok((_, mut respond))) = connection.accept().await {
        let head = http::Response::builder().status(503).body(()).unwrap();
        open.push(respond.send_response(head, false).unwrap());
    }
}

fn http2_client(address: SocketAddr) -> ClientBuilder {
    let time = ManualTime::default();
    Client::builder()
        .account_url("account://key:secret@Acc-1")
        .base_url(format!("http://{address}"))
        .clock(time.clone())
        .sleep(time)
        .http(|| reqwest::Client::builder().http2_prior_knowledge())
}

#[tokio::test]
async fn request_on_a_refused_stream_was_not_sent() {
    let (address, _) = server(First::RefusesOneRequest).await;
    let client = http2_client(address).retry(RetryPolicy::never()).build().unwrap();
    let error = client.users().create("A", "a@x.example").await.unwrap_err();
    assert!(error.is_connect() && !error.is_outcome_unknown(), "{:?}", chain(&error));

    // So a change that can't be repeated is sent again.
    let (address, _) = server(First::RefusesOneRequest).await;
    let client = http2_client(address).build().unwrap();
    let reply = client.users().create("A", "a@x.example").response().await.unwrap();
    assert_eq!(reply.meta.attempts.count(), 2);
}

#[tokio::test]
async fn retry_after_an_error_whose_body_never_ends_is_sent_on_another_connection() {
    let (address, connections) = server(First::NeverEndsItsBody).await;
    let client = http2_client(address).build().unwrap();
    let list = client.users().list().attempt_timeout(Duration::from_millis(300));
    let error = list.await.unwrap_err();
    assert_eq!(
        (error.attempts().count(), connections.load(Ordering::SeqCst)),
        (3, 3),
        "{error}"
    );
}

#[tokio::test]
async fn retry_after_a_timeout_is_sent_on_another_connection() {
    let (address, connections) = server(First::LeavesRequestsOpen).await;
    let client = http2_client(address).build().unwrap();
    let list = client.users().list().attempt_timeout(Duration::from_millis(300));
    let reply = list.response().await.unwrap();
    assert_eq!(
        (reply.meta.attempts.count(), connections.load(Ordering::SeqCst)),
        (2, 2)
    );
}

#[tokio::test]
async fn calls_after_a_timeout_are_sent_on_another_connection_and_share_it() {
    let (address, connections) = server(First::LeavesRequestsOpen).await;
    let client = http2_client(address).retry(RetryPolicy::never()).build().unwrap();
    let users = client.users();
    let limited = || users.list().attempt_timeout(Duration::from_millis(300));
    let (one, two) = futures::join!(limited().into_future(), limited().into_future());
    assert!(one.unwrap_err().is_timeout() && two.unwrap_err().is_timeout());
    for _ in 0..3 {
        users.list().await.unwrap();
    }
    assert_eq!(connections.load(Ordering::SeqCst), 2);
}

/// Only pings can find such a connection: the attempt itself may last for an hour.
#[tokio::test]
async fn connection_that_answers_no_ping_is_closed_and_the_call_goes_on_without_it() {
    let (address, connections) = server(First::IsDead).await;
    let limits = Timeouts::default().with_attempt(Duration::from_secs(3));
    let client = http2_client(address).timeouts(limits).build().unwrap();
    let hour = Duration::from_secs(60 * 60);
    let list = client.users().list().attempt_timeout(hour).timeout(2 * hour);
    let reply = list.response().await.unwrap();
    assert_eq!(
        (reply.meta.attempts.count(), connections.load(Ordering::SeqCst)),
        (2, 2)
    );

    let (address, _) = server(First::IsDead).await;
    let client = http2_client(address)
        .timeouts(limits)
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    let error = client
        .users()
        .list()
        .attempt_timeout(hour)
        .timeout(2 * hour)
        .await
        .unwrap_err();
    assert!(error.is_timeout() && !error.to_string().contains("3600 s"), "{error}");
    assert!(chain(&error).concat().contains("keep-alive"), "{error:?}");
}

/// A server of HTTP/2 that closes each connection after the first request, and says why in words of its own.
fn closing(debug: &'static [u8]) -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.unwrap();
            let settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];
            connection.write_all(&settings).unwrap();
            let mut part = [0; 65_536];
            let mut received = Vec::new();
            // A frame of headers (type 1) on stream 1: the request.
            while !received
                .windows(6)
                .any(|head: &[u8]| head[0] == 1 && head[2..] == [0, 0, 0, 1])
            {
                match connection.read(&mut part) {
                    Ok(read) if read > 0 => received.extend_from_slice(&part[..read]),
                    _ => return,
                }
            }
            let length = u8::try_from(8 + debug.len()).unwrap();
            let head = [0, 0, length, 7, 0, 0, 0, 0, 0];
            // The last stream is 0, and the error is ENHANCE_YOUR_CALM.
            let code = [0, 0, 0, 0, 0, 0, 0, 11];
            connection.write_all(&[&head[..], &code, debug].concat()).unwrap();
            std::thread::sleep(Duration::from_millis(300));
        }
    });
    address
}

#[tokio::test]
async fn words_with_which_a_server_closes_a_connection_are_not_shown() {
    let address = closing(b"canary \xe2\x80\xae forged");
    let client = http2_client(address).retry(RetryPolicy::never()).build().unwrap();
    let error = client.users().list().await.unwrap_err();
    let shown = format!("{error} {error:?} {:?}", chain(&error));
    assert!(!shown.contains("canary"), "{shown}");
    assert!(shown.contains("the server closed the connection"), "{shown}");
}
