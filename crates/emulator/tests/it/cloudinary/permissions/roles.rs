use account_provisioning_emulator::Quirk;
use reqwest::Method;
use serde_json::{Value, json};

use super::{ACCOUNT_ROLE, FOLDER_ROLE, NOW, bench, ids, on_folder, reason, text};
use crate::client::{Bench, each, time};

const VIEW: &str = "cld::policy::content::folder::view_download";
const UPLOAD: &str = "cld::policy::content::folder::add_assets";

/// A bench and the id of a custom role for folders.
async fn role() -> (Bench, String) {
    let bench = bench().await;
    let (status, reply) = bench.ask(Method::POST, "/roles", Some(new("Helpers"))).await;
    assert_eq!(status, 201, "{reply}");
    let id = text(&reply["data"]["id"]);
    (bench, id)
}

fn new(name: &str) -> Value {
    json!({ "name": name, "permission_type": "content", "scope_type": "prodenv", "system_policy_ids": [VIEW, UPLOAD] })
}

#[tokio::test]
async fn list_is_narrowed_by_every_filter() {
    let (bench, id) = role().await;
    let global = bench.see("/roles?permission_type=global").await;
    assert!(ids(&global).contains(&ACCOUNT_ROLE) && !ids(&global).contains(&FOLDER_ROLE));
    let content = bench.see("/roles?permission_type=content").await;
    assert!(ids(&content).contains(&FOLDER_ROLE) && ids(&content).contains(&id.as_str()));
    let custom = bench.see("/roles?permission_type=content&management_type=custom").await;
    assert_eq!(ids(&custom), [id.as_str()]);
    let system = bench.see("/roles?permission_type=content&management_type=system").await;
    assert_eq!(ids(&system).len(), ids(&content).len() - 1);
    assert!(ids(&bench.see("/roles?permission_type=content&scope_type=account").await).is_empty());
    let account = bench.see("/roles?permission_type=global&scope_type=account").await;
    assert!(ids(&account).iter().all(|id| id.starts_with("cld::role::account::")));
    let folder = bench
        .see("/roles?permission_type=content&policy_parameters=%5B%22folder_id%22%5D")
        .await;
    assert!(
        folder["data"]
            .as_array()
            .unwrap()
            .iter()
            .all(|role| role["policy_parameters"] == json!(["folder_id"]))
    );
    let both = "/roles?permission_type=content&policy_parameters=%5B%22folder_id%22%2C%22collection_id%22%5D";
    assert_eq!(ids(&bench.see(both).await), ids(&content));
    assert_eq!(
        ids(&bench
            .see("/roles?permission_type=content&policy_parameters=%5B%5D")
            .await),
        ids(&content)
    );
}

#[tokio::test]
async fn list_with_wrong_parameters_is_400() {
    let bench = bench().await;
    for (query, word) in [
        ("", "permission_type"),
        ("?permission_type=wide", "permission_type"),
        ("?permission_type=global&scope_type=galaxy", "scope_type"),
        (
            "?permission_type=content&policy_parameters=folder_id",
            "policy_parameters",
        ),
        (
            "?permission_type=content&policy_parameters=%5B%22asset_id%22%5D",
            "asset_id",
        ),
    ] {
        let (status, body) = bench.look(&format!("/roles{query}")).await;
        assert_eq!(status, 400, "{query}");
        assert!(reason(&bench).contains(word), "{body}");
    }
}

#[tokio::test]
async fn list_with_an_empty_parameter_filter_is_whole_unless_the_quirk_is_off() {
    let bench = bench().await;
    let path = "/roles?permission_type=content&policy_parameters=";
    let whole = bench.see("/roles?permission_type=content").await;
    assert_eq!(bench.see(path).await, whole);
    assert_eq!(
        bench.emulator.requests().pop().unwrap().coerced,
        [Quirk::EmptyPolicyParameters]
    );
    bench.emulator.set_quirk(Quirk::EmptyPolicyParameters, false);
    assert_eq!(bench.look(path).await.0, 400);
}

