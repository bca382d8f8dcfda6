use std::time::Duration;

use account_provisioning_emulator::{Emulator, Quirk, RateLimit};
use reqwest::{Method, Response};

use crate::client::{Bench, message, read, time};

async fn limited(rate: RateLimit) -> Bench {
    Bench::of(
        Emulator::builder()
            .clock(time("2026-01-15T12:00:00Z"))
            .rate_limit(rate)
            .start()
            .await
            .unwrap(),
    )
}

async fn send(bench: &Bench) -> Response {
    bench.request(Method::GET, "/users").send().await.unwrap()
}

fn header<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
    response.headers().get(name).map(|value| value.to_str().unwrap())
}

#[tokio::test]
async fn rate_within_the_limit_is_told_in_the_vendors_headers() {
    let bench = limited(RateLimit::per_hour(2)).await;
    for remaining in ["1", "0"] {
        let response = send(&bench).await;
        assert_eq!(response.status(), 200);
        assert_eq!(header(&response, "x-featureratelimit-limit"), Some("2"));
        assert_eq!(header(&response, "x-featureratelimit-remaining"), Some(remaining));
        assert_eq!(
            header(&response, "x-featureratelimit-reset"),
            Some("Thu, 15 Jan 2026 13:00:00 GMT")
        );
        assert_eq!(header(&response, "retry-after"), None);
    }
}

#[tokio::test]
async fn rate_past_the_limit_is_420_until_the_window_ends() {
    let bench = limited(RateLimit::per_hour(1)).await;
    send(&bench).await;
    bench.emulator.advance(Duration::from_secs(3000));
    let response = send(&bench).await;
    assert_eq!(response.status(), 420);
    assert_eq!(header(&response, "retry-after"), Some("600"));
    assert_eq!(header(&response, "x-featureratelimit-remaining"), Some("0"));
    assert!(message(&read(response).await.1).contains("rate limit"));
    bench.emulator.advance(Duration::from_secs(600));
    assert_eq!(send(&bench).await.status(), 200);
}

#[tokio::test]
async fn rate_past_the_limit_is_429_and_bare_when_set_so() {
    let bench = limited(RateLimit::new(0, Duration::from_millis(1500)).status(429)).await;
    let response = send(&bench).await;
    assert_eq!(
        (response.status().as_u16(), header(&response, "retry-after")),
        (429, Some("2")),
        "rounded up"
    );
    bench.emulator.set_quirk(Quirk::NoRetryAfter, true);
    assert_eq!(header(&send(&bench).await, "retry-after"), None);
    bench.emulator.set_rate_limit(None);
    assert_eq!(send(&bench).await.status(), 200);
}

#[tokio::test]
async fn rate_counts_only_requests_with_credentials_and_lets_no_more_through_at_once() {
    let bench = limited(RateLimit::per_hour(10)).await;
    for _ in 0..20 {
        bench.http.get(bench.url("/users")).send().await.unwrap();
    }
    let replies = futures::future::join_all((0..50).map(|_| send(&bench))).await;
    assert_eq!(replies.iter().filter(|reply| reply.status() == 200).count(), 10);
    assert_eq!(
        bench
            .emulator
            .requests()
            .iter()
            .filter(|request| request.applied)
            .count(),
        10
    );
}
