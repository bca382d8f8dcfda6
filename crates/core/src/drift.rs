//! Drift: what replies contain that this version of the SDK does not know.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use crate::{OperationInfo, de};

/// Something in a reply that this version of the SDK does not know.
///
/// It never contains the value of a field, except the unknown value of an enumeration.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Drift<'a> {
    /// The operation whose reply it is.
    pub operation: &'a OperationInfo,
    /// Where it is in the reply, such as `$.users[].badge`. `[]` is any item of a list, and `.*` any value of a map.
    pub path: &'a str,
    /// What it is.
    pub kind: DriftKind<'a>,
}

/// What a reply contains that this version of the SDK does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DriftKind<'a> {
    /// A field that the model lacks. `json()` of the call returns it.
    UnknownField,
    /// A value of an enumeration that the model reads as `Unknown`.
    UnknownValue(&'a str),
}

/// What is known of the JSON of a reply. The generated crate has one for each type that is received.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::exhaustive_enums, reason = "the generated crate makes them")]
pub enum Shape {
    /// Anything.
    Any,
    /// An object.
    Object {
        /// The fields that are known, by name, in alphabetical order.
        fields: &'static [(&'static str, &'static Shape)],
        /// Whether all other fields are known too.
        open: bool,
    },
    /// A list, or its only item.
    List(&'static Shape),
    /// An object with any fields.
    Map(&'static Shape),
    /// One of these texts.
    Values(&'static [&'static str]),
}

type Told = dyn Fn(&Drift<'_>) + Send + Sync;

/// What is called for each drift.
#[derive(Clone, Default)]
pub(crate) struct OnDrift(pub(crate) Option<Arc<Told>>);

impl fmt::Debug for OnDrift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OnDrift").field(&self.0.is_some()).finish()
    }
}

impl OnDrift {
    /// Tells what a reply contains that its shape lacks: each place and value once.
    pub(crate) fn tell(&self, operation: &OperationInfo, shape: &Shape, body: &[u8]) {
        let Some(told) = &self.0 else { return };
        let Ok(reply) = de::from_body(body) else {
            return;
        };
        let mut found = BTreeSet::new();
        search(&reply, shape, "$", &mut found);
        for (path, value) in &found {
            told(&Drift {
                operation,
                path,
                kind: value.map_or(DriftKind::UnknownField, DriftKind::UnknownValue),
            });
        }
    }
}

fn search<'a>(value: &'a Value, shape: &Shape, path: &str, found: &mut BTreeSet<(String, Option<&'a str>)>) {
    match (shape, value) {
        (Shape::Object { fields, open }, Value::Object(object)) => {
            for (name, value) in object {
                let path = format!("{path}.{name}");
                match fields.iter().find(|(known, _)| known == name) {
                    Some((_, shape)) => search(value, shape, &path, found),
                    None if *open => {}
                    None => {
                        found.insert((path, None));
                    }
                }
            }
        }
        (Shape::List(shape), Value::Array(items)) => {
            let path = format!("{path}[]");
            items.iter().for_each(|item| search(item, shape, &path, found));
        }
        (Shape::List(shape), item) => search(item, shape, path, found),
        (Shape::Map(shape), Value::Object(values)) => {
            let path = format!("{path}.*");
            values.values().for_each(|value| search(value, shape, &path, found));
        }
        (Shape::Values(known), Value::String(text)) if !known.contains(&text.as_str()) => {
            found.insert((path.to_owned(), Some(text)));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::{DriftKind, OnDrift, Shape};
    use crate::{AuthRequirement, OperationInfo, RetryClass};

    static KIND: Shape = Shape::Values(&["one", "two"]);
    static THING: Shape = Shape::Object {
        fields: &[
            ("kind", &KIND),
            ("labels", &Shape::Map(&KIND)),
            (
                "open",
                &Shape::Object {
                    fields: &[("kind", &KIND)],
                    open: true,
                },
            ),
            ("parts", &Shape::List(&THING)),
            ("raw", &Shape::Any),
        ],
        open: false,
    };

    fn drifts(body: &str) -> Vec<String> {
        let told = Arc::<Mutex<Vec<String>>>::default();
        let kept = Arc::clone(&told);
        let hook = OnDrift(Some(Arc::new(move |drift| {
            let text = match drift.kind {
                DriftKind::UnknownField => drift.path.to_owned(),
                DriftKind::UnknownValue(value) => format!("{}={value}", drift.path),
            };
            kept.lock().map(|mut kept| kept.push(text)).unwrap_or_default();
        })));
        let class = RetryClass::Safe;
        let operation = OperationInfo::new("get", "get", "GET", "/", AuthRequirement::None, class);
        hook.tell(&operation, &THING, body.as_bytes());
        told.lock().map(|told| told.clone()).unwrap_or_default()
    }

    #[test]
    fn drift_is_told_once_for_each_place_and_value_without_the_values_of_fields() {
        let known = r#"{"kind":"one","labels":{"a":"two"},"open":{"any":1},"parts":[{"kind":null}],"raw":{"x":1}}"#;
        assert!(drifts(known).is_empty() && drifts("<html>").is_empty() && drifts("[7]").is_empty());
        let drifted = r#"{"new":"canary","kind":"three","labels":{"canary":"four"},"open":{"kind":"five"},
            "parts":[{"new":1,"kind":"three"},{"new":2,"kind":"three"},{"parts":{"kind":"six"}}]}"#;
        assert_eq!(
            drifts(drifted),
            [
                "$.kind=three",
                "$.labels.*=four",
                "$.new",
                "$.open.kind=five",
                "$.parts[].kind=three",
                "$.parts[].new",
                "$.parts[].parts.kind=six",
            ]
        );
    }
}
