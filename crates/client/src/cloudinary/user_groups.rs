//! User groups and who is in them.

use account_provisioning_api::cloudinary::types;
use account_provisioning_core::{CallOptions, Page, PageRequest, PageRule, Response, Result};
use futures::future::BoxFuture;

use super::target::{Target, fetch, operation, scoped};
use super::{Client, DeletionReply, GroupMembershipReply, UserGroup, UserGroupId, UserGroupMember, UserId, paging};
use crate::Error;
use crate::call::{Call, Optional};
use crate::list::{ListOperation, listing};

/// The user groups of one account; see [`Client::user_groups`].
#[derive(Clone, Debug)]
pub struct UserGroups {
    client: Client,
}

impl UserGroups {
    pub(super) fn new(client: Client) -> Self {
        Self { client }
    }

    fn target(&self) -> Target {
        Target::new(&self.client)
    }

    /// Lists the user groups (`getUserGroups`); they come whole.
    ///
    /// # Errors
    /// [`is_auth`](Error::is_auth) when the credentials are refused.
    pub fn list(&self) -> Call<ListUserGroups> {
        Call::new(ListUserGroups {
            target: self.target(),
            extended_details: None,
        })
    }

    /// Fetches one user group (`getUserGroup`).
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when no group has this id; [`get_opt`](Self::get_opt) returns `None`
    /// instead.
    pub fn get(&self, id: impl TryInto<UserGroupId, Error: Into<Error>>) -> Call<GetUserGroup> {
        let id = id.try_into().map_err(Into::into);
        Call::try_new(id.map(|id| GetUserGroup {
            target: self.target(),
            id,
            extended_details: None,
        }))
    }

    /// Fetches one user group, or `None` when no group has this id (`getUserGroup`).
    ///
    /// # Errors
    /// As [`get`](Self::get), but for "not found".
    pub fn get_opt(&self, id: impl TryInto<UserGroupId, Error: Into<Error>>) -> Call<Optional<GetUserGroup>> {
        self.get(id).map(Optional)
    }

    /// Creates a user group (`createUserGroup`).
    ///
    /// # Errors
    /// [`is_conflict`](Error::is_conflict) when the name is taken; [`is_outcome_unknown`](Error::is_outcome_unknown)
    /// when the reply was lost: look for the name with [`list`](Self::list) before creating it again.
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
    pub fn create(&self, name: impl Into<String>) -> Call<CreateUserGroup> {
        let body = types::UserGroupRequest {
            name: Some(name.into()),
            extended_details: None,
        };
        Call::new(CreateUserGroup {
            target: self.target(),
            body,
        })
    }

    /// Changes a user group (`updateUserGroup`): what isn't set stays as it is.
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when no group has this id; [`is_conflict`](Error::is_conflict) when the
    /// name is taken.
    pub fn update(&self, id: impl TryInto<UserGroupId, Error: Into<Error>>) -> Call<UpdateUserGroup> {
        let id = id.try_into().map_err(Into::into);
        let body = types::UserGroupRequest::default();
        Call::try_new(id.map(|id| UpdateUserGroup {
            target: self.target(),
            id,
            body,
        }))
    }

    /// Deletes a user group; its members stay users (`deleteUserGroup`).
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when no group has this id.
    pub fn delete(&self, id: impl TryInto<UserGroupId, Error: Into<Error>>) -> Call<DeleteUserGroup> {
        let id = id.try_into().map_err(Into::into);
        Call::try_new(id.map(|id| DeleteUserGroup {
            target: self.target(),
            id,
        }))
    }

    /// Lists the members of a group (`getUsersInUserGroup`); they come whole.
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when no group has this id.
    pub fn members(&self, id: impl TryInto<UserGroupId, Error: Into<Error>>) -> Call<ListGroupMembers> {
        let id = id.try_into().map_err(Into::into);
        Call::try_new(id.map(|id| ListGroupMembers {
            target: self.target(),
            id,
        }))
    }

    /// Puts a user into a group (`addUserToUserGroup`).
    ///
    /// The vendor answers with the user or with all members: [`GroupMembershipReply`] holds what came.
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when there is no such group or user; [`is_conflict`](Error::is_conflict)
    /// when the user is a member already; [`is_outcome_unknown`](Error::is_outcome_unknown) when the reply was lost: see
    /// [`members`](Self::members).
    pub fn add_user(
        &self,
        group: impl TryInto<UserGroupId, Error: Into<Error>>,
        user: impl TryInto<UserId, Error: Into<Error>>,
    ) -> Call<AddUserToGroup> {
        let ids = pair(group, user);
        Call::try_new(ids.map(|(group, user)| AddUserToGroup {
            target: self.target(),
            group,
            user,
        }))
    }

    /// Takes a user out of a group, and returns the members that stay (`removeUserFromUserGroup`).
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when there is no such group, or the user isn't in it.
    pub fn remove_user(
        &self,
        group: impl TryInto<UserGroupId, Error: Into<Error>>,
        user: impl TryInto<UserId, Error: Into<Error>>,
    ) -> Call<RemoveUserFromGroup> {
        let ids = pair(group, user);
        Call::try_new(ids.map(|(group, user)| RemoveUserFromGroup {
            target: self.target(),
            group,
            user,
        }))
    }
}

