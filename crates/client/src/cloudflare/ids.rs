//! Identifiers that can be put into a path without leading anywhere else.

use account_provisioning_core::id_type;

id_type! {
    /// Identifies an account.
    pub struct AccountId("account id");
}

id_type! {
    /// Identifies a membership: what one user is in one account, not the user.
    pub struct MemberId("member id");
}

id_type! {
    /// Identifies a role.
    pub struct RoleId("role id");
}

id_type! {
    /// Identifies a subscription (the vendor's `subscription_identifier`).
    pub struct SubscriptionId("subscription id");
}

id_type! {
    /// Identifies an API token. It is not the token's value, and no secret.
    pub struct TokenId("token id");
}

id_type! {
    /// Identifies a permission group.
    pub struct PermissionGroupId("permission group id");
}

id_type! {
    /// Identifies a resource group, which the policies of a member apply to.
    pub struct ResourceGroupId("resource group id");
}
