//! Access keys of a product environment: generate, list, change and delete them.

use std::ops::Deref;

use account_provisioning_core::{
    Error, ErrorKind, IdError, IntoId, MakeError as _, MakePage as _, Page, PageRule, ReceivedSecret, ResponseMeta,
    Result,
};
use serde::Serialize;

use super::requests::{DeleteAccessKey, DeleteAccessKeyByName, GenerateAccessKey, GetAccessKeys, UpdateAccessKey};
use super::types::{AccessKeyList, DeletionReply, GenerateAccessKeyRequest, UpdateAccessKeyRequest};
use super::{
    AccessKey, AccessKeyPurpose, AccessKeySortBy, AccountId, ApiKey, Client, ProductEnvironmentId, SortOrder, deleted,
    lookups, paging,
};
use crate::call::{Call, FromReply, Operation};
use crate::find::FindBy;
use crate::list::{List, PageFields, Pager};

/// The access keys of one product environment; see [`Client::access_keys`].
#[derive(Clone, Debug)]
pub struct AccessKeys {
    client: Client,
    /// The environment, or what is wrong with its id: each call reports it before anything is sent.
    environment: std::result::Result<ProductEnvironmentId, IdError>,
}

impl AccessKeys {
    pub(super) fn new(client: Client, environment: std::result::Result<ProductEnvironmentId, IdError>) -> Self {
        Self { client, environment }
    }

    fn account(&self) -> AccountId {
        self.client.account_id().clone()
    }

    fn environment(&self) -> std::result::Result<ProductEnvironmentId, IdError> {
        self.environment.clone()
    }

    /// Lists the access keys (`getAccessKeys`). Awaited, it fetches one page of at most 100 keys; streamed, all of them.
    ///
    /// The vendor returns at most 100 pages, so the page size decides how many keys can be listed.
    ///
    /// # Options
    /// [`sort_by`][o], [`sort_order`][o], [`page`][o], [`page_size`][o]
    ///
    /// [o]: Call#impl-Call%3CGetAccessKeys,+M%3E
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when there is no such product environment; a
    /// [paging error](crate::Error::paging) when there are more than 100 pages.
    #[doc(alias = "access_keys")]
    pub fn list(&self) -> Pager<GetAccessKeys> {
        let request = self
            .environment()
            .map(|environment| GetAccessKeys::new(self.account(), environment));
        Call::try_new(self.client.low_level(), request)
    }

    /// Finds the access key with a name, or `None` when no key has it (`getAccessKeys`). It fetches all pages, which share the
    /// call's time limit. Names are compared exactly.
    ///
    /// Its secret is only there if the service lists secrets.
    ///
    /// # Errors
    /// Those of [`list`](Self::list); [`is_ambiguous`](crate::Error::is_ambiguous) when several keys have the name;
    /// an input error for an empty name.
    pub fn find_by_name(&self, name: impl Into<String>) -> Call<FindBy<GetAccessKeys>> {
        let find = self.environment().map(|environment| {
            let list = GetAccessKeys::new(self.account(), environment);
            lookups::access_key_by_name(list, name.into())
        });
        Call::try_new(self.client.low_level(), find)
    }

    /// Generates an access key (`generateAccessKey`).
    ///
    /// # Options
    /// [`name`][o], [`enabled`][o]
    ///
    /// [o]: Call#impl-Call%3CGenerateAccessKey,+M%3E
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when there is no such product environment;
    /// [`is_conflict`](crate::Error::is_conflict) when another key has this name;
    /// [`is_outcome_unknown`](crate::Error::is_outcome_unknown) when the response was lost: a key may exist that nobody
    /// uses. If it has a name, [`reconcile`](Call::reconcile) finds out whether it exists. Unless the key found contains its
    /// secret, the secret is lost: delete the key and generate another. The call is never retried after it may have had an
    /// effect.
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
    #[doc(alias = "generate_access_key")]
    pub fn generate(&self) -> Call<GenerateAccessKey> {
        let body = GenerateAccessKeyRequest::default();
        let request = self
            .environment()
            .map(|environment| GenerateAccessKey::new(self.account(), environment, body));
        Call::try_new(self.client.low_level(), request)
    }

    /// Changes an access key (`updateAccessKey`): what isn't set stays as it is.
    ///
    /// # Options
    /// [`name`][o], [`enabled`][o], [`dedicated_for`][o]
    ///
    /// [o]: Call#impl-Call%3CUpdateAccessKey,+M%3E
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when there is no such key; [`is_conflict`](crate::Error::is_conflict)
    /// when another key has the name.
    #[doc(alias = "update_access_key")]
    pub fn update(&self, key: impl IntoId<ApiKey>) -> Call<UpdateAccessKey> {
        let body = UpdateAccessKeyRequest::default();
        let request = self
            .with_key(key)
            .map(|(environment, key)| UpdateAccessKey::new(self.account(), environment, key, body));
        Call::try_new(self.client.low_level(), request)
    }

    /// Deletes an access key (`deleteAccessKey`).
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when there is no such key.
    #[doc(alias = "delete_access_key")]
    pub fn delete(&self, key: impl IntoId<ApiKey>) -> Call<DeleteAccessKey> {
        let request = self
            .with_key(key)
            .map(|(environment, key)| DeleteAccessKey::new(self.account(), environment, key));
        Call::try_new(self.client.low_level(), request)
    }

