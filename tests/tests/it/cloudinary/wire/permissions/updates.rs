//! Updates that read first: two requests, and nothing changed that nobody asked to change.

use std::time::Duration;

use account_provisioning::Field;
use account_provisioning::cloudinary::{PolicyScope, PrincipalAssignment, RoleAssignment, Scope};
use account_provisioning_emulator::{Fault, Quirk};
use integration_tests::wire::Wire;
use integration_tests::world::{READ_USERS, STATEMENT};
use serde_json::{Value, json};

const OTHER: &str = "forbid (principal, action == Cloudinary::Action::\"delete\", resource is Cloudinary::User);";

/// The body of the update, after the one reading that came before it.
#[track_caller]
fn updated(wire: &Wire, path: &str) -> Value {
    let requests = wire.fresh();
    let seen: Vec<_> = requests
        .iter()
        .map(|request| (request.method.as_str(), request.path.as_str()))
        .collect();
    let path = format!("/v2/accounts/Acc-1/permissions/{path}");
    assert_eq!(seen, [("GET", path.as_str()), ("PUT", path.as_str())]);
    requests[1].json().unwrap()
}

#[tokio::test]
async fn update_of_a_policy_sends_what_there_is_and_never_enables_it_unasked() {
    let wire = Wire::start().await;
    wire.stage.emulator.set_quirk(Quirk::SameStatementIsAccepted, true);
    let update = || wire.client().policies().custom().update("policy-1");
    let path = "policies/custom/policy-1";
    let policy = update().await.unwrap();
    assert!(!policy.enabled);
    let whole = json!({
        "name": "No billing", "description": "No billing for anybody", "policy_statement": STATEMENT,
        "scope_type": "account", "enabled": false,
    });
    assert_eq!(updated(&wire, path), whole);

    for (call, field, value) in [
        (update().name("New"), "name", json!("New")),
        (update().description("d".to_owned()), "description", json!("d")),
        (update().description(Field::Clear), "description", Value::Null),
        (update().policy_statement(OTHER), "policy_statement", json!(OTHER)),
        (update().enabled(true), "enabled", json!(true)),
        (update().enabled(false), "enabled", json!(false)),
    ] {
        let before = wire.client().policies().custom().get("policy-1").await.unwrap();
        wire.fresh();
        call.await.unwrap();
        let mut expected = json!({
            "name": before.name, "policy_statement": before.policy_statement, "scope_type": "account",
            "enabled": before.enabled, "description": before.description,
        });
        expected[field] = value;
        assert_eq!(updated(&wire, path), expected, "{field}");
    }
    let moved = update().scope(PolicyScope::AllProductEnvironments).await.unwrap();
    assert_eq!((moved.scope_id.as_deref(), moved.enabled), (Some("all"), false));
    assert_eq!(updated(&wire, path)["scope_id"], "all");
    // What is for all environments stays so, although no scope but that of a policy can say it.
    update().name("Again").await.unwrap();
    assert_eq!(updated(&wire, path)["scope_id"], "all");
}

#[tokio::test]
async fn update_of_a_role_sends_what_there_is() {
    let wire = Wire::start().await;
    let update = || wire.client().roles().update("role-1");
    update().await.unwrap();
    let whole = json!({ "name": "Reader", "description": "Reader of the account", "system_policy_ids": [READ_USERS] });
    assert_eq!(updated(&wire, "roles/role-1"), whole);
    for (call, field, value) in [
        (update().name("Reader 2"), "name", json!("Reader 2")),
        (
            update().name("Reader").description(Field::Clear),
            "description",
            Value::Null,
        ),
    ] {
        call.await.unwrap();
        let mut expected = whole.clone();
        expected[field] = value;
        assert_eq!(updated(&wire, "roles/role-1"), expected);
    }
    let none = update().system_policy_ids(Field::Clear).await.unwrap();
    assert!(none.policies.is_empty());
    assert_eq!(updated(&wire, "roles/role-1")["system_policy_ids"], json!([]));
    // A role without policies is sent without them, so that nothing is made of nothing.
    update().await.unwrap();
    assert_eq!(
        updated(&wire, "roles/role-1"),
        json!({ "name": "Reader", "description": null })
    );
}

#[tokio::test]
async fn update_that_cannot_read_changes_nothing() {
    let wire = Wire::start().await;
    let custom = wire.client().policies().custom();
    let error = custom.update("nobody").enabled(true).await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
    assert_eq!(error.operation(), Some("getCustomPolicy"));
    wire.sent("GET", "/permissions/policies/custom/nobody");
    let error = wire.client().roles().update("nobody").name("x").await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
    wire.sent("GET", "/permissions/roles/nobody");
    let error = custom.update("policy-1").policy_statement("").await.unwrap_err();
    assert!(error.is_invalid_input(), "{error}");
    wire.sent_nothing();
}

