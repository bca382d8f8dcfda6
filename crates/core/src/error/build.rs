//! How this SDK makes errors.

use std::error::Error as StdError;
use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::{Error, ErrorKind, Inner, Refusal, decode, excerpt};
use crate::paging::PagingFailure;
use crate::{Attempts, OperationInfo, ResponseMeta, RetryClass};

/// How much of a body an error keeps, in bytes.
const BODY_LIMIT: usize = 64 * 1024;
/// How much of a vendor's message an error shows, in characters.
const MESSAGE_LIMIT: usize = 400;

/// Constructors of [`Error`] for the crates of this SDK. They are not part of the API of the ergonomic crate.
pub trait MakeError: Sized {
    /// Makes an error. The message is one line in lower case, says what to do, and contains no secret.
    #[must_use]
    fn new(kind: ErrorKind, message: impl Into<String>) -> Self;

    /// Makes an error about an argument. The message names the field, the kind of problem and the remedy.
    #[must_use]
    fn invalid_input(message: impl Into<String>) -> Self;

    /// Makes an error about a setting. The message names the setting or the variable, but never its value.
    #[must_use]
    fn configuration(message: impl Into<String>) -> Self;

    /// Makes the error of a response that refuses the request.
    #[must_use]
    fn refused(status: StatusCode, refusal: Option<Refusal>, body: &Bytes) -> Self;

    /// Makes the error of a response that isn't the service's own. `status` is not a success, and `body` is scrubbed.
    #[must_use]
    fn foreign(status: StatusCode, headers: &HeaderMap, body: &Bytes) -> Self;

    /// Makes the error of a successful response that isn't the documented result. `body` is scrubbed.
    #[must_use]
    fn foreign_success(status: StatusCode, body: &Bytes) -> Self;

    /// Makes the error of a successful response whose body isn't a `T`. `body` is scrubbed.
    #[must_use]
    fn undecodable<T: DeserializeOwned>(body: &Bytes) -> Self;

