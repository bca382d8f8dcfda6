//! Lists: one page, a stream of pages, a stream of items.

use std::borrow::Cow;
use std::hash::Hasher;
use std::sync::{Arc, Mutex, PoisonError};

use account_provisioning_core::time::Clock;
use account_provisioning_core::{
    AskedFor, CallOptions, Checkpoint, Error, Items, MakeError as _, MakePage as _, Page, PageRequest, PageRule,
    PageSource, PageStyle, Pages, Position, Request, Response, ResponseMeta, Result, Transport, failed_pages,
    read_pages,
};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use futures_util::{StreamExt as _, TryStreamExt as _};
use serde::de::DeserializeOwned;

use crate::call::sealed::Sealed;
use crate::call::{Call, Mode};
use crate::left_out;

/// A call that lists things: await it for one page, or read the whole list with [`stream`](Call::stream),
/// [`pages`](Call::pages) or [`collect`](Call::collect).
pub type Pager<L> = Call<L, Paged>;

/// A request for one page of a list.
///
/// This crate implements it for the list operations of the services; it may gain required methods in any release.
pub trait List: Request {
    /// What the list is of.
    type Item: DeserializeOwned + Send + 'static;
    /// How the operation is paged.
    #[doc(hidden)]
    const RULE: PageRule;
    /// Where the items are in the reply, as a JSON pointer.
    #[doc(hidden)]
    const ITEMS: &'static str;

    /// Where the items of this list are in the reply, as a JSON pointer.
    #[doc(hidden)]
    fn items(&self) -> &str {
        Self::ITEMS
    }

    /// How this list is paged.
    #[doc(hidden)]
    fn rule(&self) -> PageRule {
        Self::RULE
    }

    /// The name of this list in a checkpoint.
    #[doc(hidden)]
    fn name(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.rule().operation)
    }

    /// Where page number, cursor and page size go.
    #[doc(hidden)]
    fn place(&mut self) -> PageFields<'_> {
        PageFields::Whole
    }

    /// Takes the items out of a response, and what it says about the whole list.
    #[doc(hidden)]
    fn page(&self, reply: Self::Reply, meta: &mut ResponseMeta) -> Result<Page<Self::Item>>;

    /// What distinguishes one item from another.
    #[doc(hidden)]
    fn identity(item: &Self::Item) -> &str;

    /// Adds what distinguishes one item from another to the fingerprint of its page.
    #[doc(hidden)]
    fn identify(item: &Self::Item, hasher: &mut dyn Hasher) {
        hasher.write(Self::identity(item).as_bytes());
    }

    /// Refuses arguments that don't go together, and fills in what all pages share.
    #[doc(hidden)]
    fn prepare(&mut self, _clock: &dyn Clock) -> Result<()> {
        Ok(())
    }

    /// How many requests the filters by identifier need, since the vendor limits the identifiers in one request.
    #[doc(hidden)]
    fn segments(&self) -> usize {
        1
    }

    /// What one of these requests asks for, when items are asked for by identifier.
    #[doc(hidden)]
    fn asked_for(&self, _segment: usize) -> Option<AskedFor> {
        None
    }

    /// The identifier by which an item was asked for, in a form in which equal identifiers are equal texts.
    #[doc(hidden)]
    fn key(&self, _item: &Self::Item) -> Option<String> {
        None
    }

    /// Keeps the identifiers of one of these requests.
    #[doc(hidden)]
    fn keep_segment(&mut self, _segment: usize) {}
}

/// The fields of a list's request that choose a page.
#[doc(hidden)]
#[derive(Debug)]
#[allow(clippy::exhaustive_enums, reason = "only this crate implements lists")]
pub enum PageFields<'a> {
    /// The list is not paged.
    Whole,
    /// Pages have numbers.
    Numbered {
        page: &'a mut Option<i64>,
        page_size: &'a mut Option<i64>,
    },
    /// Each page gives the cursor of the next.
    Cursor {
        cursor: &'a mut Option<String>,
        page_size: Option<&'a mut Option<i64>>,
    },
}

impl PageFields<'_> {
    /// The page that the caller chose; `None` for the first.
    fn chosen(&self) -> Option<Position> {
        match self {
            Self::Whole => None,
            Self::Numbered { page, .. } => page.map(|page| Position::Number(u32::try_from(page).unwrap_or(0))),
            Self::Cursor { cursor, .. } => cursor.as_ref().map(|cursor| Position::Cursor(Some(cursor.clone()))),
        }
    }

    /// The page size that the caller chose.
    fn size(&self) -> Option<u32> {
        let size = match self {
            Self::Whole => None,
            Self::Numbered { page_size, .. } => **page_size,
            Self::Cursor { page_size, .. } => page_size.as_deref().copied().flatten(),
        };
        size.map(|size| u32::try_from(size).unwrap_or(0))
    }

    /// Writes a page into the request.
    fn set(self, position: &Position, size: u32) {
        match (self, position) {
            (Self::Numbered { page, page_size }, Position::Number(number)) => {
                *page = Some(i64::from(*number));
                *page_size = Some(i64::from(size));
            }
            (Self::Cursor { cursor, page_size }, Position::Cursor(given)) => {
                cursor.clone_from(given);
                if let Some(page_size) = page_size {
                    *page_size = Some(i64::from(size));
                }
            }
            _ => {}
        }
    }
}

