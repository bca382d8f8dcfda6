//! The Cedar schema: the entity types and actions that statements can use.
//!
//! The vendor documents neither. The names are made up, in the namespace `Cloudinary`.

use serde_json::{Map, Value, json};

/// The names of some actions, and the resource types that they apply to.
type Actions = (&'static [&'static str], &'static [&'static str]);

const ACTIONS: &[Actions] = &[
    (
        &[
            "read_users",
            "manage_users",
            "read_user_groups",
            "manage_user_groups",
            "read_roles",
            "manage_roles",
            "read_policies",
            "manage_policies",
            "read_billing",
            "manage_billing",
            "read_reports",
        ],
        &["Account"],
    ),
    (
        &[
            "read_product_environments",
            "manage_product_environments",
            "read_access_keys",
            "manage_access_keys",
        ],
        &["Account", "ProductEnvironment"],
    ),
    (
        &["read_settings", "manage_settings", "create_collection"],
        &["ProductEnvironment"],
    ),
    (&["upload_asset", "create_folder"], &["Folder", "ProductEnvironment"]),
    (
        &[
            "view_asset",
            "download_asset",
            "update_asset",
            "move_asset",
            "delete_asset",
        ],
        &["Asset"],
    ),
    (
        &[
            "view_folder",
            "update_folder",
            "move_folder",
            "delete_folder",
            "share_folder",
        ],
        &["Folder"],
    ),
    (
        &[
            "view_collection",
            "update_collection",
            "delete_collection",
            "share_collection",
        ],
        &["Collection"],
    ),
];

/// Returns the schema in Cedar's JSON form.
pub(in super::super) fn cedar_schema() -> Value {
    let mut actions = Map::new();
    for (names, resources) in ACTIONS {
        for name in *names {
            let applies_to = json!({
                "principalTypes": ["User", "Group", "APIKey", "ProvisioningKey"],
                "resourceTypes": resources,
                "context": {
                    "type": "Record",
                    "attributes": { "source_ip": { "type": "Extension", "name": "ipaddr", "required": false } },
                },
            });
            actions.insert((*name).to_owned(), json!({ "appliesTo": applies_to }));
        }
    }
    json!({
        "Cloudinary": {
            "entityTypes": {
                "User": { "memberOfTypes": ["Group"] },
                "Group": {},
                "APIKey": {},
                "ProvisioningKey": {},
                "Account": {},
                "ProductEnvironment": { "memberOfTypes": ["Account"] },
                "Folder": { "memberOfTypes": ["Folder", "ProductEnvironment"] },
                "Collection": { "memberOfTypes": ["ProductEnvironment"] },
                "Asset": {
                    "memberOfTypes": ["Folder", "Collection", "ProductEnvironment"],
                    "shape": {
                        "type": "Record",
                        "attributes": {
                            "resource_type": { "type": "String" },
                            "tags": { "type": "Set", "element": { "type": "String" } },
                        },
                    },
                },
            },
            "actions": actions,
        },
    })
}
