//! Settings and environment variables, and which hosts requests may go to.

use std::ffi::OsString;

use account_provisioning::cloudspot::Client;
use account_provisioning::{ErrorKind, RetryPolicy};
use integration_tests::listener::Listener;
use integration_tests::wording::assert_well_worded;

use super::{APP, PASSWORD, Stage, USERNAME};

fn vars(set: &'static [(&'static str, &'static str)]) -> impl Fn(&str) -> Option<OsString> {
    move |name| {
        let found = set.iter().find(|(known, _)| *known == name)?;
        Some(OsString::from(found.1))
    }
}

const ALL: &[(&str, &str)] = &[
    ("CLOUDSPOT_APP_ID", "env-app"),
    ("CLOUDSPOT_TOKEN", "env-token"),
    ("CLOUDSPOT_BASE_URL", "https://license.example/api/v1"),
];

#[test]
fn client_of_the_environment_takes_all_three_variables() {
    // `from_env` does the same with the variables of the process.
    let client = Client::builder("set-app").vars(vars(ALL)).build().unwrap();
    assert_eq!(client.app_id(), "set-app", "what is set wins");
    assert_eq!(client.kept_session().unwrap().token().expose_secret(), "env-token");
    assert!(
        format!("{client:?}").contains("\"https://license.example/api/v1\""),
        "{client:?}"
    );
    let set = Client::builder("set-app")
        .vars(vars(ALL))
        .token("set-token")
        .base_url("http://127.0.0.1:1/x");
    let set = set.build().unwrap();
    assert_eq!(set.kept_session().unwrap().token().expose_secret(), "set-token");
    assert!(format!("{set:?}").contains("\"http://127.0.0.1:1/x\""), "{set:?}");
}

#[test]
fn client_without_settings_goes_to_the_vendor_and_has_no_session() {
    let client = Client::builder(APP).build().unwrap();
    assert!(
        format!("{client:?}").contains("\"https://license.cloudspot.be/api/v1\""),
        "{client:?}"
    );
    assert!(client.kept_session().is_none());
}

#[test]
fn variables_that_are_malformed_are_named_and_not_shown() {
    let cases: [(&'static [(&str, &str)], &str); 3] = [
        (
            &[("CLOUDSPOT_TOKEN", "hun\nter")],
            "CLOUDSPOT_TOKEN contains a control character",
        ),
        (
            &[("CLOUDSPOT_TOKEN", "\u{feff}hunter")],
            "CLOUDSPOT_TOKEN starts or ends with whitespace",
        ),
        (
            &[("CLOUDSPOT_BASE_URL", "http://hunter.example")],
            "CLOUDSPOT_BASE_URL uses plain http",
        ),
    ];
    for (set, says) in cases {
        let problem = Client::builder(APP).vars(vars(set)).build().unwrap_err();
        let shown = format!("{problem} {problem:?}");
        assert!(problem.is_configuration() && shown.contains(says), "{shown}");
        assert!(!shown.contains("hun\\nter") && !shown.contains("hun\nter"), "{shown}");
    }
    // An invalid variable is no problem when a setting replaces it.
    let set = Client::builder(APP)
        .vars(vars(&[("CLOUDSPOT_TOKEN", "\n\u{feff}")]))
        .token("t");
    assert!(set.build().is_ok());
    let problem = Client::builder(APP).token("hunter ").build().unwrap_err();
    assert!(problem.to_string().starts_with("`token` starts or ends"), "{problem}");
}

#[test]
fn variables_that_are_empty_count_as_unset() {
    let set: &[_] = &[
        ("CLOUDSPOT_APP_ID", ""),
        ("CLOUDSPOT_TOKEN", " "),
        ("CLOUDSPOT_BASE_URL", ""),
    ];
    let client = Client::builder(APP).vars(vars(set)).build().unwrap();
    assert_eq!((client.app_id(), client.kept_session().is_none()), (APP, true));
    assert!(
        format!("{client:?}").contains("\"https://license.cloudspot.be/api/v1\""),
        "{client:?}"
    );
}

#[test]
fn app_id_that_cannot_be_sent_is_refused_without_being_shown() {
    for app_id in ["", " hunter", "hun\nter", "hunter\u{feff}"] {
        let problem = Client::builder(app_id).build().unwrap_err();
        let shown = format!("{problem} {problem:?}");
        assert!(problem.is_configuration() && shown.contains("app id"), "{shown}");
        assert!(!shown.contains("unter") && !shown.contains("hun"), "{shown}");
    }
}

#[tokio::test]
async fn redirects_carry_neither_token_nor_password_to_another_host() {
    let elsewhere = Listener::answering("HTTP/1.1 200 OK");
    for status in [301, 302, 303, 307, 308] {
        let location = format!("http://{}/api/v1/auth/authenticate/", elsewhere.address);
        let server = Listener::answering(format!("HTTP/1.1 {status} Redirect\r\nlocation: {location}"));
        let http = || reqwest::Client::builder().redirect(reqwest::redirect::Policy::limited(5));
        let client = Client::builder(APP)
            .base_url(format!("http://{}/api/v1", server.address))
            .retry(RetryPolicy::never())
            .http(http)
            .build()
            .unwrap();
        for outcome in [
            client.authenticate(USERNAME, PASSWORD).await.map(drop),
            client.session("t").profile().await.map(drop),
            client.validate_impersonation("t").await.map(drop),
        ] {
            let error = outcome.unwrap_err();
            assert_well_worded(&error);
            assert_eq!(error.kind(), ErrorKind::Foreign);
            assert!(error.to_string().contains("redirects are not followed"), "{error}");
        }
        let heads = server.heads();
        assert_eq!(heads.len(), 3);
        assert!(heads[1].contains("x-license-token: t"), "the server itself was sent it");
        assert!(!heads[0].contains("x-license-token"), "a login carries no token");
    }
    assert_eq!(elsewhere.heads(), Vec::<String>::new());
}

#[tokio::test]
async fn retry_budget_is_shared_by_a_client_and_its_sessions() {
    let stage = Stage::start().await;
    let session = stage.sign_in().await;
    stage.emulator.inject(account_provisioning_emulator::Fault::status(503));
    for _ in 0..250 {
        session.profile().await.unwrap_err();
        stage
            .client
            .session(session.token().clone())
            .profile()
            .await
            .unwrap_err();
    }
    let attempts = stage.emulator.requests_for("getProfile").len();
    assert!((600..=800).contains(&attempts), "500 calls made {attempts} attempts");
}
