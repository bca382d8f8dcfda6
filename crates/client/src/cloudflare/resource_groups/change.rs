//! Changing resource groups, which the service may only take as a whole.

use account_provisioning_core::Result;

use super::super::requests::{GetResourceGroup, UpdateResourceGroup};
use super::super::types::{ResourceScopeRequest, UpdateResourceGroupRequest};
use super::super::{AccountId, ResourceGroup, ResourceGroupId};
use super::{ResourceGroupScope, named};
use crate::call::Call;
use crate::replace::{Keys, Merge, Whole};

/// A change of a resource group; made by [`ResourceGroups::update`](super::ResourceGroups::update).
#[derive(Clone, Debug)]
pub struct ChangeResourceGroup {
    account_id: AccountId,
    resource_group_id: ResourceGroupId,
    name: Option<String>,
    scope: Option<ResourceScopeRequest>,
    expected: Option<ResourceGroup>,
}

impl ChangeResourceGroup {
    pub(super) fn new(account_id: AccountId, resource_group_id: ResourceGroupId) -> Self {
        Self {
            account_id,
            resource_group_id,
            name: None,
            scope: None,
            expected: None,
        }
    }
}

/// Options of [`ResourceGroups::update`](super::ResourceGroups::update).
impl<M> Call<ChangeResourceGroup, M> {
    /// Sets the name. Defaults to no change.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.try_with(named(name.into()), |change, name| change.name = Some(name))
    }

    /// Sets what the group covers, which replaces all that it covers now. Defaults to no change.
    pub fn scope(self, scope: ResourceGroupScope) -> Self {
        self.try_with(scope.body(), |change, scope| change.scope = Some(scope))
    }

    /// Changes the resource group only if it still is what the caller read: any difference is an error, for which
    /// [`is_changed`](crate::Error::is_changed) is true, and nothing is sent. Defaults to no check.
    pub fn if_unchanged_since(self, read: &ResourceGroup) -> Self {
        self.with(|change| change.expected = Some(read.clone()))
    }
}

impl Merge for ChangeResourceGroup {
    type Read = GetResourceGroup;
    type Write = UpdateResourceGroup;
    type Body = UpdateResourceGroupRequest;

    // `ResourceGroup` and `UpdateResourceGroupRequest` of the document.
    const KEYS: Keys = Keys {
        envelope: "result",
        set_by_service: &["id", "meta"],
        not_null: &["name", "scope", "scope/key", "scope/objects", "scope/objects/*/key"],
        required: &["scope/key", "scope/objects", "scope/objects/*/key"],
    };

    fn read(&self) -> GetResourceGroup {
        GetResourceGroup::new(self.account_id.clone(), self.resource_group_id.clone())
    }

    fn is_expected(&self, current: &ResourceGroup) -> bool {
        self.expected.as_ref().is_none_or(|expected| expected == current)
    }

    fn lay_over(&self, _: &ResourceGroup, whole: &mut Whole) -> Result<()> {
        if let Some(name) = &self.name {
            whole.set(&["name"], name)?;
        }
        if let Some(scope) = &self.scope {
            whole.set(&["scope"], scope)?;
        }
        Ok(())
    }

    fn write(self, body: UpdateResourceGroupRequest) -> UpdateResourceGroup {
        UpdateResourceGroup::new(self.account_id, self.resource_group_id, body)
    }
}
