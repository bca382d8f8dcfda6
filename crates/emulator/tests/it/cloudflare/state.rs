//! Cloudflare in the state file.

use account_provisioning_emulator::{Emulator, State};
use reqwest::Method;
use serde_json::{Value, json};

use super::{Desk, each, send, setting, success};

/// A state with one of everything.
fn full() -> Value {
    json!({ "cloudflare": {
        "permission_groups": [
            { "id": "any group", "name": "Account Settings Read", "scopes": ["com.cloudflare.api.account"] },
            { "id": "g2", "name": "Account API Tokens Write", "scopes": ["com.cloudflare.api.account"] },
        ],
        "units": ["u"],
        "users": [{
            "email": "Ann@x.example", "id": "ann", "api_key": "canary-key", "service_key": "canary-service",
            "tokens": [{ "id": "t-user", "name": "n", "value": "canary-user" }],
        }],
        "accounts": [{
            "id": "any id/at all", "name": "A", "type": "enterprise", "unit": "u",
            "managed_by": { "parent_org_id": "p", "parent_org_name": "P" },
            "settings": { "abuse_contact_email": "abuse@x.example", "enforce_twofactor": true },
            "roles": [{ "id": "r", "name": "R", "description": "D", "permissions": { "organization": { "read": true } } }],
            "resource_groups": [{ "id": "rg", "name": "N", "scope": "com.cloudflare.api.account.x", "objects": ["*"] }],
            "members": [
                { "id": "m1", "email": "ann@x.example", "roles": ["r"] },
                { "id": "m2", "email": "bob@x.example", "status": "pending", "policies": [
                    { "id": "p", "access": "deny", "permission_groups": ["any group"], "resource_groups": ["rg"] },
                ] },
            ],
            "user_groups": [{
                "id": "ug", "name": "G", "members": [{ "id": "m1" }],
                "policies": [{
                    "id": "p", "access": "allow", "permission_groups": ["any group"], "resource_groups": ["rg"],
                }],
            }],
            "sso_connectors": [
                { "id": "c1", "email_domain": "x.example", "code": "c" },
                { "id": "c2", "email_domain": "y.example", "code": "c", "status": "verified" },
            ],
            "subscriptions": [{
                "id": "s", "rate_plan": "pro", "state": "Trial", "frequency": "weekly",
                "pending_downgrade": { "rate_plan": "lite", "effective_on": "2027-01-01T00:00:00Z" },
            }],
            "tokens": [{
                "id": "t", "name": "n", "value": "canary-account", "expires_on": "2027-01-01T00:00:00Z",
                "policies": [{
                    "id": "p", "effect": "allow", "permission_groups": ["any group", "g2"],
                    "resources": { "com.cloudflare.api.account.any id/at all": "*" },
                }],
                "condition": { "request_ip": { "in": ["127.0.0.1"] } },
            }],
            "audit_log": {
                "synthetic": { "count": 3, "together": 2 },
                "entries": [
                    { "id": "second", "time": "2026-01-02T00:00:00.5Z" },
                    { "id": "first", "time": "2026-01-01T00:00:00Z", "action_type": "view" },
                ],
            },
        }],
    } })
}

#[tokio::test]
async fn state_file_with_chosen_ids_is_served_and_survives_a_round_trip() {
    let state = State::from_json(&full().to_string()).unwrap();
    let desk = Desk::of(setting().state(state)).await;
    assert_eq!(
        (
            desk.account.account_id(),
            desk.account.api_token(),
            desk.account.email(),
            desk.account.api_key()
        ),
        ("any id/at all", "canary-account", "Ann@x.example", "canary-key")
    );
    let account = desk.see("/accounts/any%20id%2Fat%20all").await;
    assert_eq!(
        account["result"],
        json!({
            "id": "any id/at all", "name": "A", "type": "enterprise", "created_on": "2024-01-01T00:00:00Z",
            "managed_by": { "parent_org_id": "p", "parent_org_name": "P" },
            "settings": { "abuse_contact_email": "abuse@x.example", "enforce_twofactor": true },
        })
    );
    let request = desk.as_user(Method::GET, "/accounts/any%20id%2Fat%20all/members");
    assert_eq!(each(&success(send(request, None).await), "id"), ["m1", "m2"]);
    let log = "/accounts/any%20id%2Fat%20all/logs/audit?since=2026-01-01&before=2027-01-01&direction=asc";
    assert_eq!(
        each(&desk.see(log).await, "id"),
        ["first", "second"],
        "entries are put in order"
    );
    let written = desk.emulator.state().to_json();
    let again = Emulator::builder()
        .state(State::from_json(&written).unwrap())
        .start()
        .await
        .unwrap();
    assert_eq!(again.state(), desk.emulator.state());
}

