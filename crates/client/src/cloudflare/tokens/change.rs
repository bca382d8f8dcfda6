//! Changing tokens, which the service only takes as a whole.

use account_provisioning_core::Result;
use chrono::{DateTime, SubsecRound as _, Utc};

use super::super::types::{TokenConditionRequest, TokenPolicyRequest, UpdateTokenRequest};
use super::super::{AccountHandle, Token, TokenId, TokenStatus};
use super::{TokenCondition, TokenOwner, TokenPolicy, condition, policy, write};
use crate::Field;
use crate::call::Call;
use crate::replace::{Keys, Merge, Whole};

/// A change of a token; made by [`Tokens::update`](super::Tokens::update).
#[derive(Clone, Debug)]
pub struct ChangeToken<O: TokenOwner = AccountHandle> {
    owner: O::Id,
    token_id: TokenId,
    name: Option<String>,
    policies: Option<Vec<TokenPolicyRequest>>,
    condition: Field<TokenConditionRequest>,
    expires_on: Field<DateTime<Utc>>,
    not_before: Field<DateTime<Utc>>,
    status: Option<TokenStatus>,
    expected: Option<Token>,
}

impl<O: TokenOwner> ChangeToken<O> {
    pub(super) fn new(owner: O::Id, token_id: TokenId) -> Self {
        Self {
            owner,
            token_id,
            name: None,
            policies: None,
            condition: Field::Keep,
            expires_on: Field::Keep,
            not_before: Field::Keep,
            status: None,
            expected: None,
        }
    }
}

/// Options of [`Tokens::update`](super::Tokens::update).
impl<O: TokenOwner, M> Call<ChangeToken<O>, M> {
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

    /// Limits the addresses that the token works from; [`Field::Clear`] lets it work from all addresses. Other limits that
    /// the condition has stay as they are: only [`replace`](super::Tokens::replace) removes them. Defaults to no change.
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

    /// Changes the token only if it still is what the caller read: any difference is an error, for which
    /// [`is_changed`](crate::Error::is_changed) is true, and nothing is sent. Everything is compared, the time of the last
    /// change too; only the time of the last use may differ. Defaults to no check.
    pub fn if_unchanged_since(self, read: &Token) -> Self {
        self.with(|change| change.expected = Some(read.clone()))
    }
}

impl<O: TokenOwner> Merge for ChangeToken<O> {
    type Read = O::Get;
    type Write = O::Update;
    type Body = UpdateTokenRequest;

    // `Token` and `UpdateTokenRequest` of the document, which adds that the service assigns the ids of policies. It knows
    // the names of permission groups by their ids.
    const KEYS: Keys = Keys {
        envelope: "result",
        set_by_service: &[
            "creator_email_at_creation",
            "id",
            "issued_on",
            "last_used_on",
            "modified_on",
            "policies/*/id",
            "policies/*/permission_groups/*/name",
            "provisioner_id",
            "provisioner_type",
        ],
        not_null: &[
            "condition",
            "condition/request_ip",
            "condition/request_ip/in",
            "condition/request_ip/not_in",
            "expires_on",
            "name",
            "not_before",
            "policies",
            "policies/*/effect",
            "policies/*/permission_groups",
            "policies/*/permission_groups/*/id",
            "policies/*/permission_groups/*/meta",
            "policies/*/permission_groups/*/meta/key",
            "policies/*/permission_groups/*/meta/value",
            "policies/*/resources",
            "status",
        ],
        required: &[
            "name",
            "policies",
            "policies/*/effect",
            "policies/*/permission_groups",
            "policies/*/permission_groups/*/id",
            "policies/*/resources",
        ],
    };

    fn read(&self) -> O::Get {
        O::get(self.owner.clone(), self.token_id.clone())
    }

    fn is_expected(&self, current: &Token) -> bool {
        let expected = self.expected.as_ref();
        expected.is_none_or(|expected| comparable(expected.clone()) == comparable(current.clone()))
    }

    fn lay_over(&self, current: &Token, whole: &mut Whole) -> Result<()> {
        if let Some(name) = &self.name {
            whole.set(&["name"], &write::named(name.clone())?)?;
        }
        if let Some(policies) = &self.policies {
            whole.set(&["policies"], policies)?;
        }
        condition::lay_over(&self.condition, whole)?;
        for (key, moment) in [("expires_on", &self.expires_on), ("not_before", &self.not_before)] {
            match moment {
                Field::Keep => {}
                Field::Clear => whole.remove(&[key])?,
                Field::Set(moment) => whole.set(&[key], moment)?,
            }
        }
        match &self.status {
            Some(status) => whole.set(&["status"], status),
            // A token is expired because of its time, not because of this field, which the service would take for an
            // order.
            None if current.status == Some(TokenStatus::Expired) => whole.remove(&["status"]),
            None => Ok(()),
        }
    }

    fn write(self, body: UpdateTokenRequest) -> O::Update {
        O::update(self.owner, self.token_id, body)
    }
}

/// Returns a token as two of them are compared: without what no change makes differ. The service keeps no order of policies
/// and groups, and using a token is no change of it.
fn comparable(mut token: Token) -> Token {
    token.last_used_on = None;
    for policy in &mut token.policies {
        policy
            .permission_groups
            .sort_by(|a, b| a.id.as_str().cmp(b.id.as_str()));
    }
    token.policies.sort_by(|a, b| a.id.cmp(&b.id));
    token
}
