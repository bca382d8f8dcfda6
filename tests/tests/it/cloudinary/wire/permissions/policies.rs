//! Policies on the wire.

use account_provisioning::Field;
use account_provisioning::cloudinary::{PermissionType, PolicyScope, Scope, ScopeType};
use account_provisioning_emulator::Quirk;
use integration_tests::wire::Wire;
use integration_tests::world::STATEMENT;
use serde_json::json;

use super::{environment, everybody, user};

pub(in super::super) async fn system(wire: &Wire) {
    wire.stage.emulator.set_quirk(Quirk::SystemPoliciesPaged, true);
    let list = || wire.client().policies().system().list();
    for (call, query) in [
        (list(), ""),
        (
            list().permission_type(PermissionType::Global),
            "?permission_type=global",
        ),
        (
            list().permission_type(PermissionType::Content),
            "?permission_type=content",
        ),
        (list().scope_type(ScopeType::Account), "?scope_type=account"),
        (
            list().scope_type(ScopeType::Prodenv).permission_type("global"),
            "?permission_type=global&scope_type=prodenv",
        ),
    ] {
        call.await.unwrap();
        wire.sent("GET", &format!("/permissions/policies/system{query}"));
    }
    // The cursor is one that the service has handed out for another list, but it goes out as it stands.
    list().cursor("a+b/c").await.unwrap_err();
    wire.sent("GET", "/permissions/policies/system?cursor=a%2Bb%2Fc");
}

pub(in super::super) async fn list(wire: &Wire) {
    let list = || wire.client().policies().custom().list();
    for (call, query) in [
        (list(), ""),
        (list().scope(Scope::Account), "?scope_type=account"),
        (list().scope(environment()), "?scope_id=env-1&scope_type=prodenv"),
        (list().enabled(true), "?enabled=true"),
        (
            list().enabled(false).scope(environment()),
            "?enabled=false&scope_id=env-1&scope_type=prodenv",
        ),
    ] {
        call.await.unwrap();
        wire.sent("GET", &format!("/permissions/policies/custom{query}"));
    }
    list().cursor("a+b/c").await.unwrap_err();
    wire.sent("GET", "/permissions/policies/custom?cursor=a%2Bb%2Fc");
}

pub(in super::super) async fn create(wire: &Wire) {
    let create = |name: &str, scope: PolicyScope| wire.client().policies().custom().create(name, STATEMENT, scope);
    let body = |name: &str| json!({ "name": name, "policy_statement": STATEMENT, "scope_type": "account" });
    let with = |name: &str, more: serde_json::Value| {
        let mut body = body(name);
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let here = || PolicyScope::from(environment());
    for (call, body) in [
        (create("a", PolicyScope::Account), body("a")),
        (
            create("b", PolicyScope::Account).description("d"),
            with("b", json!({ "description": "d" })),
        ),
        (
            create("c", PolicyScope::Account).enabled(false),
            with("c", json!({ "enabled": false })),
        ),
        (
            create("d", here()),
            with("d", json!({ "scope_type": "prodenv", "scope_id": "env-1" })),
        ),
        (
            create("e", PolicyScope::AllProductEnvironments)
                .enabled(true)
                .description("x"),
            with(
                "e",
                json!({ "scope_type": "prodenv", "scope_id": "all", "enabled": true, "description": "x" }),
            ),
        ),
    ] {
        call.await.unwrap();
        wire.sent_with("POST", "/permissions/policies/custom", body);
    }
}

pub(in super::super) async fn get(wire: &Wire) {
    let custom = wire.client().policies().custom();
    custom.get("policy-1").await.unwrap();
    wire.sent("GET", "/permissions/policies/custom/policy-1");
    assert!(custom.get_opt("no::such").await.unwrap().is_none());
    wire.sent("GET", "/permissions/policies/custom/no::such");
}

pub(in super::super) async fn replace(wire: &Wire) {
    wire.stage.emulator.set_quirk(Quirk::SameStatementIsAccepted, true);
    let custom = wire.client().policies().custom();
    let all = PolicyScope::AllProductEnvironments;
    for (call, body) in [
        (
            custom.replace("policy-1", "n", STATEMENT, PolicyScope::Account, false),
            json!({ "scope_type": "account", "enabled": false }),
        ),
        (
            custom
                .replace("policy-1", "n", STATEMENT, environment(), true)
                .description("d".to_owned()),
            json!({ "scope_type": "prodenv", "scope_id": "env-1", "enabled": true, "description": "d" }),
        ),
        (
            custom
                .replace("policy-1", "n", STATEMENT, all, true)
                .description(Field::Clear),
            json!({ "scope_type": "prodenv", "scope_id": "all", "enabled": true, "description": null }),
        ),
    ] {
        call.await.unwrap();
        let mut body = body;
        body["name"] = json!("n");
        body["policy_statement"] = json!(STATEMENT);
        wire.sent_with("PUT", "/permissions/policies/custom/policy-1", body);
    }
}

pub(in super::super) async fn delete(wire: &Wire) {
    wire.client().policies().custom().delete("policy-2").await.unwrap();
    wire.sent("DELETE", "/permissions/policies/custom/policy-2");
}

pub(in super::super) async fn effective(wire: &Wire) {
    let effective = || wire.client().policies().effective();
    for (call, query) in [
        (effective(), ""),
        (effective().scope(Scope::Account), "?scope_type=account"),
        (effective().scope(environment()), "?scope_id=env-1&scope_type=prodenv"),
        (
            effective().principal(user()).scope(environment()),
            "?principal_id=user-1&principal_type=user&scope_id=env-1&scope_type=prodenv",
        ),
    ] {
        call.await.unwrap();
        wire.sent("GET", &format!("/permissions/policies/effective{query}"));
    }
    for (principal, kind, id) in everybody() {
        effective().principal(principal).await.unwrap();
        let query = format!("principal_id={id}&principal_type={kind}");
        wire.sent("GET", &format!("/permissions/policies/effective?{query}"));
    }
}
