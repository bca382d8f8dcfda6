//! Creating, changing and deleting custom roles.

use account_provisioning_api::cloudinary::types;
use account_provisioning_core::{CallOptions, Response, Result};
use futures::future::BoxFuture;

use super::super::ids::strings;
use super::super::target::{Target, operation, scoped};
use super::super::{PermissionType, PolicyId, RoleDetails, RoleId, ScopeType};
use super::GetRole;
use crate::call::{Call, Operation};
use crate::sealed::Execute;
use crate::{Error, Field, IntoIdList};

/// Creates a role; made by [`Roles::create`](super::Roles::create).
#[derive(Debug)]
pub struct CreateRole {
    target: Target,
    body: types::CreateRoleRequest,
}
operation!(
    CreateRole -> RoleDetails,
    |call, low, account| low.create_role(account, &call.body),
    |reply| Ok(reply.data)
);

impl CreateRole {
    pub(super) fn new(target: Target, name: String, permission_type: PermissionType, scope_type: ScopeType) -> Self {
        let body = types::CreateRoleRequest {
            description: None,
            id: None,
            name,
            permission_type,
            scope_type,
            system_policy_ids: None,
        };
        Self { target, body }
    }
}

impl Call<CreateRole> {
    /// Sets the id. Defaults to one that the service makes. **With the id of a role that exists, the service may change
    /// that role**: the vendor hints at it and documents no conflict.
    pub fn id(self, id: impl TryInto<RoleId, Error: Into<Error>>) -> Self {
        self.try_with(id.try_into(), |create, id| create.body.id = Some(id.into()))
    }

    /// Sets a short description. Defaults to none.
    pub fn description(self, description: impl Into<String>) -> Self {
        self.with(|create| create.body.description = Some(description.into().into()))
    }

    /// Sets the system policies that the role is made of. Defaults to none.
    pub fn system_policy_ids(self, ids: impl IntoIdList<PolicyId>) -> Self {
        self.try_with(ids.into_id_list(), |create, ids| {
            create.body.system_policy_ids = ids.map(strings).or_empty(Vec::new);
        })
    }
}

/// Replaces a role; made by [`Roles::replace`](super::Roles::replace).
#[derive(Debug)]
pub struct ReplaceRole {
    target: Target,
    id: RoleId,
    body: types::UpdateRoleRequest,
}
operation!(
    ReplaceRole -> RoleDetails,
    |call, low, account| low.update_role(account, call.id.as_str(), &call.body),
    |reply| Ok(reply.data)
);

impl ReplaceRole {
    pub(super) fn new(target: Target, id: RoleId, name: String) -> Self {
        let body = types::UpdateRoleRequest {
            description: None,
            name,
            system_policy_ids: None,
        };
        Self { target, id, body }
    }
}

impl Call<ReplaceRole> {
    /// Sets the description; [`Field::Clear`] sends `null`, for none. Defaults to leaving it out.
    pub fn description(self, description: impl Into<Field<String>>) -> Self {
        self.with(|replace| replace.body.description = nullable(description.into()))
    }

    /// Sets the system policies that the role is made of; the empty list, or [`Field::Clear`], leaves it without any.
    /// Defaults to leaving them out.
    pub fn system_policy_ids(self, ids: impl IntoIdList<PolicyId>) -> Self {
        self.try_with(ids.into_id_list(), |replace, ids| {
            replace.body.system_policy_ids = ids.map(strings).or_empty(Vec::new);
        })
    }
}

/// Changes a role; made by [`Roles::update`](super::Roles::update).
#[derive(Debug)]
pub struct UpdateRole {
    target: Target,
    id: RoleId,
    name: Option<String>,
    description: Field<String>,
    system_policy_ids: Field<Vec<String>>,
}
scoped!(UpdateRole);

impl UpdateRole {
    pub(super) fn new(target: Target, id: RoleId) -> Self {
        Self {
            target,
            id,
            name: None,
            description: Field::Keep,
            system_policy_ids: Field::Keep,
        }
    }

    /// What is sent: what was set, and for the rest what there is.
    fn over(self, current: RoleDetails) -> ReplaceRole {
        let description = match self.description {
            Field::Keep => current.description.map(Into::into),
            given => nullable(given),
        };
        let system_policy_ids = match self.system_policy_ids {
            // A role shown without policies may have some that this reply left out, so no list is made of it.
            Field::Keep if current.policies.is_empty() => None,
            Field::Keep => Some(current.policies.into_iter().map(|policy| policy.id).collect()),
            given => given.or_empty(Vec::new),
        };
        let body = types::UpdateRoleRequest {
            description,
            name: self.name.unwrap_or(current.name),
            system_policy_ids,
        };
        ReplaceRole {
            target: self.target,
            id: self.id,
            body,
        }
    }
}

impl Call<UpdateRole> {
    /// Sets the name. Defaults to no change.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.with(|update| update.name = Some(name.into()))
    }

    /// Sets the description; [`Field::Clear`] takes it away. Defaults to no change.
    pub fn description(self, description: impl Into<Field<String>>) -> Self {
        self.with(|update| update.description = description.into())
    }

    /// Sets the system policies that the role is made of; the empty list, or [`Field::Clear`], leaves it without any.
    /// Defaults to no change.
    pub fn system_policy_ids(self, ids: impl IntoIdList<PolicyId>) -> Self {
        self.try_with(ids.into_id_list(), |update, ids| {
            update.system_policy_ids = ids.map(strings)
        })
    }
}

impl Operation for UpdateRole {
    type Output = RoleDetails;
}

impl Execute for UpdateRole {
    type Value = RoleDetails;

    fn execute(self, options: CallOptions) -> BoxFuture<'static, Result<Response<RoleDetails>>> {
        let options = options.as_one_call();
        Box::pin(async move {
            let get = GetRole::new(self.target.clone(), self.id.clone());
            let current = get.execute(options.clone()).await?.into_value();
            self.over(current).execute(options).await
        })
    }
}

/// Deletes a role; made by [`Roles::delete`](super::Roles::delete).
#[derive(Debug)]
pub struct DeleteRole {
    target: Target,
    id: RoleId,
    force: Option<bool>,
}
operation!(DeleteRole -> (), |call, low, account| low.delete_role(account, call.id.as_str(), call.force));

impl DeleteRole {
    pub(super) fn new(target: Target, id: RoleId) -> Self {
        Self {
            target,
            id,
            force: None,
        }
    }
}

impl Call<DeleteRole> {
    /// Says whether the role is deleted even while principals hold it, who lose it then. Defaults to the vendor's
    /// default, false.
    pub fn force(self, force: bool) -> Self {
        self.with(|delete| delete.force = Some(force))
    }
}

/// A nullable text as it is sent.
pub(in super::super) fn nullable(field: Field<String>) -> Option<account_provisioning_core::Nullable<String>> {
    match field {
        Field::Keep => None,
        Field::Clear => Some(account_provisioning_core::Nullable::Null),
        Field::Set(text) => Some(text.into()),
    }
}
