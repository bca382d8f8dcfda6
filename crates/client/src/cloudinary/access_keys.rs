//! Access keys of a product environment: generate, list, change, delete.

use std::ops::Deref;

use account_provisioning_api::cloudinary::types;
use account_provisioning_core::{
    CallOptions, ErrorKind, Page, PageRequest, PageRule, Position, ReceivedSecret, Response, Result,
};
use futures::future::BoxFuture;

use super::target::{Target, fetch, operation, scoped};
use super::{
    AccessKey, AccessKeyPurpose, AccessKeySortBy, ApiKey, Client, DeletionReply, ProductEnvironmentId, SortOrder,
    paging,
};
use crate::Error;
use crate::call::Call;
use crate::list::{Chosen, ListOperation, listing};

/// The access keys of one product environment; see [`Client::access_keys`].
#[derive(Clone, Debug)]
pub struct AccessKeys {
    client: Client,
    /// The environment, or what is wrong with its id: reported by each call before anything is sent.
    environment: std::result::Result<ProductEnvironmentId, String>,
}

impl AccessKeys {
    pub(super) fn new(client: Client, environment: Result<ProductEnvironmentId>) -> Self {
        Self {
            client,
            environment: environment.map_err(|problem| problem.to_string()),
        }
    }

    fn environment(&self) -> Result<ProductEnvironmentId> {
        self.environment.clone().map_err(Error::invalid_input)
    }

    fn target(&self) -> Target {
        Target::new(&self.client)
    }

    /// Lists the access keys (`getAccessKeys`). Awaited, it fetches one page of at most 100 keys; streamed, all of them.
    ///
    /// The vendor hands out 100 pages: [`page_size`](Call::<ListAccessKeys>::page_size) decides how many keys that is.
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when there is no such product environment; a
    /// [paging error](Error::paging) when there are more than 100 pages.
    pub fn list(&self) -> Call<ListAccessKeys> {
        Call::try_new(self.environment().map(|environment| ListAccessKeys {
            target: self.target(),
            environment,
            sort_by: None,
            sort_order: None,
            chosen: Chosen::default(),
        }))
    }

    /// Generates an access key (`generateAccessKey`).
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when there is no such product environment;
    /// [`is_conflict`](Error::is_conflict) when a key has this name already;
    /// [`is_outcome_unknown`](Error::is_outcome_unknown) when the reply was lost: a key may exist that nobody uses, so
    /// look for it by its name with [`list`](Self::list). The call is never repeated blindly.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudinary;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
    /// # let environment = cloudinary.product_environments().create("Client Portal").await?;
    /// let key = cloudinary.access_keys(&environment.id).generate().name("production").await?;
    /// let secret: &str = key.api_secret.expose_secret(); // the only way to see it
    /// assert!(!format!("{key:?}").contains(secret));
    /// # Ok(())
    /// # }
    /// ```
    pub fn generate(&self) -> Call<GenerateAccessKey> {
        let body = types::GenerateAccessKeyRequest::default();
        Call::try_new(self.environment().map(|environment| GenerateAccessKey {
            target: self.target(),
            environment,
            body,
        }))
    }

    /// Changes an access key (`updateAccessKey`): what isn't set stays as it is.
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when there is no such key; [`is_conflict`](Error::is_conflict) when another
    /// key has the name.
    pub fn update(&self, key: impl TryInto<ApiKey, Error: Into<Error>>) -> Call<UpdateAccessKey> {
        Call::try_new(self.with_key(key).map(|(environment, key)| UpdateAccessKey {
            target: self.target(),
            environment,
            key,
            body: types::UpdateAccessKeyRequest::default(),
        }))
    }

    /// Deletes an access key (`deleteAccessKey`).
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when there is no such key.
    pub fn delete(&self, key: impl TryInto<ApiKey, Error: Into<Error>>) -> Call<DeleteAccessKey> {
        Call::try_new(self.with_key(key).map(|(environment, key)| DeleteAccessKey {
            target: self.target(),
            environment,
            key,
        }))
    }

    /// Deletes the access key that has a name (`deleteAccessKeyByName`).
    ///
    /// # Errors
    /// An input error for an empty name; [`is_not_found`](Error::is_not_found) when no key has the name.
    pub fn delete_by_name(&self, name: impl Into<String>) -> Call<DeleteAccessKeyByName> {
        let name = name.into();
        Call::try_new(self.environment().and_then(|environment| {
            if name.is_empty() {
                return Err(Error::invalid_input(
                    "access key name: it is empty; give the name of the key to delete",
                ));
            }
            Ok(DeleteAccessKeyByName {
                target: self.target(),
                environment,
                name,
            })
        }))
    }

    fn with_key(&self, key: impl TryInto<ApiKey, Error: Into<Error>>) -> Result<(ProductEnvironmentId, ApiKey)> {
        Ok((self.environment()?, key.try_into().map_err(Into::into)?))
    }
}

/// A generated access key, together with its secret.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GeneratedAccessKey {
    /// The secret. Store it where secrets are kept.
    pub api_secret: ReceivedSecret,
    /// The key; its fields are reached through this type too.
    pub key: AccessKey,
}

impl Deref for GeneratedAccessKey {
    type Target = AccessKey;

    fn deref(&self) -> &AccessKey {
        &self.key
    }
}

