//! A policy of a token.

use account_provisioning_core::{Error, IdError, IntoId, MakeError as _, Result};

use super::super::types::{PermissionGroupReference, TokenPolicyRequest};
use super::super::{GrantedTokenPolicy, PermissionGroupId, PolicyEffect};
use super::Resources;

/// What a policy of a token allows or denies: permission groups, on resources.
///
/// The call that gets it reports an id that is not valid.
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
    permission_groups: Vec<Result<PermissionGroupId, IdError>>,
    resources: Resources,
}

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
        }
    }

    /// Adds a permission group by its id, which [`find`](super::PermissionGroups::find) returns. A name would not do,
    /// since names are not unique.
    pub fn permission_group(mut self, id: impl IntoId<PermissionGroupId>) -> Self {
        self.permission_groups.push(id.into_id());
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
        let groups = groups.map(|id| id.map(|id| PermissionGroupReference { id }));
        Ok(TokenPolicyRequest {
            effect: self.effect,
            permission_groups: groups.collect::<Result<_, IdError>>()?,
            resources: self.resources.body()?,
        })
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

/// Returns a policy that the service returned, as it is sent back: without its id, which the service assigns, and without
/// the names of its groups.
pub(super) fn sent_back(policy: GrantedTokenPolicy) -> TokenPolicyRequest {
    let groups = policy.permission_groups.into_iter();
    TokenPolicyRequest {
        effect: policy.effect,
        permission_groups: groups.map(|group| PermissionGroupReference { id: group.id }).collect(),
        resources: policy.resources,
    }
}
