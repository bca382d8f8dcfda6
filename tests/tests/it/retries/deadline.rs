//! The limit of a whole call: no wait goes past it, and no attempt either.

use std::time::Instant;

use account_provisioning::cloudinary::Client;
use account_provisioning::time::{Clock, ManualTime};
use account_provisioning::{ErrorKind, Timeouts};
use account_provisioning_emulator::{Emulator, Fault};
use integration_tests::Stage;
use integration_tests::wording::assert_well_worded;

use super::{Options, Verb, ms, one_user, seconds, sent, stage_with};

#[tokio::test]
async fn rate_limited_call_with_a_wait_past_its_limit_stops_at_once() {
    for verb in Verb::ALL {
        let stage = stage_with(Fault::status(429).header("retry-after", "300")).await;
        let error = verb.send(&stage.client).await.unwrap_err();
        assert_eq!((sent(&stage, verb), error.attempts().count()), (1, 1));
        assert!(stage.time.sleeps().is_empty());
        assert_eq!(error.retry_at(), Some(ManualTime::default().now() + seconds(300)));
        assert!(error.is_rate_limited() && !error.is_outcome_unknown(), "{error}");
        assert_eq!(
            (error.kind(), error.status().unwrap().as_u16()),
            (ErrorKind::RateLimited, 429)
        );
        assert!(error.request_id().is_some());
        assert!(
            error.to_string().contains("300 s") && error.to_string().contains("120 s"),
            "{error}"
        );
        // What went wrong comes first.
        let text = error.to_string();
        assert!(
            text.contains(": the service answered 429 Too Many Requests: "),
            "{text}"
        );
        assert_well_worded(&error);
    }
}

#[tokio::test]
async fn failing_call_whose_next_backoff_passes_its_limit_stops_before_it() {
    let stage = stage_with(Fault::status(503)).await;
    let error = Verb::Get
        .send_with(&stage.client, Options::timeout(ms(300)))
        .await
        .unwrap_err();
    // 250 ms were waited; the next 500 ms would end at 750.
    assert_eq!((sent(&stage, Verb::Get), stage.time.sleeps()), (2, vec![ms(250)]));
    // No time ran out: the failure stays what it was.
    assert!(error.is_server() && !error.is_timeout(), "{error}");
    assert!(error.to_string().contains(": the service answered 503 "), "{error}");
    assert_eq!(error.retry_at(), None, "the service named no time");
    assert_well_worded(&error);
}

#[tokio::test]
async fn attempt_of_a_call_is_cut_to_what_is_left_of_it() {
    let stage = stage_with(Fault::status(503).times(1)).await;
    stage.emulator.inject(Fault::latency(seconds(20)).from_nth(2));
    let begun = Instant::now();
    let error = Verb::Get
        .send_with(&stage.client, Options::timeout(ms(400)))
        .await
        .unwrap_err();
    assert!(
        begun.elapsed() < seconds(15),
        "the attempt's own limit of 30 s did not count"
    );
    assert_eq!(sent(&stage, Verb::Get), 2);
    // 250 ms of 400 were waited.
    assert!(
        error.is_timeout() && error.to_string().contains("no complete response came within 150 ms"),
        "{error}"
    );
    assert_well_worded(&error);
}

#[tokio::test]
async fn creation_that_outlives_the_call_is_a_timeout_with_unknown_outcome() {
    let emulator = one_user().start().await.unwrap();
    // The system's clock: this is about time that really passes.
    let client = Client::builder()
        .account_url(emulator.cloudinary().url())
        .base_url(emulator.cloudinary().base_url())
        .build()
        .unwrap();
    emulator.inject(Fault::latency(seconds(20)).after());
    let error = Verb::Post
        .send_with(&client, Options::timeout(ms(300)))
        .await
        .unwrap_err();
    assert!(error.is_timeout() && error.is_outcome_unknown(), "{error}");
    assert!(error.to_string().contains("limit of 300 ms"), "{error}");
    assert_eq!((error.attempts().count(), error.retry_at()), (1, None));
    assert_eq!(
        emulator.state().cloudinary.accounts.iter().next().unwrap().users.len(),
        2
    );
    assert_well_worded(&error);
}

#[tokio::test]
async fn client_with_limits_of_its_own_uses_them_unless_the_call_says_otherwise() {
    let limits = Timeouts::default().with_call(seconds(10)).with_attempt(ms(300));
    let stage = Stage::with(one_user(), |client| client.timeouts(limits)).await;
    stage
        .emulator
        .inject(Fault::status(429).header("retry-after", "30").times(2));
    let error = Verb::Get.send(&stage.client).await.unwrap_err();
    assert!(error.to_string().contains("limit of 10 s"), "{error}");
    let patient = Options::timeout(seconds(60));
    assert_eq!(
        Verb::Get
            .send_with(&stage.client, patient)
            .await
            .unwrap()
            .attempts
            .count(),
        2
    );

    stage.emulator.inject(Fault::latency(seconds(20)));
    let error = Verb::Post.send(&stage.client).await.unwrap_err();
    assert!(error.to_string().contains("within 300 ms"), "{error}");
}

/// Real time, since the limit of the call has to pass while requests are under way.
#[tokio::test]
async fn requests_of_one_awaited_list_share_the_limit_of_the_call() {
    let emulator = Emulator::start().await.unwrap();
    let client = Client::builder()
        .account_url(emulator.cloudinary().url())
        .base_url(emulator.cloudinary().base_url())
        .build()
        .unwrap();
    emulator.inject(Fault::latency(ms(400)));
    let ids: Vec<String> = (0..500).map(|number| format!("id-{number}")).collect();
    let error = client.users().list().ids(&ids).timeout(ms(600)).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert!(emulator.requests().len() <= 2, "five requests of 400 ms each don't fit");
}
