//! Turns the OpenAPI documents of the account-provisioning SDK into Rust.
//!
//! These are the steps:
//!
//! 1. `document` reads the YAML source and `overlay` applies the deviations that Rust needs;
//! 2. `preflight` refuses what the generator cannot take, with a pointer and a remedy;
//! 3. `normalise` turns the overlaid document into the one that builds read (`BUILD`);
//! 4. [`generate`](mod@generate) passes `BUILD` to progenitor and changes the syntax tree that it returns;
//! 5. `digest` lists what was generated, one fact per line.
//!
//! A build of the SDK takes step 4 alone. The others need the feature `authoring`, so that no user compiles them.
//!
//! This crate sends no requests, and its output does not depend on the order of a map: [`canonical`] sorts keys.

pub mod canonical;
#[cfg(feature = "authoring")]
pub mod digest;
#[cfg(feature = "authoring")]
pub mod document;
pub mod error;
mod extensions;
pub mod generate;
mod ids;
#[cfg(feature = "authoring")]
mod media;
pub mod names;
#[cfg(feature = "authoring")]
pub mod normalise;
mod operations;
#[cfg(feature = "authoring")]
pub mod overlay;
#[cfg(feature = "authoring")]
mod parameters;
pub mod pointer;
#[cfg(feature = "authoring")]
pub mod preflight;
mod reads;
mod schema;
pub mod table;

pub use error::{Error, Problem};
pub use generate::{Options, generate};
#[cfg(feature = "authoring")]
pub use normalise::normalise;
