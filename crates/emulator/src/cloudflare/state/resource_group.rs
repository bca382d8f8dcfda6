//! What the policies of members are about.

use indexmap::IndexSet;
use serde::{Deserialize, Serialize};

use crate::random::fixed_id;
use crate::table::Row;

/// A resource group of an account: what a member's policy is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ResourceGroup {
    /// The id, unique within the account.
    pub id: String,
    /// The name.
    pub name: String,
    /// The resource that it lies in, such as `com.cloudflare.api.account.ID`.
    pub scope: String,
    /// The resources inside of the scope; `*` is all of it.
    pub objects: IndexSet<String>,
}

impl ResourceGroup {
    /// Makes the group of all that is in an account. Its id is made up from the account's.
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

/// The name of an account as a resource of policies.
pub(super) fn account_resource(id: &str) -> String {
    format!("com.cloudflare.api.account.{id}")
}
