//! Cloudinary.

mod operations;
mod runtime;
#[cfg(feature = "schemars")]
mod schemas;
mod types;
