//! Calls every operation once. The emulator checks every response against the document.

use reqwest::Method;
use serde_json::{Value, json};

use crate::client::Bench;

/// The request of each operation. Ids in braces are filled in from earlier responses.
const CALLS: &[(&str, Method, &str, Option<&str>)] = &[
    (
        "createProductEnvironment",
        Method::POST,
        "/sub_accounts",
        Some(r#"{"name":"Portal","cloud_name":"portal","custom_attributes":{"tier":"gold"}}"#),
    ),
    ("getProductEnvironments", Method::GET, "/sub_accounts", None),
    ("getProductEnvironment", Method::GET, "/sub_accounts/{env}", None),
    (
        "updateProductEnvironment",
        Method::PUT,
        "/sub_accounts/{env}",
        Some(r#"{"name":"Portal 2"}"#),
    ),
    (
        "generateAccessKey",
        Method::POST,
        "/sub_accounts/{env}/access_keys",
        Some(r#"{"name":"production"}"#),
    ),
    (
        "getAccessKeys",
        Method::GET,
        "/sub_accounts/{env}/access_keys?page=1&page_size=10&sort_by=name&sort_order=asc",
        None,
    ),
    (
        "updateAccessKey",
        Method::PUT,
        "/sub_accounts/{env}/access_keys/{key}",
        Some(r#"{"dedicated_for":"webhooks","enabled":false}"#),
    ),
    (
        "deleteAccessKey",
        Method::DELETE,
        "/sub_accounts/{env}/access_keys/{key}",
        None,
    ),
    (
        "deleteAccessKeyByName",
        Method::DELETE,
        "/sub_accounts/{env}/access_keys?name=Root",
        None,
    ),
    (
        "createUser",
        Method::POST,
        "/users",
        Some(r#"{"name":"Ann Lee","email":"ann@client.example","role":"admin"}"#),
    ),
    ("getUsers", Method::GET, "/users?page=1&page_size=10", None),
    ("getUser", Method::GET, "/users/{user}", None),
    (
        "updateUser",
        Method::PUT,
        "/users/{user}",
        Some(r#"{"sub_account_ids":[]}"#),
    ),
    (
        "createUserGroup",
        Method::POST,
        "/user_groups",
        Some(r#"{"name":"Editors","extended_details":true}"#),
    ),
    ("getUserGroups", Method::GET, "/user_groups?extended_details=true", None),
    (
        "getUserGroup",
        Method::GET,
        "/user_groups/{group}?extended_details=true",
        None,
    ),
    (
        "updateUserGroup",
        Method::PUT,
        "/user_groups/{group}",
        Some(r#"{"name":"Writers"}"#),
    ),
    (
        "addUserToUserGroup",
        Method::POST,
        "/user_groups/{group}/users/{user}",
        None,
    ),
    ("getUsersInUserGroup", Method::GET, "/user_groups/{group}/users", None),
    ("getGroupsForUser", Method::GET, "/users/{user}/groups", None),
    ("getSubAccountsForUser", Method::GET, "/users/{user}/sub_accounts", None),
    (
        "removeUserFromUserGroup",
        Method::DELETE,
        "/user_groups/{group}/users/{user}",
        None,
    ),
    ("deleteUserGroup", Method::DELETE, "/user_groups/{group}", None),
    ("deleteUser", Method::DELETE, "/users/{user}", None),
    (
        "getBillingUsage",
        Method::GET,
        "/billing_usage?year=2025&include_prodenv_breakdown=true",
        None,
    ),
    ("deleteProductEnvironment", Method::DELETE, "/sub_accounts/{env}", None),
];

#[tokio::test]
async fn every_operation_of_the_document_answers_200_in_the_documents_form() {
    let bench = Bench::start().await;
    let (mut env, mut key, mut user, mut group) = (String::new(), String::new(), String::new(), String::new());
    for (operation, method, path, body) in CALLS {
        let path = path
            .replace("{env}", &env)
            .replace("{key}", &key)
            .replace("{user}", &user)
            .replace("{group}", &group);
        let body = body.map(|body| serde_json::from_str(body).unwrap());
        let reply = bench.ok(method.clone(), &path, body).await;
        let id = |field: &str| reply[field].as_str().unwrap().to_owned();
        match *operation {
            "createProductEnvironment" => env = id("id"),
            "generateAccessKey" => key = id("api_key"),
            "createUser" => user = id("id"),
            "createUserGroup" => group = id("id"),
            _ => {}
        }
        let last = bench.emulator.requests().pop().unwrap();
        assert_eq!(last.operation.as_deref(), Some(*operation));
        assert!(
            last.authenticated && last.applied && last.status == 200 && last.coerced.is_empty(),
            "{last:?}"
        );
    }
    let documented: Value = serde_json::from_str(account_provisioning_spec::cloudinary::WIRE).unwrap();
    let count: usize = documented["paths"]
        .as_object()
        .unwrap()
        .iter()
        .filter(|(path, _)| path.starts_with("/v1_1/"))
        .map(|(_, item)| {
            item.as_object()
                .unwrap()
                .keys()
                .filter(|key| *key != "parameters")
                .count()
        })
        .sum();
    assert_eq!(CALLS.len(), count, "{}", json!("an operation is missing here"));
}
