//! Changing tokens, which the service only takes as a whole.

use account_provisioning_core::{Error, MakeError as _, Response, Result};
use chrono::{DateTime, SubsecRound as _, Utc};

use super::super::requests::{GetToken, UpdateToken};
use super::super::types::{TokenConditionRequest, TokenPolicyRequest, UpdateTokenRequest};
use super::super::{AccountId, Token, TokenId, TokenStatus};
use super::{TokenCondition, TokenPolicy, condition, policy, write};
use crate::Field;
use crate::call::Call;
use crate::replace::Merge;

/// A change of a token; made by [`Tokens::update`](super::Tokens::update).
#[derive(Clone, Debug)]
pub struct ChangeToken {
    account_id: AccountId,
    token_id: TokenId,
    name: Option<String>,
    policies: Option<Vec<TokenPolicyRequest>>,
    condition: Field<TokenConditionRequest>,
    expires_on: Field<DateTime<Utc>>,
    not_before: Field<DateTime<Utc>>,
    status: Option<TokenStatus>,
}

impl ChangeToken {
    pub(super) fn new(account_id: AccountId, token_id: TokenId) -> Self {
        Self {
            account_id,
            token_id,
            name: None,
            policies: None,
            condition: Field::Keep,
            expires_on: Field::Keep,
            not_before: Field::Keep,
            status: None,
        }
    }
}

/// Options of [`Tokens::update`](super::Tokens::update).
impl<M> Call<ChangeToken, M> {
    /// Sets the name. Defaults to no change.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.with(|change| change.name = Some(name.into()))
    }

    /// Sets the policies, which replace all policies that the token has. Defaults to no change.
    pub fn policies(self, policies: impl IntoIterator<Item = TokenPolicy>) -> Self {
        self.try_with(policy::bodies(policies), |change, policies| {
            change.policies = Some(policies);
        })
    }

    /// Limits the addresses that the token works from; [`Field::Clear`] lets it work from all addresses. Defaults to no
    /// change.
    pub fn condition(self, condition: impl Into<Field<TokenCondition>>) -> Self {
        let condition = match condition.into() {
            Field::Keep => Ok(Field::Keep),
            Field::Clear => Ok(Field::Clear),
            Field::Set(condition) => condition.body().map(Field::Set),
        };
        self.try_with(condition, |change, condition| change.condition = condition)
    }

    /// Sets when the token expires, to the second; with [`Field::Clear`], it never does. Defaults to no change.
    pub fn expires_on(self, moment: impl Into<Field<DateTime<Utc>>>) -> Self {
        self.with(|change| change.expires_on = moment.into().map(|moment| moment.trunc_subsecs(0)))
    }

    /// Sets when the token starts to work, to the second; with [`Field::Clear`], it works at once. Defaults to no change.
    pub fn not_before(self, moment: impl Into<Field<DateTime<Utc>>>) -> Self {
        self.with(|change| change.not_before = moment.into().map(|moment| moment.trunc_subsecs(0)))
    }

    /// Sets the status: active, or disabled. Defaults to no change.
    pub fn status(self, status: impl Into<TokenStatus>) -> Self {
        self.with(|change| change.status = Some(status.into()))
    }
}

impl Merge for ChangeToken {
    type Read = GetToken;
    type Write = UpdateToken;

    fn read(&self) -> GetToken {
        GetToken::new(self.account_id.clone(), self.token_id.clone())
    }

    fn merge(self, current: Response<Token>) -> Result<UpdateToken> {
        let current = current.value;
        let name = match self.name.or(current.name) {
            Some(name) => write::named(name)?,
            None => {
                return Err(Error::invalid_input(
                    "`name`: the service returned none for this token, and accepts no change without one; set it",
                ));
            }
        };
        let policies = self.policies.unwrap_or_else(|| {
            let current = current.policies.into_iter();
            current.map(policy::sent_back).collect()
        });
        // A token is expired because of its time, not because of this field, which the service would take for an order.
        let status = current.status.filter(|status| *status != TokenStatus::Expired);
        let body = UpdateTokenRequest {
            condition: self.condition.or_current(current.condition.map(condition::sent_back)),
            expires_on: self.expires_on.or_current(current.expires_on),
            name,
            not_before: self.not_before.or_current(current.not_before),
            policies,
            status: self.status.or(status),
        };
        Ok(UpdateToken::new(self.account_id, self.token_id, body))
    }
}
