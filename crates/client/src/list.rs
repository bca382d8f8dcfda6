//! Lists: one page, a stream of pages, a stream of items.

use std::hash::Hasher;
use std::sync::{Arc, Mutex, PoisonError};

use account_provisioning_core::{
    CallOptions, Checkpoint, Error, Items, Page, PageRequest, PageRule, PageSource, PageStyle, Pages, Position,
    Response, ResponseMeta, Result,
};
use futures::future::BoxFuture;
use futures::{StreamExt as _, TryStreamExt as _};

use crate::call::{Call, Operation};
use crate::sealed::Pageable;

/// An operation that lists things. Awaiting its [`Call`] fetches exactly one page.
///
/// With a filter by identifier and no page chosen, awaiting fetches everything that was asked for, in several requests
/// where the vendor takes no more at once; they share the call's limit of time, and [`Call::response`] tells of the last.
pub trait Listing:
    Operation<Output = Page<<Self as Listing>::Item>> + Pageable<Entry = <Self as Listing>::Item>
{
    /// What the list is of.
    type Item: Send + 'static;
}

impl<O: Listing> Call<O> {
    /// Reads the whole list as a stream of items, fetching pages as they are needed and a little ahead.
    ///
    /// Nothing is sent before the first item is asked for. A problem with an argument is the stream's first item.
    /// The stream ends after its first error.
    pub fn stream(self) -> Items<<O as Listing>::Item> {
        self.pages().items()
    }

    /// Reads the whole list as a stream of pages; see [`stream`](Self::stream).
    pub fn pages(self) -> Pages<<O as Listing>::Item> {
        self.read(None, None)
    }

    /// Goes on where a checkpoint says: give the list the same filters that it was begun with. The page size is the
    /// checkpoint's, since page numbers mean nothing with another.
    pub fn resume(self, from: Checkpoint) -> Items<<O as Listing>::Item> {
        self.read(Some(from), None).items()
    }

    /// Reads the whole list as a stream of items, with so many pages fetched before they are asked for.
    ///
    /// [`stream`](Self::stream) fetches 3 ahead where the first page tells the total, and 1 elsewhere; more than 1 has
    /// an effect only with a total. 0 fetches each page when it is asked for.
    pub fn stream_ahead(self, pages: usize) -> Items<<O as Listing>::Item> {
        self.read(None, Some(pages)).items()
    }

    /// Reads the whole list into memory.
    ///
    /// # Errors
    /// The first error of any page; what was read before is lost, so prefer [`stream`](Self::stream) for long lists.
    pub async fn collect(self) -> Result<Vec<<O as Listing>::Item>> {
        self.stream().try_collect().await
    }

    fn read(self, from: Option<Checkpoint>, ahead: Option<usize>) -> Pages<<O as Listing>::Item> {
        match self.operation.and_then(|operation| operation.into_source(self.options)) {
            Ok(source) => Pages::new(source, from, ahead),
            Err(problem) => Pages::failing(problem),
        }
    }
}

/// What the caller chose of the paging.
#[derive(Clone, Debug, Default)]
pub(crate) struct Chosen {
    pub(crate) page: Option<u32>,
    pub(crate) page_size: Option<u32>,
    /// Where a list by cursor begins.
    pub(crate) cursor: Option<String>,
}

/// What a list operation tells the shared machinery.
pub(crate) trait ListOperation: Clone + Send + Sync + 'static {
    /// What the list is of.
    type Entry: Send + 'static;
    /// How the operation is paged.
    const RULE: PageRule;

    /// Tells one item from another.
    fn identity(entry: &Self::Entry) -> &str;

    /// Adds what tells one item from another to the fingerprint of its page.
    fn identify(entry: &Self::Entry, hasher: &mut dyn Hasher) {
        hasher.write(Self::identity(entry).as_bytes());
    }

    /// What the caller chose of the paging.
    fn chosen(&self) -> Chosen {
        Chosen::default()
    }

    /// Refuses arguments that don't go together.
    fn check(&self) -> Result<()> {
        Ok(())
    }

    /// How many requests the filters by identifier take.
    fn segments(&self) -> usize {
        1
    }

    /// How many items one of them can have, when items are asked for by identifier.
    fn asked_for(&self, _segment: usize) -> Option<usize> {
        None
    }

    /// Fetches one page.
    fn fetch(
        self,
        request: PageRequest,
        options: CallOptions,
    ) -> BoxFuture<'static, Result<Response<Page<Self::Entry>>>>;
}

/// Fetches the page that the caller chose; or, with a filter by identifier, everything that it asks for, joined.
pub(crate) fn one_page<O: ListOperation>(
    operation: O,
    options: CallOptions,
) -> BoxFuture<'static, Result<Response<Page<O::Entry>>>> {
    if let Err(problem) = check(&operation) {
        return Box::pin(std::future::ready(Err(problem)));
    }
    let chosen = operation.chosen();
    if chosen.page.is_none() && operation.asked_for(0).is_some() {
        return Box::pin(joined(operation, options.as_one_call()));
    }
    let position = match O::RULE.style {
        PageStyle::Numbered => Position::Number(chosen.page.unwrap_or(1)),
        PageStyle::Cursor => Position::Cursor(chosen.cursor),
        _ => Position::Only,
    };
    let size = chosen.page_size.unwrap_or(O::RULE.page_size);
    operation.fetch(PageRequest::new(0, position, size), options)
}

