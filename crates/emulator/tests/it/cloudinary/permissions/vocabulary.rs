//! The roles, policies and features that the vendor's guides show.

use serde_json::{Value, json};

use super::{ANYBODY, bench, text};
use crate::client::{Bench, each};

async fn public(bench: &Bench, path: &str) -> Value {
    let url = format!("{}/v2/accounts/permissions/public{path}", bench.account.base_url());
    bench.http.get(url).send().await.unwrap().json().await.unwrap()
}

const ROLES: &[(&str, &str, &str)] = &[
    ("cld::role::account::master_admin", "global", "Master Admin"),
    ("cld::role::account::admin", "global", "Admin"),
    ("cld::role::account::reports", "global", "Reports"),
    ("cld::role::prodenv::master_admin", "global", ""),
    ("cld::role::prodenv::ml_user", "global", "Media Library User"),
    ("cld::role::prodenv::reports", "global", ""),
    ("cld::role::prodenv::billing", "global", ""),
    ("cld::role::folder::viewer", "content", ""),
    ("cld::role::folder::contributor", "content", ""),
    ("cld::role::content::folder::editor", "content", ""),
];

/// The ids of policies, their names, scopes, and categories; what the vendor doesn't show is empty.
const POLICIES: &[(&str, &str, &str, (&str, &str))] = &[
    ("global::assets::moderate", "Moderate all assets", "prodenv", ("", "")),
    (
        "global::upload_presets::manage",
        "Manage upload settings",
        "prodenv",
        ("Settings", "Upload Settings"),
    ),
    (
        "global::folder_and_asset_management::create_asset",
        "Upload assets",
        "prodenv",
        ("Management", "Folder and asset management"),
    ),
    ("global::folder_and_asset_management::view", "", "prodenv", ("", "")),
    ("global::reports::delivery::view", "", "prodenv", ("", "")),
    ("global::reports::errors::view", "", "prodenv", ("", "")),
    ("global::reports::usage::view", "", "prodenv", ("", "")),
    ("global::ml::access", "", "prodenv", ("Management", "")),
    ("global::api_keys::manage", "", "prodenv", ("Management", "")),
    ("global::basic_portals::access", "", "prodenv", ("Management", "")),
    (
        "global::users_and_groups::manage",
        "Manage users and groups",
        "account",
        ("Settings", "User Management"),
    ),
    (
        "global::account_security::manage",
        "Manage account security settings",
        "account",
        ("Settings", "Account Security"),
    ),
    (
        "content::folder::view_download",
        "View all assets",
        "prodenv",
        ("Folder", "View and download"),
    ),
    (
        "content::folder::add_assets",
        "Add assets",
        "prodenv",
        ("Folder", "Contribute"),
    ),
    ("content::folder::download_public_assets", "", "prodenv", ("Folder", "")),
];

/// The ids of features, below `cld::global::`.
const FEATURES: &[&str] = &[
    "account::view",
    "account::update",
    "api_keys::view",
    "api_keys::manage",
    "groups::view",
    "groups::create",
    "groups::update",
    "groups::delete",
    "users::view",
    "users::create",
    "users::update",
    "users::delete",
    "users_and_groups::manage",
    "ml::access",
    "reports::delivery::view",
    "reports::errors::view",
    "reports::usage::view",
    "upload_settings::access",
    "upload_settings::manage",
    "upload_presets::sample",
];

/// Compares a field with what the vendor shows, if it shows anything.
#[track_caller]
fn shows(entry: &Value, field: &str, shown: &str) {
    assert!(shown.is_empty() || entry[field] == shown, "{entry}: {field}");
}

