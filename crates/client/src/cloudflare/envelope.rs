//! The envelope of every response: the result, messages beside it, and in a list the totals or the next cursor.

use account_provisioning_core::{MakePage as _, OpaqueValue, Page, ResponseMeta, Result, VendorMessage};

use super::types::{CursorInfo, PageInfo};

/// Returns the result, and adds the messages beside it to `meta`: of each what can be read, without those that say nothing.
pub(super) fn opened<T>(result: T, messages: Vec<OpaqueValue>, meta: &mut ResponseMeta) -> Result<T> {
    let messages = messages
        .iter()
        .map(|message| VendorMessage::from_json(message.expose_value()));
    meta.messages = messages
        .filter(|message| *message != VendorMessage::default())
        .collect();
    Ok(result)
}

/// Makes a page with the totals of the whole list.
pub(super) fn with_totals<T>(items: Vec<T>, info: Option<PageInfo>) -> Page<T> {
    let (total, pages) = info.map_or((None, None), |info| (info.total_count, info.total_pages));
    Page::new(items)
        .with_total(total.and_then(|total| u64::try_from(total).ok()))
        .with_total_pages(pages.and_then(|pages| u32::try_from(pages).ok()))
}

/// Makes a page with the cursor of the next page, which the service sends in one of two places.
pub(super) fn with_cursor<T>(items: Vec<T>, info: Option<CursorInfo>) -> Page<T> {
    let given = |cursor: &String| !cursor.is_empty();
    let next = info.and_then(|info| {
        let after = info.cursors.and_then(|cursors| cursors.after).filter(given);
        info.cursor.filter(given).or(after)
    });
    Page::new(items).with_next_cursor(next)
}
