//! Roles: sets of permissions that Cloudflare defines, for members.

use account_provisioning_core::{CallOptions, Page, PageRequest, PageRule, Response, Result};
use futures::future::BoxFuture;

use super::envelope::{note, numbered};
use super::target::{Place, Target, operation};
use super::{Role, RoleId, paging};
use crate::Error;
use crate::call::{Call, Optional};
use crate::list::{Chosen, ListOperation, listing};
use crate::started::fetch;

/// Handle to the roles of one account; see [`AccountHandle::roles`](super::AccountHandle::roles).
#[derive(Clone, Debug)]
pub struct Roles {
    place: Place,
}

impl Roles {
    pub(super) fn new(place: Place) -> Self {
        Self { place }
    }

    /// Lists the roles (`listRoles`). Awaited, it fetches one page; streamed, all of them.
    ///
    /// # Errors
    /// [`is_permission_denied`](crate::Error::is_permission_denied) when the credentials don't allow it.
    pub fn list(&self) -> Call<ListRoles> {
        Call::try_new(self.place.target().map(|target| ListRoles {
            target,
            chosen: Chosen::default(),
        }))
    }

    /// Fetches one role (`getRole`).
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when there is no such role; [`get_opt`](Self::get_opt) returns `None`
    /// instead.
    pub fn get(&self, id: impl TryInto<RoleId, Error: Into<Error>>) -> Call<GetRole> {
        Call::try_new(self.place.with(id).map(|(target, id)| GetRole { target, id }))
    }

    /// Fetches one role, if there is one with this id (`getRole`); see [`get`](Self::get).
    pub fn get_opt(&self, id: impl TryInto<RoleId, Error: Into<Error>>) -> Call<Optional<GetRole>> {
        self.get(id).map(Optional)
    }
}

/// Lists roles; made by [`Roles::list`].
#[derive(Clone, Debug)]
pub struct ListRoles {
    target: Target,
    chosen: Chosen,
}

impl Call<ListRoles> {
    /// Chooses a page, from 1. Defaults to the first; a stream reads them all and takes no page.
    pub fn page(self, page: u32) -> Self {
        self.with(|list| list.chosen.page = Some(page))
    }

    /// Sets how many roles a page holds. Defaults to 50, the vendor's largest; its smallest is 5.
    pub fn page_size(self, size: u32) -> Self {
        self.with(|list| list.chosen.page_size = Some(size))
    }
}

impl ListOperation for ListRoles {
    type Entry = Role;
    const RULE: PageRule = paging::ROLES;

    fn identity(role: &Role) -> &str {
        &role.id
    }

    fn chosen(&self) -> Chosen {
        self.chosen.clone()
    }

    fn fetch(self, request: PageRequest, options: CallOptions) -> BoxFuture<'static, Result<Response<Page<Role>>>> {
        let (number, size) = (paging::number(&request), request.page_size);
        fetch!(
            |self, low, account| low.list_roles(account, Some(i64::from(number)), Some(i64::from(size))),
            |reply, meta| {
                note(reply.messages, meta);
                Ok(numbered(reply.result, reply.result_info, number, size))
            },
            options
        )
    }
}
listing!(ListRoles of Role);

/// Fetches one role; made by [`Roles::get`].
#[derive(Debug)]
pub struct GetRole {
    target: Target,
    id: RoleId,
}
operation!(GetRole -> Role, |call, low, account| low.get_role(account, call.id.as_str()));

impl GetRole {
    pub(super) fn new(target: Target, id: RoleId) -> Self {
        Self { target, id }
    }
}
