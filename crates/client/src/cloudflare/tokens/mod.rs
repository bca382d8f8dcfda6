//! API tokens that belong to an account, and the permission groups that they are made of.

mod cidr;
mod condition;
mod list;
mod near;
mod permission_groups;
mod policy;
mod resources;
mod write;

use serde_json::Map;

use super::target::{Place, Target, operation};
use super::{Token, TokenId, TokenVerification};
use crate::call::{Call, Optional};
use crate::list::Chosen;
use crate::{Error, ReceivedSecret};

pub use self::cidr::Cidr;
pub use self::condition::TokenCondition;
pub use self::list::ListTokens;
pub use self::permission_groups::{FindPermissionGroup, ListPermissionGroups, PermissionGroups};
pub use self::policy::TokenPolicy;
pub use self::resources::Resources;
pub use self::write::{CreateToken, CreatedToken, NewToken, ReplaceToken, UpdateToken};

/// Handle to the API tokens of one account; see [`AccountHandle::tokens`](super::AccountHandle::tokens).
#[derive(Clone, Debug)]
pub struct Tokens {
    place: Place,
}

impl Tokens {
    pub(super) fn new(place: Place) -> Self {
        Self { place }
    }

    /// The permission groups that tokens of the account can have.
    #[must_use]
    pub fn permission_groups(&self) -> PermissionGroups {
        PermissionGroups::new(self.place.clone())
    }

    /// Lists the tokens (`listTokens`), without their values. Awaited, it fetches one page; streamed, all of them.
    ///
    /// # Errors
    /// [`is_permission_denied`](Error::is_permission_denied) when the credentials don't allow it.
    pub fn list(&self) -> Call<ListTokens> {
        Call::try_new(self.place.target().map(|target| ListTokens {
            target,
            direction: None,
            include_expired: None,
            chosen: Chosen::default(),
        }))
    }

    /// Fetches one token (`getToken`), without its value.
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when there is no such token; [`get_opt`](Self::get_opt) returns `None`
    /// instead.
    pub fn get(&self, id: impl TryInto<TokenId, Error: Into<Error>>) -> Call<GetToken> {
        Call::try_new(self.place.with(id).map(|(target, id)| GetToken { target, id }))
    }

    /// Fetches one token, if there is one with this id (`getToken`); see [`get`](Self::get).
    pub fn get_opt(&self, id: impl TryInto<TokenId, Error: Into<Error>>) -> Call<Optional<GetToken>> {
        self.get(id).map(Optional)
    }

    /// Creates a token (`createToken`). The reply is the only one that ever shows its value.
    ///
    /// # Errors
    /// An input error for policies that say nothing; [`is_outcome_unknown`](Error::is_outcome_unknown) when the reply was
    /// lost: a token may exist whose value nobody knows, so look for it by its name with [`list`](Self::list) and delete
    /// it. The call is never repeated blindly, for each repetition could leave another such token behind.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudflare::{self, AccountId, PermissionGroupScope, Resources, TokenPolicy};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudflare = cloudflare::Client::builder().api_token(emulator.cloudflare().api_token()).base_url(emulator.cloudflare().base_url()).build()?;
    /// let id = AccountId::new(emulator.cloudflare().account_id())?;
    /// let tokens = cloudflare.account(&id).tokens();
    /// let read = tokens.permission_groups().find("Account Settings Read", PermissionGroupScope::ComCloudflareApiAccount).await?;
    /// let policy = TokenPolicy::allow().permission_group(&read)?.resources(Resources::account(&id));
    ///
    /// let token = tokens.create("reporting", [policy]).await?;
    /// let value: &str = token.value.expose_secret(); // the only way to see it
    /// assert!(!format!("{token:?}").contains(value));
    /// # Ok(())
    /// # }
    /// ```
    pub fn create(
        &self,
        name: impl Into<String>,
        policies: impl IntoIterator<Item = TokenPolicy>,
    ) -> Call<CreateToken> {
        Call::try_new(
            self.place
                .target()
                .and_then(|target| CreateToken::new(target, name.into(), policies)),
        )
    }

