//! The roles of one principal.

use account_provisioning_core::{Error, Page, PageRule, ResponseMeta, Result};

use super::super::requests::{GetPrincipalRoles, UpdatePrincipalRoles};
use super::super::types::AssignedRoleList;
use super::super::{AssignedRole, ManagementType, PolicyParameters, Scope, paging};
use crate::call::{Call, Operation};
use crate::list::List;

/// Options of [`Principals::roles`](super::Principals::roles).
impl<M> Call<GetPrincipalRoles, M> {
    /// Lists only roles that Cloudinary defines, or only those that the account defines. Defaults to both.
    pub fn management_type(self, management_type: impl Into<ManagementType>) -> Self {
        self.with(|list| list.management_type = Some(management_type.into()))
    }

    /// Lists only roles that the principal has in this scope. Defaults to no filter.
    pub fn scope(self, scope: impl TryInto<Scope, Error: Into<Error>>) -> Self {
        self.try_with(Scope::parts_of(scope), |list, (scope_type, scope_id)| {
            list.scope_type = Some(scope_type);
            list.scope_id = scope_id;
        })
    }

    /// Lists only roles that the principal has on this content. Defaults to no filter.
    pub fn policy_parameters(self, parameters: impl Into<PolicyParameters>) -> Self {
        self.try_with(parameters.into().query(), |list, query| {
            list.asset_id = query.asset_id;
            list.collection_id = query.collection_id;
            list.folder_id = query.folder_id;
            list.param_key = query.param_key;
            list.param_value = query.param_value;
        })
    }
}

impl List for GetPrincipalRoles {
    type Item = AssignedRole;
    const RULE: PageRule = paging::PRINCIPAL_ROLES;
    const ITEMS: &'static str = "/data";

    fn page(&self, reply: AssignedRoleList, _: &mut ResponseMeta) -> Result<Page<AssignedRole>> {
        Ok(Page::new(reply.data))
    }

    fn identity(role: &AssignedRole) -> &str {
        role.id.as_str()
    }
}

impl Operation for UpdatePrincipalRoles {
    type Output = ();
}
