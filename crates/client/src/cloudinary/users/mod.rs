//! Users of an account: create, find, change and delete them, and see what they belong to.

mod list;
mod write;

use account_provisioning_api::cloudinary::types;
use account_provisioning_core::{CallOptions, Page, PageRequest, PageRule, Response, Result};
use futures::future::BoxFuture;

pub use self::list::ListUsers;
pub use self::write::{CreateUser, DeleteUser, UpdateUser};
use super::target::{Target, fetch, operation, scoped};
use super::{Client, ProductEnvironmentSummary, User, UserGroupSummary, UserId, paging};
use crate::Error;
use crate::call::{Call, Optional};
use crate::list::{ListOperation, listing};

/// The users of one account; see [`Client::users`].
#[derive(Clone, Debug)]
pub struct Users {
    client: Client,
}

impl Users {
    pub(super) fn new(client: Client) -> Self {
        Self { client }
    }

    fn target(&self) -> Target {
        Target::new(&self.client)
    }

    /// Lists users (`getUsers`). Awaited, it fetches one page; streamed, all of them.
    ///
    /// The vendor gives no total: a stream ends with the first empty page.
    ///
    /// # Errors
    /// [`is_auth`](Error::is_auth) when the credentials are refused; a [paging error](Error::paging) when the service
    /// sends a page again.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudinary;
    /// use futures::TryStreamExt;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
    /// # cloudinary.users().create("Ann", "ann@client.example").await?;
    /// let mut users = cloudinary.users().list().prefix("ann").stream();
    /// while let Some(user) = users.try_next().await? {
    ///     println!("{} {:?}", user.id, user.role);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list(&self) -> Call<ListUsers> {
        Call::new(ListUsers::new(self.target()))
    }

    /// Fetches one user (`getUser`).
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when no user has this id; [`get_opt`](Self::get_opt) returns `None` instead.
    pub fn get(&self, id: impl TryInto<UserId, Error: Into<Error>>) -> Call<GetUser> {
        let id = id.try_into().map_err(Into::into);
        Call::try_new(id.map(|id| GetUser {
            target: self.target(),
            id,
        }))
    }

    /// Fetches one user, or `None` when no user has this id (`getUser`).
    ///
    /// # Errors
    /// As [`get`](Self::get), but for "not found".
    pub fn get_opt(&self, id: impl TryInto<UserId, Error: Into<Error>>) -> Call<Optional<GetUser>> {
        self.get(id).map(Optional)
    }

    /// Creates a user, who is pending until the invitation is accepted (`createUser`).
    ///
    /// **Unless [`sub_account_ids`](Call::<CreateUser>::sub_account_ids) is set, the user gets access to every product
    /// environment**: the vendor reads its absence so.
    ///
    /// # Errors
    /// [`is_conflict`](Error::is_conflict) when the e-mail address is taken;
    /// [`is_outcome_unknown`](Error::is_outcome_unknown) when the reply was lost: look for the user with
    /// [`list`](Self::list) and the e-mail address before creating it again.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudinary;
    /// use account_provisioning::cloudinary::Role;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
    /// # let env = cloudinary.product_environments().create("Client Portal").await?;
    /// let admin = cloudinary
    ///     .users()
    ///     .create("client_admin", "admin@client.example")
    ///     .role(Role::Admin)
    ///     .sub_account_ids([&env.id])
    ///     .await?;
    /// assert_eq!(admin.role, Some(Role::Admin));
    /// # Ok(())
    /// # }
    /// ```
    pub fn create(&self, name: impl Into<String>, email: impl Into<String>) -> Call<CreateUser> {
        Call::new(CreateUser::new(self.target(), name.into(), email.into()))
    }

    /// Changes a user (`updateUser`): what isn't set stays as it is.
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when no user has this id; [`is_conflict`](Error::is_conflict) when the
    /// e-mail address is taken.
    pub fn update(&self, id: impl TryInto<UserId, Error: Into<Error>>) -> Call<UpdateUser> {
        let id = id.try_into().map_err(Into::into);
        Call::try_new(id.map(|id| UpdateUser::new(self.target(), id)))
    }

    /// Deletes a user (`deleteUser`).
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when no user has this id.
    pub fn delete(&self, id: impl TryInto<UserId, Error: Into<Error>>) -> Call<DeleteUser> {
        let id = id.try_into().map_err(Into::into);
        Call::try_new(id.map(|id| DeleteUser::new(self.target(), id)))
    }

    /// Lists the groups that a user belongs to (`getGroupsForUser`); they come whole.
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when no user has this id.
    pub fn groups(&self, id: impl TryInto<UserId, Error: Into<Error>>) -> Call<ListGroupsOfUser> {
        let id = id.try_into().map_err(Into::into);
        Call::try_new(id.map(|id| ListGroupsOfUser {
            target: self.target(),
            id,
        }))
    }

    /// Lists the product environments that a user has access to (`getSubAccountsForUser`); they come whole.
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when no user has this id.
    pub fn product_environments(&self, id: impl TryInto<UserId, Error: Into<Error>>) -> Call<ListEnvironmentsOfUser> {
        let id = id.try_into().map_err(Into::into);
        Call::try_new(id.map(|id| ListEnvironmentsOfUser {
            target: self.target(),
            id,
        }))
    }
}

/// Fetches a user; made by [`Users::get`].
#[derive(Debug)]
pub struct GetUser {
    target: Target,
    id: UserId,
}
operation!(GetUser -> User, |call, low, account| low.get_user(account, call.id.as_str()));

/// Lists a user's groups; made by [`Users::groups`].
#[derive(Clone, Debug)]
pub struct ListGroupsOfUser {
    target: Target,
    id: UserId,
}

impl ListOperation for ListGroupsOfUser {
    type Entry = UserGroupSummary;
    const RULE: PageRule = paging::GROUPS_OF_USER;

    fn identity(group: &UserGroupSummary) -> &str {
        &group.id
    }

    fn fetch(
        self,
        _: PageRequest,
        options: CallOptions,
    ) -> BoxFuture<'static, Result<Response<Page<UserGroupSummary>>>> {
        fetch!(
            |self, low, account| low.get_groups_for_user(account, self.id.as_str()),
            |types::UserGroupSummaryList { groups, .. }| Ok(Page::new(groups)),
            options
        )
    }
}
listing!(ListGroupsOfUser of UserGroupSummary);
scoped!(ListGroupsOfUser);

/// Lists a user's product environments; made by [`Users::product_environments`].
#[derive(Clone, Debug)]
pub struct ListEnvironmentsOfUser {
    target: Target,
    id: UserId,
}

impl ListOperation for ListEnvironmentsOfUser {
    type Entry = ProductEnvironmentSummary;
    const RULE: PageRule = paging::ENVIRONMENTS_OF_USER;

    fn identity(environment: &ProductEnvironmentSummary) -> &str {
        &environment.id
    }

    fn fetch(
        self,
        _: PageRequest,
        options: CallOptions,
    ) -> BoxFuture<'static, Result<Response<Page<ProductEnvironmentSummary>>>> {
        fetch!(
            |self, low, account| low.get_sub_accounts_for_user(account, self.id.as_str()),
            |types::ProductEnvironmentSummaryList { sub_accounts, .. }| Ok(Page::new(sub_accounts)),
            options
        )
    }
}
listing!(ListEnvironmentsOfUser of ProductEnvironmentSummary);
scoped!(ListEnvironmentsOfUser);
