//! API tokens that belong to an account or to the user, and the permission groups that tokens can have.

mod change;
mod cidr;
mod condition;
mod list;
mod owner;
mod permission_groups;
mod policy;
mod resources;
mod write;

use account_provisioning_core::{Error, IntoId, ResponseMeta, Result};

use super::envelope::opened;
use super::requests::{
    DeleteToken, DeleteUserToken, GetToken, GetUserToken, RollToken, RollUserToken, VerifyToken, VerifyUserToken,
};
use super::types::{TokenReply, TokenValueReply, TokenVerificationReply};
use super::{AccountHandle, Token, TokenId, TokenVerification};
use crate::ReceivedSecret;
use crate::call::{Call, FromReply, Operation};
use crate::find::{FindBy, Key};
use crate::list::Pager;
use crate::mode::Optional;
use crate::replace::ReadAndReplace;

pub use self::change::ChangeToken;
pub use self::cidr::{Cidr, CidrError};
pub use self::condition::TokenCondition;
pub use self::list::{TokenList, TokenListOptions};
pub use self::owner::TokenOwner;
pub use self::permission_groups::{FindPermissionGroup, PermissionGroupFilters, PermissionGroupList, PermissionGroups};
pub use self::policy::TokenPolicy;
pub use self::resources::Resources;
pub use self::write::{TokenLimits, TokenReplacement, TokenWrite};

/// The API tokens of one account, or of the user; see [`AccountHandle::tokens`] and
/// [`UserHandle::tokens`](super::UserHandle::tokens).
///
/// `O` is whom they belong to. The operations of both are the same, and so are their types and options.
#[doc(alias = "accounts.tokens")]
#[derive(Clone, Debug)]
pub struct Tokens<O = AccountHandle> {
    owner: O,
}

impl<O: TokenOwner> Tokens<O> {
    pub(super) fn new(owner: O) -> Self {
        Self { owner }
    }

    /// Makes a call that needs no argument.
    fn call<R, M>(&self, request: impl FnOnce(O::Id) -> R) -> Call<R, M> {
        self.owner.call(Ok::<_, Error>(()), |owner, ()| request(owner))
    }

    /// The permission groups that these tokens can have.
    #[must_use]
    pub fn permission_groups(&self) -> PermissionGroups<O> {
        PermissionGroups::new(self.owner.clone())
    }

    /// Lists the tokens (`listTokens`, `listUserTokens`), without their values. Awaited, it fetches one page; streamed, all of them.
    ///
    /// # Options
    /// [`sort_order`][o], [`include_expired`][o], [`page`][o], [`page_size`][o]
    ///
    /// [o]: Call#impl-Call%3CL,+M%3E
    ///
    /// # Errors
    /// [`is_permission_denied`](crate::Error::is_permission_denied) when the credentials don't allow it.
    pub fn list(&self) -> Pager<O::List> {
        self.call(O::list)
    }

    /// Fetches one token (`getToken`, `getUserToken`), without its value.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no token has this id; [`get_opt`](Self::get_opt) returns `None`
    /// instead.
    pub fn get(&self, id: impl IntoId<TokenId>) -> Call<O::Get> {
        self.owner.call(id.into_id(), O::get)
    }

    /// Fetches one token without its value, or `None` when no token has this id (`getToken`,
    /// `getUserToken`).
    ///
    /// # Errors
    /// As [`get`](Self::get), but for "not found".
    pub fn get_opt(&self, id: impl IntoId<TokenId>) -> Call<O::Get, Optional> {
        self.get(id).optional()
    }

    /// Finds the token with a name, without its value, or `None` when no token has it (`listTokens`, `listUserTokens`). It
    /// fetches all pages, which share the call's time limit. Names are compared exactly and need not be unique. Whether the
    /// service lists expired tokens is not documented.
    ///
    /// # Errors
    /// Those of [`list`](Self::list); [`is_ambiguous`](crate::Error::is_ambiguous) when several tokens have the name;
    /// an input error for an empty name.
    pub fn find_by_name(&self, name: impl Into<String>) -> Call<FindBy<O::List>> {
        let name = name.into();
        self.call(|owner| FindBy::new(O::list(owner), Key::TOKEN_BY_NAME, name))
    }

