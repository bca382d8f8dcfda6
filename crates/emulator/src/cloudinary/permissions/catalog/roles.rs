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

#[rustfmt::skip]
pub(in super::super) const ROLES: &[SystemRole] = &[
    SystemRole {
        id: "cld::role::account::admin",
        name: "Account admin",
        description: "Manages everything at the level of the account",
        scope_type: ScopeType::Account,
        permission_type: PermissionType::Global,
        policies: &[
            "cld::policy::account::product_environments::read", "cld::policy::account::product_environments::manage",
            "cld::policy::account::access_keys::read", "cld::policy::account::access_keys::manage",
            "cld::policy::account::users::read", "cld::policy::account::users::manage",
            "cld::policy::account::permissions::read", "cld::policy::account::permissions::manage",
            "cld::policy::account::billing::read", "cld::policy::account::billing::manage",
            "cld::policy::account::reports::read",
        ],
    },
    SystemRole {
        id: "cld::role::account::technical_admin",
        name: "Account technical admin",
        description: "Manages product environments and their access keys",
        scope_type: ScopeType::Account,
        permission_type: PermissionType::Global,
        policies: &[
            "cld::policy::account::product_environments::read", "cld::policy::account::product_environments::manage",
            "cld::policy::account::access_keys::read", "cld::policy::account::access_keys::manage",
        ],
    },
    SystemRole {
        id: "cld::role::account::billing",
        name: "Account billing",
        description: "Manages billing",
        scope_type: ScopeType::Account,
        permission_type: PermissionType::Global,
        policies: &["cld::policy::account::billing::read", "cld::policy::account::billing::manage"],
    },
    SystemRole {
        id: "cld::role::account::reports",
        name: "Account reports",
        description: "Views reports",
        scope_type: ScopeType::Account,
        permission_type: PermissionType::Global,
        policies: &["cld::policy::account::reports::read"],
    },
    SystemRole {
        id: "cld::role::prodenv::admin",
        name: "Product environment admin",
        description: "Manages the settings and all content of a product environment",
        scope_type: ScopeType::Prodenv,
        permission_type: PermissionType::Global,
        policies: &[
            "cld::policy::prodenv::assets::view", "cld::policy::prodenv::assets::upload",
            "cld::policy::prodenv::assets::update", "cld::policy::prodenv::assets::delete",
            "cld::policy::prodenv::folders::view", "cld::policy::prodenv::folders::manage",
            "cld::policy::prodenv::collections::view", "cld::policy::prodenv::collections::manage",
            "cld::policy::prodenv::settings::read", "cld::policy::prodenv::settings::manage",
        ],
    },
    SystemRole {
        id: "cld::role::prodenv::contributor",
        name: "Product environment contributor",
        description: "Views, uploads and changes all content of a product environment",
        scope_type: ScopeType::Prodenv,
        permission_type: PermissionType::Global,
        policies: &[
            "cld::policy::prodenv::assets::view", "cld::policy::prodenv::assets::upload",
            "cld::policy::prodenv::assets::update", "cld::policy::prodenv::folders::view",
            "cld::policy::prodenv::collections::view",
        ],
    },
    SystemRole {
        id: "cld::role::prodenv::viewer",
        name: "Product environment viewer",
        description: "Views all content of a product environment",
        scope_type: ScopeType::Prodenv,
        permission_type: PermissionType::Global,
        policies: &[
            "cld::policy::prodenv::assets::view", "cld::policy::prodenv::folders::view",
            "cld::policy::prodenv::collections::view",
        ],
    },
    SystemRole {
        id: "cld::role::folder::manager",
        name: "Folder manager",
        description: "Manages a folder and what is in it",
        scope_type: ScopeType::Prodenv,
        permission_type: PermissionType::Content,
        policies: &[
            "cld::policy::folder::assets::view", "cld::policy::folder::assets::upload",
            "cld::policy::folder::assets::update", "cld::policy::folder::assets::delete",
            "cld::policy::folder::folders::view", "cld::policy::folder::folders::manage",
        ],
    },
    SystemRole {
        id: "cld::role::folder::contributor",
        name: "Folder contributor",
        description: "Views, uploads and changes what is in a folder",
        scope_type: ScopeType::Prodenv,
        permission_type: PermissionType::Content,
        policies: &[
            "cld::policy::folder::assets::view", "cld::policy::folder::assets::upload",
            "cld::policy::folder::assets::update", "cld::policy::folder::folders::view",
        ],
    },
    SystemRole {
        id: "cld::role::folder::viewer",
        name: "Folder viewer",
        description: "Views a folder and what is in it",
        scope_type: ScopeType::Prodenv,
        permission_type: PermissionType::Content,
        policies: &["cld::policy::folder::assets::view", "cld::policy::folder::folders::view"],
    },
    SystemRole {
        id: "cld::role::collection::manager",
        name: "Collection manager",
        description: "Manages a collection",
        scope_type: ScopeType::Prodenv,
        permission_type: PermissionType::Content,
        policies: &[
            "cld::policy::collection::assets::view", "cld::policy::collection::collections::view",
            "cld::policy::collection::collections::update", "cld::policy::collection::collections::manage",
        ],
    },
    SystemRole {
        id: "cld::role::collection::contributor",
        name: "Collection contributor",
        description: "Views and changes a collection",
        scope_type: ScopeType::Prodenv,
        permission_type: PermissionType::Content,
        policies: &[
            "cld::policy::collection::assets::view", "cld::policy::collection::collections::view",
            "cld::policy::collection::collections::update",
        ],
    },
    SystemRole {
        id: "cld::role::collection::viewer",
        name: "Collection viewer",
        description: "Views a collection and what is in it",
        scope_type: ScopeType::Prodenv,
        permission_type: PermissionType::Content,
        policies: &["cld::policy::collection::assets::view", "cld::policy::collection::collections::view"],
    },
];
