//! What the generated requests send.

use std::net::SocketAddr;

use account_provisioning_api::cloudflare::ids::{AccountId, PermissionGroupId, ResourceGroupId, RoleId, TokenId};
use account_provisioning_api::cloudflare::{requests, types};
use account_provisioning_core::{Credentials, Transport};
use serde_json::{Value, json};

use crate::server::{serve_once, transport};

fn low(address: SocketAddr) -> Transport {
    transport(address, "/client/v4", Credentials::bearer("canary".into()).unwrap())
}

/// The reply to a request that succeeded.
fn success(result: Value) -> String {
    let body = json!({ "success": true, "errors": [], "messages": [], "result": result }).to_string();
    format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

#[tokio::test]
async fn audit_filters_keep_their_dots_and_repeat_their_keys() {
    let (address, server) = serve_once(success(json!([])));
    let account = AccountId::new("ACC").unwrap();
    let mut request = requests::ListAuditLogs::new(account, "2024-10-31".to_owned(), "2024-10-30T00:00:00Z".to_owned());
    request.action_result_not = Some(vec![
        types::AuditActionResult::Success,
        types::AuditActionResult::Failure,
    ]);
    request.actor_email_not = Some(vec!["a b@x.com".to_owned()]);
    request.direction = Some(types::SortDirection::Desc);
    request.limit = Some(5);
    request.raw_cf_ray_id_not = Some(vec!["x".to_owned()]);
    request.raw_status_code_not = Some(vec![200, 404]);
    let page = low(address).send(&request).await.unwrap();
    assert!(page.result.is_empty());
    let request = server.join().unwrap();
    assert_eq!(
        request.split(' ').nth(1).unwrap(),
        "/client/v4/accounts/ACC/logs/audit?action_result.not=success&action_result.not=failure\
         &actor_email.not=a+b%40x.com&before=2024-10-31&direction=desc&limit=5&raw_cf_ray_id.not=x\
         &raw_status_code.not=200&raw_status_code.not=404&since=2024-10-30T00%3A00%3A00Z"
    );
}

#[tokio::test]
async fn idempotency_key_is_a_header_that_is_sent_when_it_is_given() {
    for (key, sent) in [(Some("k-1"), true), (None, false)] {
        let (address, server) = serve_once(success(json!({ "id": "a", "name": "n" })));
        let body = types::CreateAccountRequest {
            name: "n".to_owned(),
            standalone: None,
            type_: None,
            unit: None,
        };
        let mut create = requests::CreateAccount::new(body);
        create.idempotency_key = key.map(str::to_owned);
        low(address).send(&create).await.unwrap();
        let request = server.join().unwrap();
        assert!(request.ends_with("\r\n\r\n{\"name\":\"n\"}"), "{request}");
        let head = request.to_ascii_lowercase();
        assert_eq!(head.contains("\r\nidempotency-key: k-1\r\n"), sent, "{request}");
        assert!(!head.contains("api-version"), "{request}");
    }
}

#[tokio::test]
async fn roll_sends_an_empty_object_and_answers_with_the_value() {
    let (address, server) = serve_once(success(json!("canary-value")));
    let (account, token) = (AccountId::new("ACC").unwrap(), TokenId::new("t").unwrap());
    let request = requests::RollToken::new(account, token, serde_json::Map::new());
    let reply = low(address).send(&request).await.unwrap();
    assert_eq!(reply.result.expose_secret(), "canary-value");
    let request = server.join().unwrap();
    assert!(
        request.starts_with("PUT /client/v4/accounts/ACC/tokens/t/value HTTP/1.1\r\n"),
        "{request}"
    );
    assert!(request.ends_with("\r\n\r\n{}"), "{request}");
}

#[test]
fn members_are_sent_with_roles_or_with_policies() {
    let policy = types::MemberPolicyRequest {
        access: types::PolicyEffect::Allow,
        permission_groups: vec![types::PermissionGroupReference {
            id: PermissionGroupId::new("p").unwrap(),
            extra: serde_json::Map::new(),
        }],
        resource_groups: vec![types::ResourceGroupReference {
            id: ResourceGroupId::new("r").unwrap(),
            extra: serde_json::Map::new(),
        }],
        extra: serde_json::Map::new(),
    };
    let by_roles = types::AddMemberRequest {
        email: "e@x.com".to_owned(),
        policies: None,
        roles: Some(vec![RoleId::new("role").unwrap()]),
        status: None,
    };
    assert_eq!(
        serde_json::to_value(by_roles).unwrap(),
        json!({ "email": "e@x.com", "roles": ["role"] })
    );
    let by_references = types::UpdateMemberRequest {
        policies: None,
        roles: Some(vec![types::RoleReference {
            id: RoleId::new("role").unwrap(),
        }]),
    };
    assert_eq!(
        serde_json::to_value(by_references).unwrap(),
        json!({ "roles": [{ "id": "role" }] })
    );
    let by_policies = types::UpdateMemberRequest {
        policies: Some(vec![policy]),
        roles: None,
    };
    assert_eq!(
        serde_json::to_value(by_policies).unwrap(),
        json!({ "policies": [{ "access": "allow", "permission_groups": [{ "id": "p" }], "resource_groups": [{ "id": "r" }] }] })
    );
}

#[test]
fn token_conditions_absent_empty_and_given_are_three_requests() {
    let body = |networks: Option<Vec<String>>| {
        let condition = types::TokenConditionRequest {
            request_ip: Some(types::RequestIpConditionRequest {
                in_: networks,
                not_in: None,
                extra: serde_json::Map::new(),
            }),
            extra: serde_json::Map::new(),
        };
        serde_json::to_value(condition).unwrap()
    };
    assert_eq!(body(None), json!({ "request_ip": {} }));
    assert_eq!(body(Some(vec![])), json!({ "request_ip": { "in": [] } }));
    assert_eq!(
        body(Some(vec!["10.0.0.0/8".to_owned()])),
        json!({ "request_ip": { "in": ["10.0.0.0/8"] } })
    );
}
