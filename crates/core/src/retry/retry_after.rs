//! How long a server asks to wait.

use std::time::Duration;

use chrono::{DateTime, Utc};
use http::HeaderMap;

use super::Failure;
use crate::RateLimit;

/// The wait that the headers of a failed response ask for, counted from `now`. Returns `None` when they ask for none.
///
/// `now` is the time on the server, see [`server_time`]: a local clock that is wrong must not shorten or extend the wait.
///
/// It uses the first of these that is present and can be read:
/// 1. `retry-after-ms`: milliseconds, whole or fractional;
/// 2. `retry-after`: seconds, whole or fractional, or an HTTP date;
/// 3. only after [`Failure::RateLimited`], the end of the rate limit's window (see [`RateLimit::from_headers`]), unless the
///    headers say that requests are left. The vendors send these headers with every response, so they don't explain a 503,
///    or a limit that was not reached.
///
/// A time in the past or a negative number is a wait of zero. The wait can be as long as [`Duration::MAX`]; the caller
/// checks whether there is enough time. Add it to an instant with `checked_add`.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use account_provisioning_core::retry::{Failure, retry_after};
/// use account_provisioning_core::time::{Clock, ManualTime};
/// use http::{HeaderMap, HeaderValue};
///
/// let mut headers = HeaderMap::new();
/// headers.insert("retry-after", HeaderValue::from_static("1.5"));
/// let wait = retry_after(&headers, Failure::RetryableStatus, ManualTime::default().now());
/// assert_eq!(wait, Some(Duration::from_millis(1500)));
/// ```
pub fn retry_after(headers: &HeaderMap, failure: Failure, now: DateTime<Utc>) -> Option<Duration> {
    let field = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    let milliseconds = || thousandths(field("retry-after-ms")?).map(|us| wait(us, Duration::from_micros));
    let seconds_or_date = || {
        let text = field("retry-after")?;
        thousandths(text)
            .map(|ms| wait(ms, Duration::from_millis))
            .or_else(|| http_date(text).map(|date| until(date, now)))
    };
    let window = || {
        let limit = RateLimit::from_headers(headers, now).filter(|_| failure == Failure::RateLimited)?;
        let exhausted = limit.remaining.is_none_or(|remaining| remaining == 0);
        limit.reset_at.filter(|_| exhausted).map(|reset| until(reset, now))
    };
    milliseconds().or_else(seconds_or_date).or_else(window)
}

/// The time on the server when it sent a response: its `Date`, or `now` if there is none.
///
/// # Examples
/// ```
/// use account_provisioning_core::retry::server_time;
/// use account_provisioning_core::time::{Clock, ManualTime};
/// use http::{HeaderMap, HeaderValue};
///
/// let local = ManualTime::default().now();
/// let mut headers = HeaderMap::new();
/// assert_eq!(server_time(&headers, local), local);
/// headers.insert("date", HeaderValue::from_static("Thu, 01 Jan 2026 03:00:00 GMT"));
/// assert_eq!(server_time(&headers, local), local + chrono::TimeDelta::hours(3));
/// ```
pub fn server_time(headers: &HeaderMap, now: DateTime<Utc>) -> DateTime<Utc> {
    let date = headers.get(http::header::DATE).and_then(|date| date.to_str().ok());
    date.and_then(http_date).unwrap_or(now)
}

fn until(moment: DateTime<Utc>, now: DateTime<Utc>) -> Duration {
    // A negative difference can't be a `Duration`: the time has passed.
    (moment - now).to_std().unwrap_or(Duration::ZERO)
}

/// A wait in a unit. A negative number is in the past, and [`i64::MAX`] stands for everything above it.
fn wait(number: i64, unit: fn(u64) -> Duration) -> Duration {
    match number {
        i64::MAX => Duration::MAX,
        0.. => unit(number.unsigned_abs()),
        _ => Duration::ZERO,
    }
}

/// Reads a number in a header, in thousandths: digits with an optional sign and fraction, but no exponent, `inf` or `nan`.
///
/// More than three digits of a fraction are rounded up, so that no wait is too short. Numbers that are too large or too small
/// become [`i64::MAX`] and [`i64::MIN`].
pub(crate) fn thousandths(text: &str) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(fraction) || whole.len() + fraction.len() == 0 {
        return None;
    }
    let (exact, rest) = fraction.split_at(fraction.len().min(3));
    let padding = "000".bytes().skip(exact.len());
    let number = whole
        .bytes()
        .chain(exact.bytes())
        .chain(padding)
        .fold(0_i64, |number, digit| {
            number.saturating_mul(10).saturating_add(sign * i64::from(digit - b'0'))
        });
    let rounded = rest.bytes().any(|digit| digit != b'0');
    Some(number.saturating_add(if rounded { sign } else { 0 }))
}

