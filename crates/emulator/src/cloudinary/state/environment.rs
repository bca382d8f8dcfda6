//! Product environments and their access keys.

use chrono::{DateTime, Utc};
use indexmap::IndexSet;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::content::{Asset, Folder};
use crate::defaults::{beginning, yes};
use crate::secret::Secret;
use crate::table::{Row, Table};

/// A product environment, called a sub-account on the wire.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ProductEnvironment {
    /// The id, unique within its account.
    pub id: String,
    /// The display name.
    pub name: String,
    /// The cloud name, unique across all accounts. Case does not matter.
    pub cloud_name: String,
    /// Whether it is enabled. Defaults to true.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Free-form attributes. Defaults to none.
    #[serde(default)]
    pub custom_attributes: Map<String, Value>,
    /// The access keys, oldest first.
    #[serde(default)]
    pub access_keys: Table<AccessKey>,
    /// The folders. No operation returns them; they are what policies on content are about. Defaults to none.
    #[serde(default)]
    pub folders: Table<Folder>,
    /// The assets, as the folders. Defaults to none.
    #[serde(default)]
    pub assets: Table<Asset>,
    /// When it was created. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub created_at: DateTime<Utc>,
    /// When it was last changed. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub updated_at: DateTime<Utc>,
}

impl ProductEnvironment {
    /// Creates an enabled environment without keys.
    pub fn new(id: impl Into<String>, name: impl Into<String>, cloud_name: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            cloud_name: cloud_name.into(),
            enabled: true,
            custom_attributes: Map::new(),
            access_keys: Table::new(),
            folders: Table::new(),
            assets: Table::new(),
            created_at: beginning(),
            updated_at: beginning(),
        }
    }
}

impl Row for ProductEnvironment {
    const KEY: &'static str = "id";

    fn key(&self) -> &str {
        &self.id
    }
}

/// An access key of a product environment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AccessKey {
    /// The API key. Generated keys have only digits; a state file can contain any text.
    pub api_key: String,
    /// The API secret. As in the vendor's API, every response with the key contains it.
    pub api_secret: Secret,
    /// The name, unique within the environment.
    pub name: String,
    /// Whether it is enabled. Defaults to true.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// The purposes of the key, such as `webhooks`. Only one key of an environment has each purpose. Defaults to none.
    #[serde(default)]
    pub dedicated_for: IndexSet<String>,
    /// When it was created. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub created_at: DateTime<Utc>,
    /// When it was last changed. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub updated_at: DateTime<Utc>,
}

impl AccessKey {
    /// Creates an enabled key.
    pub fn new(api_key: impl Into<String>, api_secret: impl Into<Secret>, name: impl Into<String>) -> Self {
        Self {
            api_key: api_key.into(),
            api_secret: api_secret.into(),
            name: name.into(),
            enabled: true,
            dedicated_for: IndexSet::new(),
            created_at: beginning(),
            updated_at: beginning(),
        }
    }
}

impl Row for AccessKey {
    const KEY: &'static str = "api_key";

    fn key(&self) -> &str {
        &self.api_key
    }
}
