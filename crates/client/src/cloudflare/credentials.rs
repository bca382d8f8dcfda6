//! The ways to sign in, and the environment variables for them.

use std::fmt;

use account_provisioning_core::{Credentials, Error, MakeError as _, Result, Secret};
use http::HeaderName;

use crate::vars;

pub(super) const TOKEN_VAR: &str = "CLOUDFLARE_API_TOKEN";
pub(super) const KEY_VAR: &str = "CLOUDFLARE_API_KEY";
pub(super) const EMAIL_VAR: &str = "CLOUDFLARE_EMAIL";
pub(super) const SERVICE_KEY_VAR: &str = "CLOUDFLARE_API_USER_SERVICE_KEY";

const KEY_HEADER: HeaderName = HeaderName::from_static("x-auth-key");
const EMAIL_HEADER: HeaderName = HeaderName::from_static("x-auth-email");
const SERVICE_KEY_HEADER: HeaderName = HeaderName::from_static("x-auth-user-service-key");

/// One complete way to sign in. Source: the document's security schemes.
#[derive(Clone)]
pub(super) enum SignIn {
    Token(Secret),
    Key { email: String, key: Secret },
    ServiceKey(Secret),
}

impl SignIn {
    /// Reads the one way to sign in that the environment contains; `None` when it contains none.
    ///
    /// # Errors
    /// An error that names the variables when they belong to more than one way, or are half of a pair.
    pub(super) fn of_vars(lookup: vars::Lookup<'_>) -> Result<Option<Self>> {
        let token = vars::read(lookup, TOKEN_VAR)?;
        let key = vars::read(lookup, KEY_VAR)?;
        let email = vars::read(lookup, EMAIL_VAR)?;
        let service_key = vars::read(lookup, SERVICE_KEY_VAR)?;
        let pair = match (&key, &email) {
            (Some(_), Some(_)) => vec![KEY_VAR, EMAIL_VAR],
            (Some(_), None) => vec![KEY_VAR],
            (None, Some(_)) => vec![EMAIL_VAR],
            (None, None) => vec![],
        };
        let ways = [
            token.iter().map(|_| TOKEN_VAR).collect(),
            pair,
            service_key.iter().map(|_| SERVICE_KEY_VAR).collect::<Vec<_>>(),
        ];
        if ways.iter().filter(|way| !way.is_empty()).count() > 1 {
            let message = format!(
                "{} are set, which are different ways to sign in: unset all but one of them ({TOKEN_VAR}; {KEY_VAR} with \
                 {EMAIL_VAR}; {SERVICE_KEY_VAR})",
                ways.concat().join(" and "),
            );
            return Err(Error::configuration(message));
        }
        match (token, key, email, service_key) {
            (Some(token), ..) => Ok(Some(Self::Token(token.into()))),
            (_, Some(key), Some(email), _) => Ok(Some(Self::Key { email, key: key.into() })),
            (_, Some(_), None, _) => Err(half(KEY_VAR, EMAIL_VAR)),
            (_, None, Some(_), _) => Err(half(EMAIL_VAR, KEY_VAR)),
            (.., Some(key)) => Ok(Some(Self::ServiceKey(key.into()))),
            (None, None, None, None) => Ok(None),
        }
    }

    /// Returns the headers that are sent.
    pub(super) fn credentials(self) -> Result<Credentials> {
        let (what, made) = match self {
            Self::Token(token) => ("API token", Credentials::bearer(token)),
            Self::Key { email, key } => (
                "API key and e-mail address",
                Credentials::headers(vec![(EMAIL_HEADER, email.into()), (KEY_HEADER, key)]),
            ),
            Self::ServiceKey(key) => (
                "user service key",
                Credentials::headers(vec![(SERVICE_KEY_HEADER, key)]),
            ),
        };
        made.map_err(|problem| Error::configuration(format!("the {what} can't be sent: {problem}")))
    }
}

fn half(there: &str, absent: &str) -> Error {
    Error::configuration(format!("{there} is set, but {absent} is not: set both, or neither"))
}

impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Token(_) => "Token([redacted])",
            Self::Key { .. } => "Key([redacted])",
            Self::ServiceKey(_) => "ServiceKey([redacted])",
        })
    }
}
