//! Answers of something other than the service: sign-in pages, proxies, firewalls.

use account_provisioning::cloudflare::MemberAccess;
use account_provisioning::cloudinary::{RoleAssignment, Scope, UserId};
use account_provisioning::{Error, ErrorKind, cloudflare, cloudspot};
use futures::FutureExt as _;
use futures::future::BoxFuture;
use integration_tests::listener::Listener;
use integration_tests::wording::assert_well_worded;

use super::client;

const PAGE: &str = "<html><title>Sign in</title>Please sign in</html>";

/// A call, and whether it changes anything.
type Case = (&'static str, bool, fn(String) -> BoxFuture<'static, Result<(), Error>>);

fn cloudflare(url: &str) -> cloudflare::AccountHandle {
    let client = cloudflare::Client::builder().api_token("canary-token").base_url(url);
    client.build().unwrap().account("acc")
}

fn cloudspot(url: &str) -> cloudspot::Client {
    cloudspot::Client::builder("app").base_url(url).build().unwrap()
}

/// Calls of each kind of reply: an object with and without required fields, an array, nothing, and an envelope.
const CASES: &[Case] = &[
    ("getUser", false, |url| {
        let call = client(&url).build().unwrap().users().get("u");
        async move { call.await.map(drop) }.boxed()
    }),
    ("getUsers", false, |url| {
        let call = client(&url).build().unwrap().users().list();
        async move { call.await.map(drop) }.boxed()
    }),
    ("getBillingUsage", false, |url| {
        let call = client(&url).build().unwrap().billing_usage();
        async move { call.await.map(drop) }.boxed()
    }),
    ("createUser", true, |url| {
        let call = client(&url).build().unwrap().users().create("A", "a@x.example");
        async move { call.await.map(drop) }.boxed()
    }),
    ("updateUser", true, |url| {
        let call = client(&url).build().unwrap().users().update("u").name("B");
        async move { call.await.map(drop) }.boxed()
    }),
    ("deleteUser", true, |url| {
        let call = client(&url).build().unwrap().users().delete("u");
        async move { call.await }.boxed()
    }),
    ("deleteUserGroup", true, |url| {
        let call = client(&url).build().unwrap().user_groups().delete("g");
        async move { call.await }.boxed()
    }),
    ("addUserToUserGroup", true, |url| {
        let call = client(&url).build().unwrap().user_groups().add_user("g", "u");
        async move { call.await.map(drop) }.boxed()
    }),
    ("generateAccessKey", true, |url| {
        let client = client(&url).build().unwrap();
        async move { client.access_keys("env").generate().await.map(drop) }.boxed()
    }),
    ("deleteRole", true, |url| {
        let call = client(&url).build().unwrap().roles().delete("r");
        async move { call.await }.boxed()
    }),
    ("updatePrincipalRoles", true, |url| {
        let roles = [RoleAssignment::without_parameters("r", Scope::Account)];
        let user = UserId::new("u").unwrap();
        let call = client(&url).build().unwrap().principals().add_roles(&user, roles);
        async move { call.await }.boxed()
    }),
    ("deleteCustomPolicy", true, |url| {
        let call = client(&url).build().unwrap().policies().custom().delete("p");
        async move { call.await }.boxed()
    }),
    ("validateCedarPolicy", false, |url| {
        let call = client(&url).build().unwrap().public().validate("permit");
        // A POST that only reads.
        async move { call.await.map(drop) }.boxed()
    }),
    ("getMember", false, |url| {
        let call = cloudflare(&url).members().get("m");
        async move { call.await.map(drop) }.boxed()
    }),
    ("addMember", true, |url| {
        let call = cloudflare(&url)
            .members()
            .add("a@x.example", MemberAccess::roles(["r"]));
        async move { call.await.map(drop) }.boxed()
    }),
    ("removeMember", true, |url| {
        let call = cloudflare(&url).members().remove("m");
        async move { call.await }.boxed()
    }),
    ("rollToken", true, |url| {
        let call = cloudflare(&url).tokens().roll("t");
        async move { call.await.map(drop) }.boxed()
    }),
    ("deleteToken", true, |url| {
        let call = cloudflare(&url).tokens().delete("t");
        async move { call.await }.boxed()
    }),
    ("authenticate", true, |url| {
        let client = cloudspot(&url);
        async move { client.authenticate("user", "canary-password").await.map(drop) }.boxed()
    }),
    ("getProfile", false, |url| {
        let client = cloudspot(&url);
        async move { client.session("t").profile().await.map(drop) }.boxed()
    }),
    ("validateImpersonation", true, |url| {
        let client = cloudspot(&url);
        async move { client.validate_impersonation("t").await.map(drop) }.boxed()
    }),
];

