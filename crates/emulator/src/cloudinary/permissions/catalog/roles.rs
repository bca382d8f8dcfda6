//! The system roles, as a table.

use super::super::super::state::{PermissionType, ScopeType};

/// A system role.
#[derive(Debug)]
pub(in super::super) struct SystemRole {
    pub(in super::super) id: &'static str,
    pub(in super::super) name: &'static str,
    pub(in super::super) description: &'static str,
    pub(in super::super) scope_type: ScopeType,
    pub(in super::super) permission_type: PermissionType,
    pub(in super::super) policies: &'static [&'static str],
}

const fn new(
    (scope_type, permission_type): (ScopeType, PermissionType),
    id: &'static str,
    name: &'static str,
    description: &'static str,
    policies: &'static [&'static str],
) -> SystemRole {
    SystemRole {
        id,
        name,
        description,
        scope_type,
        permission_type,
        policies,
    }
}

const ACCOUNT: (ScopeType, PermissionType) = (ScopeType::Account, PermissionType::Global);
const PRODENV: (ScopeType, PermissionType) = (ScopeType::Prodenv, PermissionType::Global);
const CONTENT: (ScopeType, PermissionType) = (ScopeType::Prodenv, PermissionType::Content);

/// The vendor shows the ids of all but the folder manager and the roles of collections. Which policies a role has is made
/// up, except that an editor is a viewer who contributes, and that a manager also deletes, shares and downloads everything.
#[rustfmt::skip]
pub(in super::super) const ROLES: &[SystemRole] = &[
    new(ACCOUNT, "cld::role::account::master_admin", "Master Admin", "Manages everything at the level of the account", &[
        "cld::policy::global::users_and_groups::view", "cld::policy::global::users_and_groups::manage",
        "cld::policy::global::account::view", "cld::policy::global::account::manage",
        "cld::policy::global::account_security::manage", "cld::policy::global::account_reports::view",
    ]),
    new(ACCOUNT, "cld::role::account::admin", "Admin", "Manages the account, except its security settings", &[
        "cld::policy::global::users_and_groups::view", "cld::policy::global::users_and_groups::manage",
        "cld::policy::global::account::view", "cld::policy::global::account::manage",
        "cld::policy::global::account_reports::view",
    ]),
    new(ACCOUNT, "cld::role::account::reports", "Reports", "Views the reports of the account", &[
        "cld::policy::global::account_reports::view",
    ]),
    new(PRODENV, "cld::role::prodenv::master_admin", "Master Admin", "Manages everything in a product environment", &[
        "cld::policy::global::folder_and_asset_management::view",
        "cld::policy::global::folder_and_asset_management::create_asset",
        "cld::policy::global::folder_and_asset_management::manage",
        "cld::policy::global::assets::moderate", "cld::policy::global::upload_presets::manage",
        "cld::policy::global::reports::delivery::view", "cld::policy::global::reports::errors::view",
        "cld::policy::global::reports::usage::view", "cld::policy::global::ml::access",
        "cld::policy::global::basic_portals::access", "cld::policy::global::api_keys::manage",
        "cld::policy::global::product_environment::manage", "cld::policy::global::billing::view",
    ]),
    new(PRODENV, "cld::role::prodenv::ml_user", "Media Library User", "Works in the Media Library of a product environment", &[
        "cld::policy::global::ml::access", "cld::policy::global::basic_portals::access",
        "cld::policy::global::folder_and_asset_management::view",
        "cld::policy::global::folder_and_asset_management::create_asset",
    ]),
    new(PRODENV, "cld::role::prodenv::reports", "Reports", "Views the reports of a product environment", &[
        "cld::policy::global::reports::delivery::view", "cld::policy::global::reports::errors::view",
        "cld::policy::global::reports::usage::view",
    ]),
    new(PRODENV, "cld::role::prodenv::billing", "Billing", "Views the billing of a product environment", &[
        "cld::policy::global::billing::view", "cld::policy::global::reports::usage::view",
    ]),
    new(CONTENT, "cld::role::folder::viewer", "Folder Viewer", "Views a folder and what is in it", &[
        "cld::policy::content::folder::view_download", "cld::policy::content::folder::download_public_assets",
    ]),
    new(CONTENT, "cld::role::folder::contributor", "Folder Contributor", "Views a folder and adds to it", &[
        "cld::policy::content::folder::view_download", "cld::policy::content::folder::add_assets",
    ]),
    new(CONTENT, "cld::role::content::folder::editor", "Folder Editor", "Views and changes what is in a folder, and adds to it", &[
        "cld::policy::content::folder::view_download", "cld::policy::content::folder::download_public_assets",
        "cld::policy::content::folder::add_assets", "cld::policy::content::folder::edit_assets",
    ]),
    new(CONTENT, "cld::role::content::folder::manager", "Folder Manager", "Manages a folder and what is in it", &[
        "cld::policy::content::folder::view_download", "cld::policy::content::folder::download_public_assets",
        "cld::policy::content::folder::add_assets", "cld::policy::content::folder::edit_assets",
        "cld::policy::content::folder::delete", "cld::policy::content::folder::share",
        "cld::policy::content::folder::download_all_assets",
    ]),
    new(CONTENT, "cld::role::collection::viewer", "Collection Viewer", "Views a collection and what is in it", &[
        "cld::policy::content::collection::view",
    ]),
    new(CONTENT, "cld::role::collection::contributor", "Collection Contributor", "Views and changes a collection", &[
        "cld::policy::content::collection::view", "cld::policy::content::collection::update",
    ]),
    new(CONTENT, "cld::role::collection::manager", "Collection Manager", "Manages a collection", &[
        "cld::policy::content::collection::view", "cld::policy::content::collection::update",
        "cld::policy::content::collection::manage",
    ]),
];

/// Finds a role by its id. The vendor writes the ids of roles for content with and without `content::`, and both find the
/// same role.
pub(in super::super) fn role(id: &str) -> Option<&'static SystemRole> {
    let plain = |id: &str| id.replacen("cld::role::content::", "cld::role::", 1);
    ROLES.iter().find(|role| plain(role.id) == plain(id))
}
