//! Product environments: create, find, change and delete them (the vendor's sub-accounts).

mod list;
mod write;

use account_provisioning_core::IntoId;

use super::requests::{
    CreateProductEnvironment, DeleteProductEnvironment, GetProductEnvironment, GetProductEnvironments,
    UpdateProductEnvironment,
};
use super::types::{CreateProductEnvironmentRequest, UpdateProductEnvironmentRequest};
use super::{AccountId, Client, ProductEnvironment, ProductEnvironmentId, lookups};
use crate::call::{Call, Operation};
use crate::find::FindBy;
use crate::list::Pager;
use crate::mode::Optional;

/// The product environments of one account; see [`Client::product_environments`].
#[derive(Clone, Debug)]
pub struct ProductEnvironments {
    client: Client,
}

impl ProductEnvironments {
    pub(super) fn new(client: Client) -> Self {
        Self { client }
    }

    fn account(&self) -> AccountId {
        self.client.account_id().clone()
    }

    /// Lists product environments (`getProductEnvironments`): all of them, or those that match the filters, in one
    /// response.
    ///
    /// Each comes with its access keys, secrets included.
    ///
    /// # Options
    /// [`enabled`][o], [`ids`][o], [`cloud_names`][o], [`prefix`][o]
    ///
    /// [o]: Call#impl-Call%3CGetProductEnvironments,+M%3E
    ///
    /// # Errors
    /// [`is_auth`](crate::Error::is_auth) when the credentials are refused.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudinary;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
    /// for environment in cloudinary.product_environments().list().enabled(true).await? {
    ///     println!("{} {:?}", environment.id, environment.cloud_name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "sub_accounts")]
    pub fn list(&self) -> Pager<GetProductEnvironments> {
        Call::new(self.client.low_level(), GetProductEnvironments::new(self.account()))
    }

    /// Fetches one product environment (`getProductEnvironment`).
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when none has this id; [`get_opt`](Self::get_opt) returns `None`
    /// instead.
    #[doc(alias = "sub_account")]
    pub fn get(&self, id: impl IntoId<ProductEnvironmentId>) -> Call<GetProductEnvironment> {
        let request = id.into_id().map(|id| GetProductEnvironment::new(self.account(), id));
        Call::try_new(self.client.low_level(), request)
    }

    /// Fetches one product environment, or `None` when none has this id (`getProductEnvironment`).
    ///
    /// # Errors
    /// The same as [`get`](Self::get), except "not found".
    pub fn get_opt(&self, id: impl IntoId<ProductEnvironmentId>) -> Call<GetProductEnvironment, Optional> {
        self.get(id).optional()
    }

    /// Finds the product environment with a cloud name, ignoring case, or `None` when none has it (`getProductEnvironments`).
    ///
    /// # Errors
    /// Those of [`list`](Self::list); [`is_ambiguous`](crate::Error::is_ambiguous) when several environments have the cloud name;
    /// an input error for an empty cloud name.
    pub fn find_by_cloud_name(&self, cloud_name: impl Into<String>) -> Call<FindBy<GetProductEnvironments>> {
        let find = lookups::environment_by_cloud_name(self.account(), cloud_name.into());
        Call::new(self.client.low_level(), find)
    }

    /// Finds the product environment with a display name, or `None` when none has it (`getProductEnvironments`). Names are
    /// compared exactly and need not be unique. It reads the whole list.
    ///
    /// # Errors
    /// Those of [`list`](Self::list); [`is_ambiguous`](crate::Error::is_ambiguous) when several environments have the name;
    /// an input error for an empty name.
    pub fn find_by_name(&self, name: impl Into<String>) -> Call<FindBy<GetProductEnvironments>> {
        let find = lookups::environment_by_name(self.account(), name.into());
        Call::new(self.client.low_level(), find)
    }

    /// Creates a product environment with a display name (`createProductEnvironment`).
    ///
    /// Users with access to every product environment get access to this one too.
    ///
    /// # Options
    /// [`cloud_name`][o], [`copy_settings_from`][o], [`custom_attribute`][o], [`custom_attributes`][o], [`enabled`][o]
    ///
    /// [o]: Call#impl-Call%3CCreateProductEnvironment,+M%3E
    ///
    /// # Errors
    /// [`is_conflict`](crate::Error::is_conflict) when the cloud name is taken;
    /// [`is_outcome_unknown`](crate::Error::is_outcome_unknown) when the response was lost:
    /// [`reconcile`](Call::reconcile) finds out whether it was created, and [`or_find`](Call::or_find) does it by itself.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudinary;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
    /// let environment = cloudinary
    ///     .product_environments()
    ///     .create("Client Portal")
    ///     .cloud_name("client_portal_prod")
    ///     .custom_attribute("tier", "premium")
    ///     .await?;
    /// assert_eq!(environment.cloud_name.as_deref(), Some("client_portal_prod"));
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "create_sub_account")]
    pub fn create(&self, name: impl Into<String>) -> Call<CreateProductEnvironment> {
        let body = CreateProductEnvironmentRequest {
            name: name.into(),
            cloud_name: None,
            base_sub_account_id: None,
            custom_attributes: None,
            enabled: None,
        };
        let request = CreateProductEnvironment::new(self.account(), body);
        Call::new(self.client.low_level(), request)
    }

    /// Changes a product environment (`updateProductEnvironment`): what isn't set stays as it is.
    ///
    /// # Options
    /// [`name`][o], [`cloud_name`][o], [`custom_attribute`][o], [`custom_attributes`][o], [`enabled`][o]
    ///
    /// [o]: Call#impl-Call%3CUpdateProductEnvironment,+M%3E
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when none has this id; [`is_conflict`](crate::Error::is_conflict)
    /// when the cloud name is taken.
    #[doc(alias = "update_sub_account")]
    pub fn update(&self, id: impl IntoId<ProductEnvironmentId>) -> Call<UpdateProductEnvironment> {
        let body = UpdateProductEnvironmentRequest::default();
        let request = id
            .into_id()
            .map(|id| UpdateProductEnvironment::new(self.account(), id, body));
        Call::try_new(self.client.low_level(), request)
    }

    /// Deletes a product environment and everything in it (`deleteProductEnvironment`).
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when none has this id.
    #[doc(alias = "delete_sub_account")]
    pub fn delete(&self, id: impl IntoId<ProductEnvironmentId>) -> Call<DeleteProductEnvironment> {
        let request = id.into_id().map(|id| DeleteProductEnvironment::new(self.account(), id));
        Call::try_new(self.client.low_level(), request)
    }
}

impl Operation for GetProductEnvironment {
    type Output = ProductEnvironment;
}
