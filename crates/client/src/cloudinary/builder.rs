//! How a Cloudinary client is made.

use std::ffi::OsString;
use std::fmt;
use std::sync::Arc;

use account_provisioning_api::cloudinary as low;
use account_provisioning_core::time::{Clock, Jitter, Sleep};
use account_provisioning_core::{
    BaseUrl, Credentials, PlainHttpHosts, Result, RetryPolicy, Secret, Timeouts, Transport, TransportBuilder,
    UserAgent, http_client,
};
use http::HeaderMap;
use http::header::USER_AGENT;

use super::account_url::AccountUrl;
use super::dialect::Cloudinary;
use super::{AccountId, Client, Public, Region};
use crate::call::header;
use crate::{Error, vars};

const URL_VAR: &str = "CLOUDINARY_ACCOUNT_URL";
const KEY_VAR: &str = "CLOUDINARY_PROVISIONING_API_KEY";
const SECRET_VAR: &str = "CLOUDINARY_PROVISIONING_API_SECRET";
const ACCOUNT_VAR: &str = "CLOUDINARY_ACCOUNT_ID";

/// Describes a [`Client`]; made by [`Client::builder`].
///
/// What is set here wins over the environment, which is only read when [`env`](Self::env) asks for it; the single
/// variables win over `CLOUDINARY_ACCOUNT_URL`. The first wrong setting is reported by [`build`](Self::build).
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
#[must_use = "a builder does nothing until `build`"]
pub struct ClientBuilder {
    set: Settings,
    env: Settings,
    place: Vec<Place>,
    plain_http: PlainHttpHosts,
    timeouts: Timeouts,
    user_agent: UserAgent,
    headers: HeaderMap,
    http: Option<reqwest::ClientBuilder>,
    transport: TransportBuilder,
    problem: Option<Error>,
}

/// What identifies an account and its caller, from one source.
#[derive(Debug, Default)]
struct Settings {
    account_id: Option<AccountId>,
    api_key: Option<String>,
    api_secret: Option<Secret>,
    url: Option<AccountUrl>,
}

enum Place {
    Region(Region),
    Url(String),
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Region(region) => f.debug_tuple("Region").field(region).finish(),
            // It has not been checked yet, so it may hold a password.
            Self::Url(_) => f.write_str("Url([not checked])"),
        }
    }
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            set: Settings::default(),
            env: Settings::default(),
            place: Vec::new(),
            plain_http: PlainHttpHosts::none(),
            timeouts: Timeouts::default(),
            user_agent: UserAgent::default(),
            headers: HeaderMap::new(),
            http: None,
            transport: Transport::builder().dialect(Cloudinary),
            problem: None,
        }
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            set,
            env,
            place,
            plain_http,
            timeouts,
            user_agent,
            headers,
            http,
            transport,
            problem,
        } = self;
        f.debug_struct("ClientBuilder")
            .field("set", set)
            .field("env", env)
            .field("place", place)
            .field("plain_http", plain_http)
            .field("timeouts", timeouts)
            .field("user_agent", user_agent)
            .field("headers", &headers.keys().collect::<Vec<_>>())
            // Its default headers and its proxies may hold secrets of the user's.
            .field("http", &http.as_ref().map(|_| format_args!("[given]")))
            .field("transport", transport)
            .field("problem", problem)
            .finish()
    }
}

impl ClientBuilder {
    /// Sets the account. Defaults to the account URL's, or the environment's if [`env`](Self::env) was called.
    pub fn account_id(self, id: impl TryInto<AccountId, Error: Into<Error>>) -> Self {
        self.take(id.try_into(), |builder, id| builder.set.account_id = Some(id))
    }

