//! Who has access to what.

use std::hash::Hasher;

use account_provisioning_core::{Error, MakePage as _, Page, PageRule, ResponseMeta, Result};

use super::super::requests::{Inspect, InspectMultiple};
use super::super::types::InspectionReply;
use super::super::{InspectedPrincipal, PolicyParameters, Principal, paging};
use crate::call::Call;
use crate::list::{List, PageFields};

/// Options of [`Principals::inspect`](super::Principals::inspect).
impl<M> Call<Inspect, M> {
    /// Lists only this principal. Defaults to all.
    pub fn principal(self, principal: impl TryInto<Principal, Error: Into<Error>>) -> Self {
        self.try_with(Principal::parts_of(principal), |inspect, (principal_type, id)| {
            inspect.principal_type = Some(principal_type);
            inspect.principal_id = Some(id);
        })
    }

    /// Lists only roles on this content. Defaults to no filter.
    pub fn policy_parameters(self, parameters: impl Into<PolicyParameters>) -> Self {
        self.try_with(parameters.into().query(), |inspect, query| {
            inspect.asset_id = query.asset_id;
            inspect.collection_id = query.collection_id;
            inspect.folder_id = query.folder_id;
            inspect.param_key = query.param_key;
            inspect.param_value = query.param_value;
        })
    }

    /// Chooses a page, by the cursor that the previous page returned. Defaults to the first; a stream reads them all and
    /// takes no cursor.
    pub fn cursor(self, cursor: impl Into<String>) -> Self {
        self.with(|inspect| inspect.cursor = Some(cursor.into()))
    }
}

impl List for Inspect {
    type Item = InspectedPrincipal;
    const RULE: PageRule = paging::INSPECT;
    const ITEMS: &'static str = "/data/principals";

    fn place(&mut self) -> PageFields<'_> {
        PageFields::Cursor {
            cursor: &mut self.cursor,
            page_size: None,
        }
    }

    fn page(&self, reply: InspectionReply, _: &mut ResponseMeta) -> Result<Page<InspectedPrincipal>> {
        Ok(Page::new(reply.data.principals).with_next_cursor(reply.next_cursor))
    }

    fn identity(found: &InspectedPrincipal) -> &str {
        &found.id
    }

    fn identify(found: &InspectedPrincipal, hasher: &mut dyn Hasher) {
        identify(found, hasher);
    }
}

/// Options of [`Principals::inspect_many`](super::Principals::inspect_many).
impl<M> Call<InspectMultiple, M> {
    /// Lists only roles on this content. Defaults to no filter.
    pub fn policy_parameters(self, parameters: impl Into<PolicyParameters>) -> Self {
        self.try_with(parameters.into().body(), |inspect, parameters| {
            inspect.body.policy_parameters = Some(parameters);
        })
    }

    /// Chooses a page, by the cursor that the previous page returned. Defaults to the first; a stream reads them all and
    /// takes no cursor.
    pub fn cursor(self, cursor: impl Into<String>) -> Self {
        self.with(|inspect| inspect.body.cursor = Some(cursor.into()))
    }
}

impl List for InspectMultiple {
    type Item = InspectedPrincipal;
    const RULE: PageRule = paging::INSPECT_MANY;
    const ITEMS: &'static str = "/data/principals";

    fn place(&mut self) -> PageFields<'_> {
        PageFields::Cursor {
            cursor: &mut self.body.cursor,
            page_size: None,
        }
    }

    fn page(&self, reply: InspectionReply, _: &mut ResponseMeta) -> Result<Page<InspectedPrincipal>> {
        Ok(Page::new(reply.data.principals).with_next_cursor(reply.next_cursor))
    }

    fn identity(found: &InspectedPrincipal) -> &str {
        &found.id
    }

    fn identify(found: &InspectedPrincipal, hasher: &mut dyn Hasher) {
        identify(found, hasher);
    }
}

/// Several pages may contain the same principal, each with other roles, so the roles tell pages apart too.
fn identify(found: &InspectedPrincipal, hasher: &mut dyn Hasher) {
    let mut field = |text: &str| {
        hasher.write(text.as_bytes());
        hasher.write_u8(0xff);
    };
    field(found.type_.as_str());
    field(&found.id);
    for role in &found.roles {
        field(role.id.as_str());
        field(role.scope_id.as_deref().unwrap_or_default());
        for (key, value) in &role.policy_parameters {
            field(key);
            field(&value.to_string());
        }
    }
}
