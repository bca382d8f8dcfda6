//! The entries and the filters of the audit log.

use account_provisioning_emulator::cloudflare::{AuditEntry, AuditLog};
use reqwest::Method;
use serde_json::{Value, json};

use super::{Desk, each, failure, send, success, text};
use crate::client::time;

const LOG: &str = "/accounts/{account}/logs/audit";
const DAY: &str = "since=2026-01-15&before=2026-01-16";

#[tokio::test]
async fn operations_write_what_they_did_and_what_was_refused() {
    let desk = Desk::start().await;
    desk.emulator.set_clock(time("2026-01-15T12:00:00.123456Z"));
    let roles = desk.see("/accounts/{account}/roles").await;
    let body = json!({ "email": "ann@x.example", "roles": [roles["result"][0]["id"]] });
    let request = desk
        .as_user(Method::POST, "/accounts/{account}/members")
        .header("user-agent", "tester/1");
    let response = request.json(&body).send().await.unwrap();
    let ray = response.headers()["cf-ray"].to_str().unwrap().to_owned();
    let id = text(&response.json::<Value>().await.unwrap()["result"]["id"]);
    assert_eq!(desk.delete("/accounts/{account}/members/nobody").await.0, 404);
    desk.get("/accounts/{account}/members").await;
    let log = desk.see(&format!("{LOG}?{DAY}&direction=asc")).await;
    let [added, refused] = log["result"].as_array().unwrap().as_slice() else {
        panic!("{log}");
    };
    let mut expected = json!({
        "id": added["id"],
        "account": { "id": "emulator-account", "name": "Emulator" },
        "action": {
            "description": "Add Member", "result": "success", "type": "create", "time": "2026-01-15T12:00:00.123Z",
        },
        "actor": {
            "id": "emulator-user", "context": "api_key", "email": "admin@emulator.example", "ip_address": "127.0.0.1",
            "type": "user",
        },
        "raw": {
            "cf_ray_id": ray.split('-').next().unwrap(), "method": "POST", "status_code": 200,
            "uri": "/accounts/emulator-account/members", "user_agent": "tester/1",
        },
        "resource": {
            "id": id, "product": "members", "type": "member", "scope": "accounts", "request": body,
            "response": { "id": id },
        },
    });
    assert_eq!(*added, expected);
    expected = refused["actor"].clone();
    assert_eq!(
        expected,
        json!({
            "id": "emulator-account", "context": "api_token", "ip_address": "127.0.0.1", "type": "account",
            "token_id": "emulator-token-1", "token_name": "Everything",
        })
    );
    assert_eq!(
        (
            &refused["action"]["result"],
            &refused["raw"]["status_code"],
            &refused["resource"]["id"]
        ),
        (&json!("failure"), &json!(404), &json!("nobody"))
    );
}

/// A hundred synthetic entries, from 2024-01-01 on.
async fn synthetic() -> Desk {
    Desk::with(|state| {
        state.accounts.get_mut("emulator-account").unwrap().audit_log = AuditLog::synthetic(100);
    })
    .await
}

/// The field that each filter compares, and a value that some entries have there.
const FILTERS: &[(&str, &str, &str)] = &[
    ("action_result.not", "/action/result", "failure"),
    ("action_type.not", "/action/type", "view"),
    ("actor_context.not", "/actor/context", "api_token"),
    ("actor_email.not", "/actor/email", "bob+ops@audit.example"),
    ("actor_ip_address.not", "/actor/ip_address", "198.51.100.3"),
    ("actor_token_id.not", "/actor/token_id", "token-2"),
    ("actor_token_name.not", "/actor/token_name", "Token 0"),
    ("audit_log_id.not", "/id", "synthetic-7"),
    ("id.not", "/id", "synthetic-8"),
    ("raw_cf_ray_id.not", "/raw/cf_ray_id", "0000000000000009"),
    ("raw_method.not", "/raw/method", "PUT"),
    ("raw_status_code.not", "/raw/status_code", "404"),
    ("raw_uri.not", "/raw/uri", "/accounts/synthetic/dns"),
    ("resource_id.not", "/resource/id", "record-2"),
    ("resource_product.not", "/resource/product", "workers"),
    ("resource_scope.not", "/resource/scope", "memberships"),
    ("resource_type.not", "/resource/type", "api_token"),
    ("zone_id.not", "/zone/id", "zone-1"),
    ("zone_name.not", "/zone/name", "zone-2.example"),
];

