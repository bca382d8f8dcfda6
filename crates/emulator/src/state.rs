//! The state of the emulated services, as one JSON document.

use serde::{Deserialize, Serialize};

use crate::cloudflare::state::Cloudflare;
use crate::cloudinary::state::Cloudinary;
use crate::cloudspot::state::Cloudspot;
use crate::error::StateError;

/// The state of every emulated service.
///
/// Its JSON is the format of the state file and of the control interface; the crate's README shows all fields. Unknown
/// fields are rejected, so that a misspelt one is not overlooked. The default contains the documented default accounts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct State {
    /// The state of Cloudinary. Defaults to the default account.
    #[serde(default)]
    pub cloudinary: Cloudinary,
    /// The state of Cloudflare. Defaults to the default account.
    #[serde(default)]
    pub cloudflare: Cloudflare,
    /// The state of Cloudspot License. Defaults to one application, one company and one user.
    #[serde(default)]
    pub cloudspot: Cloudspot,
}

impl State {
    /// Creates a state without accounts.
    pub fn empty() -> Self {
        Self {
            cloudinary: Cloudinary::empty(),
            cloudflare: Cloudflare::empty(),
            cloudspot: Cloudspot::empty(),
        }
    }

    /// Parses a state from JSON and validates it. A byte order mark at the start, as Windows editors write it, is skipped.
    ///
    /// # Errors
    /// Returns a [`StateError`] with the JSON path when the JSON is malformed, has a wrong type, or is inconsistent.
    pub fn from_json(json: &str) -> Result<Self, StateError> {
        let json = json.strip_prefix('\u{feff}').unwrap_or(json);
        let mut reader = serde_json::Deserializer::from_str(json);
        let state: Self = serde_path_to_error::deserialize(&mut reader)
            .map_err(|error| StateError::new(error.path().to_string(), error.inner().to_string()))?;
        reader
            .end()
            .map_err(|error| StateError::new(".", format!("unexpected content after the state: {error}")))?;
        state.validate()?;
        Ok(state)
    }

    /// Returns the state as JSON, including the secrets.
    pub fn to_json(&self) -> String {
        // This cannot fail: a state has only string keys and finite numbers.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Checks references, uniqueness and formats.
    ///
    /// # Errors
    /// Returns a [`StateError`] with the JSON path of the first mistake.
    pub fn validate(&self) -> Result<(), StateError> {
        self.cloudinary.validate("cloudinary")?;
        self.cloudflare.validate("cloudflare")?;
        self.cloudspot.validate("cloudspot")
    }
}
