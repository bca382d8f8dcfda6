//! The schema for checking policy statements.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The Cedar schema of the service: the entities and actions that a statement can name, in Cedar's JSON form.
///
/// [`Public::cedar_schema`](super::Public::cedar_schema) returns it. It is the same for all accounts and can be stored as
/// JSON. With the feature `cedar`, `validate` checks statements against it without a request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CedarSchema {
    json: Map<String, Value>,
    #[cfg(feature = "cedar")]
    #[serde(skip)]
    pub(super) compiled: super::cedar::Compiled,
}

impl CedarSchema {
    /// Wraps a schema in Cedar's JSON form, without checking it.
    #[must_use]
    pub fn new(json: Map<String, Value>) -> Self {
        Self {
            json,
            #[cfg(feature = "cedar")]
            compiled: super::cedar::Compiled::default(),
        }
    }

    /// The schema in Cedar's JSON form.
    #[must_use]
    pub fn as_json(&self) -> &Map<String, Value> {
        &self.json
    }
}

impl PartialEq for CedarSchema {
    fn eq(&self, other: &Self) -> bool {
        self.json == other.json
    }
}

impl Eq for CedarSchema {}
