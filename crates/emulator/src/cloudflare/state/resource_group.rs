//! Resource groups.

use indexmap::IndexSet;
use serde::{Deserialize, Serialize};

use crate::random::fixed_id;
use crate::table::Row;

/// A resource group of an account, to which policies of members apply.
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
