//! The builder of a Cloudspot License client.

use std::ffi::OsString;
use std::fmt;

use account_provisioning_core::{Credentials, Error, MakeError as _, Result, Secret};

use super::Client;
use super::dialect::Cloudspot;
use super::headers::{MODULE, TOKEN};
use super::variables::{self, VARIABLES};
use crate::connection::Connection;
use crate::explain::{Origin, Setting};
use crate::vars::{self, Named, Vars};

/// The default base URL. Source: the document's `servers`.
const BASE_URL: &str = "https://license.cloudspot.be/api/v1";

/// Builds a [`Client`]; made by [`Client::builder`].
///
/// Settings made here take precedence over the environment, which is only read when [`env`](Self::env) asks for it.
/// [`build`](Self::build) reports the first invalid setting.
///
/// # Examples
/// ```
/// use account_provisioning::cloudspot::Client;
///
/// let client = Client::builder("app-id").build()?;
/// assert_eq!(client.app_id(), "app-id");
/// # Ok::<(), account_provisioning::Error>(())
/// ```
pub type ClientBuilder = crate::ClientBuilder<Settings>;

/// What a Cloudspot License client needs in addition to a connection.
#[derive(Default)]
pub struct Settings {
    app_id: Option<String>,
    token: Option<Secret>,
    base_url: Option<String>,
    env: Vars,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            app_id,
            token,
            base_url,
            env,
        } = self;
        f.debug_struct("Settings")
            // Neither has been checked yet, so either may contain a secret.
            .field("app_id", &app_id.as_ref().map(|_| format_args!("[not checked]")))
            .field("token", token)
            .field("base_url", &base_url.as_ref().map(|_| format_args!("[not checked]")))
            .field("env", env)
            .finish()
    }
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            service: Settings::default(),
            connection: Connection::new(Cloudspot),
        }
    }
}

impl ClientBuilder {
    pub(super) fn app_id(mut self, app_id: impl Into<String>) -> Self {
        self.service.app_id = Some(app_id.into());
        self
    }

    /// Sets a token that the application kept, for [`Client::kept_session`]. Defaults to the environment's, if
    /// [`env`](Self::env) was called.
    pub fn token(mut self, token: impl Into<Secret>) -> Self {
        self.service.token = Some(token.into());
        self
    }

    /// Reads settings that are not set here from the process's environment; see [`Client::from_env`]. Defaults to not
    /// reading it.
    pub fn env(mut self) -> Self {
        self.service.env = Vars::of_process(&VARIABLES);
        self
    }

    /// Reads settings that are not set here with `lookup`, which returns the value of a variable, instead of from the
    /// process's environment. Defaults to none.
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
        self.service.env = Vars::read("vars", lookup, &VARIABLES);
        self
    }

    /// Sets the base URL, including the `/api/v1` at its end, for test servers and the emulator. Defaults to the
    /// environment's, if [`env`](Self::env) was called, and otherwise to `https://license.cloudspot.be/api/v1`.
    ///
    /// `http` is only accepted for this machine, or for hosts that [`allow_plain_http`](Self::allow_plain_http) names.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.service.base_url = Some(url.into());
        self
    }

    /// Makes the client. No request is sent.
    ///
    /// # Errors
    /// A [configuration error](crate::Error::is_configuration) that names the first setting or variable that is missing
    /// or invalid. It never shows a secret.
    pub fn build(mut self) -> Result<Client> {
        self.connection.check()?;
        if self.connection.provided {
            return Err(Error::configuration(
                "`credentials_from` has no use here: this service signs in with a login, which returns a token; keep that with \
                 `token`",
            ));
        }
        let Settings {
            app_id,
            token,
            base_url,
            env,
        } = self.service;
        let app_id =
            set_or_env(("the app id", "Client::builder"), app_id, &env, variables::APP_ID)?.ok_or_else(|| {
                let name = variables::APP_ID.name;
                let message =
                    format!("no app id: call `Client::builder` with it, or read the environment with {name} set");
                env.missing(message, &[variables::APP_ID])
            })?;
        let token = match token {
            Some(token) => Some(Named::new("`token`", Origin::Code("token"), token)),
            None => env.get(variables::TOKEN)?.map(|token| token.map(Secret::from)),
        };
        if let Some(token) = &token {
            Credentials::headers(vec![(TOKEN, token.value.clone())])
                .map_err(|problem| vars::unusable(token.name, &problem))?;
        }
        let base_url = set_or_env(("`base_url`", "base_url"), base_url, &env, variables::BASE_URL)?;
        let base_url = base_url.unwrap_or_else(|| Named::new("`base_url`", Origin::Default, BASE_URL.to_owned()));
        let credentials = Credentials::none()
            .with_plain_header(MODULE, &app_id.value)
            .map_err(|problem| vars::unusable(app_id.name, &problem))?;
        let none = || Setting::new("token", "none", Origin::Default);
        let own = vec![
            env.explain(),
            Setting::new("app_id", app_id.value.clone(), app_id.origin),
            token.as_ref().map_or_else(none, |token| token.explain_secret("token")),
        ];
        let connected = self
            .connection
            .connect("Cloudspot", &base_url, Some(credentials), own)?;
        let (transport, mut explanation) = connected;
        explanation.add_unused_variables(&env);
        let token = token.map(|token| token.value);
        Ok(Client::new(transport, app_id.value, token, explanation))
    }
}

/// Returns the setting, as errors name it and by its method, or the value of the environment variable when it isn't set.
fn set_or_env(
    (name, method): (&'static str, &'static str),
    set: Option<String>,
    env: &Vars,
    variable: vars::Variable,
) -> Result<Option<Named<String>>> {
    set.map_or_else(
        || env.get(variable),
        |set| Ok(Some(Named::new(name, Origin::Code(method), set))),
    )
}
