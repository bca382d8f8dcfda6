//! Calls every operation once. The emulator checks every response against the document.

use std::collections::BTreeMap;

use account_provisioning_emulator::cloudflare::{Account, Member, MemberStatus};
use reqwest::Method;
use serde_json::{Value, json};

use super::{Desk, failure, send, success, text};

/// The request of each operation. Names in braces are filled in from earlier responses.
const CALLS: &[(&str, Method, &str, Option<&str>)] = &[
    (
        "createAccount",
        Method::POST,
        "/accounts",
        Some(r#"{"name":"New","type":"enterprise","unit":{"id":"emulator-unit"}}"#),
    ),
    (
        "listAccounts",
        Method::GET,
        "/accounts?page=1&per_page=5&direction=desc&name=New",
        None,
    ),
    ("getAccount", Method::GET, "/accounts/{createAccount}", None),
    (
        "updateAccount",
        Method::PUT,
        "/accounts/{createAccount}",
        Some(r#"{"id":"{createAccount}","name":"Newer","settings":{"enforce_twofactor":true}}"#),
    ),
    (
        "listRoles",
        Method::GET,
        "/accounts/{createAccount}/roles?page=1&per_page=50",
        None,
    ),
    ("getRole", Method::GET, "/accounts/{createAccount}/roles/{role}", None),
    (
        "addMember",
        Method::POST,
        "/accounts/{createAccount}/members",
        Some(r#"{"email":"ann@client.example","roles":["{role}"]}"#),
    ),
    (
        "listMembers",
        Method::GET,
        "/accounts/{createAccount}/members?order=user.email&status=pending&direction=asc&page=1&per_page=5",
        None,
    ),
    (
        "getMember",
        Method::GET,
        "/accounts/{createAccount}/members/{addMember}",
        None,
    ),
    (
        "updateMember",
        Method::PUT,
        "/accounts/{createAccount}/members/{addMember}",
        Some(
            r#"{"policies":[{"access":"allow","permission_groups":[{"id":"{group}"}],"resource_groups":[{"id":"{resources}"}]}]}"#,
        ),
    ),
    (
        "listMemberPermissionGroups",
        Method::GET,
        "/accounts/{createAccount}/iam/permission_groups?page=1&per_page=5&label=dns_write",
        None,
    ),
    (
        "getMemberPermissionGroup",
        Method::GET,
        "/accounts/{createAccount}/iam/permission_groups/{listMemberPermissionGroups}",
        None,
    ),
    (
        "createResourceGroup",
        Method::POST,
        "/accounts/{createAccount}/iam/resource_groups",
        Some(
            r#"{"name":"One zone","scope":{"key":"com.cloudflare.api.account.{createAccount}","objects":[{"key":"com.cloudflare.api.account.zone.z1"}]}}"#,
        ),
    ),
    (
        "listResourceGroups",
        Method::GET,
        "/accounts/{createAccount}/iam/resource_groups?name=One+zone&page=1&per_page=5",
        None,
    ),
    (
        "getResourceGroup",
        Method::GET,
        "/accounts/{createAccount}/iam/resource_groups/{createResourceGroup}",
        None,
    ),
    (
        "updateResourceGroup",
        Method::PUT,
        "/accounts/{createAccount}/iam/resource_groups/{createResourceGroup}",
        Some(r#"{"name":"A zone"}"#),
    ),
    (
        "createUserGroup",
        Method::POST,
        "/accounts/{createAccount}/iam/user_groups",
        Some(
            r#"{"name":"Readers","policies":[{"access":"allow","permission_groups":[{"id":"{listMemberPermissionGroups}"}],"resource_groups":[{"id":"{createResourceGroup}"}]}]}"#,
        ),
    ),
    (
        "listUserGroups",
        Method::GET,
        "/accounts/{createAccount}/iam/user_groups?fuzzyName=read&direction=desc&page=1&per_page=5",
        None,
    ),
    (
        "getUserGroup",
        Method::GET,
        "/accounts/{createAccount}/iam/user_groups/{createUserGroup}",
        None,
    ),
    (
        "updateUserGroup",
        Method::PUT,
        "/accounts/{createAccount}/iam/user_groups/{createUserGroup}",
        Some(r#"{"name":"Nobody","policies":[]}"#),
    ),
    (
        "addUserGroupMembers",
        Method::POST,
        "/accounts/{createAccount}/iam/user_groups/{createUserGroup}/members",
        Some(r#"[{"id":"{addMember}"}]"#),
    ),
    (
        "listUserGroupMembers",
        Method::GET,
        "/accounts/{createAccount}/iam/user_groups/{createUserGroup}/members?fuzzyEmail=ANN&direction=asc&page=1&per_page=5",
        None,
    ),
    (
        "getUserGroupMember",
        Method::GET,
        "/accounts/{createAccount}/iam/user_groups/{createUserGroup}/members/{addMember}",
        None,
    ),
    (
        "removeUserGroupMember",
        Method::DELETE,
        "/accounts/{createAccount}/iam/user_groups/{createUserGroup}/members/{addMember}",
        None,
    ),
    (
        "replaceUserGroupMembers",
        Method::PUT,
        "/accounts/{createAccount}/iam/user_groups/{createUserGroup}/members",
        Some(r#"[{"id":"{addMember}"}]"#),
    ),
    (
        "deleteUserGroup",
        Method::DELETE,
        "/accounts/{createAccount}/iam/user_groups/{createUserGroup}",
        None,
    ),
    (
        "deleteResourceGroup",
        Method::DELETE,
        "/accounts/{createAccount}/iam/resource_groups/{createResourceGroup}",
        None,
    ),
    (
        "removeMember",
        Method::DELETE,
        "/accounts/{createAccount}/members/{addMember}",
        None,
    ),
    (
        "createSsoConnector",
        Method::POST,
        "/accounts/{createAccount}/sso_connectors",
        Some(r#"{"email_domain":"client.example","begin_verification":false,"use_fedramp_language":true}"#),
    ),
    (
        "listSsoConnectors",
        Method::GET,
        "/accounts/{createAccount}/sso_connectors",
        None,
    ),
    (
        "getSsoConnector",
        Method::GET,
        "/accounts/{createAccount}/sso_connectors/{createSsoConnector}",
        None,
    ),
    (
        "beginSsoVerification",
        Method::POST,
        "/accounts/{createAccount}/sso_connectors/{createSsoConnector}/begin_verification",
        None,
    ),
    (
        "updateSsoConnector",
        Method::PATCH,
        "/accounts/{createAccount}/sso_connectors/{createSsoConnector}",
        Some(r#"{"enabled":false,"use_fedramp_language":false}"#),
    ),
    (
        "deleteSsoConnector",
        Method::DELETE,
        "/accounts/{createAccount}/sso_connectors/{createSsoConnector}",
        None,
    ),
    (
        "createSubscription",
        Method::POST,
        "/accounts/{createAccount}/subscriptions",
        Some(r#"{"frequency":"yearly","rate_plan":{"id":"business","sets":["a"]}}"#),
    ),
    (
        "listSubscriptions",
        Method::GET,
        "/accounts/{createAccount}/subscriptions",
        None,
    ),
    (
        "updateSubscription",
        Method::PUT,
        "/accounts/{createAccount}/subscriptions/{createSubscription}",
        Some(r#"{"rate_plan":{"id":"pro"}}"#),
    ),
    (
        "getSubscription",
        Method::GET,
        "/accounts/{createAccount}/subscriptions/{createSubscription}",
        None,
    ),
    (
        "cancelSubscriptionDowngrades",
        Method::POST,
        "/accounts/{createAccount}/subscriptions/cancel-downgrade",
        Some(r#"{"subscription_ids":["{createSubscription}"]}"#),
    ),
    (
        "deleteSubscription",
        Method::DELETE,
        "/accounts/{createAccount}/subscriptions/{createSubscription}",
        None,
    ),
    (
        "listPermissionGroups",
        Method::GET,
        "/accounts/{createAccount}/tokens/permission_groups?name=Logs+Write&scope=com.cloudflare.api.account.zone",
        None,
    ),
    (
        "createToken",
        Method::POST,
        "/accounts/{createAccount}/tokens",
        Some(
            r#"{"name":"t","policies":[{"effect":"allow","permission_groups":[{"id":"{group}"}],"resources":{"com.cloudflare.api.account.{createAccount}":{"com.cloudflare.api.account.zone.*":"*"}}}],
            "expires_on":"2027-01-01T00:00:00Z","not_before":"2026-01-01T00:00:00Z","condition":{"request_ip":{"in":["127.0.0.0/8","::1"],"not_in":["10.0.0.0/8"]}}}"#,
        ),
    ),
    (
        "listTokens",
        Method::GET,
        "/accounts/{createAccount}/tokens?direction=desc&include_expired=true&page=1&per_page=5",
        None,
    ),
    (
        "getToken",
        Method::GET,
        "/accounts/{createAccount}/tokens/{createToken}",
        None,
    ),
    (
        "updateToken",
        Method::PUT,
        "/accounts/{createAccount}/tokens/{createToken}",
        Some(
            r#"{"name":"u","policies":[{"effect":"allow","permission_groups":[{"id":"{group}"}],"resources":{"com.cloudflare.api.account.*":"*"}}],"status":"active"}"#,
        ),
    ),
    (
        "rollToken",
        Method::PUT,
        "/accounts/{createAccount}/tokens/{createToken}/value",
        Some("{}"),
    ),
    (
        "verifyToken",
        Method::GET,
        "/accounts/{createAccount}/tokens/verify",
        None,
    ),
    (
        "deleteToken",
        Method::DELETE,
        "/accounts/{createAccount}/tokens/{createToken}",
        None,
    ),
    (
        "listAuditLogs",
        Method::GET,
        "/accounts/{createAccount}/logs/audit?since=2026-01-15&before=2026-01-16T00%3A00%3A00Z&raw_status_code.not=404&action_type.not=view&limit=2&direction=asc",
        None,
    ),
    (
        "listAuditHistory",
        Method::GET,
        "/accounts/{createAccount}/logs/audit/{listAuditLogs}/history?action_time=2026-01-15T12:00:00Z&since=2026-01-15&before=2026-01-16&limit=2&direction=asc",
        None,
    ),
    (
        "listAuditProductCategories",
        Method::GET,
        "/accounts/{createAccount}/logs/audit/product_categories",
        None,
    ),
    (
        "listMemberships",
        Method::GET,
        "/memberships?status=pending&account.name=Second&order=account.name&direction=asc&page=1&per_page=5",
        None,
    ),
    ("getMembership", Method::GET, "/memberships/{listMemberships}", None),
    (
        "answerMembership",
        Method::PUT,
        "/memberships/{listMemberships}",
        Some(r#"{"status":"accepted"}"#),
    ),
    (
        "deleteMembership",
        Method::DELETE,
        "/memberships/{listMemberships}",
        None,
    ),
    ("listInvites", Method::GET, "/user/invites", None),
    ("getInvite", Method::GET, "/user/invites/{listInvites}", None),
    (
        "answerInvite",
        Method::PATCH,
        "/user/invites/{listInvites}",
        Some(r#"{"status":"rejected"}"#),
    ),
    ("getUser", Method::GET, "/user", None),
    (
        "updateUser",
        Method::PATCH,
        "/user",
        Some(r#"{"first_name":"Ada","last_name":null,"country":"US","telephone":"1","zipcode":"2"}"#),
    ),
    (
        "listUserTokenPermissionGroups",
        Method::GET,
        "/user/tokens/permission_groups?name=API+Tokens+Write&scope=com.cloudflare.api.user",
        None,
    ),
    (
        "createUserToken",
        Method::POST,
        "/user/tokens",
        Some(
            r#"{"name":"t","policies":[{"effect":"allow","permission_groups":[{"id":"{listUserTokenPermissionGroups}"}],"resources":{"com.cloudflare.api.user.*":"*"}}],"expires_on":"2027-01-01T00:00:00Z"}"#,
        ),
    ),
    (
        "listUserTokens",
        Method::GET,
        "/user/tokens?direction=desc&include_expired=false&page=1&per_page=5",
        None,
    ),
    ("getUserToken", Method::GET, "/user/tokens/{createUserToken}", None),
    (
        "updateUserToken",
        Method::PUT,
        "/user/tokens/{createUserToken}",
        Some(
            r#"{"name":"u","policies":[{"effect":"allow","permission_groups":[{"id":"{group}"}],"resources":{"com.cloudflare.api.account.*":"*"}}]}"#,
        ),
    ),
    (
        "rollUserToken",
        Method::PUT,
        "/user/tokens/{createUserToken}/value",
        Some("{}"),
    ),
    ("verifyUserToken", Method::GET, "/user/tokens/verify", None),
    (
        "deleteUserToken",
        Method::DELETE,
        "/user/tokens/{createUserToken}",
        None,
    ),
    ("deleteAccount", Method::DELETE, "/accounts/{createAccount}", None),
];

#[tokio::test]
async fn operations_called_in_a_row_all_answer_as_the_document_says() {
    let desk = Desk::with(|state| {
        for (id, name) in [("second", "Second"), ("third", "Third")] {
            let mut account = Account::new(id, name);
            let invited = Member::new(format!("of-{id}"), "admin@emulator.example", MemberStatus::Pending);
            account.members.insert(invited);
            state.accounts.insert(account);
        }
    })
    .await;
    let mut known = BTreeMap::from([("group".to_owned(), desk.group("Account Settings Read"))]);
    let mut value = String::new();
    for (operation, method, path, body) in CALLS {
        let fill = |text: &str| {
            known.iter().fold(text.to_owned(), |text, (name, value)| {
                text.replace(&format!("{{{name}}}"), value)
            })
        };
        let request = match *operation {
            "verifyToken" | "verifyUserToken" => desk.with_token(&value, method.clone(), &fill(path)),
            _ => desk.as_user(method.clone(), &fill(path)),
        };
        let body: Option<Value> = body.map(|body| serde_json::from_str(&fill(body)).unwrap());
        let reply = success(send(request, body).await);
        let result = &reply["result"];
        match *operation {
            "listRoles" => known.insert("role".to_owned(), text(&result[2]["id"])),
            "rollToken" | "rollUserToken" => {
                value = text(result);
                None
            }
            "createAccount" => {
                let id = text(&result["id"]);
                let state = desk.emulator.state().cloudflare;
                let account = state.accounts.get(&id).unwrap();
                known.insert(
                    "resources".to_owned(),
                    account.resource_groups.iter().next().unwrap().id.clone(),
                );
                known.insert((*operation).to_owned(), id)
            }
            _ => match result["id"].as_str().or_else(|| result[0]["id"].as_str()) {
                Some(id) => known.insert((*operation).to_owned(), id.to_owned()),
                None => None,
            },
        };
        let last = desk.emulator.requests().pop().unwrap();
        assert_eq!(last.operation.as_deref(), Some(*operation));
        assert!(
            last.authenticated && last.applied && last.coerced.is_empty() && last.undocumented.is_empty(),
            "{last:?}"
        );
    }
    let documented: Value = serde_json::from_str(account_provisioning_spec::cloudflare::WIRE).unwrap();
    let items = documented["paths"].as_object().unwrap().values();
    let methods = items.flat_map(|item| item.as_object().unwrap().keys().filter(|key| *key != "parameters"));
    assert_eq!(
        CALLS.len(),
        methods.count(),
        "{}",
        json!("an operation is missing here")
    );
}

#[tokio::test]
async fn path_that_no_operation_has_is_501_and_a_method_that_it_lacks_405() {
    let desk = Desk::start().await;
    for path in ["/zones", "/accounts/", "/accounts/{account}/tokens/"] {
        assert_eq!(desk.get(path).await.0, 501, "{path}");
    }
    let refused = desk.call(Method::PATCH, "/accounts/{account}", None).await;
    assert_eq!(failure(&refused), (405, 7001));
}
