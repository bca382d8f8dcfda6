//! Roles of members.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::table::Row;

/// A role that members of an account can have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Role {
    /// The id, unique within the account.
    pub id: String,
    /// The name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// What it grants, by area: `organization`, `billing`, `dns` and so on. Defaults to nothing.
    #[serde(default)]
    pub permissions: IndexMap<String, Grant>,
}

impl Role {
    /// Makes a role that grants nothing.
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

/// What a role grants in one area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Grant {
    /// Whether it may be looked at.
    #[serde(default)]
    pub read: bool,
    /// Whether it may be changed.
    #[serde(default)]
    pub write: bool,
}

impl Grant {
    /// Looking alone.
    pub const READ: Self = Self {
        read: true,
        write: false,
    };
    /// Looking and changing.
    pub const WRITE: Self = Self {
        read: true,
        write: true,
    };
}
