//! What is known when there is no answer: whether the request was sent, and what is wrong with the connection.

use std::error::Error as _;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use account_provisioning::cloudinary::Client;
use account_provisioning::time::ManualTime;
use account_provisioning::{Error, ErrorKind, RetryPolicy};
use integration_tests::state;
use integration_tests::wording::assert_well_worded;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::io::AsyncReadExt as _;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use super::{client, create};

const SHORT: Duration = Duration::from_millis(300);

/// The error of a change whose attempts have a limit of their own.
async fn create_in_time(client: &Client, limit: Duration) -> Error {
    let create = client.users().create("A", "a@x.example");
    create.attempt_timeout(limit).await.map(drop).unwrap_err()
}

/// Answers no question.
struct Stalled;

impl Resolve for Stalled {
    fn resolve(&self, _: Name) -> Resolving {
        Box::pin(std::future::pending())
    }
}

/// Knows no host.
struct Unknown;

impl Resolve for Unknown {
    fn resolve(&self, _: Name) -> Resolving {
        Box::pin(async { Err::<Addrs, _>(std::io::Error::other("failed to lookup address information").into()) })
    }
}

fn resolving(resolver: Arc<dyn Resolve>) -> reqwest::ClientBuilder {
    reqwest::Client::builder().no_proxy().dns_resolver(resolver)
}

#[tokio::test]
async fn name_lookup_that_outlasts_the_attempt_sent_nothing() {
    let http = || resolving(Arc::new(Stalled));
    let client = client("https://api.example").http(http).build().unwrap();
    let error = create_in_time(&client, SHORT).await;
    assert!(error.is_connect() && !error.is_outcome_unknown(), "{error}");
    assert!(error.to_string().contains("api.example:443"), "{error}");
    assert_well_worded(&error);
}

#[tokio::test]
async fn call_that_waits_for_the_connection_of_another_one_sent_nothing() {
    // Over HTTP/2, both calls want one connection, which the first one makes.
    let http = || resolving(Arc::new(Stalled)).http2_prior_knowledge();
    let client = client("http://localhost:1").http(http).build().unwrap();
    let both = tokio::join!(create_in_time(&client, SHORT), create_in_time(&client, SHORT));
    for error in [both.0, both.1] {
        assert!(error.is_connect() && !error.is_outcome_unknown(), "{error}");
    }
}

#[tokio::test]
async fn unknown_host_is_named_with_its_port() {
    let http = || resolving(Arc::new(Unknown));
    let client = client("https://api.example:8443").http(http).build().unwrap();
    let error = create(&client).await.unwrap_err();
    assert!(error.is_connect() && !error.is_outcome_unknown(), "{error}");
    let text = error.to_string();
    assert!(
        text.contains("the host name of api.example:8443 was not found"),
        "{text}"
    );
}

#[tokio::test]
async fn handshake_that_is_never_answered_sent_nothing() {
    // The connection is accepted by the system, and nobody answers.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", silent.local_addr().unwrap());
    let client = client(&url).build().unwrap();
    let error = create_in_time(&client, SHORT).await;
    assert!(error.is_connect() && !error.is_outcome_unknown(), "{error}");
    assert!(error.to_string().contains("in time"), "{error}");
}

#[tokio::test]
async fn request_that_is_never_answered_was_sent() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let client = client(&url).build().unwrap();
    let error = create_in_time(&client, SHORT).await;
    assert!(
        error.is_timeout() && !error.is_connect() && error.is_outcome_unknown(),
        "{error}"
    );
}

#[tokio::test]
async fn request_on_a_connection_that_another_one_left_was_sent() {
    // Two connections are wanted, one is made: the second request goes out on it as soon as the first one is answered, while
    // its own connection is still being made.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://api.example:{}", listener.local_addr().unwrap().port());
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(async move {
        let (mut connection, _) = listener.accept().await.unwrap();
        let mut part = [0; 4096];
        let _ = connection.read(&mut part).await.unwrap();
        tokio::time::sleep(SHORT).await;
        let answer = "HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{\"id\":\"u-1\"}";
        tokio::io::AsyncWriteExt::write_all(&mut connection, answer.as_bytes())
            .await
            .unwrap();
        let second = connection.read(&mut part).await.unwrap();
        tokio::time::sleep(Duration::from_secs(30)).await;
        second
    });
    let http = move || {
        resolving(Arc::new(FirstOnly {
            address,
            asked: Default::default(),
        }))
    };
    let client = client(&url).allow_plain_http("api.example").http(http).build().unwrap();
    let first = tokio::spawn({
        let client = client.clone();
        async move { client.users().get("u-1").await }
    });
    tokio::time::sleep(SHORT / 3).await;
    let error = create_in_time(&client, SHORT * 4).await;
    assert_eq!(first.await.unwrap().unwrap().id, "u-1");
    assert!(
        error.is_outcome_unknown() && error.is_timeout() && !error.is_connect(),
        "{error}"
    );
    server.abort();
}

