//! A policy of a member.

use account_provisioning_core::{Error, IdError, IntoId, MakeError as _, Result};

use super::super::types::{MemberPolicyRequest, PermissionGroupReference, ResourceGroupReference};
use super::super::{PermissionGroupId, PolicyEffect, ResourceGroupId};

/// What a policy of a member allows or denies: permission groups, on resource groups.
///
/// The call that gets it reports an id that is not valid.
///
/// # Examples
/// ```
/// use account_provisioning::cloudflare::{MemberAccess, MemberPolicy};
///
/// let policy = MemberPolicy::allow()
///     .permission_group("c8fed203ed3043cba015a93ad1616f1f")
///     .resource_group("6d7f2f5f5b1d4a0e9081fdc98d432fd1");
/// let access = MemberAccess::policies([policy]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a policy does nothing until it is given to a member"]
pub struct MemberPolicy {
    access: PolicyEffect,
    permission_groups: Vec<Result<PermissionGroupId, IdError>>,
    resource_groups: Vec<Result<ResourceGroupId, IdError>>,
}

impl MemberPolicy {
    /// A policy that allows.
    pub fn allow() -> Self {
        Self::new(PolicyEffect::Allow)
    }

    /// A policy that denies.
    pub fn deny() -> Self {
        Self::new(PolicyEffect::Deny)
    }

    fn new(access: PolicyEffect) -> Self {
        Self {
            access,
            permission_groups: Vec::new(),
            resource_groups: Vec::new(),
        }
    }

    /// Adds a permission group.
    pub fn permission_group(mut self, id: impl IntoId<PermissionGroupId>) -> Self {
        self.permission_groups.push(id.into_id());
        self
    }

    /// Adds a resource group that the policy applies to.
    pub fn resource_group(mut self, id: impl IntoId<ResourceGroupId>) -> Self {
        self.resource_groups.push(id.into_id());
        self
    }

    /// Returns the policy as it is sent.
    pub(super) fn body(&self) -> Result<MemberPolicyRequest> {
        let missing = match (self.permission_groups.is_empty(), self.resource_groups.is_empty()) {
            (true, _) => Some("permission_group"),
            (_, true) => Some("resource_group"),
            _ => None,
        };
        if let Some(missing) = missing {
            let message = format!("`policies`: a policy without any `{missing}` has no effect; add at least one");
            return Err(Error::invalid_input(message));
        }
        let groups = self.permission_groups.iter().cloned();
        let groups = groups.map(|id| id.map(|id| PermissionGroupReference { id }));
        let resources = self.resource_groups.iter().cloned();
        let resources = resources.map(|id| id.map(|id| ResourceGroupReference { id }));
        Ok(MemberPolicyRequest {
            access: self.access.clone(),
            permission_groups: groups.collect::<Result<_, IdError>>()?,
            resource_groups: resources.collect::<Result<_, IdError>>()?,
        })
    }
}
