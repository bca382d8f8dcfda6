use reqwest::Method;
use serde_json::{Value, json};

use super::{ACCOUNT_ROLE, ANYBODY, FOLDER_ROLE, PRODENV_ROLE, bench, on_folder, reason};
use crate::client::each;

const ENV_1: &str = "/policies/effective?scope_type=prodenv&scope_id=env-1";

#[tokio::test]
async fn roles_come_with_their_placeholders_filled_own_and_through_groups() {
    let bench = bench().await;
    bench.assign("user", "ann", on_folder("f1")).await;
    bench.assign("group", "editors", on_folder("f2")).await;
    let body = bench
        .see(&format!("{ENV_1}&principal_type=user&principal_id=ann"))
        .await;
    let principals = body["data"]["principals"].as_array().unwrap();
    assert_eq!(principals.len(), 1);
    assert_eq!(
        (&principals[0]["principal_type"], &principals[0]["principal_id"]),
        (&json!("user"), &json!("ann"))
    );
    assert_eq!(each(&principals[0], "roles", "id"), [FOLDER_ROLE, FOLDER_ROLE]);
    for (role, folder) in principals[0]["roles"].as_array().unwrap().iter().zip(["f1", "f2"]) {
        for policy in role["system_policies"].as_array().unwrap() {
            let statement = policy["policy_statement"].as_str().unwrap();
            assert!(
                statement.contains(&format!("resource.ancestor_ids.contains(\"{folder}\")"))
                    && !statement.contains('<'),
                "{statement}"
            );
            let filled = statement.matches("principal == Cloudinary::User::\"ann\",").count();
            assert_eq!(filled, statement.matches("permit").count(), "{statement}");
        }
    }
    let everyone = bench.see(ENV_1).await;
    assert_eq!(
        each(&everyone["data"], "principals", "principal_id"),
        ["ann", "editors"]
    );
    assert_eq!(everyone["data"]["principals"][0], principals[0]);
    let group = &everyone["data"]["principals"][1]["roles"][0]["system_policies"][0]["policy_statement"];
    let head = "principal in Cloudinary::Group::\"editors\",";
    assert!(group.as_str().unwrap().contains(head), "{group}");
}

#[tokio::test]
async fn roles_of_another_place_are_not_in_effect() {
    let bench = bench().await;
    bench.assign("user", "ann", json!({ "id": ACCOUNT_ROLE })).await;
    bench
        .assign("user", "ann", json!({ "id": PRODENV_ROLE, "scope_id": "all" }))
        .await;
    bench
        .assign("user", "ann", json!({ "id": PRODENV_ROLE, "scope_id": "env-2" }))
        .await;
    let roles = async |path: &str| {
        let body = bench.see(path).await;
        each(&body["data"]["principals"][0], "roles", "id").join(",")
    };
    assert_eq!(roles("/policies/effective").await, ACCOUNT_ROLE);
    assert_eq!(roles("/policies/effective?scope_type=account").await, ACCOUNT_ROLE);
    assert_eq!(roles(ENV_1).await, PRODENV_ROLE);
    assert_eq!(
        roles(&ENV_1.replace("env-1", "env-2")).await,
        [PRODENV_ROLE, PRODENV_ROLE].join(",")
    );
}

