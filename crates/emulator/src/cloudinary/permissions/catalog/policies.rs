//! The system policies, as a table.

use super::super::super::state::ScopeType;
use super::super::parameters::{COLLECTION_ID, FOLDER_ID};
use super::policy::SystemPolicy;

/// A policy about everything in its scope.
const fn global(
    scope_type: ScopeType,
    id: &'static str,
    name: &'static str,
    sub_category: &'static str,
    actions: &'static [&'static str],
) -> SystemPolicy {
    SystemPolicy {
        id,
        name,
        scope_type,
        parameter: None,
        category: scope_type.word(),
        sub_category,
        actions,
    }
}

const fn account(
    id: &'static str,
    name: &'static str,
    sub_category: &'static str,
    actions: &'static [&'static str],
) -> SystemPolicy {
    global(ScopeType::Account, id, name, sub_category, actions)
}

const fn prodenv(
    id: &'static str,
    name: &'static str,
    sub_category: &'static str,
    actions: &'static [&'static str],
) -> SystemPolicy {
    global(ScopeType::Prodenv, id, name, sub_category, actions)
}

/// A policy about one piece of content of a product environment.
const fn content(
    parameter: &'static str,
    id: &'static str,
    name: &'static str,
    category: &'static str,
    sub_category: &'static str,
    actions: &'static [&'static str],
) -> SystemPolicy {
    SystemPolicy {
        id,
        name,
        scope_type: ScopeType::Prodenv,
        parameter: Some(parameter),
        category,
        sub_category,
        actions,
    }
}

const fn folder(
    id: &'static str,
    name: &'static str,
    sub_category: &'static str,
    actions: &'static [&'static str],
) -> SystemPolicy {
    content(FOLDER_ID, id, name, "folder", sub_category, actions)
}

const fn collection(
    id: &'static str,
    name: &'static str,
    sub_category: &'static str,
    actions: &'static [&'static str],
) -> SystemPolicy {
    content(COLLECTION_ID, id, name, "collection", sub_category, actions)
}

#[rustfmt::skip]
pub(in super::super) const POLICIES: &[SystemPolicy] = &[
    account("cld::policy::account::product_environments::read", "View product environments", "product_environments", &["read_product_environments"]),
    account("cld::policy::account::product_environments::manage", "Manage product environments", "product_environments", &["manage_product_environments"]),
    account("cld::policy::account::access_keys::read", "View access keys", "access_keys", &["read_access_keys"]),
    account("cld::policy::account::access_keys::manage", "Manage access keys", "access_keys", &["manage_access_keys"]),
    account("cld::policy::account::users::read", "View users and groups", "users", &["read_users", "read_user_groups"]),
    account("cld::policy::account::users::manage", "Manage users and groups", "users", &["manage_users", "manage_user_groups"]),
    account("cld::policy::account::permissions::read", "View roles and policies", "permissions", &["read_roles", "read_policies"]),
    account("cld::policy::account::permissions::manage", "Manage roles and policies", "permissions", &["manage_roles", "manage_policies"]),
    account("cld::policy::account::billing::read", "View billing", "billing", &["read_billing"]),
    account("cld::policy::account::billing::manage", "Manage billing", "billing", &["manage_billing"]),
    account("cld::policy::account::reports::read", "View reports", "reports", &["read_reports"]),

    prodenv("cld::policy::prodenv::assets::view", "View all assets", "assets", &["view_asset", "download_asset"]),
    prodenv("cld::policy::prodenv::assets::upload", "Upload assets anywhere", "assets", &["upload_asset"]),
    prodenv("cld::policy::prodenv::assets::update", "Change all assets", "assets", &["update_asset", "move_asset"]),
    prodenv("cld::policy::prodenv::assets::delete", "Delete all assets", "assets", &["delete_asset"]),
    prodenv("cld::policy::prodenv::folders::view", "View all folders", "folders", &["view_folder"]),
    prodenv("cld::policy::prodenv::folders::manage", "Manage all folders", "folders", &["create_folder", "update_folder", "move_folder", "delete_folder", "share_folder"]),
    prodenv("cld::policy::prodenv::collections::view", "View all collections", "collections", &["view_collection"]),
    prodenv("cld::policy::prodenv::collections::manage", "Manage all collections", "collections", &["create_collection", "update_collection", "delete_collection", "share_collection"]),
    prodenv("cld::policy::prodenv::settings::read", "View the settings", "settings", &["read_settings"]),
    prodenv("cld::policy::prodenv::settings::manage", "Manage the settings", "settings", &["manage_settings"]),

    folder("cld::policy::folder::assets::view", "View a folder's assets", "assets", &["view_asset", "download_asset"]),
    folder("cld::policy::folder::assets::upload", "Upload assets to a folder", "assets", &["upload_asset"]),
    folder("cld::policy::folder::assets::update", "Change a folder's assets", "assets", &["update_asset", "move_asset"]),
    folder("cld::policy::folder::assets::delete", "Delete a folder's assets", "assets", &["delete_asset"]),
    folder("cld::policy::folder::folders::view", "View a folder", "folders", &["view_folder"]),
    folder("cld::policy::folder::folders::manage", "Manage a folder", "folders", &["create_folder", "update_folder", "move_folder", "delete_folder", "share_folder"]),

    collection("cld::policy::collection::assets::view", "View a collection's assets", "assets", &["view_asset", "download_asset"]),
    collection("cld::policy::collection::collections::view", "View a collection", "collections", &["view_collection"]),
    collection("cld::policy::collection::collections::update", "Change a collection", "collections", &["update_collection"]),
    collection("cld::policy::collection::collections::manage", "Manage a collection", "collections", &["delete_collection", "share_collection"]),
];

/// Finds a policy by its id.
pub(in super::super) fn policy(id: &str) -> Option<&'static SystemPolicy> {
    POLICIES.iter().find(|policy| policy.id == id)
}
