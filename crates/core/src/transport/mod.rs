//! The transport, which sends all requests: credentials, retries, deadlines, bodies, traces.
//!
//! `spans.rs` has the table of what a call tells `tracing`.

mod attempt;
mod connecting;
mod curl;
mod encoding;
mod exchange;
mod http_client;
#[cfg(feature = "tower")]
mod layer;
mod outcome;
mod own_headers;
mod send_http;
mod shared;
mod spans;
mod tried;
mod unsent;

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

#[cfg(feature = "tower")]
pub use self::layer::HttpService;
pub use self::own_headers::check_header_name;
pub(crate) use self::own_headers::check_headers;
pub use self::send_http::{SendError, SendHttp};
pub use self::shared::TransportBuilder;
use self::shared::{Settings, Shared};
use crate::auth::Source;
use crate::error::MakeError as _;
use crate::{
    BaseUrl, CallOptions, Clock, Credentials, Error, RateLimit, ReplyKind, Request, Response, ResponseMeta, Result,
    RetryClass, Sleep, de,
};

/// Sends the requests of a client and its clones.
///
/// # Examples
/// ```no_run
/// # async fn example<R: account_provisioning_core::Request>(
/// #     transport: account_provisioning_core::Transport, request: R,
/// # ) -> account_provisioning_core::Result<()> {
/// let response = transport.send(&request).await?;
/// println!("{} after {} attempts", response.meta.status, response.attempts().count());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Transport {
    pub(crate) shared: Arc<Shared>,
}

impl Transport {
    /// Starts to build a transport.
    pub fn builder() -> TransportBuilder {
        TransportBuilder::default()
    }

    /// The base URL of all requests.
    #[must_use]
    pub fn base_url(&self) -> &BaseUrl {
        &self.shared.base_url
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.shared.settings.clock
    }

    /// What waits between attempts.
    #[must_use]
    pub fn sleeper(&self) -> &Arc<dyn Sleep> {
        &self.shared.settings.sleep
    }

    /// What the client's [limiter](crate::limit::Limiter) knows of the rate limit now; `None` without one, and while it knows
    /// nothing.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.shared.settings.limiter.as_ref()?.0.state()
    }

    /// Returns a transport with other credentials. It shares connections and retry budget, and has the same time limits, clock
    /// and headers.
    #[must_use]
    pub fn with_credentials(&self, credentials: Credentials) -> Self {
        Self {
            shared: Arc::new(Shared {
                base_url: self.shared.base_url.clone(),
                http: Arc::clone(&self.shared.http),
                sender: self.shared.sender.clone(),
                settings: Settings {
                    credentials: Source::Fixed(credentials),
                    ..self.shared.settings.clone()
                },
            }),
        }
    }

    /// Sends a request, retries it according to the policy, and reads the response.
    ///
    /// # Errors
    /// An [input error](crate::ErrorKind::InvalidInput) when the request can't be built; nothing is sent then. Otherwise the
    /// error of the last attempt.
    pub async fn send<R: Request>(&self, request: &R) -> Result<Response<R::Reply>> {
        self.send_with(request, &CallOptions::default()).await
    }

    /// Sends a request like [`send`](Self::send), with options for this call.
    ///
    /// # Errors
    /// The same as [`send`](Self::send).
    pub async fn send_with<R: Request>(&self, request: &R, options: &CallOptions) -> Result<Response<R::Reply>> {
        self.send_as(request, options, |reply, _, _| Ok(reply)).await
    }

    /// Sends a request like [`send_with`](Self::send_with), and turns its reply into something else. `turn` is given the reply,
    /// what was received with it, and the body.
    ///
    /// The call ends after `turn`: an error of it is one of the call, so hooks and traces are told of it.
    ///
    /// # Errors
    /// The same as [`send`](Self::send), and those of `turn`, which are completed: with the operation, the response, its
    /// attempts, the command, and whether the outcome is unknown.
    pub async fn send_as<R: Request, T>(
        &self,
        request: &R,
        options: &CallOptions,
        turn: impl FnOnce(R::Reply, &mut ResponseMeta, &Bytes) -> Result<T>,
    ) -> Result<Response<T>> {
        let operation = request.operation();
        options
            .check()
            .map_err(|problem| problem.with_operation(operation.operation_id))?;
        let build = |http: &reqwest::Client| Ok(request.build(&self.shared.base_url, http)?);
        let mut received = exchange::run(&self.shared, &build, operation, options).await?;
        let (meta, body) = received.parts();
        let read = match read::<R::Reply>(request.reply(), operation.retry, body) {
            Ok(reply) => {
                self.shared.settings.drift.tell(operation, R::SHAPE, body);
                turn(reply, meta, body)
            }
            Err(problem) => {
                let (status, body) = (meta.status, body.clone());
                let shown = received.credentials().scrub_body(&body);
                let error = match problem {
                    NotTheReply::Undecodable => Error::undecodable::<R::Reply>(&shown),
                    NotTheReply::Foreign => Error::foreign_success(status, &shown),
                };
                Err(error.with_body(&body))
            }
        };
        match read {
            Ok(value) => {
                let (meta, body) = received.end();
                Ok(Response::new(value, meta, body))
            }
            Err(error) => Err(received.fail(&self.shared, &build, error)),
        }
    }
}

