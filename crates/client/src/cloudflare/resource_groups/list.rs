//! Listing resource groups.

use account_provisioning_core::{IntoId, Page, PageRule, ResponseMeta, Result};

use super::super::envelope::{opened, with_totals};
use super::super::requests::ListResourceGroups;
use super::super::types::ResourceGroupList;
use super::super::{ResourceGroup, ResourceGroupId, paging};
use crate::call::Call;
use crate::list::{List, PageFields};

/// Options of [`ResourceGroups::list`](super::ResourceGroups::list).
impl<M> Call<ListResourceGroups, M> {
    /// Lists only the group with this id. Defaults to no filter.
    pub fn id(self, id: impl IntoId<ResourceGroupId>) -> Self {
        self.try_with(id.into_id(), |list, id| list.id = Some(id.to_string()))
    }

    /// Lists only groups with this name. Defaults to no filter.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.with(|list| list.name = Some(name.into()))
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

impl List for ListResourceGroups {
    type Item = ResourceGroup;
    const RULE: PageRule = paging::RESOURCE_GROUPS;
    const ITEMS: &'static str = "/result";

    fn place(&mut self) -> PageFields<'_> {
        PageFields::Numbered {
            page: &mut self.page,
            page_size: &mut self.per_page,
        }
    }

    fn page(&self, reply: ResourceGroupList, meta: &mut ResponseMeta) -> Result<Page<ResourceGroup>> {
        let page = with_totals(reply.result, reply.result_info);
        opened(page, reply.messages, meta)
    }

    fn identity(group: &ResourceGroup) -> &str {
        group.id.as_str()
    }
}