fn pair(
    group: impl TryInto<UserGroupId, Error: Into<Error>>,
    user: impl TryInto<UserId, Error: Into<Error>>,
) -> Result<(UserGroupId, UserId)> {
    Ok((
        group.try_into().map_err(Into::into)?,
        user.try_into().map_err(Into::into)?,
    ))
}

/// Lists user groups; made by [`UserGroups::list`].
#[derive(Clone, Debug)]
pub struct ListUserGroups {
    target: Target,
    extended_details: Option<bool>,
}

impl Call<ListUserGroups> {
    /// Says whether each group comes with its members and dates. Defaults to the vendor's default, false.
    pub fn extended_details(self, extended: bool) -> Self {
        self.with(|list| list.extended_details = Some(extended))
    }
}

impl ListOperation for ListUserGroups {
    type Entry = UserGroup;
    const RULE: PageRule = paging::USER_GROUPS;

    fn identity(group: &UserGroup) -> &str {
        &group.id
    }

    fn fetch(self, _: PageRequest, options: CallOptions) -> BoxFuture<'static, Result<Response<Page<UserGroup>>>> {
        fetch!(
            |self, low, account| low.get_user_groups(account, self.extended_details),
            |types::UserGroupList { user_groups, .. }| Ok(Page::new(user_groups)),
            options
        )
    }
}
listing!(ListUserGroups of UserGroup);
scoped!(ListUserGroups);

/// Fetches a user group; made by [`UserGroups::get`].
#[derive(Debug)]
pub struct GetUserGroup {
    target: Target,
    id: UserGroupId,
    extended_details: Option<bool>,
}
operation!(GetUserGroup -> UserGroup, |call, low, account| {
    low.get_user_group(account, call.id.as_str(), call.extended_details)
});

impl Call<GetUserGroup> {
    /// Says whether the group comes with its members and dates. Defaults to the vendor's default, false.
    pub fn extended_details(self, extended: bool) -> Self {
        self.with(|get| get.extended_details = Some(extended))
    }
}

impl Call<Optional<GetUserGroup>> {
    /// Says whether the group comes with its members and dates. Defaults to the vendor's default, false.
    pub fn extended_details(self, extended: bool) -> Self {
        self.with(|get| get.0.extended_details = Some(extended))
    }
}

/// Creates a user group; made by [`UserGroups::create`].
#[derive(Debug)]
pub struct CreateUserGroup {
    target: Target,
    body: types::UserGroupRequest,
}
operation!(CreateUserGroup -> UserGroup, |call, low, account| low.create_user_group(account, &call.body));

impl Call<CreateUserGroup> {
    /// Says whether the reply holds the group's members and dates. Defaults to the vendor's default, false.
    pub fn extended_details(self, extended: bool) -> Self {
        self.with(|create| create.body.extended_details = Some(extended))
    }
}

/// Changes a user group; made by [`UserGroups::update`].
#[derive(Debug)]
pub struct UpdateUserGroup {
    target: Target,
    id: UserGroupId,
    body: types::UserGroupRequest,
}
operation!(UpdateUserGroup -> UserGroup, |call, low, account| {
    low.update_user_group(account, call.id.as_str(), &call.body)
});

impl Call<UpdateUserGroup> {
    /// Sets the name. Defaults to no change.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.with(|update| update.body.name = Some(name.into()))
    }

    /// Says whether the reply holds the group's members and dates. Defaults to the vendor's default, false.
    pub fn extended_details(self, extended: bool) -> Self {
        self.with(|update| update.body.extended_details = Some(extended))
    }
}

/// Deletes a user group; made by [`UserGroups::delete`].
#[derive(Debug)]
pub struct DeleteUserGroup {
    target: Target,
    id: UserGroupId,
}
operation!(DeleteUserGroup -> DeletionReply, |call, low, account| low.delete_user_group(account, call.id.as_str()));

/// Lists a group's members; made by [`UserGroups::members`].
#[derive(Clone, Debug)]
pub struct ListGroupMembers {
    target: Target,
    id: UserGroupId,
}

impl ListOperation for ListGroupMembers {
    type Entry = UserGroupMember;
    const RULE: PageRule = paging::GROUP_MEMBERS;

    fn identity(member: &UserGroupMember) -> &str {
        &member.id
    }

    fn fetch(
        self,
        _: PageRequest,
        options: CallOptions,
    ) -> BoxFuture<'static, Result<Response<Page<UserGroupMember>>>> {
        fetch!(
            |self, low, account| low.get_users_in_user_group(account, self.id.as_str()),
            |types::UserGroupMemberList { users, .. }| Ok(Page::new(users)),
            options
        )
    }
}
listing!(ListGroupMembers of UserGroupMember);
scoped!(ListGroupMembers);

/// Puts a user into a group; made by [`UserGroups::add_user`].
#[derive(Debug)]
pub struct AddUserToGroup {
    target: Target,
    group: UserGroupId,
    user: UserId,
}
operation!(AddUserToGroup -> GroupMembershipReply, |call, low, account| {
    low.add_user_to_user_group(account, call.group.as_str(), call.user.as_str())
});

/// Takes a user out of a group; made by [`UserGroups::remove_user`].
#[derive(Debug)]
pub struct RemoveUserFromGroup {
    target: Target,
    group: UserGroupId,
    user: UserId,
}
operation!(
    RemoveUserFromGroup -> Vec<UserGroupMember>,
    |call, low, account| low.remove_user_from_user_group(account, call.group.as_str(), call.user.as_str()),
    |types::UserGroupMemberList { users, .. }| Ok(users)
);
