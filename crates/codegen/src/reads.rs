//! The other forms in which a property of a response may arrive, where the vendor is inconsistent.

use serde_json::Value;

use crate::extensions::READS;
#[cfg(feature = "authoring")]
use crate::schema;

/// Another form of a property, which the generated type accepts in addition to the declared one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reads {
    /// A list may arrive as its only item.
    OneOrMany,
    /// An integer may arrive as text.
    IntegerOrText,
}

impl Reads {
    /// Every form, by its name in documents.
    pub(crate) const ALL: [(&'static str, Self); 2] = [
        ("one-or-many", Self::OneOrMany),
        ("integer-or-text", Self::IntegerOrText),
    ];

    /// The form that a property declares.
    pub(crate) fn of(property: &Value) -> Option<Self> {
        let word = property.get(READS)?.as_str()?;
        Self::ALL
            .iter()
            .find(|(known, _)| *known == word)
            .map(|(_, reads)| *reads)
    }

    /// Whether a property can be read this way: a list, or an integer that may be missing.
    #[cfg(feature = "authoring")]
    pub(crate) fn suits(self, property: &Value, required: bool) -> bool {
        match self {
            Self::OneOrMany => schema::is_array(property),
            Self::IntegerOrText => property["type"] == "integer" && !required,
        }
    }
}
