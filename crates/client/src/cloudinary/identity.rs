//! Where the account and the credentials of a client come from.

use account_provisioning_core::{Credentials, Error, MakeError as _, Result, Secret};

use super::AccountId;
use super::account_url::AccountUrl;
use super::variables::{ACCOUNT, KEY, SECRET, URL};
use crate::explain::{Origin, Setting};
use crate::vars::{self, Named, Vars};

/// The account and its credentials, as far as they are set in code.
#[derive(Debug, Default)]
pub(super) struct Identity {
    pub(super) account_id: Option<AccountId>,
    pub(super) api_key: Option<String>,
    pub(super) api_secret: Option<Secret>,
    pub(super) account_url: Option<AccountUrl>,
}

impl Identity {
    /// The account of a client whose credentials come from a provider.
    pub(super) fn account(self, env: &Vars) -> Result<Named<AccountId>> {
        if self.api_key.is_some() || self.api_secret.is_some() || self.account_url.is_some() {
            return Err(Error::configuration(
                "`credentials_from` provides the credentials, and so do `api_key`, `api_secret` and `account_url`: set the \
                 account alone with `account_id`",
            ));
        }
        if let Some(account_id) = self.account_id {
            return Ok(Named::new("`account_id`", Origin::Code("account_id"), account_id));
        }
        if let Some(id) = account_of(env)? {
            return Ok(id);
        }
        match env.get(URL)? {
            Some(url) => {
                let url = AccountUrl::parse(URL.name, &Secret::from(url.value))?;
                Ok(Named::new(URL.name, Origin::PartOf(URL.name), url.account_id))
            }
            None => {
                let message = format!(
                    "no account id: call `account_id`, or read the environment with {} or {} set",
                    ACCOUNT.name, URL.name
                );
                Err(env.missing(message, &[ACCOUNT, URL]))
            }
        }
    }

    /// Takes what is not set from the environment: from the single variables, and what is missing then from the URL.
    ///
    /// A key and its secret come from one source, unless each source has one of them. A variable whose value is not needed
    /// is not looked at. The settings explain the credentials.
    pub(super) fn or(self, env: &Vars) -> Result<(Named<AccountId>, Credentials, [Setting; 2])> {
        let mut parts = Parts {
            account_id: self
                .account_id
                .map(|id| Named::new("`account_id`", Origin::Code("account_id"), id)),
            api_key: self
                .api_key
                .map(|key| Named::new("`api_key`", Origin::Code("api_key"), key)),
            api_secret: self
                .api_secret
                .map(|secret| Named::new("`api_secret`", Origin::Code("api_secret"), secret)),
            foreign: None,
        };
        if let Some(url) = self.account_url {
            let names = [
                "`account_url`",
                "the API key in `account_url`",
                "the API secret in `account_url`",
            ];
            parts.fill_from_url(url, Origin::Code("account_url"), names);
        }
        parts.fill_from_single_variables(env)?;
        if !parts.are_complete()
            && let Some(url) = env.get(URL)?
        {
            let names = [
                URL.name,
                "the API key in CLOUDINARY_ACCOUNT_URL",
                "the API secret in CLOUDINARY_ACCOUNT_URL",
            ];
            let url = AccountUrl::parse(URL.name, &Secret::from(url.value))?;
            parts.fill_from_url(url, Origin::PartOf(URL.name), names);
        }
        parts.finish(env)
    }
}

struct Parts {
    account_id: Option<Named<AccountId>>,
    api_key: Option<Named<String>>,
    api_secret: Option<Named<Secret>>,
    /// Where there is a secret that belongs to another key.
    foreign: Option<&'static str>,
}

impl Parts {
    const fn are_complete(&self) -> bool {
        self.account_id.is_some() && self.api_key.is_some() && self.api_secret.is_some()
    }

