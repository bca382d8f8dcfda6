//! Statements as the vendor's guides write them: the service and the offline check take each of them.

use account_provisioning::cloudinary::{PolicyStatement, Scope};
use integration_tests::wire::Wire;

/// Every entity type, action and form of a statement that the vendor shows.
fn statements() -> Vec<String> {
    let key = r#"principal == Cloudinary::APIKey::"1234""#;
    let mut statements = vec![
        // A custom policy, about one API key and the content of one folder.
        format!(
            "permit (\n  {key},\n  action == Cloudinary::Action::\"read\",\n  resource is Cloudinary::Asset\n)\n\
             when {{ resource.ancestor_ids.contains(\"asdjhf8934r834ufhsdf\") }};"
        ),
        // The action, the resource, or both left open.
        format!(
            "permit ({key}, action, resource is Cloudinary::Folder) when {{ resource.ancestor_ids.contains(\"f\") }};"
        ),
        format!(
            "permit ({key}, action == Cloudinary::Action::\"read\", resource) when {{ resource.ancestor_ids.contains(\"f\") }};"
        ),
        format!("forbid ({key}, action, resource) when {{ resource.ancestor_ids.contains(\"f\") }};"),
        // Placeholders.
        r#"permit (principal, action, resource) when { resource.ancestor_ids.contains("<folder_id>") };"#.to_owned(),
        r#"permit (principal, action, resource) when { resource.ancestor_ids.contains("<collection_id>") };"#
            .to_owned(),
        // Several policies in one statement.
        format!(
            "permit ({key}, action, resource is Cloudinary::UploadPreset);\n\
             permit ({key}, action, resource is Cloudinary::UploadMapping);\n\
             permit ({key}, action, resource == Cloudinary::Feature::\"cld::global::upload_settings::access\");"
        ),
        format!(
            "permit ({key}, action in [Cloudinary::Action::\"create\", Cloudinary::Action::\"moderate\"], resource);"
        ),
    ];
    for principal in ["APIKey", "User", "Group"] {
        statements.push(format!(
            "permit (principal is Cloudinary::{principal}, action, resource);"
        ));
        statements.push(format!(
            "permit (principal == Cloudinary::{principal}::\"1234\", action, resource);"
        ));
    }
    let actions = ["create", "read", "update", "delete", "moderate", "update_settings"];
    let resources = [
        "Asset",
        "Folder",
        "Collection",
        "UploadPreset",
        "UploadMapping",
        "Report",
        "Account",
        "ProductEnvironment",
        "User",
        "Group",
        "Feature",
    ];
    for resource in resources {
        statements.push(format!("permit ({key}, action, resource is Cloudinary::{resource});"));
        statements.push(format!(
            "permit ({key}, action, resource == Cloudinary::{resource}::\"r\");"
        ));
        for action in actions {
            statements.push(format!(
                "permit ({key}, action == Cloudinary::Action::\"{action}\", resource is Cloudinary::{resource});"
            ));
        }
    }
    for feature in [
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
    ] {
        statements.push(format!(
            "permit ({key}, action, resource == Cloudinary::Feature::\"cld::global::{feature}\");"
        ));
    }
    statements
}

#[tokio::test]
async fn statement_that_the_vendor_shows_is_valid_offline_and_at_the_service_and_can_be_created() {
    let wire = Wire::start().await;
    let client = wire.client();
    let schema = client.public().cedar_schema().await.unwrap();
    for (number, statement) in statements().into_iter().enumerate() {
        let offline = schema.validate(&statement).unwrap();
        assert!(offline.valid, "{statement}: {:?}", offline.errors);
        let remote = client.public().validate(&statement).await.unwrap();
        assert!(remote.valid, "{statement}: {:?}", remote.errors);
        let parsed = PolicyStatement::parse(&statement).unwrap();
        let name = format!("policy {number}");
        let created = client.policies().custom().create(name, &parsed, Scope::Account).await;
        assert_eq!(created.unwrap().policy_statement, statement);
    }
}

#[tokio::test]
async fn statement_that_every_system_policy_has_is_valid_offline() {
    let wire = Wire::start().await;
    let schema = wire.client().public().cedar_schema().await.unwrap();
    let catalog = wire.client().public().catalog().await.unwrap();
    let policies = catalog["policies"].as_array().unwrap();
    assert!(policies.len() > 20);
    for policy in policies {
        let statement = policy["policy_statement"].as_str().unwrap();
        let verdict = schema.validate(statement).unwrap();
        assert!(verdict.valid, "{statement}: {:?}", verdict.errors);
    }
}

#[tokio::test]
async fn statement_with_a_misspelt_type_is_refused_everywhere() {
    let wire = Wire::start().await;
    let client = wire.client();
    let schema = client.public().cedar_schema().await.unwrap();
    let misspelt = r#"permit (principal == Cloudinary::APIKy::"1234", action, resource);"#;
    let offline = schema.validate(misspelt).unwrap();
    assert!(!offline.valid && offline.errors[0].cedar_message.contains("APIKy"));
    let remote = client.public().validate(misspelt).await.unwrap();
    assert_eq!(remote.errors[0].cedar_message, "invalid_principal");
    assert_eq!(remote.errors[0].cedar_code, offline.errors[0].cedar_code);
    let error = client
        .policies()
        .custom()
        .create("p", misspelt, Scope::Account)
        .await
        .unwrap_err();
    assert_eq!(
        (error.codes(), error.category()),
        (&["ACCOUNTS_00002".to_owned()][..], Some("user_error"))
    );
    let fields = &error.details().unwrap()["fields"];
    assert_eq!(fields[0]["policy_statement"], misspelt);
    assert_eq!(fields[1]["cedar_errors"][0]["cedar_message"], "invalid_principal");
}
