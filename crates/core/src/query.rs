//! Query parameters of a request.

use serde::Serialize;
use serde_json::Value;
use url::Url;

use crate::error::MakeError as _;
use crate::{BuildError, Error};

/// Adds a parameter to the query of a URL.
///
/// A list becomes one parameter for each item, and an absent value none. Generated requests use it.
///
/// # Errors
/// The value has no JSON form.
///
/// # Examples
/// ```
/// use account_provisioning_core::{BaseUrl, add_query, base_url::PlainHttpHosts};
///
/// let mut url = BaseUrl::parse("https://example.com", &PlainHttpHosts::none())?.with_path("/users");
/// add_query(&mut url, "page", &2)?;
/// add_query(&mut url, "role", &None::<String>)?;
/// add_query(&mut url, "name", &["Ann", "Bo & Co"])?;
/// assert_eq!(url.as_str(), "https://example.com/users?page=2&name=Ann&name=Bo+%26+Co");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn add_query<T: Serialize + ?Sized>(url: &mut Url, name: &str, value: &T) -> Result<(), BuildError> {
    // The JSON tree makes all parameters of all requests share one function; most of them are absent or one word.
    match serde_json::to_value(value) {
        Ok(value) => {
            append(url, name, &value);
            Ok(())
        }
        Err(cause) => {
            let problem = Error::invalid_input(format!("the value of the parameter `{name}` can't be sent"));
            Err(BuildError::from(problem.with_source(cause)))
        }
    }
}

fn append(url: &mut Url, name: &str, value: &Value) {
    match value {
        Value::Null => {}
        Value::Bool(_) | Value::Number(_) => {
            url.query_pairs_mut().append_pair(name, &value.to_string());
        }
        Value::String(text) => {
            url.query_pairs_mut().append_pair(name, text);
        }
        Value::Array(items) => items.iter().for_each(|item| append(url, name, item)),
        Value::Object(fields) => fields.iter().for_each(|(name, field)| append(url, name, field)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use std::collections::BTreeMap;

    use chrono::{DateTime, Utc};
    use serde_json::json;

    use super::add_query;
    use crate::Secret;

    fn query<T: serde::Serialize + ?Sized>(value: &T) -> Option<String> {
        let mut url = url::Url::parse("https://example.com/").unwrap();
        add_query(&mut url, "q", value).unwrap();
        url.query().map(str::to_owned)
    }

    #[test]
    fn query_with_each_kind_of_value_is_written_as_in_a_form() {
        let moment: DateTime<Utc> = "2026-01-02T03:04:05Z".parse().unwrap();
        for (written, wanted) in [
            (query(&true), "q=true"),
            (query(&-7), "q=-7"),
            (query(&u64::MAX), "q=18446744073709551615"),
            (query(&1.0), "q=1.0"),
            (query("a b&c=d/\u{e9}"), "q=a+b%26c%3Dd%2F%C3%A9"),
            (query(""), "q="),
            (query(&Some(3)), "q=3"),
            (query(&moment), "q=2026-01-02T03%3A04%3A05Z"),
            (query(&["a", "b"]), "q=a&q=b"),
            (query(&Secret::from("s")), "q=s"),
            (query(&json!({ "a": 1, "b": ["x", null] })), "a=1&b=x"),
        ] {
            assert_eq!(written.as_deref(), Some(wanted));
        }
    }

    #[test]
    fn query_with_nothing_to_send_is_absent() {
        assert_eq!(query(&None::<&str>), None);
        assert_eq!(query::<[&str]>(&[]), None);
    }

    #[test]
    fn query_with_a_value_that_has_no_json_form_is_refused() {
        let mut url = url::Url::parse("https://example.com/").unwrap();
        let error = add_query(&mut url, "q", &BTreeMap::from([([1, 2], 3)])).unwrap_err();
        assert!(
            format!("{error:?}").contains("the value of the parameter `q` can't be sent"),
            "{error:?}"
        );
        assert_eq!(url.as_str(), "https://example.com/");
    }
}
