use reqwest::Method;
use serde_json::{Value, json};

use super::{ACCOUNT_ROLE, FOLDER_ROLE, PRODENV_ROLE, bench, ids, on_folder, reason};

const OF_ANN: &str = "/principal_roles?principal_type=user&principal_id=ann";

#[tokio::test]
async fn update_adds_and_removes_and_says_nothing() {
    let bench = bench().await;
    bench.assign("user", "ann", on_folder("f1")).await;
    let expected = json!({ "data": [{
        "id": FOLDER_ROLE, "name": "Folder Contributor", "description": "Views a folder and adds to it",
        "management_type": "system", "permission_type": "content", "scope_type": "prodenv", "scope_id": "env-1",
        "policy_parameters": { "folder_id": "f1" }, "created_at": 1_704_067_200, "updated_at": 1_704_067_200,
    }] });
    let path = format!("{OF_ANN}&permission_type=content");
    assert_eq!(bench.see(&path).await, expected);
    assert_eq!(
        bench.manage("remove", "user", "ann", on_folder("other")).await,
        (200, Value::Null)
    );
    assert_eq!(bench.see(&path).await, expected, "another folder is another assignment");
    assert_eq!(
        bench.manage("remove", "user", "ann", on_folder("f1")).await,
        (200, Value::Null)
    );
    assert_eq!(bench.see(&path).await, json!({ "data": [] }));
}

#[tokio::test]
async fn update_is_set_like() {
    let bench = bench().await;
    assert_eq!(bench.manage("remove", "user", "ann", on_folder("f1")).await.0, 200);
    bench.assign("user", "ann", on_folder("f1")).await;
    bench.assign("user", "ann", on_folder("f1")).await;
    assert_eq!(
        ids(&bench.see(&format!("{OF_ANN}&permission_type=content")).await),
        [FOLDER_ROLE]
    );
}

#[tokio::test]
async fn update_with_one_mistake_changes_nothing() {
    let bench = bench().await;
    let body = json!({ "operation": "add", "principal": { "type": "user", "id": "ann" },
        "roles": [{ "id": ACCOUNT_ROLE }, { "id": "nowhere" }] });
    let (status, reply) = bench.ask(Method::PUT, "/principal_roles", Some(body)).await;
    assert_eq!(status, 404);
    assert!(reason(&bench).starts_with("roles[1]: "), "{reply}");
    assert_eq!(
        bench.see(&format!("{OF_ANN}&permission_type=global")).await,
        json!({ "data": [] })
    );
}

#[tokio::test]
async fn update_of_every_kind_of_principal_finds_who_exists_and_is_404_for_the_others() {
    let bench = bench().await;
    for (kind, id) in [
        ("user", "ann"),
        ("group", "editors"),
        ("apiKey", "key-1"),
        ("provisioningKey", "emulator-key"),
    ] {
        bench.assign(kind, id, json!({ "id": ACCOUNT_ROLE })).await;
        let path = format!("/principal_roles?principal_type={kind}&principal_id={id}&permission_type=global");
        assert_eq!(ids(&bench.see(&path).await), [ACCOUNT_ROLE]);
        let (status, reply) = bench.manage("add", kind, "nobody", json!({ "id": ACCOUNT_ROLE })).await;
        assert_eq!(status, 404);
        assert!(reason(&bench).contains("nobody"), "{reply}");
        let path = path.replace(id, "nobody");
        assert_eq!(bench.look(&path).await.0, 404);
    }
    assert_eq!(
        bench
            .manage("add", "user", "editors", json!({ "id": ACCOUNT_ROLE }))
            .await
            .0,
        404
    );
}

