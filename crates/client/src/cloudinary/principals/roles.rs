//! The roles of one principal.

use account_provisioning_api::cloudinary::types;
use account_provisioning_core::{CallOptions, Page, PageRequest, PageRule, Response, Result};
use futures::future::BoxFuture;

use super::super::assignment::bodies;
use super::super::policy_parameters::QueryParameters;
use super::super::target::{Target, fetch, operation, scoped};
use super::super::{
    AssignedRole, ManagementType, PermissionType, PolicyParameters, Principal, RoleAssignment, Scope, ScopeType, paging,
};
use crate::Error;
use crate::call::Call;
use crate::list::{ListOperation, listing};

/// Lists the roles of a principal; made by [`Principals::roles`](super::Principals::roles).
#[derive(Clone, Debug)]
pub struct ListPrincipalRoles {
    target: Target,
    principal: Principal,
    permission_type: PermissionType,
    management_type: Option<ManagementType>,
    scope: Option<(ScopeType, Option<String>)>,
    parameters: QueryParameters,
}

impl ListPrincipalRoles {
    pub(super) fn new(target: Target, principal: Principal, permission_type: PermissionType) -> Self {
        Self {
            target,
            principal,
            permission_type,
            management_type: None,
            scope: None,
            parameters: QueryParameters::default(),
        }
    }
}

impl Call<ListPrincipalRoles> {
    /// Lists only Cloudinary's roles, or only the account's own. Defaults to both.
    pub fn management_type(self, management_type: impl Into<ManagementType>) -> Self {
        self.with(|list| list.management_type = Some(management_type.into()))
    }

    /// Lists only roles that hold there. Defaults to no filter.
    pub fn scope(self, scope: impl TryInto<Scope, Error: Into<Error>>) -> Self {
        self.try_with(
            scope.try_into().map_err(Into::into).and_then(|scope| scope.parts()),
            |list, scope| {
                list.scope = Some(scope);
            },
        )
    }

    /// Lists only roles that hold on this content. Defaults to no filter.
    pub fn policy_parameters(self, parameters: impl Into<PolicyParameters>) -> Self {
        self.try_with(parameters.into().query(), |list, query| list.parameters = query)
    }
}

impl ListOperation for ListPrincipalRoles {
    type Entry = AssignedRole;
    const RULE: PageRule = paging::PRINCIPAL_ROLES;

    fn identity(role: &AssignedRole) -> &str {
        &role.id
    }

    fn fetch(self, _: PageRequest, options: CallOptions) -> BoxFuture<'static, Result<Response<Page<AssignedRole>>>> {
        let (scope_type, scope_id) = self.scope.clone().unzip();
        let scope_id = scope_id.flatten();
        fetch!(
            |self, low, account| low.get_principal_roles(
                account,
                self.parameters.asset_id.as_deref(),
                self.parameters.collection_id.as_deref(),
                self.parameters.folder_id.as_deref(),
                self.management_type.clone(),
                self.parameters.keys.as_ref(),
                self.parameters.values.as_ref(),
                self.permission_type.clone(),
                self.principal.id(),
                self.principal.principal_type(),
                scope_id.as_deref(),
                scope_type
            ),
            |reply| Ok(Page::new(reply.data)),
            options
        )
    }
}
listing!(ListPrincipalRoles of AssignedRole);
scoped!(ListPrincipalRoles);

/// Assigns roles or takes them away; made by [`Principals::add_roles`](super::Principals::add_roles) and
/// [`remove_roles`](super::Principals::remove_roles).
#[derive(Debug)]
pub struct UpdatePrincipalRoles {
    target: Target,
    body: types::UpdatePrincipalRolesRequest,
}
operation!(UpdatePrincipalRoles -> (), |call, low, account| low.update_principal_roles(account, &call.body));

impl UpdatePrincipalRoles {
    pub(super) fn adding(
        target: Target,
        principal: &Principal,
        roles: impl IntoIterator<Item = RoleAssignment>,
    ) -> Result<Self> {
        Self::new(target, types::RoleOperation::Add, principal, roles)
    }

    pub(super) fn removing(
        target: Target,
        principal: &Principal,
        roles: impl IntoIterator<Item = RoleAssignment>,
    ) -> Result<Self> {
        Self::new(target, types::RoleOperation::Remove, principal, roles)
    }

    fn new(
        target: Target,
        operation: types::RoleOperation,
        principal: &Principal,
        roles: impl IntoIterator<Item = RoleAssignment>,
    ) -> Result<Self> {
        let body = types::UpdatePrincipalRolesRequest {
            operation,
            principal: principal.reference(),
            roles: bodies("roles", roles, RoleAssignment::into_body)?,
        };
        Ok(Self { target, body })
    }
}
