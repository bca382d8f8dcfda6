//! Users of an account: create, find, change and delete them, and see what they belong to.

mod list;
mod write;

use account_provisioning_core::{IntoId, Page, PageRule, ResponseMeta, Result};

use super::requests::{CreateUser, DeleteUser, GetGroupsForUser, GetSubAccountsForUser, GetUser, GetUsers, UpdateUser};
use super::types::{CreateUserRequest, ProductEnvironmentSummaryList, UpdateUserRequest, UserGroupSummaryList};
use super::{AccountId, Client, ProductEnvironmentSummary, User, UserGroupSummary, UserId, lookups, paging};
use crate::call::{Call, Operation};
use crate::find::FindBy;
use crate::list::{List, Pager};
use crate::mode::Optional;

/// The users of one account; see [`Client::users`].
#[derive(Clone, Debug)]
pub struct Users {
    client: Client,
}

impl Users {
    pub(super) fn new(client: Client) -> Self {
        Self { client }
    }

    fn account(&self) -> AccountId {
        self.client.account_id().clone()
    }

    /// Lists users (`getUsers`). Awaited, it fetches one page; streamed, all of them.
    ///
    /// The vendor returns no total: a stream ends with the first empty page.
    ///
    /// # Options
    /// [`pending`][o], [`ids`][o], [`emails`][o], [`prefix`][o], [`product_environment`][o], [`last_login`][o],
    /// [`last_login_from`][o], [`last_login_to`][o], [`last_login_mode`][o], [`sort_by`][o], [`sort_order`][o],
    /// [`page`][o], [`page_size`][o]
    ///
    /// [o]: Call#impl-Call%3CGetUsers,+M%3E
    ///
    /// # Errors
    /// [`is_auth`](crate::Error::is_auth) when the credentials are refused; a [paging error](crate::Error::paging) when
    /// the service returns a page twice.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudinary;
    /// use futures_util::TryStreamExt;
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
    #[doc(alias = "users")]
    pub fn list(&self) -> Pager<GetUsers> {
        Call::new(self.client.low_level(), GetUsers::new(self.account()))
    }

    /// Fetches one user (`getUser`).
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no user has this id; [`get_opt`](Self::get_opt) returns `None`
    /// instead.
    #[doc(alias = "user")]
    pub fn get(&self, id: impl IntoId<UserId>) -> Call<GetUser> {
        let request = id.into_id().map(|id| GetUser::new(self.account(), id));
        Call::try_new(self.client.low_level(), request)
    }

    /// Fetches one user, or `None` when no user has this id (`getUser`).
    ///
    /// # Errors
    /// The same as [`get`](Self::get), except "not found".
    pub fn get_opt(&self, id: impl IntoId<UserId>) -> Call<GetUser, Optional> {
        self.get(id).optional()
    }

    /// Finds the user with an e-mail address, ignoring case, or `None` when no user has it (`getUsers`).
    ///
    /// # Errors
    /// Those of [`list`](Self::list); [`is_ambiguous`](crate::Error::is_ambiguous) when several users have the address;
    /// an input error for an empty address.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudinary;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
    /// assert!(cloudinary.users().find_by_email("ann@client.example").await?.is_none());
    /// let ann = cloudinary.users().create("Ann", "ann@client.example").await?;
    /// let found = cloudinary.users().find_by_email("Ann@client.example").await?;
    /// assert_eq!(found.map(|user| user.id), Some(ann.id));
    /// # Ok(())
    /// # }
    /// ```
    pub fn find_by_email(&self, email: impl Into<String>) -> Call<FindBy<GetUsers>> {
        let find = lookups::user_by_email(self.account(), email.into());
        Call::new(self.client.low_level(), find)
    }