    /// Sets the account API key. Defaults to the account URL's, or the environment's if [`env`](Self::env) was called.
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.set.api_key = Some(key.into());
        self
    }

    /// Sets the account API secret. Defaults to the account URL's, or the environment's if [`env`](Self::env) was called.
    pub fn api_secret(mut self, secret: impl Into<Secret>) -> Self {
        self.set.api_secret = Some(secret.into());
        self
    }

    /// Sets account, key and secret by the vendor's URL, `account://key:secret@account_id`. Defaults to none.
    pub fn account_url(self, url: impl Into<Secret>) -> Self {
        let url = AccountUrl::parse("account URL", &url.into());
        self.take(url, |builder, url| builder.set.url = Some(url))
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
    /// use account_provisioning::cloudinary::Client;
    ///
    /// let problem = Client::builder().vars(|_| None).build().unwrap_err();
    /// assert!(problem.to_string().contains("CLOUDINARY_ACCOUNT_URL"));
    /// ```
    pub fn vars(self, lookup: impl Fn(&str) -> Option<OsString>) -> Self {
        let read = Settings::of_vars(&lookup);
        self.take(read, |builder, env| builder.env = env)
    }

    /// Sets the region. Defaults to [`Region::Global`].
    pub fn region(mut self, region: Region) -> Self {
        self.place.push(Place::Region(region));
        self
    }

    /// Sets a host of the account's own, without scheme and path. Defaults to the region's host.
    pub fn host(self, host: impl AsRef<str>) -> Self {
        // After `https://`, the scheme in `https://host` would be read as the host.
        let url = match host.as_ref() {
            host if host.contains(['/', '\\']) => Err(Error::configuration(
                "`host`: it holds a scheme or a path; give the host alone, such as `api.example.com`, or use `base_url`",
            )),
            host => Ok(format!("https://{host}")),
        };
        self.take(url, |builder, url| builder.place.push(Place::Url(url)))
    }

    /// Sets the URL that the paths are appended to, for gateways and the emulator. Defaults to the region's.
    ///
    /// `http` is only taken for this machine, or for hosts that [`allow_plain_http`](Self::allow_plain_http) names.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.place.push(Place::Url(url.into()));
        self
    }

    /// Allows unencrypted `http` to a host by its name, without scheme and port. Defaults to this machine alone.
    pub fn allow_plain_http(mut self, host: impl Into<String>) -> Self {
        self.plain_http = self.plain_http.allow(host);
        self
    }

    /// Sets the limits of time. Defaults to [`Timeouts::default`]: 5 s to connect, 30 s an attempt, 120 s a call.
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = timeouts;
        self
    }

    /// Sets when calls are tried again. Defaults to [`RetryPolicy::default`]: 3 attempts.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.transport = self.transport.retry(policy);
        self
    }

    /// Sends a header with every call. Defaults to none.
    pub fn header(self, name: &str, value: &str) -> Self {
        self.take(header(name, value), |builder, (name, value)| {
            builder.headers.insert(name, value);
        })
    }

    /// Names the application in the user agent, before this SDK. Defaults to this SDK alone.
    pub fn application(self, name: &str) -> Self {
        let named = self.user_agent.clone().with_application(name);
        let named = named.map_err(|problem| Error::configuration(problem.to_string()));
        self.take(named, |builder, user_agent| builder.user_agent = user_agent)
    }

    /// Sets the HTTP client to build on: proxy, roots, name resolution, pool. Defaults to `reqwest::Client::builder()`.
    ///
    /// Redirects, retries and the connect limit are set by this SDK, whatever the builder says. Mark default headers that
    /// hold secrets as sensitive: `Debug` of [`Client::low_level`] shows the others.
    pub fn http(mut self, builder: reqwest::ClientBuilder) -> Self {
        self.http = Some(builder);
        self
    }

    /// Sets where the time comes from. Defaults to the system's clock.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.transport = self.transport.clock(Arc::new(clock));
        self
    }

    /// Sets how waits between attempts pass, so that tests need not wait. Defaults to tokio's timer.
    pub fn sleep(mut self, sleep: impl Sleep) -> Self {
        self.transport = self.transport.sleep(Arc::new(sleep));
        self
    }

    /// Sets where the randomness of waits comes from. Defaults to a random generator.
    pub fn jitter(mut self, jitter: impl Jitter) -> Self {
        self.transport = self.transport.jitter(Arc::new(jitter));
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    /// A [configuration error](Error::is_configuration) that names the first setting or variable that is missing or
    /// wrong, and never shows a secret.
    pub fn build(mut self) -> Result<Client> {
        if let Some(problem) = self.problem {
            return Err(Error::configuration(problem.to_string()));
        }
        let (set, env) = (std::mem::take(&mut self.set), std::mem::take(&mut self.env));
        let (account_id, credentials) = set.over(env)?;
        Ok(Client::new(self.connect(credentials)?, account_id))
    }

    /// Makes a client of the public operations alone, which need neither account nor credentials: what is set or read of
    /// them is not used. Nothing is sent.
    ///
    /// # Errors
    /// A [configuration error](Error::is_configuration) that names the first setting that is wrong.
    pub fn build_public(self) -> Result<Public> {
        if let Some(problem) = self.problem {
            return Err(Error::configuration(problem.to_string()));
        }
        self.connect(Credentials::none()).map(Public::new)
    }

    fn connect(self, credentials: Credentials) -> Result<low::Client> {
        let url = match &*self.place {
            [] => Region::default().base_url(),
            [Place::Region(region)] => region.base_url(),
            [Place::Url(url)] => url.clone(),
            _ => {
                return Err(Error::configuration(
                    "`region`, `host` and `base_url` choose the same thing: set one of them",
                ));
            }
        };
        let base =
            BaseUrl::parse(&url, &self.plain_http).map_err(|problem| Error::configuration(problem.to_string()))?;
        let no_tls = cfg!(not(any(feature = "rustls", feature = "native-tls")));
        if no_tls && self.http.is_none() && base.as_str().starts_with("https:") {
            return Err(Error::configuration(
                "this build speaks no TLS: enable the feature `rustls` or `native-tls`, or give an HTTP client that does",
            ));
        }
        let http = http_client(self.http.unwrap_or_default(), self.timeouts)?;
        // Headers that are set are sent as they are, a user agent among them.
        let named = self.headers.get(USER_AGENT).cloned();
        let transport = self
            .transport
            .credentials(credentials)
            .timeouts(self.timeouts)
            .headers(self.headers)
            .user_agent(named.unwrap_or_else(|| self.user_agent.to_header_value()))
            .build();
        Ok(low::Client::new_with_client(base.as_str(), http, transport))
    }

    fn take<A, E: Into<Error>>(mut self, value: std::result::Result<A, E>, put: impl FnOnce(&mut Self, A)) -> Self {
        match value {
            Ok(value) => put(&mut self, value),
            Err(problem) => {
                self.problem.get_or_insert_with(|| problem.into());
            }
        }
        self
    }
}

impl Settings {
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

    /// Joins what was set with what the environment says.
    ///
    /// A key and its secret come from one source, unless each source holds one of them.
    fn over(self, env: Self) -> Result<(AccountId, Credentials)> {
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

    /// Takes from the URL what the single settings leave out: the account, and the pair of key and secret as a whole.
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
