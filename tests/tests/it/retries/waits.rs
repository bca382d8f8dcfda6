//! How long a call waits: what the server asks for, and at least the backoff.

use std::sync::Arc;
use std::time::Duration;

use account_provisioning::RetryPolicy;
use account_provisioning::time::{Clock, FixedJitter, ManualTime, Sleep};
use account_provisioning_emulator::{Emulator, Fault, RateLimit};
use futures::future::BoxFuture;
use integration_tests::{Stage, builder};

use super::{Options, Verb, ms, one_user, seconds, stage_with};

#[tokio::test]
async fn rate_limited_call_waits_as_long_as_the_server_says() {
    let new_year_plus_10 = "Thu, 01 Jan 2026 00:00:10 GMT";
    for status in [420, 429] {
        for (name, value, waits) in [
            ("retry-after", "3", [seconds(3), seconds(3)]),
            ("retry-after", "0.4", [ms(400), ms(500)]),
            // Less than the backoff would use up the attempts in an instant.
            ("retry-after-ms", "1", [ms(250), ms(500)]),
            // No time, or one that has passed, says no more than "try again".
            ("retry-after", "0", [ms(250), ms(500)]),
            ("retry-after", "-1", [ms(250), ms(500)]),
            ("retry-after", "Wed, 31 Dec 2025 00:00:00 GMT", [ms(250), ms(500)]),
            // It is measured against the clock of the service, which does not move here.
            ("retry-after", new_year_plus_10, [seconds(10), seconds(10)]),
            ("retry-after-ms", "1500", [ms(1500), ms(1500)]),
            ("x-featureratelimit-reset", new_year_plus_10, [seconds(10), seconds(10)]),
        ] {
            for verb in [Verb::Get, Verb::Post] {
                let stage = stage_with(Fault::status(status).header(name, value)).await;
                let error = verb.send(&stage.client).await.unwrap_err();
                assert_eq!(stage.time.sleeps(), waits, "{status}, {name}: {value}, {verb:?}");
                assert_eq!(error.attempts().count(), 3);
                assert!(error.is_rate_limited() && !error.is_outcome_unknown(), "{error}");
            }
        }
    }
}

#[tokio::test]
async fn date_of_the_server_and_not_the_local_clock_decides_how_long_a_wait_is() {
    // The clock of the server is five hours ahead of the client's.
    for (name, value) in [
        ("retry-after", "Thu, 01 Jan 2026 05:00:10 GMT"),
        ("x-featureratelimit-reset", "Thu, 01 Jan 2026 05:00:10 GMT"),
        ("x-ratelimit-reset", "1767243610"),
    ] {
        let fault = Fault::status(429)
            .header("date", "Thu, 01 Jan 2026 05:00:00 GMT")
            .header(name, value);
        let stage = stage_with(fault.times(1)).await;
        Verb::Post.send(&stage.client).await.unwrap();
        assert_eq!(stage.time.sleeps(), [seconds(10)], "{name}");
    }
}

#[tokio::test]
async fn failed_call_whose_server_names_a_wait_obeys_it_too() {
    let stage = stage_with(Fault::status(503).header("retry-after", "7").times(1)).await;
    Verb::Get.send(&stage.client).await.unwrap();
    assert_eq!(stage.time.sleeps(), [seconds(7)]);
}

#[tokio::test]
async fn failed_call_with_a_rate_limit_window_alone_backs_off_instead() {
    let fault = Fault::status(503).header("x-featureratelimit-reset", "Thu, 01 Jan 2026 01:00:00 GMT");
    let stage = stage_with(fault.times(1)).await;
    Verb::Get.send(&stage.client).await.unwrap();
    assert_eq!(
        stage.time.sleeps(),
        [ms(250)],
        "the window of a limit that was not reached is no reason to wait"
    );
}

#[tokio::test]
async fn call_without_a_wait_of_the_server_backs_off_from_half_a_second_to_eight() {
    let stage = stage_with(Fault::status(503)).await;
    let patient = Options {
        retry: Some(RetryPolicy::default().with_max_attempts(8)),
        ..Options::default()
    };
    Verb::Get.send_with(&stage.client, patient).await.unwrap_err();
    // Half of 500 ms, doubled up to half of 8 s.
    let expected = [250, 500, 1000, 2000, 4000, 4000, 4000].map(ms);
    assert_eq!(stage.time.sleeps(), expected);
}

#[tokio::test]
async fn call_with_jitter_at_its_ends_waits_between_nothing_and_the_whole_backoff() {
    for (share, expected) in [(0.0, [ms(0), ms(0)]), (1.0, [ms(500), ms(1000)])] {
        let stage = Stage::with(one_user(), |client| client.jitter(FixedJitter(share))).await;
        stage.emulator.inject(Fault::status(500));
        Verb::Get.send(&stage.client).await.unwrap_err();
        assert_eq!(stage.time.sleeps(), expected);
    }
}

/// Moves the server's clock along with the client's.
#[derive(Clone, Debug)]
struct Shared {
    time: ManualTime,
    emulator: Arc<Emulator>,
}

impl Sleep for Shared {
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.emulator.advance(duration);
        self.time.sleep(duration)
    }
}

#[tokio::test]
async fn client_over_the_rate_waits_for_the_window_to_end_and_succeeds() {
    for (status, retry_after) in [(420, true), (420, false), (429, true), (429, false)] {
        let time = ManualTime::default();
        let emulator = one_user()
            .clock(time.now())
            .rate_limit(RateLimit::new(1, seconds(30)).status(status))
            .quirk(account_provisioning_emulator::Quirk::NoRetryAfter, !retry_after)
            .start()
            .await
            .unwrap();
        let emulator = Arc::new(emulator);
        let sleep = Shared {
            time: time.clone(),
            emulator: Arc::clone(&emulator),
        };
        let client = builder(&emulator, &time).sleep(sleep).build().unwrap();

        let first = Verb::Get.send(&client).await.unwrap();
        let limit = first.rate_limit().unwrap();
        assert_eq!((limit.limit, limit.remaining), (Some(1), Some(0)));
        assert_eq!(limit.reset_at, Some(time.now() + seconds(30)));

        let second = Verb::Post.send(&client).await.unwrap();
        assert_eq!(
            (second.attempts.count(), time.sleeps()),
            (2, vec![seconds(30)]),
            "{status} {retry_after}"
        );
    }
}
