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

/// Writes identifiers as they are sent.
pub(super) fn strings<T: Into<String>>(ids: Vec<T>) -> Vec<String> {
    ids.into_iter().map(Into::into).collect()
}