#[tokio::test]
async fn update_of_what_does_not_fit_the_role_is_refused() {
    let bench = bench().await;
    let folder = json!({ "folder_id": "f1" });
    for (role, status, word) in [
        (json!({ "id": FOLDER_ROLE, "scope_id": "env-1" }), 400, "folder_id"),
        (
            json!({ "id": FOLDER_ROLE, "scope_id": "env-1", "policy_parameters": {} }),
            400,
            "folder_id",
        ),
        (
            json!({ "id": FOLDER_ROLE, "scope_id": "env-1", "policy_parameters": { "folder_id": "" } }),
            400,
            "folder_id",
        ),
        (
            json!({ "id": FOLDER_ROLE, "scope_id": "env-1", "policy_parameters": { "folder_id": 1 } }),
            400,
            "folder_id",
        ),
        (
            json!({ "id": FOLDER_ROLE, "scope_id": "env-1", "policy_parameters": { "collection_id": "c" } }),
            400,
            "collection_id",
        ),
        (
            json!({ "id": FOLDER_ROLE, "policy_parameters": folder }),
            400,
            "scope_id",
        ),
        (
            json!({ "id": FOLDER_ROLE, "scope_id": "env-9", "policy_parameters": folder }),
            404,
            "env-9",
        ),
        (
            json!({ "id": PRODENV_ROLE, "scope_id": "env-1", "policy_parameters": folder }),
            400,
            "global",
        ),
        (json!({ "id": PRODENV_ROLE }), 400, "scope_id"),
        (json!({ "id": ACCOUNT_ROLE, "scope_id": "env-1" }), 400, "scope_id"),
        (json!({ "id": "nowhere" }), 404, "nowhere"),
        (json!({ "scope_id": "env-1" }), 400, "id"),
        (
            json!({ "id": FOLDER_ROLE, "scope_id": "env-1", "policy_parameters": "f1" }),
            400,
            "policy_parameters",
        ),
    ] {
        let (given, reply) = bench.manage("add", "user", "ann", role.clone()).await;
        assert_eq!(given, status, "{role}: {reply}");
        assert!(reason(&bench).contains(word), "{role}: {reply}");
    }
    bench
        .assign("user", "ann", json!({ "id": PRODENV_ROLE, "scope_id": "all" }))
        .await;
    bench
        .assign("user", "ann", json!({ "id": ACCOUNT_ROLE, "policy_parameters": {} }))
        .await;
}

#[tokio::test]
async fn update_without_one_of_its_parts_is_400() {
    let bench = bench().await;
    let whole = json!({ "operation": "add", "principal": { "type": "user", "id": "ann" }, "roles": [] });
    assert_eq!(
        bench.ask(Method::PUT, "/principal_roles", Some(whole.clone())).await.0,
        200
    );
    for part in ["operation", "principal", "roles"] {
        let mut body = whole.clone();
        body.as_object_mut().unwrap().remove(part);
        let (status, reply) = bench.ask(Method::PUT, "/principal_roles", Some(body)).await;
        assert_eq!(status, 400);
        assert!(reason(&bench).contains(part), "{reply}");
    }
    let wrong = json!({ "operation": "swap", "principal": { "type": "user", "id": "ann" }, "roles": [] });
    assert_eq!(bench.ask(Method::PUT, "/principal_roles", Some(wrong)).await.0, 400);
}

