//! The client of Cloudflare.

use std::sync::Arc;

use account_provisioning_api::cloudflare as low;
use account_provisioning_core::Result;

use super::account::AccountHandle;
use super::accounts::Accounts;
use super::target::Place;
use super::{AccountId, ClientBuilder};
use crate::Error;

/// A client of Cloudflare's accounts, for one way to sign in.
///
/// Cloning is cheap, and clones share connections, credentials and the retry budget. Clients with several credentials
/// live side by side: nothing is global.
#[derive(Clone)]
pub struct Client {
    low: Arc<low::Client>,
}

impl Client {
    pub(super) fn new(low: low::Client) -> Self {
        Self { low: Arc::new(low) }
    }

    /// Starts to describe a client; nothing is read from the environment unless [`env`](ClientBuilder::env) is called.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Makes a client of the environment: `CLOUDFLARE_API_TOKEN`; or `CLOUDFLARE_API_KEY` with `CLOUDFLARE_EMAIL`; or
    /// `CLOUDFLARE_API_USER_SERVICE_KEY`; and `CLOUDFLARE_BASE_URL`, if it is set.
    ///
    /// # Errors
    /// A [configuration error](crate::Error::is_configuration) that names the variables when none, more than one way to sign
    /// in, or half of one is set, or when one is malformed.
    pub fn from_env() -> Result<Self> {
        Self::builder().env().build()
    }

    /// The accounts that these credentials reach.
    #[must_use]
    pub fn accounts(&self) -> Accounts {
        Accounts::new(self.clone())
    }

    /// One account: its members, roles, subscriptions, tokens and audit logs. Nothing is sent; an id that can't be one is
    /// reported by the calls that are made of the handle.
    #[must_use]
    pub fn account(&self, id: impl TryInto<AccountId, Error: Into<Error>>) -> AccountHandle {
        AccountHandle::new(Place::new(self.clone(), id.try_into().map_err(Into::into)))
    }

    /// The generated client under this one: every operation under the vendor's names, with the same credentials,
    /// retries and deadlines. Ids are not checked, and errors are plain text: prefer the typed calls.
    #[must_use]
    pub fn low_level(&self) -> &low::Client {
        &self.low
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        use low::ClientInfo as _;
        f.debug_struct("Client")
            .field("base_url", &self.low.baseurl())
            .finish_non_exhaustive()
    }
}
