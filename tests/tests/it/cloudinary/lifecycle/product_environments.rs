//! Product environments.

use account_provisioning::cloudinary::ProductEnvironmentId;

use super::stage;

#[tokio::test]
async fn product_environment_lives_from_creation_to_deletion() {
    let stage = stage().await;
    let environments = stage.client.product_environments();
    let created = environments
        .create("Client Portal")
        .cloud_name("client_portal")
        .custom_attribute("tier", "premium")
        .await
        .unwrap();
    assert_eq!(created.name.as_deref(), Some("Client Portal"));
    assert_eq!(created.cloud_name.as_deref(), Some("client_portal"));
    assert_eq!(
        (created.enabled, created.created_at),
        (Some(true), Some(stage.emulator.now()))
    );
    assert_eq!(created.custom_attributes["tier"], "premium");
    assert_eq!(created.api_access_keys.len(), 1);

    let got = environments.get(&created.id).await.unwrap();
    assert_eq!((&got.id, &got.cloud_name), (&created.id, &created.cloud_name));
    let key = &got.api_access_keys[0];
    let in_state = stage
        .emulator
        .state()
        .cloudinary
        .accounts
        .iter()
        .next()
        .unwrap()
        .clone();
    let in_state = in_state
        .product_environments
        .get(created.id.as_str())
        .unwrap()
        .access_keys
        .get(key.key.as_str())
        .unwrap()
        .clone();
    let secret = key.secret.as_ref().unwrap();
    assert_eq!(secret.expose_secret(), in_state.api_secret.expose());

    let listed = environments.list().await.unwrap();
    assert_eq!(
        listed
            .iter()
            .map(|environment| environment.id.as_str())
            .collect::<Vec<_>>(),
        ["env-1", "env-2", created.id.as_str()]
    );

    stage.emulator.advance(std::time::Duration::from_secs(60));
    let updated = environments
        .update(&created.id)
        .name("Portal")
        .cloud_name("portal_2")
        .enabled(false)
        .await
        .unwrap();
    assert_eq!(
        (updated.name.as_deref(), updated.cloud_name.as_deref()),
        (Some("Portal"), Some("portal_2"))
    );
    assert_eq!(
        (updated.enabled, updated.updated_at),
        (Some(false), Some(stage.emulator.now()))
    );
    assert_eq!(updated.custom_attributes["tier"], "premium");
    // What isn't set stays as it is.
    assert_eq!(
        environments.update(&created.id).name("P").await.unwrap().enabled,
        Some(false)
    );

    let taken = environments.create("Other").cloud_name("PORTAL_2").await.unwrap_err();
    assert!(taken.is_conflict(), "{taken:?}");
    assert!(taken.vendor_message().unwrap().contains("already taken"), "{taken}");
    assert!(
        environments
            .update("env-1")
            .cloud_name("portal_2")
            .await
            .unwrap_err()
            .is_conflict()
    );
    environments.update(&created.id).cloud_name("portal_2").await.unwrap();

    environments.delete(&created.id).await.unwrap();
    assert!(environments.get(&created.id).await.unwrap_err().is_not_found());
    assert!(environments.get_opt(&created.id).await.unwrap().is_none());
    assert!(
        environments
            .update(&created.id)
            .name("x")
            .await
            .unwrap_err()
            .is_not_found()
    );
    assert!(environments.delete(&created.id).await.unwrap_err().is_not_found());
    assert_eq!(environments.list().await.unwrap().len(), 2);
}

#[tokio::test]
async fn product_environment_with_a_made_up_cloud_name_or_a_copied_base_is_whole() {
    let stage = stage().await;
    let environments = stage.client.product_environments();
    environments
        .update("env-1")
        .custom_attribute("team", "media")
        .await
        .unwrap();
    let copied = environments
        .create("Copy")
        .copy_settings_from("env-1")
        .enabled(false)
        .await
        .unwrap();
    assert!(copied.cloud_name.as_deref().is_some_and(|name| !name.is_empty()));
    assert_eq!(
        (copied.enabled, &copied.custom_attributes["team"]),
        (Some(false), &"media".into())
    );
    let refused = environments
        .create("Copy")
        .copy_settings_from("no-such")
        .await
        .unwrap_err();
    assert_eq!(refused.status().map(|status| status.as_u16()), Some(400));
}

#[tokio::test]
async fn product_environments_filtered_are_those_that_fit() {
    let stage = stage().await;
    let environments = stage.client.product_environments();
    environments
        .create("first of all")
        .cloud_name("third_cloud")
        .enabled(false)
        .await
        .unwrap();
    for (call, names) in [
        (environments.list().prefix("fIRST"), vec!["First", "first of all"]),
        (environments.list().prefix("first "), vec!["first of all"]),
        (environments.list().prefix("irst"), vec![]),
        (environments.list().enabled(false), vec!["first of all"]),
        (environments.list().enabled(true), vec!["First", "Second"]),
        (environments.list().enabled(true).prefix("f"), vec!["First"]),
        (
            environments.list().cloud_names(["Third_Cloud", "second_cloud"]),
            vec!["Second", "first of all"],
        ),
        (environments.list().ids(["env-2"]), vec!["Second"]),
        (environments.list().ids(["no-such"]), vec![]),
    ] {
        let found: Vec<String> = call
            .await
            .unwrap()
            .into_iter()
            .filter_map(|environment| environment.name)
            .collect();
        assert_eq!(found, names);
    }
}

#[tokio::test]
async fn product_environment_deleted_takes_the_access_of_users_with_it() {
    let stage = stage().await;
    let users = stage.client.users();
    users
        .update("user-1")
        .product_environments(["env-1", "env-2"])
        .await
        .unwrap();
    stage.client.product_environments().delete("env-1").await.unwrap();
    let user = users.get("user-1").await.unwrap();
    assert_eq!(
        (user.sub_account_ids, user.all_sub_accounts),
        (vec![ProductEnvironmentId::new("env-2").unwrap()], Some(false))
    );
    assert!(
        stage
            .client
            .access_keys("env-1")
            .list()
            .await
            .unwrap_err()
            .is_not_found()
    );
}
