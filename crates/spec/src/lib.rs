//! The checked-in OpenAPI documents of the account-provisioning SDK, as data.
//!
//! `cargo xtask generate` writes everything under `data/`; nothing there is edited by hand. The sources are the
//! documents and overlays under `openapi/` in the repository.

/// The documents of Cloudflare's accounts API.
pub mod cloudflare {
    /// The document that says what the vendor puts on the wire: `openapi/cloudflare/openapi.yaml` as JSON, no overlay applied.
    pub const WIRE: &str = include_str!("../data/cloudflare.wire.json");
    /// The document that builds read: the overlay of `openapi/cloudflare/overlay.yaml` applied, then normalised for the
    /// generator. It says what the Rust types are, not what the vendor puts on the wire.
    pub const BUILD: &str = include_str!("../data/cloudflare.build.json");
}

/// The documents of Cloudinary's Provisioning API.
pub mod cloudinary {
    /// The document that says what the vendor puts on the wire: `openapi/cloudinary/openapi.yaml` as JSON, no overlay applied.
    pub const WIRE: &str = include_str!("../data/cloudinary.wire.json");
    /// The document that builds read: the overlay of `openapi/cloudinary/overlay.yaml` applied, then normalised for the
    /// generator. It says what the Rust types are, not what the vendor puts on the wire.
    pub const BUILD: &str = include_str!("../data/cloudinary.build.json");
}
