//! Credentials that change while a client is used: tokens that rotate, secrets of a vault.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::BoxFuture;
use tokio::sync::Mutex;

use super::Credentials;
use crate::error::MakeError as _;
use crate::{Error, ErrorKind, Result};

/// How long before they expire credentials are fetched anew: an attempt takes time.
const MARGIN: TimeDelta = TimeDelta::seconds(10);

/// Provides the credentials of a client. An asynchronous function is one too.
///
/// They are fetched for the first call that needs some, and kept until they expire or the service refuses them with 401.
/// Then they are fetched once more, and if they are others, the call is sent again with them.
///
/// # Examples
/// ```
/// use account_provisioning_core::Secret;
/// use account_provisioning_core::auth::{Credentials, ProvideCredentials, Provided};
///
/// # async fn read_from_vault() -> Result<(String, chrono::DateTime<chrono::Utc>), std::io::Error> {
/// #     Ok(("token".to_owned(), chrono::Utc::now() + chrono::TimeDelta::hours(1)))
/// # }
/// fn vault() -> impl ProvideCredentials {
///     || async {
///         let (token, expires_at) = read_from_vault().await?;
///         Ok(Provided::new(Credentials::bearer(Secret::from(token))?).until(expires_at))
///     }
/// }
/// ```
pub trait ProvideCredentials: Send + Sync + 'static {
    /// Fetches the credentials. It is not called again while a call of it is under way.
    ///
    /// # Errors
    /// There are no credentials. The error is the [source](StdError::source) of the call's error. Programs print it with the
    /// call's, so it must not contain secrets, such as a URL with a token.
    fn credentials(&self) -> BoxFuture<'_, Result<Provided, Box<dyn StdError + Send + Sync>>>;
}

impl<F, W> ProvideCredentials for F
where
    F: Fn() -> W + Send + Sync + 'static,
    W: Future<Output = Result<Provided, Box<dyn StdError + Send + Sync>>> + Send + 'static,
{
    fn credentials(&self) -> BoxFuture<'_, Result<Provided, Box<dyn StdError + Send + Sync>>> {
        Box::pin(self())
    }
}

/// Credentials, and how long they are valid.
#[derive(Clone, Debug)]
pub struct Provided {
    credentials: Credentials,
    expires_at: Option<DateTime<Utc>>,
}

impl Provided {
    /// Credentials that are valid until the service refuses them.
    #[must_use]
    pub fn new(credentials: Credentials) -> Self {
        Self {
            credentials,
            expires_at: None,
        }
    }

    /// Sets when they expire. They are fetched anew 10 seconds before that.
    #[must_use]
    pub fn until(mut self, expires_at: DateTime<Utc>) -> Self {
        self.expires_at = Some(expires_at);
        self
    }
}

impl From<Credentials> for Provided {
    fn from(credentials: Credentials) -> Self {
        Self::new(credentials)
    }
}

/// Where the credentials of a client come from.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    Fixed(Credentials),
    Provided(Arc<Provider>),
}

impl Source {
    pub(crate) fn provided(provider: impl ProvideCredentials) -> Self {
        Self::Provided(Arc::new(Provider {
            provider: Box::new(provider),
            kept: Mutex::new(None),
        }))
    }
}

/// A provider, and what it provided last.
pub(crate) struct Provider {
    provider: Box<dyn ProvideCredentials>,
    kept: Mutex<Option<Provided>>,
}

impl Provider {
    /// The kept credentials, or new ones if those have expired or are the refused ones.
    pub(crate) async fn current(&self, now: DateTime<Utc>, refused: Option<&Credentials>) -> Result<Credentials> {
        let mut kept = self.kept.lock().await;
        if let Some(known) = &*kept
            && known.expires_at.is_none_or(|end| now + MARGIN < end)
            && !refused.is_some_and(|refused| refused.is_same(&known.credentials))
        {
            return Ok(known.credentials.clone());
        }
        let cause = match self.provider.credentials().await {
            Ok(fetched) => return Ok(kept.insert(fetched).credentials.clone()),
            Err(cause) => cause,
        };
        // The vault may be down for a moment, and those that expire soon are still valid.
        if let Some(known) = &*kept
            && known.expires_at.is_none_or(|end| now < end)
            && refused.is_none()
        {
            return Ok(known.credentials.clone());
        }
        *kept = None;
        let message =
            "the provider of the credentials failed, so nothing was sent; its error is the source of this one";
        Err(Error::new(ErrorKind::Credentials, message).with_source(Cause(cause)))
    }
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Provider").finish_non_exhaustive()
    }
}

/// What a provider's error says: a boxed error is no error itself.
#[derive(Debug)]
struct Cause(Box<dyn StdError + Send + Sync>);

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for Cause {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}