/// Why a body is not the documented one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NotTheReply {
    /// It looks like the reply, but can't be read as its type.
    Undecodable,
    /// It has nothing in common with the reply.
    Foreign,
}

/// Reads the body of a successful response. An empty object is no answer to a change.
fn read<T: DeserializeOwned>(kind: ReplyKind, class: RetryClass, body: &Bytes) -> std::result::Result<T, NotTheReply> {
    match kind {
        ReplyKind::Json(fields) if is_object(body) || fields.is_empty() => {
            decode(body).ok_or_else(|| verdict(fields, body))
        }
        ReplyKind::Json(fields) => Err(verdict(fields, body)),
        ReplyKind::LooseJson(fields) => {
            let reply = decode(body).ok_or_else(|| verdict(fields, body))?;
            let found: HashMap<String, Option<IgnoredAny>> = decode(body).ok_or(NotTheReply::Foreign)?;
            let is_known = |field: &String| fields.contains(&field.as_str());
            let has_value = found.iter().any(|(field, value)| value.is_some() && is_known(field));
            let has_no_other = found.keys().all(is_known) && (!found.is_empty() || class == RetryClass::Safe);
            if has_value || has_no_other {
                Ok(reply)
            } else {
                Err(NotTheReply::Foreign)
            }
        }
        ReplyKind::OptionalJson(fields) => match body.trim_ascii() {
            b"" | b"null" => decode(b"null").ok_or(NotTheReply::Undecodable),
            _ => read(ReplyKind::Json(fields), class, body),
        },
        ReplyKind::Empty => match body.trim_ascii() {
            b"" | b"null" | b"{}" => decode(b"null").ok_or(NotTheReply::Undecodable),
            _ => Err(NotTheReply::Foreign),
        },
        ReplyKind::AnyJson(_) if body.trim_ascii().is_empty() => decode(b"null").ok_or(NotTheReply::Undecodable),
        ReplyKind::AnyJson(fields) => {
            let is_own = fields.is_empty()
                || decode::<HashMap<String, IgnoredAny>>(body).is_some_and(|found| has_any(fields, found.keys()));
            match decode(body) {
                Some(reply) if is_own => Ok(reply),
                // The type of the caller is another.
                None if is_own && decode::<IgnoredAny>(body).is_some() => Err(NotTheReply::Undecodable),
                _ => Err(cut(body)),
            }
        }
    }
}

fn decode<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    de::from_body(body).ok()
}

/// Whether the end of an object or a list was lost.
fn is_cut(text: &str, problem: &serde_json::Error) -> bool {
    problem.is_eof() && text.trim_ascii_start().starts_with(['{', '['])
}

/// Tells a reply whose end was lost from something else.
fn cut(body: &[u8]) -> NotTheReply {
    let (text, whole) = de::text_of(body);
    match serde_json::from_str::<IgnoredAny>(text) {
        Err(problem) if whole && is_cut(text, &problem) => NotTheReply::Undecodable,
        _ => NotTheReply::Foreign,
    }
}

/// Whether a body looks like an object: serde reads a struct from an array as well.
fn is_object(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"{")
}

/// Tells a reply that can't be read from something else.
fn verdict(fields: &[&str], body: &[u8]) -> NotTheReply {
    let (text, whole) = de::text_of(body);
    // The first value, whatever comes after it.
    let alike = match serde_json::Deserializer::from_str(text).into_iter::<Value>().next() {
        Some(Ok(Value::Object(object))) => !fields.is_empty() && (object.is_empty() || has_any(fields, object.keys())),
        Some(Ok(Value::Array(_))) => fields.is_empty(),
        Some(Ok(_)) | None => false,
        Some(Err(problem)) => whole && is_cut(text, &problem),
    };
    if alike {
        NotTheReply::Undecodable
    } else {
        NotTheReply::Foreign
    }
}

