//! Listing accounts.

use account_provisioning_core::{Page, PageRule, ResponseMeta, Result};

use super::super::envelope::{opened, with_totals};
use super::super::requests::ListAccounts;
use super::super::types::AccountList;
use super::super::{Account, SortOrder, paging};
use crate::call::Call;
use crate::list::{List, PageFields};

/// Options of [`Accounts::list`](super::Accounts::list).
impl<M> Call<ListAccounts, M> {
    /// Lists only accounts with this name. Defaults to no filter.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.with(|list| list.name = Some(name.into()))
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

    /// Sets how many accounts a page contains (`per_page`). Defaults to 50, the vendor's maximum; its minimum is 5.
    #[doc(alias = "per_page")]
    pub fn page_size(self, size: u32) -> Self {
        self.with(|list| list.per_page = Some(size.into()))
    }
}

impl List for ListAccounts {
    type Item = Account;
    const RULE: PageRule = paging::ACCOUNTS;
    const ITEMS: &'static str = "/result";

    fn place(&mut self) -> PageFields<'_> {
        PageFields::Numbered {
            page: &mut self.page,
            page_size: &mut self.per_page,
        }
    }

    fn page(&self, reply: AccountList, meta: &mut ResponseMeta) -> Result<Page<Account>> {
        let page = with_totals(reply.result, reply.result_info);
        opened(page, reply.messages, meta)
    }

    fn identity(account: &Account) -> &str {
        account.id.as_str()
    }
}
