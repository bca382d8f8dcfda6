//! Listing members.

use account_provisioning_core::{Page, PageRule, ResponseMeta, Result};

use super::super::envelope::{opened, with_totals};
use super::super::requests::ListMembers;
use super::super::types::MemberList;
use super::super::{Member, MemberSortBy, MemberStatus, SortOrder, paging};
use crate::call::Call;
use crate::list::{List, PageFields};

/// Options of [`Members::list`](super::Members::list).
impl<M> Call<ListMembers, M> {
    /// Lists only members with this status. Defaults to no filter.
    pub fn status(self, status: impl Into<MemberStatus>) -> Self {
        self.with(|list| list.status = Some(status.into()))
    }

    /// Sets what members are sorted by (`order`). Defaults to the vendor's order, which is not documented.
    #[doc(alias = "order")]
    pub fn sort_by(self, field: impl Into<MemberSortBy>) -> Self {
        self.with(|list| list.order = Some(field.into()))
    }

    /// Sets the direction of the order (`direction`). Defaults to the vendor's, which is not documented.
    #[doc(alias = "direction")]
    pub fn sort_order(self, order: impl Into<SortOrder>) -> Self {
        self.with(|list| list.direction = Some(order.into()))
    }

    /// Chooses a page, from 1. Defaults to the first; a stream reads all pages and takes no page.
    pub fn page(self, page: u32) -> Self {
        self.with(|list| list.page = Some(page.into()))
    }

    /// Sets how many members a page contains (`per_page`). Defaults to 50, the vendor's maximum; its minimum is 5.
    #[doc(alias = "per_page")]
    pub fn page_size(self, size: u32) -> Self {
        self.with(|list| list.per_page = Some(size.into()))
    }
}

impl List for ListMembers {
    type Item = Member;
    const RULE: PageRule = paging::MEMBERS;
    const ITEMS: &'static str = "/result";

    fn place(&mut self) -> PageFields<'_> {
        PageFields::Numbered {
            page: &mut self.page,
            page_size: &mut self.per_page,
        }
    }

    fn page(&self, reply: MemberList, meta: &mut ResponseMeta) -> Result<Page<Member>> {
        let page = with_totals(reply.result, reply.result_info);
        opened(page, reply.messages, meta)
    }

    fn identity(member: &Member) -> &str {
        member.id.as_str()
    }
}
