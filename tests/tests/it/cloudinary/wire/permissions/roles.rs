//! Roles on the wire, and who holds them.

use account_provisioning::Field;
use account_provisioning::cloudinary::{
    ManagementType, PermissionType, PolicyParameters, Principal, PrincipalAssignment, Scope, ScopeType,
};
use integration_tests::wire::Wire;
use integration_tests::world::READ_USERS;
use serde_json::json;

use super::{environment, everybody, filters, user};

/// A system role whose id has to survive the path as it is.
const VIEWER: &str = "cld::role::folder::viewer";
const ADMIN: &str = "cld::role::account::admin";

pub(in super::super) async fn list(wire: &Wire) {
    let roles = wire.client().roles();
    for (call, before, after) in [
        (roles.list(PermissionType::Global), "", "permission_type=global"),
        (roles.list("content"), "", "permission_type=content"),
        (
            roles.list(PermissionType::Global).scope_type(ScopeType::Prodenv),
            "",
            "permission_type=global&scope_type=prodenv",
        ),
        (
            roles
                .list(PermissionType::Content)
                .management_type(ManagementType::System),
            "management_type=system&",
            "permission_type=content",
        ),
        (
            roles.list(PermissionType::Content).policy_parameters(["folder_id"]),
            "",
            "permission_type=content&policy_parameters=%5B%22folder_id%22%5D",
        ),
        (
            roles.list(PermissionType::Content).policy_parameters([""; 0]),
            "",
            "permission_type=content",
        ),
        (
            roles
                .list(PermissionType::Content)
                .policy_parameters(["folder_id", "collection_id"])
                .management_type(ManagementType::Custom)
                .scope_type(ScopeType::Account),
            "management_type=custom&",
            "permission_type=content&policy_parameters=%5B%22folder_id%22%2C%22collection_id%22%5D&scope_type=account",
        ),
    ] {
        call.await.unwrap();
        wire.sent("GET", &format!("/permissions/roles?{before}{after}"));
    }
}

pub(in super::super) async fn create(wire: &Wire) {
    let create = |name: &str| {
        wire.client()
            .roles()
            .create(name, PermissionType::Global, ScopeType::Account)
    };
    let base = |name: &str| json!({ "name": name, "permission_type": "global", "scope_type": "account" });
    let with = |name: &str, field: &str, value: serde_json::Value| {
        let mut body = base(name);
        body[field] = value;
        body
    };
    for (call, body) in [
        (create("a"), base("a")),
        (create("b").id("own::id"), with("b", "id", json!("own::id"))),
        (create("c").description("d"), with("c", "description", json!("d"))),
        (
            create("d").system_policy_ids([READ_USERS]),
            with("d", "system_policy_ids", json!([READ_USERS])),
        ),
        (
            create("e").system_policy_ids(Field::Clear),
            with("e", "system_policy_ids", json!([])),
        ),
    ] {
        call.await.unwrap();
        wire.sent_with("POST", "/permissions/roles", body);
    }
    let content = wire.client().roles().create("f", "content", "prodenv");
    content.await.unwrap();
    let body = json!({ "name": "f", "permission_type": "content", "scope_type": "prodenv" });
    wire.sent_with("POST", "/permissions/roles", body);
}