#[tokio::test]
async fn custom_policies_are_those_of_the_place_that_are_enabled_and_take_the_principal() {
    let bench = bench().await;
    let mut made = Vec::new();
    for (name, head) in [
        ("anybody", "principal"),
        ("ann", "principal == Cloudinary::User::\"ann\""),
        ("bob", "principal == Cloudinary::User::\"bob\""),
        ("editors", "principal in Cloudinary::Group::\"editors\""),
        ("users", "principal is Cloudinary::User"),
        ("keys", "principal is Cloudinary::APIKey"),
        (
            "users in editors",
            "principal is Cloudinary::User in Cloudinary::Group::\"editors\"",
        ),
        ("key-1", "principal == Cloudinary::APIKey::\"key-1\""),
        (
            "account key",
            "principal == Cloudinary::ProvisioningKey::\"emulator-key\"",
        ),
    ] {
        let statement = format!("permit ({head}, action, resource);");
        let body = json!({ "name": name, "policy_statement": statement, "scope_type": "prodenv", "scope_id": "env-1" });
        made.push((bench.policy(body).await, name));
    }
    for (name, scope_id, enabled) in [("off", "env-1", false), ("elsewhere", "env-2", true)] {
        let body = json!({ "name": name, "policy_statement": ANYBODY, "scope_type": "prodenv", "scope_id": scope_id, "enabled": enabled });
        bench.policy(body).await;
    }
    let everywhere =
        json!({ "name": "everywhere", "policy_statement": ANYBODY, "scope_type": "prodenv", "scope_id": "all" });
    made.push((bench.policy(everywhere).await, "everywhere"));
    let names = async |query: &str| -> Vec<&str> {
        let body = bench.see(&format!("{ENV_1}{query}")).await;
        let found = each(&body["data"], "custom_policies", "id");
        made.iter()
            .filter(|(id, _)| found.contains(&id.as_str()))
            .map(|(_, name)| *name)
            .collect()
    };
    assert_eq!(names("").await.len(), made.len());
    for (who, expected) in [
        (
            "principal_type=user&principal_id=ann",
            vec!["anybody", "ann", "editors", "users", "users in editors", "everywhere"],
        ),
        (
            "principal_type=user&principal_id=bob",
            vec!["anybody", "bob", "users", "everywhere"],
        ),
        (
            "principal_type=group&principal_id=editors",
            vec!["anybody", "editors", "everywhere"],
        ),
        (
            "principal_type=apiKey&principal_id=key-1",
            vec!["anybody", "keys", "key-1", "everywhere"],
        ),
        (
            "principal_type=provisioningKey&principal_id=emulator-key",
            vec!["anybody", "account key", "everywhere"],
        ),
    ] {
        assert_eq!(names(&format!("&{who}")).await, expected, "{who}");
    }
    let account = bench.see("/policies/effective").await;
    assert_eq!(account, json!({ "data": { "principals": [], "custom_policies": [] } }));
}

#[tokio::test]
async fn membership_and_assignments_take_effect_at_once() {
    let bench = bench().await;
    bench.assign("group", "editors", on_folder("f1")).await;
    let path = format!("{ENV_1}&principal_type=user&principal_id=bob");
    let nothing = json!({ "data": { "principals": [], "custom_policies": [] } });
    assert_eq!(bench.see(&path).await, nothing);
    bench.call(Method::POST, "/user_groups/editors/users/bob", None).await;
    assert_eq!(
        each(&bench.see(&path).await["data"], "principals", "principal_id"),
        ["bob"]
    );
    assert_eq!(
        bench.manage("remove", "group", "editors", on_folder("f1")).await,
        (200, Value::Null)
    );
    assert_eq!(bench.see(&path).await, nothing);
}

#[tokio::test]
async fn half_a_place_or_half_a_principal_is_400_and_unknown_ones_are_404() {
    let bench = bench().await;
    for (query, status, word) in [
        ("?scope_type=prodenv", 400, "scope_id"),
        ("?scope_id=env-1", 400, "scope_id"),
        ("?scope_type=prodenv&scope_id=env-9", 404, "env-9"),
        ("?principal_type=user", 400, "principal_id"),
        ("?principal_id=ann", 400, "principal_type"),
        ("?principal_type=robot&principal_id=ann", 400, "principal_type"),
        ("?principal_type=group&principal_id=ann", 404, "ann"),
    ] {
        let (given, reply) = bench.look(&format!("/policies/effective{query}")).await;
        assert_eq!(given, status, "{query}: {reply}");
        assert!(reason(&bench).contains(word), "{query}: {reply}");
    }
}
