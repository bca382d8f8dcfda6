//! Reads lists to their end: in order, without losing or repeating an item, and without endless loops.

mod asked;
mod checkpoint;
mod guard;
mod items;
mod page;
mod pages;
mod rule;
mod source;
mod task;
mod totals;

pub use self::checkpoint::{Checkpoint, PagingFailure};
pub use self::items::Items;
pub use self::page::{MakePage, Page};
pub use self::pages::{Pages, failed_pages, read_pages};
pub use self::rule::{PageRule, PageStyle, PagingEnd, PagingStop, Position};
pub use self::source::{AskedFor, PageRequest, PageSource};
