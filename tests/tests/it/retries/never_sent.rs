//! Requests that never left: always sent again, since nothing can have happened.

use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use account_provisioning::cloudinary::{Client, ClientBuilder};
use account_provisioning::time::{FixedJitter, ManualTime, Sleep};
use account_provisioning_emulator::Emulator;
use futures::future::BoxFuture;
use integration_tests::wording::assert_well_worded;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::{Verb, ms, one_user};

const ACCOUNT_URL: &str = "account://emulator-key:emulator-secret@emulator-account";

/// A port that nobody listens on.
fn closed_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn client_of(base_url: String, time: &ManualTime, sleep: impl Sleep) -> ClientBuilder {
    Client::builder()
        .account_url(ACCOUNT_URL)
        .base_url(base_url)
        .clock(time.clone())
        .sleep(sleep)
        .jitter(FixedJitter(0.5))
}

#[tokio::test]
async fn call_to_a_closed_port_is_tried_three_times_and_nothing_happened() {
    for verb in Verb::ALL {
        let time = ManualTime::default();
        let url = format!("http://127.0.0.1:{}", closed_port());
        let client = client_of(url, &time, time.clone()).build().unwrap();
        let error = verb.send(&client).await.unwrap_err();
        assert_eq!(error.attempts().count(), 3, "{error}");
        assert_eq!(time.sleeps(), [ms(250), ms(500)]);
        assert!(
            error.is_connect() && !error.is_outcome_unknown() && !error.is_timeout(),
            "{error}"
        );
        assert_eq!((error.status(), error.body(), error.request_id()), (None, None, None));
        assert!(error.to_string().contains("refused the connection"), "{error}");
        assert_well_worded(&error);
    }
}

/// Starts the server while the client waits for its second attempt.
#[derive(Clone, Debug)]
struct StartsServer {
    port: u16,
    emulator: Arc<Mutex<Option<Emulator>>>,
}

impl Sleep for StartsServer {
    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        let this = self.clone();
        Box::pin(async move {
            let mut emulator = this.emulator.lock().unwrap();
            if emulator.is_none() {
                *emulator = Some(one_user().port(this.port).start_blocking().unwrap());
            }
        })
    }
}

#[tokio::test]
async fn call_to_a_server_that_comes_up_meanwhile_succeeds_once() {
    for verb in Verb::ALL {
        let sleep = StartsServer {
            port: closed_port(),
            emulator: Arc::default(),
        };
        let url = format!("http://127.0.0.1:{}", sleep.port);
        let client = client_of(url, &ManualTime::default(), sleep.clone()).build().unwrap();
        let reply = verb.send(&client).await.unwrap();
        assert_eq!(reply.attempts.count(), 2);
        let emulator = sleep.emulator.lock().unwrap();
        assert_eq!(emulator.as_ref().unwrap().requests_for(verb.operation()).len(), 1);
    }
}

/// Knows no host.
#[derive(Debug)]
struct KnowsNothing;

impl Resolve for KnowsNothing {
    fn resolve(&self, _: Name) -> Resolving {
        Box::pin(async { Err::<Addrs, _>("no such host".into()) })
    }
}

#[tokio::test]
async fn call_to_a_host_without_address_is_tried_three_times_and_nothing_happened() {
    for verb in Verb::ALL {
        let time = ManualTime::default();
        let client = client_of("http://nowhere.invalid".to_owned(), &time, time.clone())
            .allow_plain_http("nowhere.invalid")
            .http(|| reqwest::Client::builder().dns_resolver(Arc::new(KnowsNothing)))
            .build()
            .unwrap();
        let error = verb.send(&client).await.unwrap_err();
        assert_eq!((error.attempts().count(), time.sleeps()), (3, vec![ms(250), ms(500)]));
        assert!(error.is_connect() && !error.is_outcome_unknown(), "{error}");
        assert_well_worded(&error);
    }
}
