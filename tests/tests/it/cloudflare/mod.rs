//! Cloudflare's client against the emulator.

mod canary;
mod configuration;
mod empty_pages;
mod errors;
mod follow;
mod iam;
mod ids;
mod lifecycle;
mod paging;
mod remarks;
mod tokens;
mod wire;
