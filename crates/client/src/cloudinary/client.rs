//! The client of one Cloudinary account.

use std::sync::Arc;

use account_provisioning_api::cloudinary as low;
use account_provisioning_core::Result;

use super::access_keys::AccessKeys;
use super::billing_usage::GetBillingUsage;
use super::policies::Policies;
use super::principals::Principals;
use super::product_environments::ProductEnvironments;
use super::public::Public;
use super::roles::Roles;
use super::target::Target;
use super::user_groups::UserGroups;
use super::users::Users;
use super::{AccountId, ClientBuilder, ProductEnvironmentId};
use crate::Error;
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
    low: low::Client,
    account_id: AccountId,
}

impl Client {
    pub(super) fn new(low: low::Client, account_id: AccountId) -> Self {
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
    /// A [configuration error](Error::is_configuration) that names the variable that is missing or malformed.
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
    pub fn access_keys(&self, environment: impl TryInto<ProductEnvironmentId, Error: Into<Error>>) -> AccessKeys {
        AccessKeys::new(self.clone(), environment.try_into().map_err(Into::into))
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
    /// [`is_permission_denied`](Error::is_permission_denied) when the credentials don't allow it.
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
    pub fn billing_usage(&self) -> Call<GetBillingUsage> {
        Call::new(GetBillingUsage::new(Target::new(self)))
    }

    /// The generated client under this one: every operation under the vendor's names, with the same credentials,
    /// retries and deadlines. Ids are not checked, and errors are plain text: prefer the typed calls.
    #[must_use]
    pub fn low_level(&self) -> &low::Client {
        &self.inner.low
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        use low::ClientInfo as _;
        let Inner { low, account_id } = &*self.inner;
        f.debug_struct("Client")
            .field("base_url", &low.baseurl())
            .field("account_id", account_id)
            .finish_non_exhaustive()
    }
}