async fn check(status: &str, content_type: &str, body: &str) {
    for (operation, is_change, call) in CASES {
        let head = format!("HTTP/1.1 {status}\r\ncontent-type: {content_type}");
        let server = Listener::answering_with(head, body.as_bytes());
        let outcome = call(format!("http://{}", server.address)).await;
        let context = format!("{operation}, {status}: {body}");
        let error = outcome.expect_err(&context);
        let context = format!("{context}: {error}");
        assert!(error.is_foreign() && error.kind() == ErrorKind::Foreign, "{context}");
        assert!(
            !error.is_not_found() && !error.is_auth() && !error.is_conflict(),
            "{context}"
        );
        assert!(!error.is_permission_denied() && !error.is_rate_limited(), "{context}");
        assert_eq!(error.is_outcome_unknown(), *is_change, "{context}");
        assert!(error.to_string().contains("the proxy and the firewall"), "{context}");
        assert!(!error.to_string().contains("the change was made"), "{context}");
        assert_eq!(error.attempts().count(), 1, "{context}");
        assert_well_worded(&error);
    }
}

#[tokio::test]
async fn page_under_a_success_is_no_success() {
    check("200 OK", "text/html", PAGE).await;
    check("200 OK", "text/plain", "ok").await;
}

#[tokio::test]
async fn json_of_something_else_under_a_success_is_no_success() {
    for body in [
        r#"{"login":"sso"}"#,
        r#"{"unrelated":true}"#,
        r#"["ok"]"#,
        "true",
        r#"{"error":"login_required"}"#,
        r#"{"error":{"message":null}}"#,
    ] {
        for (operation, _, call) in CASES {
            // A list of anything is what these two may return.
            if matches!(*operation, "getBillingUsage") && body.starts_with('[') {
                continue;
            }
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json";
            let server = Listener::answering_with(head, body.as_bytes());
            let outcome = call(format!("http://{}", server.address)).await;
            let error = outcome.expect_err(&format!("{operation}: {body}"));
            assert!(error.is_foreign() && error.is_decode(), "{operation}: {error}");
        }
    }
}

#[tokio::test]
async fn page_under_an_error_is_no_word_of_the_service() {
    for status in [
        "302 Found",
        "400 Bad Request",
        "401 Unauthorized",
        "403 Forbidden",
        "404 Not Found",
        "409 Conflict",
    ] {
        check(status, "text/html", PAGE).await;
    }
}

#[tokio::test]
async fn challenge_of_a_firewall_is_told_as_one() {
    let head = "HTTP/1.1 403 Forbidden\r\ncf-mitigated: challenge\r\ncontent-type: text/html";
    let server = Listener::answering_with(head, b"<html>Just a moment...</html>");
    let account = cloudflare(&format!("http://{}", server.address));
    let error = account.members().get("m").await.unwrap_err();
    assert!(error.is_foreign() && !error.is_permission_denied(), "{error}");
    assert!(
        error.to_string().contains("a challenge that only a browser can pass"),
        "{error}"
    );
}

#[tokio::test]
async fn errors_and_denials_under_a_success_are_none() {
    let long = "x".repeat(20_000);
    for body in [
        r#"{"error":{"code":7}}"#.to_owned(),
        format!(r#"{{"error":{{"message":"{long}"}}}}"#),
        r#"{"ok":false}"#.to_owned(),
    ] {
        for delete in ["deleteUser", "deleteUserGroup"] {
            let server = Listener::answering_with("HTTP/1.1 200 OK", body.as_bytes());
            let (_, _, call) = CASES.iter().find(|(operation, ..)| *operation == delete).unwrap();
            let error = call(format!("http://{}", server.address)).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Rejected, "{delete}: {error}");
        }
    }
}

