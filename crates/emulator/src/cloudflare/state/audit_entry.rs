//! An entry of an audit log.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// An entry of an audit log. The account is the one whose log it is in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AuditEntry {
    /// The id, unique within the account.
    pub id: String,
    /// When it happened, to the millisecond.
    pub time: DateTime<Utc>,
    /// `create`, `update`, `delete` or `view`. Defaults to `update`.
    #[serde(default = "update")]
    pub action_type: String,
    /// `success` or `failure`. Defaults to `success`.
    #[serde(default = "success")]
    pub action_result: String,
    /// What happened, in words. Defaults to nothing.
    #[serde(default)]
    pub description: String,
    /// Who did it. Defaults to the system.
    #[serde(default)]
    pub actor: AuditActor,
    /// The request and its answer. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<AuditRequest>,
    /// What it was done to. Defaults to nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<AuditResource>,
    /// The zone it was done in. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<AuditZone>,
}

fn update() -> String {
    "update".to_owned()
}

fn success() -> String {
    "success".to_owned()
}

impl AuditEntry {
    /// Makes an entry of an update by the system that succeeded.
    pub fn new(id: impl Into<String>, time: DateTime<Utc>) -> Self {
        Self {
            id: id.into(),
            time,
            action_type: update(),
            action_result: success(),
            description: String::new(),
            actor: AuditActor::default(),
            raw: None,
            resource: None,
            zone: None,
        }
    }
}

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AuditActor {
    /// The id of the user or the account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// How they came: `api_key`, `api_token`, `dash`, `oauth`, `origin_ca_key` or `api`.
    pub context: String,
    /// The email address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The address that the request came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ip_address: Option<String>,
    /// The id of the token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_id: Option<String>,
    /// The name of the token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_name: Option<String>,
    /// `account`, `cloudflare_admin`, `system`, `user` or `delegated_service`.
    #[serde(rename = "type")]
    pub kind: String,
}

impl Default for AuditActor {
    /// The system, through the API.
    fn default() -> Self {
        Self {
            id: None,
            context: "api".to_owned(),
            email: None,
            ip_address: None,
            token_id: None,
            token_name: None,
            kind: "system".to_owned(),
        }
    }
}

/// A request and the status of its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AuditRequest {
    /// The number of the request.
    pub cf_ray_id: String,
    /// The HTTP method.
    pub method: String,
    /// The HTTP status.
    pub status_code: u16,
    /// The path, and the query when there was one.
    pub uri: String,
    /// The client's name of itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
}

/// What something was done to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AuditResource {
    /// Its id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The product it belongs to.
    pub product: String,
    /// The category of the product, which a filter knows and no reply shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product_category: Option<String>,
    /// `accounts`, `user`, `zones` or `memberships`.
    pub scope: String,
    /// What kind of thing it is.
    #[serde(rename = "type")]
    pub kind: String,
    /// The body of the request. Defaults to null.
    #[serde(default)]
    pub request: Value,
    /// The body of the answer, secrets left out. Defaults to null.
    #[serde(default)]
    pub response: Value,
}

/// The zone something was done in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AuditZone {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}
