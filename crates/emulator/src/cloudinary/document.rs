//! The vendor's document.

use account_provisioning_spec::cloudinary::WIRE;

use crate::document::Document;

pub(super) static DOCUMENT: Document = Document::new(WIRE);
