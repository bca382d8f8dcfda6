//! User groups: groups of members, with policies that apply to everyone in them.

mod change;
mod list;
mod members;
mod write;

use account_provisioning_core::{IntoId, ResponseMeta, Result};

use super::envelope::opened;
use super::find::Find;
use super::requests::{CreateUserGroup, DeleteUserGroup, GetUserGroup, ListUserGroups, UpdateUserGroup};
use super::types::{CreateUserGroupRequest, UpdateUserGroupRequest, UserGroupReply};
use super::{AccountHandle, UserGroup, UserGroupId, lookups};
use crate::call::{Call, FromReply, Operation};
use crate::find::FindBy;
use crate::list::Pager;
use crate::mode::Optional;
use crate::replace::ReadAndReplace;

pub use self::change::ChangeUserGroup;
pub use self::members::UserGroupMembers;

/// The user groups of one account; see [`AccountHandle::user_groups`].
#[doc(alias = "iam.user_groups")]
#[derive(Clone, Debug)]
pub struct UserGroups {
    account: AccountHandle,
}

impl UserGroups {
    pub(super) fn new(account: AccountHandle) -> Self {
        Self { account }
    }

    /// The members of one user group. Nothing is sent. If the id is not valid, each call that is made through the handle
    /// reports it.
    #[must_use]
    pub fn members(&self, id: impl IntoId<UserGroupId>) -> UserGroupMembers {
        UserGroupMembers::new(self.account.clone(), id.into_id())
    }

    /// Lists the user groups (`listUserGroups`). Awaited, it fetches one page; streamed, all of them.
    ///
    /// # Options
    /// [`id`][o], [`name`][o], [`name_contains`][o], [`sort_order`][o], [`page`][o], [`page_size`][o]
    ///
    /// [o]: Call#impl-Call%3CListUserGroups,+M%3E
    ///
    /// # Errors
    /// [`is_permission_denied`](crate::Error::is_permission_denied) when the credentials don't allow it.
    pub fn list(&self) -> Pager<ListUserGroups> {
        self.account.call(ListUserGroups::new)
    }

    /// Fetches one user group (`getUserGroup`). [`members`](Self::members) has who is in it.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no user group has this id; [`get_opt`](Self::get_opt) returns
    /// `None` instead.
    pub fn get(&self, id: impl IntoId<UserGroupId>) -> Call<GetUserGroup> {
        self.account.call_with(id.into_id(), GetUserGroup::new)
    }

    /// Fetches one user group, or `None` when none has this id (`getUserGroup`).
    ///
    /// # Errors
    /// As [`get`](Self::get), but for "not found".
    pub fn get_opt(&self, id: impl IntoId<UserGroupId>) -> Call<GetUserGroup, Optional> {
        self.get(id).optional()
    }

    /// Finds the user group with a name (`listUserGroups`). It fetches all pages, which share the call's time limit.
    ///
    /// # Errors
    /// [`is_ambiguous`](crate::Error::is_ambiguous) when more than one group has the name: the error lists them. An [input
    /// error](crate::Error::is_invalid_input) that lists similar names when none does.
    pub fn find(&self, name: impl Into<String>) -> Call<Find<ListUserGroups>> {
        let name = name.into();
        self.account
            .call(|account| Find::new(ListUserGroups::new(account), name, None))
    }

    /// Finds the user group with a name, or `None` when no group has it (`listUserGroups`). It fetches all pages, which share
    /// the call's time limit. Names are compared exactly and need not be unique. [`find`](Self::find) has an error that names
    /// similar ones in place of `None`.
    ///
    /// # Errors
    /// Those of [`list`](Self::list); [`is_ambiguous`](crate::Error::is_ambiguous) when several groups have the name;
    /// an input error for an empty name.
    pub fn find_by_name(&self, name: impl Into<String>) -> Call<FindBy<ListUserGroups>> {
        let name = name.into();
        self.account
            .call(|account| FindBy::new(ListUserGroups::new(account), &lookups::USER_GROUP_BY_NAME, name))
    }

