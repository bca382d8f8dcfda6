//! What a response says about the caller's rate limit.

use chrono::{DateTime, TimeDelta, Utc};
use http::{HeaderMap, HeaderName};
use sfv::{BareItem, Dictionary, Item, List, ListEntry, Parser};

use crate::retry::{http_date, server_time, thousandths};

/// Limit, remaining and reset, in the headers of Cloudinary.
const VENDOR: [&str; 3] = [
    "x-featureratelimit-limit",
    "x-featureratelimit-remaining",
    "x-featureratelimit-reset",
];
/// The same in widely used headers.
const COMMON: [&str; 3] = ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"];
/// The same in an older draft of the IETF.
const DRAFT: [&str; 3] = ["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"];

/// How many requests are left, and when the count starts again.
///
/// Each part may be missing, because servers send different headers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// How many requests one window allows.
    pub limit: Option<u64>,
    /// How many of them are left.
    pub remaining: Option<u64>,
    /// When the window ends. If the server sends a number of seconds, it is counted from the time when the response was
    /// read.
    pub reset_at: Option<DateTime<Utc>>,
}

impl RateLimit {
    /// Reads the rate limit from the headers of a response. Returns `None` when they contain none.
    ///
    /// It uses the first of these groups of headers that contains anything:
    /// 1. `x-featureratelimit-limit`, `-remaining`, `-reset` (Cloudinary; the reset is an HTTP date);
    /// 2. `x-ratelimit-limit`, `-remaining`, `-reset` (widely used; the reset is in seconds);
    /// 3. `ratelimit` with `ratelimit-policy` (Cloudflare; the IETF draft's `"default";r=50;t=30`, and the
    ///    older `limit=100, remaining=50, reset=30`); of several limits, the one with the least left;
    /// 4. `ratelimit-limit`, `-remaining`, `-reset` (an older draft; the reset is in seconds).
    ///
    /// A reset may be a date, seconds from now, or seconds since 1970 if the number is at least 1 000 000 000. Headers that
    /// can't be read are ignored. `now` is the local time: if the response has a `Date`, the reset is measured against it, so
    /// a local clock that is wrong does not matter.
    ///
    /// # Examples
    /// ```
    /// use account_provisioning_core::{RateLimit, time::{Clock, ManualTime}};
    /// use http::{HeaderMap, HeaderValue};
    ///
    /// let now = ManualTime::default().now();
    /// let mut headers = HeaderMap::new();
    /// headers.insert("ratelimit", HeaderValue::from_static(r#""default";r=50;t=30"#));
    /// let limit = RateLimit::from_headers(&headers, now).unwrap_or_default();
    /// assert_eq!(limit.remaining, Some(50));
    /// assert_eq!(limit.reset_at, Some(now + chrono::TimeDelta::seconds(30)));
    /// ```
    pub fn from_headers(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Self> {
        // Most replies have none of these headers, and a look at the names is cheaper than a lookup of each.
        let is_one = |name: &HeaderName| name.as_str().contains("ratelimit");
        if !headers.keys().any(is_one) {
            return None;
        }
        let sent = server_time(headers, now);
        let limit = Self::from_family(headers, VENDOR, sent)
            .or_else(|| Self::from_family(headers, COMMON, sent))
            .or_else(|| Self::from_structured(headers, sent))
            .or_else(|| Self::from_family(headers, DRAFT, sent))?;
        let reset_at = limit.reset_at.map(|reset| on_local_clock(reset, sent, now));
        Some(Self { reset_at, ..limit })
    }

    fn from_family(headers: &HeaderMap, [limit, remaining, reset]: [&str; 3], now: DateTime<Utc>) -> Option<Self> {
        let field = |name: &str| headers.get(name)?.to_str().ok();
        Self {
            limit: field(limit).and_then(leading_count),
            remaining: field(remaining).and_then(leading_count),
            reset_at: field(reset).and_then(|text| moment(text, now)),
        }
        .if_any()
    }

    fn from_structured(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Self> {
        let limits = joined(headers, "ratelimit")?;
        if let Ok(dictionary) = Parser::new(&limits).parse::<Dictionary>()
            && let Some(limit) = Self::from_dictionary(&dictionary, now)
        {
            return Some(limit);
        }
        let limits: List = Parser::new(&limits).parse().ok()?;
        let policies: List = joined(headers, "ratelimit-policy")
            .and_then(|text| Parser::new(&text).parse().ok())
            .unwrap_or_default();
        let quota = |item: &Item| {
            items(&policies)
                .find(|policy| policy.bare_item == item.bare_item)
                .and_then(|policy| count(policy, "q"))
        };
        items(&limits)
            .filter_map(|item| {
                let reset_at = count(item, "t").map(|seconds| after(now, seconds));
                Self {
                    limit: quota(item),
                    remaining: count(item, "r"),
                    reset_at,
                }
                .if_any()
            })
            // The strictest limit: the one with the least left, and among equals the one that ends last.
            .min_by_key(|limit| (limit.remaining.unwrap_or(u64::MAX), std::cmp::Reverse(limit.reset_at)))
    }

    fn from_dictionary(dictionary: &Dictionary, now: DateTime<Utc>) -> Option<Self> {
        let field = |key: &str| match dictionary.get(key)? {
            ListEntry::Item(item) => natural(&item.bare_item),
            ListEntry::InnerList(_) => None,
        };
        Self {
            limit: field("limit"),
            remaining: field("remaining"),
            reset_at: field("reset").map(|seconds| after(now, seconds)),
        }
        .if_any()
    }

    fn if_any(self) -> Option<Self> {
        (self != Self::default()).then_some(self)
    }
}

/// A time on the server's clock, as the local clock will show it.
fn on_local_clock(moment: DateTime<Utc>, sent: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    moment.checked_add_signed(now - sent).unwrap_or(moment)
}

/// Joins all lines of a header to one list, as HTTP defines it.
fn joined(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines: Vec<&str> = headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect();
    (!lines.is_empty()).then(|| lines.join(", "))
}

fn items(list: &List) -> impl Iterator<Item = &Item> {
    list.iter().filter_map(|entry| match entry {
        ListEntry::Item(item) => Some(item),
        ListEntry::InnerList(_) => None,
    })
}

fn count(item: &Item, parameter: &str) -> Option<u64> {
    natural(item.params.get(parameter)?)
}

fn natural(item: &BareItem) -> Option<u64> {
    u64::try_from(i64::from(item.as_integer()?)).ok()
}

/// The number at the start of a value: an older draft writes `100, 100;w=60`.
fn leading_count(text: &str) -> Option<u64> {
    text.split([',', ';']).next()?.trim().parse().ok()
}

/// Reads the time in a reset header.
fn moment(text: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    // In seconds since 1970 this is 2001-09-09, in seconds from now it is 31 years: only one of the two makes sense.
    const FIRST_EPOCH_MILLISECOND: i64 = 1_000_000_000_000;
    let text = text.trim();
    let Some(milliseconds) = thousandths(text) else {
        return http_date(text);
    };
    let start = if milliseconds < FIRST_EPOCH_MILLISECOND {
        now
    } else {
        DateTime::UNIX_EPOCH
    };
    let moment = TimeDelta::try_milliseconds(milliseconds).and_then(|delta| start.checked_add_signed(delta));
    Some(moment.unwrap_or(if milliseconds < 0 {
        DateTime::<Utc>::MIN_UTC
    } else {
        DateTime::<Utc>::MAX_UTC
    }))
}

/// The time after a number of seconds, or the last time that `DateTime` can represent.
fn after(now: DateTime<Utc>, seconds: u64) -> DateTime<Utc> {
    i64::try_from(seconds)
        .ok()
        .and_then(TimeDelta::try_seconds)
        .and_then(|delta| now.checked_add_signed(delta))
        .unwrap_or(DateTime::<Utc>::MAX_UTC)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use chrono::{DateTime, TimeDelta, Utc};
    use http::{HeaderMap, HeaderName, HeaderValue};

    use super::RateLimit;
    use crate::time::{Clock, ManualTime};

    fn read(lines: &[(&str, &str)]) -> Option<RateLimit> {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(
                name.parse::<HeaderName>().unwrap(),
                HeaderValue::from_str(value).unwrap(),
            );
        }
        RateLimit::from_headers(&headers, now())
    }

    fn now() -> DateTime<Utc> {
        ManualTime::default().now()
    }

    fn limit(limit: u64, remaining: u64, seconds: i64) -> Option<RateLimit> {
        let reset_at = Some(now() + TimeDelta::seconds(seconds));
        Some(RateLimit {
            limit: Some(limit),
            remaining: Some(remaining),
            reset_at,
        })
    }

    #[test]
    fn rate_limit_of_each_family_is_read() {
        let date = "Thu, 01 Jan 2026 01:00:00 GMT";
        for lines in [
            [
                ("x-featureratelimit-limit", "500"),
                ("x-featureratelimit-remaining", "7"),
                ("x-featureratelimit-reset", date),
            ],
            [
                ("X-RateLimit-Limit", "500"),
                ("X-RateLimit-Remaining", "7"),
                ("X-RateLimit-Reset", "1767229200"),
            ],
            [
                ("x-ratelimit-limit", "500"),
                ("x-ratelimit-remaining", "7"),
                ("x-ratelimit-reset", "3600"),
            ],
            [
                ("ratelimit-limit", "500, 500;w=3600"),
                ("ratelimit-remaining", "7"),
                ("ratelimit-reset", "3600"),
            ],
            [
                ("ratelimit", r#""default";r=7;t=3600"#),
                ("ratelimit-policy", r#""burst";q=9;w=1"#),
                ("ratelimit-policy", r#""default";q=500;w=3600"#),
            ],
            [
                ("ratelimit", "limit=500"),
                ("ratelimit", "remaining=7"),
                ("ratelimit", "reset=3600"),
            ],
        ] {
            assert_eq!(read(&lines), limit(500, 7, 3600), "{lines:?}");
        }
    }

    #[test]
    fn rate_limit_of_a_server_with_another_clock_is_measured_against_its_date() {
        let date = ("date", "Thu, 01 Jan 2026 05:00:00 GMT");
        for reset in [
            ("x-featureratelimit-reset", "Thu, 01 Jan 2026 06:00:00 GMT"),
            ("x-ratelimit-reset", "1767247200"),
            ("x-ratelimit-reset", "3600"),
        ] {
            let limit = read(&[date, reset]).unwrap();
            assert_eq!(limit.reset_at, Some(now() + TimeDelta::hours(1)), "{reset:?}");
        }
    }

    #[test]
    fn rate_limit_with_several_families_takes_the_vendors_own() {
        let both = [
            ("x-ratelimit-remaining", "1"),
            ("x-featureratelimit-remaining", "2"),
            ("ratelimit", r#""d";r=3;t=1"#),
        ];
        assert_eq!(read(&both).unwrap().remaining, Some(2));
        assert_eq!(read(&[both[0], both[2]]).unwrap().remaining, Some(1));
    }

    #[test]
    fn rate_limit_with_several_limits_takes_the_strictest() {
        let strictest = read(&[("ratelimit", r#""day";r=90;t=80000, "burst";r=0;t=3, "minute";r=0;t=40"#)]);
        assert_eq!(
            strictest,
            Some(RateLimit {
                limit: None,
                remaining: Some(0),
                reset_at: Some(now() + TimeDelta::seconds(40))
            })
        );
    }

    #[test]
    fn rate_limit_without_readable_headers_is_none() {
        assert_eq!(read(&[]), None);
        for lines in [
            [("x-ratelimit-limit", "many"), ("x-ratelimit-reset", "tomorrow")],
            [("x-ratelimit-remaining", "-1"), ("x-ratelimit-reset", "nan")],
            [
                ("ratelimit", r#""default";r=-1"#),
                ("ratelimit-policy", r#""burst";q=100"#),
            ],
            [("ratelimit", "\"open"), ("ratelimit", "(a b)")],
        ] {
            assert_eq!(read(&lines), None, "{lines:?}");
        }
    }

    #[test]
    fn rate_limit_with_an_absurd_reset_stays_within_the_calendar() {
        for (reset, expected) in [
            ("99999999999999999999", DateTime::<Utc>::MAX_UTC),
            ("-99999999999999999999", DateTime::<Utc>::MIN_UTC),
        ] {
            assert_eq!(read(&[("x-ratelimit-reset", reset)]).unwrap().reset_at, Some(expected));
        }
        let structured = read(&[("ratelimit", r#""d";r=0;t=999999999999999"#)]);
        assert_eq!(structured.unwrap().reset_at, Some(DateTime::<Utc>::MAX_UTC));
    }
}
