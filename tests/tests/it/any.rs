//! Requests for which there is no operation: they go out, fail and are paged as typed calls are.

use std::sync::{Arc, Mutex};

use account_provisioning::cloudflare::Member;
use account_provisioning::cloudinary::User;
use account_provisioning::hook::{Ended, Hook};
use account_provisioning::http::Method;
use account_provisioning::low_level::{PageStyle, RetryClass};
use account_provisioning::{AnyRequest, Call, Error, ErrorKind, cloudspot};
use account_provisioning_emulator::{Emulator, Fault, RecordedRequest};
use futures::TryStreamExt as _;
use integration_tests::wording::assert_well_worded;
use integration_tests::{Stage, cloudflare, state, world};
use serde_json::{Value, json};

const USERS: &str = "/v1_1/provisioning/accounts/{account_id}/users";
const USER: &str = "/v1_1/provisioning/accounts/{account_id}/users/{user_id}";
const MEMBERS: &str = "/accounts/{account_id}/members";

/// What a request says, without what differs between two requests.
fn said(request: &RecordedRequest) -> (String, String, Option<String>, Vec<(String, String)>, String) {
    let mut headers = request.headers.clone();
    headers.sort();
    (
        request.method.to_string(),
        request.path.clone(),
        request.query.clone(),
        headers,
        String::from_utf8_lossy(&request.body).into_owned(),
    )
}

#[tokio::test]
async fn any_request_goes_out_as_the_typed_one_does() {
    let Stage { emulator, client, .. } = Stage::with(state::with_users(1), |client| client).await;
    let id = state::user_id(0);
    let typed = client.users().get(&id).await.unwrap();
    let any = client.get(USER).path("user_id", &id).await.unwrap();
    assert_eq!(any["id"], *typed.id.as_str());
    let user: User = client.get(USER).path("user_id", &id).typed().await.unwrap();
    assert_eq!(user, typed);
    client.users().update(&id).name("B").await.unwrap();
    client
        .put(USER)
        .path("user_id", &id)
        .body(&json!({ "name": "B" }))
        .await
        .unwrap();
    let sent: Vec<_> = emulator.requests().iter().map(said).collect();
    assert_eq!((&sent[0], &sent[3]), (&sent[1], &sent[4]));

    emulator.clear_requests();
    let found = client
        .get(USERS)
        .query("prefix", "a+b &c")
        .query("ids", 1)
        .query("ids", 2);
    found.header("x-team", "blue").await.unwrap();
    let request = emulator.requests().remove(0);
    assert_eq!(request.query.as_deref(), Some("prefix=a%2Bb+%26c&ids=1&ids=2"));
    assert!(request.headers.contains(&("x-team".to_owned(), "blue".to_owned())));

    let gone = client
        .request(Method::DELETE, USER)
        .path("user_id", &id)
        .response()
        .await
        .unwrap();
    assert_eq!(gone.meta.status, 200);
    let other = client.get(USERS).path("account_id", "another").await.unwrap_err();
    assert!(
        emulator.requests().last().unwrap().path.contains("/accounts/another/"),
        "{other}"
    );
}

#[tokio::test]
async fn any_request_is_repeated_by_its_method_or_as_the_caller_says() {
    let Stage { emulator, client, .. } = Stage::with(state::with_users(1), |client| client).await;
    let body = json!({ "name": "Ann", "email": "ann@client.example" });
    for (call, repeated) in [
        (client.get(USERS), true),
        (client.post(USERS).body(&body), false),
        (client.post(USERS).body(&body).retry_class(RetryClass::Idempotent), true),
        (client.get(USERS).retry_class(RetryClass::Never), false),
    ] {
        emulator.clear_requests();
        emulator.inject(Fault::status(503).times(1));
        let outcome = call.await;
        assert_eq!(outcome.is_ok(), repeated, "{outcome:?}");
        assert_eq!(emulator.requests().len(), 1 + usize::from(repeated));
        emulator.clear_faults();
    }
    emulator.inject(Fault::reset_after().times(1));
    let lost = client.post(USERS).body(&body).await.unwrap_err();
    assert!(lost.is_outcome_unknown(), "{lost}");
}

#[tokio::test]
async fn any_request_that_would_lead_elsewhere_is_refused_before_anything_is_sent() {
    let Stage { emulator, client, .. } = Stage::start().await;
    for (call, says) in [
        (client.get("https://evil.example/users"), "begins with no `/`"),
        (client.get("//evil.example/users"), "is empty"),
        (client.get("/v1_1/../admin"), "dot segment"),
        (client.get("/users?page=2"), "`?`"),
        (client.get("/users#top"), "`#`"),
        (client.get(USER), "`user_id`"),
        (
            client.get(USER).path("user_id", "a/b"),
            "`user_id`: the value contains `/`",
        ),
        (
            client.get(USER).path("user_id", ".."),
            "`user_id`: the value is a dot segment",
        ),
        (client.get(USERS).path("user_id", "a"), "no placeholder `{user_id}`"),
        (
            client.post(USERS).body(&std::collections::HashMap::from([((), 1)])),
            "`body`",
        ),
    ] {
        let error = call.await.unwrap_err();
        assert!(error.is_invalid_input() && error.to_string().contains(says), "{error}");
        assert_well_worded(&error);
    }
    assert_eq!(emulator.requests().len(), 0);
}

