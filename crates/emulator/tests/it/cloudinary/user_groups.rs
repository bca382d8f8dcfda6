use account_provisioning_emulator::Quirk;
use serde_json::json;

use crate::client::{Bench, each, message, time};

/// A group and two users, none of them a member.
async fn group() -> (Bench, String, [String; 2]) {
    let bench = Bench::start().await;
    let id = |body: &serde_json::Value| body["id"].as_str().unwrap().to_owned();
    let (_, group) = bench.post("/user_groups", json!({ "name": "Editors" })).await;
    let (_, ann) = bench
        .post("/users", json!({ "name": "Ann", "email": "ann@x.example" }))
        .await;
    let (_, bob) = bench
        .post("/users", json!({ "name": "Bob", "email": "bob@x.example" }))
        .await;
    let path = format!("/user_groups/{}", id(&group));
    (bench, path, [id(&ann), id(&bob)])
}

#[tokio::test]
async fn extended_details_add_members_and_times_wherever_they_are_asked_for() {
    let (bench, path, [ann, _]) = group().await;
    bench.post(&format!("{path}/users/{ann}"), json!({})).await;
    let id = path.trim_start_matches("/user_groups/");
    let brief = json!({ "id": id, "name": "Editors" });
    let extended = json!({
        "id": id, "name": "Editors", "users": [{ "id": ann, "name": "Ann", "email": "ann@x.example" }],
        "created_at": "2026-01-15T12:00:00Z", "updated_at": "2026-01-15T12:00:00Z",
    });
    assert_eq!(bench.get(&path).await.1, brief);
    assert_eq!(bench.get(&format!("{path}?extended_details=false")).await.1, brief);
    assert_eq!(bench.get(&format!("{path}?extended_details=true")).await.1, extended);
    assert_eq!(bench.get("/user_groups").await.1, json!({ "user_groups": [brief] }));
    assert_eq!(
        bench.get("/user_groups?extended_details=true").await.1,
        json!({ "user_groups": [extended] })
    );
    assert_eq!(bench.put(&path, json!({})).await.1, brief);
    assert_eq!(bench.put(&path, json!({ "extended_details": true })).await.1, extended);
    let (_, made) = bench
        .post("/user_groups", json!({ "name": "Writers", "extended_details": true }))
        .await;
    assert_eq!(made["users"], json!([]));
}

#[tokio::test]
async fn name_taken_is_409_and_missing_or_empty_400() {
    let (bench, path, _) = group().await;
    assert_eq!(bench.post("/user_groups", json!({ "name": "Editors" })).await.0, 409);
    for body in [json!({}), json!({ "name": "" })] {
        let (status, reply) = bench.post("/user_groups", body).await;
        assert_eq!(status, 400);
        assert!(message(&reply).contains("name"), "{reply}");
    }
    bench.post("/user_groups", json!({ "name": "Writers" })).await;
    assert_eq!(bench.put(&path, json!({ "name": "Writers" })).await.0, 409);
    assert_eq!(
        bench.put(&path, json!({ "name": "Editors" })).await.0,
        200,
        "its own name is not taken"
    );
}

#[tokio::test]
async fn update_renames_the_group() {
    let (bench, path, _) = group().await;
    bench.emulator.set_clock(time("2026-02-01T00:00:00Z"));
    let (status, body) = bench
        .put(&path, json!({ "name": "Authors", "extended_details": true }))
        .await;
    assert_eq!(
        (status, &body["name"], &body["updated_at"]),
        (200, &json!("Authors"), &json!("2026-02-01T00:00:00Z"))
    );
}

#[tokio::test]
async fn delete_says_ok_and_leaves_the_users() {
    let (bench, path, [ann, _]) = group().await;
    bench.post(&format!("{path}/users/{ann}"), json!({})).await;
    assert_eq!(bench.delete(&path).await, (200, json!({ "message": "ok", "ok": true })));
    assert_eq!(bench.get(&path).await.0, 404);
    assert_eq!(bench.get(&format!("/users/{ann}")).await.1["group_count"], 0);
}