#[tokio::test]
async fn create_answers_201_with_the_whole_role() {
    let (bench, id) = role().await;
    let reply = bench.see(&format!("/roles/{id}")).await;
    let mut data = reply["data"].clone();
    let policies = data.as_object_mut().unwrap().remove("policies").unwrap();
    assert_eq!(
        data,
        json!({
            "id": id, "name": "Helpers", "description": null, "management_type": "custom", "permission_type": "content",
            "scope_type": "prodenv", "policy_parameters": ["folder_id"], "created_at": NOW, "updated_at": NOW,
        })
    );
    assert_eq!(each(&json!({ "policies": policies }), "policies", "id"), [VIEW, UPLOAD]);
}

#[tokio::test]
async fn create_takes_a_chosen_id_once_and_never_one_of_the_system() {
    let bench = bench().await;
    let with =
        |id: &str, name: &str| json!({ "id": id, "name": name, "permission_type": "global", "scope_type": "account" });
    let (status, reply) = bench.ask(Method::POST, "/roles", Some(with("my::role", "A"))).await;
    assert_eq!(
        (status, &reply["data"]["id"], &reply["data"]["policies"]),
        (201, &json!("my::role"), &json!([]))
    );
    assert_eq!(bench.see("/roles/my::role").await, reply);
    assert_eq!(bench.see("/roles/my%3A%3Arole").await, reply);
    assert_eq!(
        bench.ask(Method::POST, "/roles", Some(with("my::role", "B"))).await.0,
        409
    );
    assert_eq!(
        bench.ask(Method::POST, "/roles", Some(with(ACCOUNT_ROLE, "B"))).await.0,
        409
    );
    assert_eq!(bench.ask(Method::POST, "/roles", Some(with("", "B"))).await.0, 400);
}

#[tokio::test]
async fn create_of_what_does_not_fit_together_is_refused() {
    let (bench, _) = role().await;
    for (field, value, status) in [
        ("name", json!("Helpers"), 409),
        ("name", json!("Folder Viewer"), 409),
        ("name", json!(""), 400),
        ("name", Value::Null, 400),
        ("permission_type", json!("wide"), 400),
        ("scope_type", json!("galaxy"), 400),
        ("system_policy_ids", json!(["cld::policy::nowhere"]), 400),
        (
            "system_policy_ids",
            json!(["cld::policy::global::users_and_groups::view"]),
            400,
        ),
        (
            "system_policy_ids",
            json!(["cld::policy::global::folder_and_asset_management::view"]),
            400,
        ),
        ("system_policy_ids", json!([1]), 400),
    ] {
        let mut body = new("Other");
        body[field] = value.clone();
        let (given, reply) = bench.ask(Method::POST, "/roles", Some(body)).await;
        assert_eq!(given, status, "{field} {value}: {reply}");
    }
    for field in ["name", "permission_type", "scope_type"] {
        let mut body = new("Other");
        body.as_object_mut().unwrap().remove(field);
        assert_eq!(bench.ask(Method::POST, "/roles", Some(body)).await.0, 400, "{field}");
    }
}