#[tokio::test]
async fn filters_leave_out_the_entries_with_their_values_and_no_other() {
    let desk = synthetic().await;
    let list = async |query: &[(&str, &str)]| {
        let request = desk
            .with_token(desk.account.api_token(), Method::GET, LOG)
            .query(&[("since", "2024-01-01"), ("before", "2024-01-02"), ("limit", "1000")])
            .query(query);
        success(send(request, None).await)["result"].take()
    };
    let all = list(&[]).await;
    let all = all.as_array().unwrap();
    assert_eq!(all.len(), 100);
    let actor = text(&all[0]["actor"]["id"]);
    let filters = FILTERS
        .iter()
        .copied()
        .chain([("actor_id.not", "/actor/id", actor.as_str())]);
    for (name, pointer, value) in filters {
        let has = |entry: &&Value| {
            let found = entry.pointer(pointer);
            found.is_some_and(|found| found.as_str().map_or_else(|| found.to_string(), str::to_owned) == value)
        };
        let kept: Vec<&Value> = all.iter().filter(|entry| !has(entry)).collect();
        assert!(!kept.is_empty() && kept.len() < all.len(), "{name} tells nothing apart");
        assert_eq!(list(&[(name, value)]).await, json!(kept), "{name}");
    }
    assert_eq!(list(&[("account_name.not", "Emulator")]).await, json!([]));
    assert_eq!(
        list(&[("account_name.not", "Emu, lator")]).await,
        json!(all),
        "a comma parts nothing"
    );
    assert_eq!(list(&[("actor_type.not", "user")]).await, json!([]));
    let zones = list(&[("product_category", "zones"), ("product_category", "user")]).await;
    assert_eq!(zones.as_array().unwrap().len(), 40);
    let two = list(&[
        ("raw_status_code.not", "404"),
        ("raw_method.not", "PUT"),
        ("raw_method.not", "GET"),
    ])
    .await;
    assert_eq!(two.as_array().unwrap().len(), 25);
}

#[tokio::test]
async fn filters_with_values_that_the_document_does_not_know_are_400() {
    let desk = Desk::start().await;
    for query in [
        format!("{DAY}&action_type.not=dance"),
        format!("{DAY}&raw_status_code.not=ok"),
        format!("{DAY}&limit=0"),
        format!("{DAY}&limit=1001"),
        format!("{DAY}&limit=2.5"),
        format!("{DAY}&direction=up"),
        format!("{DAY}&cursor=canary"),
        "since=2026-01-15".to_owned(),
        "before=2026-01-15".to_owned(),
        "since=yesterday&before=2026-01-15".to_owned(),
        "since=2026-01-16&before=2026-01-15".to_owned(),
    ] {
        let reply = desk.get(&format!("{LOG}?{query}")).await;
        assert_eq!(failure(&reply), (400, 1004), "{query}");
        assert!(!reply.1.to_string().contains("canary"));
    }
}

#[tokio::test]
async fn period_takes_its_first_moment_in_and_leaves_its_last_out() {
    let desk = Desk::with(|state| {
        let log = &mut state.accounts.get_mut("emulator-account").unwrap().audit_log;
        for (id, at) in [
            ("day", "2026-01-10T00:00:00Z"),
            ("millisecond", "2026-01-10T00:00:00.001Z"),
            ("noon", "2026-01-10T12:00:00Z"),
            ("next", "2026-01-11T00:00:00Z"),
        ] {
            log.record(AuditEntry::new(id, time(at)));
        }
    })
    .await;
    let list = async |since: &str, before: &str| {
        let body = desk
            .see(&format!("{LOG}?since={since}&before={before}&direction=asc"))
            .await;
        each(&body, "id").join(" ")
    };
    assert_eq!(list("2026-01-10", "2026-01-11").await, "day millisecond noon");
    assert_eq!(
        list("2026-01-10T00:00:00.001Z", "2026-01-11T00:00:01Z").await,
        "millisecond noon next"
    );
    assert_eq!(
        list("2026-01-10T13:00:00%2B01:00", "2026-01-10T12:00:00.5Z").await,
        "noon"
    );
    assert_eq!(list("2026-01-10", "2026-01-10").await, "");
}
