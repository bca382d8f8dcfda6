//! What a handler of this API works with, and the forms of its responses.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value, json};

use super::error::invalid_at;
use super::identity::Identity;
use super::state::{Account, Cloudflare, User};
use crate::context::RequestContext;
use crate::input::Input;
use crate::paging::Page;
use crate::quirk::Quirk;
use crate::refusal::Refusal;

/// What a handler of this API works with.
pub(super) type Context<'a> = RequestContext<'a, Cloudflare>;

impl Context<'_> {
    /// Returns the account in the path.
    pub(super) fn account(&self) -> Result<&Account, Refusal> {
        // Authentication found it. It is missing only if the state was replaced while a fault delayed the request.
        self.state.accounts.get(self.input.path("account_id")).ok_or_else(gone)
    }

    pub(super) fn account_mut(&mut self) -> Result<&mut Account, Refusal> {
        self.state
            .accounts
            .get_mut(self.input.path("account_id"))
            .ok_or_else(gone)
    }

    /// Returns the caller.
    pub(super) fn identity(&self) -> Result<Identity<'_>, Refusal> {
        let name = self.caller.identity.as_deref().unwrap_or_default();
        Identity::find(self.state, name).ok_or_else(gone)
    }

    /// Returns the user that the credentials belong to.
    pub(super) fn user(&self) -> Result<&User, Refusal> {
        self.identity()?.user().ok_or_else(gone)
    }

    pub(super) fn user_mut(&mut self) -> Result<&mut User, Refusal> {
        let email = self.user()?.email.clone();
        self.state.users.get_mut(&email).ok_or_else(gone)
    }

    /// Returns a page of a list.
    pub(super) fn page<T>(&self, list: &[T], show: impl FnMut(&T) -> Value) -> Result<Value, Refusal> {
        let page = Page::read(self.input, "per_page", self.quirks, self.paging)?;
        let items: Vec<Value> = page.cut(list).iter().map(show).collect();
        let mut info = Map::new();
        info.insert("page".to_owned(), page.number().into());
        info.insert("per_page".to_owned(), page.size().into());
        info.insert("count".to_owned(), items.len().into());
        if !self.quirks.has(Quirk::NoTotal) {
            info.insert("total_count".to_owned(), list.len().into());
            info.insert("total_pages".to_owned(), list.len().div_ceil(page.size()).into());
        }
        Ok(reply_with(items.into(), info.into()))
    }

    /// Returns a list in a single page.
    pub(super) fn full_list(&self, items: Vec<Value>) -> Value {
        let count = items.len();
        let mut info = json!({ "page": 1, "per_page": count, "count": count });
        if let (false, Some(fields)) = (self.quirks.has(Quirk::NoTotal), info.as_object_mut()) {
            fields.insert("total_count".to_owned(), count.into());
            fields.insert("total_pages".to_owned(), 1.into());
        }
        reply_with(items.into(), info)
    }
}

fn gone() -> Refusal {
    Refusal::unauthorized("what the credentials stand for is gone")
}

/// Returns the body of a successful response.
pub(super) fn reply(result: Value) -> Value {
    body(result, None)
}

/// Returns the body of a successful response with a list.
pub(super) fn reply_with(result: Value, info: Value) -> Value {
    body(result, Some(info))
}

fn body(result: Value, info: Option<Value>) -> Value {
    object([
        ("success", Some(true.into())),
        ("errors", Some(json!([]))),
        ("messages", Some(json!([]))),
        ("result", Some(result)),
        ("result_info", info),
    ])
}

/// Returns the body of a deletion.
pub(super) fn deleted(id: &str) -> Value {
    reply(json!({ "id": id }))
}

/// Returns a string of the body that must not be empty.
pub(super) fn required_text<'a>(input: &'a Input, name: &str) -> Result<&'a str, Refusal> {
    match input.text(name).map(str::trim) {
        Some(text) if !text.is_empty() => Ok(text),
        _ => Err(invalid_at(&format!("/{name}"), format!("{name} must not be empty"))),
    }
}

/// Formats a timestamp as the vendor does.
pub(super) fn timestamp(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// Returns an object with the fields that have a value.
pub(super) fn object<const N: usize>(fields: [(&str, Option<Value>); N]) -> Value {
    fields
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect::<Map<_, _>>()
        .into()
}

/// Deserializes a value that passed the check against the document.
pub(super) fn read<T: serde::de::DeserializeOwned>(value: &Value) -> Result<T, Refusal> {
    T::deserialize(value).map_err(|error| Refusal::invalid(error.to_string()))
}
