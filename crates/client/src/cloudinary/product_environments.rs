//! Product environments: create, find, change and delete them (the vendor's sub-accounts).

use account_provisioning_api::cloudinary::types;
use account_provisioning_core::{CallOptions, Page, PageRequest, PageRule, Response, Result};
use futures::future::BoxFuture;
use serde_json::{Map, Value};

use super::ids::strings;
use super::target::{Target, fetch, operation, scoped};
use super::{Client, DeletionReply, ProductEnvironment, ProductEnvironmentId, paging};
use crate::call::{Call, Optional};
use crate::list::{ListOperation, listing};
use crate::lookup::{self, Lookup};
use crate::{Error, Field, IntoIdList};

/// The product environments of one account; see [`Client::product_environments`].
#[derive(Clone, Debug)]
pub struct ProductEnvironments {
    client: Client,
}

impl ProductEnvironments {
    pub(super) fn new(client: Client) -> Self {
        Self { client }
    }

    fn target(&self) -> Target {
        Target::new(&self.client)
    }

    /// Lists product environments (`getProductEnvironments`): all of them, or those that the filters leave.
    ///
    /// Each comes with its access keys, secrets included.
    ///
    /// # Errors
    /// [`is_auth`](Error::is_auth) when the credentials are refused.
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
    pub fn list(&self) -> Call<ListProductEnvironments> {
        Call::new(ListProductEnvironments {
            target: self.target(),
            enabled: None,
            ids: Lookup::exact("ids"),
            cloud_names: Lookup::folded("cloud_names"),
            prefix: None,
        })
    }

    /// Fetches one product environment (`getProductEnvironment`).
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when none has this id; [`get_opt`](Self::get_opt) returns `None` instead.
    pub fn get(&self, id: impl TryInto<ProductEnvironmentId, Error: Into<Error>>) -> Call<GetProductEnvironment> {
        let id = id.try_into().map_err(Into::into);
        Call::try_new(id.map(|id| GetProductEnvironment {
            target: self.target(),
            id,
        }))
    }

    /// Fetches one product environment, or `None` when none has this id (`getProductEnvironment`).
    ///
    /// # Errors
    /// As [`get`](Self::get), but for "not found".
    pub fn get_opt(
        &self,
        id: impl TryInto<ProductEnvironmentId, Error: Into<Error>>,
    ) -> Call<Optional<GetProductEnvironment>> {
        self.get(id).map(Optional)
    }

    /// Creates a product environment with a display name (`createProductEnvironment`).
    ///
    /// Users with access to every product environment get access to this one too.
    ///
    /// # Errors
    /// [`is_conflict`](Error::is_conflict) when the cloud name is taken;
    /// [`is_outcome_unknown`](Error::is_outcome_unknown) when the reply was lost: look for it with
    /// [`list`](Self::list) and the cloud name before creating it again.
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
    pub fn create(&self, name: impl Into<String>) -> Call<CreateProductEnvironment> {
        let body = types::CreateProductEnvironmentRequest {
            name: name.into(),
            cloud_name: None,
            base_sub_account_id: None,
            custom_attributes: None,
            enabled: None,
        };
        Call::new(CreateProductEnvironment {
            target: self.target(),
            body,
        })
    }

    /// Changes a product environment (`updateProductEnvironment`): what isn't set stays as it is.
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when none has this id; [`is_conflict`](Error::is_conflict) when the cloud
    /// name is taken.
    pub fn update(&self, id: impl TryInto<ProductEnvironmentId, Error: Into<Error>>) -> Call<UpdateProductEnvironment> {
        let id = id.try_into().map_err(Into::into);
        let body = types::UpdateProductEnvironmentRequest::default();
        Call::try_new(id.map(|id| UpdateProductEnvironment {
            target: self.target(),
            id,
            body,
        }))
    }

    /// Deletes a product environment and everything in it (`deleteProductEnvironment`).
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when none has this id.
    pub fn delete(&self, id: impl TryInto<ProductEnvironmentId, Error: Into<Error>>) -> Call<DeleteProductEnvironment> {
        let id = id.try_into().map_err(Into::into);
        Call::try_new(id.map(|id| DeleteProductEnvironment {
            target: self.target(),
            id,
        }))
    }
}

/// Lists product environments; made by [`ProductEnvironments::list`].
#[derive(Clone, Debug)]
pub struct ListProductEnvironments {
    target: Target,
    enabled: Option<bool>,
    ids: Lookup,
    cloud_names: Lookup,
    prefix: Option<String>,
}

impl Call<ListProductEnvironments> {
    /// Lists only those that are enabled, or only those that aren't. Defaults to both.
    pub fn enabled(self, enabled: bool) -> Self {
        self.with(|list| list.enabled = Some(enabled))
    }

    /// Lists only those with these ids; the vendor then ignores the other filters. Defaults to no filter.
    ///
    /// The vendor takes 100 in a request: more are sent in several requests, whose answers are joined.
    pub fn ids(self, ids: impl IntoIdList<ProductEnvironmentId>) -> Self {
        self.try_change(|list| list.ids.set(ids.into_id_list()?.map(strings)))
    }

    /// Lists only those with these cloud names. Defaults to no filter.
    ///
    /// The vendor takes 100 in a request: more are sent in several requests, whose answers are joined.
    pub fn cloud_names(self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let names = Field::Set(names.into_iter().map(Into::into).collect());
        self.try_change(|list| list.cloud_names.set(names))
    }

    /// Lists only those whose name begins so, without regard to case. Defaults to no filter.
    pub fn prefix(self, prefix: impl Into<String>) -> Self {
        self.with(|list| list.prefix = Some(prefix.into()))
    }
}

