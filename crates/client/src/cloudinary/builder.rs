//! The builder of a Cloudinary client.

use std::ffi::OsString;
use std::fmt;

use account_provisioning_core::{Credentials, IntoId, MakeError as _, Result, Secret, Transport};

use super::account_url::AccountUrl;
use super::dialect::Cloudinary;
use super::{AccountId, Client, Public, Region};
use crate::connection::Connection;
use crate::{Error, vars};

const URL_VAR: &str = "CLOUDINARY_ACCOUNT_URL";
const KEY_VAR: &str = "CLOUDINARY_PROVISIONING_API_KEY";
const SECRET_VAR: &str = "CLOUDINARY_PROVISIONING_API_SECRET";
const ACCOUNT_VAR: &str = "CLOUDINARY_ACCOUNT_ID";

/// Builds a [`Client`]; made by [`Client::builder`].
///
/// Settings made here take precedence over the environment, which is only read when `env` is called. The single
/// variables take precedence over `CLOUDINARY_ACCOUNT_URL`. `build` reports the first wrong setting.
///
/// # Examples
/// ```
/// use account_provisioning::cloudinary::{Client, Region};
///
/// let client = Client::builder()
///     .account_id("my-account")
///     .api_key("key")
///     .api_secret("secret")
///     .region(Region::Europe)
///     .build()?;
/// assert_eq!(client.account_id().as_str(), "my-account");
/// # Ok::<(), account_provisioning::Error>(())
/// ```
pub type ClientBuilder = crate::ClientBuilder<Settings>;

/// The settings of a Cloudinary client, besides those of the connection.
#[derive(Debug, Default)]
pub struct Settings {
    set: Identity,
    env: Identity,
    host: Vec<Host>,
}

/// The account and its credentials, from one source.
#[derive(Debug, Default)]
struct Identity {
    account_id: Option<AccountId>,
    api_key: Option<String>,
    api_secret: Option<Secret>,
    url: Option<AccountUrl>,
}

enum Host {
    Region(Region),
    Url(String),
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Region(region) => f.debug_tuple("Region").field(region).finish(),
            // It has not been checked yet, so it may contain a password.
            Self::Url(_) => f.write_str("Url([not checked])"),
        }
    }
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            service: Settings::default(),
            connection: Connection::new(Cloudinary),
        }
    }
}

impl ClientBuilder {
    /// Sets the account. Defaults to the account URL's, or the environment's if [`env`](Self::env) was called.
    pub fn account_id(self, id: impl IntoId<AccountId>) -> Self {
        self.take(id.into_id(), |service, id| service.set.account_id = Some(id))
    }

    /// Sets the account API key. Defaults to the account URL's, or the environment's if [`env`](Self::env) was called.
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.service.set.api_key = Some(key.into());
        self
    }

    /// Sets the account API secret. Defaults to the account URL's, or the environment's if [`env`](Self::env) was called.
    pub fn api_secret(mut self, secret: impl Into<Secret>) -> Self {
        self.service.set.api_secret = Some(secret.into());
        self
    }

    /// Sets account, key and secret with the vendor's URL, `account://key:secret@account_id`. Defaults to none.
    pub fn account_url(self, url: impl Into<Secret>) -> Self {
        let url = AccountUrl::parse("account URL", &url.into());
        self.take(url, |service, url| service.set.url = Some(url))
    }

    /// Reads what isn't set here from the process's environment; see [`Client::from_env`]. Defaults to not reading it.
    pub fn env(self) -> Self {
        self.vars(|name| std::env::var_os(name))
    }

    /// Reads what isn't set here from variables that `lookup` returns, instead of the process's environment. Defaults to
    /// none.
    ///
    /// # Examples
    /// ```
    /// use account_provisioning::cloudinary::Client;
    ///
    /// let problem = Client::builder().vars(|_| None).build().unwrap_err();
    /// assert!(problem.to_string().contains("CLOUDINARY_ACCOUNT_URL"));
    /// ```
    pub fn vars(self, lookup: impl Fn(&str) -> Option<OsString>) -> Self {
        let read = Identity::of_vars(&lookup);
        self.take(read, |service, env| service.env = env)
    }

    /// Sets the region. Defaults to [`Region::Global`].
    pub fn region(mut self, region: Region) -> Self {
        self.service.host.push(Host::Region(region));
        self
    }

    /// Sets a host of the account's own, without scheme and path. Defaults to the region's host.
    pub fn host(self, host: impl AsRef<str>) -> Self {
        // After `https://`, the scheme in `https://host` would be read as the host.
        let url = match host.as_ref() {
            host if host.contains(['/', '\\']) => Err(Error::configuration(
                "`host`: it contains a scheme or a path; give the host alone, such as `api.example.com`, or use `base_url`",
            )),
            host => Ok(format!("https://{host}")),
        };
        self.take(url, |service, url| service.host.push(Host::Url(url)))
    }

    /// Sets the URL that paths are appended to, for gateways and the emulator. Defaults to the region's.
    ///
    /// `http` is only allowed for this machine, and for hosts named with [`allow_plain_http`](Self::allow_plain_http).
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.service.host.push(Host::Url(url.into()));
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    /// A [configuration error](crate::Error::is_configuration) that names the first setting or variable that is missing or
    /// wrong, and never shows a secret.
    pub fn build(mut self) -> Result<Client> {
        self.connection.check()?;
        let Settings { set, env, .. } = &mut self.service;
        let (account_id, credentials) = std::mem::take(set).or(std::mem::take(env))?;
        Ok(Client::new(self.connect(credentials)?, account_id))
    }

    /// Makes a client of the public operations alone. They need neither account nor credentials, so these settings are
    /// not used. Nothing is sent.
    ///
    /// # Errors
    /// A [configuration error](crate::Error::is_configuration) that names the first setting that is wrong.
    pub fn build_public(mut self) -> Result<Public> {
        self.connection.check()?;
        self.connect(Credentials::none()).map(Public::new)
    }

    fn connect(self, credentials: Credentials) -> Result<Transport> {
        let url = match &*self.service.host {
            [] => Region::default().base_url(),
            [Host::Region(region)] => region.base_url(),
            [Host::Url(url)] => url.clone(),
            _ => {
                return Err(Error::configuration(
                    "`region`, `host` and `base_url` choose the same thing: set one of them",
                ));
            }
        };
        self.connection.connect(&url, credentials)
    }
}

