//! The whole that an update sends back: the JSON of the reply with the caller's fields over it.
//!
//! Parts that nothing touches keep their text, so numbers of any size and precision survive.

use std::collections::BTreeMap;
use std::fmt;

use account_provisioning_core::{Error, ErrorKind, MakeError as _, Result, de};
use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::{RawValue, to_raw_value};

/// What the document says about the keys of a thing that is read and sent back.
///
/// A path has a `/` between keys; `*` is each item of a list. A test compares these tables with the document.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::exhaustive_structs, reason = "a table that only this crate makes")]
pub struct Keys {
    /// The key of the reply that contains the thing.
    pub envelope: &'static str,
    /// The keys that only the service sets, which are not sent back.
    pub set_by_service: &'static [&'static str],
    /// The keys that the service takes, but not as `null`: one that is `null` in the reply is left out.
    pub not_null: &'static [&'static str],
    /// The keys that the service takes no request without.
    pub required: &'static [&'static str],
}

/// The JSON that an update sends.
#[derive(Clone)]
pub struct Whole(Box<RawValue>);

type Fields = BTreeMap<String, Box<RawValue>>;

/// One step of a path.
#[derive(Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Each,
}

fn steps(path: &str) -> Vec<Step<'_>> {
    let step = |step| if step == "*" { Step::Each } else { Step::Key(step) };
    path.split('/').map(step).collect()
}

impl Whole {
    /// Takes the thing out of a reply, without the keys that only the service sets.
    pub(super) fn of(reply: &Bytes, keys: &Keys) -> Result<Self> {
        let mut fields: Fields = de::from_body(reply).map_err(unexpected)?;
        let thing = fields.remove(keys.envelope);
        let mut whole = Self(thing.ok_or_else(|| missing(keys.envelope))?);
        for path in keys.set_by_service {
            whole.edit(&steps(path), |_| Ok(None))?;
            // An object that has nothing else in it goes too.
            if let Some((parent, _)) = path.rsplit_once('/')
                && !parent.ends_with('*')
            {
                whole.edit(&steps(parent), |value| Ok(value.filter(|value| value.get() != "{}")))?;
            }
        }
        for path in keys.not_null {
            whole.edit(&steps(path), |value| Ok(value.filter(|value| value.get() != "null")))?;
        }
        Ok(whole)
    }

    /// Sets the value at a path of keys. Objects on the way that are missing are made.
    pub(crate) fn set(&mut self, path: &[&str], value: &(impl Serialize + ?Sized)) -> Result<()> {
        let value = to_raw_value(value).map_err(unexpected)?;
        self.edit(&keys(path), |_| Ok(Some(value.clone())))
    }

    /// Removes the value at a path of keys, if there is one.
    pub(crate) fn remove(&mut self, path: &[&str]) -> Result<()> {
        self.edit(&keys(path), |_| Ok(None))
    }

    /// Removes the object at a path of keys if nothing is in it.
    #[cfg(feature = "cloudflare")]
    pub(crate) fn remove_if_empty(&mut self, path: &[&str]) -> Result<()> {
        self.edit(&keys(path), |value| Ok(value.filter(|value| value.get() != "{}")))
    }

    /// Whether there is a value at a path of keys, other than `null`.
    #[cfg(feature = "cloudinary")]
    pub(crate) fn has(&self, path: &[&str]) -> bool {
        !lacks(Some(&self.0), &keys(path))
    }

    /// Refuses a whole without a field that the service requires: the change would remove it. Nothing is required of what
    /// isn't there.
    pub(super) fn check(&self, keys: &Keys) -> Result<()> {
        let is_missing = |path: &&&str| {
            let steps = steps(path);
            let holder = steps.split_last().map_or(&[][..], |(_, holder)| holder);
            lacks(Some(&self.0), &steps) && !lacks(Some(&self.0), holder)
        };
        match keys.required.iter().find(is_missing) {
            Some(path) => Err(missing(path)),
            None => Ok(()),
        }
    }

    /// Reads the whole as the body of the request, without what the body has no field for.
    pub(super) fn typed<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_str(self.0.get()).map_err(unexpected)
    }

    pub(super) fn into_bytes(self) -> Bytes {
        String::from(Box::<str>::from(self.0)).into()
    }

    fn edit(&mut self, path: &[Step<'_>], mut change: impl FnMut(Value) -> Result<Value>) -> Result<()> {
        if let Some(changed) = edited(Some(self.0.clone()), path, &mut change)? {
            self.0 = changed;
        }
        Ok(())
    }
}

impl fmt::Debug for Whole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // It repeats what the service returned.
        f.debug_struct("Whole").field("bytes", &self.0.get().len()).finish()
    }
}

/// A value, or `None` where there is none.
type Value = Option<Box<RawValue>>;

fn keys<'a>(path: &[&'a str]) -> Vec<Step<'a>> {
    path.iter().map(|key| Step::Key(key)).collect()
}

