//! Lists of a model server, whatever it says about them: all items, or a typed error, and never a silent end.

use std::collections::HashSet;
use std::hash::Hasher;
use std::sync::Arc;

use account_provisioning_core::{
    AskedFor, Checkpoint, Error, ErrorKind, MakePage as _, Page, PageRequest, PageRule, PageSource, Position, Result,
    read_pages,
};
use futures::FutureExt as _;
use futures::future::BoxFuture;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

use crate::script;

/// A server's pages, in order, each with what it says about the list. Past them, it answers with empty pages.
#[derive(Clone, Debug)]
struct Server {
    pages: Vec<Page<u32>>,
    rule: PageRule,
    asked_for: Option<AskedFor>,
}

const SIZE: u32 = 5;
const NUMBERED: PageRule = PageRule::numbered("listThings", SIZE, Some(60));
const CURSOR: PageRule = PageRule::cursor("listThings", SIZE);

impl Server {
    fn items(&self) -> Vec<u32> {
        self.pages.iter().flat_map(|page| page.items.clone()).collect()
    }

    fn read(&self, from: Option<Checkpoint>) -> (Vec<u32>, Option<Error>) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(script::read(read_pages(Arc::new(self.clone()), from, None).items()))
    }

    /// Whether a page before the last one says that it is the last, and nothing contradicts it: no reader can know better.
    fn lies_believably(&self) -> bool {
        let mut received = 0;
        let before_last = &self.pages[..self.pages.len().saturating_sub(1)];
        before_last.iter().enumerate().any(|(index, page)| {
            received += page.len() as u64;
            let number = index as u32 + 1;
            match (page.total, page.total_pages) {
                (Some(total), Some(pages)) => total == received && pages == number,
                (Some(total), None) => total == received,
                (None, Some(pages)) => pages == number,
                (None, None) => false,
            }
        })
    }
}

impl PageSource<u32> for Server {
    fn rule(&self) -> PageRule {
        self.rule
    }

    fn page_size(&self) -> Option<u32> {
        None
    }

    fn asked_for(&self, _: usize) -> Option<AskedFor> {
        self.asked_for
    }

    /// Ten items share each key.
    fn key(&self, item: &u32) -> Option<String> {
        self.asked_for.map(|_| (item / 10).to_string())
    }

    fn identify(&self, item: &u32, hasher: &mut dyn Hasher) {
        hasher.write_u32(*item);
    }

    fn fetch(&self, request: PageRequest) -> BoxFuture<'static, Result<Page<u32>>> {
        let index = match request.position {
            Position::Number(number) => number as usize - 1,
            Position::Cursor(cursor) => cursor.map_or(0, |cursor| cursor.parse().unwrap()),
            _ => 0,
        };
        // Past the end, it says what it said last.
        let past = self.pages.last().map_or_else(
            || Page::new(Vec::new()),
            |last| {
                Page::new(Vec::new())
                    .with_total(last.total)
                    .with_total_pages(last.total_pages)
            },
        );
        let page = self.pages.get(index).cloned().unwrap_or(past);
        std::future::ready(Ok(page)).boxed()
    }
}

/// A number that a page says: none, the right one, or any other.
fn said(right: u64) -> impl Strategy<Value = Option<u64>> {
    prop_oneof![
        Just(None),
        Just(Some(right)),
        of(0..right + 20),
        Just(Some(0)),
        Just(Some(u64::from(SIZE)))
    ]
}

/// Pages of these sizes, of the numbers from 0.
fn pages(sizes: &[u32]) -> Vec<Page<u32>> {
    let mut next = 0;
    let page = |size: &u32| {
        let items = (next..next + size).collect();
        next += size;
        Page::new(items)
    };
    sizes.iter().map(page).collect()
}

/// Numbered pages of a server that says the same on each of them, or something else on each.
fn numbered() -> impl Strategy<Value = Server> {
    let sizes = vec(1..=SIZE, 0..12);
    sizes.prop_flat_map(|sizes| {
        let count = sizes.len();
        let total = u64::from(sizes.iter().sum::<u32>());
        let both = || (said(total), said(count as u64));
        let said = prop_oneof![both().prop_map(move |both| vec![both; count]), vec(both(), count)];
        said.prop_map(move |said| {
            let with = |(page, (total, pages)): (Page<u32>, (Option<u64>, Option<u64>))| {
                page.with_total(total).with_total_pages(pages.map(|pages| pages as u32))
            };
            let pages = pages(&sizes).into_iter().zip(said).map(with).collect();
            Server {
                pages,
                rule: NUMBERED,
                asked_for: None,
            }
        })
    })
}

