//! The base URL of an API: an absolute URL that is safe to send credentials to.

use std::fmt::{self, Write as _};
use std::net::Ipv6Addr;

use thiserror::Error;
use url::{Host, Url};

/// The base of every URL that a client calls: scheme, host, port and optionally a path.
///
/// The scheme is `https`. `http` is only accepted for a loopback host (127.0.0.0/8, `::1`, `localhost`), or for a host that
/// the user allowed by name. The URL has no credentials, query or fragment, and no slash at its end. The case of its path
/// is kept.
///
/// # Examples
/// ```
/// use account_provisioning_core::base_url::{BaseUrl, PlainHttpHosts};
///
/// let nobody = PlainHttpHosts::none();
/// assert_eq!(BaseUrl::parse("https://api.cloudinary.com/", &nobody)?.as_str(), "https://api.cloudinary.com");
/// assert_eq!(BaseUrl::parse("http://127.0.0.1:8080", &nobody)?.as_str(), "http://127.0.0.1:8080");
///
/// assert!(BaseUrl::parse("http://gateway.internal/cld", &nobody).is_err());
/// let allowed = PlainHttpHosts::none().allow("gateway.internal")?;
/// assert_eq!(BaseUrl::parse("http://gateway.internal/cld", &allowed)?.to_string(), "http://gateway.internal/cld");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct BaseUrl(Url);

impl BaseUrl {
    /// Parses and checks a base URL.
    ///
    /// # Errors
    /// [`InvalidBaseUrl`], which never repeats the given text, because it may contain a password.
    pub fn parse(text: &str, plain_http: &PlainHttpHosts) -> Result<Self, InvalidBaseUrl> {
        // This is checked before parsing: the parser silently removes newlines and tabs, and with an unescaped `/` in a
        // password it would take the user name for the host.
        if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(InvalidBaseUrl::Whitespace);
        }
        if text.contains('@') {
            return Err(InvalidBaseUrl::Credentials);
        }
        let mut url = Url::parse(text).map_err(|error| InvalidBaseUrl::Malformed {
            reason: error.to_string(),
        })?;
        if !matches!(url.scheme(), "https" | "http") {
            return Err(InvalidBaseUrl::Scheme);
        }
        let Some(host) = url.host() else {
            return Err(InvalidBaseUrl::Malformed {
                reason: "no host".to_owned(),
            });
        };
        if url.scheme() == "http" && !is_loopback(&host) && !plain_http.allows(&host) {
            return Err(InvalidBaseUrl::PlainHttp { host: host.to_string() });
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(InvalidBaseUrl::QueryOrFragment);
        }
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Ok(Self(url))
    }

    /// The URL as text, without a slash at its end. Append a path to it.
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// The path of the URL, without a slash at its end; empty for a URL without a path.
    pub fn path(&self) -> &str {
        self.0.path().trim_end_matches('/')
    }

    /// The same URL with another path, which begins with a slash. A `?` or `#` in it is percent-encoded.
    ///
    /// It is faster than parsing the whole URL.
    ///
    /// # Examples
    /// ```
    /// use account_provisioning_core::base_url::{BaseUrl, PlainHttpHosts};
    ///
    /// let base = BaseUrl::parse("https://example.com/cld", &PlainHttpHosts::none())?;
    /// assert_eq!(base.with_path(format_args!("{}/users", base.path())).as_str(), "https://example.com/cld/users");
    /// # Ok::<(), account_provisioning_core::base_url::InvalidBaseUrl>(())
    /// ```
    #[must_use]
    pub fn with_path(&self, path: fmt::Arguments<'_>) -> Url {
        // Long enough for nearly all paths, so that writing one allocates once.
        let mut text = String::with_capacity(160);
        let _ = text.write_fmt(path);
        // As a relative URL, a path takes one allocation less; but it must not be read as more than a path.
        let is_plain = text.starts_with('/') && !text.starts_with("//") && !text.contains(['?', '#', '\\']);
        let joined = is_plain.then(|| self.0.join(&text));
        joined.and_then(std::result::Result::ok).unwrap_or_else(|| {
            let mut url = self.0.clone();
            url.set_path(&text);
            url
        })
    }

    /// The URL, with a slash at its end if it has no path.
    pub(crate) fn as_url(&self) -> &Url {
        &self.0
    }
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BaseUrl").field(&self.as_str()).finish()
    }
}

