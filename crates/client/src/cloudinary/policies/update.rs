//! Changing custom policies, which the service takes as a whole.

use account_provisioning_api::cloudinary::types;
use account_provisioning_core::{CallOptions, Response, Result};
use futures::future::BoxFuture;

use super::super::roles::nullable;
use super::super::target::{Target, operation, scoped};
use super::super::{CustomPolicy, PolicyId, PolicyScope, PolicyStatement, ScopeType};
use super::GetCustomPolicy;
use crate::call::{Call, Operation};
use crate::sealed::Execute;
use crate::{Error, Field};

/// Replaces a custom policy; made by [`CustomPolicies::replace`](super::CustomPolicies::replace).
#[derive(Debug)]
pub struct ReplaceCustomPolicy {
    target: Target,
    id: PolicyId,
    body: types::UpdateCustomPolicyRequest,
}
operation!(
    ReplaceCustomPolicy -> CustomPolicy,
    |call, low, account| low.update_custom_policy(account, call.id.as_str(), &call.body),
    |reply| Ok(reply.data)
);

impl ReplaceCustomPolicy {
    pub(super) fn new(
        target: Target,
        id: PolicyId,
        name: String,
        statement: &PolicyStatement,
        scope: &PolicyScope,
        enabled: bool,
    ) -> Result<Self> {
        let (scope_type, scope_id) = scope.parts()?;
        let body = types::UpdateCustomPolicyRequest {
            description: None,
            enabled,
            name,
            policy_statement: statement.text()?,
            scope_id: scope_id.map(Into::into),
            scope_type,
        };
        Ok(Self { target, id, body })
    }
}

impl Call<ReplaceCustomPolicy> {
    /// Sets the description; [`Field::Clear`] sends `null`, for none. Defaults to leaving it out.
    pub fn description(self, description: impl Into<Field<String>>) -> Self {
        self.with(|replace| replace.body.description = nullable(description.into()))
    }
}

/// Changes a custom policy; made by [`CustomPolicies::update`](super::CustomPolicies::update).
#[derive(Debug)]
pub struct UpdateCustomPolicy {
    target: Target,
    id: PolicyId,
    name: Option<String>,
    description: Field<String>,
    statement: Option<String>,
    scope: Option<(ScopeType, Option<String>)>,
    enabled: Option<bool>,
}
scoped!(UpdateCustomPolicy);

impl UpdateCustomPolicy {
    pub(super) fn new(target: Target, id: PolicyId) -> Self {
        Self {
            target,
            id,
            name: None,
            description: Field::Keep,
            statement: None,
            scope: None,
            enabled: None,
        }
    }

    /// What is sent: what was set, and for the rest what there is.
    fn over(self, current: CustomPolicy) -> ReplaceCustomPolicy {
        let description = match self.description {
            Field::Keep => current.description.map(Into::into),
            given => nullable(given),
        };
        let (scope_type, scope_id) = self.scope.unwrap_or((current.scope_type, current.scope_id));
        let body = types::UpdateCustomPolicyRequest {
            description,
            enabled: self.enabled.unwrap_or(current.enabled),
            name: self.name.unwrap_or(current.name),
            policy_statement: self.statement.unwrap_or(current.policy_statement),
            scope_id: scope_id.map(Into::into),
            scope_type,
        };
        ReplaceCustomPolicy {
            target: self.target,
            id: self.id,
            body,
        }
    }
}

impl Call<UpdateCustomPolicy> {
    /// Sets the name. Defaults to no change.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.with(|update| update.name = Some(name.into()))
    }

    /// Sets the description; [`Field::Clear`] takes it away. Defaults to no change.
    pub fn description(self, description: impl Into<Field<String>>) -> Self {
        self.with(|update| update.description = description.into())
    }

    /// Sets the statement. Defaults to no change.
    pub fn policy_statement(self, statement: impl Into<PolicyStatement>) -> Self {
        self.try_with(statement.into().text(), |update, text| update.statement = Some(text))
    }

    /// Sets where the policy applies. Defaults to no change.
    pub fn scope(self, scope: impl TryInto<PolicyScope, Error: Into<Error>>) -> Self {
        self.try_with(
            scope.try_into().map_err(Into::into).and_then(|scope| scope.parts()),
            |update, scope| {
                update.scope = Some(scope);
            },
        )
    }

    /// Says whether the policy is in effect. Defaults to no change.
    pub fn enabled(self, enabled: bool) -> Self {
        self.with(|update| update.enabled = Some(enabled))
    }
}

impl Operation for UpdateCustomPolicy {
    type Output = CustomPolicy;
}

impl Execute for UpdateCustomPolicy {
    type Value = CustomPolicy;

    fn execute(self, options: CallOptions) -> BoxFuture<'static, Result<Response<CustomPolicy>>> {
        let options = options.as_one_call();
        Box::pin(async move {
            let get = GetCustomPolicy::new(self.target.clone(), self.id.clone());
            let current = get.execute(options.clone()).await?.into_value();
            self.over(current).execute(options).await
        })
    }
}
