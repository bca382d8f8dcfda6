//! The logic of the maintenance commands, apart from the command line so that tests can run it on a workspace of
//! their own.

pub mod descriptions;
mod deviations;
mod failure;
pub mod files;
pub mod import;
mod outcome;
pub mod review;
pub mod rust_facts;
pub mod snapshots;
mod tree;
pub mod wire_diff;
mod workspace;

pub use failure::Failure;
pub use outcome::Outcome;
pub use tree::Tree;
pub use workspace::{Api, Workspace};
