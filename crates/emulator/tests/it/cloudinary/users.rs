use account_provisioning_emulator::cloudinary::DEFAULT_ROLE;
use serde_json::json;

use super::user_list::eight;
use crate::client::{Bench, each, message, time};

#[tokio::test]
async fn create_with_the_least_is_pending_and_sees_every_environment() {
    let bench = Bench::start().await;
    let (status, user) = bench
        .post("/users", json!({ "name": "Ann Mary Lee", "email": "Ann@x.example" }))
        .await;
    assert_eq!(status, 200);
    let id = user["id"].as_str().unwrap();
    assert_eq!(
        user,
        json!({
            "id": id, "name": "Ann Mary Lee", "first_name": "Ann", "last_name": "Mary Lee", "email": "Ann@x.example",
            "role": DEFAULT_ROLE, "enabled": true, "pending": true, "status": "pending", "all_sub_accounts": true,
            "sub_account_count": 1, "group_count": 0, "providers": [], "email_preferences": {},
            "account_id": "emulator-account", "two_factor": false, "root": false,
            "created_at": "2026-01-15T12:00:00Z", "updated_at": "2026-01-15T12:00:00Z",
        })
    );
    assert_eq!(bench.get(&format!("/users/{id}")).await, (200, user.clone()));
}

#[tokio::test]
async fn sub_account_ids_absent_empty_and_given_are_three_different_requests() {
    let bench = Bench::start().await;
    bench.post("/sub_accounts", json!({ "name": "Second" })).await;
    for (number, (ids, all, count)) in [
        (None, true, 2),
        (Some(json!([])), false, 0),
        (Some(json!(["emulator-environment"])), false, 1),
    ]
    .into_iter()
    .enumerate()
    {
        let mut body = json!({ "name": "U", "email": format!("u{number}@x.example") });
        if let Some(ids) = ids {
            body["sub_account_ids"] = ids;
        }
        let (_, user) = bench.post("/users", body).await;
        assert_eq!(
            (&user["all_sub_accounts"], &user["sub_account_count"]),
            (&json!(all), &json!(count))
        );
        let (_, open) = bench
            .get(&format!("/users/{}/sub_accounts", user["id"].as_str().unwrap()))
            .await;
        assert_eq!(open["sub_accounts"].as_array().unwrap().len(), count);
    }
}

#[tokio::test]
async fn update_of_sub_account_ids_keeps_clears_or_sets() {
    let bench = Bench::start().await;
    let (_, user) = bench
        .post("/users", json!({ "name": "U", "email": "u@x.example" }))
        .await;
    let path = format!("/users/{}", user["id"].as_str().unwrap());
    for (body, all, count) in [
        (json!({ "name": "V" }), true, 1),
        (json!({ "sub_account_ids": [] }), false, 0),
        (json!({ "name": "W" }), false, 0),
        (json!({ "sub_account_ids": ["emulator-environment"] }), false, 1),
    ] {
        let (status, user) = bench.put(&path, body.clone()).await;
        assert_eq!(status, 200);
        assert_eq!(
            (&user["all_sub_accounts"], &user["sub_account_count"]),
            (&json!(all), &json!(count)),
            "{body}"
        );
    }
}

#[tokio::test]
async fn sub_account_ids_of_a_master_admin_are_ignored() {
    let bench = Bench::start().await;
    let body = json!({ "name": "U", "email": "u@x.example", "role": "master_admin", "sub_account_ids": ["nowhere"] });
    let (status, user) = bench.post("/users", body).await;
    assert_eq!((status, &user["all_sub_accounts"]), (200, &json!(true)));
}

#[tokio::test]
async fn unknown_sub_account_id_is_404_with_the_vendors_sentence() {
    let bench = Bench::start().await;
    let (_, user) = bench
        .post("/users", json!({ "name": "U", "email": "u@x.example" }))
        .await;
    let create = json!({ "name": "V", "email": "v@x.example", "sub_account_ids": ["emulator-environment", "gone"] });
    for (status, body) in [
        bench.post("/users", create).await,
        bench
            .put(
                &format!("/users/{}", user["id"].as_str().unwrap()),
                json!({ "sub_account_ids": ["gone"] }),
            )
            .await,
        bench.get("/users?sub_account_id=gone").await,
    ] {
        assert_eq!(status, 404);
        assert_eq!(message(&body), "Cannot find sub account with id gone");
    }
}

