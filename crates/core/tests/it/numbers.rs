//! Lists with numbered pages, with and without a total.

use account_provisioning_core::{MakePage as _, Page, PageRule, PagingStop};
use futures::StreamExt as _;

use crate::script::Script;

const RULE: PageRule = PageRule::numbered("listThings", 2, Some(4));

fn page(items: &[u32], total: Option<u64>) -> Page<u32> {
    Page::new(items.to_vec()).with_total(total)
}

#[tokio::test]
async fn numbered_list_without_total_ends_with_the_first_empty_page() {
    let script = Script::new(
        RULE,
        [
            ("1", page(&[1, 2], None)),
            ("2", page(&[3], None)),
            ("3", page(&[], None)),
        ],
    );
    let (items, error) = script.read().await;
    assert!(error.is_none());
    assert_eq!(items, [1, 2, 3]);
    // A short page does not end the list, because a service may return fewer items than requested.
    assert_eq!(script.asked(), ["1", "2", "3"]);
}

#[tokio::test]
async fn numbered_list_with_total_asks_for_no_page_past_it() {
    let total = Some(4);
    let script = Script::new(RULE, [("1", page(&[1, 2], total)), ("2", page(&[3, 4], total))]);
    let (items, error) = script.read().await;
    assert!(error.is_none());
    assert_eq!(items, [1, 2, 3, 4]);
    assert_eq!(script.asked(), ["1", "2"]);
}

#[tokio::test]
async fn numbered_list_whose_pages_are_smaller_than_asked_is_read_whole() {
    let total = Some(3);
    let script = Script::new(
        RULE,
        [
            ("1", page(&[1], total)),
            ("2", page(&[2], total)),
            ("3", page(&[3], total)),
        ],
    );
    assert_eq!(script.read().await.0, [1, 2, 3]);
}

#[tokio::test]
async fn numbered_list_whose_total_shrinks_ends_with_an_empty_page() {
    let script = Script::new(
        RULE,
        [
            ("1", page(&[1, 2], Some(6))),
            ("2", page(&[], Some(2))),
            ("3", page(&[], Some(2))),
        ],
    );
    let (items, error) = script.read().await;
    assert!(error.is_none());
    assert_eq!(items, [1, 2]);
}

#[tokio::test]
async fn numbered_list_longer_than_the_service_hands_out_ends_in_a_typed_error() {
    let total = Some(100);
    let script = Script::new(
        RULE,
        [
            ("1", page(&[1, 2], total)),
            ("2", page(&[3, 4], total)),
            ("3", page(&[5, 6], total)),
            ("4", page(&[7, 8], total)),
        ],
    );
    let (items, error) = script.read().await;
    assert_eq!(items, [1, 2, 3, 4, 5, 6, 7, 8]);
    let error = error.unwrap();
    assert_eq!(error.paging().unwrap().stop, PagingStop::PageLimit);
    assert!(error.to_string().contains("page size above 2"), "{error}");
}

#[tokio::test]
async fn list_that_nobody_reads_asks_for_nothing() {
    let script = Script::new(RULE, [("1", page(&[1], None))]);
    drop(script.pages());
    let _unread = script.pages().items();
    assert!(script.asked().is_empty());
}

#[tokio::test]
async fn list_read_slowly_is_fetched_one_page_ahead_and_no_further() {
    let script = Script::new(
        RULE,
        [
            ("1", page(&[1], None)),
            ("2", page(&[2], None)),
            ("3", page(&[3], None)),
        ],
    );
    let mut pages = script.pages();
    assert_eq!(pages.next().await.unwrap().unwrap().items, [1]);
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
    assert_eq!(script.asked(), ["1", "2"]);
}

#[test]
fn list_read_outside_a_runtime_is_a_clear_error() {
    let script = Script::new(RULE, [("1", page(&[1], None))]);
    let read = futures::executor::block_on(script.pages().next());
    let error = read.unwrap().unwrap_err();
    assert!(error.to_string().contains("tokio runtime"), "{error}");
}
