//! Changing custom policies, which the service takes as a whole.

use account_provisioning_core::{Error, PathId, Response, Result};

use super::super::requests::{GetCustomPolicy, UpdateCustomPolicy};
use super::super::types::UpdateCustomPolicyRequest;
use super::super::{AccountId, CustomPolicy, PolicyId, PolicyScope, PolicyStatement, ScopeType};
use crate::Field;
use crate::call::Call;
use crate::replace::Merge;

/// A change of a custom policy: it is read, and replaced with the change in it.
///
/// [`CustomPolicies::update`](super::CustomPolicies::update) makes it.
#[derive(Clone, Debug)]
pub struct ChangeCustomPolicy {
    account_id: AccountId,
    policy_id: PolicyId,
    name: Option<String>,
    description: Field<String>,
    policy_statement: Option<String>,
    scope: Option<(ScopeType, Option<String>)>,
    enabled: Option<bool>,
}

impl ChangeCustomPolicy {
    pub(super) fn new(account_id: AccountId, policy_id: PolicyId) -> Self {
        Self {
            account_id,
            policy_id,
            name: None,
            description: Field::Keep,
            policy_statement: None,
            scope: None,
            enabled: None,
        }
    }
}

impl PathId<AccountId> for ChangeCustomPolicy {
    fn path_id_mut(&mut self) -> &mut AccountId {
        &mut self.account_id
    }
}

impl Merge for ChangeCustomPolicy {
    type Read = GetCustomPolicy;
    type Write = UpdateCustomPolicy;

    fn read(&self) -> GetCustomPolicy {
        GetCustomPolicy::new(self.account_id.clone(), self.policy_id.clone())
    }

    fn merge(self, current: Response<CustomPolicy>) -> Result<UpdateCustomPolicy> {
        let current = current.into_value();
        let description = match self.description {
            Field::Keep => current.description.map(Into::into),
            given => given.or_null(),
        };
        let (scope_type, scope_id) = self.scope.unwrap_or((current.scope_type, current.scope_id));
        let body = UpdateCustomPolicyRequest {
            description,
            enabled: self.enabled.unwrap_or(current.enabled),
            name: self.name.unwrap_or(current.name),
            policy_statement: self.policy_statement.unwrap_or(current.policy_statement),
            scope_id: scope_id.map(Into::into),
            scope_type,
        };
        Ok(UpdateCustomPolicy::new(self.account_id, self.policy_id, body))
    }
}

/// Options of [`CustomPolicies::update`](super::CustomPolicies::update).
impl<M> Call<ChangeCustomPolicy, M> {
    /// Sets the name. Defaults to no change.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.with(|change| change.name = Some(name.into()))
    }

    /// Sets the description; [`Field::Clear`] removes it. Defaults to no change.
    pub fn description(self, description: impl Into<Field<String>>) -> Self {
        self.with(|change| change.description = description.into())
    }

    /// Sets the statement. Defaults to no change.
    pub fn policy_statement(self, statement: impl Into<PolicyStatement>) -> Self {
        self.try_with(statement.into().text(), |change, text| {
            change.policy_statement = Some(text);
        })
    }

    /// Sets where the policy applies. Defaults to no change.
    pub fn scope(self, scope: impl TryInto<PolicyScope, Error: Into<Error>>) -> Self {
        self.try_with(PolicyScope::parts_of(scope), |change, scope| change.scope = Some(scope))
    }

    /// Says whether the policy is in effect. Defaults to no change.
    pub fn enabled(self, enabled: bool) -> Self {
        self.with(|change| change.enabled = Some(enabled))
    }
}
