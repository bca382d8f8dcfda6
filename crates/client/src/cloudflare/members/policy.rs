//! A policy of a member or a user group.

use account_provisioning_core::{Error, IdError, IntoId, MakeError as _, Result};
use serde_json::{Map, Value};

use super::super::types::{
    MemberPolicyRequest, PermissionGroupReference, ResourceGroupReference, UserGroupPolicyRequest,
};
use super::super::{GrantedMemberPolicy, PermissionGroupId, PolicyEffect, ResourceGroupId};

/// What a policy of a member or a user group allows or denies: permission groups, on resource groups.
///
/// [`find`](crate::cloudflare::permission_groups::MemberPermissionGroups::find) returns a permission group by its name, and
/// another [`find`](crate::cloudflare::resource_groups::ResourceGroups::find) a resource group.
///
/// The call that gets it reports an id that is not valid.
///
/// A policy that the service returned ([`GrantedMemberPolicy`]) converts into one that can be sent, with every restriction
/// that this version doesn't know. In a user group that has it, it keeps its id; elsewhere, the service assigns a new one.
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
#[must_use = "a policy does nothing until it is given to a member or a user group"]
pub struct MemberPolicy {
    /// The id of a policy that the service returned.
    id: Option<String>,
    /// Missing only if the service did not return it.
    access: Option<PolicyEffect>,
    permission_groups: Vec<Group<PermissionGroupId>>,
    resource_groups: Vec<Group<ResourceGroupId>>,
    /// What the service returned and this version doesn't know.
    more: Map<String, Value>,
}

/// The id of a group, with what the service returned about it and this version doesn't know.
type Group<Id> = Result<(Id, Map<String, Value>), IdError>;

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
            id: None,
            access: Some(access),
            permission_groups: Vec::new(),
            resource_groups: Vec::new(),
            more: Map::new(),
        }
    }

    /// Whether the policy allows or denies; `None` if the service did not return it.
    pub fn access(&self) -> Option<&PolicyEffect> {
        self.access.as_ref()
    }

    /// The ids of the permission groups. An id that is not valid is left out.
    pub fn permission_group_ids(&self) -> impl Iterator<Item = &PermissionGroupId> {
        ids(&self.permission_groups)
    }

    /// The ids of the resource groups. An id that is not valid is left out.
    pub fn resource_group_ids(&self) -> impl Iterator<Item = &ResourceGroupId> {
        ids(&self.resource_groups)
    }

    /// Adds a permission group. Nothing changes if the policy has the group already.
    pub fn permission_group(mut self, id: impl IntoId<PermissionGroupId>) -> Self {
        add(&mut self.permission_groups, id.into_id());
        self
    }

    /// Adds a resource group that the policy applies to. Nothing changes if the policy has the group already.
    pub fn resource_group(mut self, id: impl IntoId<ResourceGroupId>) -> Self {
        add(&mut self.resource_groups, id.into_id());
        self
    }

    /// Returns the policy as it is sent to a user group that exists, which keeps the policies that it has by their ids.
    pub(crate) fn body_for_user_group(&self) -> Result<UserGroupPolicyRequest> {
        let body = self.body()?;
        Ok(UserGroupPolicyRequest {
            id: self.id.clone(),
            access: body.access,
            permission_groups: body.permission_groups,
            resource_groups: body.resource_groups,
            extra: body.extra,
        })
    }

    /// Returns the policy as it is sent.
    pub(crate) fn body(&self) -> Result<MemberPolicyRequest> {
        let missing = match (self.permission_groups.is_empty(), self.resource_groups.is_empty()) {
            (true, _) => Some("permission_group"),
            (_, true) => Some("resource_group"),
            _ => None,
        };
        if let Some(missing) = missing {
            let message = format!("`policies`: a policy without any `{missing}` has no effect; add at least one");
            return Err(Error::invalid_input(message));
        }
        let Some(access) = self.access.clone() else {
            return Err(Error::invalid_input(
                "`access`: the service did not return whether this policy allows or denies; make the policy with `allow` or \
                 `deny`",
            ));
        };
        let groups = self.permission_groups.iter().cloned();
        let groups = groups.map(|group| group.map(|(id, extra)| PermissionGroupReference { id, extra }));
        let resources = self.resource_groups.iter().cloned();
        let resources = resources.map(|group| group.map(|(id, extra)| ResourceGroupReference { id, extra }));
        Ok(MemberPolicyRequest {
            access,
            permission_groups: groups.collect::<Result<_, IdError>>()?,
            resource_groups: resources.collect::<Result<_, IdError>>()?,
            extra: self.more.clone(),
        })
    }
}

/// Of each group, the id goes back, and what this version doesn't know. The service knows the rest by the id.
impl From<&GrantedMemberPolicy> for MemberPolicy {
    fn from(granted: &GrantedMemberPolicy) -> Self {
        let groups = granted.permission_groups.iter();
        let resources = granted.resource_groups.iter();
        Self {
            id: granted.id.clone(),
            access: granted.access.clone(),
            permission_groups: groups
                .map(|group| Ok((group.id.clone(), group.extra.clone())))
                .collect(),
            resource_groups: resources
                .map(|group| Ok((group.id.clone(), group.extra.clone())))
                .collect(),
            more: granted.extra.clone(),
        }
    }
}

impl From<GrantedMemberPolicy> for MemberPolicy {
    fn from(granted: GrantedMemberPolicy) -> Self {
        Self::from(&granted)
    }
}

fn ids<Id>(groups: &[Group<Id>]) -> impl Iterator<Item = &Id> {
    groups.iter().filter_map(|group| group.as_ref().ok().map(|(id, _)| id))
}

fn add<Id: PartialEq>(groups: &mut Vec<Group<Id>>, id: Result<Id, IdError>) {
    if !id.as_ref().is_ok_and(|id| ids(groups).any(|known| known == id)) {
        groups.push(id.map(|id| (id, Map::new())));
    }
}
