//! The logic of the maintenance commands, apart from the command line so that tests can run it on a workspace of
//! their own.

mod deviations;
mod failure;
pub mod files;
mod outcome;
pub mod snapshots;
mod workspace;

pub use failure::Failure;
pub use outcome::Outcome;
pub use workspace::{Api, Workspace};