#[tokio::test]
async fn list_is_narrowed_by_every_filter() {
    let bench = bench().await;
    let custom = json!({ "id": "mine", "name": "Mine", "permission_type": "global", "scope_type": "account" });
    bench.ask(Method::POST, "/roles", Some(custom)).await;
    bench.assign("user", "ann", on_folder("f1")).await;
    bench.assign("user", "ann", on_folder("f2")).await;
    bench
        .assign("user", "ann", json!({ "id": PRODENV_ROLE, "scope_id": "all" }))
        .await;
    bench
        .assign("user", "ann", json!({ "id": PRODENV_ROLE, "scope_id": "env-2" }))
        .await;
    bench.assign("user", "ann", json!({ "id": "mine" })).await;
    bench.assign("group", "editors", json!({ "id": ACCOUNT_ROLE })).await;
    let found = async |query: &str| bench.see(&format!("{OF_ANN}&{query}")).await;
    for (query, expected) in [
        ("permission_type=content", vec![FOLDER_ROLE, FOLDER_ROLE]),
        ("permission_type=content&folder_id=f1", vec![FOLDER_ROLE]),
        (
            "permission_type=content&param_key=folder_id&param_value=f2",
            vec![FOLDER_ROLE],
        ),
        ("permission_type=content&folder_id=f3", vec![]),
        ("permission_type=content&collection_id=f1", vec![]),
        ("permission_type=global", vec![PRODENV_ROLE, PRODENV_ROLE, "mine"]),
        ("permission_type=global&management_type=custom", vec!["mine"]),
        (
            "permission_type=global&management_type=system",
            vec![PRODENV_ROLE, PRODENV_ROLE],
        ),
        ("permission_type=global&scope_type=account", vec!["mine"]),
        (
            "permission_type=global&scope_type=prodenv",
            vec![PRODENV_ROLE, PRODENV_ROLE],
        ),
        (
            "permission_type=global&scope_type=prodenv&scope_id=env-1",
            vec![PRODENV_ROLE],
        ),
        ("permission_type=content&scope_type=prodenv&scope_id=env-2", vec![]),
    ] {
        assert_eq!(ids(&found(query).await), expected, "{query}");
    }
    let all = found("permission_type=global&scope_type=prodenv&scope_id=env-1").await;
    assert_eq!(
        (&all["data"][0]["scope_id"], all["data"][0].get("policy_parameters")),
        (&json!("all"), None)
    );
    for (query, status) in [
        ("permission_type=global&scope_type=prodenv&scope_id=env-9", 404),
        ("permission_type=global&scope_id=env-1", 400),
        ("management_type=custom", 400),
    ] {
        assert_eq!(bench.look(&format!("{OF_ANN}&{query}")).await.0, status, "{query}");
    }
    assert_eq!(
        bench
            .look("/principal_roles?principal_type=user&permission_type=global")
            .await
            .0,
        400
    );
    assert_eq!(
        bench
            .look("/principal_roles?principal_id=ann&permission_type=global")
            .await
            .0,
        400
    );
}

#[tokio::test]
async fn deletions_take_the_assignments_along() {
    let bench = bench().await;
    bench.assign("user", "ann", on_folder("f1")).await;
    bench.assign("user", "bob", json!({ "id": ACCOUNT_ROLE })).await;
    bench.assign("group", "editors", json!({ "id": ACCOUNT_ROLE })).await;
    bench
        .assign("apiKey", "key-1", json!({ "id": PRODENV_ROLE, "scope_id": "env-2" }))
        .await;
    bench
        .assign(
            "provisioningKey",
            "emulator-key",
            json!({ "id": PRODENV_ROLE, "scope_id": "env-1" }),
        )
        .await;
    let left = || {
        let state = bench.emulator.state();
        let account = state.cloudinary.accounts.get("emulator-account").unwrap();
        account
            .role_assignments
            .iter()
            .map(|one| one.principal_id.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(bench.delete("/users/bob").await.0, 200);
    assert_eq!(left(), ["ann", "editors", "key-1", "emulator-key"]);
    assert_eq!(bench.delete("/user_groups/editors").await.0, 200);
    assert_eq!(left(), ["ann", "key-1", "emulator-key"]);
    assert_eq!(bench.delete("/sub_accounts/env-1").await.0, 200);
    assert_eq!(
        left(),
        [""; 0],
        "the key went with its environment, what applied there as well"
    );
}

#[tokio::test]
async fn deletion_of_an_access_key_either_way_takes_its_assignments_along() {
    for path in [
        "/sub_accounts/env-1/access_keys/key-1",
        "/sub_accounts/env-1/access_keys?name=Root",
    ] {
        let bench = bench().await;
        bench.assign("apiKey", "key-1", json!({ "id": ACCOUNT_ROLE })).await;
        assert_eq!(bench.delete(path).await.0, 200);
        let state = bench.emulator.state();
        assert!(
            state
                .cloudinary
                .accounts
                .get("emulator-account")
                .unwrap()
                .role_assignments
                .is_empty()
        );
    }
}
