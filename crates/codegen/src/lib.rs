//! Turns the OpenAPI documents of the account-provisioning SDK into Rust.
//!
//! These are the steps:
//!
//! 1. `document` reads the YAML source and `overlay` applies the deviations that Rust needs (feature `authoring`,
//!    which only `xtask` enables);
//! 2. [`preflight`] refuses what the generator cannot take, with a pointer and a remedy;
//! 3. [`normalise`](mod@normalise) turns the overlaid document into the one that builds read (`BUILD`);
//! 4. [`generate`](mod@generate) passes `BUILD` to progenitor and changes the syntax tree that it returns;
//! 5. [`digest`] lists what was generated, one fact per line.
//!
//! This crate sends no requests, and its output does not depend on the order of a map: [`canonical`] sorts keys.

pub mod canonical;
pub mod digest;
#[cfg(feature = "authoring")]
pub mod document;
pub mod error;
pub mod generate;
mod ids;
mod media;
pub mod names;
pub mod normalise;
mod operations;
#[cfg(feature = "authoring")]
pub mod overlay;
mod parameters;
pub mod pointer;
pub mod preflight;
mod schema;
pub mod table;

pub use error::{Error, Problem};
pub use generate::{Options, generate};
pub use normalise::normalise;
