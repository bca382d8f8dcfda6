//! Cloudflare's client against the emulator.

mod canary;
mod configuration;
mod errors;
mod follow;
mod ids;
mod lifecycle;
mod paging;
mod tokens;
mod wire;
