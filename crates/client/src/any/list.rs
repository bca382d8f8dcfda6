//! Lists for which there is no operation.

use std::borrow::Cow;
use std::hash::Hasher;

use account_provisioning_core::{
    BaseUrl, BuildError, Clock, Error, ErrorKind, MakeError as _, MakePage as _, OperationInfo, Page, PageRule,
    PageStyle, ReplyKind, Request, ResponseMeta, Result,
};
use serde_json::Value;

use super::AnyRequest;
use crate::call::Call;
use crate::left_out;
use crate::list::{List, PageFields, refuse_empty_pages};

/// A list with any path; made by `list` of a call such as `get`.
#[derive(Clone, Debug)]
pub struct AnyList {
    request: AnyRequest,
    style: PageStyle,
    /// Where the items are, as a JSON pointer.
    items: String,
    page: Option<i64>,
    page_size: Option<i64>,
    cursor: Option<String>,
}

impl AnyList {
    pub(super) fn new(request: AnyRequest, style: PageStyle, items: String) -> Self {
        let items = match items.as_str() {
            "" => items,
            name => format!("/{name}"),
        };
        Self {
            request,
            style,
            items,
            page: None,
            page_size: None,
            cursor: None,
        }
    }
}

impl Request for AnyList {
    type Reply = Value;
    const REPLY: ReplyKind = <AnyRequest as Request>::REPLY;
    const OPERATION: &'static OperationInfo = <AnyRequest as Request>::OPERATION;

    fn reply(&self) -> ReplyKind {
        self.request.reply()
    }

    fn operation(&self) -> &OperationInfo {
        self.request.operation()
    }

    fn build(&self, base_url: &BaseUrl, http: &reqwest::Client) -> Result<reqwest::Request, BuildError> {
        let mut request = self.request.clone();
        let service = request.service;
        let mut add = |name: &str, value: Option<String>| {
            request.query.extend(value.map(|value| (name.to_owned(), value)));
        };
        add(service.page, self.page.map(|page| page.to_string()));
        add(service.page_size, self.page_size.map(|size| size.to_string()));
        add(service.cursor, self.cursor.clone());
        request.build(base_url, http)
    }
}

impl List for AnyList {
    type Item = Value;
    const RULE: PageRule = PageRule::single("any");
    const ITEMS: &'static str = "";

    fn items(&self) -> &str {
        &self.items
    }

    // `place` gives the page size of numbered pages alone, since only those have one by default.
    fn prepare(&mut self, _: &dyn Clock) -> Result<()> {
        refuse_empty_pages(self.page_size.map(|size| u32::try_from(size).unwrap_or(0)))
    }

    fn rule(&self) -> PageRule {
        let operation = self.operation().operation_id;
        match self.style {
            PageStyle::Numbered => PageRule::numbered(operation, self.request.service.default_size, None),
            PageStyle::Cursor => PageRule::cursor(operation, 0),
            _ => PageRule::single(operation),
        }
    }

    fn name(&self) -> Cow<'_, str> {
        let operation = self.operation();
        Cow::Owned(format!("{} {}", operation.operation_id, operation.path))
    }

    fn place(&mut self) -> PageFields<'_> {
        match self.style {
            PageStyle::Numbered => PageFields::Numbered {
                page: &mut self.page,
                page_size: &mut self.page_size,
            },
            PageStyle::Cursor => PageFields::Cursor {
                cursor: &mut self.cursor,
                page_size: None,
            },
            _ => PageFields::Whole,
        }
    }

    fn page(&self, mut reply: Value, _: &mut ResponseMeta) -> Result<Page<Value>> {
        let info = |name| reply.get("result_info").and_then(|info| info.get(name));
        let total = info("total_count").or_else(|| reply.get("total"));
        let total = total.or_else(|| reply.get("total_count")).and_then(Value::as_u64);
        let pages = info("total_pages").and_then(Value::as_u64);
        let cursor = left_out::cursor_of(&reply);
        let items = match reply.pointer_mut(&self.items).map(Value::take) {
            Some(Value::Array(items)) => items,
            Some(Value::Null) => Vec::new(),
            _ => {
                let place = match self.items.as_str() {
                    "" => "is no list".to_owned(),
                    items => format!("has no list at `{}`", &items[1..]),
                };
                let message = format!("the reply {place}: name the field that has the items");
                return Err(Error::new(ErrorKind::Decode, message));
            }
        };
        Ok(Page::new(items)
            .with_total(total)
            .with_total_pages(pages.and_then(|pages| u32::try_from(pages).ok()))
            .with_next_cursor(cursor))
    }

    fn identity(item: &Value) -> &str {
        item.as_str().unwrap_or_default()
    }

    fn identify(item: &Value, hasher: &mut dyn Hasher) {
        hasher.write(item.to_string().as_bytes());
    }
}

/// Options of a list of `get`, `post` and `request` of each client.
impl<M> Call<AnyList, M> {
    /// Chooses a page, counted from 1, of a list with numbered pages. Defaults to the first; a stream reads them all and
    /// takes no page.
    pub fn page(self, page: u32) -> Self {
        self.with(|list| list.page = Some(page.into()))
    }

    /// Chooses a page of a list with cursors, by the cursor that the previous page returned. Defaults to the first; a stream
    /// reads them all and takes no cursor.
    pub fn cursor(self, cursor: impl Into<String>) -> Self {
        self.with(|list| list.cursor = Some(cursor.into()))
    }

    /// Sets how many items a page has at most. Defaults to the vendor's largest known page for numbered pages, and to the
    /// vendor's default for cursors.
    pub fn page_size(self, size: u32) -> Self {
        self.with(|list| list.page_size = Some(size.into()))
    }
}
