//! A list whose pages are defined in advance.

use std::collections::HashMap;
use std::hash::Hasher;
use std::sync::{Arc, Mutex};

use account_provisioning_core::{
    Checkpoint, Error, ErrorKind, Items, MakeError as _, MakePage as _, Page, PageRequest, PageRule, PageSource, Pages,
    Position, Result, read_pages,
};
use futures::future::BoxFuture;
use futures::{FutureExt as _, StreamExt as _};

/// Returns the defined page for each position, and records the requests.
#[derive(Clone)]
pub(crate) struct Script {
    rule: PageRule,
    pages: Arc<HashMap<String, Page<u32>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Script {
    pub(crate) fn new(rule: PageRule, pages: impl IntoIterator<Item = (&'static str, Page<u32>)>) -> Self {
        let pages = pages.into_iter().map(|(name, page)| (name.to_owned(), page)).collect();
        Self {
            rule,
            pages: Arc::new(pages),
            asked: Arc::default(),
        }
    }

    pub(crate) fn pages(&self) -> Pages<u32> {
        read_pages(Arc::new(self.clone()), None, None)
    }

    pub(crate) fn resume(&self, from: Checkpoint) -> Items<u32> {
        read_pages(Arc::new(self.clone()), Some(from), None).items()
    }

    /// The requested positions, in order.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    /// Reads to the end: the items, and the error if there was one.
    pub(crate) async fn read(&self) -> (Vec<u32>, Option<Error>) {
        read(self.pages().items()).await
    }
}

/// Reads a stream to its end.
pub(crate) async fn read(mut items: Items<u32>) -> (Vec<u32>, Option<Error>) {
    let mut read = Vec::new();
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => read.push(item),
            Err(error) => {
                assert!(items.next().await.is_none(), "a stream ends after its error");
                return (read, Some(error));
            }
        }
    }
    (read, None)
}

/// A page of items with the cursor of the next page.
pub(crate) fn cursor(items: &[u32], next: Option<&str>) -> Page<u32> {
    Page::new(items.to_vec()).with_next_cursor(next.map(str::to_owned))
}

impl PageSource<u32> for Script {
    fn rule(&self) -> PageRule {
        self.rule
    }

    fn page_size(&self) -> Option<u32> {
        None
    }

    fn identify(&self, item: &u32, hasher: &mut dyn Hasher) {
        hasher.write_u32(*item);
    }

    fn fetch(&self, request: PageRequest) -> BoxFuture<'static, Result<Page<u32>>> {
        let name = match request.position {
            Position::Number(number) => number.to_string(),
            Position::Cursor(cursor) => cursor.unwrap_or_else(|| "start".to_owned()),
            _ => "only".to_owned(),
        };
        self.asked.lock().unwrap().push(name.clone());
        let page = self.pages.get(&name).cloned();
        let missing = || Error::new(ErrorKind::NotFound, format!("no page {name}")).with_operation("listThings");
        std::future::ready(page.ok_or_else(missing)).boxed()
    }
}
