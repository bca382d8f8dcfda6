//! Listing user groups.

use account_provisioning_core::{IntoId, Page, PageRule, ResponseMeta, Result};

use super::super::envelope::{opened, with_totals};
use super::super::requests::ListUserGroups;
use super::super::types::UserGroupList;
use super::super::{SortOrder, UserGroup, UserGroupId, paging};
use crate::call::Call;
use crate::list::{List, PageFields};

/// Options of [`UserGroups::list`](super::UserGroups::list).
impl<M> Call<ListUserGroups, M> {
    /// Lists only the group with this id. Defaults to no filter.
    pub fn id(self, id: impl IntoId<UserGroupId>) -> Self {
        self.try_with(id.into_id(), |list, id| list.id = Some(id.to_string()))
    }

    /// Lists only groups with this name. Defaults to no filter.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.with(|list| list.name = Some(name.into()))
    }

    /// Lists only groups whose names contain this (`fuzzyName`). Defaults to no filter.
    #[doc(alias = "fuzzyName")]
    #[doc(alias = "fuzzy_name")]
    pub fn name_contains(self, part: impl Into<String>) -> Self {
        self.with(|list| list.fuzzy_name = Some(part.into()))
    }

    /// Sets the direction of the order, which is by name (`direction`). Defaults to ascending.
    #[doc(alias = "direction")]
    pub fn sort_order(self, order: impl Into<SortOrder>) -> Self {
        self.with(|list| list.direction = Some(order.into()))
    }

    /// Chooses a page, from 1. Defaults to the first; a stream reads all pages and takes no page.
    pub fn page(self, page: u32) -> Self {
        self.with(|list| list.page = Some(page.into()))
    }

    /// Sets how many groups a page contains (`per_page`). Defaults to 50, the vendor's maximum; its minimum is 5.
    #[doc(alias = "per_page")]
    pub fn page_size(self, size: u32) -> Self {
        self.with(|list| list.per_page = Some(size.into()))
    }
}

impl List for ListUserGroups {
    type Item = UserGroup;
    const RULE: PageRule = paging::USER_GROUPS;
    const ITEMS: &'static str = "/result";

    fn place(&mut self) -> PageFields<'_> {
        PageFields::Numbered {
            page: &mut self.page,
            page_size: &mut self.per_page,
        }
    }

    fn page(&self, reply: UserGroupList, meta: &mut ResponseMeta) -> Result<Page<UserGroup>> {
        let page = with_totals(reply.result, reply.result_info);
        opened(page, reply.messages, meta)
    }

    fn identity(group: &UserGroup) -> &str {
        group.id.as_str()
    }
}
