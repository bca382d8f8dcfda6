//! Who has a role.

use account_provisioning_core::{Error, Page, PageRule, ResponseMeta, Result};

use super::super::requests::{GetRolePrincipals, UpdateRolePrincipals};
use super::super::types::AssignedPrincipalList;
use super::super::{AssignedPrincipal, PolicyParameters, Scope, paging};
use crate::call::{Call, Operation};
use crate::list::List;

/// Options of [`Roles::principals`](super::Roles::principals).
impl<M> Call<GetRolePrincipals, M> {
    /// Lists only principals that have the role in this scope. Defaults to no filter.
    pub fn scope(self, scope: impl TryInto<Scope, Error: Into<Error>>) -> Self {
        self.try_with(Scope::parts_of(scope), |list, (scope_type, scope_id)| {
            list.scope_type = Some(scope_type);
            list.scope_id = scope_id;
        })
    }

    /// Lists only principals that have the role on this content. Defaults to no filter.
    pub fn policy_parameters(self, parameters: impl Into<PolicyParameters>) -> Self {
        self.try_with(parameters.into().query(), |list, query| {
            list.asset_id = query.asset_id;
            list.collection_id = query.collection_id;
            list.folder_id = query.folder_id;
            list.param_key = query.param_key;
            list.param_value = query.param_value;
        })
    }

    /// Says whether each principal comes with the scope, the parameters and the dates of its assignment. Defaults to the
    /// vendor's default, false: only its id and type.
    pub fn verbose(self, verbose: bool) -> Self {
        self.with(|list| list.verbose = Some(verbose))
    }
}

impl List for GetRolePrincipals {
    type Item = AssignedPrincipal;
    const RULE: PageRule = paging::ROLE_PRINCIPALS;
    const ITEMS: &'static str = "/data";

    fn page(&self, reply: AssignedPrincipalList, _: &mut ResponseMeta) -> Result<Page<AssignedPrincipal>> {
        Ok(Page::new(reply.data))
    }

    fn identity(principal: &AssignedPrincipal) -> &str {
        &principal.id
    }
}

impl Operation for UpdateRolePrincipals {
    type Output = ();
}
