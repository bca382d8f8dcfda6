//! Times in responses that are written in another way than documented: they cost neither a list nor a change.

use account_provisioning::cloudinary::{PermissionType, PolicyScope};
use account_provisioning_emulator::Fault;
use chrono::DateTime;
use integration_tests::Stage;
use serde_json::{Value, json};

/// How a time may be written, and what it is in seconds; `None` if nobody can tell.
fn times() -> Vec<(Value, Option<i64>)> {
    let known = Some(1_700_000_000);
    vec![
        (json!(1_700_000_000), known),
        (json!(1_700_000_000.0), known),
        (json!(1_700_000_000_000_u64), known),
        (json!("1700000000"), known),
        (json!("2023-11-14T22:13:20Z"), known),
        (json!("2023-11-14T23:13:20+01:00"), known),
        (json!(null), None),
        (json!("yesterday"), None),
        (json!(i64::MAX), None),
        (json!({ "seconds": 1_700_000_000 }), None),
    ]
}

fn answer(stage: &Stage, body: &Value) {
    stage.emulator.clear_faults();
    stage
        .emulator
        .inject(Fault::body_replaced(200, "application/json", body.to_string()));
}

#[tokio::test]
async fn list_of_roles_with_an_odd_time_is_read_whole() {
    let stage = Stage::start().await;
    for (time, seconds) in times() {
        let role = |id: &str, created_at: &Value| {
            json!({
                "id": id, "name": "n", "management_type": "system", "permission_type": "global",
                "scope_type": "account", "created_at": created_at, "updated_at": 0
            })
        };
        answer(&stage, &json!({ "data": [role("a", &json!(1)), role("b", &time)] }));
        let roles = stage
            .client
            .roles()
            .list(PermissionType::Global)
            .collect()
            .await
            .unwrap();
        let expected = seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
        assert_eq!((roles.len(), roles[1].created_at), (2, expected), "{time}");
        assert!(roles[0].created_at.is_some() && roles[1].updated_at.is_some());
    }
}

#[tokio::test]
async fn list_of_users_with_an_odd_time_is_read_whole() {
    let stage = Stage::start().await;
    for (time, seconds) in times() {
        answer(&stage, &json!({ "users": [{ "id": "a", "last_login": time }] }));
        let users = stage.client.users().list().await.unwrap();
        assert_eq!(
            users.items[0].last_login.map(|time| time.timestamp()),
            seconds,
            "{time}"
        );
    }
}

#[tokio::test]
async fn change_whose_reply_has_an_odd_time_or_none_is_a_success() {
    let stage = Stage::start().await;
    for (time, seconds) in times() {
        let policy = json!({
            "id": "p", "name": "n", "enabled": true, "scope_type": "account", "policy_statement": "s",
            "created_at": time
        });
        answer(&stage, &json!({ "data": policy }));
        let create = stage.client.policies().custom().create("n", "s", PolicyScope::Account);
        let created = create.await.unwrap();
        assert_eq!(created.created_at.map(|time| time.timestamp()), seconds, "{time}");
        assert_eq!(created.updated_at, None);
    }
}
