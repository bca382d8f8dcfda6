//! How fast the client is, beside reqwest and serde with equal structs. `cargo xtask bench` runs it.
//!
//! The replies come from a [canned server](server) in a process of its own, so what is counted in a process is the client
//! alone.

pub mod callgrind;
pub mod canned;
pub mod cpu;
pub mod lab;
pub mod load;
pub mod parts;
pub mod raw;
pub mod replies;
pub mod report;
pub mod sdk;
pub mod server;
pub mod workload;

/// The result of a step; a failed step ends the program.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// The user agent of both sides.
pub const AGENT: &str = "bench/1.0";
/// The key of Cloudinary's account.
const KEY: &str = "834761295468217";
/// Its secret.
const SECRET: &str = "k3Jx0vWq9LrTz5Yb7NnMf2Ga8Ps";
/// The token of Cloudflare.
const TOKEN: &str = "v1.0-2f1e0d9c8b7a695847362514-abcdef0123456789";