/// Reads a date in any of the three formats of HTTP (RFC 9110, section 5.6.7).
pub(crate) fn http_date(text: &str) -> Option<DateTime<Utc>> {
    httpdate::parse_http_date(text).ok().map(DateTime::from)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use std::time::Duration;

    use http::{HeaderMap, HeaderName, HeaderValue};
    use proptest::prelude::*;

    use super::{Failure, retry_after, thousandths};
    use crate::time::{Clock, ManualTime};

    fn wait_after(failure: Failure, lines: &[(&str, &str)]) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(
                name.parse::<HeaderName>().unwrap(),
                HeaderValue::from_str(value).unwrap(),
            );
        }
        retry_after(&headers, failure, ManualTime::default().now())
    }

    fn wait(name: &str, value: &str) -> Option<Duration> {
        wait_after(Failure::RateLimited, &[(name, value)])
    }

    #[test]
    fn retry_after_in_any_form_is_read() {
        for (name, value, milliseconds) in [
            ("retry-after", "3", 3000),
            ("retry-after", " 3 ", 3000),
            ("retry-after", "0.25", 250),
            ("retry-after", ".5", 500),
            ("retry-after", "+2.", 2000),
            ("retry-after", "1.0010", 1001),
            ("retry-after", "1.00100001", 1002),
            ("retry-after", "0", 0),
            ("retry-after", "Thu, 01 Jan 2026 00:00:10 GMT", 10_000),
            ("retry-after", "Thursday, 01-Jan-26 00:00:10 GMT", 10_000),
            ("retry-after-ms", "1500", 1500),
            ("retry-after-ms", "0.5", 0),
            ("x-featureratelimit-reset", "Thu, 01 Jan 2026 01:00:00 GMT", 3_600_000),
            ("x-ratelimit-reset", "1767225630", 30_000),
            ("x-ratelimit-reset", "30", 30_000),
            ("ratelimit", r#""default";r=0;t=30"#, 30_000),
            ("ratelimit-reset", "30", 30_000),
        ] {
            assert_eq!(
                wait(name, value).map(|wait| wait.as_millis()),
                Some(milliseconds),
                "{name}: {value}"
            );
        }
    }

    #[test]
    fn retry_after_in_the_past_is_zero() {
        for (name, value) in [
            ("retry-after", "-5"),
            ("retry-after", "Wed, 31 Dec 2025 23:59:59 GMT"),
            ("retry-after-ms", "-1"),
            ("x-featureratelimit-reset", "Wed, 31 Dec 2025 23:00:00 GMT"),
            ("x-ratelimit-reset", "1767225599"),
            ("x-ratelimit-reset", "-1"),
        ] {
            assert_eq!(wait(name, value), Some(Duration::ZERO), "{name}: {value}");
        }
    }

    #[test]
    fn retry_after_that_is_absurd_is_kept() {
        assert_eq!(wait("retry-after", "864000"), Some(Duration::from_secs(864_000)));
        assert_eq!(wait("retry-after", "99999999999999999999999"), Some(Duration::MAX));
        let last = wait("retry-after", "Fri, 31 Dec 9999 23:59:59 GMT").unwrap();
        assert!(last > Duration::from_secs(7000 * 365 * 86_400), "{last:?}");
        let reset = wait("x-ratelimit-reset", "99999999999999999999999").unwrap();
        assert!(reset > last, "{reset:?}");
    }

    #[test]
    fn retry_after_that_cannot_be_read_is_none() {
        for value in [
            "",
            "soon",
            "inf",
            "NaN",
            "1e3",
            "1.2.3",
            ".",
            "-",
            "1.-2",
            "--1",
            "0x10",
            "Thu, 41 Jan 2026 00:00:10 GMT",
        ] {
            for name in ["retry-after", "retry-after-ms", "x-ratelimit-reset"] {
                assert_eq!(wait(name, value), None, "{name}: {value}");
            }
        }
    }

    proptest! {
        /// Rust's own reading of the same text as a float. At nine digits before the point, a float is still exact to less than
        /// a millionth.
        #[test]
        fn number_is_read_as_a_float_would_be(text in "[+-]?[0-9]{0,9}([.][0-9]{0,6})?|[0-9.+-]{0,6}") {
            let read = thousandths(&text).map(|number| number as f64 / 1000.0);
            let float = text.parse::<f64>().ok();
            prop_assert_eq!(read.is_some(), float.is_some(), "{}", text);
            let (read, float) = (read.unwrap_or_default(), float.unwrap_or_default());
            let up = (read - float).abs();
            prop_assert!(up < 0.001 && read.abs() >= float.abs() - 1e-6, "{}: {} and {}", text, read, float);
        }
    }

    #[test]
    fn retry_after_in_several_headers_prefers_the_most_exact() {
        let all = [
            ("x-ratelimit-reset", "30"),
            ("retry-after", "20"),
            ("retry-after-ms", "10000"),
        ];
        let seconds = |lines: &[(&str, &str)]| wait_after(Failure::RateLimited, lines).unwrap().as_secs();
        assert_eq!(seconds(&all), 10);
        assert_eq!(seconds(&all[..2]), 20);
        assert_eq!(seconds(&all[..1]), 30);
        assert_eq!(seconds(&[all[0], all[1], ("retry-after-ms", "soon")]), 20);
    }

    #[test]
    fn retry_after_from_a_window_counts_only_when_its_limit_was_reached() {
        let reset = ("x-featureratelimit-reset", "Thu, 01 Jan 2026 01:00:00 GMT");
        let with_left = |left| [reset, ("x-featureratelimit-remaining", left)];
        assert_eq!(wait_after(Failure::RetryableStatus, &with_left("0")), None);
        assert_eq!(wait_after(Failure::RateLimited, &with_left("499")), None);
        assert_eq!(
            wait_after(Failure::RateLimited, &with_left("0")),
            Some(Duration::from_secs(3600))
        );
    }
}
