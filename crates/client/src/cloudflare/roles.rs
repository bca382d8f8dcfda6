//! Roles: sets of permissions that Cloudflare defines, for members.

use account_provisioning_core::{IntoId, Page, PageRule, ResponseMeta, Result};

use super::envelope::{opened, with_totals};
use super::requests::{GetRole, ListRoles};
use super::types::{RoleList, RoleReply};
use super::{AccountHandle, Role, RoleId, lookups, paging};
use crate::call::{Call, FromReply, Operation};
use crate::find::FindBy;
use crate::list::{List, PageFields, Pager};
use crate::mode::Optional;

/// The roles of one account; see [`AccountHandle::roles`].
#[doc(alias = "accounts.roles")]
#[derive(Clone, Debug)]
pub struct Roles {
    account: AccountHandle,
}

impl Roles {
    pub(super) fn new(account: AccountHandle) -> Self {
        Self { account }
    }

    /// Lists the roles (`listRoles`). Awaited, it fetches one page; streamed, all of them.
    ///
    /// # Options
    /// [`page`][o], [`page_size`][o]
    ///
    /// [o]: Call#impl-Call%3CListRoles,+M%3E
    ///
    /// # Errors
    /// [`is_permission_denied`](crate::Error::is_permission_denied) when the credentials don't allow it.
    pub fn list(&self) -> Pager<ListRoles> {
        self.account.call(ListRoles::new)
    }

    /// Fetches one role (`getRole`).
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no role has this id; [`get_opt`](Self::get_opt) returns `None`
    /// instead.
    pub fn get(&self, id: impl IntoId<RoleId>) -> Call<GetRole> {
        self.account.call_with(id.into_id(), GetRole::new)
    }

    /// Fetches one role, or `None` when no role has this id (`getRole`).
    ///
    /// # Errors
    /// As [`get`](Self::get), but for "not found".
    pub fn get_opt(&self, id: impl IntoId<RoleId>) -> Call<GetRole, Optional> {
        self.get(id).optional()
    }

    /// Finds the role with a name, or `None` when no role has it (`listRoles`). It fetches all pages, which share the call's
    /// time limit. Names are compared exactly.
    ///
    /// # Errors
    /// Those of [`list`](Self::list); [`is_ambiguous`](crate::Error::is_ambiguous) when several roles have the name;
    /// an input error for an empty name.
    pub fn find_by_name(&self, name: impl Into<String>) -> Call<FindBy<ListRoles>> {
        let name = name.into();
        self.account
            .call(|account| FindBy::new(ListRoles::new(account), &lookups::ROLE_BY_NAME, name))
    }
}

/// Options of [`Roles::list`].
impl<M> Call<ListRoles, M> {
    /// Chooses a page, from 1. Defaults to the first; a stream reads all pages and takes no page.
    pub fn page(self, page: u32) -> Self {
        self.with(|list| list.page = Some(page.into()))
    }

    /// Sets how many roles a page contains (`per_page`). Defaults to 50, the vendor's maximum; its minimum is 5.
    #[doc(alias = "per_page")]
    pub fn page_size(self, size: u32) -> Self {
        self.with(|list| list.per_page = Some(size.into()))
    }
}

impl List for ListRoles {
    type Item = Role;
    const RULE: PageRule = paging::ROLES;
    const ITEMS: &'static str = "/result";

    fn place(&mut self) -> PageFields<'_> {
        PageFields::Numbered {
            page: &mut self.page,
            page_size: &mut self.per_page,
        }
    }

    fn page(&self, reply: RoleList, meta: &mut ResponseMeta) -> Result<Page<Role>> {
        let page = with_totals(reply.result, reply.result_info);
        opened(page, reply.messages, meta)
    }

    fn identity(role: &Role) -> &str {
        role.id.as_str()
    }
}

impl Operation for GetRole {
    type Output = Role;
}

impl FromReply<RoleReply> for Role {
    fn from_reply(reply: RoleReply, meta: &mut ResponseMeta) -> Result<Self> {
        opened(reply.result, reply.messages, meta)
    }
}
