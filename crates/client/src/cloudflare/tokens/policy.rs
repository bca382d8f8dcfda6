//! A policy of a token.

use account_provisioning_core::{Error, IdError, IntoId, MakeError as _, Result};
use serde_json::{Map, Value};

use super::super::types::{PermissionGroupReference, TokenPolicyRequest};
use super::super::{GrantedTokenPolicy, PermissionGroupId, PolicyEffect};
use super::Resources;

/// What a policy of a token allows or denies: permission groups, on resources.
///
/// The call that gets it reports an id that is not valid.
///
/// A policy that the service returned ([`GrantedTokenPolicy`]) converts into one that can be sent, with every restriction
/// that this version doesn't know. The service assigns a new id to it.
///
/// # Examples
/// ```
/// use account_provisioning::cloudflare::{AccountId, Resources, TokenPolicy};
///
/// let account = AccountId::new("023e105f4ecef8ad9ca31a8372d0c353")?;
/// let policy = TokenPolicy::allow()
///     .permission_group("c8fed203ed3043cba015a93ad1616f1f")
///     .resources(Resources::account(&account));
/// # Ok::<(), account_provisioning::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a policy does nothing until it is given to a token"]
pub struct TokenPolicy {
    effect: PolicyEffect,
    permission_groups: Vec<Group>,
    resources: Resources,
    /// What the service returned and this version doesn't know.
    more: Map<String, Value>,
}

/// The id of a permission group, with what else the service returned about it.
type Group = Result<(PermissionGroupId, Map<String, Value>), IdError>;

impl TokenPolicy {
    /// A policy that allows.
    pub fn allow() -> Self {
        Self::new(PolicyEffect::Allow)
    }

    /// A policy that denies.
    pub fn deny() -> Self {
        Self::new(PolicyEffect::Deny)
    }

    fn new(effect: PolicyEffect) -> Self {
        Self {
            effect,
            permission_groups: Vec::new(),
            resources: Resources::new(),
            more: Map::new(),
        }
    }

    /// Whether the policy allows or denies.
    pub fn effect(&self) -> &PolicyEffect {
        &self.effect
    }

    /// The ids of the permission groups. An id that is not valid is left out.
    pub fn permission_group_ids(&self) -> impl Iterator<Item = &PermissionGroupId> {
        let groups = self.permission_groups.iter();
        groups.filter_map(|group| group.as_ref().ok().map(|(id, _)| id))
    }

    /// The resources that the policy applies to.
    pub fn applies_to(&self) -> &Resources {
        &self.resources
    }

    /// Adds a permission group by its id, which [`find`](super::PermissionGroups::find) returns. A name would not do,
    /// since names are not unique. Nothing changes if the policy has the group already.
    pub fn permission_group(mut self, id: impl IntoId<PermissionGroupId>) -> Self {
        let id = id.into_id();
        if !id
            .as_ref()
            .is_ok_and(|id| self.permission_group_ids().any(|known| known == id))
        {
            self.permission_groups.push(id.map(|id| (id, Map::new())));
        }
        self
    }

    /// Adds resources that the policy applies to.
    pub fn resources(mut self, resources: Resources) -> Self {
        self.resources.merge(resources);
        self
    }

    /// Adds one resource by its name; see [`Resources::with`].
    pub fn resource(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.resources(Resources::new().with(name, value))
    }

    /// Returns the policy as it is sent.
    fn body(self) -> Result<TokenPolicyRequest> {
        if self.permission_groups.is_empty() {
            return Err(Error::invalid_input(
                "`permission_groups`: a policy without any has no effect; add at least one",
            ));
        }
        let groups = self.permission_groups.into_iter();
        let groups = groups.map(|group| group.map(|(id, extra)| PermissionGroupReference { id, extra }));
        Ok(TokenPolicyRequest {
            effect: self.effect,
            permission_groups: groups.collect::<Result<_, IdError>>()?,
            resources: self.resources.body()?,
            extra: self.more,
        })
    }
}

/// The id of the policy and the names of its groups are left out, since the service assigns them.
impl From<&GrantedTokenPolicy> for TokenPolicy {
    fn from(granted: &GrantedTokenPolicy) -> Self {
        let groups = granted.permission_groups.iter().map(|group| {
            let mut more = group.extra.clone();
            if !group.meta.is_empty() {
                more.insert("meta".to_owned(), Value::Object(group.meta.clone()));
            }
            Ok((group.id.clone(), more))
        });
        Self {
            effect: granted.effect.clone(),
            permission_groups: groups.collect(),
            resources: granted.resources.clone().into(),
            more: granted.extra.clone(),
        }
    }
}

impl From<GrantedTokenPolicy> for TokenPolicy {
    fn from(granted: GrantedTokenPolicy) -> Self {
        Self::from(&granted)
    }
}

/// Returns the policies as they are sent.
pub(super) fn bodies(policies: impl IntoIterator<Item = TokenPolicy>) -> Result<Vec<TokenPolicyRequest>> {
    let bodies: Vec<_> = policies.into_iter().map(TokenPolicy::body).collect::<Result<_>>()?;
    if bodies.is_empty() {
        return Err(Error::invalid_input(
            "`policies`: a token without policies can do nothing; give at least one",
        ));
    }
    Ok(bodies)
}
