//! Listing members.

use account_provisioning_core::{CallOptions, Page, PageRequest, PageRule, Response, Result};
use futures::future::BoxFuture;

use super::super::envelope::{note, numbered};
use super::super::target::Target;
use super::super::{Member, MemberOrder, MemberStatus, SortDirection, paging};
use crate::call::Call;
use crate::list::{Chosen, ListOperation, listing};
use crate::started::fetch;

/// Lists members; made by [`Members::list`](super::Members::list).
#[derive(Clone, Debug)]
pub struct ListMembers {
    pub(super) target: Target,
    pub(super) direction: Option<SortDirection>,
    pub(super) order: Option<MemberOrder>,
    pub(super) status: Option<MemberStatus>,
    pub(super) chosen: Chosen,
}

impl Call<ListMembers> {
    /// Lists only members with this status. Defaults to no filter.
    pub fn status(self, status: impl Into<MemberStatus>) -> Self {
        self.with(|list| list.status = Some(status.into()))
    }

    /// Sets what members are sorted by. Defaults to the vendor's order, which it doesn't document.
    pub fn order(self, field: impl Into<MemberOrder>) -> Self {
        self.with(|list| list.order = Some(field.into()))
    }

    /// Sets the direction of the order. Defaults to the vendor's, which it doesn't document.
    pub fn direction(self, direction: impl Into<SortDirection>) -> Self {
        self.with(|list| list.direction = Some(direction.into()))
    }

    /// Chooses a page, from 1. Defaults to the first; a stream reads them all and takes no page.
    pub fn page(self, page: u32) -> Self {
        self.with(|list| list.chosen.page = Some(page))
    }

    /// Sets how many members a page holds. Defaults to 50, the vendor's largest; its smallest is 5.
    pub fn page_size(self, size: u32) -> Self {
        self.with(|list| list.chosen.page_size = Some(size))
    }
}

impl ListOperation for ListMembers {
    type Entry = Member;
    const RULE: PageRule = paging::MEMBERS;

    fn identity(member: &Member) -> &str {
        &member.id
    }

    fn chosen(&self) -> Chosen {
        self.chosen.clone()
    }

    fn fetch(self, request: PageRequest, options: CallOptions) -> BoxFuture<'static, Result<Response<Page<Member>>>> {
        let (number, size) = (paging::number(&request), request.page_size);
        fetch!(
            |self, low, account| low.list_members(
                account,
                self.direction.clone(),
                self.order.clone(),
                Some(i64::from(number)),
                Some(i64::from(size)),
                self.status.clone()
            ),
            |reply, meta| {
                note(reply.messages, meta);
                Ok(numbered(reply.result, reply.result_info, number, size))
            },
            options
        )
    }
}
listing!(ListMembers of Member);
