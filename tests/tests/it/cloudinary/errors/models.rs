//! Successes that say more, or less, or other things than the document, and are read all the same.

use account_provisioning::ErrorKind;
use account_provisioning::cloudinary::{PermissionType, User, UserRole};
use account_provisioning_emulator::Fault;
use integration_tests::state::{self, ENVIRONMENT};
use serde_json::{Value, json};

use super::{stage_with, success};

async fn user(body: &Value) -> User {
    let stage = stage_with(success(&body.to_string())).await;
    stage.client.users().get("a").await.unwrap()
}

#[tokio::test]
async fn role_that_is_unknown_is_read_and_written_back_as_it_was() {
    let stage = stage_with(Fault::status(500).nth(100)).await;
    let edited = stage.emulator.edit_state(|state| {
        state::account(state).users.get_mut(&state::user_id(0)).unwrap().role = "Chief of Pixels".to_owned();
    });
    edited.unwrap();
    let users = stage.client.users().list().collect().await.unwrap();
    assert_eq!(users.len(), 2, "one new value doesn't break the list");
    let role = users[1].role.clone().unwrap();
    assert_eq!(role, UserRole::Unknown("Chief of Pixels".to_owned()));
    assert_eq!(serde_json::to_value(&role).unwrap(), json!("Chief of Pixels"));
    assert_eq!(
        serde_json::to_value(&users[1]).unwrap()["role"],
        json!("Chief of Pixels")
    );

    // Sent again it is the same, whatever the service makes of it.
    let update = stage.client.users().update(state::user_id(1)).role(role);
    assert_eq!(
        update.await.unwrap_err().kind(),
        account_provisioning::ErrorKind::Rejected
    );
    let body = stage.emulator.requests_for("updateUser")[0].json().unwrap();
    assert_eq!(body, json!({ "role": "Chief of Pixels" }));
}

#[tokio::test]
async fn field_that_is_unknown_breaks_nothing() {
    let read = user(&json!({ "id": "a", "name": "Ann", "shoe_size": 42, "nested": { "x": [1] } })).await;
    assert_eq!((read.id.as_str(), read.name.as_deref()), ("a", Some("Ann")));
}

#[tokio::test]
async fn free_form_object_keeps_all_that_is_in_it() {
    let attributes = json!({ "tier": "premium", "deep": { "list": [1, null, "x"] }, "n": 1.5 });
    let body = json!({ "id": "e", "custom_attributes": attributes });
    let stage = stage_with(success(&body.to_string())).await;
    let environment = stage.client.product_environments().get("e").await.unwrap();
    assert_eq!(Value::Object(environment.custom_attributes.clone()), attributes);
    assert_eq!(serde_json::to_value(&environment).unwrap(), body);
}

#[tokio::test]
async fn array_or_object_that_is_null_or_absent_is_empty() {
    for body in [
        json!({ "id": "a", "sub_account_ids": null, "providers": null, "email_preferences": null }),
        json!({ "id": "a" }),
    ] {
        let read = user(&body).await;
        assert!(read.sub_account_ids.is_empty() && read.providers.is_empty() && read.email_preferences.is_empty());
    }
    let stage = stage_with(success(r#"{"users":null}"#)).await;
    assert!(stage.client.users().list().collect().await.unwrap().is_empty());
}

#[tokio::test]
async fn list_that_is_missing_from_its_reply_is_not_an_empty_one() {
    for body in ["{}", "[]", r#"{"people":[]}"#] {
        let stage = stage_with(success(body)).await;
        let error = stage.client.users().list().collect().await.unwrap_err();
        assert!(error.is_decode(), "{body}: {error}");
    }
    let stage = stage_with(success(r#"{"error":{"message":"try later"}}"#)).await;
    let error = stage.client.users().list().collect().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.vendor_message()),
        (ErrorKind::Rejected, Some("try later"))
    );
}

#[tokio::test]
async fn list_of_the_permissions_that_is_missing_from_its_reply_is_not_an_empty_one() {
    let stage = stage_with(success("{}")).await;
    let client = &stage.client;
    let policies = client.policies();
    for error in [
        policies.system().list().collect().await.unwrap_err(),
        policies.custom().list().collect().await.unwrap_err(),
        client.roles().list(PermissionType::Global).collect().await.unwrap_err(),
        client
            .roles()
            .principals("cld::role::account::admin")
            .collect()
            .await
            .unwrap_err(),
    ] {
        assert!(error.is_decode(), "{error}");
    }
}

#[tokio::test]
async fn field_that_is_optional_may_be_absent_or_null() {
    let bare = user(&json!({ "id": "a" })).await;
    let nulls = user(&json!({
        "id": "a", "name": null, "email": null, "role": null, "enabled": null, "pending": null,
        "last_login": null, "created_at": null, "group_count": null, "two_factor": null,
    }))
    .await;
    assert_eq!(serde_json::to_value(&bare).unwrap(), json!({ "id": "a" }));
    assert_eq!(serde_json::to_value(&nulls).unwrap(), json!({ "id": "a" }));
}

#[tokio::test]
async fn environment_and_key_of_identifying_fields_alone_are_read() {
    let stage = stage_with(success(r#"{"access_keys":[{"api_key":"1"}]}"#)).await;
    let page = stage.client.access_keys(ENVIRONMENT).list().await.unwrap();
    assert_eq!((page.items[0].api_key.as_str(), page.total), ("1", None));
    assert!(page.items[0].api_secret.is_none());
    let stage = stage_with(success(
        r#"{"sub_accounts":[{"id":"e","api_access_keys":[{"key":"1"}]}]}"#,
    ))
    .await;
    let environments = stage.client.product_environments().list().collect().await.unwrap();
    let [key] = &*environments[0].api_access_keys else {
        panic!("one key was sent");
    };
    assert_eq!(serde_json::to_value(key).unwrap(), json!({ "key": "1" }));
}
