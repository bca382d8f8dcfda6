//! The Cedar schema: the entity types and actions that statements can use.
//!
//! The vendor shows the namespace, the types and the actions; only the type `ProvisioningKey` is made up. It doesn't show
//! what can be in what, which actions apply to what, and the context: those are made up, to accept every statement that the
//! vendor shows. For the same reason every resource has `ancestor_ids`, so that a policy on content may leave the resource
//! open.

use serde_json::{Map, Value, json};

const PRINCIPALS: &[&str] = &["User", "Group", "APIKey", "ProvisioningKey"];

const ACTIONS: &[&str] = &["create", "read", "update", "delete", "moderate", "update_settings"];

/// The types of resources, and the types that each can be in.
const RESOURCES: &[(&str, &[&str])] = &[
    ("Account", &[]),
    ("ProductEnvironment", &["Account"]),
    ("Folder", &["Folder", "ProductEnvironment"]),
    ("Collection", &["ProductEnvironment"]),
    ("Asset", &["Folder", "Collection", "ProductEnvironment"]),
    ("UploadPreset", &["ProductEnvironment"]),
    ("UploadMapping", &["ProductEnvironment"]),
    ("Report", &["Account", "ProductEnvironment"]),
    ("Feature", &[]),
    ("User", &["Group"]),
    ("Group", &[]),
];

/// The attribute with the ids of the folders and collections that a resource is in, directly or not.
pub(in super::super) const ANCESTOR_IDS: &str = "ancestor_ids";

/// Returns the schema in Cedar's JSON form.
pub(in super::super) fn cedar_schema() -> Value {
    let mut entity_types: Map<String, Value> = PRINCIPALS.iter().map(|name| ((*name).to_owned(), json!({}))).collect();
    for (name, parents) in RESOURCES {
        let resource = json!({
            "memberOfTypes": parents,
            "shape": {
                "type": "Record",
                "attributes": { (ANCESTOR_IDS): { "type": "Set", "element": { "type": "String" } } },
            },
        });
        entity_types.insert((*name).to_owned(), resource);
    }
    let resources: Vec<&str> = RESOURCES.iter().map(|(name, _)| *name).collect();
    let action = json!({ "appliesTo": {
        "principalTypes": PRINCIPALS,
        "resourceTypes": resources,
        "context": {
            "type": "Record",
            "attributes": { "source_ip": { "type": "Extension", "name": "ipaddr", "required": false } },
        },
    } });
    let actions: Map<String, Value> = ACTIONS
        .iter()
        .map(|name| ((*name).to_owned(), action.clone()))
        .collect();
    json!({ "Cloudinary": { "entityTypes": entity_types, "actions": actions } })
}