    /// Sets the `operationId` of the failed operation, unless it is set.
    #[must_use]
    fn with_operation(self, operation: &'static str) -> Self;

    /// Sets what is known about the response: status, headers, request id, attempts. If the last attempt has no error, this
    /// one is its reason, so set the operation before.
    #[must_use]
    fn with_meta(self, meta: &ResponseMeta) -> Self;

    /// Sets what became of each attempt.
    #[must_use]
    fn with_attempts(self, attempts: Attempts) -> Self;

    /// Sets when the service will accept the request again.
    #[must_use]
    fn with_retry_at(self, moment: Option<DateTime<Utc>>) -> Self;

    /// Sets the cause.
    #[must_use]
    fn with_source(self, source: impl StdError + Send + Sync + 'static) -> Self;

    /// Marks the outcome as unknown, because the change may have been made, and adds what to do.
    #[must_use]
    fn with_unknown_outcome(self, remedy: &str) -> Self;

    /// Says of an error about a successful response what became of the operation: the outcome of a change is unknown.
    #[must_use]
    fn after_success(self, operation: &OperationInfo) -> Self;

    /// Sets the ids of the things that match.
    #[must_use]
    fn with_candidates(self, ids: Vec<String>) -> Self;

    /// Sets the command that repeats the request, unless it is set.
    #[must_use]
    fn with_curl(self, command: Option<String>) -> Self;

    /// Sets how far the list was read.
    #[must_use]
    fn with_paging(self, paging: PagingFailure) -> Self;
}

impl MakeError for Error {
    fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            operation: None,
            status: None,
            codes: Vec::new(),
            vendor_message: None,
            category: None,
            details: None,
            errors: Vec::new(),
            reply: None,
            attempts: Attempts::default(),
            retry_at: None,
            outcome_unknown: false,
            foreign: false,
            out_of_time: false,
            body: None,
            paging: None,
            candidates: Vec::new(),
            curl: None,
            source: None,
        }))
    }

    fn invalid_input(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::InvalidInput, message)
    }

    fn configuration(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Configuration, message)
    }

    fn refused(status: StatusCode, refusal: Option<Refusal>, body: &Bytes) -> Self {
        let Refusal {
            message,
            codes,
            category,
            details,
            errors,
            messages: _, // they are in the description of the response
            hint,
        } = refusal.unwrap_or_default();
        let vendor_message = message.filter(|text| !text.trim().is_empty());
        let mut text = format!("the service answered {}", status_line(status));
        match &vendor_message {
            Some(said) => {
                // More text may follow, and no error message ends with a period.
                let said = excerpt::sentence(said, MESSAGE_LIMIT);
                text.push_str(&format!(": {}", said.strip_suffix('.').unwrap_or(&said)));
            }
            None if category.is_some() || details.is_some() || !codes.is_empty() || !errors.is_empty() => {}
            None => text.push_str(&format!(", with {}", excerpt::of_body(body))),
        }
        if !codes.is_empty() {
            text.push_str(&format!(
                " (code {})",
                excerpt::sentence(&codes.join(", "), MESSAGE_LIMIT)
            ));
        }
        if let Some(hint) = hint.or_else(|| hint_for(status)) {
            text.push_str(&format!("; {hint}"));
        }
        let mut error = Self::new(ErrorKind::of_status(status), text).with_body(body);
        error.0.status = Some(status);
        error.0.codes = codes;
        error.0.vendor_message = vendor_message;
        error.0.category = category;
        error.0.details = details;
        error.0.errors = errors;
        error
    }

    fn foreign(status: StatusCode, headers: &HeaderMap, body: &Bytes) -> Self {
        let (line, excerpt) = (status_line(status), excerpt::of_body(body));
        let (kind, text) = match ErrorKind::of_status(status) {
            // A 5xx or 429 means the same whoever sends it.
            kind @ (ErrorKind::Server | ErrorKind::RateLimited) => {
                let text = format!("the service, or something in front of it, answered {line}, with {excerpt}");
                (kind, text)
            }
            _ => (
                ErrorKind::Foreign,
                format!("something other than the service answered {line}, with {excerpt}"),
            ),
        };
        let challenged = headers
            .get("cf-mitigated")
            .is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"challenge"));
        let hint = match status.as_u16() {
            _ if challenged => {
                "Cloudflare's firewall asks for a challenge that only a browser can pass: let this client through"
            }
            300..=399 => {
                "redirects are not followed, because they would send the credentials to another host: check the base URL, the \
                 proxy and the firewall"
            }
            _ => CHECK,
        };
        let mut error = Self::new(kind, format!("{text}; {hint}")).with_body(body);
        error.0.status = Some(status);
        error.0.foreign = true;
        error
    }

    fn foreign_success(status: StatusCode, body: &Bytes) -> Self {
        let (line, excerpt) = (status_line(status), excerpt::of_body(body));
        let text = format!("the answer {line} is not the service's own, but {excerpt}; {CHECK}");
        let mut error = Self::new(ErrorKind::Foreign, text).with_body(body);
        error.0.foreign = true;
        error
    }

    fn undecodable<T: DeserializeOwned>(body: &Bytes) -> Self {
        let text = format!(
            "the service answered with success, but the response can't be read: {}",
            decode::explain::<T>(body)
        );
        Self::new(ErrorKind::Decode, text).with_body(body)
    }

    fn with_operation(mut self, operation: &'static str) -> Self {
        self.0.operation.get_or_insert(operation);
        self
    }

    fn with_meta(mut self, meta: &ResponseMeta) -> Self {
        self.0.status = Some(meta.status);
        self.0.reply = Some(meta.clone());
        let mut attempts = meta.attempts.clone();
        attempts.set_reason(self.to_string());
        self.with_attempts(attempts)
    }

    fn with_attempts(mut self, attempts: Attempts) -> Self {
        if let Some(reply) = &mut self.0.reply {
            reply.attempts = attempts.clone();
        }
        self.0.attempts = attempts;
        self
    }

    fn with_retry_at(mut self, moment: Option<DateTime<Utc>>) -> Self {
        self.0.retry_at = moment;
        self
    }

    fn with_source(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.0.source = Some(Arc::new(source));
        self
    }

    fn with_unknown_outcome(mut self, remedy: &str) -> Self {
        self.0.outcome_unknown = true;
        self.with_note(remedy)
    }

    fn after_success(self, operation: &OperationInfo) -> Self {
        let error = self.with_operation(operation.operation_id);
        if error.0.outcome_unknown {
            return error;
        }
        match operation.retry {
            RetryClass::Safe => error,
            RetryClass::Idempotent => {
                error.with_unknown_outcome("the change may have been made anyway; sending it again does no harm")
            }
            RetryClass::NotIdempotent => {
                error.with_unknown_outcome("the change may have been made anyway: check before trying again")
            }
            RetryClass::Never => {
                error.with_unknown_outcome("the attempt may have been counted anyway: wait before trying again")
            }
        }
    }

    fn with_candidates(mut self, ids: Vec<String>) -> Self {
        self.0.candidates = ids;
        self
    }

    fn with_curl(mut self, command: Option<String>) -> Self {
        if self.0.curl.is_none() {
            self.0.curl = command.map(String::into_boxed_str);
        }
        self
    }

    fn with_paging(mut self, paging: PagingFailure) -> Self {
        self.0.paging = Some(paging);
        self
    }
}

