//! Custom roles, who holds which role, and custom policies.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use indexmap::IndexSet;
use serde::{Deserialize, Serialize};

use super::permission_words::{PermissionType, PrincipalType, ScopeType};
use crate::defaults::{beginning, yes};
use crate::table::Row;

/// A role that the account defines; those of the system are not part of a state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CustomRole {
    /// The id, which no system role has.
    pub id: String,
    /// The name, unique among the account's roles and those of the system.
    pub name: String,
    /// The description. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The reach, which its system policies share.
    pub permission_type: PermissionType,
    /// The level, which its system policies share.
    pub scope_type: ScopeType,
    /// The system policies it is made of, by id. Defaults to none.
    #[serde(default)]
    pub system_policy_ids: IndexSet<String>,
    /// When it was made. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub created_at: DateTime<Utc>,
    /// When it was last changed. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub updated_at: DateTime<Utc>,
}

impl CustomRole {
    /// Makes a role without policies.
    pub fn new(
        id: impl Into<String>,
        name: impl Into<String>,
        scope_type: ScopeType,
        permission_type: PermissionType,
    ) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            description: None,
            permission_type,
            scope_type,
            system_policy_ids: IndexSet::new(),
            created_at: beginning(),
            updated_at: beginning(),
        }
    }
}

impl Row for CustomRole {
    const KEY: &'static str = "id";

    fn key(&self) -> &str {
        &self.id
    }
}

/// One role held by one principal, in one place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RoleAssignment {
    /// The id of a custom role or of one of the system.
    pub role_id: String,
    /// The kind of the principal.
    pub principal_type: PrincipalType,
    /// The id of the principal: of keys, the API key.
    pub principal_id: String,
    /// The product environment, or [`ALL_ENVIRONMENTS`](super::ALL_ENVIRONMENTS); for a role with the scope `prodenv`, and only there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope_id: Option<String>,
    /// The content it is limited to, such as `{"folder_id": "f1"}`; for a role whose permission type is `content`, and
    /// only there.
    #[serde(default)]
    pub policy_parameters: BTreeMap<String, String>,
    /// When it was made. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub created_at: DateTime<Utc>,
    /// When it was last changed. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub updated_at: DateTime<Utc>,
}

impl RoleAssignment {
    /// Makes an assignment without environment and parameters.
    pub fn new(role_id: impl Into<String>, principal_type: PrincipalType, principal_id: impl Into<String>) -> Self {
        Self {
            role_id: role_id.into(),
            principal_type,
            principal_id: principal_id.into(),
            scope_id: None,
            policy_parameters: BTreeMap::new(),
            created_at: beginning(),
            updated_at: beginning(),
        }
    }

    /// Tells whether both say the same, whenever it was said.
    pub(in crate::cloudinary) fn is_same(&self, other: &Self) -> bool {
        self.role_id == other.role_id
            && self.principal_type == other.principal_type
            && self.principal_id == other.principal_id
            && self.scope_id == other.scope_id
            && self.policy_parameters == other.policy_parameters
    }
}

/// A policy that the account defines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CustomPolicy {
    /// The id.
    pub id: String,
    /// The name, unique within its scope.
    pub name: String,
    /// The description. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// One policy in the Cedar language. A state file may name entities and actions that the schema does not know.
    pub policy_statement: String,
    /// The level at which it applies.
    pub scope_type: ScopeType,
    /// The product environment, or [`ALL_ENVIRONMENTS`](super::ALL_ENVIRONMENTS); with the scope `prodenv`, and only there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope_id: Option<String>,
    /// Whether it is in force. Defaults to true.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// When it was made. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub created_at: DateTime<Utc>,
    /// When it was last changed. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub updated_at: DateTime<Utc>,
}

impl CustomPolicy {
    /// Makes an enabled policy of the account.
    pub fn new(id: impl Into<String>, name: impl Into<String>, policy_statement: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            description: None,
            policy_statement: policy_statement.into(),
            scope_type: ScopeType::Account,
            scope_id: None,
            enabled: true,
            created_at: beginning(),
            updated_at: beginning(),
        }
    }
}

impl Row for CustomPolicy {
    const KEY: &'static str = "id";

    fn key(&self) -> &str {
        &self.id
    }
}
