//! The request types of each API, as the build script found them.

#[allow(
    unused_mut,
    unused_variables,
    clippy::possible_missing_else,
    reason = "generated; some requests have no fields"
)]
pub(crate) mod cloudflare {
    include!(concat!(env!("OUT_DIR"), "/cloudflare.rs"));
}
#[allow(
    unused_mut,
    unused_variables,
    clippy::possible_missing_else,
    reason = "generated; some requests have no fields"
)]
pub(crate) mod cloudinary {
    include!(concat!(env!("OUT_DIR"), "/cloudinary.rs"));
}
#[allow(
    unused_mut,
    unused_variables,
    clippy::possible_missing_else,
    reason = "generated; some requests have no fields"
)]
pub(crate) mod cloudspot {
    include!(concat!(env!("OUT_DIR"), "/cloudspot.rs"));
}
