//! The user that the client signs in as.

mod invites;

use account_provisioning_core::{ResponseMeta, Result};

use super::envelope::opened;
use super::requests::{GetUser, UpdateUser};
use super::tokens::Tokens;
use super::types::{UpdateUserRequest, UserReply};
use super::{Client, User};
use crate::Field;
use crate::call::{Call, FromReply, Operation};

pub use self::invites::Invites;

/// The user that the client signs in as; see [`Client::user`].
#[doc(alias = "user")]
#[derive(Clone, Debug)]
pub struct UserHandle {
    client: Client,
}

impl UserHandle {
    pub(super) fn new(client: Client) -> Self {
        Self { client }
    }

    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    /// The API tokens that belong to the user, and the permission groups that these can have.
    #[must_use]
    pub fn tokens(&self) -> Tokens<Self> {
        Tokens::new(self.clone())
    }

    /// Invitations of the user to accounts. [`Client::memberships`] has those that were accepted too.
    #[must_use]
    pub fn invites(&self) -> Invites {
        Invites::new(self.client.clone())
    }

    /// Fetches the user (`getUser`).
    ///
    /// # Errors
    /// [`is_permission_denied`](crate::Error::is_permission_denied) when the client signs in with the token of an account,
    /// or with one that may not read the user.
    pub fn get(&self) -> Call<GetUser> {
        Call::new(self.client.low_level(), GetUser::new())
    }

    /// Changes the user (`updateUser`): what isn't set stays as it is. The call is retried after a lost response, since
    /// setting a field twice changes nothing more.
    ///
    /// # Options
    /// [`first_name`][o], [`last_name`][o], [`country`][o], [`telephone`][o], [`zipcode`][o]
    ///
    /// [o]: Call#impl-Call%3CUpdateUser,+M%3E
    ///
    /// # Errors
    /// As [`get`](Self::get).
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::{Field, cloudflare};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudflare = cloudflare::Client::builder().api_token(emulator.cloudflare().user_api_token()).base_url(emulator.cloudflare().base_url()).build()?;
    /// let user = cloudflare.user().update().first_name("Ann").telephone(Field::Clear).await?;
    /// assert_eq!((user.first_name.as_deref(), user.telephone), (Some("Ann"), None));
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "user.edit")]
    pub fn update(&self) -> Call<UpdateUser> {
        Call::new(self.client.low_level(), UpdateUser::new(UpdateUserRequest::default()))
    }
}

/// Options of [`UserHandle::update`].
impl<M> Call<UpdateUser, M> {
    /// Sets the first name. Defaults to no change.
    pub fn first_name(self, name: impl Into<Field<String>>) -> Self {
        self.with(|update| update.body.first_name = name.into().or_null())
    }

    /// Sets the last name. Defaults to no change.
    pub fn last_name(self, name: impl Into<Field<String>>) -> Self {
        self.with(|update| update.body.last_name = name.into().or_null())
    }

    /// Sets the country that the user lives in. Defaults to no change.
    pub fn country(self, country: impl Into<Field<String>>) -> Self {
        self.with(|update| update.body.country = country.into().or_null())
    }

    /// Sets the telephone number. Defaults to no change.
    pub fn telephone(self, number: impl Into<Field<String>>) -> Self {
        self.with(|update| update.body.telephone = number.into().or_null())
    }

    /// Sets the postal code. Defaults to no change.
    pub fn zipcode(self, code: impl Into<Field<String>>) -> Self {
        self.with(|update| update.body.zipcode = code.into().or_null())
    }
}

impl Operation for GetUser {
    type Output = User;
}

impl Operation for UpdateUser {
    type Output = User;
}

impl FromReply<UserReply> for User {
    fn from_reply(reply: UserReply, meta: &mut ResponseMeta) -> Result<Self> {
        opened(reply.result, reply.messages, meta)
    }
}
