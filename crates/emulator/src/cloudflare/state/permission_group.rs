//! Permission groups.

use indexmap::IndexSet;
use serde::{Deserialize, Serialize};

use crate::table::Row;

/// A permission group, which policies of tokens, members and user groups allow or deny.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PermissionGroup {
    /// The id, which is unique.
    pub id: String,
    /// The name. Groups with different scopes can have the same name.
    pub name: String,
    /// The scopes, such as `com.cloudflare.api.account.zone`.
    pub scopes: IndexSet<String>,
}

impl PermissionGroup {
    /// The scope of permissions on accounts.
    pub const ACCOUNT: &'static str = "com.cloudflare.api.account";
    /// The scope of permissions on zones.
    pub const ZONE: &'static str = "com.cloudflare.api.account.zone";
    /// The scope of permissions on users.
    pub const USER: &'static str = "com.cloudflare.api.user";
    /// The scope of permissions on R2 buckets.
    pub const R2_BUCKET: &'static str = "com.cloudflare.edge.r2.bucket";

    /// Creates a group with one scope.
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
