//! Starting, stopping, repeating and running emulators side by side.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpStream};
use std::time::{Duration, Instant};

use account_provisioning_emulator::{Emulator, Fault, RateLimit, StartError};
use serde_json::{Value, json};

use crate::client::{Bench, time};

/// Returns everything that is generated in a run.
async fn run(seed: u64) -> Vec<Value> {
    let emulator = Emulator::builder()
        .seed(seed)
        .clock(time("2026-01-15T12:00:00Z"))
        .start()
        .await
        .unwrap();
    let bench = Bench::of(emulator);
    let (_, environment) = bench.post("/sub_accounts", json!({ "name": "E" })).await;
    let keys = format!("/sub_accounts/{}/access_keys", environment["id"].as_str().unwrap());
    vec![
        environment,
        bench.post(&keys, json!({})).await.1,
        bench
            .post("/users", json!({ "name": "U", "email": "u@x.example" }))
            .await
            .1,
        bench.post("/user_groups", json!({ "name": "G" })).await.1,
        bench.get("/billing_usage?year=2025").await.1,
        json!(
            bench
                .request(reqwest::Method::GET, "/users")
                .send()
                .await
                .unwrap()
                .headers()["x-request-id"]
                .to_str()
                .unwrap()
        ),
    ]
}

#[tokio::test]
async fn runs_with_equal_seeds_are_equal_and_with_others_differ_throughout() {
    let (first, second, other) = (run(7).await, run(7).await, run(8).await);
    assert_eq!(first, second);
    for (ours, theirs) in first.iter().zip(&other) {
        assert_ne!(ours, theirs);
    }
}

#[tokio::test]
async fn emulators_side_by_side_share_nothing() {
    let (one, two) = (Bench::start().await, Bench::start().await);
    assert_ne!(one.emulator.addr(), two.emulator.addr());
    one.emulator.inject(Fault::status(503).on("getUserGroups"));
    one.emulator.advance(Duration::from_secs(60));
    one.post("/users", json!({ "name": "U", "email": "u@x.example" })).await;
    assert_eq!(two.get("/users").await.1, json!({ "users": [] }));
    assert_eq!(two.get("/user_groups").await.0, 200);
    assert_eq!(two.emulator.now(), time("2026-01-15T12:00:00Z"));
    assert_eq!((one.emulator.requests().len(), two.emulator.requests().len()), (1, 2));
}

#[tokio::test]
async fn drop_and_shutdown_free_the_port() {
    for gracefully in [true, false] {
        let emulator = Emulator::start().await.unwrap();
        let address = emulator.addr();
        assert_eq!(emulator.base_url(), format!("http://{address}"));
        TcpStream::connect(address).unwrap();
        match gracefully {
            true => emulator.shutdown().await,
            false => drop(emulator),
        }
        assert!(TcpStream::connect(address).is_err());
        drop(Emulator::builder().port(address.port()).start().await.unwrap());
    }
}

#[tokio::test]
async fn shutdown_lets_the_answers_under_way_finish_and_drop_does_not() {
    for (gracefully, answered) in [(true, true), (false, false)] {
        let bench = Bench::start().await;
        bench.emulator.inject(Fault::latency(Duration::from_secs(1)));
        let request = tokio::spawn(bench.request(reqwest::Method::GET, "/users").send());
        while bench.emulator.requests().is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        match gracefully {
            true => bench.emulator.shutdown().await,
            false => drop(bench.emulator),
        }
        assert_eq!(request.await.unwrap().is_ok(), answered);
    }
}

#[tokio::test]
async fn shutdown_does_not_wait_for_idle_connections() {
    let emulator = Emulator::start().await.unwrap();
    let idle = TcpStream::connect(emulator.addr()).unwrap();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    client
        .get(emulator.base_url())
        .send()
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap();
    let start = Instant::now();
    emulator.shutdown().await;
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    drop((idle, client));
}