impl ListOperation for ListProductEnvironments {
    type Entry = ProductEnvironment;
    const RULE: PageRule = paging::PRODUCT_ENVIRONMENTS;

    fn identity(environment: &ProductEnvironment) -> &str {
        &environment.id
    }

    fn check(&self) -> Result<()> {
        lookup::check(&[&self.ids, &self.cloud_names])
    }

    fn segments(&self) -> usize {
        lookup::requests(&[&self.ids, &self.cloud_names])
    }

    fn asked_for(&self, segment: usize) -> Option<usize> {
        lookup::asked_for(&[&self.ids, &self.cloud_names], segment)
    }

    fn fetch(
        self,
        request: PageRequest,
        options: CallOptions,
    ) -> BoxFuture<'static, Result<Response<Page<ProductEnvironment>>>> {
        let ids = self.ids.chunk(request.segment);
        let names = self.cloud_names.chunk(request.segment);
        fetch!(
            |self, low, account| low.get_product_environments(
                account,
                names.as_ref(),
                self.enabled,
                ids.as_ref(),
                self.prefix.as_deref()
            ),
            |reply| {
                let found = &reply.sub_accounts;
                let ids = found.iter().map(|environment| environment.id.as_str());
                let names = found.iter().filter_map(|environment| environment.cloud_name.as_deref());
                lookup::admit(&self.ids, request.segment, ids)
                    .and_then(|()| lookup::admit(&self.cloud_names, request.segment, names))
                    .map(|()| Page::new(reply.sub_accounts))
            },
            options
        )
    }
}
listing!(ListProductEnvironments of ProductEnvironment);
scoped!(ListProductEnvironments);

/// Fetches a product environment; made by [`ProductEnvironments::get`].
#[derive(Debug)]
pub struct GetProductEnvironment {
    target: Target,
    id: ProductEnvironmentId,
}
operation!(GetProductEnvironment -> ProductEnvironment, |call, low, account| {
    low.get_product_environment(account, call.id.as_str())
});

/// Creates a product environment; made by [`ProductEnvironments::create`].
#[derive(Debug)]
pub struct CreateProductEnvironment {
    target: Target,
    body: types::CreateProductEnvironmentRequest,
}
operation!(CreateProductEnvironment -> ProductEnvironment, |call, low, account| {
    low.create_product_environment(account, &call.body)
});

impl Call<CreateProductEnvironment> {
    /// Sets the cloud name, unique among all accounts. Defaults to one that the vendor makes.
    pub fn cloud_name(self, name: impl Into<String>) -> Self {
        self.with(|create| create.body.cloud_name = Some(name.into()))
    }

    /// Copies the settings of another product environment. Defaults to the vendor's settings.
    pub fn copy_settings_from(self, id: impl TryInto<ProductEnvironmentId, Error: Into<Error>>) -> Self {
        self.try_with(id.try_into(), |create, id| {
            create.body.base_sub_account_id = Some(id.into())
        })
    }

    /// Adds one custom attribute. Defaults to none.
    pub fn custom_attribute(self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.with(|create| {
            create
                .body
                .custom_attributes
                .get_or_insert_default()
                .insert(name.into(), value.into());
        })
    }

    /// Sets all custom attributes: an empty map and [`Field::Clear`] send `{}`. Defaults to none.
    pub fn custom_attributes(self, attributes: impl Into<Field<Map<String, Value>>>) -> Self {
        self.with(|create| create.body.custom_attributes = attributes.into().or_empty(Map::new))
    }

    /// Says whether it can be used from the start. Defaults to the vendor's default, true.
    pub fn enabled(self, enabled: bool) -> Self {
        self.with(|create| create.body.enabled = Some(enabled))
    }
}

/// Changes a product environment; made by [`ProductEnvironments::update`].
#[derive(Debug)]
pub struct UpdateProductEnvironment {
    target: Target,
    id: ProductEnvironmentId,
    body: types::UpdateProductEnvironmentRequest,
}
operation!(UpdateProductEnvironment -> ProductEnvironment, |call, low, account| {
    low.update_product_environment(account, call.id.as_str(), &call.body)
});

impl Call<UpdateProductEnvironment> {
    /// Sets the display name. Defaults to no change.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.with(|update| update.body.name = Some(name.into()))
    }

    /// Sets the cloud name, unique among all accounts; the vendor only allows it in accounts with fewer than 1000
    /// images. Defaults to no change.
    pub fn cloud_name(self, name: impl Into<String>) -> Self {
        self.with(|update| update.body.cloud_name = Some(name.into()))
    }

    /// Adds one custom attribute to those that this call sends. Defaults to no change.
    pub fn custom_attribute(self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.with(|update| {
            update
                .body
                .custom_attributes
                .get_or_insert_default()
                .insert(name.into(), value.into());
        })
    }

    /// Sets all custom attributes; [`Field::Clear`] sends `{}`. Defaults to no change.
    pub fn custom_attributes(self, attributes: impl Into<Field<Map<String, Value>>>) -> Self {
        self.with(|update| update.body.custom_attributes = attributes.into().or_empty(Map::new))
    }

    /// Says whether it can be used. Defaults to no change; the vendor's document names true as its default, so set it
    /// when the environment is disabled and has to stay so.
    pub fn enabled(self, enabled: bool) -> Self {
        self.with(|update| update.body.enabled = Some(enabled))
    }
}

/// Deletes a product environment; made by [`ProductEnvironments::delete`].
#[derive(Debug)]
pub struct DeleteProductEnvironment {
    target: Target,
    id: ProductEnvironmentId,
}
operation!(DeleteProductEnvironment -> DeletionReply, |call, low, account| {
    low.delete_product_environment(account, call.id.as_str())
});