    /// Changes a token (`updateToken`): what isn't set stays as it is, its value too.
    ///
    /// The service replaces what there is, so this call first fetches the token (`getToken`) and sends all of it back.
    /// Somebody else's change between the two is undone.
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when there is no such token.
    pub fn update(&self, id: impl TryInto<TokenId, Error: Into<Error>>) -> Call<UpdateToken> {
        Call::try_new(self.place.with(id).map(|(target, id)| UpdateToken::new(target, id)))
    }

    /// Replaces all of a token but its value (`updateToken`): what isn't set is left out of what is sent, so that a
    /// condition or an end that there was falls away. [`update`](Self::update) keeps the rest.
    ///
    /// # Errors
    /// An input error for policies that say nothing; [`is_not_found`](Error::is_not_found) when there is no such token.
    pub fn replace(
        &self,
        id: impl TryInto<TokenId, Error: Into<Error>>,
        name: impl Into<String>,
        policies: impl IntoIterator<Item = TokenPolicy>,
    ) -> Call<ReplaceToken> {
        Call::try_new(
            self.place
                .with(id)
                .and_then(|(target, id)| ReplaceToken::new(target, id, name.into(), policies)),
        )
    }

    /// Deletes a token (`deleteToken`). Requests with its value are refused from then on.
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when there is no such token.
    pub fn delete(&self, id: impl TryInto<TokenId, Error: Into<Error>>) -> Call<DeleteToken> {
        Call::try_new(self.place.with(id).map(|(target, id)| DeleteToken { target, id }))
    }

    /// Gives a token a new value (`rollToken`) and returns it; the old one stops working at once. No other reply shows
    /// the value.
    ///
    /// A call whose reply was lost is repeated: the value in the lost reply is of no use to anyone, and the one that
    /// arrives is the one that counts. So one call may roll a token more than once.
    ///
    /// That holds for other tokens than the one that this client signs in with: after a lost reply that one is refused
    /// (401), and nobody knows its value. Roll it with another credential, which can roll it again; with none at hand,
    /// switch the repetition off with `.retry(RetryPolicy::never())`, so that the error is the one of the lost reply.
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) when there is no such token;
    /// [`is_outcome_unknown`](Error::is_outcome_unknown) when no attempt was answered, or a repetition was refused
    /// because the client's own token was rolled: the old value may have stopped working, so roll again, with a credential
    /// that works.
    pub fn roll(&self, id: impl TryInto<TokenId, Error: Into<Error>>) -> Call<RollToken> {
        Call::try_new(self.place.with(id).map(|(target, id)| RollToken { target, id }))
    }

    /// Asks which token this client signs in with, and whether it works (`verifyToken`).
    ///
    /// It can succeed for a disabled or expired token too, which every other call is refused with: look at
    /// [`status`](TokenVerification::status). To verify a new token, make a client with it.
    ///
    /// # Errors
    /// [`is_auth`](Error::is_auth) when the service refuses the token, or when the client signs in another way.
    pub fn verify(&self) -> Call<VerifyToken> {
        Call::try_new(self.place.target().map(|target| VerifyToken { target }))
    }
}

/// Fetches one token; made by [`Tokens::get`].
#[derive(Debug)]
pub struct GetToken {
    target: Target,
    id: TokenId,
}
operation!(GetToken -> Token, |call, low, account| low.get_token(account, call.id.as_str()));

/// Deletes a token; made by [`Tokens::delete`].
#[derive(Debug)]
pub struct DeleteToken {
    target: Target,
    id: TokenId,
}
operation!(DeleteToken -> (), |call, low, account| low.delete_token(account, call.id.as_str()));

/// Gives a token a new value; made by [`Tokens::roll`].
#[derive(Debug)]
pub struct RollToken {
    target: Target,
    id: TokenId,
}
operation!(
    RollToken -> ReceivedSecret,
    // The vendor asks for an object, and has none of its fields.
    |call, low, account| low.roll_token(account, call.id.as_str(), &Map::new())
);

/// Verifies the client's token; made by [`Tokens::verify`].
#[derive(Debug)]
pub struct VerifyToken {
    target: Target,
}
operation!(VerifyToken -> TokenVerification, |_call, low, account| low.verify_token(account));
