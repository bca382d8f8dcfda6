//! Creating, replacing and deleting custom roles.

use account_provisioning_core::IntoId;

use super::super::requests::{CreateRole, DeleteRole, UpdateRole};
use super::super::{PolicyId, RoleDetails, RoleId};
use crate::call::{Call, Operation};
use crate::{Field, IntoIdList};

impl Operation for CreateRole {
    type Output = RoleDetails;
}

/// Options of [`Roles::create`](super::Roles::create).
impl<M> Call<CreateRole, M> {
    /// Sets the id. Defaults to one that the service generates. **If a role with this id exists, the service may change
    /// that role**: the vendor hints at it and documents no conflict.
    pub fn id(self, id: impl IntoId<RoleId>) -> Self {
        self.try_with(id.into_id(), |create, id| create.body.id = Some(id))
    }

    /// Sets a short description. Defaults to none.
    pub fn description(self, description: impl Into<String>) -> Self {
        self.with(|create| create.body.description = Some(description.into().into()))
    }

    /// Sets the system policies of the role. Defaults to none.
    pub fn system_policy_ids(self, ids: impl IntoIdList<PolicyId>) -> Self {
        self.try_with(ids.into_id_list(), |create, ids| {
            create.body.system_policy_ids = ids.or_empty(Vec::new);
        })
    }
}

impl Operation for UpdateRole {
    type Output = RoleDetails;
}

/// Options of [`Roles::replace`](super::Roles::replace).
impl<M> Call<UpdateRole, M> {
    /// Sets the description; [`Field::Clear`] sends `null`, for none. Defaults to leaving it out.
    pub fn description(self, description: impl Into<Field<String>>) -> Self {
        self.with(|replace| replace.body.description = description.into().or_null())
    }

    /// Sets the system policies of the role; the empty list, or [`Field::Clear`], removes all of them. Defaults to
    /// leaving them out.
    pub fn system_policy_ids(self, ids: impl IntoIdList<PolicyId>) -> Self {
        self.try_with(ids.into_id_list(), |replace, ids| {
            replace.body.system_policy_ids = ids.or_empty(Vec::new);
        })
    }
}

impl Operation for DeleteRole {
    type Output = ();
}

/// Options of [`Roles::delete`](super::Roles::delete).
impl<M> Call<DeleteRole, M> {
    /// Says whether the role is deleted even while principals have it, who then lose it. Defaults to the vendor's
    /// default, false.
    pub fn force(self, force: bool) -> Self {
        self.with(|delete| delete.force = Some(force))
    }
}