impl GeneratedAccessKey {
    fn new(key: AccessKey) -> Result<Self> {
        match key.api_secret.clone() {
            Some(api_secret) => Ok(Self { api_secret, key }),
            None => {
                let message = format!(
                    "the key {} was generated, but the reply holds no `api_secret`: delete the key and generate another",
                    key.api_key
                );
                Err(Error::new(ErrorKind::Decode, message).with_operation("generateAccessKey"))
            }
        }
    }
}

/// Lists access keys; made by [`AccessKeys::list`].
#[derive(Clone, Debug)]
pub struct ListAccessKeys {
    target: Target,
    environment: ProductEnvironmentId,
    sort_by: Option<AccessKeySortBy>,
    sort_order: Option<SortOrder>,
    chosen: Chosen,
}

impl Call<ListAccessKeys> {
    /// Chooses a page, from 1 to 100. Defaults to the first; a stream reads them all and takes no page.
    pub fn page(self, page: u32) -> Self {
        self.with(|list| list.chosen.page = Some(page))
    }

    /// Sets how many keys a page holds, at least 1. Defaults to 100.
    pub fn page_size(self, size: u32) -> Self {
        self.with(|list| list.chosen.page_size = Some(size))
    }

    /// Sets what the keys are sorted by. Defaults to the vendor's order.
    pub fn sort_by(self, field: impl Into<AccessKeySortBy>) -> Self {
        self.with(|list| list.sort_by = Some(field.into()))
    }

    /// Sets the direction of the order. Defaults to the vendor's, descending.
    pub fn sort_order(self, order: impl Into<SortOrder>) -> Self {
        self.with(|list| list.sort_order = Some(order.into()))
    }
}

impl ListOperation for ListAccessKeys {
    type Entry = AccessKey;
    const RULE: PageRule = paging::ACCESS_KEYS;

    fn identity(key: &AccessKey) -> &str {
        &key.api_key
    }

    fn chosen(&self) -> Chosen {
        self.chosen.clone()
    }

    fn fetch(
        self,
        request: PageRequest,
        options: CallOptions,
    ) -> BoxFuture<'static, Result<Response<Page<AccessKey>>>> {
        let number = match request.position {
            Position::Number(number) => number,
            _ => 1,
        };
        fetch!(
            |self, low, account| low.get_access_keys(
                account,
                self.environment.as_str(),
                Some(i64::from(number)),
                Some(i64::from(request.page_size)),
                self.sort_by.clone(),
                self.sort_order.clone()
            ),
            |reply| {
                let total = reply.total.and_then(|total| u64::try_from(total).ok());
                Ok(Page::new(reply.access_keys)
                    .numbered(number, request.page_size)
                    .with_total(total))
            },
            options
        )
    }
}
listing!(ListAccessKeys of AccessKey);
scoped!(ListAccessKeys);

/// Generates an access key; made by [`AccessKeys::generate`].
#[derive(Debug)]
pub struct GenerateAccessKey {
    target: Target,
    environment: ProductEnvironmentId,
    body: types::GenerateAccessKeyRequest,
}
operation!(
    GenerateAccessKey -> GeneratedAccessKey,
    |call, low, account| low.generate_access_key(account, call.environment.as_str(), &call.body),
    |reply| GeneratedAccessKey::new(reply)
);

impl Call<GenerateAccessKey> {
    /// Sets the key's name. Defaults to one that the vendor makes.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.with(|generate| generate.body.name = Some(name.into()))
    }

    /// Says whether the key can be used from the start. Defaults to the vendor's default.
    pub fn enabled(self, enabled: bool) -> Self {
        self.with(|generate| generate.body.enabled = Some(enabled))
    }
}

/// Changes an access key; made by [`AccessKeys::update`].
#[derive(Debug)]
pub struct UpdateAccessKey {
    target: Target,
    environment: ProductEnvironmentId,
    key: ApiKey,
    body: types::UpdateAccessKeyRequest,
}
operation!(UpdateAccessKey -> AccessKey, |call, low, account| {
    low.update_access_key(account, call.environment.as_str(), call.key.as_str(), &call.body)
});

impl Call<UpdateAccessKey> {
    /// Sets the key's name. Defaults to no change.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.with(|update| update.body.name = Some(name.into()))
    }

    /// Says whether the key can be used. Defaults to no change.
    pub fn enabled(self, enabled: bool) -> Self {
        self.with(|update| update.body.enabled = Some(enabled))
    }

    /// Dedicates the key to a purpose, taking it from the key that had it; the key still serves others. Defaults to no
    /// change.
    pub fn dedicated_for(self, purpose: impl Into<AccessKeyPurpose>) -> Self {
        self.with(|update| update.body.dedicated_for = Some(purpose.into()))
    }
}

/// Deletes an access key; made by [`AccessKeys::delete`].
#[derive(Debug)]
pub struct DeleteAccessKey {
    target: Target,
    environment: ProductEnvironmentId,
    key: ApiKey,
}
operation!(DeleteAccessKey -> DeletionReply, |call, low, account| {
    low.delete_access_key(account, call.environment.as_str(), call.key.as_str())
});

/// Deletes an access key by its name; made by [`AccessKeys::delete_by_name`].
#[derive(Debug)]
pub struct DeleteAccessKeyByName {
    target: Target,
    environment: ProductEnvironmentId,
    name: String,
}
operation!(DeleteAccessKeyByName -> DeletionReply, |call, low, account| {
    low.delete_access_key_by_name(account, call.environment.as_str(), &call.name)
});
