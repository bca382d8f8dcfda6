//! Everything the emulated services know, as one JSON document.

use serde::{Deserialize, Serialize};

use crate::cloudflare::state::Cloudflare;
use crate::cloudinary::state::Cloudinary;
use crate::cloudspot::state::Cloudspot;
use crate::error::StateError;

/// The accounts of every emulated service and all that is in them.
///
/// As JSON it is the format of the state file and of the control interface; the crate's README shows it whole. Unknown
/// fields are refused, so that a misspelt one does not pass in silence. The default is the documented default account.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct State {
    /// What Cloudinary's provisioning API knows. Defaults to the default account.
    #[serde(default)]
    pub cloudinary: Cloudinary,
    /// What Cloudflare's accounts API knows. Defaults to the default account.
    #[serde(default)]
    pub cloudflare: Cloudflare,
    /// What Cloudspot License knows. Defaults to one application, one company and one user.
    #[serde(default)]
    pub cloudspot: Cloudspot,
}

impl State {
    /// Makes a state without any account.
    pub fn empty() -> Self {
        Self {
            cloudinary: Cloudinary::empty(),
            cloudflare: Cloudflare::empty(),
            cloudspot: Cloudspot::empty(),
        }
    }

    /// Reads a state from JSON and validates it.
    ///
    /// # Errors
    /// A [`StateError`] that names the JSON path, for JSON that is malformed, of a wrong type, or in itself inconsistent.
    pub fn from_json(json: &str) -> Result<Self, StateError> {
        let mut reader = serde_json::Deserializer::from_str(json);
        let state: Self = serde_path_to_error::deserialize(&mut reader)
            .map_err(|error| StateError::new(error.path().to_string(), error.inner().to_string()))?;
        reader
            .end()
            .map_err(|error| StateError::new(".", format!("something follows the state: {error}")))?;
        state.validate()?;
        Ok(state)
    }

    /// Writes the state as JSON, secrets included.
    pub fn to_json(&self) -> String {
        // Only text keys and finite numbers are in a state, so writing it cannot fail.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Checks what types cannot: references, uniqueness, forms.
    ///
    /// # Errors
    /// A [`StateError`] for the first mistake, with its JSON path.
    pub fn validate(&self) -> Result<(), StateError> {
        self.cloudinary.validate("cloudinary")?;
        self.cloudflare.validate("cloudflare")?;
        self.cloudspot.validate("cloudspot")
    }
}