#[tokio::test]
async fn add_answers_in_a_form_that_serves_either_reader() {
    let (bench, path, [ann, bob]) = group().await;
    bench.post(&format!("{path}/users/{ann}"), json!({})).await;
    let (status, body) = bench.post(&format!("{path}/users/{bob}"), json!({})).await;
    assert_eq!(status, 200);
    assert_eq!(
        (&body["id"], &body["name"], &body["email"]),
        (&json!(bob), &json!("Bob"), &json!("bob@x.example"))
    );
    assert_eq!(each(&body, "users", "id"), [ann.as_str(), bob.as_str()]);
    assert_eq!(
        each(&bench.get(&format!("{path}/users")).await.1, "users", "name"),
        ["Ann", "Bob"]
    );
}

#[tokio::test]
async fn add_with_a_quirk_answers_in_that_form_alone() {
    let (bench, path, [ann, bob]) = group().await;
    bench.emulator.set_quirk(Quirk::AddUserReturnsUser, true);
    let (_, body) = bench.post(&format!("{path}/users/{ann}"), json!({})).await;
    assert_eq!(body, json!({ "id": ann, "name": "Ann", "email": "ann@x.example" }));
    bench.emulator.set_quirk(Quirk::AddUserReturnsUser, false);
    bench.emulator.set_quirk(Quirk::AddUserReturnsList, true);
    let (_, body) = bench.post(&format!("{path}/users/{bob}"), json!({})).await;
    assert_eq!(body.as_object().unwrap().keys().collect::<Vec<_>>(), ["users"]);
    assert_eq!(each(&body, "users", "id"), [ann.as_str(), bob.as_str()]);
}

#[tokio::test]
async fn add_of_a_member_is_409_unless_the_quirk_says_otherwise() {
    let (bench, path, [ann, _]) = group().await;
    let member = format!("{path}/users/{ann}");
    bench.post(&member, json!({})).await;
    assert_eq!(bench.post(&member, json!({})).await.0, 409);
    bench.emulator.set_quirk(Quirk::AddMemberIsIdempotent, true);
    assert_eq!(bench.post(&member, json!({})).await.0, 200);
    assert_eq!(
        bench.get(&format!("{path}/users")).await.1["users"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn remove_answers_with_who_is_left_and_is_404_for_who_is_no_member() {
    let (bench, path, [ann, bob]) = group().await;
    bench.post(&format!("{path}/users/{ann}"), json!({})).await;
    bench.post(&format!("{path}/users/{bob}"), json!({})).await;
    let left = json!({ "users": [{ "id": bob, "name": "Bob", "email": "bob@x.example" }] });
    assert_eq!(bench.delete(&format!("{path}/users/{ann}")).await, (200, left));
    assert_eq!(bench.delete(&format!("{path}/users/{ann}")).await.0, 404);
}

#[tokio::test]
async fn groups_and_users_that_are_not_there_are_404() {
    let (bench, path, [ann, _]) = group().await;
    for (status, body) in [
        bench.get("/user_groups/nowhere").await,
        bench.put("/user_groups/nowhere", json!({ "name": "N" })).await,
        bench.delete("/user_groups/nowhere").await,
        bench.get("/user_groups/nowhere/users").await,
        bench
            .post(&format!("/user_groups/nowhere/users/{ann}"), json!({}))
            .await,
        bench.delete(&format!("/user_groups/nowhere/users/{ann}")).await,
    ] {
        assert_eq!(
            (status, message(&body)),
            (404, "Cannot find user group with id nowhere")
        );
    }
    for (status, body) in [
        bench.post(&format!("{path}/users/nobody"), json!({})).await,
        bench.delete(&format!("{path}/users/nobody")).await,
    ] {
        assert_eq!((status, message(&body)), (404, "Cannot find user with id nobody"));
    }
}
