//! Resource groups: what policies of members and user groups apply to.

mod change;
mod list;
mod scope;

use account_provisioning_core::{Error, IntoId, MakeError as _, ResponseMeta, Result};

use super::envelope::opened;
use super::find::Find;
use super::requests::{
    CreateResourceGroup, DeleteResourceGroup, GetResourceGroup, ListResourceGroups, UpdateResourceGroup,
};
use super::types::{CreateResourceGroupRequest, ResourceGroupReply, UpdateResourceGroupRequest};
use super::{AccountHandle, ResourceGroup, ResourceGroupId, lookups};
use crate::call::{Call, FromReply, Operation};
use crate::find::FindBy;
use crate::list::Pager;
use crate::mode::Optional;
use crate::replace::ReadAndReplace;

pub use self::change::ChangeResourceGroup;
pub use self::scope::ResourceGroupScope;

/// The resource groups of one account; see [`AccountHandle::resource_groups`].
#[doc(alias = "iam.resource_groups")]
#[derive(Clone, Debug)]
pub struct ResourceGroups {
    account: AccountHandle,
}

impl ResourceGroups {
    pub(super) fn new(account: AccountHandle) -> Self {
        Self { account }
    }

    /// Lists the resource groups (`listResourceGroups`). Awaited, it fetches one page; streamed, all of them.
    ///
    /// # Options
    /// [`id`][o], [`name`][o], [`page`][o], [`page_size`][o]
    ///
    /// [o]: Call#impl-Call%3CListResourceGroups,+M%3E
    ///
    /// # Errors
    /// [`is_permission_denied`](crate::Error::is_permission_denied) when the credentials don't allow it.
    pub fn list(&self) -> Pager<ListResourceGroups> {
        self.account.call(ListResourceGroups::new)
    }

    /// Fetches one resource group (`getResourceGroup`).
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no resource group has this id; [`get_opt`](Self::get_opt) returns
    /// `None` instead.
    pub fn get(&self, id: impl IntoId<ResourceGroupId>) -> Call<GetResourceGroup> {
        self.account.call_with(id.into_id(), GetResourceGroup::new)
    }

    /// Fetches one resource group, or `None` when none has this id (`getResourceGroup`).
    ///
    /// # Errors
    /// As [`get`](Self::get), but for "not found".
    pub fn get_opt(&self, id: impl IntoId<ResourceGroupId>) -> Call<GetResourceGroup, Optional> {
        self.get(id).optional()
    }

    /// Finds the resource group with a name (`listResourceGroups`). It fetches all pages, which share the call's time
    /// limit.
    ///
    /// # Errors
    /// [`is_ambiguous`](crate::Error::is_ambiguous) when more than one group has the name: the error lists them. An [input
    /// error](crate::Error::is_invalid_input) that lists similar names when none does.
    pub fn find(&self, name: impl Into<String>) -> Call<Find<ListResourceGroups>> {
        let name = name.into();
        self.account
            .call(|account| Find::new(ListResourceGroups::new(account), name, None))
    }

    /// Finds the resource group with a name, or `None` when no group has it (`listResourceGroups`). It fetches all pages, which
    /// share the call's time limit. Names are compared exactly and need not be unique. [`find`](Self::find) has an error that
    /// names similar ones in place of `None`.
    ///
    /// # Errors
    /// Those of [`list`](Self::list); [`is_ambiguous`](crate::Error::is_ambiguous) when several groups have the name;
    /// an input error for an empty name.
    pub fn find_by_name(&self, name: impl Into<String>) -> Call<FindBy<ListResourceGroups>> {
        let name = name.into();
        self.account
            .call(|account| FindBy::new(ListResourceGroups::new(account), &lookups::RESOURCE_GROUP_BY_NAME, name))
    }

