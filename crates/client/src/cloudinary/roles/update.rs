//! Changing custom roles, which the service takes as a whole.

use std::collections::BTreeSet;

use account_provisioning_core::{PathId, Result};

use super::super::requests::{GetRole, UpdateRole};
use super::super::types::UpdateRoleRequest;
use super::super::{AccountId, PolicyId, RoleDetails, RoleId};
use crate::call::Call;
use crate::replace::{Keys, Merge, Whole};
use crate::{Field, IntoIdList};

/// A change of a custom role: it is read, and replaced with the change in it.
///
/// [`Roles::update`](super::Roles::update) makes it.
#[derive(Clone, Debug)]
pub struct ChangeRole {
    account_id: AccountId,
    role_id: RoleId,
    name: Option<String>,
    description: Field<String>,
    system_policy_ids: Field<Vec<PolicyId>>,
    expected: Option<RoleDetails>,
}

impl ChangeRole {
    pub(super) fn new(account_id: AccountId, role_id: RoleId) -> Self {
        Self {
            account_id,
            role_id,
            name: None,
            description: Field::Keep,
            system_policy_ids: Field::Keep,
            expected: None,
        }
    }
}

impl PathId<AccountId> for ChangeRole {
    fn path_id_mut(&mut self) -> &mut AccountId {
        &mut self.account_id
    }
}

impl Merge for ChangeRole {
    type Read = GetRole;
    type Write = UpdateRole;
    type Body = UpdateRoleRequest;

    // `RoleDetails` and `UpdateRoleRequest` of the document. The policies are sent as their ids, in `system_policy_ids`.
    const KEYS: Keys = Keys {
        envelope: "data",
        set_by_service: &[
            "created_at",
            "id",
            "management_type",
            "permission_type",
            "policies",
            "policy_parameters",
            "scope_type",
            "updated_at",
        ],
        not_null: &["name", "system_policy_ids"],
        required: &["name"],
    };

    fn read(&self) -> GetRole {
        GetRole::new(self.account_id.clone(), self.role_id.clone())
    }

    fn is_expected(&self, current: &RoleDetails) -> bool {
        let expected = self.expected.as_ref();
        expected.is_none_or(|expected| comparable(expected) == comparable(current))
    }

    fn lay_over(&self, current: &RoleDetails, whole: &mut Whole) -> Result<()> {
        if let Some(name) = &self.name {
            whole.set(&["name"], name)?;
        }
        if let Some(description) = self.description.clone().or_null() {
            whole.set(&["description"], &description)?;
        }
        let ids = match self.system_policy_ids.clone() {
            // The response may have left policies out, so an empty list is not sent back as "none".
            Field::Keep if current.policies.is_empty() || whole.has(&["system_policy_ids"]) => None,
            Field::Keep => Some(current.policies.iter().map(|policy| policy.id.clone()).collect()),
            given => given.or_empty(Vec::new),
        };
        match ids {
            Some(ids) => whole.set(&["system_policy_ids"], &ids),
            None => Ok(()),
        }
    }

    fn write(self, body: UpdateRoleRequest) -> UpdateRole {
        UpdateRole::new(self.account_id, self.role_id, body)
    }
}

/// Returns what two readings of a role are compared by. The statements of its policies depend on the parameters that the role
/// was fetched with, and the policies have no order.
fn comparable(role: &RoleDetails) -> impl PartialEq {
    let policies: BTreeSet<String> = role.policies.iter().map(|policy| policy.id.to_string()).collect();
    (role.updated_at, role.name.clone(), role.description.clone(), policies)
}

/// Options of [`Roles::update`](super::Roles::update).
impl<M> Call<ChangeRole, M> {
    /// Sets the name. Defaults to no change.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.with(|change| change.name = Some(name.into()))
    }

    /// Sets the description; [`Field::Clear`] removes it. Defaults to no change.
    pub fn description(self, description: impl Into<Field<String>>) -> Self {
        self.with(|change| change.description = description.into())
    }

    /// Sets the system policies of the role; the empty list, or [`Field::Clear`], removes all of them. Defaults to no
    /// change.
    pub fn system_policy_ids(self, ids: impl IntoIdList<PolicyId>) -> Self {
        self.try_with(ids.into_id_list(), |change, ids| change.system_policy_ids = ids)
    }

    /// Changes the role only if it still is what the caller read: another time of the last change, name, description or set
    /// of policies is an error, for which [`is_changed`](crate::Error::is_changed) is true, and nothing is sent. Defaults to
    /// no check.
    pub fn if_unchanged_since(self, read: &RoleDetails) -> Self {
        self.with(|change| change.expected = Some(read.clone()))
    }
}
