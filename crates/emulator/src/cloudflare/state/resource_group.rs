//! Resource groups.

use indexmap::IndexSet;
use serde::{Deserialize, Serialize};

use crate::random::fixed_id;
use crate::table::Row;

/// A resource group of an account, to which policies of members and user groups apply.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ResourceGroup {
    /// The id, unique within the account.
    pub id: String,
    /// The name.
    pub name: String,
    /// The resource that contains the objects, such as `com.cloudflare.api.account.ID`.
    pub scope: String,
    /// The resources inside the scope; `*` means all of them.
    pub objects: IndexSet<String>,
}

impl ResourceGroup {
    /// Creates a group of everything in an account. Its id is derived from the account id.
    pub fn whole(account_id: &str) -> Self {
        let scope = account_resource(account_id);
        Self {
            id: fixed_id(&format!("resource group {scope}")),
            name: scope.clone(),
            scope,
            objects: IndexSet::from(["*".to_owned()]),
        }
    }

    /// Creates a group of nothing in a scope.
    pub fn new(id: impl Into<String>, name: impl Into<String>, scope: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            scope: scope.into(),
            objects: IndexSet::new(),
        }
    }

    /// Returns whether the group exists in every account and cannot be changed: the group of everything in it.
    pub(crate) fn is_built_in(&self, account_id: &str) -> bool {
        self.id == Self::whole(account_id).id
    }
}

impl Row for ResourceGroup {
    const KEY: &'static str = "id";

    fn key(&self) -> &str {
        &self.id
    }
}

/// Returns the resource name of an account.
pub(super) fn account_resource(id: &str) -> String {
    format!("com.cloudflare.api.account.{id}")
}
