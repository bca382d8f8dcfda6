//! What one call can set, and what its reply tells.

use std::time::Duration;

use account_provisioning::cloudinary::Client;
use account_provisioning::{RetryPolicy, Timeouts};
use account_provisioning_emulator::{Fault, RateLimit};
use futures::TryStreamExt as _;
use integration_tests::wording::assert_well_worded;
use integration_tests::{Stage, state};

use super::{Options, Verb, ms, one_user, seconds, sent, stage_with};

#[tokio::test]
async fn call_that_never_retries_is_sent_once_whatever_fails() {
    for fault in [
        Fault::status(429),
        Fault::status(503),
        Fault::reset_before(),
        Fault::truncated(),
    ] {
        for verb in Verb::ALL {
            let stage = stage_with(fault.clone()).await;
            let never = Options::retry(RetryPolicy::never());
            let error = verb.send_with(&stage.client, never).await.unwrap_err();
            assert_eq!((sent(&stage, verb), error.attempts().count()), (1, 1), "{error}");
            assert!(stage.time.sleeps().is_empty());
        }
    }
}

#[tokio::test]
async fn call_with_five_attempts_makes_five() {
    let stage = stage_with(Fault::status(503).times(4)).await;
    let five = Options::retry(RetryPolicy::default().with_max_attempts(5));
    let reply = Verb::Get.send_with(&stage.client, five).await.unwrap();
    assert_eq!((reply.attempts.count(), sent(&stage, Verb::Get)), (5, 5));
    assert_eq!(stage.time.sleeps(), [250, 500, 1000, 2000].map(ms));
}

#[tokio::test]
async fn creation_without_rate_limited_replays_stops_at_429_and_others_do_not() {
    let strict = Options::retry(RetryPolicy::default().with_rate_limited_replays(false));
    for status in [420, 429] {
        for verb in Verb::ALL {
            let stage = stage_with(Fault::status(status)).await;
            let error = verb.send_with(&stage.client, strict).await.unwrap_err();
            let expected = if verb == Verb::Post { 1 } else { 3 };
            assert_eq!(sent(&stage, verb), expected, "{status} {verb:?}");
            assert!(error.is_rate_limited() && !error.is_outcome_unknown(), "{error}");
        }
    }
}

#[tokio::test]
async fn client_with_a_policy_of_its_own_uses_it_unless_the_call_says_otherwise() {
    let stage = Stage::with(one_user(), |client| client.retry(RetryPolicy::never())).await;
    stage.emulator.inject(Fault::status(503));
    assert_eq!(Verb::Get.send(&stage.client).await.unwrap_err().attempts().count(), 1);
    let twice = Options::retry(RetryPolicy::default().with_max_attempts(2));
    let error = Verb::Get.send_with(&stage.client, twice).await.unwrap_err();
    assert_eq!(error.attempts().count(), 2);
}

#[tokio::test]
async fn reply_of_a_retried_call_tells_attempts_request_id_and_rate_limit() {
    let emulator = one_user().rate_limit(RateLimit::per_hour(500));
    let stage = Stage::with(emulator, |client| client).await;
    stage.emulator.inject(Fault::status(503).times(2));
    let reply = stage.client.users().get(state::user_id(0)).response().await.unwrap();
    assert_eq!(
        reply.id.as_str(),
        state::user_id(0),
        "the value is reached through the reply"
    );
    assert_eq!((reply.meta.status.as_u16(), reply.meta.attempts.count()), (200, 3));
    assert_eq!(
        reply.meta.request_id(),
        reply.meta.headers["x-request-id"].to_str().ok()
    );
    let limit = reply.meta.rate_limit().unwrap();
    assert_eq!((limit.limit, limit.remaining), (Some(500), Some(497)));
    assert!(limit.reset_at.is_some());
}