    /// Creates a resource group (`createResourceGroup`).
    ///
    /// # Errors
    /// An input error for an empty name, or for a scope without objects;
    /// [`is_outcome_unknown`](crate::Error::is_outcome_unknown) when the response was lost:
    /// [`reconcile`](Call::reconcile) finds out whether it was created. The call is never retried after a lost response.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudflare::{self, AccountId, ResourceGroupScope};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudflare = cloudflare::Client::builder().api_token(emulator.cloudflare().api_token()).base_url(emulator.cloudflare().base_url()).build()?;
    /// let id = AccountId::new(emulator.cloudflare().account_id())?;
    /// let groups = cloudflare.account(&id).resource_groups();
    /// let shop = ResourceGroupScope::zones(&id, ["23f8d65290b24279ba6f44721b3eaad5"]);
    /// let group = groups.create("Shop", shop).await?;
    /// groups.update(&group.id).name("Shop and stock").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn create(&self, name: impl Into<String>, scope: ResourceGroupScope) -> Call<CreateResourceGroup> {
        let body = named(name.into()).and_then(|name| {
            let scope = scope.body()?;
            Ok(CreateResourceGroupRequest { name, scope })
        });
        self.account.call_with(body, CreateResourceGroup::new)
    }

    /// Changes a resource group (`getResourceGroup`, then `updateResourceGroup`): what isn't set stays as it is. **Two
    /// requests**, which share the call's time limit. A change that somebody else makes between the two is overwritten. With
    /// [`if_unchanged_since`][o], a change that was made since you fetched the group is an error.
    ///
    /// # Options
    /// [`name`][o], [`scope`][o], [`if_unchanged_since`][o]
    ///
    /// [o]: Call#impl-Call%3CChangeResourceGroup,+M%3E
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no resource group has this id;
    /// [`is_changed`](crate::Error::is_changed) when it is not what [`if_unchanged_since`][o] says; an input error for an
    /// empty name, or for a scope without objects.
    pub fn update(&self, id: impl IntoId<ResourceGroupId>) -> Call<ChangeResourceGroup, ReadAndReplace> {
        self.account.call_with(id.into_id(), ChangeResourceGroup::new)
    }

    /// Replaces a resource group (`updateResourceGroup`). What isn't set is not sent, and the service decides what happens
    /// to it; [`update`](Self::update) keeps the rest.
    ///
    /// # Options
    /// [`name`][o], [`scope`][o]
    ///
    /// [o]: Call#impl-Call%3CUpdateResourceGroup,+M%3E
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no resource group has this id; an input error for an empty name, or
    /// for a scope without objects.
    pub fn replace(&self, id: impl IntoId<ResourceGroupId>) -> Call<UpdateResourceGroup> {
        self.account.call_with(id.into_id(), |account, id| {
            UpdateResourceGroup::new(account, id, UpdateResourceGroupRequest::default())
        })
    }

    /// Deletes a resource group (`deleteResourceGroup`).
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no resource group has this id;
    /// [`is_conflict`](crate::Error::is_conflict) when the service does not delete one that a policy applies to.
    pub fn delete(&self, id: impl IntoId<ResourceGroupId>) -> Call<DeleteResourceGroup> {
        self.account.call_with(id.into_id(), DeleteResourceGroup::new)
    }
}

/// Refuses an empty name.
fn named(name: String) -> Result<String> {
    if name.trim().is_empty() {
        return Err(Error::invalid_input(
            "`name`: it is empty; give the resource group a name to be found by",
        ));
    }
    Ok(name)
}

/// Options of [`ResourceGroups::replace`].
impl<M> Call<UpdateResourceGroup, M> {
    /// Sets the name. Defaults to not sending one.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.try_with(named(name.into()), |replace, name| replace.body.name = Some(name))
    }

    /// Sets what the group covers. Defaults to not sending it.
    pub fn scope(self, scope: ResourceGroupScope) -> Self {
        self.try_with(scope.body(), |replace, scope| replace.body.scope = Some(scope))
    }
}

impl Operation for GetResourceGroup {
    type Output = ResourceGroup;
}

impl Operation for CreateResourceGroup {
    type Output = ResourceGroup;
}

impl Operation for UpdateResourceGroup {
    type Output = ResourceGroup;
}

impl Operation for DeleteResourceGroup {
    type Output = ();
}

impl FromReply<ResourceGroupReply> for ResourceGroup {
    fn from_reply(reply: ResourceGroupReply, meta: &mut ResponseMeta) -> Result<Self> {
        opened(reply.result, reply.messages, meta)
    }
}
