//! Updates that read first: nothing is removed, widened or overwritten that nobody asked to change.

mod changed;
mod conditions;
mod groups;
mod keys;
mod lacking;
mod policies;
mod unknown_keys;

use account_provisioning_emulator::{Emulator, Fault, RecordedRequest};
use serde_json::{Value, json};

/// The key that no document has.
const UNKNOWN: &str = "x_unknown";
/// A number that no type of the standard library holds exactly.
const EXACT: &str = "123456789012345678901234567890.000100";
/// What marks the place of [`EXACT`] in a [`Value`], which can't hold it.
const MARK: &str = "the exact number";

/// Adds the unknown key to every object, at every level. The names in `resources` are the service's, not the document's.
fn with_unknown_keys(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(with_unknown_keys),
        Value::Object(fields) => {
            let known = fields.iter_mut().filter(|(key, _)| *key != "resources");
            known.for_each(|(_, value)| with_unknown_keys(value));
            fields.insert(UNKNOWN.to_owned(), json!({ "deep": [MARK, null] }));
        }
        _ => {}
    }
}

/// Answers an operation with a value in the vendor's envelope, in place of the emulator's own answer.
fn answer(emulator: &Emulator, operation: &str, key: &str, value: &Value) {
    let reply = json!({ "success": true, "errors": [], "messages": [], (key): value }).to_string();
    let reply = reply.replace(&format!("\"{MARK}\""), EXACT);
    emulator.inject(Fault::body_replaced(200, "application/json", reply).on(operation));
}

/// The body of the one update, which came after one read, with the mark in place of each exact number.
#[track_caller]
fn put(emulator: &Emulator) -> Value {
    let requests = emulator.requests();
    assert_eq!(methods(&requests), ["GET", "PUT"], "{requests:?}");
    emulator.clear_requests();
    let body = String::from_utf8(requests[1].body.clone()).unwrap();
    assert_eq!(requests[1].header("content-type"), Some("application/json"));
    serde_json::from_str(&body.replace(EXACT, &format!("\"{MARK}\""))).unwrap()
}

/// Asserts that the current state was read, and nothing else was sent.
#[track_caller]
fn only_read(emulator: &Emulator) {
    let requests = emulator.requests();
    assert_eq!(methods(&requests), ["GET"], "{requests:?}");
    emulator.clear_requests();
}

fn methods(requests: &[RecordedRequest]) -> Vec<&str> {
    requests.iter().map(|request| request.method.as_str()).collect()
}

/// Removes the value at a JSON pointer.
#[track_caller]
fn without(value: &mut Value, pointer: &str) {
    let (holder, key) = pointer.rsplit_once('/').unwrap();
    let holder = value.pointer_mut(holder).and_then(Value::as_object_mut);
    assert!(holder.unwrap().remove(key).is_some(), "{pointer}");
}

/// A token with everything that a token can have.
fn token() -> Value {
    let group = |name: &str| {
        let id = integration_tests::cloudflare::world::permission_group(name);
        json!({ "id": id, "name": name, "meta": { "key": "label", "value": "read" } })
    };
    json!({
        "id": "token-1",
        "name": "Reports",
        "status": "active",
        "issued_on": "2026-01-01T00:00:00Z",
        "modified_on": "2026-01-02T00:00:00Z",
        "last_used_on": "2026-01-03T00:00:00Z",
        "creator_email_at_creation": "ann@client.example",
        "provisioner_type": "oauth",
        "provisioner_id": null,
        "expires_on": "2027-01-01T00:00:00Z",
        "not_before": "2026-01-01T00:00:00Z",
        "condition": { "request_ip": { "in": ["127.0.0.0/8"], "not_in": ["203.0.113.7/32"] } },
        "policies": [
            {
                "id": "policy-1",
                "effect": "allow",
                "permission_groups": [group("Billing Read"), group("Billing Write")],
                "resources": { "com.cloudflare.api.account.a": "*" }
            },
            {
                "id": "policy-2",
                "effect": "deny",
                "permission_groups": [group("Account Settings Read")],
                "resources": { "com.cloudflare.api.account.a": { "com.cloudflare.api.account.zone.*": "*" } }
            }
        ]
    })
}

/// The same token as it is sent back.
fn sent_token(token: &Value) -> Value {
    let mut sent = token.clone();
    for pointer in [
        "/id",
        "/issued_on",
        "/modified_on",
        "/last_used_on",
        "/creator_email_at_creation",
        "/provisioner_type",
        "/provisioner_id",
        "/policies/0/id",
        "/policies/1/id",
        "/policies/0/permission_groups/0/name",
        "/policies/0/permission_groups/1/name",
        "/policies/1/permission_groups/0/name",
    ] {
        without(&mut sent, pointer);
    }
    sent
}

/// An account with everything that an account can have.
fn account() -> Value {
    json!({
        "id": integration_tests::cloudflare::world::ACCOUNT,
        "name": "Emulator",
        "type": "enterprise",
        "created_on": "2026-01-01T00:00:00Z",
        "managed_by": { "parent_org_id": "org", "parent_org_name": "Organization" },
        "settings": { "abuse_contact_email": "abuse@client.example", "enforce_twofactor": true }
    })
}

/// A custom role with everything that a role can have.
fn role() -> Value {
    json!({
        "id": "role-1",
        "name": "Reader",
        "description": "Reads",
        "management_type": "custom",
        "permission_type": "global",
        "scope_type": "account",
        "policy_parameters": [],
        "created_at": 1_767_225_600,
        "updated_at": 1_767_225_601,
        "policies": [policy(integration_tests::world::READ_USERS)]
    })
}

/// A custom policy with everything that a policy can have.
fn policy(id: &str) -> Value {
    json!({
        "id": id,
        "name": "No billing",
        "description": "No billing for anybody",
        "policy_statement": integration_tests::world::STATEMENT,
        "scope_type": "prodenv",
        "scope_id": "env-1",
        "enabled": false,
        "created_at": 1_767_225_600,
        "updated_at": 1_767_225_601
    })
}