async fn answered(stage: &Stage, content_type: &str, body: &str) -> Result<Value, Error> {
    stage.emulator.clear_faults();
    stage.emulator.inject(Fault::body_replaced(200, content_type, body));
    stage.client.get(USERS).await
}

#[tokio::test]
async fn reply_of_something_else_is_no_success() {
    let stage = Stage::start().await;
    assert_eq!(answered(&stage, "application/json", "").await.unwrap(), Value::Null);
    assert_eq!(answered(&stage, "application/json", "[1]").await.unwrap(), json!([1]));
    for (body, kind) in [
        ("<html>Sign in</html>", ErrorKind::Foreign),
        ("ok", ErrorKind::Foreign),
        ("{\"users\":[", ErrorKind::Decode),
    ] {
        let error = answered(&stage, "text/html", body).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
    }
    let refused = answered(&stage, "application/json", r#"{"error":{"message":"no"}}"#)
        .await
        .unwrap_err();
    assert_eq!(refused.vendor_message(), Some("no"));
    stage.emulator.clear_faults();
    let missing = stage.client.get(USER).path("user_id", "nobody").await.unwrap_err();
    assert!(missing.is_not_found(), "{missing}");
    let untyped = stage.client.get(USERS).typed::<Vec<String>>().await.unwrap_err();
    assert_eq!(untyped.kind(), ErrorKind::Decode, "{untyped}");

    let stage = cloudflare::Stage::start().await;
    let get = || {
        stage
            .client
            .get("/accounts/{id}")
            .path("id", stage.emulator.cloudflare().account_id())
    };
    assert_eq!(get().await.unwrap()["success"], true);
    for (body, kind) in [
        ("<html>Sign in</html>", ErrorKind::Foreign),
        (r#"{"login":"sso"}"#, ErrorKind::Foreign),
        ("[]", ErrorKind::Foreign),
    ] {
        stage
            .emulator
            .inject(Fault::body_replaced(200, "application/json", body).times(1));
        let error = get().await.unwrap_err();
        assert_eq!(error.kind(), kind, "{body}: {error}");
    }
    let refusal = r#"{"success":false,"errors":[{"code":1001,"message":"no"}],"messages":[],"result":null}"#;
    stage
        .emulator
        .inject(Fault::body_replaced(200, "application/json", refusal).times(1));
    assert_eq!(get().await.unwrap_err().codes(), ["1001"]);
}

#[tokio::test]
async fn any_list_is_read_to_its_end() {
    let stage = Stage::with(state::with_users(5), |client| client).await;
    let users = || stage.client.get(USERS).list(PageStyle::Numbered, "users");
    let page = users().page_size(2).page(3).await.unwrap();
    assert_eq!((page.len(), page.number), (1, Some(3)));
    stage.emulator.clear_requests();
    let all: Vec<User> = users().page_size(2).stream().typed().try_collect().await.unwrap();
    assert_eq!(all, stage.client.users().list().collect().await.unwrap());
    assert_eq!(
        stage.emulator.requests()[0].query.as_deref(),
        Some("page=1&page_size=2")
    );
    let untyped = users().stream().typed::<String>().try_next().await.unwrap_err();
    assert_eq!(untyped.kind(), ErrorKind::Decode);
    let misplaced = stage
        .client
        .get(USERS)
        .list(PageStyle::Single, "members")
        .await
        .unwrap_err();
    assert!(misplaced.to_string().contains("no list at `members`"), "{misplaced}");
    stage.emulator.inject(Fault::repeated_page());
    let endless = users().page_size(2).stream().try_collect::<Vec<_>>().await.unwrap_err();
    assert_eq!(endless.kind(), ErrorKind::Paging);

    let emulator = world::emulator([world::account()]).cursor_page_size(1);
    let Stage { emulator, client, .. } = Stage::with(emulator, |client| client).await;
    let policies = "/v2/accounts/{account_id}/permissions/policies/custom";
    let policies = client
        .get(policies)
        .list(PageStyle::Cursor, "data")
        .collect()
        .await
        .unwrap();
    let names: Vec<_> = policies.iter().map(|policy| policy["id"].as_str().unwrap()).collect();
    assert_eq!(names, ["policy-1", "policy-2"]);
    assert_eq!(emulator.requests().len(), 2);

    let stage = cloudflare::Stage::with(cloudflare::world::with_members(11), |client| client).await;
    let id = stage.emulator.cloudflare().account_id().to_owned();
    let members = stage
        .client
        .get(MEMBERS)
        .path("account_id", &id)
        .list(PageStyle::Numbered, "result");
    let all: Vec<Member> = members.page_size(5).stream().typed().try_collect().await.unwrap();
    assert_eq!(all, stage.account().members().list().collect().await.unwrap());
    let pages = stage.emulator.requests().into_iter().filter(|request| {
        request
            .query
            .as_deref()
            .is_some_and(|query| query.ends_with("per_page=5"))
    });
    assert_eq!(pages.count(), 3, "the total says where the list ends");
}

#[tokio::test]
async fn page_of_an_any_list_has_room_for_an_item() {
    let stage = Stage::start().await;
    for style in [PageStyle::Numbered, PageStyle::Cursor, PageStyle::Single] {
        let list = || stage.client.get(USERS).list(style, "users").page_size(0);
        for error in [list().await.unwrap_err(), list().collect().await.unwrap_err()] {
            assert_eq!(error.kind(), ErrorKind::InvalidInput);
            assert!(error.to_string().contains("`page_size`"), "{error}");
        }
    }
    assert_eq!(stage.emulator.requests().len(), 0);
}

#[tokio::test]
async fn checkpoint_of_an_any_list_fits_that_list_alone() {
    let stage = cloudflare::Stage::with(cloudflare::world::with_members(11), |client| client).await;
    let id = stage.emulator.cloudflare().account_id().to_owned();
    let list = |path: &'static str| {
        let call = stage.client.get(path).path("account_id", &id);
        call.list(PageStyle::Numbered, "result").page_size(5)
    };
    let mut members = list(MEMBERS).stream();
    for _ in 0..6 {
        members.try_next().await.unwrap();
    }
    let checkpoint = members.checkpoint();
    let rest: Vec<_> = list(MEMBERS).resume(checkpoint.clone()).try_collect().await.unwrap();
    let all = stage.account().members().list().collect().await.unwrap();
    assert_eq!(rest.len(), all.len() - 6);
    let before = stage.emulator.requests().len();
    let mut roles = list("/accounts/{account_id}/roles").resume(checkpoint);
    let error = roles.try_next().await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("belongs to GET /accounts/{account_id}/members"),
        "{error}"
    );
    assert_well_worded(&error);
    assert_eq!(stage.emulator.requests().len(), before, "nothing is sent");
}

