//! Access keys.

use account_provisioning::cloudinary::{AccessKeyPurpose, AccessKeySortBy, SortOrder};

use super::stage;

#[tokio::test]
async fn access_key_lives_from_generation_to_deletion() {
    let stage = stage().await;
    let keys = stage.client.access_keys("env-1");
    let made = keys.generate().name("production").await.unwrap();
    assert_eq!((made.name.as_deref(), made.enabled), (Some("production"), Some(true)));
    assert_eq!(made.created_at, Some(stage.emulator.now()));
    assert!(!made.api_secret.expose_secret().is_empty());
    assert!(!format!("{made:?}").contains(made.api_secret.expose_secret()));
    let json = serde_json::to_value(&made).unwrap();
    assert_eq!(
        (&json["name"], &json["api_secret"]),
        (&"production".into(), &"[redacted]".into())
    );
    assert!(!json.to_string().contains(made.api_secret.expose_secret()));

    let listed = keys.list().await.unwrap();
    assert_eq!((listed.len(), listed.total), (3, Some(3)));
    let found = listed.iter().find(|key| key.api_key == made.api_key).unwrap();
    assert_eq!(
        found.api_secret.as_ref().unwrap().expose_secret(),
        made.api_secret.expose_secret()
    );

    let updated = keys.update(&made.api_key).name("live").enabled(false).await.unwrap();
    assert_eq!((updated.name.as_deref(), updated.enabled), (Some("live"), Some(false)));
    assert_eq!(
        keys.update(&made.api_key).name("live").await.unwrap().enabled,
        Some(false)
    );
    assert!(keys.generate().name("live").await.unwrap_err().is_conflict());
    assert!(keys.update("111").name("live").await.unwrap_err().is_conflict());

    keys.delete(&made.api_key).await.unwrap();
    assert!(keys.delete(&made.api_key).await.unwrap_err().is_not_found());
    assert!(
        keys.update(&made.api_key)
            .enabled(true)
            .await
            .unwrap_err()
            .is_not_found()
    );
    assert_eq!(keys.list().await.unwrap().total, Some(2));
}

#[tokio::test]
async fn access_key_rotated_leaves_the_new_one_alone() {
    let stage = stage().await;
    let keys = stage.client.access_keys("env-1");
    let enabled = async || -> Vec<String> {
        let keys = keys
            .list()
            .sort_by(AccessKeySortBy::ApiKey)
            .sort_order(SortOrder::Asc)
            .collect()
            .await
            .unwrap();
        keys.into_iter()
            .filter(|key| key.enabled == Some(true))
            .map(|key| key.api_key.to_string())
            .collect()
    };
    let new = keys.generate().name("primary 2").await.unwrap();
    let mut all = vec!["111".to_owned(), "222".to_owned(), new.api_key.to_string()];
    all.sort();
    assert_eq!(enabled().await, all);
    keys.update("111").enabled(false).await.unwrap();
    all.retain(|key| key != "111");
    assert_eq!(enabled().await, all);
    keys.delete("111").await.unwrap();
    keys.update(&new.api_key).name("primary").await.unwrap();
    assert_eq!(enabled().await, all);
    // The environment tells of its keys too.
    let environment = stage.client.product_environments().get("env-1").await.unwrap();
    let mut shown: Vec<&str> = environment.api_access_keys.iter().map(|key| key.key.as_str()).collect();
    shown.sort_unstable();
    assert_eq!(shown, all);
    let secret = environment
        .api_access_keys
        .iter()
        .find(|key| key.key == new.api_key)
        .unwrap()
        .secret
        .as_ref();
    assert_eq!(secret.unwrap().expose_secret(), new.api_secret.expose_secret());
}

#[tokio::test]
async fn dedicated_for_moves_to_the_last_key_that_was_given_it() {
    let stage = stage().await;
    let keys = stage.client.access_keys("env-1");
    let dedicated = async || -> Vec<String> {
        let keys = keys.list().collect().await.unwrap().into_iter();
        keys.filter(|key| key.dedicated_for == [AccessKeyPurpose::Webhooks])
            .map(|key| key.api_key.to_string())
            .collect()
    };
    assert_eq!(dedicated().await, Vec::<String>::new());
    let first = keys
        .update("111")
        .dedicated_for(AccessKeyPurpose::Webhooks)
        .await
        .unwrap();
    assert_eq!(first.dedicated_for, [AccessKeyPurpose::Webhooks]);
    assert_eq!(dedicated().await, ["111"]);
    keys.update("222")
        .dedicated_for(AccessKeyPurpose::Webhooks)
        .await
        .unwrap();
    assert_eq!(dedicated().await, ["222"]);
    keys.update("222").enabled(true).await.unwrap();
    assert_eq!(dedicated().await, ["222"]);
}

#[tokio::test]
async fn access_key_deleted_by_name_is_that_one_alone() {
    let stage = stage().await;
    let keys = stage.client.access_keys("env-1");
    assert!(keys.delete_by_name("PRIMARY").await.unwrap_err().is_not_found());
    keys.delete_by_name("primary").await.unwrap();
    assert!(keys.delete_by_name("primary").await.unwrap_err().is_not_found());
    let left: Vec<String> = keys
        .list()
        .await
        .unwrap()
        .into_iter()
        .map(|key| key.api_key.to_string())
        .collect();
    assert_eq!(left, ["222"]);
}

#[tokio::test]
async fn access_keys_sorted_are_in_that_order() {
    let stage = stage().await;
    let keys = stage.client.access_keys("env-1");
    keys.update("111").name("zulu").await.unwrap();
    keys.update("222").enabled(false).await.unwrap();
    for (by, ascending) in [
        (AccessKeySortBy::ApiKey, ["111", "222"]),
        (AccessKeySortBy::Name, ["222", "111"]),
        (AccessKeySortBy::Enabled, ["222", "111"]),
        (AccessKeySortBy::CreatedAt, ["111", "222"]),
    ] {
        let order = async |order: SortOrder| -> Vec<String> {
            let keys = keys.list().sort_by(by.clone()).sort_order(order).await.unwrap();
            keys.into_iter().map(|key| key.api_key.to_string()).collect()
        };
        assert_eq!(order(SortOrder::Asc).await, ascending, "{by:?}");
        let [first, last] = ascending;
        assert_eq!(order(SortOrder::Desc).await, [last, first], "{by:?}");
    }
}

#[tokio::test]
async fn access_keys_of_an_unknown_environment_are_not_found() {
    let stage = stage().await;
    let keys = stage.client.access_keys("no-such");
    for problem in [
        keys.list().await.unwrap_err(),
        keys.list().collect().await.unwrap_err(),
        keys.generate().await.unwrap_err(),
        keys.update("111").enabled(true).await.unwrap_err(),
        keys.delete("111").await.unwrap_err(),
        keys.delete_by_name("primary").await.unwrap_err(),
    ] {
        assert!(problem.is_not_found(), "{problem:?}");
        assert_eq!(
            problem.vendor_message(),
            Some("Cannot find sub account with id no-such")
        );
    }
}
