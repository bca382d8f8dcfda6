//! The form of Cloudinary's error responses.

use std::sync::LazyLock;

use account_provisioning_core::{AuthRequirement, Dialect, OperationInfo, Refusal, de};
use http::{HeaderMap, StatusCode};
use memchr::memmem::Finder;
use serde::Deserialize;
use serde_json::Value;

/// Reads both of Cloudinary's error bodies: the Provisioning API's `{"error": {"message"}}`, and the Permissions API's
/// `{"error": {"category", "code", "message", "details"}}`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cloudinary;

/// The word that every error has. To make a finder takes longer than to search a short body.
static ERROR: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"\"error\""));

/// The error in a body. The rest is skipped.
#[derive(Deserialize)]
struct Body {
    error: Option<Value>,
}

impl Dialect for Cloudinary {
    fn refusal_in_success(&self, body: &[u8]) -> Option<Refusal> {
        // Most fields of a response are optional, so an error with status 200 would otherwise decode as a value. A long
        // list is only parsed twice if the word is in it.
        ERROR.find(body)?;
        read(body, StatusCode::OK)
    }

    fn refusal(&self, status: StatusCode, _: &HeaderMap, body: &[u8]) -> Option<Refusal> {
        read(body, status)
    }

    fn refusal_of(
        &self,
        operation: &OperationInfo,
        status: StatusCode,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Option<Refusal> {
        // The public operations answer 400 without a body, says the vendor's document.
        let is_public = operation.auth == AuthRequirement::None;
        let is_blank = body.iter().all(u8::is_ascii_whitespace);
        if is_public && is_blank && status == StatusCode::BAD_REQUEST {
            return Some(Refusal::default());
        }
        self.refusal(status, headers, body)
    }
}

/// Reads the error. The document says that it is an object, and one that says nothing may be anybody's.
fn read(body: &[u8], status: StatusCode) -> Option<Refusal> {
    // serde reads a struct from an array as well.
    body.trim_ascii_start().first().filter(|first| **first == b'{')?;
    let error = de::from_body::<Body>(body).ok()?.error?;
    let message = error.get("message").and_then(Value::as_str);
    let code = error.get("code").and_then(|code| match code {
        Value::String(code) => Some(code.clone()),
        Value::Number(code) => Some(code.to_string()),
        _ => None,
    });
    if message.is_none() && code.is_none() {
        return None;
    }
    let category = error.get("category").and_then(Value::as_str).map(str::to_owned);
    let details = error.get("details").filter(|details| !details.is_null()).cloned();
    let refusal = Refusal::new(message.map(str::to_owned), code.into_iter().collect());
    Some(
        refusal
            .with_category(category)
            .with_details(details)
            .with_hint(hint(status)),
    )
}

/// 420 is not a standard status; the vendor uses it for the hourly usage cap.
fn hint(status: StatusCode) -> Option<&'static str> {
    (status.as_u16() == 420)
        .then_some("the account's hourly usage cap is used up: wait until the reset time in the response")
}
