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
use crate::explain::Explanation;

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
    explanation: Explanation,
}

impl Client {
    pub(super) fn new(low: Transport, account_id: AccountId, explanation: Explanation) -> Self {
        Self {
            inner: Arc::new(Inner {
                low,
                account_id,
                explanation,
            }),
        }
    }

    /// Starts to build a client. The environment is only read when [`env`](ClientBuilder::env) is called.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Makes a client from environment variables: `CLOUDINARY_PROVISIONING_API_KEY`, `CLOUDINARY_PROVISIONING_API_SECRET`
    /// and `CLOUDINARY_ACCOUNT_ID`. `CLOUDINARY_ACCOUNT_URL` supplies whichever of them are not set. If they are set,
    /// `CLOUDINARY_BASE_URL` or `CLOUDINARY_REGION` (`api`, `api-eu` or `api-ap`) choose where requests go. An empty
    /// variable counts as unset.
    ///
    /// # Errors
    /// A [configuration error](crate::Error::is_configuration) that names the variables that are missing, or the one that is malformed.
    pub fn from_env() -> Result<Self> {
        Self::builder().env().build()
    }

    /// The account of all calls that don't set [another](Call::account_id).
    #[must_use]
    pub fn account_id(&self) -> &AccountId {
        &self.inner.account_id
    }

    /// The product environments of the account.
    #[must_use]
    pub fn product_environments(&self) -> ProductEnvironments {
        ProductEnvironments::new(self.clone())
    }

    /// The access keys of one product environment. Each call reports a wrong id before anything is sent.
    #[must_use]
    pub fn access_keys(&self, environment: impl IntoId<ProductEnvironmentId>) -> AccessKeys {
        AccessKeys::new(self.clone(), environment.into_id())
    }

    /// The users of the account.
    ///
    /// Ids have a type for each kind, so an id of another kind does not compile:
    /// ```compile_fail,E0277
    /// # use account_provisioning::cloudinary::{Client, ProductEnvironment};
    /// # fn example(cloudinary: &Client, environment: &ProductEnvironment) {
    /// let user = cloudinary.users().get(&environment.id); // the id of a product environment, not of a user
    /// # }
    /// ```
    #[must_use]
    pub fn users(&self) -> Users {
        Users::new(self.clone())
    }

    /// The user groups of the account.
    ///
    /// Ids have a type for each kind, so arguments in the wrong order do not compile:
    /// ```compile_fail,E0277
    /// # use account_provisioning::cloudinary::{Client, User, UserGroup};
    /// # fn example(cloudinary: &Client, editors: &UserGroup, ann: &User) {
    /// let added = cloudinary.user_groups().add_user(&ann.id, &editors.id); // the group comes first
    /// # }
    /// ```
    #[must_use]
    pub fn user_groups(&self) -> UserGroups {
        UserGroups::new(self.clone())
    }

    /// The roles of the account, system and custom, and the principals that have them.
    #[must_use]
    pub fn roles(&self) -> Roles {
        Roles::new(self.clone())
    }

    /// The principals of the account, and their roles.
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
    /// calls [`ClientBuilder::build_public`], which needs no account.
    #[must_use]
    pub fn public(&self) -> Public {
        Public::new(self.inner.low.clone())
    }

    /// Fetches how much of its plans the account has used (`getBillingUsage`). The vendor updates the figures once a day.
    ///
    /// # Options
    /// [`year`][o], [`include_product_environments`][o]
    ///
    /// [o]: Call#impl-Call%3CGetBillingUsage,+M%3E
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
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
    /// for plan in cloudinary.billing_usage().include_product_environments(true).await? {
    ///     println!("{:?}: {} metrics", plan.plan_name, plan.metric_usage.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "billing_usage.get")]
    pub fn billing_usage(&self) -> Call<GetBillingUsage> {
        Call::new(&self.inner.low, GetBillingUsage::new(self.account_id().clone()))
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

    /// Sends any request of the service with this client's credentials, retries, limits and errors.
    ///
    /// Use it for what the typed calls don't offer: every operation has a type in [`requests`](super::requests), with the
    /// vendor's name and every parameter.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudinary;
    /// use account_provisioning::cloudinary::requests::GetUsers;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
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
        let Inner {
            low,
            account_id,
            explanation: _,
        } = &*self.inner;
        f.debug_struct("Client")
            .field("base_url", &low.base_url().as_str())
            .field("account_id", account_id)
            .finish_non_exhaustive()
    }
}

/// The account, an option of every call whose path contains one.
impl<O: PathId<AccountId>, M> Call<O, M> {
    /// Sends this call to another account than the client's. Defaults to the client's account.
    ///
    /// The call uses the client's credentials, so they have to be valid for that account too.
    pub fn account_id(self, id: impl IntoId<AccountId>) -> Self {
        self.try_with(id.into_id(), |request, id| *request.path_id_mut() = id)
    }
}
