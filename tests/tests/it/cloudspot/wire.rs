//! The request of every operation: method, path with its trailing slash, headers and body.

use account_provisioning_emulator::RecordedRequest;
use serde_json::{Value, json};

use super::{ACT, APP, PASSWORD, Stage, TOKEN, USERNAME};

/// The only request since the last call of this function.
#[track_caller]
fn sent(stage: &Stage, method: &str, path: &str, signed_in: bool, body: Option<Value>) -> RecordedRequest {
    let mut requests = stage.emulator.requests();
    stage.emulator.clear_requests();
    assert_eq!(requests.len(), 1, "{requests:?}");
    let request = requests.remove(0);
    assert_eq!((&*request.method, &*request.path), (method, path));
    assert_eq!((request.status, request.query.as_deref()), (200, None));
    assert_eq!(request.header("x-license-module"), Some(APP));
    assert_eq!(request.header("x-license-token"), signed_in.then_some("[redacted]"));
    assert_eq!(request.authenticated, signed_in, "{request:?}");
    for absent in ["authorization", "cookie", "api-version"] {
        assert_eq!(request.header(absent), None, "{absent}");
    }
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(
        request.header("content-type"),
        body.as_ref().map(|_| "application/json")
    );
    assert_eq!(request.json(), body);
    assert!(
        request.undocumented.is_empty() && request.coerced.is_empty(),
        "{request:?}"
    );
    request
}

#[tokio::test]
async fn authenticate_goes_out_without_a_token_and_with_the_password_in_the_body_alone() {
    let stage = Stage::with(|client| client.token("stale-token")).await;
    stage.client.authenticate(USERNAME, PASSWORD).await.unwrap();
    let body = json!({ "username": USERNAME, "password": PASSWORD });
    let request = sent(&stage, "POST", "/api/v1/auth/authenticate/", false, Some(body));
    assert!(
        request.headers.iter().all(|(_, value)| !value.contains("stale")),
        "{request:?}"
    );
}

#[tokio::test]
async fn get_profile_goes_out_as_described() {
    let stage = Stage::start().await;
    stage.client.session(TOKEN).profile().await.unwrap();
    sent(&stage, "GET", "/api/v1/auth/users/profile/", true, None);
}

#[tokio::test]
async fn get_permissions_goes_out_as_described() {
    let stage = Stage::start().await;
    stage.client.session(TOKEN).permissions().await.unwrap();
    sent(&stage, "GET", "/api/v1/auth/get-permissions/", true, None);
}

#[tokio::test]
async fn get_company_permissions_goes_out_with_the_id_as_one_part_of_the_path() {
    let stage = Stage::start().await;
    let session = stage.client.session(TOKEN);
    let path = |id: &str| format!("/api/v1/auth/get-company-permissions/{id}/");
    session.company_permissions(7).await.unwrap();
    sent(&stage, "GET", &path("7"), true, None);
    session.company_permissions(7_i64).await.unwrap();
    sent(&stage, "GET", &path("7"), true, None);
    session.company_permissions("n orth\u{fc}").await.unwrap();
    sent(&stage, "GET", &path("n%20orth%C3%BC"), true, None);
    for odd in ["", "..", ".", "7/../8", "7%2F8", "7?x", " 7"] {
        let problem = session.company_permissions(odd).await.unwrap_err();
        assert!(
            problem.is_invalid_input() && problem.attempts().count() == 0,
            "{odd}: {problem}"
        );
    }
    assert!(stage.emulator.requests().is_empty());
}

#[tokio::test]
async fn validate_impersonation_goes_out_without_a_session() {
    let stage = Stage::start().await;
    stage.client.validate_impersonation(ACT).await.unwrap();
    let body = Some(json!({ "token": ACT }));
    sent(&stage, "POST", "/api/v1/auth/impersonation-validation/", false, body);
}

#[tokio::test]
async fn base_url_of_any_form_keeps_the_slash_at_the_end_of_each_path() {
    let stage = Stage::start().await;
    let base = format!("{}/", stage.emulator.cloudspot().base_url());
    let client = account_provisioning::cloudspot::Client::builder(APP)
        .base_url(base)
        .build()
        .unwrap();
    client.session(TOKEN).profile().await.unwrap();
    sent(&stage, "GET", "/api/v1/auth/users/profile/", true, None);
}

#[tokio::test]
async fn header_of_a_token_or_an_application_is_refused_wherever_it_is_set() {
    let stage = Stage::start().await;
    for name in ["X-LICENSE-TOKEN", "x-license-module"] {
        let login = stage.client.authenticate(USERNAME, PASSWORD).header(name, "canary");
        let problem = login.await.map(drop).unwrap_err();
        assert!(
            problem.is_invalid_input() && !problem.to_string().contains("canary"),
            "{problem}"
        );
        let builder = account_provisioning::cloudspot::Client::builder(APP).header(name, "canary");
        assert!(builder.build().unwrap_err().is_configuration());
    }
    assert!(stage.emulator.requests().is_empty());
}
