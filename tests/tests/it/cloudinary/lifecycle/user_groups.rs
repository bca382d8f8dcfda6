//! User groups and their members.

use account_provisioning::cloudinary::UserId;
use account_provisioning_emulator::Quirk;
use serde_json::{Value, json};

use super::stage;

#[tokio::test]
async fn user_group_lives_from_creation_to_deletion() {
    let stage = stage().await;
    let groups = stage.client.user_groups();
    let created = groups.create("Authors").await.unwrap();
    assert_eq!((created.name.as_deref(), created.created_at), (Some("Authors"), None));
    let extended = groups.create("Readers").extended_details(true).await.unwrap();
    assert_eq!(
        (extended.users.len(), extended.created_at),
        (0, Some(stage.emulator.now()))
    );

    let got = groups.get(&created.id).await.unwrap();
    assert_eq!((&got.id, got.created_at), (&created.id, None));
    let got = groups.get(&created.id).extended_details(true).await.unwrap();
    assert_eq!(got.created_at, Some(stage.emulator.now()));
    let listed = groups.list().await.unwrap();
    let names: Vec<&str> = listed.iter().filter_map(|group| group.name.as_deref()).collect();
    assert_eq!(names, ["Editors", "Authors", "Readers"]);
    assert!(listed.iter().all(|group| group.users.is_empty()));
    let listed = groups.list().extended_details(true).await.unwrap();
    assert_eq!(listed.items[0].users[0].email.as_deref(), Some("bob@client.example"));

    let updated = groups.update(&created.id).name("Writers").await.unwrap();
    assert_eq!(updated.name.as_deref(), Some("Writers"));
    assert!(groups.create("Writers").await.unwrap_err().is_conflict());
    assert!(
        groups
            .update("group-1")
            .name("Writers")
            .await
            .unwrap_err()
            .is_conflict()
    );
    groups.update(&created.id).name("Writers").await.unwrap();

    let response = groups.delete(&created.id).response().await.unwrap();
    let body: Value = serde_json::from_slice(&response.body).unwrap();
    assert_eq!((&body["ok"], &body["message"]), (&json!(true), &json!("ok")));
    assert!(groups.get(&created.id).await.unwrap_err().is_not_found());
    assert!(groups.get_opt(&created.id).await.unwrap().is_none());
    assert!(groups.update(&created.id).name("x").await.unwrap_err().is_not_found());
    assert!(groups.delete(&created.id).await.unwrap_err().is_not_found());
    assert!(groups.members(&created.id).await.unwrap_err().is_not_found());
    assert!(groups.add_user(&created.id, "user-1").await.unwrap_err().is_not_found());
}

/// The members of `group-1`.
async fn members(stage: &integration_tests::Stage) -> Vec<String> {
    let members = stage.client.user_groups().members("group-1").await.unwrap();
    members.into_iter().map(|member| member.id.to_string()).collect()
}

#[tokio::test]
async fn members_added_and_removed_are_told_by_the_group_and_by_the_user() {
    let stage = stage().await;
    let groups = stage.client.user_groups();
    assert_eq!(members(&stage).await, ["user-2"]);
    groups.add_user("group-1", "user-1").await.unwrap();
    assert_eq!(members(&stage).await, ["user-2", "user-1"]);
    assert_eq!(stage.client.users().get("user-1").await.unwrap().group_count, Some(1));
    assert_eq!(
        stage.client.users().groups("user-1").await.unwrap().items[0].id,
        "group-1"
    );
    assert!(groups.add_user("group-1", "user-1").await.unwrap_err().is_conflict());
    assert!(groups.add_user("group-1", "nobody").await.unwrap_err().is_not_found());

    let left = groups.remove_user("group-1", "user-2").await.unwrap();
    assert_eq!(
        left.iter().map(|member| member.id.as_str()).collect::<Vec<_>>(),
        ["user-1"]
    );
    assert_eq!(left[0].email.as_deref(), Some("ann@client.example"));
    assert!(
        groups
            .remove_user("group-1", "user-2")
            .await
            .unwrap_err()
            .is_not_found()
    );
    assert!(groups.remove_user("group-1", "user-1").await.unwrap().is_empty());
    assert!(members(&stage).await.is_empty());
    assert!(stage.client.users().groups("user-1").await.unwrap().is_empty());
}

#[tokio::test]
async fn addition_to_a_group_is_read_in_each_form_of_its_reply() {
    for (quirk, user, list) in [
        (None, true, true),
        (Some(Quirk::AddUserReturnsUser), true, false),
        (Some(Quirk::AddUserReturnsList), false, true),
    ] {
        let stage = stage().await;
        if let Some(quirk) = quirk {
            stage.emulator.set_quirk(quirk, true);
        }
        let reply = stage.client.user_groups().add_user("group-1", "user-1").await.unwrap();
        assert_eq!(
            reply.id.as_ref().map(UserId::as_str),
            user.then_some("user-1"),
            "{quirk:?}"
        );
        assert_eq!(
            reply.email.as_deref(),
            user.then_some("ann@client.example"),
            "{quirk:?}"
        );
        let users: Vec<&str> = reply.users.iter().map(|member| member.id.as_str()).collect();
        assert_eq!(users, if list { vec!["user-2", "user-1"] } else { vec![] }, "{quirk:?}");
        assert_eq!(members(&stage).await, ["user-2", "user-1"]);
    }
}

#[tokio::test]
async fn deletions_end_memberships_and_nothing_else() {
    let stage = stage().await;
    stage.client.user_groups().add_user("group-1", "user-1").await.unwrap();
    stage.client.users().delete("user-2").await.unwrap();
    assert_eq!(members(&stage).await, ["user-1"]);
    stage.client.user_groups().delete("group-1").await.unwrap();
    assert_eq!(stage.client.users().get("user-1").await.unwrap().group_count, Some(0));
}
