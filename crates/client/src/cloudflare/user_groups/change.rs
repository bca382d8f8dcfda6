//! Changing user groups, which the service may only take as a whole.

use account_provisioning_core::Result;

use super::super::members::MemberPolicy;
use super::super::requests::{GetUserGroup, UpdateUserGroup};
use super::super::types::{UpdateUserGroupRequest, UserGroupPolicyRequest};
use super::super::{AccountId, UserGroup, UserGroupId};
use super::write;
use crate::call::Call;
use crate::replace::{Keys, Merge, Whole};

/// A change of a user group; made by [`UserGroups::update`](super::UserGroups::update).
#[derive(Clone, Debug)]
pub struct ChangeUserGroup {
    account_id: AccountId,
    user_group_id: UserGroupId,
    name: Option<String>,
    policies: Option<Vec<UserGroupPolicyRequest>>,
    expected: Option<UserGroup>,
}

impl ChangeUserGroup {
    pub(super) fn new(account_id: AccountId, user_group_id: UserGroupId) -> Self {
        Self {
            account_id,
            user_group_id,
            name: None,
            policies: None,
            expected: None,
        }
    }
}

/// Options of [`UserGroups::update`](super::UserGroups::update).
impl<M> Call<ChangeUserGroup, M> {
    /// Sets the name. Defaults to no change.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.try_with(write::named(name.into()), |change, name| change.name = Some(name))
    }

    /// Sets the policies, which replace all policies that the group has; none take everything from its members that the
    /// group allowed. A policy that was made from one of the group keeps its id. Defaults to no change.
    pub fn policies(self, policies: impl IntoIterator<Item = MemberPolicy>) -> Self {
        self.try_with(write::policies(policies), |change, policies| {
            change.policies = Some(policies);
        })
    }

    /// Changes the user group only if it still is what the caller read: any difference is an error, for which
    /// [`is_changed`](crate::Error::is_changed) is true, and nothing is sent. Everything is compared, the time of the last
    /// change too. Defaults to no check.
    pub fn if_unchanged_since(self, read: &UserGroup) -> Self {
        self.with(|change| change.expected = Some(read.clone()))
    }
}

impl Merge for ChangeUserGroup {
    type Read = GetUserGroup;
    type Write = UpdateUserGroup;
    type Body = UpdateUserGroupRequest;

    // `UserGroup` and `UpdateUserGroupRequest` of the document. The service knows groups by their ids.
    const KEYS: Keys = Keys {
        envelope: "result",
        set_by_service: &[
            "created_on",
            "id",
            "modified_on",
            "policies/*/permission_groups/*/meta",
            "policies/*/permission_groups/*/name",
            "policies/*/resource_groups/*/meta",
            "policies/*/resource_groups/*/name",
            "policies/*/resource_groups/*/scope",
        ],
        not_null: &[
            "name",
            "policies",
            "policies/*/access",
            "policies/*/id",
            "policies/*/permission_groups",
            "policies/*/permission_groups/*/id",
            "policies/*/resource_groups",
            "policies/*/resource_groups/*/id",
        ],
        required: &[
            "policies/*/access",
            "policies/*/permission_groups",
            "policies/*/permission_groups/*/id",
            "policies/*/resource_groups",
            "policies/*/resource_groups/*/id",
        ],
    };

    fn read(&self) -> GetUserGroup {
        GetUserGroup::new(self.account_id.clone(), self.user_group_id.clone())
    }

    fn is_expected(&self, current: &UserGroup) -> bool {
        let expected = self.expected.as_ref();
        expected.is_none_or(|expected| comparable(expected.clone()) == comparable(current.clone()))
    }

    fn lay_over(&self, _: &UserGroup, whole: &mut Whole) -> Result<()> {
        if let Some(name) = &self.name {
            whole.set(&["name"], name)?;
        }
        if let Some(policies) = &self.policies {
            whole.set(&["policies"], policies)?;
        }
        Ok(())
    }

    fn write(self, body: UpdateUserGroupRequest) -> UpdateUserGroup {
        UpdateUserGroup::new(self.account_id, self.user_group_id, body)
    }
}

/// Returns a group as two of them are compared: the order of policies and of what is in them means nothing.
fn comparable(mut group: UserGroup) -> UserGroup {
    for policy in &mut group.policies {
        policy
            .permission_groups
            .sort_by(|a, b| a.id.as_str().cmp(b.id.as_str()));
        policy.resource_groups.sort_by(|a, b| a.id.as_str().cmp(b.id.as_str()));
    }
    group.policies.sort_by(|a, b| a.id.cmp(&b.id));
    group
}