    /// Deletes the access key with this name (`deleteAccessKeyByName`).
    ///
    /// # Errors
    /// An input error for an empty name; [`is_not_found`](crate::Error::is_not_found) when no key has the name.
    #[doc(alias = "delete_access_key")]
    pub fn delete_by_name(&self, name: impl Into<String>) -> Call<DeleteAccessKeyByName> {
        let request = self.environment().map_err(Error::from).and_then(|environment| {
            let name = checked_name(name.into())?;
            Ok(DeleteAccessKeyByName::new(self.account(), environment, name))
        });
        Call::try_new(self.client.low_level(), request)
    }

    fn with_key(&self, key: impl IntoId<ApiKey>) -> std::result::Result<(ProductEnvironmentId, ApiKey), IdError> {
        Ok((self.environment()?, key.into_id()?))
    }
}

fn checked_name(name: String) -> Result<String> {
    if name.is_empty() {
        return Err(Error::invalid_input(
            "access key name: it is empty; give the name of the key to delete",
        ));
    }
    Ok(name)
}

/// A generated access key, together with its secret.
///
/// Serialised, it is the key with its secret written as `[redacted]`.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct GeneratedAccessKey {
    /// The secret. Store it where secrets are kept.
    #[serde(skip)] // it is in the key too
    pub api_secret: ReceivedSecret,
    /// The key; its fields can also be read directly from this type.
    #[serde(flatten)]
    pub key: AccessKey,
}

impl Deref for GeneratedAccessKey {
    type Target = AccessKey;

    fn deref(&self) -> &AccessKey {
        &self.key
    }
}

impl Operation for GenerateAccessKey {
    type Output = GeneratedAccessKey;
}

impl FromReply<AccessKey> for GeneratedAccessKey {
    fn from_reply(key: AccessKey, _: &mut ResponseMeta) -> Result<Self> {
        match key.api_secret.clone() {
            Some(api_secret) => Ok(GeneratedAccessKey { api_secret, key }),
            None => {
                let message = format!(
                    "the response has no `api_secret`: if the key {} exists, delete it and generate another",
                    key.api_key
                );
                Err(Error::new(ErrorKind::Decode, message))
            }
        }
    }
}

/// Options of [`AccessKeys::list`].
impl<M> Call<GetAccessKeys, M> {
    /// Sets what the keys are sorted by. Defaults to the vendor's order.
    pub fn sort_by(self, field: impl Into<AccessKeySortBy>) -> Self {
        self.with(|list| list.sort_by = Some(field.into()))
    }

    /// Sets the direction of the order. Defaults to the vendor's, descending.
    pub fn sort_order(self, order: impl Into<SortOrder>) -> Self {
        self.with(|list| list.sort_order = Some(order.into()))
    }

    /// Chooses a page, from 1 to 100. Defaults to the first; a stream reads them all and takes no page.
    pub fn page(self, page: u32) -> Self {
        self.with(|list| list.page = Some(page.into()))
    }

    /// Sets how many keys a page contains, at least 1. Defaults to 100.
    pub fn page_size(self, size: u32) -> Self {
        self.with(|list| list.page_size = Some(size.into()))
    }
}

impl List for GetAccessKeys {
    type Item = AccessKey;
    const RULE: PageRule = paging::ACCESS_KEYS;
    const ITEMS: &'static str = "/access_keys";

    fn place(&mut self) -> PageFields<'_> {
        PageFields::Numbered {
            page: &mut self.page,
            page_size: &mut self.page_size,
        }
    }

    fn page(&self, reply: AccessKeyList, _: &mut ResponseMeta) -> Result<Page<AccessKey>> {
        let total = reply.total.and_then(|total| u64::try_from(total).ok());
        Ok(Page::new(reply.access_keys).with_total(total))
    }

    fn identity(key: &AccessKey) -> &str {
        key.api_key.as_str()
    }
}

/// Options of [`AccessKeys::generate`].
impl<M> Call<GenerateAccessKey, M> {
    /// Sets the key's name. Defaults to one that the vendor makes.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.with(|generate| generate.body.name = Some(name.into()))
    }

    /// Says whether the key can be used from the start. Defaults to the vendor's default.
    pub fn enabled(self, enabled: bool) -> Self {
        self.with(|generate| generate.body.enabled = Some(enabled))
    }
}

/// Options of [`AccessKeys::update`].
impl<M> Call<UpdateAccessKey, M> {
    /// Sets the key's name. Defaults to no change.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.with(|update| update.body.name = Some(name.into()))
    }

    /// Says whether the key can be used. Defaults to no change.
    pub fn enabled(self, enabled: bool) -> Self {
        self.with(|update| update.body.enabled = Some(enabled))
    }

    /// Dedicates the key to a purpose, which no other key then has. The key can still be used for anything else.
    /// Defaults to no change.
    pub fn dedicated_for(self, purpose: impl Into<AccessKeyPurpose>) -> Self {
        self.with(|update| update.body.dedicated_for = Some(purpose.into()))
    }
}

impl Operation for UpdateAccessKey {
    type Output = AccessKey;
}

impl Operation for DeleteAccessKey {
    type Output = ();
}

impl FromReply<DeletionReply> for () {
    fn from_reply(reply: DeletionReply, meta: &mut ResponseMeta) -> Result<Self> {
        deleted(&reply, meta)
    }
}

impl Operation for DeleteAccessKeyByName {
    type Output = ();
}
