//! Principals on the wire: their roles, and who has access to what.

use account_provisioning::cloudinary::{
    ManagementType, PermissionType, PolicyParameters, Principal, RoleAssignment, Scope,
};
use integration_tests::wire::Wire;
use serde_json::json;

use super::{environment, everybody, filters, user};

const VIEWER: &str = "cld::role::folder::viewer";
const ADMIN: &str = "cld::role::account::admin";

pub(in super::super) async fn roles(wire: &Wire) {
    let list = || wire.client().principals().roles(user(), PermissionType::Content);
    // In the order of the alphabet: what narrows stands before what names the principal, or after it.
    for (call, before, after) in [
        (list(), "", ""),
        (
            list().management_type(ManagementType::Custom),
            "management_type=custom&",
            "",
        ),
        (list().scope(Scope::Account), "", "&scope_type=account"),
        (list().scope(environment()), "", "&scope_id=env-1&scope_type=prodenv"),
        (
            list()
                .scope(environment())
                .management_type(ManagementType::System)
                .policy_parameters(PolicyParameters::folder("f1")),
            "folder_id=f1&management_type=system&",
            "&scope_id=env-1&scope_type=prodenv",
        ),
    ] {
        call.await.unwrap();
        let named = "permission_type=content&principal_id=user-1&principal_type=user";
        wire.sent("GET", &format!("/permissions/principal_roles?{before}{named}{after}"));
    }
    for (parameters, query) in filters() {
        list().policy_parameters(parameters).await.unwrap();
        let named = "permission_type=content&principal_id=user-1&principal_type=user";
        wire.sent("GET", &format!("/permissions/principal_roles?{query}&{named}"));
    }
    for (principal, kind, id) in everybody() {
        let roles = wire.client().principals().roles(principal, PermissionType::Global);
        roles.await.unwrap();
        let query = format!("permission_type=global&principal_id={id}&principal_type={kind}");
        wire.sent("GET", &format!("/permissions/principal_roles?{query}"));
    }
}

pub(in super::super) async fn assign(wire: &Wire) {
    let principals = wire.client().principals();
    let path = "/permissions/principal_roles";
    for (principal, kind, id) in everybody() {
        let on_folder = RoleAssignment::new(VIEWER, environment(), PolicyParameters::folder("fg3841spr"));
        let named = json!({ "type": kind, "id": id });
        let sent = json!([
            { "id": VIEWER, "scope_id": "env-1", "policy_parameters": { "folder_id": "fg3841spr" } },
        ]);
        principals.add_roles(&principal, [on_folder.clone()]).await.unwrap();
        let body = json!({ "operation": "add", "principal": named, "roles": sent });
        wire.sent_with("PUT", path, body);
        principals.remove_roles(&principal, [on_folder]).await.unwrap();
        let body = json!({ "operation": "remove", "principal": named, "roles": sent });
        wire.sent_with("PUT", path, body);
    }
    let several = [
        RoleAssignment::without_parameters(ADMIN, Scope::Account),
        RoleAssignment::new(
            "cld::role::collection::viewer",
            environment(),
            PolicyParameters::collection("c1"),
        ),
    ];
    principals.add_roles(user(), several).await.unwrap();
    let body = json!({
        "operation": "add",
        "principal": { "type": "user", "id": "user-1" },
        "roles": [
            { "id": ADMIN },
            {
                "id": "cld::role::collection::viewer", "scope_id": "env-1",
                "policy_parameters": { "collection_id": "c1" },
            },
        ],
    });
    wire.sent_with("PUT", path, body);
}

pub(in super::super) async fn inspect(wire: &Wire) {
    let inspect = || wire.client().principals().inspect(environment());
    let path = "/permissions/principal_roles/inspect";
    for (call, query) in [
        (
            wire.client().principals().inspect(Scope::Account),
            "scope_type=account".to_owned(),
        ),
        (inspect(), "scope_id=env-1&scope_type=prodenv".to_owned()),
    ] {
        call.await.unwrap();
        wire.sent("GET", &format!("{path}?{query}"));
    }
    for (principal, kind, id) in everybody() {
        inspect().principal(principal).await.unwrap();
        let query = format!("principal_id={id}&principal_type={kind}&scope_id=env-1&scope_type=prodenv");
        wire.sent("GET", &format!("{path}?{query}"));
    }
    for (parameters, query) in filters() {
        inspect().policy_parameters(parameters).await.unwrap();
        wire.sent("GET", &format!("{path}?{query}&scope_id=env-1&scope_type=prodenv"));
    }
    inspect().cursor("a+b/c").await.unwrap_err();
    wire.sent(
        "GET",
        &format!("{path}?cursor=a%2Bb%2Fc&scope_id=env-1&scope_type=prodenv"),
    );
}

pub(in super::super) async fn inspect_many(wire: &Wire) {
    let path = "/permissions/principal_roles/inspect";
    let principals = wire.client().principals();
    let here = || principals.inspect_many(environment(), [user()]);
    let named = json!([{ "type": "user", "id": "user-1" }]);
    let deep = json!({ "folder_id": "f1", "more": "x" });
    for (call, body) in [
        (
            principals.inspect_many(Scope::Account, [user()]),
            json!({ "scope_type": "account", "principals": named }),
        ),
        (
            here(),
            json!({ "scope_type": "prodenv", "scope_id": "env-1", "principals": named }),
        ),
        (
            here().policy_parameters(PolicyParameters::folder("f1").with("more", "x")),
            json!({
                "scope_type": "prodenv", "scope_id": "env-1", "principals": named, "policy_parameters": deep,
            }),
        ),
    ] {
        call.await.unwrap();
        wire.sent_with("POST", path, body);
    }
    let all = everybody();
    let names: Vec<_> = all
        .iter()
        .map(|(_, kind, id)| json!({ "type": kind, "id": id }))
        .collect();
    let everybody: Vec<Principal> = all.into_iter().map(|(principal, ..)| principal).collect();
    principals.inspect_many(Scope::Account, everybody).await.unwrap();
    wire.sent_with("POST", path, json!({ "scope_type": "account", "principals": names }));
    here().cursor("a+b/c").await.unwrap_err();
    let body = json!({ "scope_type": "prodenv", "scope_id": "env-1", "principals": named, "cursor": "a+b/c" });
    wire.sent_with("POST", path, body);
}