#[tokio::test]
async fn email_taken_in_any_case_is_409() {
    let bench = Bench::start().await;
    bench
        .post("/users", json!({ "name": "Z", "email": "zoe@x.example" }))
        .await;
    let twin = json!({ "name": "Z", "email": "ZOE@x.example" });
    assert_eq!(bench.post("/users", twin).await.0, 409);
    let found = bench.get("/users?emails=ZOE%40X.example").await.1;
    assert_eq!(crate::client::each(&found, "users", "email"), ["zoe@x.example"]);
    bench
        .post("/users", json!({ "name": "U", "email": "u@x.example" }))
        .await;
    let (status, body) = bench
        .post("/users", json!({ "name": "V", "email": "U@X.example" }))
        .await;
    assert_eq!(status, 409);
    assert!(message(&body).contains("email"), "{body}");
    let (_, other) = bench
        .post("/users", json!({ "name": "V", "email": "v@x.example" }))
        .await;
    let path = format!("/users/{}", other["id"].as_str().unwrap());
    assert_eq!(bench.put(&path, json!({ "email": "u@X.example" })).await.0, 409);
    assert_eq!(
        bench.put(&path, json!({ "email": "V@x.example" })).await.0,
        200,
        "its own address is not taken"
    );
}

#[tokio::test]
async fn create_with_wrong_fields_is_400_and_names_them() {
    let bench = Bench::start().await;
    for (body, field) in [
        (json!({ "name": "U" }), "email"),
        (json!({ "email": "u@x.example" }), "name"),
        (json!({ "name": " ", "email": "u@x.example" }), "name"),
        (json!({ "name": "U", "email": "u" }), "email"),
        (json!({ "name": "U", "email": "u@x.example", "role": "king" }), "role"),
        (
            json!({ "name": "U", "email": "u@x.example", "sub_account_ids": "all" }),
            "sub_account_ids",
        ),
        (
            json!({ "name": "U", "email": "u@x.example", "sub_account_ids": null }),
            "sub_account_ids",
        ),
        (
            json!({ "name": "U", "email": "u@x.example", "sub_account_ids": [1] }),
            "sub_account_ids.0",
        ),
        (
            json!({ "name": "U", "email": "u@x.example", "enabled": "yes" }),
            "enabled",
        ),
    ] {
        let (status, reply) = bench.post("/users", body.clone()).await;
        assert_eq!(status, 400, "{body}");
        assert!(message(&reply).contains(field), "{body}: {reply}");
    }
    assert_eq!(bench.get("/users").await.1, json!({ "users": [] }));
}

#[tokio::test]
async fn update_changes_what_it_names_and_nothing_else() {
    let bench = Bench::start().await;
    let (_, user) = bench
        .post("/users", json!({ "name": "U", "email": "u@x.example" }))
        .await;
    bench.emulator.set_clock(time("2026-02-01T00:00:00Z"));
    let body = json!({ "role": "billing", "enabled": false });
    let (_, changed) = bench
        .put(&format!("/users/{}", user["id"].as_str().unwrap()), body)
        .await;
    let mut expected = user.clone();
    expected["role"] = json!("billing");
    expected["enabled"] = json!(false);
    expected["updated_at"] = json!("2026-02-01T00:00:00Z");
    assert_eq!(changed, expected);
}

#[tokio::test]
async fn delete_takes_the_memberships_with_it() {
    let bench = eight().await;
    assert_eq!(
        bench.get("/user_groups/g/users").await.1["users"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    assert_eq!(bench.delete("/users/u1").await, (200, json!({ "message": "ok" })));
    assert_eq!(each(&bench.get("/user_groups/g/users").await.1, "users", "id"), ["u2"]);
    assert_eq!(bench.get("/users/u1").await.0, 404);
}

#[tokio::test]
async fn users_that_are_not_there_are_404() {
    let bench = Bench::start().await;
    for (status, body) in [
        bench.get("/users/x%2Fy").await,
        bench.put("/users/x%2Fy", json!({})).await,
        bench.delete("/users/x%2Fy").await,
        bench.get("/users/x%2Fy/groups").await,
        bench.get("/users/x%2Fy/sub_accounts").await,
    ] {
        assert_eq!(status, 404);
        assert_eq!(message(&body), "Cannot find user with id x/y");
    }
}

#[tokio::test]
async fn root_user_can_neither_be_deleted_nor_demoted() {
    let bench = eight().await;
    assert_eq!(bench.delete("/users/u0").await.0, 403);
    assert_eq!(bench.put("/users/u0", json!({ "role": "admin" })).await.0, 403);
    assert_eq!(
        bench
            .put("/users/u0", json!({ "name": "Root", "role": "master_admin" }))
            .await
            .0,
        200
    );
}

#[tokio::test]
async fn groups_and_environments_of_a_user_are_listed() {
    let bench = eight().await;
    assert_eq!(
        bench.get("/users/u1/groups").await.1,
        json!({ "groups": [{ "id": "g", "name": "Group" }] })
    );
    assert_eq!(bench.get("/users/u3/groups").await.1, json!({ "groups": [] }));
    assert_eq!(
        bench.get("/users/u1/sub_accounts").await.1,
        json!({ "sub_accounts": [{ "id": "e1", "name": "E1", "cloud_name": "c1", "enabled": true }] })
    );
    assert_eq!(bench.get("/users/u1").await.1["group_count"], 1);
}
