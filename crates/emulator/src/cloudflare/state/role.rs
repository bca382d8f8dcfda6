//! Roles of members.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::table::Row;

/// A role of members.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Role {
    /// The id, unique within the account.
    pub id: String,
    /// The name.
    pub name: String,
    /// The description.
    pub description: String,
    /// The permissions by area: `organization`, `billing`, `dns` and so on. Defaults to none.
    #[serde(default)]
    pub permissions: IndexMap<String, Grant>,
}

impl Role {
    /// Creates a role without permissions.
    pub fn new(id: impl Into<String>, name: impl Into<String>, description: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            description: description.into(),
            permissions: IndexMap::new(),
        }
    }
}

impl Row for Role {
    const KEY: &'static str = "id";

    fn key(&self) -> &str {
        &self.id
    }
}

/// The permissions of a role in one area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Grant {
    /// Whether the area can be read.
    #[serde(default)]
    pub read: bool,
    /// Whether the area can be changed.
    #[serde(default)]
    pub write: bool,
}

impl Grant {
    /// Read permission.
    pub const READ: Self = Self {
        read: true,
        write: false,
    };
    /// Read and write permission.
    pub const WRITE: Self = Self {
        read: true,
        write: true,
    };
}