/// The call lists things; awaiting it fetches exactly one page.
///
/// With a filter by identifier and no page chosen, awaiting fetches everything that was asked for, in several requests
/// if the vendor takes no more at once. They share the call's time limit, and [`Call::response`] describes the last
/// response.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Paged;

impl Sealed for Paged {}

impl<L: List> Mode<L> for Paged {
    type Value = Page<L::Item>;
    type Output = Page<L::Item>;

    async fn send(transport: Transport, mut list: L, options: CallOptions) -> Result<Response<Page<L::Item>>> {
        check(&mut list, &transport)?;
        let rule = list.rule();
        let place = list.place();
        let (chosen, size) = (place.chosen(), place.size().unwrap_or(rule.page_size));
        if chosen.is_none() && list.asked_for(0).is_some() {
            return whole_list(transport, list, options.as_one_call()).await;
        }
        let position = chosen.unwrap_or_else(|| rule.start());
        let request = PageRequest::new(0, position, size);
        // One page is all that is returned, so a list that has no others must be whole.
        let whole = rule.style == PageStyle::Single;
        one_page(&transport, list, request, whole, &options).await
    }

    fn output(response: Response<Page<L::Item>>) -> Page<L::Item> {
        response.into_value()
    }
}

/// Fetches one page. If it is the `whole` list, a reply that leaves something out is an error.
async fn one_page<L: List>(
    transport: &Transport,
    mut list: L,
    request: PageRequest,
    whole: bool,
    options: &CallOptions,
) -> Result<Response<Page<L::Item>>> {
    list.keep_segment(request.segment);
    list.place().set(&request.position, request.page_size);
    let read = |reply, meta: &mut ResponseMeta, body: &Bytes| {
        let page = list.page(reply, meta)?;
        let page = match request.position {
            Position::Number(number) => page.numbered(number, request.page_size),
            Position::Only => page.with_next_cursor(left_out::next_cursor(body)),
            _ => page,
        };
        if whole && page.next_cursor.is_some() {
            return Err(left_out::error());
        }
        Ok(page)
    };
    transport.send_as(&list, options, read).await
}

/// Fetches all pages, joined into one.
pub(crate) async fn whole_list<L: List>(
    transport: Transport,
    list: L,
    options: CallOptions,
) -> Result<Response<Page<L::Item>>> {
    let last = Arc::default();
    let mut pages = read_pages(source(transport, list, options, Arc::clone(&last)), None, None);
    let mut items = Vec::new();
    while let Some(page) = pages.next().await {
        items.extend(page?);
    }
    let last = last.lock().unwrap_or_else(PoisonError::into_inner).take();
    let last = last.ok_or_else(|| Error::invalid_input("a list split into no request at all"))?;
    Ok(Response::new(Page::new(items), last.meta, last.body))
}

impl<L: List> Call<L, Paged> {
    /// Reads the whole list as a stream of items, fetching pages as they are needed and a little ahead.
    ///
    /// If the first page gives the total, up to 8 requests are under way at a time, otherwise one;
    /// [`stream_ahead`](Self::stream_ahead) changes that.
    ///
    /// Nothing is sent before the first item is asked for. A problem with an argument is the stream's first item.
    /// The stream ends after its first error.
    pub fn stream(self) -> Items<L::Item> {
        self.pages().items()
    }

    /// Reads the whole list as a stream of pages; see [`stream`](Self::stream).
    pub fn pages(self) -> Pages<L::Item> {
        self.read(None, None)
    }

    /// Continues at a checkpoint: give the list the same filters that it was begun with. The page size is the
    /// checkpoint's, since page numbers mean nothing with another.
    pub fn resume(self, from: Checkpoint) -> Items<L::Item> {
        self.read(Some(from), None).items()
    }

    /// Reads the whole list as a stream of items, with this many pages fetched before they are asked for.
    ///
    /// [`stream`](Self::stream) fetches 7 ahead when the first page gives the total, and 1 otherwise; more than 1 has
    /// an effect only with a total. 0 fetches each page when it is asked for.
    ///
    /// While a page is waited for, one request more is under way: 8 by default. The list holds as many pages in memory.
    pub fn stream_ahead(self, pages: usize) -> Items<L::Item> {
        self.read(None, Some(pages)).items()
    }

    /// Reads the whole list into memory.
    ///
    /// # Errors
    /// The first error of any page; what was read before is lost, so prefer [`stream`](Self::stream) for long lists.
    pub async fn collect(self) -> Result<Vec<L::Item>> {
        self.stream().try_collect().await
    }

