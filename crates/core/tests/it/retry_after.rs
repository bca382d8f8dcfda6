//! Waits that headers ask for, whatever the headers are.

use std::time::Duration;

use account_provisioning_core::retry::{Failure, retry_after};
use account_provisioning_core::time::{Clock as _, ManualTime};
use chrono::{DateTime, TimeDelta, Utc};
use http::{HeaderMap, HeaderName, HeaderValue};
use proptest::collection::vec;
use proptest::prelude::*;

const NAMES: [&str; 9] = [
    "retry-after",
    "retry-after-ms",
    "ratelimit",
    "ratelimit-policy",
    "ratelimit-remaining",
    "ratelimit-reset",
    "x-ratelimit-reset",
    "x-featureratelimit-remaining",
    "x-featureratelimit-reset",
];

fn now() -> DateTime<Utc> {
    ManualTime::default().now()
}

fn headers(lines: &[(&'static str, Vec<u8>)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        if let Ok(value) = HeaderValue::from_bytes(value) {
            headers.append(HeaderName::from_static(name), value);
        }
    }
    headers
}

fn wait(name: &'static str, value: &str) -> Option<Duration> {
    let lines = [(name, value.as_bytes().to_vec())];
    retry_after(&headers(&lines), Failure::RetryableStatus, now())
}

fn http_date(moment: DateTime<Utc>) -> String {
    moment.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Something like a value: numbers and dates with mistakes in them, and anything else.
fn value() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        "[-+]?[0-9]{0,25}(\\.[0-9]{0,25})?".prop_map(String::into_bytes),
        "(Mon|Thu|Xyz), [0-9]{1,2} (Jan|Feb|Foo) [0-9]{2,5} [0-9]{2}:[0-9]{2}:[0-9]{2} (GMT|UTC)"
            .prop_map(String::into_bytes),
        "\"[a-z]*\";r=-?[0-9]{1,20};t=[0-9]{1,20}".prop_map(String::into_bytes),
        vec(any::<u8>(), 0..40),
    ]
}

proptest! {
    /// No header makes it panic, and what can't be read asks for nothing.
    #[test]
    fn any_headers_give_a_wait_or_none(
        lines in vec((prop::sample::select(&NAMES[..]), value()), 0..6),
        limited in any::<bool>(),
    ) {
        let failure = if limited { Failure::RateLimited } else { Failure::RetryableStatus };
        let wait = retry_after(&headers(&lines), failure, now());
        if lines.is_empty() {
            prop_assert_eq!(wait, None);
        }
    }

    #[test]
    fn whole_seconds_are_the_wait_and_negative_ones_are_none_at_all(seconds in any::<i32>(), padding in " {0,3}") {
        let expected = Duration::from_secs(u64::try_from(seconds).unwrap_or(0));
        prop_assert_eq!(wait("retry-after", &format!("{padding}{seconds}{padding}")), Some(expected));
    }

    #[test]
    fn milliseconds_are_the_wait(ms in 0..10_000_000_u32) {
        prop_assert_eq!(wait("retry-after-ms", &ms.to_string()), Some(Duration::from_millis(ms.into())));
    }

    #[test]
    fn numbers_of_any_length_saturate(digits in "[1-9][0-9]{19,60}") {
        let found = wait("retry-after", &digits).unwrap();
        prop_assert!(found >= Duration::from_secs(u64::MAX / 2));
    }

    #[test]
    fn dates_are_the_time_until_then_and_past_ones_are_none_at_all(seconds in -1_000_000_000..1_000_000_000_i64) {
        let date = http_date(now() + TimeDelta::seconds(seconds));
        let expected = Duration::from_secs(u64::try_from(seconds).unwrap_or(0));
        prop_assert_eq!(wait("retry-after", &date), Some(expected), "{}", date);
    }

    /// What is neither a number nor a date is ignored.
    #[test]
    fn words_ask_for_nothing(text in "[a-zA-Z ]{0,30}") {
        prop_assert_eq!(wait("retry-after", &text), None);
    }
}
