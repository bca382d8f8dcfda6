//! The review of a change: what it means on the wire, in Rust, for the version and for the changelog.

mod bump;

pub use bump::{Bump, CrateBump};
