//! Folders and assets, which policies on content are about.

use indexmap::IndexSet;
use serde::{Deserialize, Serialize};

use super::environment::ProductEnvironment;
use crate::table::Row;

/// A folder of a product environment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Folder {
    /// The external id, unique within the environment.
    pub id: String,
    /// The folder that it is in. Defaults to none, for a folder at the top.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<String>,
}

impl Folder {
    /// Creates a folder at the top.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            parent_id: None,
        }
    }
}

impl Row for Folder {
    const KEY: &'static str = "id";

    fn key(&self) -> &str {
        &self.id
    }
}

/// An asset of a product environment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Asset {
    /// The id, unique within the environment.
    pub id: String,
    /// The folder that it is in. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder_id: Option<String>,
    /// The collections that it is in. Defaults to none.
    #[serde(default)]
    pub collection_ids: IndexSet<String>,
}

impl Asset {
    /// Creates an asset that is in no folder and no collection.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            folder_id: None,
            collection_ids: IndexSet::new(),
        }
    }
}

impl Row for Asset {
    const KEY: &'static str = "id";

    fn key(&self) -> &str {
        &self.id
    }
}

impl ProductEnvironment {
    /// Returns the folder with this id and those above it, from the inside out. In a circle of folders, which no valid
    /// state has, the result is longer than the list of folders.
    pub(in crate::cloudinary) fn folders_above<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = &'a str> {
        let parent = |id: &&'a str| self.folders.get(id)?.parent_id.as_deref();
        std::iter::successors(id, parent).take(self.folders.len() + 1)
    }
}