#[tokio::test]
async fn confirmation_of_a_deletion_says_ok() {
    for (body, is_ok) in [
        (r#"{"message":"ok"}"#, true),
        (r#"{"message":"OK"}"#, true),
        (r#"{"ok":true}"#, true),
        (r#"{"message":"Please sign in"}"#, false),
        (r#"{"message":null,"login":"sso"}"#, false),
        (r#"{"ok":null,"login":"sso"}"#, false),
        (r#"{"ok":null}"#, false),
        ("{}", false),
    ] {
        let server = Listener::answering_with("HTTP/1.1 200 OK", body.as_bytes());
        let client = client(&format!("http://{}", server.address)).build().unwrap();
        match client.users().delete("u").await {
            Ok(()) => assert!(is_ok, "{body}"),
            Err(error) => assert!(
                !is_ok && error.is_foreign() && error.is_outcome_unknown(),
                "{body}: {error}"
            ),
        }
    }
}

#[tokio::test]
async fn json_of_something_else_under_an_error_is_no_word_of_the_service() {
    let spring = r#"{"timestamp":"2026-01-01T00:00:00Z","status":404,"error":"Not Found","path":"/x"}"#;
    for body in [
        spring,
        r#"{"error":true}"#,
        r#"{"error":{}}"#,
        r#"{"error":[]}"#,
        r#"["a"]"#,
    ] {
        let server = Listener::answering_with("HTTP/1.1 404 Not Found", body.as_bytes());
        let client = client(&format!("http://{}", server.address)).build().unwrap();
        let error = client.users().delete("u").await.unwrap_err();
        assert!(error.is_foreign() && !error.is_not_found(), "{body}: {error}");
        client.users().get_opt("u").await.unwrap_err();
    }
    for body in [
        r#"{"success":false,"message":"Not Found"}"#,
        r#"{"errors":[{"status":"404","title":"Not Found"}]}"#,
        r#"{"success":false,"errors":[{"status":"404","title":"Not Found"}]}"#,
        r#"{"errors":"no route"}"#,
        r#"{"success":false,"errors":{}}"#,
        r#"{"success":true,"errors":[]}"#,
    ] {
        let server = Listener::answering_with("HTTP/1.1 404 Not Found", body.as_bytes());
        let account = cloudflare(&format!("http://{}", server.address));
        let error = account.tokens().delete("t").await.unwrap_err();
        assert!(error.is_foreign() && !error.is_not_found(), "{body}: {error}");
    }
}

#[tokio::test]
async fn error_that_cannot_be_unpacked_is_no_word_of_the_service() {
    for status in ["404 Not Found", "409 Conflict", "403 Forbidden", "401 Unauthorized"] {
        for encoding in ["br", "gzip"] {
            let head = format!("HTTP/1.1 {status}\r\ncontent-encoding: {encoding}");
            let server = Listener::answering_with(head, b"\x8b\x02\x80<html>");
            let client = client(&format!("http://{}", server.address)).build().unwrap();
            let error = client.users().delete("u").await.unwrap_err();
            assert!(
                error.is_foreign() && error.is_outcome_unknown(),
                "{status}, {encoding}: {error}"
            );
            assert!(
                !error.is_not_found() && !error.is_conflict() && !error.is_auth(),
                "{error}"
            );
            client.users().get_opt("u").await.unwrap_err();
        }
    }
}

#[tokio::test]
async fn blank_refusal_is_the_services_own_only_where_it_documents_one() {
    let server = Listener::answering_with("HTTP/1.1 400 Bad Request", b"");
    let client = client(&format!("http://{}", server.address)).build().unwrap();
    assert!(
        client
            .users()
            .create("A", "a@x.example")
            .await
            .unwrap_err()
            .is_foreign()
    );
    assert!(!client.public().validate("permit").await.unwrap_err().is_foreign());
}

#[tokio::test]
async fn change_whose_reply_lacks_what_matters_is_unknown() {
    let server = Listener::answering_with("HTTP/1.1 200 OK", br#"{"api_key":"k1","name":"n","enabled":true}"#);
    let client = client(&format!("http://{}", server.address)).build().unwrap();
    let error = client.access_keys("env").generate().await.unwrap_err();
    assert!(
        error.is_outcome_unknown() && error.to_string().contains("k1"),
        "{error}"
    );
    let server = Listener::answering_with("HTTP/1.1 200 OK", br#"{"permissions":[]}"#);
    let client = cloudspot(&format!("http://{}", server.address));
    let error = client.authenticate("user", "canary-password").await.unwrap_err();
    assert!(error.is_outcome_unknown(), "{error}");
}

#[tokio::test]
async fn secrets_that_a_server_repeats_are_shown_nowhere() {
    let head = "HTTP/1.1 401 Unauthorized\r\nx-request-id: canary-secret";
    // key:canary-secret, without the padding of Base64
    let body = br#"{"error":{"message":"no user for Basic a2V5OmNhbmFyeS1zZWNyZXQ"}}"#;
    let server = Listener::answering_with(head, body);
    let client = client(&format!("http://{}", server.address)).build().unwrap();
    let error = client.users().get("u").await.unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(
        !shown.contains("canary") && !shown.contains("a2V5OmNhbmFyeS1zZWNyZXQ"),
        "{shown}"
    );
}
