//! Credentials, as the request headers that they are sent in.

use std::fmt;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{AUTHORIZATION, Entry},
};
use secrecy::zeroize::Zeroizing;

use self::invalid::Problem;
use self::scrub::Hidden;
use crate::Secret;
use crate::invisible::has_invisible_ends;

mod echo;
mod invalid;
mod provider;
mod scrub;

pub use invalid::InvalidCredentials;
pub(crate) use provider::Source;
pub use provider::{ProvideCredentials, Provided};

/// The headers that authenticate a request.
///
/// They are checked and encoded once, so a request copies no text. Each value is marked as sensitive, which keeps it out of
/// `Debug` output and out of the shared compression table of HTTP/2. Unlike a [`Secret`], the encoded headers are not wiped
/// from memory, because the HTTP stack has its own copies.
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
    /// What `scrub` looks for: the secrets as they were given and as they are sent.
    hidden: Arc<Hidden>,
}

impl Credentials {
    /// No credentials, for public operations.
    pub fn none() -> Self {
        Self {
            scheme: "none",
            headers: Arc::new([]),
            hidden: Arc::default(),
        }
    }

    /// A user name and a password (RFC 7617), encoded as UTF-8; an API key and its secret, for example.
    ///
    /// # Errors
    /// When either is empty, contains a control character, or starts or ends with whitespace or an invisible character, and
    /// when the user name contains a colon.
    pub fn basic(username: impl Into<String>, password: Secret) -> Result<Self, InvalidCredentials> {
        let username = Zeroizing::new(username.into());
        for (field, value) in [("username", username.as_str()), ("password", password.expose_secret())] {
            check(field, value)?;
        }
        if username.contains(':') {
            return Err(InvalidCredentials::new("username", Problem::Colon));
        }
        let pair = Zeroizing::new(format!("{}:{}", *username, password.expose_secret()));
        let encoded = Secret::new(STANDARD.encode(pair.as_bytes()));
        let value = Zeroizing::new(format!("Basic {}", encoded.expose_secret()));
        let headers = Arc::new([(AUTHORIZATION, sensitive("password", &value)?)]);
        // Logs and firewalls drop the padding, and write the alphabet of URLs.
        let bare = Secret::new(encoded.expose_secret().trim_end_matches('='));
        let for_urls = Secret::new(bare.expose_secret().replace('+', "-").replace('/', "_"));
        Ok(Self {
            scheme: "basic",
            headers,
            hidden: Arc::new(Hidden::new(vec![encoded, bare, for_urls, password])),
        })
    }

    /// A token in the `authorization` header (RFC 6750).
    ///
    /// # Errors
    /// When it is empty or contains anything other than visible ASCII characters.
    pub fn bearer(token: Secret) -> Result<Self, InvalidCredentials> {
        const FIELD: &str = "bearer token";
        let text = token.expose_secret();
        if text.is_empty() {
            return Err(InvalidCredentials::new(FIELD, Problem::Empty));
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(InvalidCredentials::new(FIELD, Problem::NotVisible));
        }
        let value = Zeroizing::new(format!("Bearer {text}"));
        let headers = Arc::new([(AUTHORIZATION, sensitive(FIELD, &value)?)]);
        Ok(Self {
            scheme: "bearer",
            headers,
            hidden: Arc::new(Hidden::new(vec![token])),
        })
    }

    /// Headers that the vendor defines, such as `x-auth-email` together with `x-auth-key`.
    ///
    /// # Errors
    /// When a value is empty, contains a character that can't be sent in a header, or starts or ends with whitespace or an
    /// invisible character; and when a name is given twice.
    pub fn headers(headers: Vec<(HeaderName, Secret)>) -> Result<Self, InvalidCredentials> {
        let mut built = HeaderMap::with_capacity(headers.len());
        let mut secrets = Vec::with_capacity(headers.len());
        for (name, secret) in headers {
            let field = format!("header `{name}`");
            let value = header_value(&field, secret.expose_secret())?;
            match built.entry(name) {
                Entry::Occupied(_) => return Err(InvalidCredentials::new(field, Problem::Twice)),
                Entry::Vacant(entry) => entry.insert(value),
            };
            secrets.push(secret);
        }
        let headers = built
            .iter()
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        Ok(Self {
            scheme: "headers",
            headers,
            hidden: Arc::new(Hidden::new(secrets)),
        })
    }

    /// Adds a header that is sent with the credentials but is not secret, such as the id of an application.
    ///
    /// # Errors
    /// When the value is empty, contains a character that can't be sent in a header, or starts or ends with whitespace or an
    /// invisible character; and when there already is a header of this name.
    ///
    /// # Examples
    /// ```
    /// use account_provisioning_core::auth::Credentials;
    /// use http::{HeaderMap, HeaderName};
    ///
    /// let name = HeaderName::from_static("x-license-module");
    /// let credentials = Credentials::none().with_plain_header(name, "app-id")?;
    /// let mut headers = HeaderMap::new();
    /// credentials.apply(&mut headers);
    /// assert_eq!(headers["x-license-module"], "app-id");
    /// assert_eq!(credentials.scrub("no app-id"), None);
    /// # Ok::<(), account_provisioning_core::auth::InvalidCredentials>(())
    /// ```
    pub fn with_plain_header(self, name: HeaderName, value: &str) -> Result<Self, InvalidCredentials> {
        let field = format!("header `{name}`");
        let value = header_value(&field, value)?;
        if self.headers.iter().any(|(known, _)| *known == name) {
            return Err(InvalidCredentials::new(field, Problem::Twice));
        }
        let headers = self.headers.iter().cloned().chain([(name, value)]).collect();
        Ok(Self { headers, ..self })
    }