impl Error {
    /// Adds why the call was not retried.
    pub(crate) fn with_note(mut self, note: &str) -> Self {
        self.0.message.push_str("; ");
        self.0.message.push_str(note);
        self
    }

    /// Says that the time of the whole call has run out.
    pub(crate) fn out_of_time(mut self, note: &str) -> Self {
        self.0.out_of_time = true;
        self.with_note(note)
    }

    /// Says of a response that can't be read, and is no success, that it isn't known to be the service's own.
    pub(crate) fn into_foreign(mut self) -> Self {
        self.0.kind = ErrorKind::Foreign;
        self.0.foreign = true;
        self.with_note(CHECK)
    }

    /// Says of an error without a connection that an earlier attempt had one and sent the request.
    pub(crate) fn sent_before(mut self) -> Self {
        if self.0.kind == ErrorKind::Connect {
            self.0.kind = ErrorKind::Transport;
        }
        self
    }

    /// Keeps the first bytes of the body, up to the limit. The rest of a longer body is not kept alive.
    pub(crate) fn with_body(mut self, body: &Bytes) -> Self {
        self.0.body = Some(match body.len() {
            0..=BODY_LIMIT => body.clone(),
            _ => Bytes::copy_from_slice(&body[..BODY_LIMIT]),
        });
        self
    }
}

/// The status with its name.
fn status_line(status: StatusCode) -> String {
    let reason = status.canonical_reason().unwrap_or(match status.as_u16() {
        420 => "Max Usage Rate Exceeded",
        // Cloudflare's, for the server behind it.
        520 => "Web Server Returned an Unknown Error",
        521 => "Web Server Is Down",
        522 => "Connection Timed Out",
        523 => "Origin Is Unreachable",
        524 => "A Timeout Occurred",
        530 => "Origin Error",
        _ => "unknown status",
    });
    format!("{} {reason}", status.as_u16())
}

/// What to do about an answer that isn't the service's own.
const CHECK: &str = "check the base URL, the proxy and the firewall";

/// What to do about a status, if the status alone says so.
fn hint_for(status: StatusCode) -> Option<&'static str> {
    match status.as_u16() {
        300..=399 => Some(
            "redirects are not followed, because they would send the credentials to another host: if you trust it, set it as the base URL",
        ),
        401 => Some("check the key, the secret and the account id of this client"),
        403 => Some("these credentials don't allow the operation"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    /// Bytes that count who keeps them.
    struct Counted(Vec<u8>, #[allow(dead_code, reason = "only counted")] Arc<()>);

    impl AsRef<[u8]> for Counted {
        fn as_ref(&self) -> &[u8] {
            &self.0
        }
    }

    #[test]
    fn error_keeps_the_start_of_a_long_body_and_not_the_rest_alive() {
        let count = Arc::new(());
        let body = |length| Bytes::from_owner(Counted(vec![b'x'; length], Arc::clone(&count)));
        let long = Error::new(ErrorKind::Decode, "").with_body(&body(BODY_LIMIT + 1));
        assert_eq!(long.body().map(<[u8]>::len), Some(BODY_LIMIT));
        assert_eq!(Arc::strong_count(&count), 1);
        let short = Error::new(ErrorKind::Decode, "").with_body(&body(BODY_LIMIT));
        assert_eq!(short.body().map(<[u8]>::len), Some(BODY_LIMIT));
        assert_eq!(Arc::strong_count(&count), 2, "a short body is not copied");
    }
}