impl AsRef<str> for BaseUrl {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl From<BaseUrl> for String {
    fn from(url: BaseUrl) -> Self {
        url.as_str().to_owned()
    }
}

/// The hosts other than this machine for which plain `http` is allowed.
///
/// # Examples
/// ```
/// use account_provisioning_core::base_url::PlainHttpHosts;
///
/// let hosts = PlainHttpHosts::none().allow("emulator")?.allow("10.0.0.7")?;
/// assert!(hosts.allow("http://emulator:8377").is_err());
/// # Ok::<(), account_provisioning_core::base_url::InvalidPlainHttpHost>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use = "hosts are allowed by passing this to `BaseUrl::parse`"]
pub struct PlainHttpHosts(Vec<Host>);

impl PlainHttpHosts {
    /// Allows no host. Loopback hosts are always allowed.
    pub fn none() -> Self {
        Self::default()
    }

    /// Allows one more host, on every port. Case is ignored. Subdomains are not included.
    ///
    /// # Errors
    /// [`InvalidPlainHttpHost`] when the text is not the name or address of a host alone: when it contains a scheme, a port,
    /// a path or a wildcard.
    pub fn allow(mut self, host: impl AsRef<str>) -> Result<Self, InvalidPlainHttpHost> {
        self.0.push(host_alone(host.as_ref())?);
        Ok(self)
    }

    fn allows(&self, host: &Host<&str>) -> bool {
        self.0.iter().any(|allowed| allowed == host)
    }
}

/// Reads the name or the address of a host, as a URL has it; an IPv6 address also without its brackets.
fn host_alone(text: &str) -> Result<Host, InvalidPlainHttpHost> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    if let Ok(address) = bare.unwrap_or(text).parse::<Ipv6Addr>() {
        return Ok(Host::Ipv6(address));
    }
    let problem = if text.contains("://") {
        "has a scheme"
    } else if text.contains('@') {
        "contains `@`, so it may contain credentials"
    } else if text.contains(['/', '\\', '?', '#']) {
        "has a path"
    } else if text.contains(':') {
        "has a port"
    } else if text.contains('*') {
        "has a wildcard, and each host has to be named"
    } else {
        return Host::parse(text).map_err(|_| InvalidPlainHttpHost {
            problem: "is not the name of a host",
        });
    };
    Err(InvalidPlainHttpHost { problem })
}

/// A host for which plain `http` was to be allowed is not the name or address of a host alone.
///
/// The message says what is wrong, and never contains the given text.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the host for plain http {problem}; give its name or address alone, such as `gateway.internal`")]
pub struct InvalidPlainHttpHost {
    problem: &'static str,
}

impl InvalidPlainHttpHost {
    /// The problem without the subject and the remedy, for an error message that names the setting itself.
    pub const fn problem(&self) -> &'static str {
        self.problem
    }
}

/// A base URL is invalid.
///
/// No variant contains the given text. The host in [`PlainHttp`](Self::PlainHttp) comes from a URL that was checked for
/// credentials first.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum InvalidBaseUrl {
    /// The text is not an absolute URL with a host.
    #[error("base URL is not an absolute URL: {reason}; write it as `https://host`")]
    Malformed {
        /// What the parser reported.
        reason: String,
    },
    /// The scheme is neither `https` nor `http`.
    #[error("base URL has a scheme other than https; write it as `https://host`")]
    Scheme,
    /// The URL uses plain `http` to a host that is neither this machine nor allowed by name.
    #[error(
        "base URL uses plain http to `{host}`, so anyone on the network path can read the credentials; use https, or allow this host with `allow_plain_http`"
    )]
    PlainHttp {
        /// The host.
        host: String,
    },
    /// The URL contains an `@`, so it may contain a user name and a password.
    #[error("base URL contains `@`, so it may contain credentials; remove them and set the credentials separately")]
    Credentials,
    /// The URL contains a query or a fragment, to which a path can't be appended.
    #[error("base URL contains a query or a fragment; remove the `?` or `#` and everything after it")]
    QueryOrFragment,
    /// The URL contains whitespace or a control character.
    #[error("base URL contains whitespace or a control character, such as a newline at its end; remove it")]
    Whitespace,
}

