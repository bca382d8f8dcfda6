//! Accounts and their settings.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::audit_log::AuditLog;
use super::catalog;
use super::member::Member;
use super::resource_group::{ResourceGroup, account_resource};
use super::role::Role;
use super::sso_connector::SsoConnector;
use super::subscription::Subscription;
use super::token::Token;
use super::user_group::UserGroup;
use crate::defaults::beginning;
use crate::table::{Row, Table};

/// A Cloudflare account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Account {
    /// The id, which is part of paths.
    pub id: String,
    /// The name. It need not be unique.
    pub name: String,
    /// The type. Defaults to `standard`.
    #[serde(default, rename = "type")]
    pub kind: AccountType,
    /// When it was created. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub created_on: DateTime<Utc>,
    /// The organization that the account belongs to. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub managed_by: Option<ManagedBy>,
    /// The tenant unit that the account was created in. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The settings. Defaults to no contact and no enforcement.
    #[serde(default)]
    pub settings: AccountSettings,
    /// The members, oldest first.
    #[serde(default)]
    pub members: Table<Member>,
    /// The roles that members can have. Defaults to the usual roles. Their ids are made up, and the same in every
    /// account.
    #[serde(default = "catalog::roles", skip_serializing_if = "catalog::are_default_roles")]
    pub roles: Table<Role>,
    /// The resource groups for the policies of members and user groups. Defaults to none; a new account has one for
    /// everything in it, which is built in.
    #[serde(default)]
    pub resource_groups: Table<ResourceGroup>,
    /// The user groups, oldest first. Defaults to none.
    #[serde(default)]
    pub user_groups: Table<UserGroup>,
    /// The connectors for single sign-on, oldest first. Defaults to none.
    #[serde(default)]
    pub sso_connectors: Table<SsoConnector>,
    /// The subscriptions, oldest first.
    #[serde(default)]
    pub subscriptions: Table<Subscription>,
    /// The API tokens that belong to the account, oldest first.
    #[serde(default)]
    pub tokens: Table<Token>,
    /// The audit log.
    #[serde(default)]
    pub audit_log: AuditLog,
}

impl Account {
    /// Creates a standard account with the usual roles and a resource group for everything in it.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        let id = id.into();
        Self {
            resource_groups: [ResourceGroup::whole(&id)].into_iter().collect(),
            id,
            name: name.into(),
            kind: AccountType::Standard,
            created_on: beginning(),
            managed_by: None,
            unit: None,
            settings: AccountSettings::default(),
            members: Table::new(),
            roles: catalog::roles(),
            user_groups: Table::new(),
            sso_connectors: Table::new(),
            subscriptions: Table::new(),
            tokens: Table::new(),
            audit_log: AuditLog::new(),
        }
    }

    /// Removes a member from the account and from its user groups.
    pub(crate) fn remove_member(&mut self, id: &str) -> Option<Member> {
        for group in self.user_groups.iter_mut() {
            group.members.remove(id);
        }
        self.members.remove(id)
    }

    /// Returns the resource name of an account, for policies. The id `*` means every account.
    pub fn resource(id: &str) -> String {
        account_resource(id)
    }
}

impl Row for Account {
    const KEY: &'static str = "id";

    fn key(&self) -> &str {
        &self.id
    }
}

/// The type of an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum AccountType {
    /// A standard account.
    #[default]
    Standard,
    /// An enterprise account.
    Enterprise,
}

/// The organization that an account belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ManagedBy {
    /// The id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_org_id: Option<String>,
    /// The name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_org_name: Option<String>,
}

/// The settings of an account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AccountSettings {
    /// The contact for abuse reports: an email address or any other text. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub abuse_contact_email: Option<String>,
    /// Whether members must use two-factor authentication. Defaults to false.
    #[serde(default)]
    pub enforce_twofactor: bool,
}
