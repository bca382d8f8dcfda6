//! Users.

use std::time::Duration;

use account_provisioning::cloudinary::{AccountId, UserRole};

use super::stage;

#[tokio::test]
async fn user_lives_from_creation_to_deletion() {
    let stage = stage().await;
    let users = stage.client.users();
    let created = users
        .create("Cleo Palmer", "cleo@client.example")
        .role(UserRole::TechnicalAdmin)
        .product_environments(["env-1"])
        .await
        .unwrap();
    assert_eq!(
        (created.first_name.as_deref(), created.last_name.as_deref()),
        (Some("Cleo"), Some("Palmer"))
    );
    assert_eq!(
        (created.pending, created.status.as_deref()),
        (Some(true), Some("pending"))
    );
    assert_eq!(
        (created.enabled, created.role),
        (Some(true), Some(UserRole::TechnicalAdmin))
    );
    assert_eq!(
        (created.all_sub_accounts, created.sub_account_count),
        (Some(false), Some(1))
    );
    assert_eq!(created.account_id.as_ref().map(AccountId::as_str), Some("Acc-1"));
    assert_eq!(
        (created.created_at, created.last_login),
        (Some(stage.emulator.now()), None)
    );

    let got = users.get(&created.id).await.unwrap();
    assert_eq!(
        (&got.id, got.email.as_deref()),
        (&created.id, Some("cleo@client.example"))
    );
    let mut listed: Vec<String> = users
        .list()
        .collect()
        .await
        .unwrap()
        .into_iter()
        .map(|user| user.id.to_string())
        .collect();
    listed.sort();
    let mut ids = vec![created.id.to_string(), "user-1".to_owned(), "user-2".to_owned()];
    ids.sort();
    assert_eq!(listed, ids);

    stage.emulator.advance(Duration::from_secs(60));
    let updated = users
        .update(&created.id)
        .name("Cleo")
        .email("c@client.example")
        .role(UserRole::Admin)
        .await
        .unwrap();
    assert_eq!(
        (updated.name.as_deref(), updated.email.as_deref()),
        (Some("Cleo"), Some("c@client.example"))
    );
    assert_eq!(
        (updated.role, updated.updated_at),
        (Some(UserRole::Admin), Some(stage.emulator.now()))
    );
    assert_eq!(updated.created_at, created.created_at);
    assert_eq!(updated.sub_account_ids, ["env-1"]);
    assert_eq!(
        users.update(&created.id).enabled(false).await.unwrap().enabled,
        Some(false)
    );
    assert_eq!(users.update(&created.id).name("C").await.unwrap().enabled, Some(false));

    let taken = users.create("Other", "C@Client.example").await.unwrap_err();
    assert!(taken.is_conflict() && !taken.is_outcome_unknown(), "{taken:?}");
    assert!(
        users
            .update("user-1")
            .email("c@client.example")
            .await
            .unwrap_err()
            .is_conflict()
    );
    users.update(&created.id).email("c@client.example").await.unwrap();

    users.delete(&created.id).await.unwrap();
    assert!(users.get(&created.id).await.unwrap_err().is_not_found());
    assert!(users.get_opt(&created.id).await.unwrap().is_none());
    assert!(users.update(&created.id).name("x").await.unwrap_err().is_not_found());
    assert!(users.delete(&created.id).await.unwrap_err().is_not_found());
    assert!(users.groups(&created.id).await.unwrap_err().is_not_found());
    assert!(
        users
            .product_environments(&created.id)
            .await
            .unwrap_err()
            .is_not_found()
    );
    // The address is free again.
    users.create("Other", "c@client.example").await.unwrap();
}

#[tokio::test]
async fn not_found_of_get_opt_tells_of_its_reply() {
    let stage = stage().await;
    let reply = stage.client.users().get_opt("no-such").response().await.unwrap();
    assert!(reply.value.is_none());
    assert_eq!((reply.meta.status.as_u16(), reply.meta.attempts.count()), (404, 1));
    let reply = stage.client.users().get_opt("user-1").response().await.unwrap();
    assert_eq!(
        (reply.value.as_ref().unwrap().id.as_str(), reply.meta.status.as_u16()),
        ("user-1", 200)
    );
}

#[tokio::test]
async fn master_admin_has_access_to_everything_whatever_was_said() {
    let stage = stage().await;
    let users = stage.client.users();
    let master = users
        .create("M", "m@x.example")
        .role(UserRole::MasterAdmin)
        .product_environments(["env-1"])
        .await
        .unwrap();
    assert_eq!(master.all_sub_accounts, Some(true));
    assert_eq!(users.product_environments(&master.id).await.unwrap().len(), 2);
}

#[tokio::test]
async fn root_user_can_neither_be_deleted_nor_lose_the_role() {
    let stage = stage().await;
    let edit = |state: &mut account_provisioning_emulator::State| {
        let root = state
            .cloudinary
            .accounts
            .get_mut("Acc-1")
            .unwrap()
            .users
            .get_mut("user-1")
            .unwrap();
        root.role = "master_admin".to_owned();
        root.root = true;
    };
    stage.emulator.edit_state(edit).unwrap();
    let users = stage.client.users();
    assert!(users.delete("user-1").await.unwrap_err().is_permission_denied());
    assert!(
        users
            .update("user-1")
            .role(UserRole::Admin)
            .await
            .unwrap_err()
            .is_permission_denied()
    );
    assert_eq!(users.get("user-1").await.unwrap().root, Some(true));
}

#[tokio::test]
async fn user_belongs_to_the_groups_and_environments_that_say_so() {
    let stage = stage().await;
    let users = stage.client.users();
    let groups = users.groups("user-2").await.unwrap();
    let names: Vec<(&str, Option<&str>)> = groups
        .iter()
        .map(|group| (group.id.as_str(), group.name.as_deref()))
        .collect();
    assert_eq!(names, [("group-1", Some("Editors"))]);
    assert!(users.groups("user-1").await.unwrap().is_empty());
    let environments = users.product_environments("user-1").await.unwrap();
    let shown: Vec<(&str, Option<&str>, Option<bool>)> = environments
        .iter()
        .map(|environment| {
            (
                environment.id.as_str(),
                environment.cloud_name.as_deref(),
                environment.enabled,
            )
        })
        .collect();
    let (first, second) = (Some("first_cloud"), Some("second_cloud"));
    assert_eq!(shown, [("env-1", first, Some(true)), ("env-2", second, Some(true))]);
    // A new environment is open to who has access to all, and to nobody else.
    users.update("user-2").product_environments(["env-2"]).await.unwrap();
    stage.client.product_environments().create("Third").await.unwrap();
    assert_eq!(users.product_environments("user-1").await.unwrap().len(), 3);
    assert_eq!(users.product_environments("user-2").await.unwrap().len(), 1);
}

#[tokio::test]
async fn role_that_this_version_does_not_know_is_kept() {
    let stage = stage().await;
    let edit = |state: &mut account_provisioning_emulator::State| {
        let user = state
            .cloudinary
            .accounts
            .get_mut("Acc-1")
            .unwrap()
            .users
            .get_mut("user-1")
            .unwrap();
        user.role = "galactic_admin".to_owned();
    };
    stage.emulator.edit_state(edit).unwrap();
    let user = stage.client.users().get("user-1").await.unwrap();
    assert_eq!(user.role, Some(UserRole::Unknown("galactic_admin".to_owned())));
    assert_eq!(user.role, Some(UserRole::from("galactic_admin")));
}
