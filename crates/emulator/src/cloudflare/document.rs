//! The vendor's document.

use account_provisioning_spec::cloudflare::WIRE;

use crate::document::Document;

/// The prefix of every path, as on the vendor's host.
pub const BASE_PATH: &str = "/client/v4";

pub(super) static DOCUMENT: Document = Document::new(WIRE);
