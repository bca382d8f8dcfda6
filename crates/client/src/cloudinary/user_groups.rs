//! User groups and their members.

use account_provisioning_core::{IdError, IntoId, Page, PageRule, ResponseMeta, Result};

use super::requests::{
    AddUserToUserGroup, CreateUserGroup, DeleteUserGroup, GetUserGroup, GetUserGroups, GetUsersInUserGroup,
    RemoveUserFromUserGroup, UpdateUserGroup,
};
use super::types::{UserGroupList, UserGroupMemberList, UserGroupRequest};
use super::{
    AccountId, Client, GroupMembershipReply, UserGroup, UserGroupId, UserGroupMember, UserId, lookups, paging,
};
use crate::call::{Call, FromReply, Operation};
use crate::find::FindBy;
use crate::list::{List, Pager};
use crate::mode::Optional;

/// The user groups of one account; see [`Client::user_groups`].
#[derive(Clone, Debug)]
pub struct UserGroups {
    client: Client,
}

impl UserGroups {
    pub(super) fn new(client: Client) -> Self {
        Self { client }
    }

    fn account(&self) -> AccountId {
        self.client.account_id().clone()
    }

    /// Lists the user groups (`getUserGroups`), all in one response.
    ///
    /// # Options
    /// [`extended_details`][o]
    ///
    /// [o]: Call#impl-Call%3CGetUserGroups,+M%3E
    ///
    /// # Errors
    /// [`is_auth`](crate::Error::is_auth) when the credentials are refused.
    #[doc(alias = "user_groups")]
    pub fn list(&self) -> Pager<GetUserGroups> {
        Call::new(self.client.low_level(), GetUserGroups::new(self.account()))
    }

    /// Fetches one user group (`getUserGroup`).
    ///
    /// # Options
    /// [`extended_details`][o]
    ///
    /// [o]: Call#impl-Call%3CGetUserGroup,+M%3E
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no group has this id; [`get_opt`](Self::get_opt) returns `None`
    /// instead.
    #[doc(alias = "user_group")]
    pub fn get(&self, id: impl IntoId<UserGroupId>) -> Call<GetUserGroup> {
        let request = id.into_id().map(|id| GetUserGroup::new(self.account(), id));
        Call::try_new(self.client.low_level(), request)
    }

    /// Fetches one user group, or `None` when no group has this id (`getUserGroup`).
    ///
    /// # Options
    /// [`extended_details`][o]
    ///
    /// [o]: Call#impl-Call%3CGetUserGroup,+M%3E
    ///
    /// # Errors
    /// The same as [`get`](Self::get), except "not found".
    pub fn get_opt(&self, id: impl IntoId<UserGroupId>) -> Call<GetUserGroup, Optional> {
        self.get(id).optional()
    }

    /// Finds the user group with a name, or `None` when no group has it (`getUserGroups`). Names are compared exactly.
    ///
    /// # Errors
    /// Those of [`list`](Self::list); [`is_ambiguous`](crate::Error::is_ambiguous) when several groups have the name;
    /// an input error for an empty name.
    pub fn find_by_name(&self, name: impl Into<String>) -> Call<FindBy<GetUserGroups>> {
        let find = lookups::user_group_by_name(self.account(), name.into());
        Call::new(self.client.low_level(), find)
    }

