//! Cloudinary's client against the emulator.

pub(crate) mod canary;
mod cedar;
pub(crate) mod configuration;
mod errors;
pub(crate) mod ids;
mod lifecycle;
mod paging;
mod wire;