    /// Writes the headers into a request. They replace headers of the same name.
    pub fn apply(&self, headers: &mut HeaderMap) {
        for (name, value) in self.headers.iter() {
            headers.insert(name.clone(), value.clone());
        }
    }

    /// Whether these are the same credentials, fetched once.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.headers == other.headers
    }

    /// Whether there are no credentials to send.
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
        let Self {
            scheme,
            headers,
            hidden: _,
        } = self;
        let names: Vec<&str> = headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Credentials")
            .field("scheme", scheme)
            .field("headers", &names)
            .finish()
    }
}

/// Checks the value of a header that the vendor defines.
fn header_value(field: &str, text: &str) -> Result<HeaderValue, InvalidCredentials> {
    check(field, text)?;
    sensitive(field, text)
}

/// Refuses what is no part of a credential, but comes along when one is copied. The service would say that the credentials
/// are wrong, and they look right.
fn check(field: &str, text: &str) -> Result<(), InvalidCredentials> {
    let problem = if text.is_empty() {
        Problem::Empty
    } else if text.chars().any(char::is_control) {
        Problem::Control
    } else if has_invisible_ends(text) {
        Problem::OuterWhitespace
    } else {
        return Ok(());
    };
    Err(InvalidCredentials::new(field, problem))
}

fn sensitive(field: &str, text: &str) -> Result<HeaderValue, InvalidCredentials> {
    let mut value = HeaderValue::from_str(text).map_err(|_| InvalidCredentials::new(field, Problem::Control))?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use http::{HeaderMap, HeaderName, HeaderValue};

    use super::{Credentials, InvalidCredentials};
    use crate::Secret;

    pub(super) const KEY: HeaderName = HeaderName::from_static("x-auth-key");
    pub(super) const EMAIL: HeaderName = HeaderName::from_static("x-auth-email");

    pub(super) fn applied(credentials: &Credentials) -> HeaderMap {
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
        let own = applied(&Credentials::headers(vec![(EMAIL, "a@b.example".into()), (KEY, "k".into())]).unwrap());
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
        assert_eq!((headers.len(), headers.contains_key("accept")), (2, true));
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
            assert!(!text.contains("canary") && !text.contains("Y2FuYXJ5"), "{text}");
        }
        assert!(Credentials::default().is_none() && !Credentials::bearer("x".into()).unwrap().is_none());
    }

    #[test]
    fn credentials_that_cannot_travel_are_refused_by_field_without_the_value() {
        let basic = |username: &str, password: &str| Credentials::basic(username, Secret::new(password));
        let header = |value: &str| Credentials::headers(vec![(KEY, Secret::new(value))]);
        let cases: [(Result<Credentials, InvalidCredentials>, &str, &str); 18] = [
            (basic("", "canary"), "username", "empty"),
            (basic("canary", ""), "password", "empty"),
            (basic("can:ary", "canary"), "username", "colon"),
            (basic("canary\n", "canary"), "username", "control character"),
            (basic("canary", "canary\n"), "password", "control character"),
            (basic(" canary", "canary"), "username", "whitespace"),
            (basic("canary\u{feff}", "canary"), "username", "byte order mark"),
            (basic("canary", "canary "), "password", "whitespace"),
            (basic("canary", "\u{feff}canary"), "password", "byte order mark"),
            (basic("canary", "canary\u{a0}\u{200b}"), "password", "whitespace"),
            (header("\u{feff}canary"), "header `x-auth-key`", "byte order mark"),
            (Credentials::bearer("".into()), "bearer token", "empty"),
            (Credentials::bearer("canary\n".into()), "bearer token", "visible"),
            (Credentials::bearer("Bearer canary".into()), "bearer token", "visible"),
            (header(""), "header `x-auth-key`", "empty"),
            (header("can\nary"), "header `x-auth-key`", "control character"),
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
            assert_eq!(error.to_string(), format!("{field} {}", error.problem()));
        }
    }

    #[test]
    fn plain_header_goes_along_and_is_hidden_from_debug_but_not_scrubbed() {
        let token = Credentials::headers(vec![(KEY, "canary".into())]).unwrap();
        let both = token.with_plain_header(EMAIL, "a@b.example").unwrap();
        assert_eq!(applied(&both).len(), 2);
        assert_eq!(
            both.scrub("canary of a@b.example").as_deref(),
            Some("[redacted] of a@b.example")
        );
        for (name, value) in [(KEY, "x"), (HeaderName::from_static("x"), ""), (EMAIL, "a\n")] {
            assert!(both.clone().with_plain_header(name, value).is_err());
        }
        let error = both.with_plain_header(KEY, "canary\n").unwrap_err();
        assert!(!format!("{error} {error:?}").contains("canary"), "{error}");
    }
}