    /// Creates a user, who is pending until the invitation is accepted (`createUser`).
    ///
    /// **Unless `product_environments` is set, the user gets access to every product environment**: this is the vendor's
    /// default.
    ///
    /// # Options
    /// [`role`][o], [`product_environments`][o], [`enabled`][o]
    ///
    /// [o]: Call#impl-Call%3CCreateUser,+M%3E
    ///
    /// # Errors
    /// [`is_conflict`](crate::Error::is_conflict) when the e-mail address is taken;
    /// [`is_outcome_unknown`](crate::Error::is_outcome_unknown) when the response was lost:
    /// [`reconcile`](Call::reconcile) finds out whether the user was created, and [`or_find`](Call::or_find) does it by itself.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudinary;
    /// use account_provisioning::cloudinary::UserRole;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
    /// # let env = cloudinary.product_environments().create("Client Portal").await?;
    /// let admin = cloudinary
    ///     .users()
    ///     .create("client_admin", "admin@client.example")
    ///     .role(UserRole::Admin)
    ///     .product_environments([&env.id])
    ///     .await?;
    /// assert_eq!(admin.role, Some(UserRole::Admin));
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "create_user")]
    pub fn create(&self, name: impl Into<String>, email: impl Into<String>) -> Call<CreateUser> {
        let body = CreateUserRequest {
            name: name.into(),
            email: email.into(),
            role: None,
            sub_account_ids: None,
            enabled: None,
        };
        Call::new(self.client.low_level(), CreateUser::new(self.account(), body))
    }

    /// Changes a user (`updateUser`): what isn't set stays as it is.
    ///
    /// # Options
    /// [`name`][o], [`email`][o], [`role`][o], [`product_environments`][o], [`enabled`][o]
    ///
    /// [o]: Call#impl-Call%3CUpdateUser,+M%3E
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no user has this id; [`is_conflict`](crate::Error::is_conflict)
    /// when the e-mail address is taken.
    #[doc(alias = "update_user")]
    pub fn update(&self, id: impl IntoId<UserId>) -> Call<UpdateUser> {
        let body = UpdateUserRequest::default();
        let request = id.into_id().map(|id| UpdateUser::new(self.account(), id, body));
        Call::try_new(self.client.low_level(), request)
    }

    /// Deletes a user (`deleteUser`).
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no user has this id.
    #[doc(alias = "delete_user")]
    pub fn delete(&self, id: impl IntoId<UserId>) -> Call<DeleteUser> {
        let request = id.into_id().map(|id| DeleteUser::new(self.account(), id));
        Call::try_new(self.client.low_level(), request)
    }

    /// Lists the groups that a user belongs to (`getGroupsForUser`), all in one response.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no user has this id.
    #[doc(alias = "user_in_user_groups")]
    #[doc(alias = "users.get_groups")]
    pub fn groups(&self, id: impl IntoId<UserId>) -> Pager<GetGroupsForUser> {
        let request = id.into_id().map(|id| GetGroupsForUser::new(self.account(), id));
        Call::try_new(self.client.low_level(), request)
    }

    /// Lists the product environments that a user has access to (`getSubAccountsForUser`), all in one
    /// response.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no user has this id.
    #[doc(alias = "users.list_sub_accounts")]
    pub fn product_environments(&self, id: impl IntoId<UserId>) -> Pager<GetSubAccountsForUser> {
        let request = id.into_id().map(|id| GetSubAccountsForUser::new(self.account(), id));
        Call::try_new(self.client.low_level(), request)
    }
}

impl Operation for GetUser {
    type Output = User;
}

impl List for GetGroupsForUser {
    type Item = UserGroupSummary;
    const RULE: PageRule = paging::GROUPS_OF_USER;
    const ITEMS: &'static str = "/groups";

    fn page(&self, reply: UserGroupSummaryList, _: &mut ResponseMeta) -> Result<Page<UserGroupSummary>> {
        Ok(Page::new(reply.groups))
    }

    fn identity(group: &UserGroupSummary) -> &str {
        group.id.as_str()
    }
}

impl List for GetSubAccountsForUser {
    type Item = ProductEnvironmentSummary;
    const RULE: PageRule = paging::ENVIRONMENTS_OF_USER;
    const ITEMS: &'static str = "/sub_accounts";

    fn page(
        &self,
        reply: ProductEnvironmentSummaryList,
        _: &mut ResponseMeta,
    ) -> Result<Page<ProductEnvironmentSummary>> {
        Ok(Page::new(reply.sub_accounts))
    }

    fn identity(environment: &ProductEnvironmentSummary) -> &str {
        environment.id.as_str()
    }
}