#[tokio::test]
async fn update_shares_the_time_of_one_call_between_its_requests() {
    let wire = Wire::start().await;
    // The first reading fails, and the wait before the second takes half of the time.
    let busy = Fault::status(503)
        .on("getCustomPolicy")
        .nth(1)
        .header("retry-after", "5");
    wire.stage.emulator.inject(busy);
    wire.stage
        .emulator
        .inject(Fault::status(503).on("updateCustomPolicy").header("retry-after", "6"));
    let update = wire
        .client()
        .policies()
        .custom()
        .update("policy-1")
        .policy_statement(OTHER);
    let error = update.timeout(Duration::from_secs(10)).await.unwrap_err();
    assert_eq!(error.operation(), Some("updateCustomPolicy"), "{error}");
    // Five seconds are gone, so that a wait of six is too long for a call of ten.
    assert!(error.to_string().contains("limit of 10 s"), "{error}");
    let sent: Vec<_> = wire.fresh().into_iter().map(|request| request.method).collect();
    assert_eq!(sent, ["GET", "GET", "PUT"]);
}

#[tokio::test]
async fn assignments_that_would_reach_further_than_they_say_are_never_sent() {
    use account_provisioning::cloudinary::{PolicyParameters, ProductEnvironmentId};
    let wire = Wire::start().await;
    let roles = wire.client().roles();
    let principals = wire.client().principals();
    let nothing = PolicyParameters::from(serde_json::Map::new());
    let everywhere = ProductEnvironmentId::new("all").unwrap();
    for assignment in [
        PrincipalAssignment::new(super::user(), super::environment(), PolicyParameters::folder("")),
        PrincipalAssignment::new(super::user(), super::environment(), nothing.clone()),
        PrincipalAssignment::new(super::user(), &everywhere, PolicyParameters::folder("f1")),
        PrincipalAssignment::without_parameters(super::user(), &everywhere),
    ] {
        let error = roles.add_principals("role-1", [assignment]).await.unwrap_err();
        assert!(error.is_invalid_input(), "{error}");
    }
    for assignment in [
        RoleAssignment::new("role-1", super::environment(), nothing),
        RoleAssignment::new("..", super::environment(), PolicyParameters::folder("f1")),
        RoleAssignment::without_parameters("", Scope::Account),
    ] {
        let error = principals.add_roles(super::user(), [assignment]).await.unwrap_err();
        assert!(error.is_invalid_input(), "{error}");
    }
    for error in [
        roles.add_principals("role-1", []).await.unwrap_err(),
        principals.remove_roles(super::user(), []).await.unwrap_err(),
    ] {
        assert!(
            error.is_invalid_input() && error.to_string().contains("empty"),
            "{error}"
        );
    }
    let nobody: [account_provisioning::cloudinary::Principal; 0] = [];
    let error = principals.inspect_many(Scope::Account, nobody).await.unwrap_err();
    assert!(error.is_invalid_input(), "{error}");
    wire.sent_nothing();
}

#[tokio::test]
async fn principal_or_scope_that_cannot_be_one_is_reported_when_the_call_is_awaited() {
    use account_provisioning::cloudinary::{PermissionType, PolicyParameters, Principal, UserId};
    let wire = Wire::start().await;
    let client = wire.client();
    let (roles, principals, custom) = (client.roles(), client.principals(), client.policies().custom());
    let nowhere = || Scope::product_environment("all");
    let nobody = || Principal::user("");
    // The service may send an id that can't be one.
    let odd: UserId = serde_json::from_value(json!("..")).unwrap();
    let parameters = PolicyParameters::folder("f1");
    let on_folder = PrincipalAssignment::new(nobody(), super::environment(), &parameters);
    let everywhere = RoleAssignment::without_parameters("role-1", nowhere());
    for error in [
        roles.add_principals("role-1", [on_folder]).await.unwrap_err(),
        roles.principals("role-1").scope(nowhere()).await.unwrap_err(),
        principals.add_roles(super::user(), [everywhere]).await.unwrap_err(),
        principals.roles(&odd, PermissionType::Global).await.unwrap_err(),
        principals.inspect(nowhere()).await.unwrap_err(),
        principals.inspect(Scope::Account).principal(odd).await.unwrap_err(),
        principals.inspect_many(Scope::Account, [nobody()]).await.unwrap_err(),
        custom.list().scope(nowhere()).await.unwrap_err(),
        custom.create("x", STATEMENT, nowhere()).await.map(drop).unwrap_err(),
        custom.update("policy-1").scope(nowhere()).await.unwrap_err(),
        client.policies().effective().principal(nobody()).await.unwrap_err(),
    ] {
        assert!(error.is_invalid_input(), "{error}");
    }
    wire.sent_nothing();
}
