//! The ways to sign in, and the environment variables for them.

use std::fmt;

use account_provisioning_core::{Credentials, Error, MakeError as _, Result, Secret};
use http::HeaderName;

use super::variables::{EMAIL, KEY, SERVICE_KEY, TOKEN};
use crate::explain::{Explanation, Setting};
use crate::vars::{self, Named, Vars};

const KEY_HEADER: HeaderName = HeaderName::from_static("x-auth-key");
const EMAIL_HEADER: HeaderName = HeaderName::from_static("x-auth-email");
const SERVICE_KEY_HEADER: HeaderName = HeaderName::from_static("x-auth-user-service-key");

/// One complete way to sign in. Source: the document's security schemes.
pub(super) enum SignIn {
    Token(Named<Secret>),
    Key { email: Named<String>, key: Named<Secret> },
    ServiceKey(Named<Secret>),
}

impl SignIn {
    /// Reads the one way to sign in that the environment contains.
    ///
    /// # Errors
    /// An error that names the variables when they belong to no way, to more than one, or are half of a pair.
    pub(super) fn of_env(env: &Vars) -> Result<Self> {
        let set = |variables: &[vars::Variable]| -> Vec<&str> {
            let set = variables.iter().filter(|variable| env.is_set(**variable));
            set.map(|variable| variable.name).collect()
        };
        // Programs set the e-mail address for other reasons too: without the key, it is no way to sign in.
        let pair = if env.is_set(KEY) {
            set(&[KEY, EMAIL])
        } else {
            Vec::new()
        };
        let ways = [set(&[TOKEN]), pair, set(&[SERVICE_KEY])];
        if ways.iter().filter(|way| !way.is_empty()).count() > 1 {
            let [token, key, email, service_key] = [TOKEN, KEY, EMAIL, SERVICE_KEY].map(|variable| variable.name);
            let message = format!(
                "{} are set, which are different ways to sign in: unset all but one of them ({token}; {key} with {email}; \
                 {service_key})",
                ways.concat().join(" and "),
            );
            return Err(Error::configuration(message));
        }
        if let Some(token) = env.get(TOKEN)? {
            return Ok(Self::Token(token.map(Secret::from)));
        }
        if let Some(key) = env.get(SERVICE_KEY)? {
            return Ok(Self::ServiceKey(key.map(Secret::from)));
        }
        match (env.get(KEY)?, env.get(EMAIL)?) {
            (Some(key), Some(email)) => Ok(Self::Key {
                email,
                key: key.map(Secret::from),
            }),
            (Some(_), None) => Err(vars::half(env, KEY, EMAIL)),
            (None, Some(_)) => Err(no_way_to_sign_in(
                env,
                &format!("; {} is set, but is of no use without {}", EMAIL.name, KEY.name),
            )),
            (None, None) => Err(no_way_to_sign_in(env, "")),
        }
    }

    /// What an explanation says of it.
    pub(super) fn explain(&self) -> Vec<Setting> {
        match self {
            Self::Token(token) => vec![token.explain_secret("api_token")],
            Self::Key { email, key } => vec![key.explain_secret("api_key"), email.explain_secret("email")],
            Self::ServiceKey(key) => vec![key.explain_secret("user_service_key")],
        }
    }

    /// Explains variables for signing in that are not used, since another way was chosen (`in_code`, or another variable).
    pub(super) fn explain_env(env: &Vars, in_code: bool, explanation: &mut Explanation) {
        if env.is_set(EMAIL) && !env.is_set(KEY) {
            let reason = format!("an e-mail address without {} is no way to sign in", KEY.name);
            explanation.set_reason(EMAIL.name, reason);
        }
        let is_any_set = [TOKEN, KEY, SERVICE_KEY].iter().any(|variable| env.is_set(*variable));
        if in_code
            && is_any_set
            && let Err(problem) = Self::of_env(env)
        {
            explanation.add_conflict(&problem);
        }
    }

    /// Returns the headers that are sent.
    pub(super) fn credentials(self) -> Result<Credentials> {
        match self {
            Self::Token(Named { name, value, .. }) => {
                Credentials::bearer(value).map_err(|problem| vars::unusable(name, &problem))
            }
            Self::Key { email, key } => {
                let headers = vec![(EMAIL_HEADER, email.value.into()), (KEY_HEADER, key.value)];
                Credentials::headers(headers).map_err(|problem| {
                    let is_email = problem.field().contains(EMAIL_HEADER.as_str());
                    vars::unusable(if is_email { email.name } else { key.name }, &problem)
                })
            }
            Self::ServiceKey(Named { name, value, .. }) => {
                let headers = vec![(SERVICE_KEY_HEADER, value)];
                Credentials::headers(headers).map_err(|problem| vars::unusable(name, &problem))
            }
        }
    }
}

fn no_way_to_sign_in(env: &Vars, remark: &str) -> Error {
    let [token, key, email, service_key] = [TOKEN, KEY, EMAIL, SERVICE_KEY].map(|variable| variable.name);
    let message = format!(
        "no way to sign in: call `api_token`, `api_key` or `user_service_key`, or read the environment with {token}, \
         with {key} and {email}, or with {service_key} set{remark}"
    );
    env.missing(message, &[TOKEN, KEY, EMAIL, SERVICE_KEY])
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
