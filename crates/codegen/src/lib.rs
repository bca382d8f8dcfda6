//! Turns the OpenAPI documents of the account-provisioning SDK into Rust.
//!
//! The data goes one way:
//!
//! 1. `document` reads the YAML source and `overlay` applies the deviations that Rust needs (feature `authoring`,
//!    which only `xtask` turns on);
//! 2. [`preflight`] refuses what the generator cannot take, with a pointer and a remedy;
//! 3. [`normalise`](mod@normalise) turns the overlaid document into the one that builds read (`BUILD`);
//! 4. [`generate`](mod@generate) hands `BUILD` to progenitor and works over the syntax tree it returns;
//! 5. [`digest`] says what came out, one line a fact.
//!
//! Nothing here reads the network, and nothing depends on the order of a map: [`canonical`] sorts before it writes.

pub mod canonical;
pub mod digest;
#[cfg(feature = "authoring")]
pub mod document;
pub mod error;
pub mod generate;
mod ids;
pub mod names;
pub mod normalise;
mod operations;
#[cfg(feature = "authoring")]
pub mod overlay;
pub mod pointer;
pub mod preflight;
mod schema;
pub mod table;

pub use error::{Error, Problem};
pub use generate::{Options, generate};
pub use normalise::normalise;
