//! Lists with cursors: they end with the first page that has no cursor, and never loop endlessly.

use account_provisioning_core::{PageRule, PagingEnd, PagingStop};
use futures::StreamExt as _;

use crate::script::{Script, cursor, read};

const RULE: PageRule = PageRule::cursor("listThings", 0);

#[tokio::test]
async fn cursor_list_of_no_page_items_ends_at_once() {
    let script = Script::new(RULE, [("start", cursor(&[], None))]);
    let (items, error) = script.read().await;
    assert!(items.is_empty() && error.is_none());
    assert_eq!(script.asked(), ["start"]);
}

#[tokio::test]
async fn cursor_list_goes_on_past_an_empty_page_that_has_a_cursor() {
    let script = Script::new(
        RULE,
        [
            ("start", cursor(&[1, 2], Some("a"))),
            ("a", cursor(&[], Some("b"))),
            ("b", cursor(&[3], None)),
        ],
    );
    let mut items = script.pages().items();
    let mut all = Vec::new();
    while let Some(item) = items.next().await {
        all.push(item.unwrap());
    }
    assert_eq!(all, [1, 2, 3]);
    assert_eq!(items.end(), Some(PagingEnd::NoCursor));
}

#[tokio::test]
async fn cursor_that_is_empty_ends_the_list() {
    let script = Script::new(RULE, [("start", cursor(&[1], Some("")))]);
    let (items, error) = script.read().await;
    assert!(error.is_none());
    assert_eq!((items, script.asked().len()), (vec![1], 1));
}

#[tokio::test]
async fn cursor_that_repeats_itself_ends_in_a_typed_error() {
    let script = Script::new(
        RULE,
        [("start", cursor(&[1], Some("a"))), ("a", cursor(&[2], Some("a")))],
    );
    let (items, error) = script.read().await;
    assert_eq!(items, [1, 2]);
    let error = error.unwrap();
    let failure = error.paging().unwrap();
    assert_eq!((failure.stop, failure.read), (PagingStop::RepeatedCursor, 2));
    assert_eq!(error.operation(), Some("listThings"));
}

#[tokio::test]
async fn cursors_that_alternate_end_in_a_typed_error() {
    let script = Script::new(
        RULE,
        [
            ("start", cursor(&[1], Some("a"))),
            ("a", cursor(&[2], Some("b"))),
            ("b", cursor(&[3], Some("a"))),
        ],
    );
    let (items, error) = script.read().await;
    assert_eq!(items, [1, 2, 3]);
    assert_eq!(error.unwrap().paging().unwrap().stop, PagingStop::RepeatedCursor);
    assert_eq!(script.asked(), ["start", "a", "b"]);
}

#[tokio::test]
async fn new_cursors_over_the_same_page_end_in_a_typed_error() {
    let script = Script::new(
        RULE,
        [("start", cursor(&[1, 2], Some("a"))), ("a", cursor(&[1, 2], Some("b")))],
    );
    let (items, error) = script.read().await;
    assert_eq!(items, [1, 2]);
    assert_eq!(error.unwrap().paging().unwrap().stop, PagingStop::RepeatedPage);
}

/// A list of one item, then so many empty pages, each with a new cursor, then one more item.
fn with_empty_pages(count: usize) -> Script {
    let names: Vec<&'static str> = (0..=count).map(|n| &*n.to_string().leak()).collect();
    let empty = names.windows(2).map(|pair| (pair[0], cursor(&[], Some(pair[1]))));
    let first = [("start", cursor(&[1], Some(names[0])))];
    let last = [(names[count], cursor(&[2], None))];
    Script::new(RULE, first.into_iter().chain(empty).chain(last))
}

#[tokio::test]
async fn cursor_list_goes_on_past_99_empty_pages_in_a_row() {
    let (items, error) = with_empty_pages(99).read().await;
    assert!(error.is_none());
    assert_eq!(items, [1, 2]);
}

#[tokio::test]
async fn cursor_list_stops_after_100_empty_pages_in_a_row_and_its_checkpoint_leads_on() {
    let script = with_empty_pages(150);
    let (items, error) = script.read().await;
    assert_eq!(items, [1]);
    let error = error.unwrap();
    let failure = error.paging().unwrap();
    assert_eq!((failure.stop, failure.read), (PagingStop::EmptyPages, 1));
    assert!(error.to_string().contains("100 empty pages"), "{error}");
    assert_eq!(script.asked().len(), 101, "the page with an item, and those without");

    let (rest, error) = read(script.resume(failure.checkpoint.clone())).await;
    assert!(error.is_none());
    assert_eq!(rest, [2]);
}

#[tokio::test]
async fn cursor_list_counts_empty_pages_anew_after_each_that_holds_items() {
    let names: Vec<&'static str> = (0..=240).map(|n| &*n.to_string().leak()).collect();
    let pages = names.iter().enumerate().map(|(n, name)| {
        let items = if n % 80 == 79 {
            vec![u32::try_from(n).unwrap()]
        } else {
            Vec::new()
        };
        (*name, cursor(&items, names.get(n + 1).copied()))
    });
    let start = [("start", cursor(&[], Some(names[0])))];
    let (items, error) = Script::new(RULE, start.into_iter().chain(pages)).read().await;
    assert!(error.is_none());
    assert_eq!(items, [79, 159, 239]);
}

#[tokio::test]
async fn list_broken_off_goes_on_from_its_checkpoint_without_loss_or_doubles() {
    let broken = Script::new(
        RULE,
        [("start", cursor(&[1, 2], Some("a"))), ("a", cursor(&[3, 4], Some("b")))],
    );
    let (items, error) = broken.read().await;
    assert_eq!(items, [1, 2, 3, 4]);
    let error = error.unwrap();
    let failure = error.paging().unwrap();
    assert_eq!((failure.stop, failure.read), (PagingStop::Interrupted, 4));

    let mended = Script::new(RULE, [("a", cursor(&[3, 4], Some("b"))), ("b", cursor(&[5], None))]);
    let stored = serde_json::to_string(&failure.checkpoint).unwrap();
    let (rest, error) = read(mended.resume(serde_json::from_str(&stored).unwrap())).await;
    assert!(error.is_none());
    assert_eq!(rest, [5]);
}

#[tokio::test]
async fn checkpoint_in_the_middle_of_a_page_skips_what_was_handed_out() {
    let script = Script::new(
        RULE,
        [("start", cursor(&[1, 2, 3], Some("a"))), ("a", cursor(&[4], None))],
    );
    let mut items = script.pages().items();
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    assert_eq!(items.next().await.unwrap().unwrap(), 2);
    let checkpoint = items.checkpoint();
    assert_eq!(checkpoint.read(), 2);
    let (rest, _) = read(script.resume(checkpoint)).await;
    assert_eq!(rest, [3, 4]);
}
