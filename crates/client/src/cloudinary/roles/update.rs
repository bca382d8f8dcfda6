//! Changing custom roles, which the service takes as a whole.

use account_provisioning_core::{PathId, Response, Result};

use super::super::requests::{GetRole, UpdateRole};
use super::super::types::UpdateRoleRequest;
use super::super::{AccountId, PolicyId, RoleDetails, RoleId};
use crate::call::Call;
use crate::replace::Merge;
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
}

impl ChangeRole {
    pub(super) fn new(account_id: AccountId, role_id: RoleId) -> Self {
        Self {
            account_id,
            role_id,
            name: None,
            description: Field::Keep,
            system_policy_ids: Field::Keep,
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

    fn read(&self) -> GetRole {
        GetRole::new(self.account_id.clone(), self.role_id.clone())
    }

    fn merge(self, current: Response<RoleDetails>) -> Result<UpdateRole> {
        let current = current.into_value();
        let description = match self.description {
            Field::Keep => current.description.map(Into::into),
            given => given.or_null(),
        };
        let system_policy_ids = match self.system_policy_ids {
            // The response may have left policies out, so an empty list is not sent back as "none".
            Field::Keep if current.policies.is_empty() => None,
            Field::Keep => Some(current.policies.into_iter().map(|policy| policy.id).collect()),
            given => given.or_empty(Vec::new),
        };
        let body = UpdateRoleRequest {
            description,
            name: self.name.unwrap_or(current.name),
            system_policy_ids,
        };
        Ok(UpdateRole::new(self.account_id, self.role_id, body))
    }
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
}
