//! Times in responses: read in every form that leaves no doubt, and never the reason why a response can't be read.

use account_provisioning_core::de::optional_time;
use chrono::{DateTime, SecondsFormat, Utc};
use proptest::prelude::*;
use serde_json::{Value, json};

#[derive(serde::Deserialize)]
struct Thing {
    #[serde(default, deserialize_with = "optional_time")]
    at: Option<DateTime<Utc>>,
}

fn read(value: &Value) -> Option<DateTime<Utc>> {
    let text = json!({ "at": value }).to_string();
    serde_json::from_str::<Thing>(&text).unwrap().at
}

/// The first second of the year 1 and the last of the year 9999.
const SECONDS: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;
/// A day after the first of them and a day before the last: an offset doesn't move them out of these years.
const MICROS_A_DAY_INSIDE: std::ops::Range<i64> = -62_135_510_400_000_000..253_402_214_400_000_000;
/// Since 1978-01-11, milliseconds are more than the seconds of any date.
const UNAMBIGUOUS_MILLIS: std::ops::RangeInclusive<i64> = 253_402_300_800..=253_402_300_799_999;

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
        "[0-9TZ:. +-]{0,30}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map("[a-z]{0,3}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn time_in_seconds_is_the_same_as_number_float_and_text(seconds in SECONDS) {
        let time = DateTime::from_timestamp(seconds, 0);
        #[allow(clippy::cast_precision_loss, reason = "seconds of a date are exact")]
        let float = seconds as f64;
        for form in [json!(seconds), json!(float), json!(seconds.to_string())] {
            prop_assert_eq!(read(&form), time, "{}", form);
        }
    }

    #[test]
    fn time_in_unambiguous_milliseconds_is_read_as_such(millis in UNAMBIGUOUS_MILLIS) {
        prop_assert_eq!(read(&json!(millis)), DateTime::from_timestamp_millis(millis));
    }

    #[test]
    fn time_as_text_is_read_at_any_offset(micros in MICROS_A_DAY_INSIDE, hours in -12..13_i32) {
        let time = DateTime::from_timestamp_micros(micros).unwrap();
        let there = time.with_timezone(&chrono::FixedOffset::east_opt(hours * 3600).unwrap());
        prop_assert_eq!(read(&json!(there.to_rfc3339_opts(SecondsFormat::Micros, true))), Some(time));
    }

    #[test]
    fn time_that_is_any_json_at_all_never_costs_the_response(value in any_json()) {
        read(&value);
    }
}

#[test]
fn time_that_leaves_doubt_is_none() {
    for value in [
        json!(null),
        json!(true),
        json!(""),
        json!("soon"),
        json!("2023-11-14"),
        json!("2023-11-14T22:13:20"),
        json!("14/11/2023"),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(1e300),
        json!([1_700_000_000]),
        json!({ "seconds": 1_700_000_000 }),
    ] {
        assert_eq!(read(&value), None, "{value}");
    }
    assert_eq!(serde_json::from_str::<Thing>("{}").unwrap().at, None);
}
