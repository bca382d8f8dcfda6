//! Credentials in the form in which they travel: request headers, built once.

use std::{fmt, sync::Arc};

use base64::{Engine, engine::general_purpose::STANDARD};
use http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{AUTHORIZATION, Entry},
};
use secrecy::zeroize::Zeroizing;
use thiserror::Error;

use crate::Secret;

/// The headers that prove who is calling.
///
/// They are checked and encoded when this is made; a request then copies no text. Each value is marked
/// sensitive, which keeps it out of `Debug` output and out of HTTP/2's shared compression table. The encoded
/// headers stay in memory, unwiped, as long as a client holds them: the HTTP stack owns copies of its own.
///
/// # Examples
/// ```
/// use account_provisioning_core::{Secret, auth::Credentials};
/// use http::HeaderMap;
///
/// let credentials = Credentials::basic("key", Secret::new("secret"))?;
/// let mut headers = HeaderMap::new();
/// credentials.apply(&mut headers);
/// assert_eq!(headers["authorization"], "Basic a2V5OnNlY3JldA==");
/// assert_eq!(format!("{credentials:?}"), r#"Credentials { scheme: "basic", headers: ["authorization"] }"#);
/// # Ok::<(), account_provisioning_core::auth::InvalidCredentials>(())
/// ```
#[derive(Clone)]
pub struct Credentials {
    scheme: &'static str,
    headers: Arc<[(HeaderName, HeaderValue)]>,
}

impl Credentials {
    /// No credentials, for public operations.
    pub fn none() -> Self {
        Self {
            scheme: "none",
            headers: Arc::new([]),
        }
    }

    /// A user name and a password (RFC 7617), encoded as UTF-8; an API key and its secret, for example.
    ///
    /// # Errors
    /// When either is empty or holds a control character, or the user name holds a colon.
    pub fn basic(
        username: impl Into<String>,
        password: Secret,
    ) -> Result<Self, InvalidCredentials> {
        let username = Zeroizing::new(username.into());
        let password = password.expose_secret();
        for (field, value) in [("username", username.as_str()), ("password", password)] {
            if value.is_empty() {
                return Err(InvalidCredentials::new(field, Problem::Empty));
            }
            if value.chars().any(char::is_control) {
                return Err(InvalidCredentials::new(field, Problem::Control));
            }
        }
        if username.contains(':') {
            return Err(InvalidCredentials::new("username", Problem::Colon));
        }
        let pair = Zeroizing::new(format!("{}:{password}", *username));
        let value = Zeroizing::new(format!(
            "Basic {}",
            *Zeroizing::new(STANDARD.encode(pair.as_bytes()))
        ));
        Ok(Self {
            scheme: "basic",
            headers: Arc::new([(AUTHORIZATION, sensitive("password", &value)?)]),
        })
    }

    /// A token in the `authorization` header (RFC 6750).
    ///
    /// # Errors
    /// When it is empty or holds anything but visible ASCII characters.
    pub fn bearer(token: Secret) -> Result<Self, InvalidCredentials> {
        const FIELD: &str = "bearer token";
        let token = token.expose_secret();
        if token.is_empty() {
            return Err(InvalidCredentials::new(FIELD, Problem::Empty));
        }
        if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(InvalidCredentials::new(FIELD, Problem::NotVisible));
        }
        let value = Zeroizing::new(format!("Bearer {token}"));
        Ok(Self {
            scheme: "bearer",
            headers: Arc::new([(AUTHORIZATION, sensitive(FIELD, &value)?)]),
        })
    }

    /// Headers of the vendor's own, such as `x-auth-email` together with `x-auth-key`.
    ///
    /// # Errors
    /// When a value is empty, holds what a header can't carry, or starts or ends with whitespace, and when a
    /// name is given twice.
    pub fn headers(headers: Vec<(HeaderName, Secret)>) -> Result<Self, InvalidCredentials> {
        let mut built = HeaderMap::with_capacity(headers.len());
        for (name, secret) in headers {
            let field = format!("header `{name}`");
            let text = secret.expose_secret();
            if text.is_empty() {
                return Err(InvalidCredentials::new(field, Problem::Empty));
            }
            if text.trim() != text {
                return Err(InvalidCredentials::new(field, Problem::OuterWhitespace));
            }
            let value = sensitive(&field, text)?;
            match built.entry(name) {
                Entry::Occupied(_) => return Err(InvalidCredentials::new(field, Problem::Twice)),
                Entry::Vacant(entry) => entry.insert(value),
            };
        }
        let headers = built
            .iter()
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        Ok(Self {
            scheme: "headers",
            headers,
        })
    }

    /// Writes the headers into a request, in place of any of the same name.
    pub fn apply(&self, headers: &mut HeaderMap) {
        for (name, value) in self.headers.iter() {
            headers.insert(name.clone(), value.clone());
        }
    }

    /// Takes the headers out of a request, for one that must not carry them.
    pub fn strip(&self, headers: &mut HeaderMap) {
        for (name, _) in self.headers.iter() {
            headers.remove(name);
        }
    }

    /// Whether there is nothing to send.
    pub fn is_none(&self) -> bool {
        self.headers.is_empty()
    }
}

impl Default for Credentials {
    fn default() -> Self {
        Self::none()
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { scheme, headers } = self;
        let names: Vec<&str> = headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Credentials")
            .field("scheme", scheme)
            .field("headers", &names)
            .finish()
    }
}

fn sensitive(field: &str, text: &str) -> Result<HeaderValue, InvalidCredentials> {
    let mut value = HeaderValue::from_str(text)
        .map_err(|_| InvalidCredentials::new(field, Problem::Control))?;
    value.set_sensitive(true);
    Ok(value)
}

