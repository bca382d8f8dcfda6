//! Who holds a role.

use account_provisioning_api::cloudinary::types;
use account_provisioning_core::{CallOptions, Page, PageRequest, PageRule, Response, Result};
use futures::future::BoxFuture;

use super::super::assignment::bodies;
use super::super::policy_parameters::QueryParameters;
use super::super::target::{Target, fetch, operation, scoped};
use super::super::{AssignedPrincipal, PolicyParameters, PrincipalAssignment, RoleId, Scope, ScopeType, paging};
use crate::Error;
use crate::call::Call;
use crate::list::{ListOperation, listing};

/// Lists the principals of a role; made by [`Roles::principals`](super::Roles::principals).
#[derive(Clone, Debug)]
pub struct ListRolePrincipals {
    target: Target,
    id: RoleId,
    scope: Option<(ScopeType, Option<String>)>,
    verbose: Option<bool>,
    parameters: QueryParameters,
}

impl ListRolePrincipals {
    pub(super) fn new(target: Target, id: RoleId) -> Self {
        Self {
            target,
            id,
            scope: None,
            verbose: None,
            parameters: QueryParameters::default(),
        }
    }
}

impl Call<ListRolePrincipals> {
    /// Lists only principals that hold the role there. Defaults to no filter.
    pub fn scope(self, scope: impl TryInto<Scope, Error: Into<Error>>) -> Self {
        self.try_with(
            scope.try_into().map_err(Into::into).and_then(|scope| scope.parts()),
            |list, scope| {
                list.scope = Some(scope);
            },
        )
    }

    /// Lists only principals that hold the role on this content. Defaults to no filter.
    pub fn policy_parameters(self, parameters: impl Into<PolicyParameters>) -> Self {
        self.try_with(parameters.into().query(), |list, query| list.parameters = query)
    }

    /// Says whether each comes with the scope, the parameters and the dates of its assignment. Defaults to the vendor's
    /// default, false: id and kind alone.
    pub fn verbose(self, verbose: bool) -> Self {
        self.with(|list| list.verbose = Some(verbose))
    }
}

impl ListOperation for ListRolePrincipals {
    type Entry = AssignedPrincipal;
    const RULE: PageRule = paging::ROLE_PRINCIPALS;

    fn identity(principal: &AssignedPrincipal) -> &str {
        &principal.id
    }

    fn fetch(
        self,
        _: PageRequest,
        options: CallOptions,
    ) -> BoxFuture<'static, Result<Response<Page<AssignedPrincipal>>>> {
        let (scope_type, scope_id) = self.scope.clone().unzip();
        let scope_id = scope_id.flatten();
        fetch!(
            |self, low, account| low.get_role_principals(
                account,
                self.id.as_str(),
                self.parameters.asset_id.as_deref(),
                self.parameters.collection_id.as_deref(),
                self.parameters.folder_id.as_deref(),
                self.parameters.keys.as_ref(),
                self.parameters.values.as_ref(),
                scope_id.as_deref(),
                scope_type,
                self.verbose
            ),
            |reply| Ok(Page::new(reply.data)),
            options
        )
    }
}
listing!(ListRolePrincipals of AssignedPrincipal);
scoped!(ListRolePrincipals);

/// Assigns a role or takes it away; made by [`Roles::add_principals`](super::Roles::add_principals) and
/// [`remove_principals`](super::Roles::remove_principals).
#[derive(Debug)]
pub struct UpdateRolePrincipals {
    target: Target,
    id: RoleId,
    body: types::UpdateRolePrincipalsRequest,
}
operation!(UpdateRolePrincipals -> (), |call, low, account| {
    low.update_role_principals(account, call.id.as_str(), &call.body)
});

impl UpdateRolePrincipals {
    pub(super) fn adding(
        target: Target,
        id: RoleId,
        principals: impl IntoIterator<Item = PrincipalAssignment>,
    ) -> Result<Self> {
        Self::new(target, id, types::RoleOperation::Add, principals)
    }

    pub(super) fn removing(
        target: Target,
        id: RoleId,
        principals: impl IntoIterator<Item = PrincipalAssignment>,
    ) -> Result<Self> {
        Self::new(target, id, types::RoleOperation::Remove, principals)
    }

    fn new(
        target: Target,
        id: RoleId,
        operation: types::RoleOperation,
        principals: impl IntoIterator<Item = PrincipalAssignment>,
    ) -> Result<Self> {
        let principals = bodies("principals", principals, PrincipalAssignment::into_body)?;
        let body = types::UpdateRolePrincipalsRequest { operation, principals };
        Ok(Self { target, id, body })
    }
}