/// Notes what it is told of the operation.
struct Notes(Arc<Mutex<Vec<String>>>);

impl Hook for Notes {
    fn after(&self, attempt: &Ended<'_>) {
        let operation = attempt.operation;
        let text = format!("{} {} {}", operation.operation_id, operation.method, operation.path);
        self.0.lock().unwrap().push(text);
    }
}

#[tokio::test]
async fn any_request_is_shown_by_its_template_without_its_values() {
    let seen = Arc::<Mutex<Vec<String>>>::default();
    let stage = Stage::with(state::with_users(1), |client| client.hook(Notes(Arc::clone(&seen)))).await;
    let call: Call<AnyRequest> = stage.client.get(USER).path("user_id", "canary").query("q", "canary");
    assert!(!format!("{call:?} {call:#?}").contains("canary"));
    let error = call.await.unwrap_err();
    assert_eq!(error.operation(), Some("GET"));
    let purge = Method::from_bytes(b"PURGE").unwrap();
    stage.client.request(purge, USERS.to_owned()).await.unwrap_err();
    assert_eq!(
        *seen.lock().unwrap(),
        [format!("GET GET {USER}"), format!("_OTHER _OTHER {USERS}")]
    );
    let requests = stage.emulator.requests();
    assert_eq!(requests.last().unwrap().method, "PURGE");
}

#[tokio::test]
async fn session_sends_its_token_with_any_request_and_the_client_none() {
    let emulator = Emulator::start().await.unwrap();
    let account = emulator.cloudspot();
    let client = cloudspot::Client::builder(account.app_id()).base_url(account.base_url());
    let client = client.build().unwrap();
    let session = client
        .authenticate(account.username(), account.password())
        .await
        .unwrap();
    let profile = session.get("/auth/users/profile/").await.unwrap();
    assert_eq!(profile["first_name"], "Emulator");
    client.get("/auth/users/profile/").await.unwrap_err();
    let requests = emulator.requests();
    let token = |request: &RecordedRequest| request.headers.iter().any(|(name, _)| name == "x-license-token");
    assert_eq!(requests[1..].iter().map(token).collect::<Vec<_>>(), [true, false]);
}
