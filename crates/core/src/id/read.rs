//! Reads the ids of a response. Any text is accepted, because one odd id must not make a whole list unreadable.

use std::fmt;
use std::sync::Arc;

use serde::Deserializer;
use serde::de::{Error, Visitor};

/// Reads a text.
///
/// # Errors
/// When the value isn't a string.
pub fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<str>, D::Error> {
    deserializer.deserialize_str(Text)
}

/// Reads a text, or an integer as its digits.
///
/// # Errors
/// When the value is neither.
pub fn text_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<str>, D::Error> {
    crate::de::text_or_number::<D, String>(deserializer).map(Arc::from)
}

struct Text;

impl Visitor<'_> for Text {
    type Value = Arc<str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Arc<str>, E> {
        Ok(text.into())
    }
}