impl Identity {
    fn of_vars(lookup: vars::Lookup<'_>) -> Result<Self> {
        let api_key = vars::read(lookup, KEY_VAR)?;
        let api_secret = vars::read(lookup, SECRET_VAR)?.map(Secret::from);
        let account_id = vars::read(lookup, ACCOUNT_VAR)?
            .map(AccountId::new)
            .transpose()
            .map_err(|problem| Error::configuration(format!("{ACCOUNT_VAR} {}", problem.problem())))?;
        let url = vars::read(lookup, URL_VAR)?
            .map(|url| AccountUrl::parse(URL_VAR, &Secret::from(url)))
            .transpose()?;
        Ok(Self {
            account_id,
            api_key,
            api_secret,
            url,
        })
    }

    /// Joins the settings with the environment's.
    ///
    /// A key and its secret come from one source, unless each source has one of them.
    fn or(self, env: Self) -> Result<(AccountId, Credentials)> {
        let set = self.with_url();
        if env.api_key.is_some() != env.api_secret.is_some() {
            let (there, absent, given) = match env.api_key {
                Some(_) => (KEY_VAR, SECRET_VAR, set.api_secret.is_some()),
                None => (SECRET_VAR, KEY_VAR, set.api_key.is_some()),
            };
            if !given {
                let message = format!("{there} is set, but {absent} is not: set both, or neither");
                return Err(Error::configuration(message));
            }
        }
        let env = env.with_url();
        if set.api_secret.is_none() && set.api_key.is_some() && env.api_key.is_some() && set.api_key != env.api_key {
            return Err(Error::configuration(
                "`api_key` is set, but `api_secret` is not, and the environment's secret belongs to another key: set both",
            ));
        }
        let account_id = set
            .account_id
            .or(env.account_id)
            .ok_or_else(|| missing("account id", "account_id", ACCOUNT_VAR))?;
        let api_key = set
            .api_key
            .or(env.api_key)
            .ok_or_else(|| missing("API key", "api_key", KEY_VAR))?;
        let api_secret = set
            .api_secret
            .or(env.api_secret)
            .ok_or_else(|| missing("API secret", "api_secret", SECRET_VAR))?;
        let credentials = Credentials::basic(api_key, api_secret)
            .map_err(|problem| Error::configuration(format!("the API key and secret can't be sent: {problem}")))?;
        Ok((account_id, credentials))
    }

    /// Fills what is not set from the URL: the account, and the pair of key and secret as a whole.
    fn with_url(mut self) -> Self {
        let Some(url) = self.url.take() else { return self };
        self.account_id.get_or_insert(url.account_id);
        if self.api_key.as_ref().is_none_or(|key| *key == url.api_key) && self.api_secret.is_none() {
            self.api_key = Some(url.api_key);
            self.api_secret = Some(url.api_secret);
        } else if self.api_key.is_none() {
            self.api_key = Some(url.api_key);
        }
        self
    }
}

fn missing(what: &str, setter: &str, variable: &str) -> Error {
    Error::configuration(format!(
        "no {what}: call `{setter}`, or read the environment with {variable} or {URL_VAR} set"
    ))
}
