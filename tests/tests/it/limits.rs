//! Rate limiters: calls wait for their turn, so that the service refuses none.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use account_provisioning::cloudinary::Client;
use account_provisioning::limit::{Learned, Limiter, RedisLimiter, Steady};
use account_provisioning::{ErrorKind, Timeouts};
use account_provisioning_emulator::{Emulator, Fault, RateLimit};
use futures::future::join_all;
use integration_tests::state;

const LIMIT: u32 = 20;
const WINDOW: Duration = Duration::from_secs(2);

async fn emulator() -> Emulator {
    let rate = RateLimit::new(LIMIT, WINDOW);
    state::with_users(1).rate_limit(rate).start().await.unwrap()
}

fn client(emulator: &Emulator, limiter: impl Limiter) -> Client {
    Client::builder()
        .account_url(emulator.cloudinary().url())
        .base_url(emulator.cloudinary().base_url())
        .retry(account_provisioning::RetryPolicy::never())
        .limiter(limiter)
        .build()
        .unwrap()
}

/// Sends so many calls at the same time, and returns the statuses that the service gave.
async fn statuses(emulator: &Emulator, client: &Client, calls: usize) -> Vec<u16> {
    let tasks = (0..calls).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.users().get(state::user_id(0)).await })
    });
    for outcome in join_all(tasks).await {
        outcome.unwrap().unwrap();
    }
    emulator.requests().iter().map(|request| request.status).collect()
}

#[tokio::test]
async fn fifty_tasks_stay_within_the_limit_that_the_service_tells() {
    let emulator = emulator().await;
    let limiter = Learned::default();
    let client = client(&emulator, limiter.clone());
    assert_eq!(client.rate_limit(), None);
    assert_eq!(statuses(&emulator, &client, 50).await, [200; 50]);
    let known = client.rate_limit().unwrap();
    assert_eq!(known.limit, Some(u64::from(LIMIT)));
    assert_eq!(known, limiter.state().unwrap());
    println!("50 tasks, {LIMIT} requests in {WINDOW:?}: none of 50 requests refused");
}

#[tokio::test]
async fn fifty_tasks_without_a_limiter_are_refused() {
    let emulator = emulator().await;
    let client = Client::builder()
        .account_url(emulator.cloudinary().url())
        .base_url(emulator.cloudinary().base_url())
        .retry(account_provisioning::RetryPolicy::never())
        .build()
        .unwrap();
    let calls = join_all((0..50).map(|_| client.users().get(state::user_id(0)).into_future())).await;
    assert!(
        calls
            .iter()
            .any(|outcome| matches!(outcome, Err(error) if error.is_rate_limited()))
    );
}

#[tokio::test]
async fn limit_that_is_set_by_hand_is_kept_in_every_window() {
    let emulator = emulator().await;
    let limiter = Steady::new(LIMIT, WINDOW).unwrap();
    let client = client(&emulator, limiter);
    let begun = Instant::now();
    assert_eq!(statuses(&emulator, &client, 50).await, [200; 50]);
    assert!(
        begun.elapsed() > 2 * WINDOW,
        "fifty requests take more than two windows"
    );
    assert_eq!(client.rate_limit().unwrap().limit, Some(u64::from(LIMIT)));
}

#[tokio::test]
async fn limit_that_allows_nothing_is_refused() {
    for (limit, window) in [(0, WINDOW), (1, Duration::ZERO), (1, Duration::MAX)] {
        let error = Steady::new(limit, window).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{error}");
    }
}