impl InvalidBaseUrl {
    /// The problem without the words `base URL`, for an error message that names the setting itself.
    pub fn problem(&self) -> String {
        self.to_string().replacen("base URL ", "", 1)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use super::{BaseUrl, InvalidBaseUrl, PlainHttpHosts};

    fn parse(text: &str) -> Result<String, InvalidBaseUrl> {
        BaseUrl::parse(text, &PlainHttpHosts::none()).map(String::from)
    }

    #[test]
    fn base_url_with_slashes_at_its_end_loses_them_and_keeps_port_path_and_case() {
        for (text, url) in [
            ("https://api.cloudinary.com", "https://api.cloudinary.com"),
            ("https://API.cloudinary.com//", "https://api.cloudinary.com"),
            (
                "https://gateway.example:8443/Cld/v1/",
                "https://gateway.example:8443/Cld/v1",
            ),
            ("https://gateway.example:443", "https://gateway.example"),
        ] {
            assert_eq!(parse(text).as_deref(), Ok(url));
        }
    }

    #[test]
    fn base_url_with_plain_http_to_loopback_is_taken() {
        for text in [
            "http://127.0.0.1:1",
            "http://127.8.8.8",
            "http://[::1]:8080",
            "http://localhost",
            "http://LOCALHOST:9",
        ] {
            assert!(parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn base_url_with_plain_http_to_elsewhere_is_refused_with_the_host_and_a_remedy() {
        for host in [
            "api.cloudinary.com",
            "localhost.evil.example",
            "evil.localhost",
            "128.0.0.1",
            "[::2]",
            "10.0.0.1",
        ] {
            let error = parse(&format!("http://{host}:8080/x")).unwrap_err();
            assert_eq!(error, InvalidBaseUrl::PlainHttp { host: host.to_owned() });
            assert!(
                error.to_string().contains(host) && error.to_string().contains("use https"),
                "{error}"
            );
        }
    }

    #[test]
    fn base_url_with_plain_http_to_an_allowed_host_is_taken_for_that_host_alone() {
        let allowed = PlainHttpHosts::none()
            .allow("Gateway.internal")
            .unwrap()
            .allow("10.0.0.7")
            .unwrap()
            .allow("[fd00::7]")
            .unwrap()
            .allow("fd00::9")
            .unwrap()
            .allow("bücher.internal")
            .unwrap();
        for text in [
            "http://gateway.internal:80/x",
            "http://10.0.0.7",
            "http://[fd00::7]:1",
            "http://[FD00:0::9]",
            "http://BÜCHER.internal",
        ] {
            assert!(BaseUrl::parse(text, &allowed).is_ok(), "{text}");
        }
        for text in ["http://a.gateway.internal", "http://10.0.0.70", "http://[fd00::8]"] {
            assert!(BaseUrl::parse(text, &allowed).is_err(), "{text}");
        }
    }

    #[test]
    fn host_for_plain_http_that_is_more_than_a_host_is_refused_without_being_shown() {
        for (text, says) in [
            ("http://canary", "has a scheme"),
            ("https://canary:80/x", "has a scheme"),
            ("canary:8080", "has a port"),
            ("10.0.0.7:80", "has a port"),
            ("[fd00::7]:80", "has a port"),
            ("canary/x", "has a path"),
            ("canary?x", "has a path"),
            ("key:canary@canary", "credentials"),
            ("*.canary", "wildcard"),
            ("", "not the name of a host"),
            ("can ary", "not the name of a host"),
            ("canary\n", "not the name of a host"),
        ] {
            let error = PlainHttpHosts::none().allow(text).unwrap_err();
            let shown = format!("{error} {error:?}");
            assert!(
                shown.contains(says) && shown.contains(error.problem()),
                "{text:?}: {shown}"
            );
            assert!(!shown.contains("canary") && !shown.contains("ary"), "{text:?}: {shown}");
        }
    }

    #[test]
    fn base_url_problem_leaves_the_subject_to_the_caller() {
        for text in [
            "",
            "ftp://a",
            "http://a.example",
            "https://a@b",
            "https://a?b",
            "https://a b",
        ] {
            let error = parse(text).unwrap_err();
            assert_eq!(error.to_string(), format!("base URL {}", error.problem()));
        }
    }

    #[test]
    fn base_url_with_credentials_is_refused_without_repeating_them() {
        for text in [
            "https://key:canary@host",
            "http://key:canary@host",
            "https://key:can/ary@host",
            "http://canary/x@host",
            "account://key:canary@id",
        ] {
            let error = parse(text).unwrap_err();
            assert_eq!(error, InvalidBaseUrl::Credentials, "{text}");
            assert!(!format!("{error} {error:?}").contains("can"), "{error}");
        }
    }

    #[test]
    fn base_url_of_another_shape_is_refused_without_repeating_it() {
        for text in [
            "",
            "canary",
            "//canary",
            "https://",
            "https://canary:port",
            "ftp://canary",
            "canary:secret",
        ] {
            let error = parse(text).unwrap_err();
            assert!(
                error.to_string().contains("write it as `https://host`"),
                "{text}: {error}"
            );
            assert!(!format!("{error} {error:?}").contains("canary"), "{error}");
        }
        assert_eq!(parse("https://host?x=canary"), Err(InvalidBaseUrl::QueryOrFragment));
        assert_eq!(parse("https://host/#canary"), Err(InvalidBaseUrl::QueryOrFragment));
        for text in ["https://ho\nst", "https://host\n", " https://host", "https://host/a b"] {
            assert_eq!(parse(text), Err(InvalidBaseUrl::Whitespace), "{text:?}");
        }
    }
}
