//! Responses with more, fewer or other fields than any version of the vendor's client knows.

use account_provisioning::Error;
use account_provisioning::cloudspot::Permissions;

use super::{ACT, PASSWORD, Stage, TOKEN, USERNAME, reply};

async fn stage(body: &str) -> Stage {
    let stage = Stage::start().await;
    stage.emulator.inject(reply(200, body));
    stage
}

async fn permissions(body: &str) -> Result<Permissions, Error> {
    stage(body).await.client.session(TOKEN).permissions().await
}

#[tokio::test]
async fn fields_that_nobody_knows_are_ignored_in_every_reply() {
    const NEW: &str = r#""brand_new_field":{"x":[1]}"#;
    let company = format!(r#"{{"company_id":7,"company_name":"S","permissions":["edit"],{NEW}}}"#);
    let stage_ = stage(&format!(r#"{{"token":"t","permissions":[{company}],{NEW}}}"#)).await;
    let session = stage_.client.authenticate(USERNAME, PASSWORD).await.unwrap();
    assert!(session.can_in(7, "edit") && session.token().expose_secret() == "t");
    let profile = stage(&format!(r#"{{"first_name":"A",{NEW}}}"#)).await;
    let profile = profile.client.session(TOKEN).profile().await.unwrap();
    assert_eq!(profile.first_name.as_deref(), Some("A"));
    assert!(
        permissions(&format!(r#"{{"permissions":[{company}],{NEW}}}"#))
            .await
            .unwrap()
            .can("edit")
    );
    assert!(permissions(&format!("[{company}]")).await.unwrap().can("edit"));
    let one = stage(&format!(r#"{{"permissions":["edit"],{NEW}}}"#)).await;
    assert_eq!(
        one.client.session(TOKEN).company_permissions(7).await.unwrap(),
        ["edit"]
    );
    let act = stage(&format!(r#"{{"auth_token":"a",{NEW}}}"#)).await;
    let act = act.client.validate_impersonation(ACT).await.unwrap();
    assert_eq!(act.auth_token.unwrap().expose_secret(), "a");
}

#[tokio::test]
async fn fields_that_are_missing_or_null_are_none_or_nothing() {
    for body in [
        "{}",
        r#"{"first_name":null,"last_name":null,"email":null,"pin":null,"company":null}"#,
    ] {
        let profile = stage(body).await.client.session(TOKEN).profile().await.unwrap();
        assert!(profile.first_name.is_none() && profile.last_name.is_none() && profile.email.is_none());
        assert!(profile.pin.is_none() && profile.company.is_none());
    }
    let body = r#"{"token":null,"auth_token":null,"user":null,"company":null}"#;
    let act = stage(body).await.client.validate_impersonation(ACT).await.unwrap();
    assert!(act.token.is_none() && act.auth_token.is_none() && act.user.is_none() && act.company.is_none());
    // It uses a token up, so an answer without any field is none.
    let nothing = stage("{}").await.client.validate_impersonation(ACT).await.unwrap_err();
    assert!(nothing.is_foreign() && nothing.is_outcome_unknown(), "{nothing}");
    for body in ["{}", r#"{"permissions":null}"#] {
        assert!(permissions(body).await.unwrap().companies().is_empty());
        let one = stage(body)
            .await
            .client
            .session(TOKEN)
            .company_permissions(7)
            .await
            .unwrap();
        assert!(one.is_empty());
    }
    for body in [
        r#"{"token":"t"}"#,
        r#"{"token":"t","permissions":null}"#,
        r#"{"token":"t","permissions":[{}]}"#,
        r#"{"token":"t","permissions":[{"company_id":null,"company_name":null,"permissions":null}]}"#,
    ] {
        let session = stage(body).await.client.authenticate(USERNAME, PASSWORD).await.unwrap();
        assert!(
            !session.can("edit") && !session.can_in(7, "edit"),
            "nothing is permitted by an absence"
        );
    }
}

#[tokio::test]
async fn login_whose_reply_has_no_usable_token_is_a_clear_error() {
    for (body, says) in [
        ("{}", "not the service's own"),
        (r#"{"token":null,"permissions":[]}"#, "`token` is empty or missing"),
        (r#"{"token":""}"#, "`token` is empty or missing"),
        (r#"{"token":"can\nary"}"#, "control character"),
    ] {
        let outcome = stage(body).await.client.authenticate(USERNAME, PASSWORD).await;
        let error = outcome.map(drop).unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(
            error.is_decode() && shown.contains(says) && !shown.contains("ary"),
            "{shown}"
        );
        assert_eq!(error.operation(), Some("authenticate"));
        // The attempt may have been counted.
        assert!(error.is_outcome_unknown() && error.attempts().count() == 1);
    }
}

#[tokio::test]
async fn ids_and_pins_are_read_as_numbers_and_as_texts() {
    for (id, pin) in [("7", "42"), ("\"7\"", "\"42\"")] {
        let body = format!(r#"{{"permissions":[{{"company_id":{id},"permissions":["edit"]}}]}}"#);
        assert!(permissions(&body).await.unwrap().can_in(7, "edit"));
        let profile = stage(&format!(r#"{{"pin":{pin}}}"#)).await;
        let profile = profile.client.session(TOKEN).profile().await.unwrap();
        assert_eq!(profile.pin.unwrap().expose_secret(), "42");
    }
}

#[tokio::test]
async fn values_of_a_form_that_is_not_told_come_as_they_are() {
    for value in [r#"{"id":7}"#, "7", "\"Seven\"", "[1]", "true"] {
        let profile = stage(&format!(r#"{{"company":{value}}}"#)).await;
        let profile = profile.client.session(TOKEN).profile().await.unwrap();
        assert_eq!(profile.company.unwrap().expose_value().to_string(), value);
        let act = stage(&format!(r#"{{"user":{value},"company":{value}}}"#)).await;
        let act = act.client.validate_impersonation(ACT).await.unwrap();
        assert_eq!(act.user.unwrap().into_exposed_value().to_string(), value);
    }
}

#[tokio::test]
async fn value_of_a_wrong_type_names_its_path_and_no_value() {
    for (body, place) in [
        (
            r#"{"permissions":[{"permissions":["edit",4711]}]}"#,
            "$.permissions[0].permissions[1]",
        ),
        (r#"[{"company_id":47.11}]"#, "$[0].company_id"),
        (r#"{"permissions":"4711"}"#, "$.permissions"),
        ("4711", "$"),
    ] {
        let error = permissions(body).await.unwrap_err();
        let text = error.to_string();
        assert!(error.is_decode() && text.contains(place), "{text}");
        assert!(!text.contains("4711") && !text.contains("47.11"), "{text}");
        assert_eq!(error.operation(), Some("getPermissions"));
    }
    let profile = stage(r#"{"pin":true}"#).await;
    let text = profile.client.session(TOKEN).profile().await.unwrap_err().to_string();
    assert!(
        text.contains("$.pin") && text.contains("a string or a whole number"),
        "{text}"
    );
}
