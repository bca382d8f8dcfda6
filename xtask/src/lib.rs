//! The logic of the maintenance commands, apart from the command line so that tests can run it on a workspace of
//! their own.

mod coverage;
pub mod descriptions;
mod deviations;
mod failure;
pub mod files;
pub mod guard;
pub mod import;
mod outcome;
pub mod review;
pub mod rust_facts;
pub mod snapshots;
pub mod surface;
mod tree;
pub mod wire_diff;
mod workspace;

pub use failure::Failure;
pub use outcome::Outcome;
pub use tree::Tree;
pub use workspace::{Api, Workspace};
