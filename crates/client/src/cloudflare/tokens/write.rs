//! Creating and changing tokens.

use std::ops::Deref;

use account_provisioning_api::cloudflare::types;
use account_provisioning_core::{CallOptions, Response, Result};
use chrono::{DateTime, SubsecRound as _, Utc};
use futures::future::BoxFuture;

use super::super::target::{Target, operation};
use super::super::{GrantedTokenCondition, GrantedTokenPolicy, Token, TokenId, TokenStatus};
use super::GetToken;
use super::condition::{self, TokenCondition};
use super::policy::{self, TokenPolicy};
use crate::call::{Call, Operation};
use crate::sealed::Execute;
use crate::{Error, Field, ReceivedSecret};

/// A new token, together with its value.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CreatedToken {
    /// The value, which signs requests in. Store it where secrets are kept: no other reply shows it.
    pub value: ReceivedSecret,
    /// The token; its fields are reached through this type too.
    pub token: NewToken,
}

/// What a new token is, without its value.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct NewToken {
    /// The id, which is no secret.
    pub id: String,
    /// The name.
    pub name: Option<String>,
    /// The status.
    pub status: Option<TokenStatus>,
    /// When the token was created.
    pub issued_on: Option<DateTime<Utc>>,
    /// From when on the token is refused; `None` when it doesn't expire.
    pub expires_on: Option<DateTime<Utc>>,
    /// Until when the token is refused; `None` when it works at once.
    pub not_before: Option<DateTime<Utc>>,
    /// The policies.
    pub policies: Vec<GrantedTokenPolicy>,
    /// From where the token works.
    pub condition: Option<GrantedTokenCondition>,
}

impl Deref for CreatedToken {
    type Target = NewToken;

    fn deref(&self) -> &NewToken {
        &self.token
    }
}

impl From<types::CreatedToken> for CreatedToken {
    fn from(created: types::CreatedToken) -> Self {
        Self {
            value: created.value,
            token: NewToken {
                id: created.id,
                name: created.name,
                status: created.status,
                issued_on: created.issued_on,
                expires_on: created.expires_on,
                not_before: created.not_before,
                policies: created.policies,
                condition: created.condition,
            },
        }
    }
}

/// Creates a token; made by [`Tokens::create`](super::Tokens::create).
#[derive(Debug)]
pub struct CreateToken {
    target: Target,
    body: types::CreateTokenRequest,
}
operation!(
    CreateToken -> CreatedToken,
    |call, low, account| low.create_token(account, &call.body),
    |created| Ok(created.into())
);

impl CreateToken {
    pub(super) fn new(target: Target, name: String, policies: impl IntoIterator<Item = TokenPolicy>) -> Result<Self> {
        let body = types::CreateTokenRequest {
            condition: None,
            expires_on: None,
            name: named(name)?,
            not_before: None,
            policies: policy::bodies(policies)?,
        };
        Ok(Self { target, body })
    }
}

/// Replaces a token; made by [`Tokens::replace`](super::Tokens::replace).
#[derive(Debug)]
pub struct ReplaceToken {
    target: Target,
    id: TokenId,
    body: types::UpdateTokenRequest,
}
operation!(ReplaceToken -> Token, |call, low, account| low.update_token(account, call.id.as_str(), &call.body));

impl ReplaceToken {
    pub(super) fn new(
        target: Target,
        id: TokenId,
        name: String,
        policies: impl IntoIterator<Item = TokenPolicy>,
    ) -> Result<Self> {
        let body = types::UpdateTokenRequest {
            condition: None,
            expires_on: None,
            name: named(name)?,
            not_before: None,
            policies: policy::bodies(policies)?,
            status: None,
        };
        Ok(Self { target, id, body })
    }
}

/// Gives a call with a whole token as its body the setters that creation and replacement share.
macro_rules! token_fields {
    ($name:ident) => {
        impl Call<$name> {
            /// Limits the addresses that the token works from. Defaults to all.
            pub fn condition(self, condition: TokenCondition) -> Self {
                self.with(|call| call.body.condition = Some(condition.body()))
            }

            /// Sets from when on the token is refused, to the second. Defaults to never.
            pub fn expires_on(self, moment: DateTime<Utc>) -> Self {
                self.with(|call| call.body.expires_on = Some(moment.trunc_subsecs(0)))
            }

            /// Sets until when the token is refused, to the second. Defaults to working at once.
            pub fn not_before(self, moment: DateTime<Utc>) -> Self {
                self.with(|call| call.body.not_before = Some(moment.trunc_subsecs(0)))
            }
        }
    };
}
token_fields!(CreateToken);
token_fields!(ReplaceToken);

