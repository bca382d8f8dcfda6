//! The client of one Cloudinary account.

use std::sync::Arc;

use account_provisioning_core::{IntoId, PathId, Result, Transport};

use super::access_keys::AccessKeys;
use super::policies::Policies;
use super::principals::Principals;
use super::product_environments::ProductEnvironments;
use super::public::Public;
use super::requests::GetBillingUsage;
use super::roles::Roles;
use super::user_groups::UserGroups;
use super::users::Users;
use super::{AccountId, ClientBuilder, ProductEnvironmentId};
use crate::call::Call;

/// A client of Cloudinary's Provisioning API and Permissions API for one account.
///
/// Cloning is cheap, and clones share connections, credentials and the retry budget. Clients of several accounts live
/// side by side: nothing is global.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    low: Transport,
    account_id: AccountId,
}

impl Client {
    pub(super) fn new(low: Transport, account_id: AccountId) -> Self {
        Self {
            inner: Arc::new(Inner { low, account_id }),
        }
    }

    /// Starts to describe a client; nothing is read from the environment unless [`env`](ClientBuilder::env) is called.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Makes a client of the environment: `CLOUDINARY_PROVISIONING_API_KEY`, `CLOUDINARY_PROVISIONING_API_SECRET` and
    /// `CLOUDINARY_ACCOUNT_ID`, and for what they leave out `CLOUDINARY_ACCOUNT_URL`.
    ///
    /// # Errors
    /// A [configuration error](crate::Error::is_configuration) that names the variable that is missing or malformed.
    pub fn from_env() -> Result<Self> {
        Self::builder().env().build()
    }

    /// The account that calls go to unless they say otherwise.
    #[must_use]
    pub fn account_id(&self) -> &AccountId {
        &self.inner.account_id
    }

    /// The product environments of the account.
    #[must_use]
    pub fn product_environments(&self) -> ProductEnvironments {
        ProductEnvironments::new(self.clone())
    }

    /// The access keys of one product environment. A wrong id is reported by each call, before anything is sent.
    #[must_use]
    pub fn access_keys(&self, environment: impl IntoId<ProductEnvironmentId>) -> AccessKeys {
        AccessKeys::new(self.clone(), environment.into_id())
    }

    /// The users of the account.
    #[must_use]
    pub fn users(&self) -> Users {
        Users::new(self.clone())
    }

    /// The user groups of the account.
    #[must_use]
    pub fn user_groups(&self) -> UserGroups {
        UserGroups::new(self.clone())
    }

    /// The roles of the account, system and custom, and who holds them.
    #[must_use]
    pub fn roles(&self) -> Roles {
        Roles::new(self.clone())
    }

    /// The principals of the account, and the roles that they hold.
    #[must_use]
    pub fn principals(&self) -> Principals {
        Principals::new(self.clone())
    }

    /// The policies: Cloudinary's, the account's own, and those in effect.
    #[must_use]
    pub fn policies(&self) -> Policies {
        Policies::new(self.clone())
    }

    /// The public operations, which belong to no account and send no credentials. A program that needs nothing else
    /// makes them with [`ClientBuilder::build_public`], without an account.
    #[must_use]
    pub fn public(&self) -> Public {
        Public::new(self.inner.low.clone())
    }

    /// Fetches what the account has used of its plans (`getBillingUsage`). The vendor updates the figures once a day.
    ///
    /// # Errors
    /// [`is_permission_denied`](crate::Error::is_permission_denied) when the credentials don't allow it.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudinary;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.base_url()).build()?;
    /// for plan in cloudinary.billing_usage().include_product_environments(true).await? {
    ///     println!("{:?}: {} metrics", plan.plan_name, plan.metric_usage.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn billing_usage(&self) -> Call<GetBillingUsage> {
        Call::new(&self.inner.low, GetBillingUsage::new(self.account_id().clone()))
    }

    /// What sends the requests of this client, for what the typed calls don't offer: every operation has a type in
    /// [`requests`](super::requests), under the vendor's name and with every parameter. Credentials, retries, limits and
    /// errors are the same.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudinary;
    /// use account_provisioning::cloudinary::requests::GetUsers;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.base_url()).build()?;
    /// let mut request = GetUsers::new(cloudinary.account_id().clone());
    /// request.prefix = Some("ann".to_owned());
    /// let response = cloudinary.low_level().send(&request).await?;
    /// println!("{} users", response.users.len());
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
        let Inner { low, account_id } = &*self.inner;
        f.debug_struct("Client")
            .field("base_url", &low.base_url().as_str())
            .field("account_id", account_id)
            .finish_non_exhaustive()
    }
}

/// The account of a call, where the request has one in its path.
impl<O: PathId<AccountId>, M> Call<O, M> {
    /// Sends this call to another account than the client's. Defaults to the client's account.
    ///
    /// The client's credentials go along, so they have to be good for that account too.
    pub fn account_id(self, id: impl IntoId<AccountId>) -> Self {
        self.try_with(id.into_id(), |request, id| *request.path_id_mut() = id)
    }
}