    /// Creates a user group (`createUserGroup`).
    ///
    /// # Options
    /// [`extended_details`][o]
    ///
    /// [o]: Call#impl-Call%3CCreateUserGroup,+M%3E
    ///
    /// # Errors
    /// [`is_conflict`](crate::Error::is_conflict) when the name is taken;
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
    /// # let ann = cloudinary.users().create("Ann", "ann@client.example").await?;
    /// let groups = cloudinary.user_groups();
    /// let editors = groups.create("Editors").await?;
    /// groups.add_user(&editors.id, &ann.id).await?;
    /// assert_eq!(groups.members(&editors.id).await?.items[0].id, ann.id);
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "create_user_group")]
    pub fn create(&self, name: impl Into<String>) -> Call<CreateUserGroup> {
        let body = UserGroupRequest {
            name: Some(name.into()),
            extended_details: None,
        };
        Call::new(self.client.low_level(), CreateUserGroup::new(self.account(), body))
    }

    /// Changes a user group (`updateUserGroup`): what isn't set stays as it is.
    ///
    /// # Options
    /// [`name`][o], [`extended_details`][o]
    ///
    /// [o]: Call#impl-Call%3CUpdateUserGroup,+M%3E
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no group has this id;
    /// [`is_conflict`](crate::Error::is_conflict) when the name is taken.
    #[doc(alias = "update_user_group")]
    pub fn update(&self, id: impl IntoId<UserGroupId>) -> Call<UpdateUserGroup> {
        let body = UserGroupRequest::default();
        let request = id.into_id().map(|id| UpdateUserGroup::new(self.account(), id, body));
        Call::try_new(self.client.low_level(), request)
    }

    /// Deletes a user group; its members stay users (`deleteUserGroup`).
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no group has this id.
    #[doc(alias = "delete_user_group")]
    pub fn delete(&self, id: impl IntoId<UserGroupId>) -> Call<DeleteUserGroup> {
        let request = id.into_id().map(|id| DeleteUserGroup::new(self.account(), id));
        Call::try_new(self.client.low_level(), request)
    }

    /// Lists the members of a group (`getUsersInUserGroup`), all in one response.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no group has this id.
    #[doc(alias = "user_group_users")]
    #[doc(alias = "user_groups.list_users")]
    pub fn members(&self, id: impl IntoId<UserGroupId>) -> Pager<GetUsersInUserGroup> {
        let request = id.into_id().map(|id| GetUsersInUserGroup::new(self.account(), id));
        Call::try_new(self.client.low_level(), request)
    }

    /// Adds a user to a group (`addUserToUserGroup`).
    ///
    /// The vendor returns the user or all members: [`GroupMembershipReply`] contains whichever was returned.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when there is no such group or user;
    /// [`is_conflict`](crate::Error::is_conflict) when the user is a member already;
    /// [`is_outcome_unknown`](crate::Error::is_outcome_unknown) when the response was lost: see
    /// [`members`](Self::members).
    #[doc(alias = "add_user_to_group")]
    pub fn add_user(&self, group: impl IntoId<UserGroupId>, user: impl IntoId<UserId>) -> Call<AddUserToUserGroup> {
        let request = pair(group, user).map(|(group, user)| AddUserToUserGroup::new(self.account(), group, user));
        Call::try_new(self.client.low_level(), request)
    }

    /// Removes a user from a group, and returns the remaining members (`removeUserFromUserGroup`).
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when there is no such group, or the user isn't in it.
    #[doc(alias = "remove_user_from_group")]
    pub fn remove_user(
        &self,
        group: impl IntoId<UserGroupId>,
        user: impl IntoId<UserId>,
    ) -> Call<RemoveUserFromUserGroup> {
        let request = pair(group, user).map(|(group, user)| RemoveUserFromUserGroup::new(self.account(), group, user));
        Call::try_new(self.client.low_level(), request)
    }
}

fn pair(
    group: impl IntoId<UserGroupId>,
    user: impl IntoId<UserId>,
) -> std::result::Result<(UserGroupId, UserId), IdError> {
    Ok((group.into_id()?, user.into_id()?))
}

/// Options of [`UserGroups::list`].
impl<M> Call<GetUserGroups, M> {
    /// Says whether each group comes with its members and dates. Defaults to the vendor's default, false.
    pub fn extended_details(self, extended: bool) -> Self {
        self.with(|list| list.extended_details = Some(extended))
    }
}

impl List for GetUserGroups {
    type Item = UserGroup;
    const RULE: PageRule = paging::USER_GROUPS;
    const ITEMS: &'static str = "/user_groups";

    fn page(&self, reply: UserGroupList, _: &mut ResponseMeta) -> Result<Page<UserGroup>> {
        Ok(Page::new(reply.user_groups))
    }

    fn identity(group: &UserGroup) -> &str {
        group.id.as_str()
    }
}

/// Options of [`UserGroups::get`] and [`UserGroups::get_opt`].
impl<M> Call<GetUserGroup, M> {
    /// Says whether the group comes with its members and dates. Defaults to the vendor's default, false.
    pub fn extended_details(self, extended: bool) -> Self {
        self.with(|get| get.extended_details = Some(extended))
    }
}

impl Operation for GetUserGroup {
    type Output = UserGroup;
}

/// Options of [`UserGroups::create`].
impl<M> Call<CreateUserGroup, M> {
    /// Says whether the response contains the group's members and dates. Defaults to the vendor's default, false.
    pub fn extended_details(self, extended: bool) -> Self {
        self.with(|create| create.body.extended_details = Some(extended))
    }
}

impl Operation for CreateUserGroup {
    type Output = UserGroup;
}

/// Options of [`UserGroups::update`].
impl<M> Call<UpdateUserGroup, M> {
    /// Sets the name. Defaults to no change.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.with(|update| update.body.name = Some(name.into()))
    }

    /// Says whether the response contains the group's members and dates. Defaults to the vendor's default, false.
    pub fn extended_details(self, extended: bool) -> Self {
        self.with(|update| update.body.extended_details = Some(extended))
    }
}

impl Operation for UpdateUserGroup {
    type Output = UserGroup;
}

impl Operation for DeleteUserGroup {
    type Output = ();
}

impl List for GetUsersInUserGroup {
    type Item = UserGroupMember;
    const RULE: PageRule = paging::GROUP_MEMBERS;
    const ITEMS: &'static str = "/users";

    fn page(&self, reply: UserGroupMemberList, _: &mut ResponseMeta) -> Result<Page<UserGroupMember>> {
        Ok(Page::new(reply.users))
    }

    fn identity(member: &UserGroupMember) -> &str {
        member.id.as_str()
    }
}

impl Operation for AddUserToUserGroup {
    type Output = GroupMembershipReply;
}

impl Operation for RemoveUserFromUserGroup {
    type Output = Vec<UserGroupMember>;
}

impl FromReply<UserGroupMemberList> for Vec<UserGroupMember> {
    fn from_reply(reply: UserGroupMemberList, _: &mut ResponseMeta) -> Result<Self> {
        Ok(reply.users)
    }
}