    /// Creates a user group without members (`createUserGroup`).
    ///
    /// # Options
    /// [`policies`][o]
    ///
    /// [o]: Call#impl-Call%3CCreateUserGroup,+M%3E
    ///
    /// # Errors
    /// An input error for an empty name, or for a policy without permission groups or resource groups;
    /// [`is_conflict`](crate::Error::is_conflict) when the name is taken;
    /// [`is_outcome_unknown`](crate::Error::is_outcome_unknown) when the response was lost:
    /// [`reconcile`](Call::reconcile) finds out whether it was created. The call is never retried after a lost response.
    ///
    /// # Examples
    /// Give several members what a user group may do:
    /// ```
    /// # use account_provisioning::cloudflare::{self, AccountId, MemberAccess, MemberPolicy, ResourceGroupScope};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudflare = cloudflare::Client::builder().api_token(emulator.cloudflare().api_token()).base_url(emulator.cloudflare().base_url()).build()?;
    /// # let id = AccountId::new(emulator.cloudflare().account_id())?;
    /// # let account = cloudflare.account(&id);
    /// # let permission = account.permission_groups().find("Billing Read", None).await?;
    /// # let resources = account.resource_groups().create("All", ResourceGroupScope::account(&id)).await?;
    /// # let roles = account.roles().list().await?;
    /// # let access = MemberAccess::roles([&roles.items[0]]);
    /// # let ann = account.members().add("ann@client.example", access.clone()).await?;
    /// # let bob = account.members().add("bob@client.example", access).await?;
    /// let groups = account.user_groups();
    /// let policy = MemberPolicy::allow().permission_group(&permission.id).resource_group(&resources.id);
    /// let group = groups.create("Accounting").policies([policy]).await?;
    /// groups.members(&group.id).add([&ann.id, &bob.id]).await?;
    /// assert_eq!(groups.members(&group.id).list().await?.len(), 2);
    /// # Ok(())
    /// # }
    /// ```
    pub fn create(&self, name: impl Into<String>) -> Call<CreateUserGroup> {
        let body = write::named(name.into()).map(|name| CreateUserGroupRequest { name, policies: None });
        self.account.call_with(body, CreateUserGroup::new)
    }

    /// Changes a user group (`getUserGroup`, then `updateUserGroup`): what isn't set stays as it is, and so do its members.
    /// **Two requests**, which share the call's time limit. A change that somebody else makes between the two is
    /// overwritten. With [`if_unchanged_since`][o], a change that was made since you fetched the group is an error.
    ///
    /// # Options
    /// [`name`][o], [`policies`][o], [`if_unchanged_since`][o]
    ///
    /// [o]: Call#impl-Call%3CChangeUserGroup,+M%3E
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no user group has this id;
    /// [`is_changed`](crate::Error::is_changed) when it is not what [`if_unchanged_since`][o] says; an input error for an
    /// empty name, or for a policy without permission groups or resource groups.
    pub fn update(&self, id: impl IntoId<UserGroupId>) -> Call<ChangeUserGroup, ReadAndReplace> {
        self.account.call_with(id.into_id(), ChangeUserGroup::new)
    }

    /// Replaces a user group (`updateUserGroup`). What isn't set is not sent, and the service decides what happens to it;
    /// [`update`](Self::update) keeps the rest.
    ///
    /// # Options
    /// [`name`][o], [`policies`][o]
    ///
    /// [o]: Call#impl-Call%3CUpdateUserGroup,+M%3E
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no user group has this id; an input error for an empty name, or for
    /// a policy without permission groups or resource groups.
    pub fn replace(&self, id: impl IntoId<UserGroupId>) -> Call<UpdateUserGroup> {
        self.account.call_with(id.into_id(), |account, id| {
            UpdateUserGroup::new(account, id, UpdateUserGroupRequest::default())
        })
    }

    /// Deletes a user group (`deleteUserGroup`). Its members stay in the account, without what its policies allowed them.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no user group has this id.
    pub fn delete(&self, id: impl IntoId<UserGroupId>) -> Call<DeleteUserGroup> {
        self.account.call_with(id.into_id(), DeleteUserGroup::new)
    }
}

impl Operation for GetUserGroup {
    type Output = UserGroup;
}

impl Operation for DeleteUserGroup {
    type Output = ();
}

impl FromReply<UserGroupReply> for UserGroup {
    fn from_reply(reply: UserGroupReply, meta: &mut ResponseMeta) -> Result<Self> {
        opened(reply.result, reply.messages, meta)
    }
}
