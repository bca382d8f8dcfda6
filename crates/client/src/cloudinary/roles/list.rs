//! Listing roles.

use account_provisioning_core::{Page, PageRule, ResponseMeta, Result};
use serde_json::Value;

use super::super::requests::GetRoles;
use super::super::types::RoleList;
use super::super::{ManagementType, RoleSummary, ScopeType, paging};
use crate::call::Call;
use crate::list::List;

/// Options of [`Roles::list`](super::Roles::list).
impl<M> Call<GetRoles, M> {
    /// Lists only roles of the account level, or only those of product environments. Without it, the vendor chooses, and
    /// doesn't document which.
    pub fn scope_type(self, scope_type: impl Into<ScopeType>) -> Self {
        self.with(|list| list.scope_type = Some(scope_type.into()))
    }

    /// Lists only roles that Cloudinary defines, or only those that the account defines. Defaults to both.
    pub fn management_type(self, management_type: impl Into<ManagementType>) -> Self {
        self.with(|list| list.management_type = Some(management_type.into()))
    }

    /// Lists only roles that can be limited to these kinds of content: `folder_id`, `collection_id` or both. For roles
    /// of the permission type `content`. An empty list is no filter, which is the default.
    pub fn policy_parameters(self, kinds: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let kinds: Vec<Value> = kinds.into_iter().map(|kind| Value::String(kind.into())).collect();
        // The parameter is sent as JSON, and an empty text would not be JSON.
        let json = (!kinds.is_empty()).then(|| Value::Array(kinds).to_string());
        self.with(|list| list.policy_parameters = json)
    }
}

impl List for GetRoles {
    type Item = RoleSummary;
    const RULE: PageRule = paging::ROLES;
    const ITEMS: &'static str = "/data";

    fn page(&self, reply: RoleList, _: &mut ResponseMeta) -> Result<Page<RoleSummary>> {
        Ok(Page::new(reply.data))
    }

    fn identity(role: &RoleSummary) -> &str {
        role.id.as_str()
    }
}
