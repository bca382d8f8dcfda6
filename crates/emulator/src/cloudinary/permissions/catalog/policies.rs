//! The system policies, as a table.

use super::super::super::state::ScopeType;
use super::super::parameters::{COLLECTION_ID, FOLDER_ID};
use super::policy::Grant::{self, Every, Feature, Inside, Itself};
use super::policy::SystemPolicy;

/// The category of a policy, and the one inside it.
type Category = (&'static str, &'static str);

const USERS: Category = ("Settings", "User Management");
const SECURITY: Category = ("Settings", "Account Security");
const ACCOUNT: Category = ("Settings", "Account");
const UPLOAD: Category = ("Settings", "Upload Settings");
const ENVIRONMENT: Category = ("Settings", "Product Environment");
const CONTENT: Category = ("Management", "Folder and asset management");
const LIBRARY: Category = ("Management", "Media Library");
const KEYS: Category = ("Management", "API keys");
const REPORTS: Category = ("Management", "Reports");
const VIEW: Category = ("Folder", "View and download");
const CONTRIBUTE: Category = ("Folder", "Contribute");
const MANAGE: Category = ("Folder", "Manage");
const COLLECTION: Category = ("Collection", "Manage");

const fn new(
    (scope_type, parameter): (ScopeType, Option<&'static str>),
    id: &'static str,
    name: &'static str,
    (category, sub_category): Category,
    grants: &'static [Grant],
) -> SystemPolicy {
    SystemPolicy {
        id,
        name,
        scope_type,
        parameter,
        category,
        sub_category,
        grants,
    }
}

/// What a policy is about: its scope, and the kind of content that limits it.
type Reach = (ScopeType, Option<&'static str>);

const IN_ACCOUNT: Reach = (ScopeType::Account, None);
const IN_PRODENV: Reach = (ScopeType::Prodenv, None);
const IN_FOLDER: Reach = (ScopeType::Prodenv, Some(FOLDER_ID));
const IN_COLLECTION: Reach = (ScopeType::Prodenv, Some(COLLECTION_ID));

/// The policies that the vendor shows, with the ids, names and categories that it shows; where it shows none, they are
/// made up. Their grants are made up.
#[rustfmt::skip]
const VENDORS: &[SystemPolicy] = &[
    new(IN_ACCOUNT, "cld::policy::global::users_and_groups::manage", "Manage users and groups", USERS, &[
        Feature("cld::global::users_and_groups::manage"),
        Feature("cld::global::users::view"), Feature("cld::global::users::create"),
        Feature("cld::global::users::update"), Feature("cld::global::users::delete"),
        Feature("cld::global::groups::view"), Feature("cld::global::groups::create"),
        Feature("cld::global::groups::update"), Feature("cld::global::groups::delete"),
        Every(&[], "User"), Every(&[], "Group"),
    ]),
    new(IN_ACCOUNT, "cld::policy::global::account_security::manage", "Manage account security settings", SECURITY, &[
        Every(&["update_settings"], "Account"),
    ]),
    new(IN_PRODENV, "cld::policy::global::assets::moderate", "Moderate all assets", CONTENT, &[
        Every(&["moderate"], "Asset"),
    ]),
    new(IN_PRODENV, "cld::policy::global::upload_presets::manage", "Manage upload settings", UPLOAD, &[
        Feature("cld::global::upload_settings::access"), Feature("cld::global::upload_settings::manage"),
        Feature("cld::global::upload_presets::sample"),
        Every(&[], "UploadPreset"), Every(&[], "UploadMapping"),
    ]),
    new(IN_PRODENV, "cld::policy::global::folder_and_asset_management::create_asset", "Upload assets", CONTENT, &[
        Every(&["create"], "Asset"),
    ]),
    new(IN_PRODENV, "cld::policy::global::folder_and_asset_management::view", "View folders and assets", CONTENT, &[
        Every(&["read"], "Asset"), Every(&["read"], "Folder"), Every(&["read"], "Collection"),
    ]),
    new(IN_PRODENV, "cld::policy::global::reports::delivery::view", "View delivery reports", REPORTS, &[
        Feature("cld::global::reports::delivery::view"),
    ]),
    new(IN_PRODENV, "cld::policy::global::reports::errors::view", "View error reports", REPORTS, &[
        Feature("cld::global::reports::errors::view"),
    ]),
    new(IN_PRODENV, "cld::policy::global::reports::usage::view", "View usage reports", REPORTS, &[
        Feature("cld::global::reports::usage::view"),
    ]),
    new(IN_PRODENV, "cld::policy::global::ml::access", "Access the Media Library", LIBRARY, &[
        Feature("cld::global::ml::access"),
    ]),
    new(IN_PRODENV, "cld::policy::global::api_keys::manage", "Manage API keys", KEYS, &[
        Feature("cld::global::api_keys::view"), Feature("cld::global::api_keys::manage"),
    ]),
    new(IN_PRODENV, "cld::policy::global::basic_portals::access", "Access portals", LIBRARY, &[
        Feature("cld::global::basic_portals::access"),
    ]),
    new(IN_FOLDER, "cld::policy::content::folder::view_download", "View all assets", VIEW, &[
        Itself(&["read"]), Inside(&["read"], "Folder"), Inside(&["read"], "Asset"),
    ]),
    new(IN_FOLDER, "cld::policy::content::folder::download_public_assets", "Download public assets", VIEW, &[
        Inside(&["read"], "Asset"),
    ]),
    new(IN_FOLDER, "cld::policy::content::folder::add_assets", "Add assets", CONTRIBUTE, &[
        Inside(&["create"], "Asset"), Inside(&["create"], "Folder"),
    ]),
];

/// Policies that are made up in the vendor's form: the vendor's roles need them.
#[rustfmt::skip]
const MADE_UP: &[SystemPolicy] = &[
    new(IN_ACCOUNT, "cld::policy::global::users_and_groups::view", "View users and groups", USERS, &[
        Feature("cld::global::users::view"), Feature("cld::global::groups::view"),
        Every(&["read"], "User"), Every(&["read"], "Group"),
    ]),
    new(IN_ACCOUNT, "cld::policy::global::account::view", "View the account", ACCOUNT, &[
        Feature("cld::global::account::view"), Every(&["read"], "Account"), Every(&["read"], "ProductEnvironment"),
    ]),
    new(IN_ACCOUNT, "cld::policy::global::account::manage", "Manage the account", ACCOUNT, &[
        Feature("cld::global::account::view"), Feature("cld::global::account::update"),
        Every(&["read", "update"], "Account"), Every(&[], "ProductEnvironment"),
    ]),
    new(IN_ACCOUNT, "cld::policy::global::account_reports::view", "View account reports", REPORTS, &[
        Every(&["read"], "Report"),
    ]),
    new(IN_PRODENV, "cld::policy::global::folder_and_asset_management::manage", "Manage folders and assets", CONTENT, &[
        Every(&[], "Asset"), Every(&[], "Folder"), Every(&[], "Collection"),
    ]),
    new(IN_PRODENV, "cld::policy::global::product_environment::manage", "Manage the product environment", ENVIRONMENT, &[
        Every(&["read", "update_settings"], "ProductEnvironment"),
    ]),
    new(IN_PRODENV, "cld::policy::global::billing::view", "View billing", REPORTS, &[
        Feature("cld::global::billing::view"),
    ]),
    new(IN_FOLDER, "cld::policy::content::folder::download_all_assets", "Download all assets", VIEW, &[
        Inside(&["read"], "Asset"),
    ]),
    new(IN_FOLDER, "cld::policy::content::folder::edit_assets", "Edit assets", CONTRIBUTE, &[
        Inside(&["update", "moderate"], "Asset"),
    ]),
    new(IN_FOLDER, "cld::policy::content::folder::delete", "Delete folders and assets", MANAGE, &[
        Inside(&["delete"], "Asset"), Inside(&["delete"], "Folder"),
    ]),
    new(IN_FOLDER, "cld::policy::content::folder::share", "Share folders", MANAGE, &[
        Itself(&["update_settings"]), Inside(&["update_settings"], "Folder"),
    ]),
    new(IN_COLLECTION, "cld::policy::content::collection::view", "View a collection", COLLECTION, &[
        Itself(&["read"]), Inside(&["read"], "Asset"),
    ]),
    new(IN_COLLECTION, "cld::policy::content::collection::update", "Change a collection", COLLECTION, &[
        Itself(&["update"]),
    ]),
    new(IN_COLLECTION, "cld::policy::content::collection::manage", "Manage a collection", COLLECTION, &[
        Itself(&["update_settings", "delete"]),
    ]),
];

/// All system policies, first the vendor's.
pub(in super::super) fn policies() -> impl Iterator<Item = &'static SystemPolicy> {
    VENDORS.iter().chain(MADE_UP)
}

/// Finds a policy by its id.
pub(in super::super) fn policy(id: &str) -> Option<&'static SystemPolicy> {
    policies().find(|policy| policy.id == id)
}
