//! Listing tokens.

use account_provisioning_core::{CallOptions, Page, PageRequest, PageRule, Response, Result};
use futures::future::BoxFuture;

use super::super::envelope::{note, numbered};
use super::super::target::Target;
use super::super::{SortDirection, Token, paging};
use crate::call::Call;
use crate::list::{Chosen, ListOperation, listing};
use crate::started::fetch;

/// Lists tokens; made by [`Tokens::list`](super::Tokens::list).
#[derive(Clone, Debug)]
pub struct ListTokens {
    pub(super) target: Target,
    pub(super) direction: Option<SortDirection>,
    pub(super) include_expired: Option<bool>,
    pub(super) chosen: Chosen,
}

impl Call<ListTokens> {
    /// Sets the direction of the order. Defaults to the vendor's, which it doesn't document.
    pub fn direction(self, direction: impl Into<SortDirection>) -> Self {
        self.with(|list| list.direction = Some(direction.into()))
    }

    /// Says whether expired tokens are listed too. Defaults to the vendor's choice, which it doesn't document. Known from
    /// the vendor's newer clients alone.
    pub fn include_expired(self, include: bool) -> Self {
        self.with(|list| list.include_expired = Some(include))
    }

    /// Chooses a page, from 1. Defaults to the first; a stream reads them all and takes no page.
    pub fn page(self, page: u32) -> Self {
        self.with(|list| list.chosen.page = Some(page))
    }

    /// Sets how many tokens a page holds. Defaults to 50, the vendor's largest; its smallest is 5.
    pub fn page_size(self, size: u32) -> Self {
        self.with(|list| list.chosen.page_size = Some(size))
    }
}

impl ListOperation for ListTokens {
    type Entry = Token;
    const RULE: PageRule = paging::TOKENS;

    fn identity(token: &Token) -> &str {
        &token.id
    }

    fn chosen(&self) -> Chosen {
        self.chosen.clone()
    }

    fn fetch(self, request: PageRequest, options: CallOptions) -> BoxFuture<'static, Result<Response<Page<Token>>>> {
        let (number, size) = (paging::number(&request), request.page_size);
        fetch!(
            |self, low, account| low.list_tokens(
                account,
                self.direction.clone(),
                self.include_expired,
                Some(i64::from(number)),
                Some(i64::from(size))
            ),
            |reply, meta| {
                note(reply.messages, meta);
                Ok(numbered(reply.result, reply.result_info, number, size))
            },
            options
        )
    }
}
listing!(ListTokens of Token);