    fn fill_from_url(&mut self, url: AccountUrl, origin: Origin, [name, key_name, secret_name]: [&'static str; 3]) {
        self.account_id.get_or_insert(Named::new(name, origin, url.account_id));
        match (&self.api_key, &self.api_secret) {
            (Some(key), None) if key.value != url.api_key => self.foreign = Some(name),
            (_, None) => self.api_secret = Some(Named::new(secret_name, origin, url.api_secret)),
            (_, Some(_)) => {}
        }
        self.api_key.get_or_insert(Named::new(key_name, origin, url.api_key));
    }

    fn fill_from_single_variables(&mut self, env: &Vars) -> Result<()> {
        if self.account_id.is_none() {
            self.account_id = account_of(env)?;
        }
        match (&self.api_key, &self.api_secret) {
            (Some(_), Some(_)) => {}
            (None, Some(_)) => self.api_key = env.get(KEY)?,
            (Some(key), None) => {
                if env.is_set(SECRET) && env.get(KEY)?.is_some_and(|of_env| of_env.value != key.value) {
                    self.foreign = Some(SECRET.name);
                } else {
                    self.api_secret = env.get(SECRET)?.map(|secret| secret.map(Secret::from));
                }
            }
            (None, None) => {
                match (env.is_set(KEY), env.is_set(SECRET)) {
                    (true, false) => return Err(vars::half(env, KEY, SECRET)),
                    (false, true) => return Err(vars::half(env, SECRET, KEY)),
                    _ => {}
                }
                self.api_key = env.get(KEY)?;
                self.api_secret = env.get(SECRET)?.map(|secret| secret.map(Secret::from));
            }
        }
        Ok(())
    }

    fn finish(self, env: &Vars) -> Result<(Named<AccountId>, Credentials, [Setting; 2])> {
        if let (None, Some(foreign)) = (&self.api_secret, self.foreign) {
            let message = format!(
                "`api_key` is set, but `api_secret` is not, and the secret in {foreign} belongs to another key: set both"
            );
            return Err(Error::configuration(message));
        }
        let all = [
            ("account id", "`account_id`", ACCOUNT, self.account_id.is_none()),
            ("API key", "`api_key`", KEY, self.api_key.is_none()),
            ("API secret", "`api_secret`", SECRET, self.api_secret.is_none()),
        ];
        let (Some(account_id), Some(api_key), Some(api_secret)) = (self.account_id, self.api_key, self.api_secret)
        else {
            let missing = || all.iter().filter(|(.., is_missing)| *is_missing);
            let whats: Vec<String> = missing().map(|(what, ..)| format!("no {what}")).collect();
            let setters: Vec<&str> = missing().map(|(_, setter, ..)| *setter).collect();
            let names: Vec<&str> = missing().map(|(_, _, variable, _)| variable.name).collect();
            let message = format!(
                "{}: call `account_url`, or {}; or read the environment with {}, or with {} set",
                listed(&whats),
                listed(&setters),
                URL.name,
                listed(&names)
            );
            let needed: Vec<_> = missing().map(|(_, _, variable, _)| *variable).chain([URL]).collect();
            return Err(env.missing(message, &needed));
        };
        let explained = [
            api_key.explain_secret("api_key"),
            api_secret.explain_secret("api_secret"),
        ];
        let (key_name, secret_name) = (api_key.name, api_secret.name);
        let credentials = Credentials::basic(api_key.value, api_secret.value).map_err(|problem| {
            let is_key = problem.field() == "username";
            vars::unusable(if is_key { key_name } else { secret_name }, &problem)
        })?;
        Ok((account_id, credentials, explained))
    }
}

/// The account in its own variable.
fn account_of(env: &Vars) -> Result<Option<Named<AccountId>>> {
    let Some(Named { name, origin, value }) = env.get(ACCOUNT)? else {
        return Ok(None);
    };
    match AccountId::new(value) {
        Ok(id) => Ok(Some(Named::new(name, origin, id))),
        Err(problem) => Err(Error::configuration(format!("{name} {}", problem.problem()))),
    }
}

/// `a`, `a and b`, or `a, b and c`.
fn listed<T: AsRef<str>>(items: &[T]) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match items.split_last() {
        Some((last, first)) if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => items.concat(),
    }
}