    /// Creates a token (`createToken`, `createUserToken`). No other response contains its value.
    ///
    /// # Options
    /// [`condition`][o], [`expires_on`][o], [`not_before`][o]
    ///
    /// [o]: Call#impl-Call%3CW,+M%3E
    ///
    /// # Errors
    /// An input error for an empty name, without a policy, or for a policy without permission groups or resources.
    ///
    /// [`is_outcome_unknown`](crate::Error::is_outcome_unknown) when the response was lost: a token may exist whose value
    /// nobody knows. [`reconcile`](Call::reconcile) finds out whether it exists; delete it then. The call is never retried
    /// after a lost response, since each retry could create another such token.
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
    /// let policy = TokenPolicy::allow().permission_group(&read.id).resources(Resources::account(&id));
    ///
    /// let token = tokens.create("reporting", [policy]).await?;
    /// let value: &str = token.value.expose_secret(); // the only way to see it
    /// assert!(!format!("{token:?}").contains(value));
    /// # Ok(())
    /// # }
    /// ```
    pub fn create(&self, name: impl Into<String>, policies: impl IntoIterator<Item = TokenPolicy>) -> Call<O::Create> {
        self.owner.call(write::create_body(name.into(), policies), O::create)
    }

    /// Changes a token (`getToken`, then `updateToken`; `getUserToken`, then `updateUserToken`): what isn't set stays as it
    /// is, and so does its value.
    ///
    /// The service replaces the whole token, so this call first fetches it and sends all of it back, with restrictions that
    /// this version doesn't know: **two requests**, which share the call's time limit. A change that somebody else makes
    /// between the two is overwritten. With [`if_unchanged_since`][o], a change that was made since you fetched the token
    /// is an error.
    ///
    /// # Options
    /// [`name`][o], [`policies`][o], [`condition`][o], [`expires_on`][o], [`not_before`][o], [`status`][o],
    /// [`if_unchanged_since`][o]
    ///
    /// [o]: Call#impl-Call%3CChangeToken%3CO%3E,+M%3E
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no token has this id; [`is_changed`](crate::Error::is_changed) when
    /// it is not what [`if_unchanged_since`][o] says; an input error, before anything is changed, when the service returns
    /// no name, no policies, or no permission groups or resources of a policy: the field has to be set then.
    ///
    /// # Examples
    /// Add a permission to a token:
    /// ```
    /// # use account_provisioning::cloudflare::{self, AccountId, PermissionGroupScope, Resources, TokenPolicy};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudflare = cloudflare::Client::builder().api_token(emulator.cloudflare().api_token()).base_url(emulator.cloudflare().base_url()).build()?;
    /// # let account = AccountId::new(emulator.cloudflare().account_id())?;
    /// # let tokens = cloudflare.account(&account).tokens();
    /// # let scope = PermissionGroupScope::ComCloudflareApiAccount;
    /// # let read = tokens.permission_groups().find("Billing Read", scope.clone()).await?;
    /// # let write = tokens.permission_groups().find("Billing Write", scope).await?;
    /// # let policy = TokenPolicy::allow().permission_group(&read.id).resources(Resources::account(&account));
    /// # let id = tokens.create("reporting", [policy]).await?.id;
    /// let token = tokens.get(&id).await?;
    /// let policies = token.policies.iter().map(|policy| TokenPolicy::from(policy).permission_group(&write.id));
    /// let updated = tokens.update(&id).policies(policies).if_unchanged_since(&token).await?;
    /// assert_eq!(updated.policies[0].permission_groups.len(), 2);
    /// # Ok(())
    /// # }
    /// ```
    pub fn update(&self, id: impl IntoId<TokenId>) -> Call<ChangeToken<O>, ReadAndReplace> {
        self.owner.call(id.into_id(), ChangeToken::new)
    }

