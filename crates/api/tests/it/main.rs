//! Tests of the generated clients: what their types take and give, and that their requests go through the runtime.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that fails may panic, in its helpers too"
)]

#[cfg(feature = "cloudinary")]
mod operations;
#[cfg(feature = "cloudinary")]
mod runtime;
#[cfg(all(feature = "cloudinary", feature = "schemars"))]
mod schemas;
#[cfg(feature = "cloudinary")]
mod types;
