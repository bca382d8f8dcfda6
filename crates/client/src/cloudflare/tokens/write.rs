//! Creating and replacing tokens.

use account_provisioning_core::{Error, MakeError as _, ResponseMeta, Result};
use chrono::{DateTime, SubsecRound as _, Utc};

use super::super::envelope::opened;
use super::super::requests::{CreateToken, UpdateToken};
use super::super::types::{CreateTokenRequest, CreatedTokenReply, UpdateTokenRequest};
use super::super::{CreatedToken, Token, TokenStatus};
use super::TokenCondition;
use super::policy::{self, TokenPolicy};
use crate::call::{Call, FromReply, Operation};

/// Returns the body that creates a token.
pub(super) fn create_body(name: String, policies: impl IntoIterator<Item = TokenPolicy>) -> Result<CreateTokenRequest> {
    Ok(CreateTokenRequest {
        condition: None,
        expires_on: None,
        name: named(name)?,
        not_before: None,
        policies: policy::bodies(policies)?,
    })
}

/// Returns the body that replaces a token.
pub(super) fn update_body(name: String, policies: impl IntoIterator<Item = TokenPolicy>) -> Result<UpdateTokenRequest> {
    Ok(UpdateTokenRequest {
        condition: None,
        expires_on: None,
        name: named(name)?,
        not_before: None,
        policies: policy::bodies(policies)?,
        status: None,
    })
}

/// Refuses an empty name.
pub(super) fn named(name: String) -> Result<String> {
    if name.trim().is_empty() {
        return Err(Error::invalid_input(
            "`name`: it is empty; give the token a name to be found by",
        ));
    }
    Ok(name)
}

impl Operation for CreateToken {
    type Output = CreatedToken;
}

impl FromReply<CreatedTokenReply> for CreatedToken {
    fn from_reply(reply: CreatedTokenReply, meta: &mut ResponseMeta) -> Result<Self> {
        opened(reply.result, reply.messages, meta)
    }
}

/// Options of [`Tokens::create`](super::Tokens::create).
impl<M> Call<CreateToken, M> {
    /// Limits the addresses that the token works from. Defaults to all addresses.
    pub fn condition(self, condition: TokenCondition) -> Self {
        self.try_with(condition.body(), |create, condition| {
            create.body.condition = Some(condition)
        })
    }

    /// Sets when the token expires, to the second. Defaults to never.
    pub fn expires_on(self, moment: DateTime<Utc>) -> Self {
        self.with(|create| create.body.expires_on = Some(moment.trunc_subsecs(0)))
    }

    /// Sets when the token starts to work, to the second. Defaults to at once.
    pub fn not_before(self, moment: DateTime<Utc>) -> Self {
        self.with(|create| create.body.not_before = Some(moment.trunc_subsecs(0)))
    }
}

impl Operation for UpdateToken {
    type Output = Token;
}

/// Options of [`Tokens::replace`](super::Tokens::replace).
impl<M> Call<UpdateToken, M> {
    /// Limits the addresses that the token works from. Defaults to all addresses.
    pub fn condition(self, condition: TokenCondition) -> Self {
        self.try_with(condition.body(), |replace, condition| {
            replace.body.condition = Some(condition);
        })
    }

    /// Sets when the token expires, to the second. Defaults to never.
    pub fn expires_on(self, moment: DateTime<Utc>) -> Self {
        self.with(|replace| replace.body.expires_on = Some(moment.trunc_subsecs(0)))
    }

    /// Sets when the token starts to work, to the second. Defaults to at once.
    pub fn not_before(self, moment: DateTime<Utc>) -> Self {
        self.with(|replace| replace.body.not_before = Some(moment.trunc_subsecs(0)))
    }

    /// Sets the status: active, or disabled. Defaults to not sending it.
    pub fn status(self, status: impl Into<TokenStatus>) -> Self {
        self.with(|replace| replace.body.status = Some(status.into()))
    }
}