/// Pages with cursors, some of them empty, some of whose cursors lead back.
fn with_cursors() -> impl Strategy<Value = Server> {
    let runs = vec((0..=SIZE, prop_oneof![9 => Just(0_usize), 1 => 0..130_usize]), 1..8);
    (runs, of(0..8_usize), of(0..60_u64)).prop_map(|(runs, back, total)| {
        let sizes: Vec<u32> = runs
            .iter()
            .flat_map(|(size, empty)| [*size].into_iter().chain(std::iter::repeat_n(0, *empty)))
            .collect();
        let mut pages = pages(&sizes);
        let last = pages.len() - 1;
        for (index, page) in pages.iter_mut().enumerate() {
            let next = if index == last {
                back.filter(|back| *back < last)
            } else {
                Some(index + 1)
            };
            *page = page
                .clone()
                .with_total(total)
                .with_next_cursor(next.map(|next| next.to_string()));
        }
        Server {
            pages,
            rule: CURSOR,
            asked_for: None,
        }
    })
}

fn check(server: &Server) -> std::result::Result<(), TestCaseError> {
    let (read, error) = server.read(None);
    let items = server.items();
    prop_assert!(items.starts_with(&read), "{read:?}");
    match error {
        Some(error) => {
            prop_assert_eq!(error.kind(), ErrorKind::Paging, "{}", error);
            prop_assert_eq!(error.paging().unwrap().read, read.len() as u64);
        }
        None => prop_assert_eq!(read, items),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn numbered_list_of_any_pages_and_totals_is_whole_or_fails(server in numbered()) {
        if server.lies_believably() {
            prop_assert!(server.items().starts_with(&server.read(None).0));
        } else {
            check(&server)?;
        }
    }

    #[test]
    fn list_with_any_cursors_and_empty_pages_is_whole_or_fails(server in with_cursors()) {
        check(&server)?;
    }

    #[test]
    fn list_left_after_any_item_goes_on_with_the_next(sizes in vec(1..=SIZE, 1..10), left_after in 0..50_usize) {
        let server = Server { pages: pages(&sizes), rule: NUMBERED, asked_for: None };
        let items = server.items();
        let left_after = left_after.min(items.len());
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let checkpoint = runtime.block_on(async {
            let mut stream = read_pages(Arc::new(server.clone()), None, None).items();
            for _ in 0..left_after {
                futures::StreamExt::next(&mut stream).await.unwrap().unwrap();
            }
            stream.checkpoint()
        });
        let (rest, error) = server.read(Some(checkpoint));
        prop_assert!(error.is_none());
        prop_assert_eq!(&items[left_after..], rest);
    }

    /// The order of the items is the server's: those that share a key may be on any page.
    #[test]
    fn items_asked_for_by_a_shared_key_are_all_found(
        items in Just((0..30).collect::<Vec<u32>>()).prop_shuffle(),
        count in 1..30_usize,
        sizes in vec(1..=SIZE, 30),
    ) {
        let items = &items[..count];
        let keys = items.iter().map(|item| item / 10).collect::<HashSet<_>>().len();
        let mut rest = items;
        let mut pages = Vec::new();
        for size in sizes {
            let (page, others) = rest.split_at((size as usize).min(rest.len()));
            rest = others;
            // A page that isn't full is the last one, or the service clamps its size from the first page on.
            pages.push(Page::new(page.to_vec()));
        }
        pages.retain(|page| !page.is_empty());
        let server = Server { pages, rule: NUMBERED, asked_for: Some(AskedFor::new(keys, false)) };
        let (read, error) = server.read(None);
        prop_assert!(error.is_none());
        let full = server.pages.iter().rev().skip(1).all(|page| page.len() == SIZE as usize);
        if full {
            prop_assert_eq!(read, items);
        } else {
            let found: HashSet<u32> = read.iter().map(|item| item / 10).collect();
            prop_assert_eq!(found.len(), keys);
        }
    }
}
