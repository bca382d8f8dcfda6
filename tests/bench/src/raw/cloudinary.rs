//! Users of Cloudinary.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Raw;
use crate::Result;
use crate::replies::{ACCOUNT, USERS};

/// A page of users.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the fields of the client's model")]
pub struct UserList {
    pub users: Vec<User>,
}

/// A user.
#[derive(Debug, Deserialize, Serialize)]
#[allow(missing_docs, reason = "the fields of the client's model")]
pub struct User {
    pub account_id: Option<String>,
    pub all_sub_accounts: Option<bool>,
    pub created_at: Option<DateTime<Utc>>,
    pub email: Option<String>,
    #[serde(default)]
    pub email_preferences: Map<String, Value>,
    pub enabled: Option<bool>,
    pub first_name: Option<String>,
    pub group_count: Option<i64>,
    pub id: String,
    pub last_login: Option<DateTime<Utc>>,
    pub last_name: Option<String>,
    pub name: Option<String>,
    pub pending: Option<bool>,
    #[serde(default)]
    pub providers: Vec<String>,
    pub role: Option<String>,
    pub root: Option<bool>,
    pub status: Option<String>,
    pub sub_account_count: Option<i64>,
    #[serde(default)]
    pub sub_account_ids: Vec<String>,
    pub technical_role: Option<String>,
    pub two_factor: Option<bool>,
    pub updated_at: Option<DateTime<Utc>>,
}

impl Raw {
    /// Fetches one user.
    ///
    /// # Errors
    /// The reply can't be had or read.
    pub async fn user(&self, id: &str) -> Result<User> {
        self.get(&format!("/v1_1/provisioning/accounts/{ACCOUNT}/users/{id}"))
            .await
    }

    /// Fetches the first page of users.
    ///
    /// # Errors
    /// The reply can't be had or read.
    pub async fn users(&self) -> Result<Vec<User>> {
        let path = format!("/v1_1/provisioning/accounts/{ACCOUNT}/users?page=1&page_size={USERS}");
        Ok(self.get::<UserList>(&path).await?.users)
    }
}