async fn joined<O: ListOperation>(operation: O, options: CallOptions) -> Result<Response<Page<O::Entry>>> {
    let source = Arc::new(Source {
        operation,
        options,
        last: Arc::default(),
    });
    let last = Arc::clone(&source.last);
    let mut pages = Pages::new(source, None, None);
    let mut items = Vec::new();
    while let Some(page) = pages.next().await {
        items.extend(page?);
    }
    let meta = last.lock().unwrap_or_else(PoisonError::into_inner).take();
    let meta = meta.ok_or_else(|| Error::invalid_input("a list split into no request at all"))?;
    Ok(Response::new(Page::new(items), meta))
}

/// Makes the source of a stream.
pub(crate) fn source<O: ListOperation>(operation: O, options: CallOptions) -> Result<Arc<dyn PageSource<O::Entry>>> {
    check(&operation)?;
    let chosen = operation.chosen();
    for (field, given) in [("page", chosen.page.is_some()), ("cursor", chosen.cursor.is_some())] {
        if given {
            return Err(Error::invalid_input(format!(
                "`{field}` chooses a single page, which is fetched by awaiting the call; leave it out to read the whole \
                 list",
            )));
        }
    }
    Ok(Arc::new(Source {
        operation,
        options,
        last: Arc::default(),
    }))
}

fn check<O: ListOperation>(operation: &O) -> Result<()> {
    operation.check()?;
    let Chosen {
        page,
        page_size,
        cursor,
    } = operation.chosen();
    if cursor.is_some_and(|cursor| cursor.is_empty()) {
        return Err(Error::invalid_input(
            "`cursor`: the empty text is no cursor; leave it out for the first page",
        ));
    }
    if page == Some(0) {
        return Err(Error::invalid_input("`page`: 0 is no page; pages are counted from 1"));
    }
    if page_size == Some(0) {
        return Err(Error::invalid_input(
            "`page_size`: a page of 0 items holds nothing; use at least 1",
        ));
    }
    if let (Some(page), Some(last)) = (page, O::RULE.last_page)
        && page > last
    {
        return Err(Error::invalid_input(format!(
            "`page`: {page} is past the last page that the service hands out, {last}"
        )));
    }
    if page.is_some() && operation.segments() > 1 {
        return Err(Error::invalid_input(format!(
            "`page`: a list of more than {} identifiers is sent in several requests, which have no common pages; leave \
             `page` out",
            crate::lookup::PER_REQUEST
        )));
    }
    Ok(())
}

struct Source<O> {
    operation: O,
    options: CallOptions,
    /// The reply of the last page, for callers that want one.
    last: Arc<Mutex<Option<ResponseMeta>>>,
}

impl<O: ListOperation> PageSource<O::Entry> for Source<O> {
    fn rule(&self) -> PageRule {
        O::RULE
    }

    fn page_size(&self) -> Option<u32> {
        self.operation.chosen().page_size
    }

    fn segments(&self) -> usize {
        self.operation.segments()
    }

    fn asked_for(&self, segment: usize) -> Option<usize> {
        self.operation.asked_for(segment)
    }

    fn identify(&self, entry: &O::Entry, hasher: &mut dyn Hasher) {
        O::identify(entry, hasher);
    }

    fn fetch(&self, request: PageRequest) -> BoxFuture<'static, Result<Page<O::Entry>>> {
        let fetched = self.operation.clone().fetch(request, self.options.clone());
        let last = Arc::clone(&self.last);
        Box::pin(async move {
            let Response { value, meta, .. } = fetched.await?;
            *last.lock().unwrap_or_else(PoisonError::into_inner) = Some(meta);
            Ok(value)
        })
    }
}

/// Makes a [`ListOperation`] awaitable and streamable.
macro_rules! listing {
    ($name:ident of $entry:ty) => {
        impl $crate::call::Operation for $name {
            type Output = account_provisioning_core::Page<$entry>;
        }

        impl $crate::list::Listing for $name {
            type Item = $entry;
        }

        impl $crate::sealed::Execute for $name {
            type Value = account_provisioning_core::Page<$entry>;

            fn execute(
                self,
                options: account_provisioning_core::CallOptions,
            ) -> futures::future::BoxFuture<'static, $crate::Result<account_provisioning_core::Response<Self::Value>>>
            {
                $crate::list::one_page(self, options)
            }
        }

        impl $crate::sealed::Pageable for $name {
            type Entry = $entry;

            fn into_source(
                self,
                options: account_provisioning_core::CallOptions,
            ) -> $crate::Result<std::sync::Arc<dyn account_provisioning_core::PageSource<$entry>>> {
                $crate::list::source(self, options)
            }
        }
    };
}
pub(crate) use listing;
