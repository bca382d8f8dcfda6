//! Every fault, observed on a real socket.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use account_provisioning_emulator::{Emulator, Fault, RateLimit};
use reqwest::Method;
use serde_json::json;

use crate::client::{Bench, each, message, read};

fn user(number: usize) -> serde_json::Value {
    json!({ "name": "U", "email": format!("u{number}@x.example") })
}

fn users(bench: &Bench) -> usize {
    bench
        .emulator
        .state()
        .cloudinary
        .accounts
        .get("emulator-account")
        .unwrap()
        .users
        .len()
}

/// Creates a user over a plain socket and reads until the connection ends.
async fn raw(bench: &Bench) -> (Vec<u8>, std::io::Result<()>) {
    let address = bench.emulator.addr();
    let body = user(0).to_string();
    let request = format!(
        "POST /v1_1/provisioning/accounts/emulator-account/users HTTP/1.1\r\nhost: {address}\r\n\
         authorization: Basic ZW11bGF0b3Ita2V5OmVtdWxhdG9yLXNlY3JldA==\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    );
    tokio::task::spawn_blocking(move || {
        let mut socket = TcpStream::connect(address).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        socket.write_all(request.as_bytes()).unwrap();
        let mut received = Vec::new();
        let end = socket.read_to_end(&mut received).map(drop);
        (received, end)
    })
    .await
    .unwrap()
}

/// Returns the `content-length`, and the bytes of the body that arrived.
fn promised_and_received(response: &[u8]) -> (usize, usize) {
    let text = String::from_utf8_lossy(response);
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .unwrap();
    (length.parse().unwrap(), body.len())
}

#[tokio::test]
async fn status_strikes_before_the_change_with_headers_and_body() {
    let bench = Bench::start().await;
    let id = bench.emulator.inject(
        Fault::status(503)
            .on("createUser")
            .nth(1)
            .times(2)
            .header("retry-after", "1"),
    );
    for _ in 0..2 {
        let response = bench
            .request(Method::POST, "/users")
            .json(&user(0))
            .send()
            .await
            .unwrap();
        assert_eq!(response.headers()["retry-after"], "1");
        assert!(response.headers().contains_key("x-request-id"));
        let (status, body) = read(response).await;
        assert_eq!(status, 503);
        assert!(message(&body).contains("injected"), "{body}");
    }
    assert_eq!((users(&bench), bench.emulator.struck(id)), (0, Some(2)));
    assert_eq!(bench.post("/users", user(0)).await.0, 200);
    let log = bench.emulator.requests();
    assert_eq!((log[0].status, log[0].applied, log[0].fault), (503, false, Some(id)));
    assert_eq!((log[2].status, log[2].applied, log[2].fault), (200, true, None));
}

#[tokio::test]
async fn status_after_the_change_leaves_it_made() {
    let bench = Bench::start().await;
    bench
        .emulator
        .inject(Fault::status(500).on("createUser").times(1).body("{}").after());
    assert_eq!(bench.post("/users", user(0)).await, (500, json!({})));
    assert_eq!(users(&bench), 1);
    assert!(bench.emulator.requests()[0].applied);
    assert_eq!(bench.post("/users", user(0)).await.0, 409, "what was made is there");
}

#[tokio::test]
async fn body_replaced_answers_with_html() {
    let bench = Bench::start().await;
    bench
        .emulator
        .inject(Fault::body_replaced(502, "text/html", "<h1>Bad gateway</h1>"));
    let response = bench.request(Method::GET, "/users").send().await.unwrap();
    assert_eq!(
        (
            response.status().as_u16(),
            response.headers()["content-type"].to_str().unwrap()
        ),
        (502, "text/html")
    );
    assert_eq!(response.text().await.unwrap(), "<h1>Bad gateway</h1>");
    bench.emulator.clear_faults();
    assert_eq!(bench.get("/users").await.0, 200);
}

#[tokio::test]
async fn latency_delays_the_answer_and_adds_up() {
    let bench = Bench::start().await;
    bench.emulator.inject(Fault::latency(Duration::from_millis(60)));
    bench.emulator.inject(Fault::latency(Duration::from_millis(60)).after());
    bench.emulator.inject(Fault::status(503).nth(2));
    let start = Instant::now();
    assert_eq!(bench.get("/users").await.0, 200);
    assert!(start.elapsed() >= Duration::from_millis(120), "{:?}", start.elapsed());
    assert_eq!(bench.get("/users").await.0, 503, "with another fault");
}

#[tokio::test]
async fn latency_that_the_client_does_not_wait_for_changes_nothing_unless_after() {
    let wait = Duration::from_secs(1);
    for (fault, made) in [(Fault::latency(wait), 0), (Fault::latency(wait).after(), 1)] {
        let bench = Bench::start().await;
        bench.emulator.inject(fault);
        let request = tokio::spawn(bench.request(Method::POST, "/users").json(&user(0)).send());
        while bench.emulator.requests().is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        request.abort();
        tokio::time::sleep(wait + Duration::from_millis(200)).await;
        assert_eq!(users(&bench), made);
        let last = bench.emulator.requests().pop().unwrap();
        assert_eq!((last.status, last.applied), (0, made == 1));
    }
}

#[tokio::test]
async fn reset_before_and_after_reset_the_connection_and_tell_the_change_apart() {
    for (fault, made) in [(Fault::reset_before(), 0), (Fault::reset_after(), 1)] {
        let bench = Bench::start().await;
        bench.emulator.inject(fault);
        let (received, end) = raw(&bench).await;
        assert_eq!(received, b"");
        assert_eq!(end.unwrap_err().kind(), ErrorKind::ConnectionReset);
        assert_eq!(users(&bench), made);
        let last = bench.emulator.requests().pop().unwrap();
        assert_eq!(
            (last.status, last.applied, last.operation.as_deref()),
            (0, made == 1, Some("createUser"))
        );
        bench.emulator.clear_faults();
        let expected = if made == 1 { 409 } else { 200 };
        assert_eq!(bench.post("/users", user(0)).await.0, expected);
    }
}

#[tokio::test]
async fn reset_in_body_and_truncated_end_in_the_middle_in_their_own_ways() {
    for (fault, reset) in [(Fault::reset_in_body(), true), (Fault::truncated(), false)] {
        let bench = Bench::start().await;
        bench.emulator.inject(fault);
        let (received, end) = raw(&bench).await;
        assert!(received.starts_with(b"HTTP/1.1 200 OK\r\n"));
        let (promised, came) = promised_and_received(&received);
        assert!(0 < came && came < promised, "{came} of {promised}");
        match reset {
            true => assert_eq!(end.unwrap_err().kind(), ErrorKind::ConnectionReset),
            false => end.unwrap(),
        }
        assert_eq!(users(&bench), 1);
        bench.emulator.clear_requests();
        let error = bench
            .request(Method::GET, "/users")
            .send()
            .await
            .unwrap()
            .bytes()
            .await
            .unwrap_err();
        assert!(error.is_body() || error.is_decode(), "{error:?}");
    }
}

#[tokio::test]
async fn slow_body_arrives_in_parts_and_whole() {
    let bench = Bench::start().await;
    bench.emulator.inject(Fault::slow_body(Duration::from_millis(20)));
    let start = Instant::now();
    let mut response = bench.request(Method::GET, "/sub_accounts").send().await.unwrap();
    let (head, mut parts, mut text) = (start.elapsed(), 0, Vec::new());
    while let Some(part) = response.chunk().await.unwrap() {
        parts += 1;
        text.extend_from_slice(&part);
    }
    assert!(parts > 1);
    assert!(start.elapsed() >= Duration::from_millis(140), "{:?}", start.elapsed());
    assert!(head < start.elapsed());
    assert!(serde_json::from_slice::<serde_json::Value>(&text).is_ok());
}

#[tokio::test]
async fn malformed_is_a_whole_message_with_half_the_json() {
    let bench = Bench::start().await;
    bench.emulator.inject(Fault::malformed());
    let response = bench
        .request(Method::POST, "/users")
        .json(&user(0))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
    let text = response.text().await.unwrap();
    assert!(!text.is_empty() && serde_json::from_str::<serde_json::Value>(&text).is_err());
    assert_eq!(users(&bench), 1);
}

#[tokio::test]
async fn pages_that_are_ignored_or_repeated_show_earlier_users() {
    let bench = Bench::start().await;
    for number in 0..6 {
        bench.post("/users", user(number)).await;
    }
    let page = async |number: usize| {
        let (_, body) = bench
            .get(&format!("/users?page={number}&page_size=2&sort_order=asc"))
            .await;
        each(&body, "users", "email")
            .iter()
            .map(|email| email[1..2].to_owned())
            .collect::<String>()
    };
    assert_eq!(
        (page(1).await, page(2).await, page(3).await),
        ("01".into(), "23".into(), "45".into())
    );
    bench.emulator.inject(Fault::ignored_page().on("getUsers"));
    assert_eq!(
        (page(1).await, page(2).await, page(3).await),
        ("01".into(), "01".into(), "01".into())
    );
    bench.emulator.clear_faults();
    let id = bench.emulator.inject(Fault::repeated_page().nth(1));
    assert_eq!(
        (page(1).await, page(2).await, page(2).await),
        ("01".into(), "01".into(), "23".into())
    );
    assert_eq!(bench.emulator.struck(id), Some(1));
}

#[tokio::test]
async fn faults_of_pages_and_cursors_leave_other_operations_alone() {
    let bench = Bench::start().await;
    let faults = [Fault::ignored_page(), Fault::repeated_page(), Fault::repeated_cursor()];
    let ids = faults.map(|fault| bench.emulator.inject(fault));
    assert_eq!(bench.get("/user_groups").await.0, 200);
    assert_eq!(ids.map(|id| bench.emulator.struck(id)), [Some(0); 3]);
}

#[tokio::test]
async fn cursor_sent_comes_back_as_the_next_one() {
    let bench = Bench::start().await;
    bench.emulator.inject(Fault::repeated_cursor());
    let (_, body) = bench.get("/user_groups?cursor=abc").await;
    assert_eq!(body["next_cursor"], "abc");
}

#[tokio::test]
async fn rules_choose_the_calls_they_name() {
    let bench = Bench::start().await;
    let statuses = async |calls: usize| {
        let mut statuses = Vec::new();
        for _ in 0..calls {
            statuses.push(bench.get("/users").await.0);
        }
        statuses
    };
    let cases: [(Fault, [u16; 4]); 6] = [
        (Fault::status(503).on("getUsers"), [503, 503, 503, 503]),
        (Fault::status(503).on("createUser"), [200, 200, 200, 200]),
        (Fault::status(503).nth(2), [200, 503, 200, 200]),
        (Fault::status(503).nth(2).times(2), [200, 503, 503, 200]),
        (Fault::status(503).from_nth(3), [200, 200, 503, 503]),
        (Fault::status(503).times(1), [503, 200, 200, 200]),
    ];
    for (fault, expected) in cases {
        bench.emulator.clear_faults();
        bench.emulator.inject(fault.clone());
        assert_eq!(statuses(4).await, expected, "{fault:?}");
    }
}

#[tokio::test]
async fn faults_due_at_once_strike_in_the_order_of_injection() {
    let bench = Bench::start().await;
    bench.emulator.inject(Fault::status(503).times(1));
    let second = bench.emulator.inject(Fault::status(502).times(1));
    assert_eq!((bench.get("/users").await.0, bench.get("/users").await.0), (503, 502));
    assert_eq!(bench.get("/users").await.0, 200);
    assert_eq!(bench.emulator.struck(second), Some(1));
}

#[tokio::test]
async fn requests_that_are_refused_anyway_neither_strike_nor_count() {
    let bench = Bench::start().await;
    bench.emulator.inject(Fault::status(503).nth(1));
    assert_eq!(bench.get("/users?page=x").await.0, 400);
    assert_eq!(bench.http.get(bench.url("/users")).send().await.unwrap().status(), 401);
    assert_eq!(bench.get("/users").await.0, 503);
}

#[tokio::test]
async fn probability_draws_from_the_seed() {
    let mut runs = Vec::new();
    for seed in [1, 1, 2] {
        let bench = Bench::of(Emulator::builder().seed(seed).start().await.unwrap());
        bench.emulator.inject(Fault::status(503).probability(0.5));
        let mut run = Vec::new();
        for _ in 0..40 {
            run.push(bench.get("/users").await.0);
        }
        assert!(run.contains(&503) && run.contains(&200));
        runs.push(run);
    }
    assert_eq!(runs[0], runs[1]);
    assert_ne!(runs[0], runs[2]);
    let bench = Bench::start().await;
    bench.emulator.inject(Fault::status(503).probability(0.0));
    assert_eq!(bench.get("/users").await.0, 200);
}

#[tokio::test]
async fn faults_that_are_impossible_are_refused_and_say_so_to_every_call_if_they_are_injected_anyway() {
    let bench = Bench::start().await;
    for (fault, setting) in [
        (Fault::status(7), "status"),
        (Fault::status(1000).on("createUser"), "status"),
        (Fault::status(500).header("no header", "x"), "headers"),
        (Fault::status(500).header("x", "a\nb"), "headers"),
        (Fault::truncated().probability(2.0), "probability"),
        (Fault::truncated().probability(f64::NAN), "probability"),
        (Fault::truncated().nth(0), "nth"),
        (Fault::truncated().from_nth(0), "from_nth"),
        (Fault::truncated().times(0), "times"),
    ] {
        let mistake = fault.validate().unwrap_err();
        assert_eq!(mistake.setting(), setting);
        assert_eq!(bench.emulator.try_inject(fault.clone()), Err(mistake.clone()));
        assert_eq!(bench.get("/users").await.0, 200, "refused, so nothing happens");
        bench.emulator.inject(fault);
        let (status, body) = bench.get("/users").await;
        assert_eq!(status, 500);
        assert!(message(&body).contains(&mistake.to_string()), "{body}");
        bench.emulator.clear_faults();
    }
    let misspelt = Fault::truncated().on("creatUser");
    let unknown = bench.emulator.try_inject(misspelt.clone()).unwrap_err();
    assert_eq!(unknown.setting(), "on");
    bench.emulator.inject(misspelt);
    let (status, body) = bench.get("/users").await;
    assert_eq!(status, 500);
    assert!(message(&body).contains(&unknown.to_string()), "{body}");
    bench.emulator.clear_faults();
    let id = bench.emulator.try_inject(Fault::status(503).on("getUsers")).unwrap();
    assert_eq!(bench.get("/users").await.0, 503);
    assert_eq!(bench.emulator.struck(id), Some(1));
}

#[tokio::test]
async fn rate_limit_that_is_impossible_says_so_to_every_call() {
    let bench = Bench::start().await;
    bench.emulator.set_rate_limit(Some(RateLimit::new(5, Duration::ZERO)));
    let (status, body) = bench.get("/users").await;
    assert_eq!(status, 500);
    assert!(message(&body).contains("the rate limit: seconds"), "{body}");
}

#[tokio::test]
async fn stale_connection_answers_and_resets_at_the_next_request_unread() {
    let bench = Bench::start().await;
    bench.emulator.inject(Fault::stale_connection().times(1));
    let address = bench.emulator.addr();
    let ended = tokio::task::spawn_blocking(move || {
        let mut socket = TcpStream::connect(address).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let request = format!(
            "GET /v1_1/provisioning/accounts/emulator-account/users HTTP/1.1\r\nhost: {address}\r\n\
             authorization: Basic ZW11bGF0b3Ita2V5OmVtdWxhdG9yLXNlY3JldA==\r\n\r\n"
        );
        socket.write_all(request.as_bytes()).unwrap();
        let mut received = Vec::new();
        let mut part = [0; 1024];
        while !received.ends_with(br#"{"users":[]}"#) {
            let read = socket.read(&mut part).unwrap();
            assert!(read > 0, "the connection stays open until the next request");
            received.extend_from_slice(&part[..read]);
        }
        let head = String::from_utf8_lossy(&received).to_lowercase();
        assert!(
            head.starts_with("http/1.1 200") && !head.contains("connection: close"),
            "{head}"
        );
        socket.write_all(request.as_bytes()).unwrap();
        socket.read_to_end(&mut Vec::new()).unwrap_err().kind()
    });
    assert_eq!(ended.await.unwrap(), ErrorKind::ConnectionReset);
    assert_eq!(bench.emulator.requests().len(), 1);
    assert_eq!(bench.get("/users").await.0, 200, "on a new connection");
}

#[tokio::test]
async fn connection_survives_a_client_that_stops_in_the_middle_of_its_request() {
    let bench = Bench::start().await;
    let address = bench.emulator.addr();
    tokio::task::spawn_blocking(move || {
        let mut socket = TcpStream::connect(address).unwrap();
        socket
            .write_all(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nabc")
            .unwrap();
        socket.shutdown(Shutdown::Both).unwrap();
    })
    .await
    .unwrap();
    assert_eq!(bench.get("/users").await.0, 200);
}
