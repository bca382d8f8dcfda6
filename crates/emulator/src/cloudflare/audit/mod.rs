//! Reads and writes the audit log of an account.

pub(super) mod categories;
mod cursor;
mod entry_iter;
mod filter;
pub(super) mod history;
mod list;
mod page;
mod record;

pub(super) use self::list::list;
pub(super) use self::record::{Target, record};