#[test]
fn state_formatted_with_debug_hides_every_secret() {
    let state = State::from_json(&full().to_string()).unwrap();
    assert!(!format!("{state:?}").contains("canary"));
    for secret in ["canary-key", "canary-service", "canary-user", "canary-account"] {
        assert!(state.to_json().contains(secret));
    }
}

#[test]
fn state_that_is_inconsistent_is_refused_with_the_json_path() {
    let account = "/cloudflare/accounts/0";
    for (pointer, value, path, reason) in [
        ("/id", json!(""), "id", "empty"),
        ("/unit", json!("v"), "unit", "no such unit"),
        (
            "/members/1/email",
            json!("ANN@x.example"),
            "members[1].email",
            "another member",
        ),
        ("/members/1/email", json!("nobody"), "members[1].email", "not an email"),
        ("/members/0/roles/0", json!("q"), "members[0].roles[0]", "unknown id"),
        (
            "/members/1/policies/0/permission_groups/0",
            json!("q"),
            "members[1].policies[0].permission_groups[0]",
            "unknown id",
        ),
        (
            "/members/1/policies/0/resource_groups/0",
            json!("q"),
            "members[1].policies[0].resource_groups[0]",
            "unknown id",
        ),
        (
            "/subscriptions/0/rate_plan",
            json!("gold"),
            "subscriptions[0].rate_plan",
            "not a rate plan",
        ),
        (
            "/subscriptions/0/pending_downgrade/rate_plan",
            json!("gold"),
            "subscriptions[0].pending_downgrade.rate_plan",
            "not a rate plan",
        ),
        ("/user_groups/0/name", json!(""), "user_groups[0].name", "empty"),
        (
            "/user_groups/0/members/0/id",
            json!("q"),
            "user_groups[0].members[0]",
            "unknown id",
        ),
        (
            "/user_groups/0/policies/0/resource_groups/0",
            json!("q"),
            "user_groups[0].policies[0].resource_groups[0]",
            "unknown id",
        ),
        (
            "/sso_connectors/0/email_domain",
            json!("x"),
            "sso_connectors[0].email_domain",
            "not a domain",
        ),
        (
            "/sso_connectors/1/email_domain",
            json!("X.example"),
            "sso_connectors[1].email_domain",
            "another connector",
        ),
        ("/tokens/0/value", json!("a b"), "tokens[0].value", "visible ASCII"),
        (
            "/tokens/0/policies/0/permission_groups/0",
            json!("q"),
            "tokens[0].policies[0].permission_groups[0]",
            "unknown id",
        ),
        (
            "/tokens/0/condition/request_ip/in/0",
            json!("here"),
            "tokens[0].condition.request_ip.in[0]",
            "CIDR",
        ),
        (
            "/audit_log/entries/0/id",
            json!("first"),
            "audit_log.entries[1].id",
            "another entry",
        ),
    ] {
        let mut state = full();
        *state.pointer_mut(&format!("{account}{pointer}")).unwrap() = value;
        let error = State::from_json(&state.to_string()).unwrap_err();
        assert_eq!(error.path(), format!("cloudflare.accounts[0].{path}"));
        assert!(error.reason().contains(reason), "{error}");
    }
    for (pointer, value, path) in [
        ("/cloudflare/users/0/tokens/0/id", json!("t"), "users[0].tokens[0].id"),
        (
            "/cloudflare/users/0/tokens/0/value",
            json!("canary-account"),
            "users[0].tokens[0].value",
        ),
        ("/cloudflare/users/0/email", json!("x"), "users[0].email"),
    ] {
        let mut state = full();
        *state.pointer_mut(pointer).unwrap() = value;
        let error = State::from_json(&state.to_string()).unwrap_err();
        assert_eq!(error.path(), format!("cloudflare.{path}"));
        assert!(!error.to_string().contains("canary"));
    }
}

#[test]
fn memberships_of_a_user_need_ids_of_their_own_and_domains_belong_to_one_account() {
    let mut state = full();
    let mut second = state["cloudflare"]["accounts"][0].clone();
    second["id"] = json!("second");
    second["tokens"] = json!([]);
    state["cloudflare"]["accounts"].as_array_mut().unwrap().push(second);
    let path = |state: &Value| State::from_json(&state.to_string()).unwrap_err().path().to_owned();
    assert_eq!(path(&state), "cloudflare.accounts[1].members[0].id");
    let members = json!([{ "id": "m1", "email": "cy@x.example" }]);
    state["cloudflare"]["accounts"][1]["members"] = members;
    assert_eq!(path(&state), "cloudflare.accounts[1].sso_connectors[0].email_domain");
}
