//! The client of Cloudflare.

use std::sync::Arc;

use account_provisioning_core::{IntoId, Result, Transport};

use super::account::AccountHandle;
use super::accounts::Accounts;
use super::memberships::Memberships;
use super::user::UserHandle;
use super::{AccountId, ClientBuilder};
use crate::explain::Explanation;

/// A client of Cloudflare's accounts, with one set of credentials.
///
/// Cloning is cheap, and clones share connections, credentials and the retry budget. Clients with different credentials
/// can be used side by side: nothing is global.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    low: Transport,
    explanation: Explanation,
}

impl Client {
    pub(super) fn new(low: Transport, explanation: Explanation) -> Self {
        Self {
            inner: Arc::new(Inner { low, explanation }),
        }
    }

    /// Starts to configure a client. Nothing is read from the environment unless [`env`](ClientBuilder::env) is called.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Makes a client from environment variables: `CLOUDFLARE_API_TOKEN`; or `CLOUDFLARE_API_KEY` with
    /// `CLOUDFLARE_EMAIL`; or `CLOUDFLARE_API_USER_SERVICE_KEY`; and `CLOUDFLARE_BASE_URL`, if it is set. An empty
    /// variable counts as unset.
    ///
    /// # Errors
    /// A [configuration error](crate::Error::is_configuration) that names the variables when no credentials are set, when
    /// more than one kind is, when half of a pair is missing, or when a variable is malformed. An e-mail address without a
    /// key is no credential: it is not used beside another kind.
    pub fn from_env() -> Result<Self> {
        Self::builder().env().build()
    }

    /// The accounts that the client's credentials give access to.
    #[must_use]
    pub fn accounts(&self) -> Accounts {
        Accounts::new(self.clone())
    }

    /// One account: its members, groups, subscriptions, tokens and audit logs. Nothing is sent. If the id is not valid,
    /// each call that is made through the handle reports it.
    #[must_use]
    pub fn account(&self, id: impl IntoId<AccountId>) -> AccountHandle {
        AccountHandle::new(self.clone(), id.into_id())
    }

    /// The user that the client signs in as, with invites and tokens. The token of an account belongs to no user.
    #[must_use]
    pub fn user(&self) -> UserHandle {
        UserHandle::new(self.clone())
    }

    /// What the user that the client signs in as is in which accounts.
    #[must_use]
    pub fn memberships(&self) -> Memberships {
        Memberships::new(self.clone())
    }

    /// What the client's [limiter](ClientBuilder::limiter) knows of the rate limit now; `None` without one, and while it
    /// knows nothing. [`ResponseMeta::rate_limit`](crate::ResponseMeta::rate_limit) has what one response said.
    #[must_use]
    pub fn rate_limit(&self) -> Option<crate::RateLimit> {
        self.inner.low.rate_limit()
    }

    /// What this client is configured with: each setting, its value and where it comes from, what is set without effect, and
    /// conflicts. Secrets are not shown.
    #[must_use]
    pub fn explain(&self) -> &Explanation {
        &self.inner.explanation
    }

    /// Sends the requests of this client, for what the typed calls don't offer: every operation has a type in
    /// [`requests`](super::requests), under the vendor's name and with every parameter. Credentials, retries, limits and
    /// errors are the same.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudflare;
    /// use account_provisioning::cloudflare::AccountId;
    /// use account_provisioning::cloudflare::requests::ListMembers;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudflare = cloudflare::Client::builder().api_token(emulator.cloudflare().api_token()).base_url(emulator.cloudflare().base_url()).build()?;
    /// # let id = emulator.cloudflare().account_id().to_owned();
    /// let mut request = ListMembers::new(AccountId::new(id)?);
    /// request.per_page = Some(5);
    /// let response = cloudflare.low_level().send(&request).await?;
    /// println!("{} members", response.result.len());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn low_level(&self) -> &Transport {
        &self.inner.low
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Inner { low, explanation: _ } = &*self.inner;
        f.debug_struct("Client")
            .field("base_url", &low.base_url().as_str())
            .finish_non_exhaustive()
    }
}
