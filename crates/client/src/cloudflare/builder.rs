//! How a Cloudflare client is configured.

use std::ffi::OsString;
use std::fmt;

use account_provisioning_core::{Error, MakeError as _, Result, Secret};

use super::Client;
use super::credentials::SignIn;
use super::dialect::Cloudflare;
use super::variables::{self, VARIABLES};
use crate::connection::Connection;
use crate::explain::Origin;
use crate::vars::{Named, Vars};

/// The URL that paths are appended to. Source: the document's `servers`.
const BASE_URL: &str = "https://api.cloudflare.com/client/v4";

/// Configures a [`Client`]; made by [`Client::builder`].
///
/// The environment is only read when [`env`](Self::env) is called, and what is set here takes precedence: when
/// credentials are set here, the environment's are not read. [`build`](Self::build) reports the first wrong setting.
///
/// # Examples
/// ```
/// use account_provisioning::cloudflare::Client;
///
/// let client = Client::builder().api_token("token").build()?;
/// assert!(!format!("{client:?}").contains("token"));
/// # Ok::<(), account_provisioning::Error>(())
/// ```
pub type ClientBuilder = crate::ClientBuilder<Settings>;

/// What a Cloudflare client needs beside a connection.
#[derive(Default)]
pub struct Settings {
    sign_in: Vec<SignIn>,
    base_url: Option<String>,
    env: Vars,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sign_in, base_url, env } = self;
        f.debug_struct("Settings")
            .field("sign_in", sign_in)
            // It has not been checked yet, so it may contain a password.
            .field("base_url", &base_url.as_ref().map(|_| format_args!("[not checked]")))
            .field("env", env)
            .finish()
    }
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            service: Settings::default(),
            connection: Connection::new(Cloudflare),
        }
    }
}

impl ClientBuilder {
    /// Signs in with an API token, of a user or of an account. Defaults to the environment's credentials, if
    /// [`env`](Self::env) was called.
    pub fn api_token(mut self, token: impl Into<Secret>) -> Self {
        let token = Named::new("`api_token`", Origin::Code("api_token"), token.into());
        self.service.sign_in.push(SignIn::Token(token));
        self
    }

    /// Signs in with a user's e-mail address and global API key. Defaults to the environment's credentials, if
    /// [`env`](Self::env) was called.
    pub fn api_key(mut self, email: impl Into<String>, key: impl Into<Secret>) -> Self {
        let origin = Origin::Code("api_key");
        self.service.sign_in.push(SignIn::Key {
            email: Named::new("the e-mail address in `api_key`", origin, email.into()),
            key: Named::new("the key in `api_key`", origin, key.into()),
        });
        self
    }

    /// Signs in with a user service key. Defaults to the environment's credentials, if [`env`](Self::env) was called.
    pub fn user_service_key(mut self, key: impl Into<Secret>) -> Self {
        let key = Named::new("`user_service_key`", Origin::Code("user_service_key"), key.into());
        self.service.sign_in.push(SignIn::ServiceKey(key));
        self
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
    /// use account_provisioning::cloudflare::Client;
    ///
    /// let both = |name: &str| ["CLOUDFLARE_API_TOKEN", "CLOUDFLARE_API_USER_SERVICE_KEY"].contains(&name).then(|| "x".into());
    /// let problem = Client::builder().vars(both).build().unwrap_err();
    /// assert!(problem.to_string().contains("CLOUDFLARE_API_TOKEN and CLOUDFLARE_API_USER_SERVICE_KEY are set"));
    /// ```
    pub fn vars(mut self, lookup: impl Fn(&str) -> Option<OsString>) -> Self {
        self.service.env = Vars::read("vars", lookup, &VARIABLES);
        self
    }

    /// Sets the URL that the paths are appended to, for gateways and the emulator. Defaults to the environment's, if
    /// [`env`](Self::env) was called, and to `https://api.cloudflare.com/client/v4`.
    ///
    /// `http` is only accepted for this machine, or for hosts that [`allow_plain_http`](Self::allow_plain_http) allows.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.service.base_url = Some(url.into());
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    /// A [configuration error](crate::Error::is_configuration) that names the first setting or variable that is missing or
    /// wrong, and never shows a secret. More than one kind of credentials is such an error, and so is half of a pair. Only
    /// `CLOUDFLARE_EMAIL` without a key may stand beside another kind, and is not used then.
    pub fn build(mut self) -> Result<Client> {
        self.connection.check()?;
        let Settings {
            mut sign_in,
            base_url,
            env,
        } = self.service;
        let provided = self.connection.provided;
        if provided && !sign_in.is_empty() {
            return Err(Error::configuration(
                "`credentials_from` provides the credentials, and so do `api_token`, `api_key` and `user_service_key`: call one \
                 of them",
            ));
        }
        let in_code = provided || !sign_in.is_empty();
        let sign_in = match sign_in.pop() {
            _ if provided => None,
            Some(_) if !sign_in.is_empty() => {
                return Err(Error::configuration(
                    "`api_token`, `api_key` and `user_service_key` are different ways to sign in: call one of them, once",
                ));
            }
            Some(sign_in) => Some(sign_in),
            None => Some(SignIn::of_env(&env)?),
        };
        let mut own = vec![env.explain()];
        own.extend(sign_in.iter().flat_map(SignIn::explain));
        let credentials = sign_in.map(SignIn::credentials).transpose()?;
        let base_url = match base_url {
            Some(url) => Some(Named::new("`base_url`", Origin::Code("base_url"), url)),
            None => env.get(variables::BASE_URL)?,
        };
        let base_url = base_url.unwrap_or_else(|| Named::new("`base_url`", Origin::Default, BASE_URL.to_owned()));
        let (transport, mut explanation) = self.connection.connect("Cloudflare", &base_url, credentials, own)?;
        explanation.add_unused_variables(&env);
        SignIn::explain_env(&env, in_code, &mut explanation);
        Ok(Client::new(transport, explanation))
    }
}
