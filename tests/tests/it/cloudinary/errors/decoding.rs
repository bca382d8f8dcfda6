//! Successes that aren't what the document says: where they differ, and never what they hold.

use account_provisioning_emulator::Fault;
use integration_tests::state::ENVIRONMENT;
use integration_tests::wording::assert_well_worded;

use super::{failing, failing_list, stage_with, success};

#[tokio::test]
async fn wrong_type_deep_in_a_list_is_named_by_its_json_path() {
    for (item, says) in [
        (
            r#"{"id":"b","enabled":"hunter2"}"#,
            "at $.users[1].enabled: expected a boolean; found string",
        ),
        (r#"{"id":7}"#, "at $.users[1].id: expected a string; found number"),
        (
            r#"{"id":"b","providers":["x",{"hunter2":1}]}"#,
            "at $.users[1].providers[1]: expected a string; found {",
        ),
        (
            r#"{"id":"b","group_count":1.5}"#,
            "at $.users[1].group_count: expected i64; found number",
        ),
        (
            r#"{"name":"hunter2"}"#,
            "at $.users[1]: missing field `id`; found {name: string}",
        ),
        (r#"["hunter2"]"#, "at $.users[1]"),
        (r#""hunter2""#, "at $.users[1]"),
    ] {
        let error = failing_list(success(&format!(r#"{{"users":[{{"id":"a"}},{item}]}}"#))).await;
        assert!(error.is_decode(), "{error}");
        assert!(error.to_string().contains(says), "{error}");
        let shown = format!("{error} {error:?}").replace("{hunter2:", "");
        assert!(!shown.contains("hunter2"), "{shown}");
        assert_eq!(error.status().unwrap().as_u16(), 200);
        assert!(error.request_id().is_some());
    }
}

#[tokio::test]
async fn field_of_another_type_is_named_by_its_json_path() {
    let error = failing(success(r#"{"id":"a","enabled":"hunter2"}"#)).await;
    assert!(error.is_decode() && error.to_string().contains("$.enabled"), "{error}");
    assert!(!error.to_string().contains("hunter2"), "{error}");
}

#[tokio::test]
async fn reply_of_another_shape_is_named_at_its_root() {
    for (body, found) in [
        ("[]", "[]"),
        ("\"x\"", "string"),
        ("7", "number"),
        ("null", "null"),
        ("true", "boolean"),
    ] {
        let error = failing(success(body)).await;
        assert!(error.is_decode(), "{error}");
        let text = error.to_string();
        assert!(
            error.is_foreign() && text.contains(&format!("is not the service's own, but {found};")),
            "{text}"
        );
    }
}

#[tokio::test]
async fn number_in_place_of_a_received_secret_is_not_repeated() {
    let stage = stage_with(success(r#"{"api_key":"1","api_secret":987654321}"#)).await;
    let error = stage.client.access_keys(ENVIRONMENT).generate().await.unwrap_err();
    assert_well_worded(&error);
    assert!(
        error.is_decode() && error.to_string().contains("$.api_secret"),
        "{error}"
    );
    assert!(!format!("{error} {error:?}").contains("987654321"), "{error:?}");
}

#[tokio::test]
async fn generated_key_without_its_secret_is_an_error_that_names_the_key() {
    let stage = stage_with(success(r#"{"api_key":"4711","name":"x"}"#)).await;
    let error = stage.client.access_keys(ENVIRONMENT).generate().await.unwrap_err();
    assert_well_worded(&error);
    assert!(error.is_decode(), "{error}");
    assert!(
        error.to_string().contains("4711") && error.to_string().contains("delete it and generate another"),
        "{error}"
    );
    assert_eq!(
        (error.operation(), error.attempts().count()),
        (Some("generateAccessKey"), 1)
    );
}

#[tokio::test]
async fn creation_answered_with_nonsense_is_sent_once() {
    let stage = stage_with(Fault::malformed()).await;
    let error = stage
        .client
        .users()
        .create("Ann", "ann@client.example")
        .await
        .unwrap_err();
    assert!(error.is_decode(), "{error}");
    assert_eq!(stage.emulator.requests_for("createUser").len(), 1);
}
