//! Who has access to what.

use std::hash::Hasher;

use account_provisioning_api::cloudinary::types;
use account_provisioning_core::{CallOptions, Page, PageRequest, PageRule, Response, Result};
use futures::future::BoxFuture;

use super::super::assignment::bodies;
use super::super::paging::cursor;
use super::super::policy_parameters::QueryParameters;
use super::super::target::{Target, fetch, scoped};
use super::super::{InspectedPrincipal, PolicyParameters, Principal, Scope, ScopeType, paging};
use crate::Error;
use crate::call::Call;
use crate::list::{Chosen, ListOperation, listing};

/// Finds the principals with roles in a scope; made by [`Principals::inspect`](super::Principals::inspect).
#[derive(Clone, Debug)]
pub struct InspectPrincipals {
    target: Target,
    scope_type: ScopeType,
    scope_id: Option<String>,
    principal: Option<Principal>,
    parameters: QueryParameters,
    chosen: Chosen,
}

impl InspectPrincipals {
    pub(super) fn new(target: Target, scope: &Scope) -> Result<Self> {
        let (scope_type, scope_id) = scope.parts()?;
        Ok(Self {
            target,
            scope_type,
            scope_id,
            principal: None,
            parameters: QueryParameters::default(),
            chosen: Chosen::default(),
        })
    }
}

impl Call<InspectPrincipals> {
    /// Looks at this principal alone. Defaults to all.
    pub fn principal(self, principal: impl TryInto<Principal, Error: Into<Error>>) -> Self {
        self.try_with(principal.try_into(), |inspect, principal| {
            inspect.principal = Some(principal)
        })
    }

    /// Looks only at roles on this content. Defaults to no filter.
    pub fn policy_parameters(self, parameters: impl Into<PolicyParameters>) -> Self {
        self.try_with(parameters.into().query(), |inspect, query| inspect.parameters = query)
    }

    /// Chooses a page, by the cursor that the page before handed out. Defaults to the first; a stream reads them all and
    /// takes no cursor.
    pub fn cursor(self, cursor: impl Into<String>) -> Self {
        self.with(|inspect| inspect.chosen.cursor = Some(cursor.into()))
    }
}

impl ListOperation for InspectPrincipals {
    type Entry = InspectedPrincipal;
    const RULE: PageRule = paging::INSPECT;

    fn identity(found: &InspectedPrincipal) -> &str {
        &found.id
    }

    fn identify(found: &InspectedPrincipal, hasher: &mut dyn Hasher) {
        identify(found, hasher);
    }

    fn chosen(&self) -> Chosen {
        self.chosen.clone()
    }

    fn fetch(
        self,
        request: PageRequest,
        options: CallOptions,
    ) -> BoxFuture<'static, Result<Response<Page<InspectedPrincipal>>>> {
        fetch!(
            |self, low, account| low.inspect(
                account,
                self.parameters.asset_id.as_deref(),
                self.parameters.collection_id.as_deref(),
                cursor(&request.position),
                self.parameters.folder_id.as_deref(),
                self.parameters.keys.as_ref(),
                self.parameters.values.as_ref(),
                self.principal.as_ref().map(Principal::id),
                self.principal.as_ref().map(Principal::principal_type),
                self.scope_id.as_deref(),
                self.scope_type.clone()
            ),
            |reply| Ok(Page::new(reply.data.principals).with_next_cursor(reply.next_cursor)),
            options
        )
    }
}
listing!(InspectPrincipals of InspectedPrincipal);
scoped!(InspectPrincipals);

/// Shows the roles of given principals; made by [`Principals::inspect_many`](super::Principals::inspect_many).
#[derive(Clone, Debug)]
pub struct InspectManyPrincipals {
    target: Target,
    body: types::InspectPrincipalsRequest,
    chosen: Chosen,
}

impl InspectManyPrincipals {
    pub(super) fn new(
        target: Target,
        scope: &Scope,
        principals: impl IntoIterator<Item = impl TryInto<Principal, Error: Into<Error>>>,
    ) -> Result<Self> {
        let (scope_type, scope_id) = scope.parts()?;
        let principals = bodies("principals", principals, |principal| {
            principal
                .try_into()
                .map_err(Into::into)
                .map(|principal| principal.reference())
        })?;
        let body = types::InspectPrincipalsRequest {
            cursor: None,
            policy_parameters: None,
            principals,
            scope_id,
            scope_type,
        };
        Ok(Self {
            target,
            body,
            chosen: Chosen::default(),
        })
    }
}

impl Call<InspectManyPrincipals> {
    /// Looks only at roles on this content. Defaults to no filter.
    pub fn policy_parameters(self, parameters: impl Into<PolicyParameters>) -> Self {
        self.try_with(parameters.into().body(), |inspect, parameters| {
            inspect.body.policy_parameters = Some(parameters);
        })
    }

    /// Chooses a page, by the cursor that the page before handed out. Defaults to the first; a stream reads them all and
    /// takes no cursor.
    pub fn cursor(self, cursor: impl Into<String>) -> Self {
        self.with(|inspect| inspect.chosen.cursor = Some(cursor.into()))
    }
}

impl ListOperation for InspectManyPrincipals {
    type Entry = InspectedPrincipal;
    const RULE: PageRule = paging::INSPECT_MANY;

    fn identity(found: &InspectedPrincipal) -> &str {
        &found.id
    }

    fn identify(found: &InspectedPrincipal, hasher: &mut dyn Hasher) {
        identify(found, hasher);
    }

    fn chosen(&self) -> Chosen {
        self.chosen.clone()
    }

    fn fetch(
        mut self,
        request: PageRequest,
        options: CallOptions,
    ) -> BoxFuture<'static, Result<Response<Page<InspectedPrincipal>>>> {
        self.body.cursor = cursor(&request.position).map(str::to_owned);
        fetch!(
            |self, low, account| low.inspect_multiple(account, &self.body),
            |reply| Ok(Page::new(reply.data.principals).with_next_cursor(reply.next_cursor)),
            options
        )
    }
}
listing!(InspectManyPrincipals of InspectedPrincipal);
scoped!(InspectManyPrincipals);

/// A principal may stand on several pages, each with other roles, so the roles are part of what tells pages apart.
fn identify(found: &InspectedPrincipal, hasher: &mut dyn Hasher) {
    let mut field = |text: &str| {
        hasher.write(text.as_bytes());
        hasher.write_u8(0xff);
    };
    field(found.type_.as_str());
    field(&found.id);
    for role in &found.roles {
        field(&role.id);
        field(role.scope_id.as_deref().unwrap_or_default());
        for (key, value) in &role.policy_parameters {
            field(key);
            field(&value.to_string());
        }
    }
}
