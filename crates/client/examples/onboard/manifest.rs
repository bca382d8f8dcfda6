//! The manifest: what a tenant gets.

use account_provisioning::cloudinary::{PolicyId, RoleId, UserRole};
use serde::Deserialize;

/// A misspelt field is an error, so that nothing is left out in silence.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    #[serde(default, rename = "product_environment")]
    pub environments: Vec<Environment>,
    #[serde(default, rename = "user")]
    pub users: Vec<User>,
    #[serde(default, rename = "group")]
    pub groups: Vec<Group>,
    #[serde(default, rename = "role")]
    pub roles: Vec<Role>,
    #[serde(default, rename = "grant")]
    pub grants: Vec<Grant>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Environment {
    pub name: String,
    pub cloud_name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct User {
    pub name: String,
    pub email: String,
    pub role: UserRole,
    /// Cloud names. There is no default: to the service, a missing list means all environments.
    pub product_environments: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub name: String,
    /// The e-mail addresses of users of this manifest.
    pub members: Vec<String>,
}

/// A role of the account, made of policies of the service.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    pub name: String,
    pub policies: Vec<PolicyId>,
    /// The groups that get the role.
    pub groups: Vec<String>,
}

/// A role of the service that a group gets on one folder.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    pub role: RoleId,
    pub group: String,
    pub product_environment: String,
    pub folder: String,
}
