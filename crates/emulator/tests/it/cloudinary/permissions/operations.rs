//! Calls every operation once. The emulator checks every response against the document.

use reqwest::Method;
use serde_json::{Value, json};

use super::{any, bench, text};

#[tokio::test]
async fn every_operation_answers_in_the_documents_form() {
    let bench = bench().await;
    let statement = "permit (principal, action == Cloudinary::Action::\"read\", resource);";
    let policy = json!({
        "name": "P", "policy_statement": statement, "scope_type": "prodenv", "scope_id": "all",
        "description": "words", "enabled": false,
    });
    let role = json!({
        "name": "R", "permission_type": "content", "scope_type": "prodenv", "description": null,
        "system_policy_ids": ["cld::policy::content::folder::view_download"],
    });
    let changed = json!({
        "name": "P", "policy_statement": "forbid (principal, action, resource);", "scope_type": "account",
        "enabled": true,
    });
    let assignment = json!({ "operation": "add", "principals": [
        { "principal_type": "user", "principal_id": "ann", "scope_id": "env-1", "policy_parameters": { "folder_id": "f" } },
    ]});
    let removal = json!({ "operation": "remove", "principal": { "type": "user", "id": "ann" }, "roles": [
        { "id": "{role}", "scope_id": "env-1", "policy_parameters": { "folder_id": "f" } },
    ]});
    let inspection = json!({ "scope_type": "prodenv", "scope_id": "env-1", "principals": [{ "type": "user", "id": "ann" }],
        "policy_parameters": { "folder_id": "f" } });
    let (get, post, put, delete) = (Method::GET, Method::POST, Method::PUT, Method::DELETE);
    let calls: Vec<(&str, &Method, &str, Option<Value>, u16)> = vec![
        ("getSystemRolesAndPoliciesCatalog", &get, "public/catalog", None, 200),
        (
            "validateCedarPolicy",
            &post,
            "public/validate",
            Some(json!({ "policy": statement })),
            200,
        ),
        ("getCedarSchema", &get, "public/schema", None, 200),
        (
            "getSystemPolicies",
            &get,
            "policies/system?scope_type=prodenv&permission_type=content",
            None,
            200,
        ),
        ("createCustomPolicy", &post, "policies/custom", Some(policy), 201),
        (
            "getCustomPolicies",
            &get,
            "policies/custom?scope_type=prodenv&scope_id=env-1&enabled=false",
            None,
            200,
        ),
        ("getCustomPolicy", &get, "policies/custom/{policy}", None, 200),
        (
            "updateCustomPolicy",
            &put,
            "policies/custom/{policy}",
            Some(changed),
            200,
        ),
        ("createRole", &post, "roles", Some(role), 201),
        (
            "getRoles",
            &get,
            "roles?scope_type=prodenv&permission_type=content&management_type=custom&policy_parameters=%5B%22folder_id%22%5D",
            None,
            200,
        ),
        (
            "getRole",
            &get,
            "roles/{role}?folder_id=f&collection_id=c&asset_id=a&param_key=folder_id&param_value=f",
            None,
            200,
        ),
        ("updateRole", &put, "roles/{role}", Some(json!({ "name": "R2" })), 200),
        (
            "updateRolePrincipals",
            &put,
            "roles/{role}/principals",
            Some(assignment),
            200,
        ),
        (
            "getRolePrincipals",
            &get,
            "roles/{role}/principals?scope_type=prodenv&scope_id=env-1&verbose=true&folder_id=f",
            None,
            200,
        ),
        (
            "getPrincipalRoles",
            &get,
            "principal_roles?principal_type=user&principal_id=ann&permission_type=content&management_type=custom&scope_type=prodenv&scope_id=env-1&param_key=folder_id&param_value=f",
            None,
            200,
        ),
        (
            "inspect",
            &get,
            "principal_roles/inspect?scope_type=prodenv&scope_id=env-1&folder_id=f",
            None,
            200,
        ),
        (
            "inspectMultiple",
            &post,
            "principal_roles/inspect",
            Some(inspection),
            200,
        ),
        (
            "getEffectivePolicies",
            &get,
            "policies/effective?scope_type=prodenv&scope_id=env-1&principal_type=user&principal_id=ann",
            None,
            200,
        ),
        ("updatePrincipalRoles", &put, "principal_roles", Some(removal), 200),
        ("deleteRole", &delete, "roles/{role}?force=true", None, 204),
        ("deleteCustomPolicy", &delete, "policies/custom/{policy}", None, 204),
    ];
    let (mut role, mut policy) = (String::new(), String::new());
    for (operation, method, path, body, expected) in calls {
        let path = path.replace("{role}", &role).replace("{policy}", &policy);
        let place = if path.starts_with("public") {
            ""
        } else {
            "emulator-account/"
        };
        let url = format!("{}/v2/accounts/{place}permissions/{path}", bench.account.base_url());
        let mut request = bench.http.request(method.clone(), url);
        if !place.is_empty() {
            request = request.basic_auth("emulator-key", Some("emulator-secret"));
        }
        if let Some(body) = body {
            let body: Value = serde_json::from_str(&body.to_string().replace("{role}", &role)).unwrap();
            request = request.json(&body);
        }
        let response = request.send().await.unwrap();
        let (length, kind) = (
            response.headers().get("content-length").cloned(),
            response.headers().get("content-type").cloned(),
        );
        let (status, reply) = any(response).await;
        assert_eq!(status, expected, "{operation}: {reply}");
        match operation {
            "createRole" => role = text(&reply["data"]["id"]),
            "createCustomPolicy" => policy = text(&reply["data"]["id"]),
            "updateRolePrincipals" | "updatePrincipalRoles" | "deleteRole" | "deleteCustomPolicy" => {
                assert_eq!((&reply, kind), (&Value::Null, None), "{operation}");
                if status == 204 {
                    assert_eq!(length, None, "{operation}");
                }
                continue;
            }
            "getRolePrincipals" | "getPrincipalRoles" | "getRoles" | "getSystemPolicies" | "getCustomPolicies" => {
                assert!(!reply["data"].as_array().unwrap().is_empty(), "{operation}: {reply}");
            }
            _ => {}
        }
        let last = bench.emulator.requests().pop().unwrap();
        assert_eq!(last.operation.as_deref(), Some(operation));
        assert!(
            last.applied && last.coerced.is_empty() && last.undocumented.is_empty(),
            "{last:?}"
        );
        assert_eq!(last.authenticated, !place.is_empty(), "{operation}");
    }
}
