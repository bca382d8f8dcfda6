//! Creating, changing and deleting product environments.

use account_provisioning_core::IntoId;
use serde_json::{Map, Value};

use super::super::requests::{CreateProductEnvironment, DeleteProductEnvironment, UpdateProductEnvironment};
use super::super::{ProductEnvironment, ProductEnvironmentId};
use crate::Field;
use crate::call::{Call, Operation};

impl Operation for CreateProductEnvironment {
    type Output = ProductEnvironment;
}

/// Options of [`ProductEnvironments::create`](super::ProductEnvironments::create).
impl<M> Call<CreateProductEnvironment, M> {
    /// Sets the cloud name, unique among all accounts. Defaults to one that the vendor makes.
    pub fn cloud_name(self, name: impl Into<String>) -> Self {
        self.with(|create| create.body.cloud_name = Some(name.into()))
    }

    /// Copies the settings of another product environment (`base_sub_account_id`). Defaults to the vendor's settings.
    #[doc(alias = "base_sub_account_id")]
    pub fn copy_settings_from(self, id: impl IntoId<ProductEnvironmentId>) -> Self {
        self.try_with(id.into_id(), |create, id| create.body.base_sub_account_id = Some(id))
    }

    /// Adds one custom attribute. Defaults to none.
    pub fn custom_attribute(self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.with(|create| {
            let attributes = create.body.custom_attributes.get_or_insert_default();
            attributes.insert(name.into(), value.into());
        })
    }

    /// Sets all custom attributes: an empty map and [`Field::Clear`] send `{}`. Defaults to none.
    pub fn custom_attributes(self, attributes: impl Into<Field<Map<String, Value>>>) -> Self {
        self.with(|create| create.body.custom_attributes = attributes.into().or_empty(Map::new))
    }

    /// Says whether the product environment can be used from the start. Defaults to the vendor's default, true.
    pub fn enabled(self, enabled: bool) -> Self {
        self.with(|create| create.body.enabled = Some(enabled))
    }
}

impl Operation for UpdateProductEnvironment {
    type Output = ProductEnvironment;
}

/// Options of [`ProductEnvironments::update`](super::ProductEnvironments::update).
impl<M> Call<UpdateProductEnvironment, M> {
    /// Sets the display name. Defaults to no change.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.with(|update| update.body.name = Some(name.into()))
    }

    /// Sets the cloud name, unique among all accounts. Defaults to no change. The vendor only allows it in accounts with
    /// fewer than 1000 images.
    pub fn cloud_name(self, name: impl Into<String>) -> Self {
        self.with(|update| update.body.cloud_name = Some(name.into()))
    }

    /// Adds one custom attribute to those that this call sends. Defaults to no change.
    pub fn custom_attribute(self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.with(|update| {
            let attributes = update.body.custom_attributes.get_or_insert_default();
            attributes.insert(name.into(), value.into());
        })
    }

    /// Sets all custom attributes; [`Field::Clear`] sends `{}`. Defaults to no change.
    pub fn custom_attributes(self, attributes: impl Into<Field<Map<String, Value>>>) -> Self {
        self.with(|update| update.body.custom_attributes = attributes.into().or_empty(Map::new))
    }

    /// Says whether the product environment can be used. Defaults to no change. The vendor's document names true as the
    /// default, so set it when the environment is disabled and has to stay disabled.
    pub fn enabled(self, enabled: bool) -> Self {
        self.with(|update| update.body.enabled = Some(enabled))
    }
}

impl Operation for DeleteProductEnvironment {
    type Output = ();
}
