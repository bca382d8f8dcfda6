//! Whom tokens belong to, and the requests about them.

use std::fmt;

use account_provisioning_core::{Error, Result};
use serde_json::Map;

use super::super::requests::{
    CreateToken, CreateUserToken, DeleteToken, DeleteUserToken, GetToken, GetUserToken, ListPermissionGroups,
    ListTokens, ListUserTokenPermissionGroups, ListUserTokens, RollToken, RollUserToken, UpdateToken, UpdateUserToken,
    VerifyToken, VerifyUserToken,
};
use super::super::types::{CreateTokenRequest, UpdateTokenRequest};
use super::super::user::UserHandle;
use super::super::{AccountHandle, AccountId, CreatedToken, Token, TokenId, TokenVerification};
use super::list::TokenList;
use super::permission_groups::PermissionGroupList;
use super::write::{TokenReplacement, TokenWrite};
use crate::ReceivedSecret;
use crate::call::{Call, Operation, sealed};
use crate::find::Creation;

/// Whom API tokens belong to: an account ([`AccountHandle`]) or the user ([`UserHandle`]).
///
/// Implemented by this crate alone. The associated types are the requests about the tokens.
pub trait TokenOwner: sealed::Sealed + Clone + fmt::Debug + Send + Sync + 'static {
    /// How requests name the owner.
    #[doc(hidden)]
    type Id: Clone + fmt::Debug + Send + Sync + 'static;
    /// Lists the tokens.
    type List: TokenList;
    /// Fetches a token.
    type Get: Operation<Output = Token>;
    /// Creates a token.
    type Create: TokenWrite<Output = CreatedToken> + Creation<List = Self::List>;
    /// Replaces all of a token but its value.
    type Update: TokenReplacement;
    /// Deletes a token.
    type Delete: Operation<Output = ()>;
    /// Gives a token a new value.
    type Roll: Operation<Output = ReceivedSecret>;
    /// Fetches which token signs in.
    type Verify: Operation<Output = TokenVerification>;
    /// Lists the permission groups that the tokens can have.
    type Groups: PermissionGroupList;

    /// Makes a call about the owner's tokens with an argument that may be wrong.
    #[doc(hidden)]
    fn call<A, E: Into<Error>, O, M>(
        &self,
        argument: Result<A, E>,
        request: impl FnOnce(Self::Id, A) -> O,
    ) -> Call<O, M>;

    #[doc(hidden)]
    fn list(owner: Self::Id) -> Self::List;
    #[doc(hidden)]
    fn get(owner: Self::Id, token: TokenId) -> Self::Get;
    #[doc(hidden)]
    fn create(owner: Self::Id, body: CreateTokenRequest) -> Self::Create;
    #[doc(hidden)]
    fn update(owner: Self::Id, token: TokenId, body: UpdateTokenRequest) -> Self::Update;
    #[doc(hidden)]
    fn delete(owner: Self::Id, token: TokenId) -> Self::Delete;
    #[doc(hidden)]
    fn roll(owner: Self::Id, token: TokenId) -> Self::Roll;
    #[doc(hidden)]
    fn verify(owner: Self::Id) -> Self::Verify;
    #[doc(hidden)]
    fn groups(owner: Self::Id) -> Self::Groups;
}

impl sealed::Sealed for AccountHandle {}

impl TokenOwner for AccountHandle {
    type Id = AccountId;
    type List = ListTokens;
    type Get = GetToken;
    type Create = CreateToken;
    type Update = UpdateToken;
    type Delete = DeleteToken;
    type Roll = RollToken;
    type Verify = VerifyToken;
    type Groups = ListPermissionGroups;

    fn call<A, E: Into<Error>, O, M>(
        &self,
        argument: Result<A, E>,
        request: impl FnOnce(AccountId, A) -> O,
    ) -> Call<O, M> {
        self.call_with(argument, request)
    }

    fn list(owner: AccountId) -> ListTokens {
        ListTokens::new(owner)
    }

    fn get(owner: AccountId, token: TokenId) -> GetToken {
        GetToken::new(owner, token)
    }

    fn create(owner: AccountId, body: CreateTokenRequest) -> CreateToken {
        CreateToken::new(owner, body)
    }

    fn update(owner: AccountId, token: TokenId, body: UpdateTokenRequest) -> UpdateToken {
        UpdateToken::new(owner, token, body)
    }

    fn delete(owner: AccountId, token: TokenId) -> DeleteToken {
        DeleteToken::new(owner, token)
    }

    // The vendor requires an object, and defines no field of it.
    fn roll(owner: AccountId, token: TokenId) -> RollToken {
        RollToken::new(owner, token, Map::new())
    }

    fn verify(owner: AccountId) -> VerifyToken {
        VerifyToken::new(owner)
    }

    fn groups(owner: AccountId) -> ListPermissionGroups {
        ListPermissionGroups::new(owner)
    }
}

impl sealed::Sealed for UserHandle {}

impl TokenOwner for UserHandle {
    type Id = ();
    type List = ListUserTokens;
    type Get = GetUserToken;
    type Create = CreateUserToken;
    type Update = UpdateUserToken;
    type Delete = DeleteUserToken;
    type Roll = RollUserToken;
    type Verify = VerifyUserToken;
    type Groups = ListUserTokenPermissionGroups;

    fn call<A, E: Into<Error>, O, M>(&self, argument: Result<A, E>, request: impl FnOnce((), A) -> O) -> Call<O, M> {
        let request = argument.map(|argument| request((), argument));
        Call::try_new(self.client().low_level(), request)
    }

    fn list((): ()) -> ListUserTokens {
        ListUserTokens::new()
    }

    fn get((): (), token: TokenId) -> GetUserToken {
        GetUserToken::new(token)
    }

    fn create((): (), body: CreateTokenRequest) -> CreateUserToken {
        CreateUserToken::new(body)
    }

    fn update((): (), token: TokenId, body: UpdateTokenRequest) -> UpdateUserToken {
        UpdateUserToken::new(token, body)
    }

    fn delete((): (), token: TokenId) -> DeleteUserToken {
        DeleteUserToken::new(token)
    }

    fn roll((): (), token: TokenId) -> RollUserToken {
        RollUserToken::new(token, Map::new())
    }

    fn verify((): ()) -> VerifyUserToken {
        VerifyUserToken::new()
    }

    fn groups((): ()) -> ListUserTokenPermissionGroups {
        ListUserTokenPermissionGroups::new()
    }
}
