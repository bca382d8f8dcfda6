//! The maintenance commands without their command line, so that tests can run them on other workspaces.

mod api;
mod base;
mod bump;
mod coverage;
mod descriptions;
mod deviations;
mod facts;
mod failure;
pub mod files;
pub mod guard;
pub mod import;
pub mod measure;
mod outcome;
pub mod review;
pub mod rust_facts;
pub mod snapshots;
pub mod surface;
mod tree;
mod workspace;

pub use api::Api;
pub use base::{BASE_FILE, Base, Found};
pub use failure::Failure;
pub use outcome::Outcome;
pub use tree::Tree;
pub use workspace::Workspace;