fn has_any<'a>(fields: &[&str], keys: impl IntoIterator<Item = &'a String>) -> bool {
    keys.into_iter().any(|key| fields.contains(&key.as_str()))
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use serde::Deserialize;

    use super::NotTheReply;
    use super::NotTheReply::{Foreign, Undecodable};
    use crate::{ReplyKind, RetryClass};

    #[derive(Debug, Deserialize, PartialEq)]
    struct User {
        id: String,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Deletion {
        message: Option<String>,
    }

    const USER: ReplyKind = ReplyKind::Json(&["id", "name"]);
    const DELETION: ReplyKind = ReplyKind::LooseJson(&["message", "ok"]);

    fn read<T: serde::de::DeserializeOwned>(kind: ReplyKind, body: &'static str) -> Result<T, NotTheReply> {
        super::read(kind, RetryClass::Idempotent, &Bytes::from_static(body.as_bytes()))
    }

    #[test]
    fn json_is_the_reply_only_if_it_decodes() {
        assert_eq!(read(USER, r#"{"id":"a"}"#), Ok(User { id: "a".to_owned() }));
        for body in [
            r#"{"id":"a"} {"id":"b"}"#,
            r#"{"name":1}"#,
            r#"{"id":1}"#,
            "{}",
            r#"{"id":"a"#,
            "{",
        ] {
            assert_eq!(read::<User>(USER, body), Err(Undecodable), "{body}");
        }
        for body in [
            "",
            " ",
            "<html>Sign in</html>",
            "ok",
            "12",
            "null",
            "[]",
            r#"["a"]"#,
            r#"{"login":"sso"}"#,
        ] {
            assert_eq!(read::<User>(USER, body), Err(Foreign), "{body}");
        }
        let list = ReplyKind::Json(&[]);
        assert_eq!(read(list, "[1]"), Ok(vec![1]));
        assert_eq!(read::<Vec<u8>>(list, r#"["a"]"#), Err(Undecodable));
        for body in ["Sign in", r#"{"login":"sso"}"#, "{}"] {
            assert_eq!(read::<Vec<u8>>(list, body), Err(Foreign), "{body}");
        }
    }

    #[test]
    fn json_that_is_no_text_is_the_reply_only_if_its_end_was_lost() {
        let read = |body: &'static [u8]| {
            let body = Bytes::from_static(body);
            let of = |kind| super::read::<User>(kind, RetryClass::Idempotent, &body);
            (of(USER), of(ReplyKind::AnyJson(&[])))
        };
        assert_eq!(read(b"{\"id\":\"\xc3"), (Err(Undecodable), Err(Undecodable)));
        for body in [b"{\"id\":\"\xe9\"}".as_slice(), b"\xff\xfe{\0", b"\x1f\x8b\x08\0"] {
            assert_eq!(read(body), (Err(Foreign), Err(Foreign)), "{body:?}");
        }
    }

    #[test]
    fn json_without_required_fields_must_have_a_field_in_common_with_the_reply() {
        for body in [r#"{"message":"ok"}"#, r#"{"ok":true,"more":1}"#, r#"{"message":null}"#] {
            assert!(read::<Deletion>(DELETION, body).is_ok(), "{body}");
        }
        for body in [
            "",
            "{}",
            r#"{"message":null,"login":"sso"}"#,
            "<html>",
            r#"["ok"]"#,
            r#"{"login":"sso"}"#,
            r#"{"unrelated":true}"#,
        ] {
            assert_eq!(read::<Deletion>(DELETION, body), Err(Foreign), "{body}");
        }
        let read_only = super::read::<Deletion>(DELETION, RetryClass::Safe, &Bytes::from_static(b"{}"));
        assert!(
            read_only.is_ok(),
            "a response without any field, where none is required"
        );
        assert_eq!(read::<Deletion>(DELETION, r#"{"message":{}}"#), Err(Undecodable));
    }

    #[test]
    fn reply_that_may_be_missing_is_one_or_nothing_and_nothing_else() {
        let kind = ReplyKind::OptionalJson(&["id"]);
        for body in ["", " ", "null"] {
            assert_eq!(read::<Option<serde_json::Value>>(kind, body), Ok(None), "{body}");
        }
        let object = read::<Option<serde_json::Value>>(kind, r#"{"id":1}"#);
        assert_eq!(object, Ok(Some(serde_json::json!({ "id": 1 }))));
        for body in ["<html>", "[]", "true"] {
            assert_eq!(read::<Option<serde_json::Value>>(kind, body), Err(Foreign), "{body}");
        }
    }

    #[test]
    fn any_json_is_the_reply_if_it_has_one_of_the_fields_that_all_replies_have() {
        use serde_json::{Value, json};

        let any = |body| read::<Value>(ReplyKind::AnyJson(&[]), body);
        assert_eq!((any(""), any("[1]")), (Ok(Value::Null), Ok(json!([1]))));
        let enveloped = |body| read::<Value>(ReplyKind::AnyJson(&["success"]), body);
        assert_eq!(
            (enveloped(" "), enveloped(r#"{"success":true}"#).is_ok()),
            (Ok(Value::Null), true)
        );
        for body in ["<html>", "ok", "{} {}"] {
            assert_eq!((any(body), enveloped(body)), (Err(Foreign), Err(Foreign)), "{body}");
        }
        for body in ["[]", "{}", "true", r#"{"login":"sso"}"#] {
            assert_eq!((any(body).is_ok(), enveloped(body)), (true, Err(Foreign)), "{body}");
        }
        assert_eq!((any("{"), any("[1")), (Err(Undecodable), Err(Undecodable)));
        assert_eq!(read::<User>(ReplyKind::AnyJson(&[]), r#"{"id":1}"#), Err(Undecodable));
    }

    #[test]
    fn nothing_is_nothing() {
        for body in ["", "\n", "null", " {} "] {
            assert_eq!(read(ReplyKind::Empty, body), Ok(()), "{body}");
        }
        for body in ["<html>", "ok", r#"{"login":"sso"}"#, "[]", "true"] {
            assert_eq!(read::<()>(ReplyKind::Empty, body), Err(Foreign), "{body}");
        }
    }
}
