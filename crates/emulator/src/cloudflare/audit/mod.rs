//! The audit log of an account: what writes it and what reads it.

mod cursor;
mod filter;
mod list;
mod record;
mod walk;

pub(super) use self::list::list;
pub(super) use self::record::record;
