//! The bodies in which the vendor words its refusals, and those that are like them.

use account_provisioning_emulator::Fault;

use super::failing;

fn refusal(status: u16, body: &str) -> Fault {
    Fault::body_replaced(status, "application/json", body)
}

#[tokio::test]
async fn error_in_the_provisioning_envelope_has_the_message() {
    let error = failing(refusal(409, r#"{"error":{"message":"Name is taken"}}"#)).await;
    assert_eq!(
        (error.vendor_message(), error.codes().len()),
        (Some("Name is taken"), 0)
    );
    assert_eq!(
        error.to_string(),
        "getUser: the service answered 409 Conflict: Name is taken"
    );
}

#[tokio::test]
async fn error_in_the_permissions_envelope_has_the_code_too() {
    let body = r#"{"error":{"category":"validation","code":"POLICY_INVALID","message":"No such principal","details":{"x":1}}}"#;
    let error = failing(refusal(400, body)).await;
    assert_eq!(
        (error.vendor_message(), error.codes()),
        (Some("No such principal"), &["POLICY_INVALID".to_owned()][..])
    );
    assert!(
        error.to_string().ends_with("No such principal (code POLICY_INVALID)"),
        "{error}"
    );
}

#[tokio::test]
async fn error_in_a_like_envelope_keeps_what_it_says() {
    for (body, message, codes) in [
        (r#"{"error":{"code":1234}}"#, None, vec!["1234"]),
        (r#"{"error":{"code":"X"}}"#, None, vec!["X"]),
        (
            r#"{"error":{"message":"two\nlines\tand  more"}}"#,
            Some("two\nlines\tand  more"),
            vec![],
        ),
        (r#"{"error":{"message":"m","code":{"a":1}}}"#, Some("m"), vec![]),
    ] {
        let error = failing(refusal(400, body)).await;
        assert_eq!(
            (error.vendor_message(), error.codes().to_vec()),
            (message, codes.into_iter().map(str::to_owned).collect())
        );
    }
}

#[tokio::test]
async fn error_in_no_known_envelope_describes_the_body_without_its_values() {
    for body in [
        r#"{"error":{"message":42}}"#,
        r#"{"error":null}"#,
        r#"{"error":"hunter2"}"#,
        r#"{"errors":["hunter2"]}"#,
        r#"{"message":"hunter2"}"#,
        r#"["hunter2"]"#,
        r#""hunter2""#,
        "null",
        "7",
    ] {
        let error = failing(refusal(400, body)).await;
        assert_eq!(error.vendor_message(), None, "{body}");
        let text = error.to_string();
        assert!(text.contains(" answered 400 Bad Request, with "), "{text}");
        assert!(!text.contains("hunter2") && !text.contains("42"), "{text}");
        assert_eq!(
            error.body().unwrap(),
            body.as_bytes(),
            "the body itself is for whoever asks"
        );
    }
}

#[tokio::test]
async fn error_with_an_endless_message_is_shown_cut_and_kept_whole() {
    let body = format!(r#"{{"error":{{"message":"{}"}}}}"#, "many words ".repeat(1000));
    let error = failing(refusal(400, &body)).await;
    assert_eq!(
        error.vendor_message().unwrap().len(),
        11_000,
        "the vendor's sentence is kept whole"
    );
    let shown = error.to_string();
    assert!(shown.chars().count() < 500 && shown.contains('…'), "{shown}");
}
