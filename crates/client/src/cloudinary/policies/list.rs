//! Listing policies.

use account_provisioning_core::{Error, MakePage as _, Page, PageRule, ResponseMeta, Result};

use super::super::requests::{GetCustomPolicies, GetSystemPolicies};
use super::super::types::{CustomPolicyList, SystemPolicyList};
use super::super::{CustomPolicy, PermissionType, Scope, ScopeType, SystemPolicy, paging};
use crate::call::Call;
use crate::list::{List, PageFields};

/// Options of [`SystemPolicies::list`](super::SystemPolicies::list).
impl<M> Call<GetSystemPolicies, M> {
    /// Lists only policies of this permission type. Defaults to both.
    pub fn permission_type(self, permission_type: impl Into<PermissionType>) -> Self {
        self.with(|list| list.permission_type = Some(permission_type.into()))
    }

    /// Lists the policies of this level. Defaults to the vendor's default, the account.
    pub fn scope_type(self, scope_type: impl Into<ScopeType>) -> Self {
        self.with(|list| list.scope_type = Some(scope_type.into()))
    }

    /// Chooses a page, by the cursor that the previous page returned. Defaults to the first; a stream reads them all and
    /// takes no cursor.
    pub fn cursor(self, cursor: impl Into<String>) -> Self {
        self.with(|list| list.cursor = Some(cursor.into()))
    }
}

impl List for GetSystemPolicies {
    type Item = SystemPolicy;
    const RULE: PageRule = paging::SYSTEM_POLICIES;
    const ITEMS: &'static str = "/data";

    fn place(&mut self) -> PageFields<'_> {
        PageFields::Cursor {
            cursor: &mut self.cursor,
            page_size: None,
        }
    }

    fn page(&self, reply: SystemPolicyList, _: &mut ResponseMeta) -> Result<Page<SystemPolicy>> {
        Ok(Page::new(reply.data).with_next_cursor(reply.next_cursor))
    }

    fn identity(policy: &SystemPolicy) -> &str {
        policy.id.as_str()
    }
}

/// Options of [`CustomPolicies::list`](super::CustomPolicies::list).
impl<M> Call<GetCustomPolicies, M> {
    /// Lists the policies of this scope. Defaults to the vendor's default, the account.
    pub fn scope(self, scope: impl TryInto<Scope, Error: Into<Error>>) -> Self {
        self.try_with(Scope::parts_of(scope), |policies, (scope_type, scope_id)| {
            policies.scope_type = Some(scope_type);
            policies.scope_id = scope_id;
        })
    }

    /// Lists only the enabled policies, or only the disabled ones. Defaults to both.
    pub fn enabled(self, enabled: bool) -> Self {
        self.with(|list| list.enabled = Some(enabled))
    }

    /// Chooses a page, by the cursor that the previous page returned. Defaults to the first; a stream reads them all and
    /// takes no cursor.
    pub fn cursor(self, cursor: impl Into<String>) -> Self {
        self.with(|list| list.cursor = Some(cursor.into()))
    }
}

impl List for GetCustomPolicies {
    type Item = CustomPolicy;
    const RULE: PageRule = paging::CUSTOM_POLICIES;
    const ITEMS: &'static str = "/data";

    fn place(&mut self) -> PageFields<'_> {
        PageFields::Cursor {
            cursor: &mut self.cursor,
            page_size: None,
        }
    }

    fn page(&self, reply: CustomPolicyList, _: &mut ResponseMeta) -> Result<Page<CustomPolicy>> {
        Ok(Page::new(reply.data).with_next_cursor(reply.next_cursor))
    }

    fn identity(policy: &CustomPolicy) -> &str {
        policy.id.as_str()
    }
}
