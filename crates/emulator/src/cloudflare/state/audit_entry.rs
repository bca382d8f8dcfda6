//! An entry of an audit log.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// An entry of an account's audit log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AuditEntry {
    /// The id, unique within the account.
    pub id: String,
    /// When it happened, in milliseconds.
    pub time: DateTime<Utc>,
    /// `create`, `update`, `delete` or `view`. Defaults to `update`.
    #[serde(default = "update")]
    pub action_type: String,
    /// `success` or `failure`. Defaults to `success`.
    #[serde(default = "success")]
    pub action_result: String,
    /// The description. Defaults to an empty one.
    #[serde(default)]
    pub description: String,
    /// Who did it. Defaults to the system.
    #[serde(default)]
    pub actor: AuditActor,
    /// The request and the status of its response. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<AuditRequest>,
    /// The resource that it affected. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<AuditResource>,
    /// The zone that it affected. Defaults to none.
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
    /// Creates an entry for a successful update by the system.
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

/// Who caused an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AuditActor {
    /// The id of the user or the account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The way of access: `api_key`, `api_token`, `dash`, `oauth`, `origin_ca_key` or `api`.
    pub context: String,
    /// The email address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The IP address of the request.
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

/// A request and the status of its response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AuditRequest {
    /// The id of the request.
    pub cf_ray_id: String,
    /// The HTTP method.
    pub method: String,
    /// The HTTP status.
    pub status_code: u16,
    /// The path and the query.
    pub uri: String,
    /// The user agent of the client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
}

/// The resource that an entry is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AuditResource {
    /// The id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The product that it belongs to.
    pub product: String,
    /// The category of the product. A filter uses it, but responses do not contain it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product_category: Option<String>,
    /// `accounts`, `user`, `zones` or `memberships`.
    pub scope: String,
    /// The type of the resource.
    #[serde(rename = "type")]
    pub kind: String,
    /// The body of the request. Defaults to null.
    #[serde(default)]
    pub request: Value,
    /// The body of the response, without secrets. Defaults to null.
    #[serde(default)]
    pub response: Value,
}

/// The zone that an entry is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AuditZone {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
}
