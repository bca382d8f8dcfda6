//! Permission groups.

use indexmap::IndexSet;
use serde::{Deserialize, Serialize};

use crate::table::Row;

/// A permission group: what a policy of a token or a member allows or denies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PermissionGroup {
    /// The id, unique.
    pub id: String,
    /// The name, which groups of different scopes share.
    pub name: String,
    /// What it is about, such as `com.cloudflare.api.account.zone`.
    pub scopes: IndexSet<String>,
}

impl PermissionGroup {
    /// The scope of groups that are about an account.
    pub const ACCOUNT: &'static str = "com.cloudflare.api.account";
    /// The scope of groups that are about a zone.
    pub const ZONE: &'static str = "com.cloudflare.api.account.zone";
    /// The scope of groups that are about a user.
    pub const USER: &'static str = "com.cloudflare.api.user";
    /// The scope of groups that are about a bucket of R2.
    pub const R2_BUCKET: &'static str = "com.cloudflare.edge.r2.bucket";

    /// Makes a group of one scope.
    pub fn new(id: impl Into<String>, name: impl Into<String>, scope: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            scopes: [scope.into()].into_iter().collect(),
        }
    }
}

impl Row for PermissionGroup {
    const KEY: &'static str = "id";

    fn key(&self) -> &str {
        &self.id
    }
}
