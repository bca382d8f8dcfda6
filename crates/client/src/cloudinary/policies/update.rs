//! Changing custom policies, which the service takes as a whole.

use account_provisioning_core::{Error, PathId, Result};

use super::super::requests::{GetCustomPolicy, UpdateCustomPolicy};
use super::super::types::UpdateCustomPolicyRequest;
use super::super::{AccountId, CustomPolicy, PolicyId, PolicyScope, PolicyStatement, ScopeType};
use crate::Field;
use crate::call::Call;
use crate::replace::{Keys, Merge, Whole};

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
    expected: Option<CustomPolicy>,
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
            expected: None,
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
    type Body = UpdateCustomPolicyRequest;

    // `CustomPolicy` and `UpdateCustomPolicyRequest` of the document.
    const KEYS: Keys = Keys {
        envelope: "data",
        set_by_service: &["created_at", "id", "updated_at"],
        not_null: &["name", "policy_statement", "scope_type"],
        required: &["enabled", "name", "policy_statement", "scope_type"],
    };

    fn read(&self) -> GetCustomPolicy {
        GetCustomPolicy::new(self.account_id.clone(), self.policy_id.clone())
    }

    fn is_expected(&self, current: &CustomPolicy) -> bool {
        self.expected.as_ref().is_none_or(|expected| expected == current)
    }

    fn lay_over(&self, _: &CustomPolicy, whole: &mut Whole) -> Result<()> {
        if let Some(name) = &self.name {
            whole.set(&["name"], name)?;
        }
        if let Some(description) = self.description.clone().or_null() {
            whole.set(&["description"], &description)?;
        }
        if let Some(statement) = &self.policy_statement {
            whole.set(&["policy_statement"], statement)?;
        }
        if let Some(enabled) = self.enabled {
            whole.set(&["enabled"], &enabled)?;
        }
        if let Some((scope_type, scope_id)) = &self.scope {
            whole.set(&["scope_type"], scope_type)?;
            match scope_id {
                Some(id) => whole.set(&["scope_id"], id)?,
                None => whole.remove(&["scope_id"])?,
            }
        }
        Ok(())
    }

    fn write(self, body: UpdateCustomPolicyRequest) -> UpdateCustomPolicy {
        UpdateCustomPolicy::new(self.account_id, self.policy_id, body)
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

    /// Changes the policy only if it still is what the caller read: any difference is an error, for which
    /// [`is_changed`](crate::Error::is_changed) is true, and nothing is sent. Everything that this version knows is compared,
    /// the time of the last change too. Defaults to no check.
    pub fn if_unchanged_since(self, read: &CustomPolicy) -> Self {
        self.with(|change| change.expected = Some(read.clone()))
    }
}
