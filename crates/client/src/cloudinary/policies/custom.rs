//! Fetching, creating, replacing and deleting custom policies.

use account_provisioning_core::{ResponseMeta, Result};

use super::super::CustomPolicy;
use super::super::requests::{CreateCustomPolicy, DeleteCustomPolicy, GetCustomPolicy, UpdateCustomPolicy};
use super::super::types::CustomPolicyReply;
use crate::Field;
use crate::call::{Call, FromReply, Operation};

impl Operation for GetCustomPolicy {
    type Output = CustomPolicy;
}

impl FromReply<CustomPolicyReply> for CustomPolicy {
    fn from_reply(reply: CustomPolicyReply, _: &mut ResponseMeta) -> Result<Self> {
        Ok(reply.data)
    }
}

impl Operation for CreateCustomPolicy {
    type Output = CustomPolicy;
}

/// Options of [`CustomPolicies::create`](super::CustomPolicies::create).
impl<M> Call<CreateCustomPolicy, M> {
    /// Sets a short description. Defaults to none.
    pub fn description(self, description: impl Into<String>) -> Self {
        self.with(|create| create.body.description = Some(description.into().into()))
    }

    /// Says whether the policy is in effect from the start. Defaults to the vendor's default, true.
    pub fn enabled(self, enabled: bool) -> Self {
        self.with(|create| create.body.enabled = Some(enabled.into()))
    }
}

impl Operation for UpdateCustomPolicy {
    type Output = CustomPolicy;
}

/// Options of [`CustomPolicies::replace`](super::CustomPolicies::replace).
impl<M> Call<UpdateCustomPolicy, M> {
    /// Sets the description; [`Field::Clear`] sends `null`, for none. Defaults to leaving it out.
    pub fn description(self, description: impl Into<Field<String>>) -> Self {
        self.with(|replace| replace.body.description = description.into().or_null())
    }
}

impl Operation for DeleteCustomPolicy {
    type Output = ();
}