/// Changes the values at a path and returns the value with the changes in it. `None` is a missing value.
fn edited(value: Value, path: &[Step<'_>], change: &mut impl FnMut(Value) -> Result<Value>) -> Result<Value> {
    let Some((step, rest)) = path.split_first() else {
        return change(value);
    };
    let present = value.as_deref().filter(|value| value.get() != "null");
    match (step, present) {
        (Step::Each, None) => Ok(value),
        (Step::Each, Some(list)) => {
            let items: Vec<Box<RawValue>> = serde_json::from_str(list.get()).map_err(unexpected)?;
            let items = items.into_iter().map(|item| edited(Some(item), rest, &mut *change));
            let items: Vec<Value> = items.collect::<Result<_>>()?;
            to_raw_value(&items).map(Some).map_err(unexpected)
        }
        (Step::Key(key), object) => {
            let mut fields: Fields = match object {
                Some(object) => serde_json::from_str(object.get()).map_err(unexpected)?,
                None => Fields::new(),
            };
            match edited(fields.remove(*key), rest, change)? {
                Some(inner) => fields.insert((*key).to_owned(), inner),
                None if object.is_none() => return Ok(value),
                None => None,
            };
            to_raw_value(&fields).map(Some).map_err(unexpected)
        }
    }
}

/// Whether a value at a path is missing or `null`, for any item of a list.
fn lacks(value: Option<&RawValue>, path: &[Step<'_>]) -> bool {
    let Some(value) = value.filter(|value| value.get() != "null") else {
        return true;
    };
    match path.split_first() {
        None => false,
        Some((Step::Each, rest)) => match serde_json::from_str::<Vec<&RawValue>>(value.get()) {
            Ok(items) => items.into_iter().any(|item| lacks(Some(item), rest)),
            Err(_) => true,
        },
        Some((Step::Key(key), rest)) => match serde_json::from_str::<Fields>(value.get()) {
            Ok(fields) => lacks(fields.get(*key).map(AsRef::as_ref), rest),
            Err(_) => true,
        },
    }
}

fn missing(path: &str) -> Error {
    let option = path.split('/').next().unwrap_or(path);
    Error::invalid_input(format!(
        "`{option}`: the service returned no `{path}`, and accepts no change without it; set `{option}`, so that the \
         change doesn't remove it"
    ))
}

/// The error of a reply that was read as a value, but whose JSON can't be sent back. The cause may quote a value, so it is
/// left out.
fn unexpected(_: serde_json::Error) -> Error {
    let message = "the value that the service returned can't be sent back: it doesn't have the form that the request needs; \
                   replace it as a whole";
    Error::new(ErrorKind::Decode, message)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use super::{Keys, Whole};

    const KEYS: Keys = Keys {
        envelope: "result",
        set_by_service: &["id", "owner/id", "list/*/id"],
        not_null: &["gone", "list/*/gone"],
        required: &["name", "list", "list/*/name"],
    };

    fn whole(result: &str) -> Whole {
        Whole::of(&format!(r#"{{"result":{result}}}"#).into(), &KEYS).unwrap()
    }

    fn text(whole: Whole) -> String {
        String::from_utf8(whole.into_bytes().to_vec()).unwrap()
    }

    #[test]
    fn whole_keeps_what_it_does_not_touch_byte_by_byte() {
        let odd = r#"{"a": 1.10e5, "b":[ 123456789012345678901234567890 ,"A" ]}"#;
        let mut whole = whole(&format!(r#"{{"id":1,"odd":{odd},"owner":{{"id":1}},"list":null}}"#));
        whole.set(&["deep", "new"], &7).unwrap();
        assert_eq!(
            text(whole),
            format!(r#"{{"deep":{{"new":7}},"list":null,"odd":{odd}}}"#)
        );
    }

    #[test]
    fn whole_loses_what_the_service_sets_and_nulls_of_known_keys() {
        let reply =
            r#"{"id":1,"owner":{"id":1,"x":2},"gone":null,"kept":null,"list":[{"id":1,"gone":null},{"id":2},null]}"#;
        let left = r#"{"kept":null,"list":[{},{},null],"owner":{"x":2}}"#;
        assert_eq!(text(whole(reply)), left);
    }

    #[test]
    fn whole_without_a_required_key_is_refused() {
        for (reply, missing) in [
            (r#"{"list":[]}"#, "`name`"),
            (r#"{"name":null,"list":[]}"#, "`name`"),
            (r#"{"name":"n"}"#, "`list`"),
            (r#"{"name":"n","list":null}"#, "`list`"),
            (r#"{"name":"n","list":[{"name":"a"},{}]}"#, "`list/*/name`"),
        ] {
            let error = whole(reply).check(&KEYS).unwrap_err();
            assert!(
                error.is_invalid_input() && error.to_string().contains(missing),
                "{error}"
            );
        }
        whole(r#"{"name":"n","list":[{"name":"a"}]}"#).check(&KEYS).unwrap();
    }

    #[test]
    fn whole_is_not_in_debug() {
        let shown = format!("{:?}", whole(r#"{"a":"canary"}"#));
        assert!(!shown.contains("canary"), "{shown}");
    }
}
