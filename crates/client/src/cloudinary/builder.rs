//! The builder of a Cloudinary client.

use std::ffi::OsString;

use account_provisioning_core::{Credentials, Error, IntoId, MakeError as _, Result, Secret, Transport};

use super::account_url::AccountUrl;
use super::dialect::Cloudinary;
use super::identity::Identity;
use super::place::Place;
use super::variables::VARIABLES;
use super::{AccountId, Client, Public, Region};
use crate::connection::Connection;
use crate::explain::{Explanation, Origin, Setting};
use crate::vars::{Named, Vars};

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
    places: Vec<Place>,
    env: Vars,
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
        let url = AccountUrl::parse("`account_url`", &url.into());
        self.take(url, |service, url| service.set.account_url = Some(url))
    }

    /// Reads what isn't set here from the process's environment; see [`Client::from_env`]. Defaults to not reading it.
    pub fn env(mut self) -> Self {
        self.service.env = Vars::of_process(&VARIABLES);
        self
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
    pub fn vars(mut self, lookup: impl Fn(&str) -> Option<OsString>) -> Self {
        self.service.env = Vars::read("vars", lookup, &VARIABLES);
        self
    }

    /// Sets the region. Defaults to the environment's, if [`env`](Self::env) was called, and to [`Region::Global`].
    pub fn region(mut self, region: Region) -> Self {
        self.service.places.push(Place::Region(region));
        self
    }

    /// Sets a host of the account's own, without scheme and path. Defaults to the [region](Self::region)'s host.
    pub fn host(self, host: impl AsRef<str>) -> Self {
        // After `https://`, the scheme in `https://host` would be read as the host.
        let url = match host.as_ref() {
            host if host.contains(['/', '\\']) => Err(Error::configuration(
                "`host`: it contains a scheme or a path; give the host alone, such as `api.example.com`, or use `base_url`",
            )),
            host => Ok(format!("https://{host}")),
        };
        self.take(url, |service, url| {
            let url = Named::new("`host`", Origin::Code("host"), url);
            service.places.push(Place::Url(url));
        })
    }

    /// Sets the URL that paths are appended to, for gateways and the emulator. Defaults to the environment's, if
    /// [`env`](Self::env) was called, and to the [region](Self::region)'s.
    ///
    /// `http` is only allowed for this machine, and for hosts named with [`allow_plain_http`](Self::allow_plain_http).
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        let url = Named::new("`base_url`", Origin::Code("base_url"), url.into());
        self.service.places.push(Place::Url(url));
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    /// A [configuration error](crate::Error::is_configuration) that names the first setting or variable that is missing or
    /// wrong, and never shows a secret.
    pub fn build(mut self) -> Result<Client> {
        self.connection.check()?;
        let (set, env) = (std::mem::take(&mut self.service.set), &self.service.env);
        let mut own = vec![env.explain()];
        let has_url = set.account_url.is_some();
        let (account_id, credentials) = if self.connection.provided {
            (set.account(env)?, None)
        } else {
            let (account_id, credentials, explained) = set.or(env)?;
            own.extend(explained);
            (account_id, Some(credentials))
        };
        own.insert(
            1,
            Setting::new("account_id", account_id.value.as_str().to_owned(), account_id.origin),
        );
        if has_url
            && own
                .iter()
                .all(|setting| setting.origin() != Origin::Code("account_url"))
        {
            self.connection
                .explained
                .unused("account_url", "each of its parts is set on its own");
        }
        let (transport, explanation) = self.connect(credentials, own)?;
        Ok(Client::new(transport, account_id.value, explanation))
    }

    /// Makes a client of the public operations alone. They need neither account nor credentials, so these settings are
    /// not used. Nothing is sent.
    ///
    /// # Errors
    /// A [configuration error](crate::Error::is_configuration) that names the first setting that is wrong.
    pub fn build_public(mut self) -> Result<Public> {
        self.connection.check()?;
        let (transport, _) = self.connect(Some(Credentials::none()), Vec::new())?;
        Ok(Public::new(transport))
    }

    fn connect(self, credentials: Option<Credentials>, own: Vec<Setting>) -> Result<(Transport, Explanation)> {
        let Settings { places, env, .. } = &self.service;
        let base_url = Place::base_url(places, env)?;
        let connected = self.connection.connect("Cloudinary", &base_url, credentials, own)?;
        let (transport, mut explanation) = connected;
        explanation.add_unused_variables(env);
        if !places.is_empty()
            && let Err(problem) = Place::base_url(&[], env)
        {
            explanation.add_conflict(&problem);
        }
        Ok((transport, explanation))
    }
}
