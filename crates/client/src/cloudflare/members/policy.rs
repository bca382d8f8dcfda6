//! A policy of a member.

use account_provisioning_api::cloudflare::types;

use super::super::{PermissionGroupId, PolicyEffect, ResourceGroupId};
use crate::{Error, Result};

/// What a policy of a member allows or denies: permission groups, on resource groups.
///
/// # Examples
/// ```
/// use account_provisioning::cloudflare::{MemberAccess, MemberPolicy};
///
/// let policy = MemberPolicy::allow()
///     .permission_group("c8fed203ed3043cba015a93ad1616f1f")?
///     .resource_group("6d7f2f5f5b1d4a0e9081fdc98d432fd1")?;
/// let access = MemberAccess::policies([policy]);
/// # Ok::<(), account_provisioning::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberPolicy {
    access: PolicyEffect,
    permission_groups: Vec<PermissionGroupId>,
    resource_groups: Vec<ResourceGroupId>,
}

impl MemberPolicy {
    /// A policy that allows.
    #[must_use]
    pub fn allow() -> Self {
        Self::new(PolicyEffect::Allow)
    }

    /// A policy that denies.
    #[must_use]
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
    ///
    /// # Errors
    /// An input error when the id can't be one.
    pub fn permission_group(mut self, id: impl TryInto<PermissionGroupId, Error: Into<Error>>) -> Result<Self> {
        self.permission_groups.push(id.try_into().map_err(Into::into)?);
        Ok(self)
    }

    /// Adds a resource group that the policy applies to.
    ///
    /// # Errors
    /// An input error when the id can't be one.
    pub fn resource_group(mut self, id: impl TryInto<ResourceGroupId, Error: Into<Error>>) -> Result<Self> {
        self.resource_groups.push(id.try_into().map_err(Into::into)?);
        Ok(self)
    }

    /// The policy as it is sent.
    pub(super) fn body(&self) -> Result<types::MemberPolicyRequest> {
        let missing = match (self.permission_groups.is_empty(), self.resource_groups.is_empty()) {
            (true, _) => Some("permission_group"),
            (_, true) => Some("resource_group"),
            _ => None,
        };
        if let Some(missing) = missing {
            let message = format!("`policies`: a policy without any `{missing}` says nothing; add at least one");
            return Err(Error::invalid_input(message));
        }
        let groups = self.permission_groups.iter().map(ToString::to_string);
        let resources = self.resource_groups.iter().map(ToString::to_string);
        Ok(types::MemberPolicyRequest {
            access: self.access.clone(),
            permission_groups: groups.map(|id| types::PermissionGroupReference { id }).collect(),
            resource_groups: resources.map(|id| types::ResourceGroupReference { id }).collect(),
        })
    }
}