#[tokio::test]
async fn start_on_a_taken_port_fails_and_names_it() {
    let emulator = Emulator::start().await.unwrap();
    let port = emulator.addr().port();
    let error = Emulator::builder().port(port).start().await.unwrap_err();
    assert!(matches!(error, StartError::Listen { address, .. } if address.port() == port));
    assert!(error.to_string().contains(&port.to_string()));
}

#[tokio::test]
async fn start_on_another_address_serves_there_and_its_url_works() {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let hosts: [(IpAddr, &str); 3] = [
        (Ipv6Addr::LOCALHOST.into(), "http://[::1]:"),
        (Ipv6Addr::UNSPECIFIED.into(), "http://[::1]:"),
        (Ipv4Addr::UNSPECIFIED.into(), "http://127.0.0.1:"),
    ];
    for (host, url) in hosts {
        let emulator = Emulator::builder().host(host).start().await.unwrap();
        assert_eq!(emulator.addr().ip(), host);
        assert!(emulator.base_url().starts_with(url), "{}", emulator.base_url());
        let account = emulator.cloudinary();
        let users = format!(
            "{}/v1_1/provisioning/accounts/{}/users",
            account.base_url(),
            account.account_id()
        );
        let request = client
            .get(users)
            .basic_auth(account.api_key(), Some(account.api_secret()));
        assert_eq!(request.send().await.unwrap().status(), 200, "{host}");
    }
}

#[tokio::test]
async fn start_with_an_impossible_rate_limit_fails_and_names_the_mistake() {
    for (limit, setting) in [
        (RateLimit::new(5, Duration::ZERO), "seconds"),
        (RateLimit::per_hour(5).status(1000), "status"),
        (RateLimit::per_hour(5).status(200), "status"),
    ] {
        let error = Emulator::builder().rate_limit(limit).start().await.unwrap_err();
        assert!(
            matches!(&error, StartError::RateLimit(mistake) if mistake.setting() == setting),
            "{error:?}"
        );
    }
}

#[test]
fn emulator_started_outside_of_a_runtime_answers_while_its_thread_is_blocked() {
    let emulator = Emulator::start_blocking().unwrap();
    use std::io::{Read as _, Write as _};
    let mut socket = TcpStream::connect(emulator.addr()).unwrap();
    socket
        .write_all(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        .unwrap();
    let mut reply = String::new();
    socket.read_to_string(&mut reply).unwrap();
    assert!(reply.starts_with("HTTP/1.1 501"), "{reply}");
}

#[tokio::test]
async fn clock_by_default_is_the_systems_and_keeps_running_when_moved() {
    let emulator = Emulator::start().await.unwrap();
    assert!((chrono::Utc::now() - emulator.now()).num_seconds().abs() < 5);
    emulator.advance(Duration::from_secs(3600));
    let ahead = emulator.now();
    assert!((ahead - chrono::Utc::now()).num_seconds() >= 3595);
    tokio::time::sleep(Duration::from_millis(5)).await;
    assert!(emulator.now() > ahead);
    emulator.set_clock(time("2026-01-01T00:00:00Z"));
    tokio::time::sleep(Duration::from_millis(5)).await;
    assert_eq!(emulator.now(), time("2026-01-01T00:00:00Z"));
    emulator.reset();
    assert!((chrono::Utc::now() - emulator.now()).num_seconds().abs() < 5);
}

#[tokio::test]
async fn response_is_dated_by_the_emulators_clock() {
    let emulator = Emulator::builder()
        .clock(time("2026-01-15T12:00:00Z"))
        .start()
        .await
        .unwrap();
    let bench = Bench::of(emulator);
    for path in ["/users", "/users/nobody"] {
        let response = bench.request(reqwest::Method::GET, path).send().await.unwrap();
        assert_eq!(response.headers()["date"], "Thu, 15 Jan 2026 12:00:00 GMT", "{path}");
    }
}
