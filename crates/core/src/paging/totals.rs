//! What a page says about the size of the whole list, checked against what was received.

use super::{Page, Position};

/// What a page says about the end of its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Totals {
    /// Nothing, or numbers that contradict each other or the items that were received. Only an empty page, or a page
    /// without a cursor, is then the end.
    None,
    /// This was the last page, by the number of items.
    AllItems,
    /// This was the last page, by the number of pages.
    AllPages,
    /// So many more items are to come.
    ItemsLeft(u64),
    /// There are more pages, up to this number.
    PagesUpTo(u32),
}

impl Totals {
    /// Reads what a page says. `received` is the number of items so far, with those of this page.
    ///
    /// Two numbers are believed only if they agree on whether this is the last page, and no number is believed that is
    /// smaller than what was received. On an empty page nothing can be read on with, so a total that is larger than what
    /// was received always counts.
    pub(super) fn of<T>(page: &Page<T>, position: &Position, received: u64) -> Self {
        let number = match position {
            Position::Number(number) => Some(*number),
            Position::Only => Some(1),
            Position::Cursor(_) => None,
        };
        let by_pages = page.total_pages.zip(number).map(|(pages, number)| {
            if pages > number {
                Self::PagesUpTo(pages)
            } else if pages == number || page.is_empty() {
                Self::AllPages
            } else {
                Self::None
            }
        });
        let by_items = page.total.map(|total| match total.checked_sub(received) {
            Some(0) => Self::AllItems,
            Some(left) => Self::ItemsLeft(left),
            None => Self::None,
        });
        match (by_items, by_pages) {
            (Some(left @ Self::ItemsLeft(_)), _) if page.is_empty() => left,
            (Some(Self::AllItems), Some(Self::PagesUpTo(_) | Self::None))
            | (Some(Self::ItemsLeft(_)), Some(Self::AllPages | Self::None)) => Self::None,
            (Some(items), _) => items,
            (None, Some(pages)) => pages,
            (None, None) => Self::None,
        }
    }

    /// Whether there are more items, by what the page says.
    pub(super) fn announce_more(self) -> bool {
        matches!(self, Self::ItemsLeft(_) | Self::PagesUpTo(_))
    }
}

#[cfg(test)]
mod tests {
    use super::Totals::{self, AllItems, AllPages, ItemsLeft, None as Nothing, PagesUpTo};
    use crate::{MakePage as _, Page, Position};

    #[test]
    fn totals_are_believed_only_if_they_agree_with_each_other_and_with_what_came() {
        let of = |items: usize, number, received, total, pages| {
            let page = Page::new(vec![(); items]).with_total(total).with_total_pages(pages);
            Totals::of(&page, &Position::Number(number), received)
        };
        for (number, received, total, pages, expected) in [
            (1, 50, None, None, Nothing),
            (1, 50, Some(50), None, AllItems),
            (1, 50, Some(50), Some(1), AllItems),
            (1, 50, Some(200), Some(4), ItemsLeft(150)),
            (1, 50, Some(200), None, ItemsLeft(150)),
            (1, 50, None, Some(4), PagesUpTo(4)),
            (4, 200, None, Some(4), AllPages),
            (4, 200, Some(200), Some(4), AllItems),
            // Contradictions.
            (1, 50, Some(50), Some(4), Nothing),
            (2, 100, Some(50), Some(4), Nothing),
            (1, 50, Some(0), Some(0), Nothing),
            (1, 50, Some(0), None, Nothing),
            (1, 50, None, Some(0), Nothing),
            (1, 50, Some(200), Some(1), Nothing),
            (1, 50, Some(50), Some(0), Nothing),
            (3, 150, None, Some(2), Nothing),
        ] {
            assert_eq!(
                of(50, number, received, total, pages),
                expected,
                "{number} {total:?} {pages:?}"
            );
        }
        // An empty list, and an empty page past the end.
        assert_eq!(of(0, 1, 0, Some(0), Some(0)), AllItems);
        assert_eq!(of(0, 1, 0, Some(0), Some(1)), AllItems);
        assert_eq!(of(0, 3, 100, None, Some(2)), AllPages);
        assert_eq!(of(0, 2, 50, Some(200), Some(4)), ItemsLeft(150));
        assert_eq!(of(0, 4, 150, Some(200), Some(4)), ItemsLeft(50));
        assert_eq!(of(0, 2, 50, Some(200), Some(1)), ItemsLeft(150));
    }
}
