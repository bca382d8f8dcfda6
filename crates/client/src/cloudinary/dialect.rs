//! The form of Cloudinary's error responses.

use account_provisioning_core::{Dialect, Refusal};
use http::{HeaderMap, StatusCode};
use serde_json::Value;

/// Reads both of Cloudinary's error bodies: the Provisioning API's `{"error": {"message"}}`, and the Permissions API's
/// `{"error": {"category", "code", "message", "details"}}`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cloudinary;

/// Longer responses are not searched for an error.
const LONGEST_REFUSAL: usize = 16 * 1024;

impl Dialect for Cloudinary {
    fn refusal_in_success(&self, body: &[u8]) -> Option<Refusal> {
        // Most fields of a response are optional, so an error with status 200 would otherwise decode as a value.
        let marked = body.len() <= LONGEST_REFUSAL && body.windows(7).any(|window| window == b"\"error\"");
        if marked {
            self.refusal(StatusCode::OK, &HeaderMap::new(), body)
        } else {
            None
        }
    }

    fn refusal(&self, status: StatusCode, _: &HeaderMap, body: &[u8]) -> Option<Refusal> {
        let body: Value = serde_json::from_slice(body).ok()?;
        let error = body.get("error")?;
        let message = error
            .as_str()
            .or_else(|| error.get("message")?.as_str())
            .map(str::to_owned);
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
        let refusal = Refusal::new(message, code.into_iter().collect());
        Some(
            refusal
                .with_category(category)
                .with_details(details)
                .with_hint(hint(status)),
        )
    }
}

/// 420 is not a standard status; the vendor uses it for the hourly usage cap.
fn hint(status: StatusCode) -> Option<&'static str> {
    (status.as_u16() == 420)
        .then_some("the account's hourly usage cap is used up: wait until the reset time in the response")
}
