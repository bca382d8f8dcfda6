//! Creating and replacing tokens.

use account_provisioning_core::{Error, MakeError as _, ResponseMeta, Result};
use chrono::{DateTime, SubsecRound as _, Utc};

use super::super::envelope::opened;
use super::super::requests::{CreateToken, CreateUserToken, UpdateToken, UpdateUserToken};
use super::super::types::{CreateTokenRequest, CreatedTokenReply, TokenConditionRequest, UpdateTokenRequest};
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

/// A request that writes a token: of an account, or of the user. Implemented by this crate alone.
pub trait TokenWrite: Operation {
    #[doc(hidden)]
    fn limits(&mut self) -> TokenLimits<'_>;
}

/// The fields of a request that limit a token.
#[doc(hidden)]
#[derive(Debug)]
#[allow(clippy::exhaustive_structs, reason = "only this crate implements requests")]
pub struct TokenLimits<'a> {
    pub condition: &'a mut Option<TokenConditionRequest>,
    pub expires_on: &'a mut Option<DateTime<Utc>>,
    pub not_before: &'a mut Option<DateTime<Utc>>,
}

fn limits_of_new(body: &mut CreateTokenRequest) -> TokenLimits<'_> {
    TokenLimits {
        condition: &mut body.condition,
        expires_on: &mut body.expires_on,
        not_before: &mut body.not_before,
    }
}

fn limits_of_replaced(body: &mut UpdateTokenRequest) -> TokenLimits<'_> {
    TokenLimits {
        condition: &mut body.condition,
        expires_on: &mut body.expires_on,
        not_before: &mut body.not_before,
    }
}

impl TokenWrite for CreateToken {
    fn limits(&mut self) -> TokenLimits<'_> {
        limits_of_new(&mut self.body)
    }
}

impl TokenWrite for CreateUserToken {
    fn limits(&mut self) -> TokenLimits<'_> {
        limits_of_new(&mut self.body)
    }
}

impl TokenWrite for UpdateToken {
    fn limits(&mut self) -> TokenLimits<'_> {
        limits_of_replaced(&mut self.body)
    }
}

impl TokenWrite for UpdateUserToken {
    fn limits(&mut self) -> TokenLimits<'_> {
        limits_of_replaced(&mut self.body)
    }
}

/// Options of [`Tokens::create`](super::Tokens::create) and [`Tokens::replace`](super::Tokens::replace).
impl<W: TokenWrite, M> Call<W, M> {
    /// Limits the addresses that the token works from. Defaults to all addresses.
    pub fn condition(self, condition: TokenCondition) -> Self {
        self.try_with(condition.body(), |write, condition| {
            *write.limits().condition = Some(condition);
        })
    }

    /// Sets when the token expires, to the second. Defaults to never.
    pub fn expires_on(self, moment: DateTime<Utc>) -> Self {
        self.with(|write| *write.limits().expires_on = Some(moment.trunc_subsecs(0)))
    }

    /// Sets when the token starts to work, to the second. Defaults to at once.
    pub fn not_before(self, moment: DateTime<Utc>) -> Self {
        self.with(|write| *write.limits().not_before = Some(moment.trunc_subsecs(0)))
    }
}

/// A request that replaces a token: of an account, or of the user. Implemented by this crate alone.
pub trait TokenReplacement: TokenWrite<Output = Token> {
    #[doc(hidden)]
    fn status(&mut self) -> &mut Option<TokenStatus>;
}

impl TokenReplacement for UpdateToken {
    fn status(&mut self) -> &mut Option<TokenStatus> {
        &mut self.body.status
    }
}

impl TokenReplacement for UpdateUserToken {
    fn status(&mut self) -> &mut Option<TokenStatus> {
        &mut self.body.status
    }
}

/// Options of [`Tokens::replace`](super::Tokens::replace).
impl<R: TokenReplacement, M> Call<R, M> {
    /// Sets the status: active, or disabled. Defaults to not sending it.
    pub fn status(self, status: impl Into<TokenStatus>) -> Self {
        self.with(|replace| *replace.status() = Some(status.into()))
    }
}

impl Operation for CreateToken {
    type Output = CreatedToken;
}

impl Operation for CreateUserToken {
    type Output = CreatedToken;
}

impl Operation for UpdateToken {
    type Output = Token;
}

impl Operation for UpdateUserToken {
    type Output = Token;
}

impl FromReply<CreatedTokenReply> for CreatedToken {
    fn from_reply(reply: CreatedTokenReply, meta: &mut ResponseMeta) -> Result<Self> {
        opened(reply.result, reply.messages, meta)
    }
}
