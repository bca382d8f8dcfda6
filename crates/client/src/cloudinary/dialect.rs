//! How Cloudinary words its refusals.

use account_provisioning_core::{Dialect, Refusal};
use http::{HeaderMap, StatusCode};
use serde_json::Value;

/// Reads both of Cloudinary's error bodies: the Provisioning API's `{"error": {"message"}}`, and the Permissions API's
/// `{"error": {"category", "code", "message", "details"}}`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cloudinary;

/// No refusal is longer; longer replies are not searched for one.
const LONGEST_REFUSAL: usize = 16 * 1024;

impl Dialect for Cloudinary {
    fn refusal_in_success(&self, body: &[u8]) -> Option<Refusal> {
        // A reply may lack any field, so an error under status 200 would otherwise read as a thing without fields.
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

/// 420 is no standard status; the vendor uses it for the usage cap of an hour.
fn hint(status: StatusCode) -> Option<&'static str> {
    (status.as_u16() == 420)
        .then_some("the account's hourly usage cap is spent: wait for the reset that the reply names")
}
