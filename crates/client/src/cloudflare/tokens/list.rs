//! Listing tokens.

use account_provisioning_core::{Page, PageRule, ResponseMeta, Result};

use super::super::envelope::{opened, with_totals};
use super::super::requests::ListTokens;
use super::super::types::TokenList;
use super::super::{SortOrder, Token, paging};
use crate::call::Call;
use crate::list::{List, PageFields};

/// Options of [`Tokens::list`](super::Tokens::list).
impl<M> Call<ListTokens, M> {
    /// Sets the direction of the order (`direction`). Defaults to the vendor's, which is not documented.
    pub fn sort_order(self, order: impl Into<SortOrder>) -> Self {
        self.with(|list| list.direction = Some(order.into()))
    }

    /// Says whether expired tokens are listed too. Defaults to the vendor's choice, which is not documented. Only the
    /// vendor's newer clients have this option.
    pub fn include_expired(self, include: bool) -> Self {
        self.with(|list| list.include_expired = Some(include))
    }

    /// Chooses a page, from 1. Defaults to the first; a stream reads all pages and takes no page.
    pub fn page(self, page: u32) -> Self {
        self.with(|list| list.page = Some(page.into()))
    }

    /// Sets how many tokens a page contains (`per_page`). Defaults to 50, the vendor's maximum; its minimum is 5.
    pub fn page_size(self, size: u32) -> Self {
        self.with(|list| list.per_page = Some(size.into()))
    }
}

impl List for ListTokens {
    type Item = Token;
    const RULE: PageRule = paging::TOKENS;

    fn place(&mut self) -> PageFields<'_> {
        PageFields::Numbered {
            page: &mut self.page,
            page_size: &mut self.per_page,
        }
    }

    fn page(&self, reply: TokenList, meta: &mut ResponseMeta) -> Result<Page<Token>> {
        let page = with_totals(reply.result, reply.result_info);
        opened(page, reply.messages, meta)
    }

    fn identity(token: &Token) -> &str {
        token.id.as_str()
    }
}
