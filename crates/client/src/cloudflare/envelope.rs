//! What comes with a result: the service's remarks, and where a page stands.

use account_provisioning_api::cloudflare::types;
use account_provisioning_core::{OpaqueValue, Page, ResponseMeta, VendorMessage};

/// Leaves the remarks in the reply's description: of each what can be read, and none that says nothing.
pub(super) fn note(remarks: Vec<OpaqueValue>, meta: &mut ResponseMeta) {
    let remarks = remarks.iter().map(|remark| VendorMessage::from_json(remark.as_value()));
    meta.messages = remarks.filter(|remark| *remark != VendorMessage::default()).collect();
}

/// A page of a list by page number.
pub(super) fn numbered<T>(items: Vec<T>, info: Option<types::PageInfo>, number: u32, size: u32) -> Page<T> {
    whole(items, info).numbered(number, size)
}

/// What came of a list that takes no page, with what the reply says about the whole.
pub(super) fn whole<T>(items: Vec<T>, info: Option<types::PageInfo>) -> Page<T> {
    let (total, pages) = info.map_or((None, None), |info| (info.total_count, info.total_pages));
    Page::new(items)
        .with_total(total.and_then(|total| u64::try_from(total).ok()))
        .with_total_pages(pages.and_then(|pages| u32::try_from(pages).ok()))
}

/// A page of a list by cursor, which comes in one of two places.
pub(super) fn by_cursor<T>(items: Vec<T>, info: Option<types::CursorInfo>) -> Page<T> {
    let given = |cursor: &String| !cursor.is_empty();
    let next = info.and_then(|info| {
        let after = info.cursors.and_then(|cursors| cursors.after).filter(given);
        info.cursor.filter(given).or(after)
    });
    Page::new(items).with_next_cursor(next)
}
