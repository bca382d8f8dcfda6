use serde_json::{Value, json};

use super::{ANYBODY, any, bench, text};
use crate::client::{Bench, Reply, each};

async fn get(bench: &Bench, path: &str) -> Value {
    let url = format!("{}/v2/accounts/permissions/public{path}", bench.account.base_url());
    let (status, body) = any(bench.http.get(url).send().await.unwrap()).await;
    assert_eq!(status, 200, "{body}");
    body
}

async fn validate(bench: &Bench, body: Value) -> Reply {
    let url = format!("{}/v2/accounts/permissions/public/validate", bench.account.base_url());
    any(bench.http.post(url).json(&body).send().await.unwrap()).await
}

#[tokio::test]
async fn catalog_lists_the_roles_and_policies_that_the_account_sees() {
    let bench = bench().await;
    let catalog = get(&bench, "/catalog").await["catalog"].clone();
    let roles = each(&catalog, "roles", "id");
    let policies = each(&catalog, "policies", "id");
    assert!(roles.contains(&"cld::role::account::admin"));
    let mut seen = 0;
    for kind in ["global", "content"] {
        let listed = bench.see(&format!("/roles?permission_type={kind}")).await;
        seen += listed["data"].as_array().unwrap().len();
    }
    assert_eq!(roles.len(), seen);
    for role in catalog["roles"].as_array().unwrap() {
        for id in role["system_policy_ids"].as_array().unwrap() {
            assert!(policies.contains(&id.as_str().unwrap()), "{id}");
        }
    }
}

#[tokio::test]
async fn every_statement_of_the_catalog_is_valid() {
    let bench = bench().await;
    for policy in get(&bench, "/catalog").await["catalog"]["policies"].as_array().unwrap() {
        let verdict = validate(&bench, json!({ "policy": policy["policy_statement"] })).await;
        assert_eq!(verdict, (200, json!({ "valid": true, "errors": [] })), "{policy}");
    }
}

#[tokio::test]
async fn validate_judges_by_the_schema_that_is_served() {
    let bench = bench().await;
    for (statement, problem) in [
        (ANYBODY, None),
        (
            "@id(\"x\") forbid (principal, action, resource) unless { context has source_ip };",
            None,
        ),
        (
            "permit (principal in Cloudinary::Group::\"g\", action == Cloudinary::Action::\"read\", resource in Cloudinary::Folder::\"f\");",
            None,
        ),
        (
            "permit (principal, action, resource) when { context has source_ip && context.source_ip.isInRange(ip(\"10.0.0.0/8\")) };",
            None,
        ),
        (
            "permit (principal, action, resource); forbid (principal, action, resource);",
            None,
        ),
        ("", Some("no policy")),
        ("// a comment", Some("no policy")),
        ("permit (principal, action, resource)", Some("unexpected end")),
        ("allow (principal, action, resource);", Some("allow")),
        ("permit (principal == ?principal, action, resource);", Some("template")),
        (
            "permit (principal == Cloudinary::APIKy::\"1234\", action, resource);",
            Some("invalid_principal"),
        ),
        (
            "permit (principal is APIKey, action, resource);",
            Some("invalid_principal"),
        ),
        (
            "permit (principal, action, resource); permit (principal in Cloudinary::Grop::\"g\", action, resource);",
            Some("invalid_principal"),
        ),
        (
            "permit (principal, action == Cloudinary::Action::\"fly\", resource);",
            Some("invalid_action"),
        ),
        (
            "permit (principal, action in [Cloudinary::Action::\"read\", Action::\"read\"], resource);",
            Some("invalid_action"),
        ),
        (
            "permit (principal, action, resource is Cloudinary::Robot);",
            Some("invalid_resource"),
        ),
        (
            "permit (principal, action, resource is Cloudinary::Asset) when { resource.colour == \"red\" };",
            Some("colour"),
        ),
        (
            "permit (principal, action, resource) when { context.source_ip.isLoopback() };",
            Some("source_ip"),
        ),
        ("permit (principal, action, resource) when { 1 };", Some("type")),
        (
            "permit (principal, action, resource) when { resource in Cloudinary::Robot::\"r\" };",
            Some("Robot"),
        ),
    ] {
        let (status, verdict) = validate(&bench, json!({ "policy": statement })).await;
        assert_eq!(status, 200);
        assert_eq!(verdict["valid"], problem.is_none(), "{statement}: {verdict}");
        let codes = each(&verdict, "errors", "cedar_code");
        assert!(codes.iter().all(|code| *code == "ACCOUNTS_00002"), "{verdict}");
        match problem {
            Some(problem) => {
                let first = text(&verdict["errors"][0]["cedar_message"]);
                let whole = problem.starts_with("invalid_");
                assert!(
                    if whole {
                        first == problem
                    } else {
                        first.contains(problem)
                    },
                    "{statement}: {verdict}"
                );
            }
            None => assert!(codes.is_empty(), "{statement}: {verdict}"),
        }
    }
}

#[tokio::test]
async fn validate_of_a_misspelt_principal_answers_as_the_vendor_shows() {
    let bench = bench().await;
    let statement =
        "permit (principal == Cloudinary::APIKy::\"1234\", action == Cloudinary::Action::\"read\", resource);";
    let errors = json!([{ "cedar_message": "invalid_principal", "cedar_code": "ACCOUNTS_00002" }]);
    let expected = json!({ "valid": false, "errors": errors });
    assert_eq!(validate(&bench, json!({ "policy": statement })).await, (200, expected));
}

#[tokio::test]
async fn schema_is_in_the_json_form_and_knows_what_the_catalog_names() {
    let bench = bench().await;
    let schema = get(&bench, "/schema").await["schema"].clone();
    let parsed = cedar_policy::Schema::from_json_value(schema).unwrap();
    let names: Vec<String> = parsed.entity_types().map(ToString::to_string).collect();
    for kind in [
        "User",
        "Group",
        "APIKey",
        "ProvisioningKey",
        "Folder",
        "Asset",
        "Collection",
    ] {
        assert!(names.contains(&format!("Cloudinary::{kind}")), "{names:?}");
    }
}

#[tokio::test]
async fn credentials_are_neither_needed_nor_looked_at() {
    let bench = bench().await;
    let url = format!("{}/v2/accounts/permissions/public/schema", bench.account.base_url());
    for authorization in [None, Some("Basic bm9ib2R5Om5vYm9keQ=="), Some("Bearer x")] {
        let mut request = bench.http.get(&url);
        if let Some(value) = authorization {
            request = request.header("authorization", value);
        }
        assert_eq!(request.send().await.unwrap().status(), 200);
        let last = bench.emulator.requests().pop().unwrap();
        assert!(last.applied && !last.authenticated);
    }
}

#[tokio::test]
async fn requests_that_break_the_document_are_400_without_a_body() {
    let bench = bench().await;
    for body in [json!({}), json!({ "policy": 1 }), json!([])] {
        assert_eq!(validate(&bench, body).await, (400, Value::Null));
    }
    let url = format!("{}/v2/accounts/permissions/public/validate", bench.account.base_url());
    let response = bench.http.post(url).send().await.unwrap();
    assert_eq!(response.headers().get("content-type"), None);
    assert_eq!(any(response).await, (400, Value::Null));
}
