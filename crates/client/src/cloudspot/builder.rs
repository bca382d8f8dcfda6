//! How a Cloudspot License client is made.

use std::ffi::OsString;
use std::fmt;

use account_provisioning_api::cloudspot as low;
use account_provisioning_core::{Credentials, Result, Secret};

use super::Client;
use super::client::MODULE;
use super::dialect::Cloudspot;
use crate::connection::{Connected, Connection, connection_settings};
use crate::{Error, vars};

const APP_ID_VAR: &str = "CLOUDSPOT_APP_ID";
const TOKEN_VAR: &str = "CLOUDSPOT_TOKEN";
const BASE_URL_VAR: &str = "CLOUDSPOT_BASE_URL";

/// Where the paths are appended. Source: the document's `servers`.
const BASE_URL: &str = "https://license.cloudspot.be/api/v1";

/// Describes a [`Client`]; made by [`Client::builder`].
///
/// What is set here wins over the environment, which is only read when [`env`](Self::env) asks for it. The first wrong
/// setting is reported by [`build`](Self::build).
///
/// # Examples
/// ```
/// use account_provisioning::cloudspot::Client;
///
/// let client = Client::builder("app-id").build()?;
/// assert_eq!(client.app_id(), "app-id");
/// # Ok::<(), account_provisioning::Error>(())
/// ```
#[must_use = "a builder does nothing until `build`"]
pub struct ClientBuilder {
    app_id: Option<String>,
    token: Option<Secret>,
    base_url: Option<String>,
    env: Variables,
    connection: Connection,
}
connection_settings!(ClientBuilder);

/// What the environment says. What is wrong with a variable matters only where it is needed.
struct Variables {
    app_id: Result<Option<String>>,
    token: Result<Option<Secret>>,
    base_url: Result<Option<String>>,
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            app_id: None,
            token: None,
            base_url: None,
            env: Variables {
                app_id: Ok(None),
                token: Ok(None),
                base_url: Ok(None),
            },
            connection: Connection::new(Cloudspot),
        }
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            app_id,
            token,
            base_url,
            env: _,
            connection,
        } = self;
        f.debug_struct("ClientBuilder")
            // Neither has been checked yet, so it may hold a secret.
            .field("app_id", &app_id.as_ref().map(|_| format_args!("[not checked]")))
            .field("token", token)
            .field("base_url", &base_url.as_ref().map(|_| format_args!("[not checked]")))
            .field("connection", connection)
            .finish_non_exhaustive()
    }
}

impl ClientBuilder {
    pub(super) fn app_id(mut self, app_id: impl Into<String>) -> Self {
        self.app_id = Some(app_id.into());
        self
    }

    /// Sets a token that was kept, for [`Client::kept_session`]. Defaults to the environment's, if [`env`](Self::env) was
    /// called.
    pub fn token(mut self, token: impl Into<Secret>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// Takes what isn't set here from the process's environment; see [`Client::from_env`]. Defaults to not reading it.
    pub fn env(self) -> Self {
        self.vars(|name| std::env::var_os(name))
    }

    /// Takes what isn't set here from variables that `lookup` finds, instead of the process's environment. Defaults to
    /// none.
    ///
    /// # Examples
    /// ```
    /// use account_provisioning::cloudspot::Client;
    ///
    /// let vars = |name: &str| (name == "CLOUDSPOT_TOKEN").then(|| "kept".into());
    /// let client = Client::builder("app-id").vars(vars).build()?;
    /// assert_eq!(client.kept_session().map(|session| session.token().expose_secret().to_owned()).as_deref(), Some("kept"));
    /// # Ok::<(), account_provisioning::Error>(())
    /// ```
    pub fn vars(mut self, lookup: impl Fn(&str) -> Option<OsString>) -> Self {
        self.env = Variables {
            app_id: vars::read(&lookup, APP_ID_VAR),
            token: vars::read(&lookup, TOKEN_VAR).map(|token| token.map(Secret::from)),
            base_url: vars::read(&lookup, BASE_URL_VAR),
        };
        self
    }

    /// Sets the URL that the paths are appended to, with the `/api/v1` at its end, for test servers and the emulator.
    /// Defaults to the environment's, if [`env`](Self::env) was called, and to `https://license.cloudspot.be/api/v1`.
    ///
    /// `http` is only taken for this machine, or for hosts that [`allow_plain_http`](Self::allow_plain_http) names.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    /// A [configuration error](crate::Error::is_configuration) that names the first setting or variable that is missing or
    /// wrong, and never shows a secret.
    pub fn build(mut self) -> Result<Client> {
        self.connection.check()?;
        let app_id = chosen(self.app_id, self.env.app_id)?.ok_or_else(|| {
            Error::configuration(format!(
                "no app id: call `Client::builder` with it, or read the environment with {APP_ID_VAR} set"
            ))
        })?;
        let token = chosen(self.token, self.env.token)?;
        let url = chosen(self.base_url, self.env.base_url)?;
        let credentials = Credentials::none()
            .with_plain_header(MODULE, &app_id)
            .map_err(|problem| Error::configuration(format!("the app id can't be sent: {problem}")))?;
        let Connected {
            base_url,
            http,
            transport,
        } = self
            .connection
            .connect(url.as_deref().unwrap_or(BASE_URL), credentials)?;
        let low = low::Client::new_with_client(base_url.as_str(), http, transport);
        let client = Client::new(low, app_id, token);
        if let Some(problem) = client.kept_session().as_ref().and_then(|session| session.problem()) {
            return Err(Error::configuration(problem.to_owned()));
        }
        Ok(client)
    }
}

/// What was set, else what the environment says.
fn chosen<T>(set: Option<T>, env: Result<Option<T>>) -> Result<Option<T>> {
    set.map_or(env, |set| Ok(Some(set)))
}
