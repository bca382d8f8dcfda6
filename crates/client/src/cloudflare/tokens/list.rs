//! Listing tokens.

use account_provisioning_core::{Page, PageRule, ResponseMeta, Result};

use super::super::envelope::{opened, with_totals};
use super::super::requests::{ListTokens, ListUserTokens};
use super::super::types::TokenList as Reply;
use super::super::{SortOrder, Token, paging};
use crate::call::Call;
use crate::list::{List, PageFields};

/// A request that lists tokens: those of an account, or of the user. Implemented by this crate alone.
pub trait TokenList: List<Item = Token> {
    #[doc(hidden)]
    fn options(&mut self) -> TokenListOptions<'_>;
}

/// The fields of a request that lists tokens.
#[doc(hidden)]
#[derive(Debug)]
#[allow(clippy::exhaustive_structs, reason = "only this crate implements lists")]
pub struct TokenListOptions<'a> {
    pub direction: &'a mut Option<SortOrder>,
    pub include_expired: &'a mut Option<bool>,
    pub page: &'a mut Option<i64>,
    pub per_page: &'a mut Option<i64>,
}

impl TokenList for ListTokens {
    fn options(&mut self) -> TokenListOptions<'_> {
        TokenListOptions {
            direction: &mut self.direction,
            include_expired: &mut self.include_expired,
            page: &mut self.page,
            per_page: &mut self.per_page,
        }
    }
}

impl TokenList for ListUserTokens {
    fn options(&mut self) -> TokenListOptions<'_> {
        TokenListOptions {
            direction: &mut self.direction,
            include_expired: &mut self.include_expired,
            page: &mut self.page,
            per_page: &mut self.per_page,
        }
    }
}

/// Options of [`Tokens::list`](super::Tokens::list).
impl<L: TokenList, M> Call<L, M> {
    /// Sets the direction of the order (`direction`). Defaults to the vendor's, which is not documented.
    #[doc(alias = "direction")]
    pub fn sort_order(self, order: impl Into<SortOrder>) -> Self {
        self.with(|list| *list.options().direction = Some(order.into()))
    }

    /// Says whether expired tokens are listed too. Defaults to the vendor's choice, which is not documented. Only the
    /// vendor's newer clients have this option.
    pub fn include_expired(self, include: bool) -> Self {
        self.with(|list| *list.options().include_expired = Some(include))
    }

    /// Chooses a page, from 1. Defaults to the first; a stream reads all pages and takes no page.
    pub fn page(self, page: u32) -> Self {
        self.with(|list| *list.options().page = Some(page.into()))
    }

    /// Sets how many tokens a page contains (`per_page`). Defaults to 50, the vendor's maximum; its minimum is 5.
    #[doc(alias = "per_page")]
    pub fn page_size(self, size: u32) -> Self {
        self.with(|list| *list.options().per_page = Some(size.into()))
    }
}

fn place(options: TokenListOptions<'_>) -> PageFields<'_> {
    PageFields::Numbered {
        page: options.page,
        page_size: options.per_page,
    }
}

fn page(reply: Reply, meta: &mut ResponseMeta) -> Result<Page<Token>> {
    let page = with_totals(reply.result, reply.result_info);
    opened(page, reply.messages, meta)
}

impl List for ListTokens {
    type Item = Token;
    const RULE: PageRule = paging::TOKENS;
    const ITEMS: &'static str = "/result";

    fn place(&mut self) -> PageFields<'_> {
        place(self.options())
    }

    fn page(&self, reply: Reply, meta: &mut ResponseMeta) -> Result<Page<Token>> {
        page(reply, meta)
    }

    fn identity(token: &Token) -> &str {
        token.id.as_str()
    }
}

impl List for ListUserTokens {
    type Item = Token;
    const RULE: PageRule = paging::USER_TOKENS;
    const ITEMS: &'static str = "/result";

    fn place(&mut self) -> PageFields<'_> {
        place(self.options())
    }

    fn page(&self, reply: Reply, meta: &mut ResponseMeta) -> Result<Page<Token>> {
        page(reply, meta)
    }

    fn identity(token: &Token) -> &str {
        token.id.as_str()
    }
}