#[tokio::test]
async fn call_with_attempts_of_no_length_is_refused_and_not_sent() {
    let stage = Stage::with(one_user(), |client| client).await;
    for verb in Verb::ALL {
        let none = Options::attempt_timeout(ms(0));
        let error = verb.send_with(&stage.client, none).await.unwrap_err();
        assert!(error.is_invalid_input() && !error.is_outcome_unknown(), "{error}");
        assert!(
            error.to_string().contains("time limit of an attempt is zero"),
            "{error}"
        );
        assert!(error.to_string().contains("`attempt_timeout`"), "{error}");
        assert_well_worded(&error);
    }
    assert!(stage.emulator.requests().is_empty());
}

#[tokio::test]
async fn call_without_any_time_is_a_timeout_that_names_the_limit() {
    let stage = Stage::with(one_user(), |client| client).await;
    let error = Verb::Post
        .send_with(&stage.client, Options::timeout(ms(0)))
        .await
        .unwrap_err();
    assert!(error.is_timeout() && !error.is_outcome_unknown(), "{error}");
    assert!(error.to_string().contains("limit of 0 s leaves no time"), "{error}");
    assert!(stage.emulator.requests().is_empty());
}

#[test]
fn client_with_a_limit_of_zero_is_refused_by_its_name() {
    let none = ms(0);
    for (limits, says) in [
        (Timeouts::default().with_connect(none), "`Timeouts::with_connect`"),
        (Timeouts::default().with_attempt(none), "`Timeouts::with_attempt`"),
        (Timeouts::default().with_call(none), "`Timeouts::with_call`"),
    ] {
        let builder = Client::builder().account_url("account://k:s@a").timeouts(limits);
        let problem = builder.build().unwrap_err();
        assert!(
            problem.is_configuration() && problem.to_string().contains(says),
            "{problem}"
        );
        assert_well_worded(&problem);
    }
}

#[tokio::test]
async fn client_with_limits_beyond_every_clock_has_none() {
    let limits = Timeouts::default()
        .with_connect(Duration::MAX)
        .with_attempt(Duration::MAX);
    let limits = limits.with_call(Duration::MAX);
    let stage = Stage::with(one_user(), |client| client.timeouts(limits)).await;
    Verb::Get.send(&stage.client).await.unwrap();
}

#[tokio::test]
async fn stream_with_a_limit_has_it_for_each_page() {
    let stage = Stage::with(state::with_users(6), |client| client).await;
    // Each page fails once and then comes: 250 ms a page, a second for all four.
    for page in [1, 3, 5, 7] {
        stage.emulator.inject(Fault::status(503).on("getUsers").nth(page));
    }
    let list = stage.client.users().list().page_size(2).timeout(ms(400));
    let users: Vec<_> = list.stream().try_collect().await.unwrap();
    assert_eq!(users.len(), 6);
    assert_eq!(stage.time.sleeps(), vec![ms(250); 4]);
}

#[tokio::test]
async fn stream_with_options_hands_them_to_each_page() {
    let stage = Stage::with(state::with_users(4), |client| client).await;
    stage.emulator.inject(Fault::status(503).on("getUsers").nth(2));
    let list = stage.client.users().list().page_size(2).retry(RetryPolicy::never());
    let error = list
        .header("x-team", "media")
        .stream()
        .try_collect::<Vec<_>>()
        .await
        .unwrap_err();
    assert_eq!((error.attempts().count(), error.paging().unwrap().read), (1, 2));
    let requests = stage.emulator.requests_for("getUsers");
    assert_eq!(requests.len(), 2);
    assert!(requests.iter().all(|request| request.header("x-team") == Some("media")));
}

#[tokio::test]
async fn stream_whose_attempts_are_limited_gives_each_page_its_own() {
    let stage = Stage::with(state::with_users(2), |client| client).await;
    stage.emulator.inject(Fault::latency(seconds(20)).on("getUsers").nth(2));
    let list = stage.client.users().list().page_size(1).attempt_timeout(ms(500));
    let users: Vec<_> = list.stream().try_collect().await.unwrap();
    assert_eq!((users.len(), stage.time.sleeps()), (2, vec![ms(250)]));
}