/// Answers the first question alone.
struct FirstOnly {
    address: SocketAddr,
    asked: Arc<std::sync::atomic::AtomicBool>,
}

impl Resolve for FirstOnly {
    fn resolve(&self, _: Name) -> Resolving {
        if self.asked.swap(true, std::sync::atomic::Ordering::SeqCst) {
            return Box::pin(std::future::pending());
        }
        let addresses: Addrs = Box::new(std::iter::once(self.address));
        Box::pin(async { Ok(addresses) })
    }
}

#[tokio::test]
async fn connection_refused_after_a_reset_is_no_proof_that_nothing_was_sent() {
    let time = ManualTime::default();
    let emulator = state::with_users(1).start().await.unwrap();
    emulator.inject(account_provisioning_emulator::Fault::reset_after());
    // The server goes away between the attempts.
    let (url, address) = (
        emulator.cloudinary().url().to_owned(),
        emulator.cloudinary().base_url().to_owned(),
    );
    let emulator = std::sync::Mutex::new(Some(emulator));
    let sleep = GoesAway {
        time: time.clone(),
        emulator: Arc::new(emulator),
    };
    let client = client(&address)
        .account_url(url)
        .retry(RetryPolicy::default())
        .sleep(sleep)
        .build()
        .unwrap();
    let error = client.users().delete(state::user_id(0)).await.unwrap_err();
    assert_eq!(
        (error.attempts().count(), error.kind()),
        (3, ErrorKind::Transport),
        "{error}"
    );
    assert!(!error.is_connect() && error.is_outcome_unknown(), "{error}");
}

/// Stops the server when a client waits.
#[derive(Clone, Debug)]
struct GoesAway {
    time: ManualTime,
    emulator: Arc<std::sync::Mutex<Option<account_provisioning_emulator::Emulator>>>,
}

impl account_provisioning::time::Sleep for GoesAway {
    fn sleep(&self, wait: Duration) -> futures::future::BoxFuture<'static, ()> {
        drop(self.emulator.lock().unwrap().take());
        self.time.sleep(wait)
    }
}

#[tokio::test]
async fn tls_to_a_port_without_it_says_so_and_is_not_sent_again() {
    let plain = account_provisioning_emulator::Emulator::start().await.unwrap();
    let client = client(&format!("https://{}", plain.addr()))
        .retry(RetryPolicy::default())
        .build()
        .unwrap();
    let error = create(&client).await.unwrap_err();
    assert_eq!(error.attempts().count(), 1, "{error}");
    assert!(error.is_connect() && !error.is_outcome_unknown(), "{error}");
    let text = error.to_string();
    assert!(
        text.contains(&format!("{} does not speak TLS", plain.addr())),
        "{text} {:?}",
        error.source()
    );
    assert_well_worded(&error);
}

/// A TLS server with a certificate that nobody trusts.
async fn untrusted() -> SocketAddr {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            let _ = acceptor.accept(connection).await;
        }
    });
    address
}

#[tokio::test]
async fn untrusted_certificate_is_named_and_not_retried() {
    let address = untrusted().await;
    let client = client(&format!("https://{address}"))
        .retry(RetryPolicy::default())
        .build()
        .unwrap();
    let error = create(&client).await.unwrap_err();
    assert_eq!(error.attempts().count(), 1, "{error}");
    assert!(error.is_connect() && !error.is_outcome_unknown(), "{error}");
    assert!(
        error
            .to_string()
            .contains(&format!("the TLS certificate of {address} is not trusted")),
        "{error}"
    );
    assert_well_worded(&error);
}

#[tokio::test]
async fn plain_http_to_a_tls_port_says_so() {
    let address = untrusted().await;
    let client = client(&format!("http://{address}")).build().unwrap();
    let error = client.users().get("u").await.unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains(&format!("{address} does not answer in HTTP")),
        "{text} {:?}",
        error.source()
    );
    assert!(text.contains("starts with https"), "{text}");
}