impl Call<ReplaceToken> {
    /// Sets the status: active, or disabled. Defaults to leaving it out.
    pub fn status(self, status: impl Into<TokenStatus>) -> Self {
        self.with(|replace| replace.body.status = Some(status.into()))
    }
}

/// Changes a token; made by [`Tokens::update`](super::Tokens::update).
#[derive(Debug)]
pub struct UpdateToken {
    target: Target,
    id: TokenId,
    name: Option<String>,
    policies: Option<Vec<types::TokenPolicyRequest>>,
    condition: Field<TokenCondition>,
    expires_on: Field<DateTime<Utc>>,
    not_before: Field<DateTime<Utc>>,
    status: Option<TokenStatus>,
}

impl UpdateToken {
    pub(super) fn new(target: Target, id: TokenId) -> Self {
        Self {
            target,
            id,
            name: None,
            policies: None,
            condition: Field::Keep,
            expires_on: Field::Keep,
            not_before: Field::Keep,
            status: None,
        }
    }

    /// What is sent: what was set, and for the rest what there is.
    fn over(self, current: Token) -> Result<ReplaceToken> {
        let name = match self.name.or(current.name) {
            Some(name) => named(name)?,
            None => {
                return Err(Error::invalid_input(
                    "`name`: the service shows none for this token, and takes no change without one; set it",
                ));
            }
        };
        let policies = self.policies.unwrap_or_else(|| {
            let current = current.policies.into_iter();
            current.map(policy::sent_back).collect()
        });
        // Expiry follows from the time, not from this field, and the service would take `expired` for an order.
        let settled = current.status.filter(|status| *status != TokenStatus::Expired);
        let body = types::UpdateTokenRequest {
            condition: match self.condition {
                Field::Keep => current.condition.map(condition::sent_back),
                Field::Clear => None,
                Field::Set(condition) => Some(condition.body()),
            },
            expires_on: over(self.expires_on, current.expires_on),
            name,
            not_before: over(self.not_before, current.not_before),
            policies,
            status: self.status.or(settled),
        };
        Ok(ReplaceToken {
            target: self.target,
            id: self.id,
            body,
        })
    }
}

fn over<T>(given: Field<T>, current: Option<T>) -> Option<T> {
    match given {
        Field::Keep => current,
        Field::Clear => None,
        Field::Set(value) => Some(value),
    }
}

fn named(name: String) -> Result<String> {
    if name.trim().is_empty() {
        return Err(Error::invalid_input(
            "`name`: it is empty; give the token a name to be found by",
        ));
    }
    Ok(name)
}

impl Call<UpdateToken> {
    /// Sets the name. Defaults to no change.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.with(|update| update.name = Some(name.into()))
    }

    /// Sets the policies, in place of all there are. Defaults to no change.
    pub fn policies(self, policies: impl IntoIterator<Item = TokenPolicy>) -> Self {
        self.try_with(policy::bodies(policies), |update, policies| {
            update.policies = Some(policies)
        })
    }

    /// Sets from where the token works; [`Field::Clear`] lets it work from everywhere. Defaults to no change.
    pub fn condition(self, condition: impl Into<Field<TokenCondition>>) -> Self {
        self.with(|update| update.condition = condition.into())
    }

    /// Sets from when on the token is refused, to the second; [`Field::Clear`] leaves it without an end. Defaults to no change.
    pub fn expires_on(self, moment: impl Into<Field<DateTime<Utc>>>) -> Self {
        self.with(|update| update.expires_on = moment.into().map(|moment| moment.trunc_subsecs(0)))
    }

    /// Sets until when the token is refused, to the second; [`Field::Clear`] lets it work at once. Defaults to no change.
    pub fn not_before(self, moment: impl Into<Field<DateTime<Utc>>>) -> Self {
        self.with(|update| update.not_before = moment.into().map(|moment| moment.trunc_subsecs(0)))
    }

    /// Sets the status: active, or disabled. Defaults to no change.
    pub fn status(self, status: impl Into<TokenStatus>) -> Self {
        self.with(|update| update.status = Some(status.into()))
    }
}

impl Operation for UpdateToken {
    type Output = Token;
}

impl Execute for UpdateToken {
    type Value = Token;

    fn execute(self, options: CallOptions) -> BoxFuture<'static, Result<Response<Token>>> {
        let options = options.as_one_call();
        Box::pin(async move {
            let get = GetToken {
                target: self.target.clone(),
                id: self.id.clone(),
            };
            let current = get.execute(options.clone()).await?.into_value();
            self.over(current)?.execute(options).await
        })
    }
}
