//! Members of accounts of Cloudflare.
#![allow(missing_docs, reason = "the fields of the client's models")]

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Raw;
use crate::Result;
use crate::replies::MEMBERS_PER_PAGE;

/// A page of members.
#[derive(Debug, Deserialize)]
pub struct MemberList {
    #[serde(default)]
    pub errors: Vec<Value>,
    #[serde(default)]
    pub messages: Vec<Value>,
    pub result: Vec<Member>,
    pub result_info: Option<PageInfo>,
    pub success: bool,
}

/// Where a page stands in its list.
#[derive(Debug, Deserialize)]
pub struct PageInfo {
    pub count: Option<i64>,
    pub page: Option<i64>,
    pub per_page: Option<i64>,
    pub total_count: Option<i64>,
    pub total_pages: Option<i64>,
}

/// A member.
#[derive(Debug, Deserialize, Serialize)]
pub struct Member {
    pub email: Option<String>,
    pub id: String,
    #[serde(default)]
    pub policies: Vec<Policy>,
    #[serde(default)]
    pub roles: Vec<Role>,
    pub status: Option<String>,
    pub user: Option<MemberUser>,
}

/// The user behind a member.
#[derive(Debug, Deserialize, Serialize)]
pub struct MemberUser {
    pub email: String,
    pub first_name: Option<String>,
    pub id: Option<String>,
    pub last_name: Option<String>,
    pub two_factor_authentication_enabled: Option<bool>,
}

/// A role of a member.
#[derive(Debug, Deserialize, Serialize)]
pub struct Role {
    pub description: Option<String>,
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub permissions: BTreeMap<String, Grant>,
}

/// What a role permits in one area.
#[derive(Debug, Deserialize, Serialize)]
pub struct Grant {
    pub read: Option<bool>,
    pub write: Option<bool>,
}

/// A policy of a member.
#[derive(Debug, Deserialize, Serialize)]
pub struct Policy {
    pub access: Option<String>,
    pub id: Option<String>,
    #[serde(default)]
    pub permission_groups: Vec<PermissionGroup>,
    #[serde(default)]
    pub resource_groups: Vec<ResourceGroup>,
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// A permission group in a policy.
#[derive(Debug, Deserialize, Serialize)]
pub struct PermissionGroup {
    pub id: String,
    #[serde(default)]
    pub meta: Map<String, Value>,
    pub name: Option<String>,
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// A resource group in a policy.
#[derive(Debug, Deserialize, Serialize)]
pub struct ResourceGroup {
    pub id: String,
    #[serde(default)]
    pub meta: Map<String, Value>,
    pub name: Option<String>,
    #[serde(default)]
    pub scope: Vec<Scope>,
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// What a resource group covers.
#[derive(Debug, Deserialize, Serialize)]
pub struct Scope {
    pub key: String,
    #[serde(default)]
    pub objects: Vec<ScopeObject>,
}

/// What inside a scope is covered.
#[derive(Debug, Deserialize, Serialize)]
pub struct ScopeObject {
    pub key: String,
}

impl Raw {
    /// Fetches one page of the members of an account.
    ///
    /// # Errors
    /// The reply can't be had or read, or the service refused.
    pub async fn members(&self, account: &str, page: usize) -> Result<MemberList> {
        let path = format!("/client/v4/accounts/{account}/members?page={page}&per_page={MEMBERS_PER_PAGE}");
        let list: MemberList = self.get(&path).await?;
        if list.success {
            Ok(list)
        } else {
            Err(format!("refused: {:?}", list.errors).into())
        }
    }

    /// Reads all members of an account, one page after the other, and returns how many they are.
    ///
    /// # Errors
    /// As [`members`](Self::members).
    pub async fn all_members(&self, account: &str) -> Result<usize> {
        let (mut read, mut page) = (0, 1);
        loop {
            let list = self.members(account, page).await?;
            let pages = list.result_info.and_then(|info| info.total_pages).unwrap_or(0);
            read += list.result.len();
            if list.result.is_empty() || i64::try_from(page)? >= pages {
                return Ok(read);
            }
            page += 1;
        }
    }
}
