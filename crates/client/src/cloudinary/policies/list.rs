//! Listing policies.

use account_provisioning_core::{CallOptions, Page, PageRequest, PageRule, Response, Result};
use futures::future::BoxFuture;

use super::super::paging::{self, cursor};
use super::super::target::{Target, fetch, scoped};
use super::super::{CustomPolicy, PermissionType, Scope, ScopeType, SystemPolicy};
use crate::Error;
use crate::call::Call;
use crate::list::{Chosen, ListOperation, listing};

/// Lists system policies; made by [`SystemPolicies::list`](super::SystemPolicies::list).
#[derive(Clone, Debug)]
pub struct ListSystemPolicies {
    target: Target,
    permission_type: Option<PermissionType>,
    scope_type: Option<ScopeType>,
    chosen: Chosen,
}

impl ListSystemPolicies {
    pub(super) fn new(target: Target) -> Self {
        Self {
            target,
            permission_type: None,
            scope_type: None,
            chosen: Chosen::default(),
        }
    }
}

impl Call<ListSystemPolicies> {
    /// Lists only policies of this permission type. Defaults to both.
    pub fn permission_type(self, permission_type: impl Into<PermissionType>) -> Self {
        self.with(|list| list.permission_type = Some(permission_type.into()))
    }

    /// Lists the policies of this level. Defaults to the vendor's default, the account.
    pub fn scope_type(self, scope_type: impl Into<ScopeType>) -> Self {
        self.with(|list| list.scope_type = Some(scope_type.into()))
    }

    /// Chooses a page, by the cursor that the page before handed out. Defaults to the first; a stream reads them all and
    /// takes no cursor.
    pub fn cursor(self, cursor: impl Into<String>) -> Self {
        self.with(|list| list.chosen.cursor = Some(cursor.into()))
    }
}

impl ListOperation for ListSystemPolicies {
    type Entry = SystemPolicy;
    const RULE: PageRule = paging::SYSTEM_POLICIES;

    fn identity(policy: &SystemPolicy) -> &str {
        &policy.id
    }

    fn chosen(&self) -> Chosen {
        self.chosen.clone()
    }

    fn fetch(
        self,
        request: PageRequest,
        options: CallOptions,
    ) -> BoxFuture<'static, Result<Response<Page<SystemPolicy>>>> {
        fetch!(
            |self, low, account| low.get_system_policies(
                account,
                cursor(&request.position),
                self.permission_type.clone(),
                self.scope_type.clone()
            ),
            |reply| Ok(Page::new(reply.data).with_next_cursor(reply.next_cursor)),
            options
        )
    }
}
listing!(ListSystemPolicies of SystemPolicy);
scoped!(ListSystemPolicies);

/// Lists custom policies; made by [`CustomPolicies::list`](super::CustomPolicies::list).
#[derive(Clone, Debug)]
pub struct ListCustomPolicies {
    target: Target,
    scope: Option<(ScopeType, Option<String>)>,
    enabled: Option<bool>,
    chosen: Chosen,
}

impl ListCustomPolicies {
    pub(super) fn new(target: Target) -> Self {
        Self {
            target,
            scope: None,
            enabled: None,
            chosen: Chosen::default(),
        }
    }
}

impl Call<ListCustomPolicies> {
    /// Lists the policies of this scope. Defaults to the vendor's default, the account.
    pub fn scope(self, scope: impl TryInto<Scope, Error: Into<Error>>) -> Self {
        self.try_with(
            scope.try_into().map_err(Into::into).and_then(|scope| scope.parts()),
            |list, scope| {
                list.scope = Some(scope);
            },
        )
    }

    /// Lists only the policies that are enabled, or only those that aren't. Defaults to both.
    pub fn enabled(self, enabled: bool) -> Self {
        self.with(|list| list.enabled = Some(enabled))
    }

    /// Chooses a page, by the cursor that the page before handed out. Defaults to the first; a stream reads them all and
    /// takes no cursor.
    pub fn cursor(self, cursor: impl Into<String>) -> Self {
        self.with(|list| list.chosen.cursor = Some(cursor.into()))
    }
}

impl ListOperation for ListCustomPolicies {
    type Entry = CustomPolicy;
    const RULE: PageRule = paging::CUSTOM_POLICIES;

    fn identity(policy: &CustomPolicy) -> &str {
        &policy.id
    }

    fn chosen(&self) -> Chosen {
        self.chosen.clone()
    }

    fn fetch(
        self,
        request: PageRequest,
        options: CallOptions,
    ) -> BoxFuture<'static, Result<Response<Page<CustomPolicy>>>> {
        let (scope_type, scope_id) = self.scope.clone().unzip();
        let scope_id = scope_id.flatten();
        fetch!(
            |self, low, account| low.get_custom_policies(
                account,
                cursor(&request.position),
                self.enabled,
                scope_id.as_deref(),
                scope_type
            ),
            |reply| Ok(Page::new(reply.data).with_next_cursor(reply.next_cursor)),
            options
        )
    }
}
listing!(ListCustomPolicies of CustomPolicy);
scoped!(ListCustomPolicies);
