//! Identifiers that can be put into a path without leading anywhere else.

use account_provisioning_core::id_type;

id_type! {
    /// Identifies an account (the vendor's `account_id`). Its case is kept.
    pub struct AccountId("account id");
}

id_type! {
    /// Identifies a product environment (the vendor's `sub_account_id`).
    pub struct ProductEnvironmentId("product environment id");
}

id_type! {
    /// Identifies an access key: the API key itself (the vendor's `key`), which is no secret.
    pub struct ApiKey("api key");
}

id_type! {
    /// Identifies a user.
    pub struct UserId("user id");
}

id_type! {
    /// Identifies a user group (the vendor's `group_id`).
    pub struct UserGroupId("user group id");
}

id_type! {
    /// Identifies a role, system or custom. Ids of system roles hold colons, such as `cld::role::account::admin`.
    pub struct RoleId("role id");
}

id_type! {
    /// Identifies a policy, system or custom. Ids of system policies hold colons, as those of system roles do.
    pub struct PolicyId("policy id");
}

id_type! {
    /// Identifies a provisioning key, which is a key of the account: the key itself, which is no secret.
    pub struct ProvisioningKey("provisioning key");
}

/// Writes identifiers as they are sent.
pub(super) fn strings<T: Into<String>>(ids: Vec<T>) -> Vec<String> {
    ids.into_iter().map(Into::into).collect()
}