#[tokio::test]
async fn get_fills_the_placeholders_with_what_the_query_names() {
    let bench = bench().await;
    let statement = async |query: &str| {
        let reply = bench.see(&format!("/roles/{FOLDER_ROLE}{query}")).await;
        text(&reply["data"]["policies"][0]["policy_statement"])
    };
    assert!(statement("").await.contains(r#"Cloudinary::Folder::"<folder_id>""#));
    for query in [
        "?folder_id=f1",
        "?param_key=folder_id&param_value=f1",
        "?param_key=collection_id&param_value=c&param_key=folder_id&param_value=f1",
        "?asset_id=a&folder_id=f1&param_key=folder_id&param_value=f2",
    ] {
        assert!(
            statement(query).await.contains(r#"Cloudinary::Folder::"f1""#),
            "{query}"
        );
    }
    assert!(statement("?collection_id=f1").await.contains("<folder_id>"));
    assert!(statement("?folder_id=a%22b").await.contains(r#"Folder::"a\"b""#));
    let (status, body) = bench.look(&format!("/roles/{FOLDER_ROLE}?param_key=folder_id")).await;
    assert_eq!(status, 400);
    assert!(reason(&bench).contains("param_value"), "{body}");
    assert_eq!(bench.look("/roles/nowhere").await.0, 404);
}

#[tokio::test]
async fn update_keeps_what_is_left_out_and_an_empty_list_clears() {
    let (bench, id) = role().await;
    bench.emulator.set_clock(time("2026-02-01T00:00:00Z"));
    let path = format!("/roles/{id}");
    let put = async |body: Value| bench.ask(Method::PUT, &path, Some(body)).await;
    let (_, reply) = put(json!({ "name": "Helpers", "description": "words" })).await;
    assert_eq!(each(&reply["data"], "policies", "id"), [VIEW, UPLOAD]);
    assert_eq!(
        (
            &reply["data"]["description"],
            &reply["data"]["created_at"],
            &reply["data"]["updated_at"]
        ),
        (&json!("words"), &json!(NOW), &json!(1_769_904_000))
    );
    let (_, reply) = put(json!({ "name": "Renamed", "system_policy_ids": [UPLOAD] })).await;
    assert_eq!(
        (&reply["data"]["name"], &reply["data"]["description"]),
        (&json!("Renamed"), &json!("words"))
    );
    assert_eq!(each(&reply["data"], "policies", "id"), [UPLOAD]);
    let (status, reply) = put(json!({ "name": "Renamed", "description": null, "system_policy_ids": [] })).await;
    assert_eq!(
        (status, &reply["data"]["policies"], &reply["data"]["description"]),
        (200, &json!([]), &Value::Null)
    );
    assert_eq!(reply["data"]["policy_parameters"], json!([]));
    for (body, status) in [
        (json!({}), 400),
        (json!({ "name": " " }), 400),
        (json!({ "name": "Folder Viewer" }), 409),
        (
            json!({ "name": "Renamed", "system_policy_ids": ["cld::policy::nowhere"] }),
            400,
        ),
    ] {
        assert_eq!(put(body.clone()).await.0, status, "{body}");
    }
}

#[tokio::test]
async fn system_roles_cannot_be_changed_or_deleted_and_unknown_ones_are_404() {
    let bench = bench().await;
    for (id, status) in [(ACCOUNT_ROLE, 403), ("nowhere", 404)] {
        let path = format!("/roles/{id}");
        assert_eq!(
            bench.ask(Method::PUT, &path, Some(json!({ "name": "N" }))).await.0,
            status
        );
        assert_eq!(
            bench.ask(Method::DELETE, &format!("{path}?force=true"), None).await.0,
            status
        );
    }
}

#[tokio::test]
async fn delete_of_a_role_that_is_held_needs_force_and_takes_the_assignments_along() {
    let (bench, id) = role().await;
    let mut assignment = on_folder("f1");
    assignment["id"] = json!(id);
    bench.assign("user", "ann", assignment).await;
    let path = format!("/roles/{id}");
    for path in [path.clone(), format!("{path}?force=false")] {
        let (status, body) = bench.ask(Method::DELETE, &path, None).await;
        assert_eq!(status, 403);
        assert!(reason(&bench).contains("force"), "{body}");
    }
    let forced = bench.ask(Method::DELETE, &format!("{path}?force=true"), None).await;
    assert_eq!(forced, (204, Value::Null));
    assert_eq!(bench.look(&path).await.0, 404);
    let held = "/principal_roles?principal_type=user&principal_id=ann&permission_type=content";
    assert_eq!(bench.see(held).await, json!({ "data": [] }));
}