#[tokio::test]
async fn catalog_has_the_vendors_roles_and_policies() {
    let bench = bench().await;
    let catalog = public(&bench, "/catalog").await["catalog"].clone();
    let find = |list: &str, id: &str| {
        let entries = catalog[list].as_array().unwrap();
        let found = entries.iter().find(|entry| entry["id"] == id);
        found.unwrap_or_else(|| panic!("no {id}")).clone()
    };
    for (id, permission_type, name) in ROLES {
        let role = find("roles", id);
        assert_eq!(role["permission_type"], *permission_type, "{id}");
        shows(&role, "name", name);
    }
    for (id, name, scope, (category, sub_category)) in POLICIES {
        let policy = find("policies", &format!("cld::policy::{id}"));
        let (permission_type, parameters) = match id.starts_with("content::") {
            true => ("content", json!(["folder_id"])),
            false => ("global", json!([])),
        };
        assert_eq!(policy["permission_type"], permission_type, "{id}");
        assert_eq!(policy["policy_parameters"], parameters, "{id}");
        assert_eq!(policy["scope_type"], *scope, "{id}");
        shows(&policy, "name", name);
        shows(&policy, "category", category);
        shows(&policy, "sub_category", sub_category);
        let statement = text(&policy["policy_statement"]);
        assert_eq!(
            statement.contains("\"<folder_id>\""),
            permission_type == "content",
            "{statement}"
        );
    }
    let statements = catalog["policies"].to_string();
    for feature in FEATURES {
        let named = format!(r#"resource == Cloudinary::Feature::\"cld::global::{feature}\""#);
        assert!(statements.contains(&named), "{feature}");
    }
    // An editor is a viewer who contributes, and a manager an editor who may do more.
    let policies_of = |id: &str| {
        let role = find("roles", id);
        let ids = role["system_policy_ids"].as_array().unwrap().iter();
        ids.map(text).collect::<Vec<_>>()
    };
    let editor = policies_of("cld::role::content::folder::editor");
    for part in ["cld::role::folder::viewer", "cld::role::folder::contributor"] {
        assert!(policies_of(part).iter().all(|id| editor.contains(id)), "{part}");
    }
    let manager = policies_of("cld::role::content::folder::manager");
    assert!(editor.iter().all(|id| manager.contains(id)) && manager.len() > editor.len());
}

#[tokio::test]
async fn system_policies_hold_several_policies_in_one_statement() {
    let bench = bench().await;
    let listed = bench.see("/policies/system?scope_type=prodenv").await;
    let several = listed["data"].as_array().unwrap().iter();
    let several = several.filter(|policy| text(&policy["policy_statement"]).matches("permit").count() > 1);
    assert!(several.count() > 3);
}

#[tokio::test]
async fn schema_has_the_vendors_types_and_actions() {
    let bench = bench().await;
    let schema = public(&bench, "/schema").await["schema"]["Cloudinary"].clone();
    let names = |part: &str| {
        let names = schema[part].as_object().unwrap().keys();
        let mut names: Vec<&str> = names.map(String::as_str).collect();
        names.sort_unstable();
        names
    };
    assert_eq!(
        names("entityTypes"),
        [
            "APIKey",
            "Account",
            "Asset",
            "Collection",
            "Feature",
            "Folder",
            "Group",
            "ProductEnvironment",
            "ProvisioningKey",
            "Report",
            "UploadMapping",
            "UploadPreset",
            "User",
        ]
    );
    assert_eq!(
        names("actions"),
        ["create", "delete", "moderate", "read", "update", "update_settings"]
    );
    for kind in ["Asset", "Folder", "Collection"] {
        let attribute = &schema["entityTypes"][kind]["shape"]["attributes"]["ancestor_ids"];
        assert_eq!(attribute["type"], "Set", "{kind}");
    }
}

#[tokio::test]
async fn roles_for_content_are_found_with_both_prefixes_and_shown_with_one() {
    let bench = bench().await;
    for (given, shown) in [
        ("cld::role::content::folder::viewer", "cld::role::folder::viewer"),
        ("cld::role::folder::editor", "cld::role::content::folder::editor"),
    ] {
        let role = json!({ "id": given, "scope_id": "env-1", "policy_parameters": { "folder_id": "f1" } });
        bench.assign("user", "bob", role).await;
        assert_eq!(bench.see(&format!("/roles/{given}")).await["data"]["id"], shown);
        let holders = bench.see(&format!("/roles/{given}/principals")).await;
        assert_eq!(each(&holders, "data", "id"), ["bob"]);
        let holders = bench.see(&format!("/roles/{shown}/principals")).await;
        assert_eq!(each(&holders, "data", "id"), ["bob"]);
    }
}

#[tokio::test]
async fn schema_judges_what_a_policy_about_one_key_says() {
    // The principal of a custom policy is usually one API key.
    let bench = bench().await;
    let mut body = json!({ "name": "Key", "policy_statement": ANYBODY, "scope_type": "prodenv", "scope_id": "env-1" });
    body["policy_statement"] = "permit (\n  principal == Cloudinary::APIKey::\"key-1\",\n  action == Cloudinary::Action::\"read\",\n  resource is Cloudinary::Asset\n)\nwhen { resource.ancestor_ids.contains(\"f1\") };".into();
    let id = bench.policy(body).await;
    let path = "/policies/effective?scope_type=prodenv&scope_id=env-1&principal_type=apiKey&principal_id=key-1";
    assert_eq!(each(&bench.see(path).await["data"], "custom_policies", "id"), [id]);
}