pub(in super::super) async fn get(wire: &Wire) {
    let roles = wire.client().roles();
    roles.get(VIEWER).await.unwrap();
    wire.sent("GET", &format!("/permissions/roles/{VIEWER}"));
    for (parameters, query) in filters() {
        roles.get(VIEWER).policy_parameters(&parameters).await.unwrap();
        wire.sent("GET", &format!("/permissions/roles/{VIEWER}?{query}"));
        let found = roles.get_opt(VIEWER).policy_parameters(&parameters).await.unwrap();
        assert!(found.is_some());
        wire.sent("GET", &format!("/permissions/roles/{VIEWER}?{query}"));
    }
    let filled = roles.get(VIEWER).policy_parameters(PolicyParameters::folder("f1"));
    let filled = filled.await.unwrap();
    assert!(
        filled
            .policies
            .iter()
            .all(|policy| policy.policy_statement.contains(r#""f1""#))
    );
    wire.sent("GET", &format!("/permissions/roles/{VIEWER}?folder_id=f1"));
}

pub(in super::super) async fn replace(wire: &Wire) {
    let roles = wire.client().roles();
    for (call, body) in [
        (roles.replace("role-1", "n"), json!({ "name": "n" })),
        (
            roles.replace("role-1", "n").description("d".to_owned()),
            json!({ "name": "n", "description": "d" }),
        ),
        (
            roles.replace("role-1", "n").description(Field::Clear),
            json!({ "name": "n", "description": null }),
        ),
        (
            roles.replace("role-1", "n").system_policy_ids([READ_USERS]),
            json!({ "name": "n", "system_policy_ids": [READ_USERS] }),
        ),
        (
            roles.replace("role-1", "n").system_policy_ids([""; 0]),
            json!({ "name": "n", "system_policy_ids": [] }),
        ),
    ] {
        call.await.unwrap();
        wire.sent_with("PUT", "/permissions/roles/role-1", body);
    }
}

pub(in super::super) async fn delete(wire: &Wire) {
    let roles = wire.client().roles();
    for (call, target) in [
        (roles.delete("role-1").force(true), "role-1?force=true"),
        (roles.delete("role-2").force(false), "role-2?force=false"),
        (roles.delete("role-3"), "role-3"),
    ] {
        call.await.unwrap();
        wire.sent("DELETE", &format!("/permissions/roles/{target}"));
    }
}

pub(in super::super) async fn principals(wire: &Wire) {
    let list = || wire.client().roles().principals(VIEWER);
    let path = format!("/permissions/roles/{VIEWER}/principals");
    for (call, query) in [
        (list(), ""),
        (list().verbose(true), "?verbose=true"),
        (list().verbose(false), "?verbose=false"),
        (list().scope(Scope::Account), "?scope_type=account"),
        (
            list()
                .verbose(true)
                .policy_parameters(PolicyParameters::folder("f1"))
                .scope(environment()),
            "?folder_id=f1&scope_id=env-1&scope_type=prodenv&verbose=true",
        ),
    ] {
        call.await.unwrap();
        wire.sent("GET", &format!("{path}{query}"));
    }
    for (parameters, query) in filters() {
        list().policy_parameters(parameters).await.unwrap();
        wire.sent("GET", &format!("{path}?{query}"));
    }
}

pub(in super::super) async fn assign(wire: &Wire) {
    let roles = wire.client().roles();
    let parameters = PolicyParameters::folder("fg3841spr");
    for (principal, kind, id) in everybody() {
        let on_folder = PrincipalAssignment::new(&principal, environment(), &parameters);
        let sent = json!({
            "principal_type": kind, "principal_id": id, "scope_id": "env-1",
            "policy_parameters": { "folder_id": "fg3841spr" },
        });
        let path = format!("/permissions/roles/{VIEWER}/principals");
        roles.add_principals(VIEWER, [on_folder.clone()]).await.unwrap();
        wire.sent_with("PUT", &path, json!({ "operation": "add", "principals": [sent] }));
        roles.remove_principals(VIEWER, [on_folder]).await.unwrap();
        wire.sent_with("PUT", &path, json!({ "operation": "remove", "principals": [sent] }));
    }
    // Without a limit only where the caller says so, and then without a trace of one.
    let path = format!("/permissions/roles/{ADMIN}/principals");
    let group = Principal::group("group-1").unwrap();
    let everywhere =
        [user(), group].map(|principal| PrincipalAssignment::without_parameters(principal, Scope::Account));
    let sent = json!([
        { "principal_type": "user", "principal_id": "user-1" },
        { "principal_type": "group", "principal_id": "group-1" },
    ]);
    roles.add_principals(ADMIN, everywhere).await.unwrap();
    wire.sent_with("PUT", &path, json!({ "operation": "add", "principals": sent }));
}
