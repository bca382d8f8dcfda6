//! Fetching, creating and deleting custom policies.

use account_provisioning_api::cloudinary::types;
use account_provisioning_core::Result;

use super::super::target::{Target, operation};
use super::super::{CustomPolicy, PolicyId, PolicyScope, PolicyStatement};
use crate::call::Call;

/// Fetches a custom policy; made by [`CustomPolicies::get`](super::CustomPolicies::get).
#[derive(Debug)]
pub struct GetCustomPolicy {
    target: Target,
    id: PolicyId,
}
operation!(
    GetCustomPolicy -> CustomPolicy,
    |call, low, account| low.get_custom_policy(account, call.id.as_str()),
    |reply| Ok(reply.data)
);

impl GetCustomPolicy {
    pub(super) fn new(target: Target, id: PolicyId) -> Self {
        Self { target, id }
    }
}

/// Creates a custom policy; made by [`CustomPolicies::create`](super::CustomPolicies::create).
#[derive(Debug)]
pub struct CreateCustomPolicy {
    target: Target,
    body: types::CreateCustomPolicyRequest,
}
operation!(
    CreateCustomPolicy -> CustomPolicy,
    |call, low, account| low.create_custom_policy(account, &call.body),
    |reply| Ok(reply.data)
);

impl CreateCustomPolicy {
    pub(super) fn new(target: Target, name: String, statement: &PolicyStatement, scope: &PolicyScope) -> Result<Self> {
        let (scope_type, scope_id) = scope.parts()?;
        let body = types::CreateCustomPolicyRequest {
            description: None,
            enabled: None,
            name,
            policy_statement: statement.text()?,
            scope_id: scope_id.map(Into::into),
            scope_type,
        };
        Ok(Self { target, body })
    }
}

impl Call<CreateCustomPolicy> {
    /// Sets a short description. Defaults to none.
    pub fn description(self, description: impl Into<String>) -> Self {
        self.with(|create| create.body.description = Some(description.into().into()))
    }

    /// Says whether the policy is in effect from the start. Defaults to the vendor's default, true.
    pub fn enabled(self, enabled: bool) -> Self {
        self.with(|create| create.body.enabled = Some(enabled.into()))
    }
}

/// Deletes a custom policy; made by [`CustomPolicies::delete`](super::CustomPolicies::delete).
#[derive(Debug)]
pub struct DeleteCustomPolicy {
    target: Target,
    id: PolicyId,
}
operation!(DeleteCustomPolicy -> (), |call, low, account| low.delete_custom_policy(account, call.id.as_str()));

impl DeleteCustomPolicy {
    pub(super) fn new(target: Target, id: PolicyId) -> Self {
        Self { target, id }
    }
}
