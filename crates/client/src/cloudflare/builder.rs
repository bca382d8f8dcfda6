//! How a Cloudflare client is configured.

use std::ffi::OsString;
use std::fmt;

use account_provisioning_core::{BaseUrl, Error, MakeError as _, Result, Secret};

use super::Client;
use super::credentials::{EMAIL_VAR, KEY_VAR, SERVICE_KEY_VAR, SignIn, TOKEN_VAR};
use super::dialect::Cloudflare;
use crate::connection::Connection;
use crate::vars;

const BASE_URL_VAR: &str = "CLOUDFLARE_BASE_URL";

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
    env: Option<Variables>,
}

/// What the environment contains. A problem with a variable only matters when the variable is needed.
struct Variables {
    sign_in: Result<Option<SignIn>>,
    base_url: Result<Option<String>>,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sign_in, base_url, env } = self;
        f.debug_struct("Settings")
            .field("sign_in", sign_in)
            // It has not been checked yet, so it may contain a password.
            .field("base_url", &base_url.as_ref().map(|_| format_args!("[not checked]")))
            .field("env", &env.as_ref().map(|env| &env.sign_in))
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
        self.service.sign_in.push(SignIn::Token(token.into()));
        self
    }

    /// Signs in with a user's e-mail address and global API key. Defaults to the environment's credentials, if
    /// [`env`](Self::env) was called.
    pub fn api_key(mut self, email: impl Into<String>, key: impl Into<Secret>) -> Self {
        let (email, key) = (email.into(), key.into());
        self.service.sign_in.push(SignIn::Key { email, key });
        self
    }

    /// Signs in with a user service key. Defaults to the environment's credentials, if [`env`](Self::env) was called.
    pub fn user_service_key(mut self, key: impl Into<Secret>) -> Self {
        self.service.sign_in.push(SignIn::ServiceKey(key.into()));
        self
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
    /// use account_provisioning::cloudflare::Client;
    ///
    /// let both = |name: &str| ["CLOUDFLARE_API_TOKEN", "CLOUDFLARE_API_USER_SERVICE_KEY"].contains(&name).then(|| "x".into());
    /// let problem = Client::builder().vars(both).build().unwrap_err();
    /// assert!(problem.to_string().contains("CLOUDFLARE_API_TOKEN and CLOUDFLARE_API_USER_SERVICE_KEY are set"));
    /// ```
    pub fn vars(mut self, lookup: impl Fn(&str) -> Option<OsString>) -> Self {
        self.service.env = Some(Variables {
            sign_in: SignIn::of_vars(&lookup),
            base_url: vars::read(&lookup, BASE_URL_VAR),
        });
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
    /// wrong, and never shows a secret. More than one kind of credentials is such an error, and so is half of a pair.
    pub fn build(mut self) -> Result<Client> {
        self.connection.check()?;
        let Settings {
            mut sign_in,
            base_url,
            env,
        } = self.service;
        let (sign_in_of_env, url_of_env) = match env {
            Some(Variables { sign_in, base_url }) => (sign_in, base_url),
            None => (Ok(None), Ok(None)),
        };
        let sign_in = match sign_in.pop() {
            Some(_) if !sign_in.is_empty() => {
                return Err(Error::configuration(
                    "`api_token`, `api_key` and `user_service_key` are different ways to sign in: call one of them, once",
                ));
            }
            Some(sign_in) => sign_in,
            None => sign_in_of_env?.ok_or_else(no_way_to_sign_in)?,
        };
        let url = match base_url {
            Some(url) => url,
            None => match url_of_env? {
                Some(url) => {
                    let checked = BaseUrl::parse(&url, &self.connection.plain_http);
                    checked.map_err(|problem| Error::configuration(format!("{BASE_URL_VAR}: {problem}")))?;
                    url
                }
                None => BASE_URL.to_owned(),
            },
        };
        self.connection.connect(&url, sign_in.credentials()?).map(Client::new)
    }
}

fn no_way_to_sign_in() -> Error {
    Error::configuration(format!(
        "no way to sign in: call `api_token`, `api_key` or `user_service_key`, or read the environment with {TOKEN_VAR}, \
         with {KEY_VAR} and {EMAIL_VAR}, or with {SERVICE_KEY_VAR} set"
    ))
}
