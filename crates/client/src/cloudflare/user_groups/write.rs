//! Creating and replacing user groups.

use account_provisioning_core::{Error, MakeError as _, Result};

use super::super::UserGroup;
use super::super::members::MemberPolicy;
use super::super::requests::{CreateUserGroup, UpdateUserGroup};
use super::super::types::UserGroupPolicyRequest;
use crate::call::{Call, Operation};

/// Refuses an empty name.
pub(super) fn named(name: String) -> Result<String> {
    if name.trim().is_empty() {
        return Err(Error::invalid_input(
            "`name`: it is empty; give the user group a name to be found by",
        ));
    }
    Ok(name)
}

/// Returns the policies as they are sent to a user group that exists.
pub(super) fn policies(policies: impl IntoIterator<Item = MemberPolicy>) -> Result<Vec<UserGroupPolicyRequest>> {
    policies
        .into_iter()
        .map(|policy| policy.body_for_user_group())
        .collect()
}

impl Operation for CreateUserGroup {
    type Output = UserGroup;
}

/// Options of [`UserGroups::create`](super::UserGroups::create).
impl<M> Call<CreateUserGroup, M> {
    /// Sets what the members of the group may do. Defaults to nothing.
    pub fn policies(self, policies: impl IntoIterator<Item = MemberPolicy>) -> Self {
        let policies: Result<_> = policies.into_iter().map(|policy| policy.body()).collect();
        self.try_with(policies, |create, policies| create.body.policies = Some(policies))
    }
}

impl Operation for UpdateUserGroup {
    type Output = UserGroup;
}

/// Options of [`UserGroups::replace`](super::UserGroups::replace).
impl<M> Call<UpdateUserGroup, M> {
    /// Sets the name. Defaults to not sending one.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.try_with(named(name.into()), |replace, name| replace.body.name = Some(name))
    }

    /// Sets what the members of the group may do; no policies take everything from them that the group allowed. Defaults to
    /// not sending any.
    pub fn policies(self, policies: impl IntoIterator<Item = MemberPolicy>) -> Self {
        self.try_with(self::policies(policies), |replace, policies| {
            replace.body.policies = Some(policies);
        })
    }
}