    fn read(self, from: Option<Checkpoint>, ahead: Option<usize>) -> Pages<L::Item> {
        self.read_noting(from, ahead, Arc::default())
    }

    /// Reads the list, and leaves its last response in `last`.
    pub(crate) fn read_noting(self, from: Option<Checkpoint>, ahead: Option<usize>, last: Last) -> Pages<L::Item> {
        let (transport, list, options) = self.into_parts();
        let checked = list.and_then(|mut list| {
            check(&mut list, &transport)?;
            refuse_single_page(list.place().chosen().as_ref())?;
            Ok(list)
        });
        match checked {
            Ok(list) => read_pages(source(transport, list, options, last), from, ahead),
            Err(problem) => failed_pages(problem),
        }
    }
}

fn refuse_single_page(chosen: Option<&Position>) -> Result<()> {
    let field = match chosen {
        None => return Ok(()),
        Some(Position::Cursor(_)) => "cursor",
        Some(_) => "page",
    };
    Err(Error::invalid_input(format!(
        "`{field}` chooses a single page, which is fetched by awaiting the call; leave it out to read the whole list",
    )))
}

/// Refuses a page size of 0.
pub(crate) fn refuse_empty_pages(size: Option<u32>) -> Result<()> {
    match size {
        Some(0) => Err(Error::invalid_input(
            "`page_size`: a page of 0 items holds nothing; use at least 1",
        )),
        _ => Ok(()),
    }
}

/// Refuses arguments of a list that can't be sent.
fn check<L: List>(list: &mut L, transport: &Transport) -> Result<()> {
    list.prepare(&**transport.clock())?;
    let place = list.place();
    let (chosen, size) = (place.chosen(), place.size());
    if matches!(&chosen, Some(Position::Cursor(Some(cursor))) if cursor.is_empty()) {
        return Err(Error::invalid_input(
            "`cursor`: the empty text is no cursor; leave it out for the first page",
        ));
    }
    refuse_empty_pages(size)?;
    let Some(Position::Number(page)) = chosen else {
        return Ok(());
    };
    if page == 0 {
        return Err(Error::invalid_input("`page`: 0 is no page; pages are counted from 1"));
    }
    if let Some(last) = list.rule().last_page.filter(|last| page > *last) {
        return Err(Error::invalid_input(format!(
            "`page`: {page} is past the last page that the service returns, {last}"
        )));
    }
    if list.segments() > 1 {
        return Err(Error::invalid_input(format!(
            "`page`: a list of more than {} identifiers is sent in several requests, which have no common pages; leave \
             `page` out",
            crate::lookup::PER_REQUEST
        )));
    }
    Ok(())
}

/// The last response of a list, for callers that want it.
pub(crate) type Last = Arc<Mutex<Option<LastResponse>>>;

/// The response of one page.
pub(crate) struct LastResponse {
    pub(crate) meta: ResponseMeta,
    body: Bytes,
    /// When it was received, by the client's clock.
    #[cfg_attr(
        not(feature = "cloudflare"),
        allow(dead_code, reason = "only the follower of audit logs asks for it")
    )]
    pub(crate) received: DateTime<Utc>,
}

fn source<L: List>(transport: Transport, list: L, options: CallOptions, last: Last) -> Arc<dyn PageSource<L::Item>> {
    Arc::new(Source {
        transport,
        list,
        options,
        last,
    })
}

struct Source<L> {
    transport: Transport,
    list: L,
    options: CallOptions,
    last: Last,
}

impl<L: List> PageSource<L::Item> for Source<L> {
    fn rule(&self) -> PageRule {
        self.list.rule()
    }

    fn name(&self) -> Cow<'_, str> {
        self.list.name()
    }

    fn page_size(&self) -> Option<u32> {
        self.list.clone().place().size()
    }

    fn segments(&self) -> usize {
        self.list.segments()
    }

    fn asked_for(&self, segment: usize) -> Option<AskedFor> {
        self.list.asked_for(segment)
    }

    fn key(&self, item: &L::Item) -> Option<String> {
        self.list.key(item)
    }

    fn identify(&self, item: &L::Item, hasher: &mut dyn Hasher) {
        L::identify(item, hasher);
    }

    fn fetch(&self, request: PageRequest) -> BoxFuture<'static, Result<Page<L::Item>>> {
        let (transport, list, options) = (self.transport.clone(), self.list.clone(), self.options.clone());
        let last = Arc::clone(&self.last);
        Box::pin(async move {
            let Response { value, meta, body, .. } = one_page(&transport, list, request, false, &options).await?;
            let received = transport.clock().now();
            *last.lock().unwrap_or_else(PoisonError::into_inner) = Some(LastResponse { meta, body, received });
            Ok(value)
        })
    }
}
