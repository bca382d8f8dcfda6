//! Listing roles.

use account_provisioning_core::{CallOptions, Page, PageRequest, PageRule, Response, Result};
use futures::future::BoxFuture;
use serde_json::Value;

use super::super::target::{Target, fetch, scoped};
use super::super::{ManagementType, PermissionType, RoleSummary, ScopeType, paging};
use crate::call::Call;
use crate::list::{ListOperation, listing};

/// Lists roles; made by [`Roles::list`](super::Roles::list).
#[derive(Clone, Debug)]
pub struct ListRoles {
    target: Target,
    permission_type: PermissionType,
    scope_type: Option<ScopeType>,
    management_type: Option<ManagementType>,
    /// Kinds of content, as the JSON text that is sent.
    policy_parameters: Option<String>,
}

impl ListRoles {
    pub(super) fn new(target: Target, permission_type: PermissionType) -> Self {
        Self {
            target,
            permission_type,
            scope_type: None,
            management_type: None,
            policy_parameters: None,
        }
    }
}

impl Call<ListRoles> {
    /// Lists only roles of the account level, or only those of product environments. Defaults to what the vendor lists
    /// without it, which it doesn't document.
    pub fn scope_type(self, scope_type: impl Into<ScopeType>) -> Self {
        self.with(|list| list.scope_type = Some(scope_type.into()))
    }

    /// Lists only Cloudinary's roles, or only the account's own. Defaults to both.
    pub fn management_type(self, management_type: impl Into<ManagementType>) -> Self {
        self.with(|list| list.management_type = Some(management_type.into()))
    }

    /// Lists only roles that can be limited to these kinds of content: `folder_id`, `collection_id` or both. For roles
    /// of the permission type `content`. Defaults to no filter, and so does an empty list.
    pub fn policy_parameters(self, kinds: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let kinds: Vec<Value> = kinds.into_iter().map(|kind| Value::String(kind.into())).collect();
        // The parameter travels as JSON, and an empty text would be no JSON.
        let json = (!kinds.is_empty()).then(|| Value::Array(kinds).to_string());
        self.with(|list| list.policy_parameters = json)
    }
}

impl ListOperation for ListRoles {
    type Entry = RoleSummary;
    const RULE: PageRule = paging::ROLES;

    fn identity(role: &RoleSummary) -> &str {
        &role.id
    }

    fn fetch(self, _: PageRequest, options: CallOptions) -> BoxFuture<'static, Result<Response<Page<RoleSummary>>>> {
        fetch!(
            |self, low, account| low.get_roles(
                account,
                self.management_type.clone(),
                self.permission_type.clone(),
                self.policy_parameters.as_deref(),
                self.scope_type.clone()
            ),
            |reply| Ok(Page::new(reply.data)),
            options
        )
    }
}
listing!(ListRoles of RoleSummary);
scoped!(ListRoles);
