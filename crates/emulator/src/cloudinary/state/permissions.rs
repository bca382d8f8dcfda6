//! Custom roles, role assignments and custom policies.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use indexmap::IndexSet;
use serde::{Deserialize, Serialize};

use super::permission_words::{PermissionType, PrincipalType, ScopeType};
use crate::defaults::{beginning, yes};
use crate::table::Row;

/// A custom role. System roles are not part of the state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CustomRole {
    /// The id, which must differ from those of the system roles.
    pub id: String,
    /// The name, unique among custom and system roles.
    pub name: String,
    /// The description. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The permission type, which must be that of its system policies.
    pub permission_type: PermissionType,
    /// The scope type, which must be that of its system policies.
    pub scope_type: ScopeType,
    /// The ids of its system policies. Defaults to none.
    #[serde(default)]
    pub system_policy_ids: IndexSet<String>,
    /// When it was created. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub created_at: DateTime<Utc>,
    /// When it was last changed. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub updated_at: DateTime<Utc>,
}

impl CustomRole {
    /// Creates a role without policies.
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

/// A role that is assigned to a principal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RoleAssignment {
    /// The id of a custom role or a system role.
    pub role_id: String,
    /// The type of the principal.
    pub principal_type: PrincipalType,
    /// The id of the principal. For keys this is the API key.
    pub principal_id: String,
    /// The product environment, or [`ALL_ENVIRONMENTS`](super::ALL_ENVIRONMENTS). Required for roles with the scope
    /// type `prodenv`, and not allowed otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope_id: Option<String>,
    /// The content it is limited to, such as `{"folder_id": "f1"}`. Required for roles with the permission type
    /// `content`, and not allowed otherwise.
    #[serde(default)]
    pub policy_parameters: BTreeMap<String, String>,
    /// When it was created. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub created_at: DateTime<Utc>,
    /// When it was last changed. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub updated_at: DateTime<Utc>,
}

impl RoleAssignment {
    /// Creates an assignment without environment and parameters.
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

    /// Returns whether both are the same assignment, regardless of their dates.
    pub(in crate::cloudinary) fn is_same(&self, other: &Self) -> bool {
        self.role_id == other.role_id
            && self.principal_type == other.principal_type
            && self.principal_id == other.principal_id
            && self.scope_id == other.scope_id
            && self.policy_parameters == other.policy_parameters
    }
}

/// A custom policy.
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
    /// One policy in the Cedar language, or several. In a state file they may use entities and actions that are not in the
    /// schema.
    pub policy_statement: String,
    /// The scope type.
    pub scope_type: ScopeType,
    /// The product environment, or [`ALL_ENVIRONMENTS`](super::ALL_ENVIRONMENTS). Required with the scope type
    /// `prodenv`, and not allowed otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope_id: Option<String>,
    /// Whether it is enabled. Defaults to true.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// When it was created. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub created_at: DateTime<Utc>,
    /// When it was last changed. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub updated_at: DateTime<Utc>,
}

impl CustomPolicy {
    /// Creates an enabled policy for the account.
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
