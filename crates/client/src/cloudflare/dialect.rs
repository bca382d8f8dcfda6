//! How Cloudflare reports errors.

use std::sync::LazyLock;

use account_provisioning_core::{Dialect, Refusal, VendorMessage, de};
use http::{HeaderMap, StatusCode};
use memchr::memmem::Finder;
use serde::Deserialize;
use serde_json::Value;

/// Reads Cloudflare's envelope: `{"success", "errors": [{"code", "message", "documentation_url", "source"}], "messages"}`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cloudflare;

/// The parts of an envelope that report an error. The result is skipped.
#[derive(Deserialize)]
struct Envelope {
    success: Option<Value>,
    errors: Option<Value>,
    messages: Option<Value>,
}

/// The field that says whether a request was carried out. To make a finder takes longer than to search a short body.
static SUCCESS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"\"success\""));

/// Whether a text, which comes after a quoted word, shows that the word is the name of a field and `true` is not its value.
fn is_field_without_true(text: &[u8]) -> bool {
    let value = text.trim_ascii_start().strip_prefix(b":");
    value.is_some_and(|value| !value.trim_ascii_start().starts_with(b"true"))
}

impl Envelope {
    fn read(body: &[u8]) -> Option<Self> {
        // serde reads a struct from an array as well.
        body.trim_ascii_start().first().filter(|first| **first == b'{')?;
        de::from_body(body).ok()
    }

    fn says_failure(&self) -> bool {
        match &self.success {
            Some(Value::Bool(success)) => !success,
            Some(Value::String(success)) => success.eq_ignore_ascii_case("false"),
            _ => false,
        }
    }

    /// Whether the errors are a list of what the vendor sends: with a number as code, or a message.
    fn has_errors_of_the_vendor(&self) -> bool {
        let is_one = |error: &Value| error.get("code").is_some_and(Value::is_number) || error.get("message").is_some();
        matches!(&self.errors, Some(Value::Array(errors)) if errors.iter().all(is_one))
    }

    fn refusal(self, status: StatusCode) -> Refusal {
        let errors = messages(self.errors.as_ref());
        let hint = hint(status, &errors);
        Refusal::of_errors(errors)
            .with_messages(messages(self.messages.as_ref()))
            .with_hint(hint)
    }
}

impl Dialect for Cloudflare {
    fn refusal_in_success(&self, body: &[u8]) -> Option<Refusal> {
        // A body is only parsed a second time if a field of this name has another value than `true` in it.
        SUCCESS
            .find_iter(body)
            .find(|at| is_field_without_true(&body[at + SUCCESS.needle().len()..]))?;
        let envelope = Envelope::read(body).filter(Envelope::says_failure)?;
        Some(envelope.refusal(StatusCode::OK))
    }

    fn refusal(&self, status: StatusCode, _: &HeaderMap, body: &[u8]) -> Option<Refusal> {
        let envelope = Envelope::read(body)?;
        let is_own = envelope.says_failure() && envelope.has_errors_of_the_vendor();
        is_own.then(|| envelope.refusal(status))
    }
}

fn messages(list: Option<&Value>) -> Vec<VendorMessage> {
    match list {
        Some(Value::Array(list)) => list.iter().flat_map(with_chain).collect(),
        _ => Vec::new(),
    }
}

/// A message and those in its `error_chain`, which say what caused it: the innermost comes last.
fn with_chain(message: &Value) -> Vec<VendorMessage> {
    let mut all = vec![VendorMessage::from_json(message)];
    let chain = message.get("error_chain").and_then(Value::as_array);
    all.extend(chain.into_iter().flatten().flat_map(with_chain));
    all
}

/// What to do, by the vendor's code if it is known, otherwise by the status.
fn hint(status: StatusCode, errors: &[VendorMessage]) -> Option<&'static str> {
    let known = errors.iter().find_map(|error| of_error(error, status));
    known.or(match status.as_u16() {
        200..=299 if errors.is_empty() => Some("the reply says `success: false` and gives no reason"),
        401 => Some("check the API token, or the key and the e-mail address, of this client"),
        _ => None,
    })
}

/// What a code means for the caller. Source: the vendor's documentation of these codes, and its responses. Codes are not
/// unique across the vendor's products, so the message or the status is checked too.
fn of_error(error: &VendorMessage, status: StatusCode) -> Option<&'static str> {
    let says = |text: &str| {
        let sentence = error.message.as_deref().unwrap_or_default();
        sentence.to_ascii_lowercase().contains(text)
    };
    Some(match error.code? {
        1001 if says("account") && says("token") => {
            "a token that belongs to an account can't list accounts: use a user's token, or go to the account by its id"
        }
        1000 if status == StatusCode::UNAUTHORIZED || says("api token") => {
            "the token doesn't work: it may have been rolled, disabled or deleted, it may have expired, or it may not be valid yet"
        }
        6003 | 6102 | 6103 | 6111 => {
            "the service can't read the credentials: check that the value is an API token, that the key belongs to the e-mail \
             address, and that neither was cut off when it was copied"
        }
        7003 if status.is_client_error() => "check the ids in the call: the service finds nothing at this path",
        9109 => {
            "the credentials give no access to this: check the account id, the token's policies, and the addresses that the \
             token works from"
        }
        10000 if status != StatusCode::BAD_REQUEST || says("authentication") => {
            "the credentials are wrong, or the token lacks a permission group that the operation needs"
        }
        _ => return None,
    })
}