    /// Replaces all of a token but its value (`updateToken`, `updateUserToken`). What isn't set is not sent, so the token loses a condition or
    /// an expiry that it had. [`update`](Self::update) keeps the rest.
    ///
    /// # Options
    /// [`condition`][o], [`expires_on`][o], [`not_before`][o], [`status`][r]
    ///
    /// [o]: Call#impl-Call%3CW,+M%3E
    /// [r]: Call#impl-Call%3CR,+M%3E
    ///
    /// # Errors
    /// An input error for an empty name, without a policy, or for a policy without permission groups or resources;
    /// [`is_not_found`](crate::Error::is_not_found) when no token has this id.
    pub fn replace(
        &self,
        id: impl IntoId<TokenId>,
        name: impl Into<String>,
        policies: impl IntoIterator<Item = TokenPolicy>,
    ) -> Call<O::Update> {
        let id = id.into_id().map_err(Error::from);
        let arguments = id.and_then(|id| Ok((id, write::update_body(name.into(), policies)?)));
        self.owner
            .call(arguments, |owner, (id, body)| O::update(owner, id, body))
    }

    /// Deletes a token (`deleteToken`, `deleteUserToken`). The service refuses its value from then on.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no token has this id.
    pub fn delete(&self, id: impl IntoId<TokenId>) -> Call<O::Delete> {
        self.owner.call(id.into_id(), O::delete)
    }

    /// Gives a token a new value (`rollToken`, `rollUserToken`) and returns it. The old value stops working at once. No other response
    /// contains the new value.
    ///
    /// The call is retried after a lost response: nobody can use the value in the lost response, and the last value is the
    /// one that works. So one call may roll a token more than once.
    ///
    /// The token that this client signs in with is different: after a lost response, the service refuses the retry (401),
    /// and nobody knows the new value. Roll it with other credentials, which can roll it again. If there are none, turn
    /// retries off with `.retry(RetryPolicy::never())`, so that the error describes the lost response.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no token has this id;
    /// [`is_outcome_unknown`](crate::Error::is_outcome_unknown) when no attempt was answered, or when a retry was refused
    /// because the client's own token was rolled: the old value may have stopped working, so roll again, with credentials
    /// that work.
    #[doc(alias = "accounts.tokens.value.update")]
    pub fn roll(&self, id: impl IntoId<TokenId>) -> Call<O::Roll> {
        self.owner.call(id.into_id(), O::roll)
    }

    /// Fetches which token this client signs in with, and whether it works (`verifyToken`,
    /// `verifyUserToken`).
    ///
    /// It can succeed for a disabled or expired token, which every other call is refused for: check the
    /// [`status`](super::TokenVerification::status). To verify a new token, make a client with it.
    ///
    /// # Errors
    /// [`is_auth`](crate::Error::is_auth) when the service refuses the token, or when the client signs in in another way.
    pub fn verify(&self) -> Call<O::Verify> {
        self.call(O::verify)
    }
}

impl Operation for GetToken {
    type Output = Token;
}

impl Operation for GetUserToken {
    type Output = Token;
}

impl FromReply<TokenReply> for Token {
    fn from_reply(reply: TokenReply, meta: &mut ResponseMeta) -> Result<Self> {
        opened(reply.result, reply.messages, meta)
    }
}

impl Operation for DeleteToken {
    type Output = ();
}

impl Operation for DeleteUserToken {
    type Output = ();
}

impl Operation for RollToken {
    type Output = ReceivedSecret;
}

impl Operation for RollUserToken {
    type Output = ReceivedSecret;
}

impl FromReply<TokenValueReply> for ReceivedSecret {
    fn from_reply(reply: TokenValueReply, meta: &mut ResponseMeta) -> Result<Self> {
        opened(reply.result, reply.messages, meta)
    }
}

impl Operation for VerifyToken {
    type Output = TokenVerification;
}

impl Operation for VerifyUserToken {
    type Output = TokenVerification;
}

impl FromReply<TokenVerificationReply> for TokenVerification {
    fn from_reply(reply: TokenVerificationReply, meta: &mut ResponseMeta) -> Result<Self> {
        opened(reply.result, reply.messages, meta)
    }
}
