//! Tests of the generated clients: what their types take and give, and that their requests go through the runtime.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that fails may panic, in its helpers too"
)]

#[cfg(feature = "cloudflare")]
mod cloudflare;
#[cfg(feature = "cloudinary")]
mod cloudinary;
#[cfg(feature = "cloudspot")]
mod cloudspot;
#[cfg(all(feature = "cloudflare", feature = "cloudinary", feature = "cloudspot"))]
mod decoding;
#[cfg(any(feature = "cloudflare", feature = "cloudinary"))]
mod document;
#[cfg(all(feature = "cloudflare", feature = "cloudinary", feature = "cloudspot"))]
mod draw;
mod features;
#[cfg(any(feature = "cloudflare", feature = "cloudinary"))]
mod server;