/// Credentials can't be sent as they are; names the field and never its value.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{field} {problem}")]
pub struct InvalidCredentials {
    field: String,
    problem: Problem,
}

impl InvalidCredentials {
    fn new(field: impl Into<String>, problem: Problem) -> Self {
        Self {
            field: field.into(),
            problem,
        }
    }

    /// The part that was refused: `username`, `password`, `bearer token`, or the header.
    pub fn field(&self) -> &str {
        &self.field
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
enum Problem {
    #[error("is empty; check that the variable or setting it comes from is set")]
    Empty,
    #[error("holds a control character, such as a newline at its end; remove it")]
    Control,
    #[error(
        "holds a colon, which ends the user name on the wire; pass the name and the password apart"
    )]
    Colon,
    #[error("holds whitespace or a character that is not visible ASCII; pass the token alone")]
    NotVisible,
    #[error("starts or ends with whitespace, which is lost on the way; remove it")]
    OuterWhitespace,
    #[error("is given twice; pass each header once")]
    Twice,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use http::{HeaderMap, HeaderName, HeaderValue};

    use super::{Credentials, InvalidCredentials};
    use crate::Secret;

    const KEY: HeaderName = HeaderName::from_static("x-auth-key");
    const EMAIL: HeaderName = HeaderName::from_static("x-auth-email");

    fn applied(credentials: &Credentials) -> HeaderMap {
        let mut headers = HeaderMap::new();
        credentials.apply(&mut headers);
        assert!(headers.values().all(HeaderValue::is_sensitive));
        headers
    }

    #[test]
    fn credentials_of_each_scheme_write_their_headers() {
        assert!(applied(&Credentials::none()).is_empty());
        // The example of RFC 7617, section 2, and the one of section 2.1 in UTF-8.
        let basic = applied(&Credentials::basic("Aladdin", "open sesame".into()).unwrap());
        assert_eq!(basic["authorization"], "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        let basic = applied(&Credentials::basic("test", "123£".into()).unwrap());
        assert_eq!(basic["authorization"], "Basic dGVzdDoxMjPCow==");
        let bearer = applied(&Credentials::bearer("abc.def".into()).unwrap());
        assert_eq!(bearer["authorization"], "Bearer abc.def");
        let own = applied(
            &Credentials::headers(vec![(EMAIL, "a@b.example".into()), (KEY, "k".into())]).unwrap(),
        );
        assert_eq!(
            (own.len(), &own[EMAIL], &own[KEY]),
            (
                2,
                &HeaderValue::from_static("a@b.example"),
                &HeaderValue::from_static("k")
            )
        );
    }

    #[test]
    fn credentials_applied_replace_and_stripped_remove_what_was_there() {
        let credentials = Credentials::bearer("new".into()).unwrap();
        let mut headers = HeaderMap::new();
        headers.append("authorization", HeaderValue::from_static("old"));
        headers.append("authorization", HeaderValue::from_static("older"));
        headers.append("accept", HeaderValue::from_static("application/json"));
        credentials.apply(&mut headers);
        assert_eq!(
            headers.get_all("authorization").iter().collect::<Vec<_>>(),
            ["Bearer new"]
        );
        credentials.strip(&mut headers);
        assert_eq!((headers.len(), headers.contains_key("accept")), (1, true));
    }

    #[test]
    fn credentials_in_debug_show_scheme_and_header_names_alone() {
        for credentials in [
            Credentials::basic("canary-user", "canary".into()).unwrap(),
            Credentials::bearer("canary".into()).unwrap(),
            Credentials::headers(vec![(KEY, "canary".into())]).unwrap(),
        ] {
            let headers = applied(&credentials);
            let text = format!("{credentials:?} {credentials:#?} {headers:?}");
            assert!(
                !text.contains("canary") && !text.contains("Y2FuYXJ5"),
                "{text}"
            );
        }
        assert!(
            Credentials::default().is_none() && !Credentials::bearer("x".into()).unwrap().is_none()
        );
    }

    #[test]
    fn credentials_that_cannot_travel_are_refused_by_field_without_the_value() {
        let basic =
            |username: &str, password: &str| Credentials::basic(username, Secret::new(password));
        let header = |value: &str| Credentials::headers(vec![(KEY, Secret::new(value))]);
        let cases: [(Result<Credentials, InvalidCredentials>, &str, &str); 12] = [
            (basic("", "canary"), "username", "empty"),
            (basic("canary", ""), "password", "empty"),
            (basic("can:ary", "canary"), "username", "colon"),
            (basic("canary\n", "canary"), "username", "control character"),
            (basic("canary", "canary\n"), "password", "control character"),
            (Credentials::bearer("".into()), "bearer token", "empty"),
            (
                Credentials::bearer("canary\n".into()),
                "bearer token",
                "visible",
            ),
            (
                Credentials::bearer("Bearer canary".into()),
                "bearer token",
                "visible",
            ),
            (header(""), "header `x-auth-key`", "empty"),
            (
                header("can\nary"),
                "header `x-auth-key`",
                "control character",
            ),
            (header("canary "), "header `x-auth-key`", "whitespace"),
            (
                Credentials::headers(vec![(KEY, "canary".into()), (KEY, "k".into())]),
                "header `x-auth-key`",
                "twice",
            ),
        ];
        for (outcome, field, says) in cases {
            let error = outcome.unwrap_err();
            let text = format!("{error} {error:?}");
            assert_eq!(error.field(), field, "{text}");
            assert!(text.contains(says) && !text.contains("can"), "{text}");
        }
    }
}
