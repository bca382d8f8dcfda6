//! Reads and writes the audit log of an account.

mod cursor;
mod entry_iter;
mod filter;
mod list;
mod record;

pub(super) use self::list::list;
pub(super) use self::record::record;
