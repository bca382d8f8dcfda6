//! A policy of a token.

use account_provisioning_api::cloudflare::types;

use super::super::{PermissionGroup, PermissionGroupId, PolicyEffect};
use super::Resources;
use crate::{Error, Result};

/// What a policy of a token allows or denies: permission groups, on resources.
///
/// # Examples
/// ```
/// use account_provisioning::cloudflare::{AccountId, Resources, TokenPolicy};
///
/// let account = AccountId::new("023e105f4ecef8ad9ca31a8372d0c353")?;
/// let policy = TokenPolicy::allow()
///     .permission_group("c8fed203ed3043cba015a93ad1616f1f")?
///     .resources(Resources::account(&account));
/// # Ok::<(), account_provisioning::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenPolicy {
    effect: PolicyEffect,
    permission_groups: Vec<PermissionGroupId>,
    resources: Resources,
}

impl TokenPolicy {
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

    fn new(effect: PolicyEffect) -> Self {
        Self {
            effect,
            permission_groups: Vec::new(),
            resources: Resources::new(),
        }
    }

    /// Adds a permission group, by its id or as
    /// [`find`](super::PermissionGroups::find) returned it. The name alone would not do: it is not unique.
    ///
    /// # Errors
    /// An input error when the id can't be one.
    pub fn permission_group(mut self, id: impl TryInto<PermissionGroupId, Error: Into<Error>>) -> Result<Self> {
        self.permission_groups.push(id.try_into().map_err(Into::into)?);
        Ok(self)
    }

    /// Adds resources that the policy applies to.
    #[must_use]
    pub fn resources(mut self, resources: Resources) -> Self {
        self.resources.merge(resources);
        self
    }

    /// Adds one resource by its name; see [`Resources::with`].
    #[must_use]
    pub fn resource(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.resources(Resources::new().with(name, value))
    }

    /// The policy as it is sent.
    fn body(&self) -> Result<types::TokenPolicyRequest> {
        if self.permission_groups.is_empty() {
            return Err(Error::invalid_input(
                "`permission_groups`: a policy without any says nothing; add at least one",
            ));
        }
        let groups = self.permission_groups.iter().map(ToString::to_string);
        Ok(types::TokenPolicyRequest {
            effect: self.effect.clone(),
            permission_groups: groups.map(|id| types::PermissionGroupReference { id }).collect(),
            resources: self.resources.body()?,
        })
    }
}

impl TryFrom<&PermissionGroup> for PermissionGroupId {
    type Error = Error;

    fn try_from(group: &PermissionGroup) -> Result<Self> {
        Ok(Self::new(group.id.as_str())?)
    }
}

/// The policies as they are sent.
pub(super) fn bodies(policies: impl IntoIterator<Item = TokenPolicy>) -> Result<Vec<types::TokenPolicyRequest>> {
    let bodies: Vec<_> = policies
        .into_iter()
        .map(|policy| policy.body())
        .collect::<Result<_>>()?;
    if bodies.is_empty() {
        return Err(Error::invalid_input(
            "`policies`: a token without policies can do nothing; give at least one",
        ));
    }
    Ok(bodies)
}

/// A policy of a reply, as it is sent back: without its id, which the service assigns, and the names of its groups.
pub(super) fn sent_back(policy: types::TokenPolicy) -> types::TokenPolicyRequest {
    let groups = policy.permission_groups.into_iter();
    types::TokenPolicyRequest {
        effect: policy.effect,
        permission_groups: groups
            .map(|group| types::PermissionGroupReference { id: group.id })
            .collect(),
        resources: policy.resources,
    }
}