#[tokio::test]
async fn refusal_with_a_wait_holds_all_calls_back() {
    let emulator = state::with_users(1).start().await.unwrap();
    emulator.inject(Fault::status(429).header("retry-after", "1").times(1));
    let client = client(&emulator, Learned::default());
    let error = client.users().get(state::user_id(0)).await.unwrap_err();
    assert!(error.is_rate_limited());
    assert_eq!(client.rate_limit().and_then(|limit| limit.remaining), Some(0));
    let begun = Instant::now();
    client.users().get(state::user_id(0)).await.unwrap();
    assert!(begun.elapsed() > Duration::from_millis(500), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn call_whose_turn_comes_too_late_ends_unsent() {
    let emulator = state::with_users(1).start().await.unwrap();
    let limiter = Steady::new(1, Duration::from_secs(3600)).unwrap();
    let client = Client::builder()
        .account_url(emulator.cloudinary().url())
        .base_url(emulator.cloudinary().base_url())
        .timeouts(Timeouts::default().with_call(Duration::from_millis(200)))
        .limiter(limiter)
        .build()
        .unwrap();
    client.users().get(state::user_id(0)).await.unwrap();
    let error = client.users().create("Ann", "ann@client.example").await.unwrap_err();
    assert!(error.is_timeout() && !error.is_outcome_unknown(), "{error:?}");
    assert_eq!((error.attempts().count(), emulator.requests().len()), (0, 1));
}

/// A server of Redis, which ends with the test.
struct Redis {
    server: Child,
    url: String,
}

impl Redis {
    /// `None` if this machine has no `redis-server`.
    async fn start() -> Option<Self> {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = Command::new("redis-server")
            .args([
                "--bind",
                "127.0.0.1",
                "--port",
                &port.to_string(),
                "--save",
                "",
                "--appendonly",
                "no",
            ])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let redis = Self {
            server,
            url: format!("redis://127.0.0.1:{port}"),
        };
        for _ in 0..100 {
            if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return Some(redis);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("redis-server was started and does not answer");
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

#[tokio::test]
async fn four_processes_share_one_limit_over_redis() {
    let Some(redis) = Redis::start().await else {
        println!("redis-server is missing on this machine, so the shared limit was not tested");
        return;
    };
    let emulator = emulator().await;
    let mut members = Vec::new();
    for _ in 0..4 {
        let member = Command::new(env!("CARGO_BIN_EXE_fleet-member"))
            .arg(&redis.url)
            .arg(emulator.cloudinary().base_url())
            .arg(emulator.cloudinary().url())
            .args([LIMIT.to_string(), WINDOW.as_millis().to_string(), "10".to_owned()])
            .spawn()
            .unwrap();
        members.push(member);
    }
    let ended = tokio::task::spawn_blocking(move || {
        members
            .iter_mut()
            .map(|member| member.wait().unwrap().success())
            .collect::<Vec<_>>()
    });
    assert_eq!(ended.await.unwrap(), [true; 4]);
    let statuses: Vec<u16> = emulator.requests().iter().map(|request| request.status).collect();
    assert_eq!(statuses, [200; 40]);
    println!("4 processes, {LIMIT} requests in {WINDOW:?}: none of 40 requests refused");
}

/// A client of the other process, as far as Redis is concerned.
async fn over_redis(redis: &Redis, emulator: &Emulator) -> Client {
    let limiter = RedisLimiter::connect(&redis.url, "one", 1000, WINDOW).await.unwrap();
    client(emulator, limiter)
}

#[tokio::test]
async fn refusal_of_one_process_holds_the_others_back_at_once_and_a_shorter_one_changes_nothing() {
    let Some(redis) = Redis::start().await else {
        println!("redis-server is missing on this machine, so the shared wait was not tested");
        return;
    };
    let emulator = state::with_users(1).start().await.unwrap();
    let (one, two, other) = (
        over_redis(&redis, &emulator).await,
        over_redis(&redis, &emulator).await,
        over_redis(&redis, &emulator).await,
    );
    // Both are sent before any refusal arrives, and the one with the shorter wait arrives last.
    emulator.inject(Fault::status(429).header("retry-after", "3").times(1));
    emulator.inject(Fault::status(429).header("retry-after", "1").nth(2).times(1));
    emulator.inject(Fault::latency(Duration::from_millis(300)).nth(1));
    emulator.inject(Fault::latency(Duration::from_millis(700)).nth(2));
    let begun = Instant::now();
    let (first, second) = (one.users().get(state::user_id(0)), two.users().get(state::user_id(0)));
    let refused = tokio::join!(first, second);
    assert!(refused.0.is_err() && refused.1.is_err());
    assert_eq!(emulator.requests().len(), 2);
    // Neither sends anything more, so nothing but the refusal itself can have told the others.
    tokio::time::sleep(Duration::from_millis(300)).await;
    other.users().get(state::user_id(0)).await.unwrap();
    assert!(begun.elapsed() > Duration::from_millis(2500), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn redis_that_is_down_or_wrong_is_a_clear_error() {
    let error = RedisLimiter::connect("redis://127.0.0.1:1", "k", 1, WINDOW)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    for url in ["127.0.0.1", "http://:hunter2@127.0.0.1"] {
        let error = RedisLimiter::connect(url, "k", 1, WINDOW).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(!format!("{error:?}{error}").contains("hunter2"));
    }
    let error = RedisLimiter::connect("redis://127.0.0.1", "k", 0, WINDOW)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
}
