//! What the body of a successful response is.

use std::collections::HashMap;

use bytes::Bytes;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

/// What the body of a successful response is, as the document says.
///
/// Anything else under a successful status is no success: a proxy, a firewall or a sign-in page may have answered instead of
/// the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReplyKind {
    /// JSON of the reply's type. These are the fields of its object; none if it is no object, or one that may have any field.
    Json(&'static [&'static str]),
    /// JSON of the reply's type, which requires no field. An object that has fields, but none of these, is not the reply.
    LooseJson(&'static [&'static str]),
    /// Nothing: an empty body, `null` or `{}`.
    Empty,
}

/// Why a body is not the documented one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotTheReply {
    /// It looks like the reply, but can't be read as its type.
    Undecodable,
    /// It has nothing in common with the reply.
    Foreign,
}

impl ReplyKind {
    /// Reads the body of a successful response.
    pub(crate) fn read<T: DeserializeOwned>(self, body: &Bytes) -> Result<T, NotTheReply> {
        match self {
            Self::Json(fields) if is_object(body) || fields.is_empty() => {
                serde_json::from_slice(body).map_err(|_| verdict(fields, body))
            }
            Self::Json(fields) => Err(verdict(fields, body)),
            Self::LooseJson(fields) => {
                let reply = serde_json::from_slice(body).map_err(|_| verdict(fields, body))?;
                let keys: HashMap<String, IgnoredAny> =
                    serde_json::from_slice(body).map_err(|_| NotTheReply::Foreign)?;
                if keys.is_empty() || has_any(fields, keys.keys()) {
                    Ok(reply)
                } else {
                    Err(NotTheReply::Foreign)
                }
            }
            Self::Empty => match body.trim_ascii() {
                b"" | b"null" | b"{}" => serde_json::from_slice(b"null").map_err(|_| NotTheReply::Undecodable),
                _ => Err(NotTheReply::Foreign),
            },
        }
    }
}

/// Whether a body looks like an object: serde reads a struct from an array as well.
fn is_object(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"{")
}

/// Tells a reply that can't be read from something else.
fn verdict(fields: &[&str], body: &[u8]) -> NotTheReply {
    // The first value, whatever comes after it.
    let alike = match serde_json::Deserializer::from_slice(body).into_iter::<Value>().next() {
        Some(Ok(Value::Object(object))) => !fields.is_empty() && (object.is_empty() || has_any(fields, object.keys())),
        Some(Ok(Value::Array(_))) => fields.is_empty(),
        Some(Ok(_)) | None => false,
        // The beginning of JSON: the rest was lost.
        Some(Err(problem)) => problem.is_eof() && matches!(body.trim_ascii_start().first(), Some(b'{' | b'[')),
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

    use super::NotTheReply::{Foreign, Undecodable};
    use super::{NotTheReply, ReplyKind};

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
        kind.read(&Bytes::from_static(body.as_bytes()))
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
    fn json_without_required_fields_must_have_a_field_in_common_with_the_reply() {
        for body in [r#"{"message":"ok"}"#, r#"{"ok":true,"more":1}"#, "{}"] {
            assert!(read::<Deletion>(DELETION, body).is_ok(), "{body}");
        }
        for body in ["", "<html>", r#"["ok"]"#, r#"{"login":"sso"}"#, r#"{"unrelated":true}"#] {
            assert_eq!(read::<Deletion>(DELETION, body), Err(Foreign), "{body}");
        }
        assert_eq!(read::<Deletion>(DELETION, r#"{"message":{}}"#), Err(Undecodable));
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
