//! Cloudspot License over real HTTP.

use std::time::Duration;

use account_provisioning_emulator::cloudspot::{Company, Grant, Impersonation, Module, Token, User};
use account_provisioning_emulator::{Emulator, EmulatorBuilder, Quirk, State, StateError};
use reqwest::Response;
use reqwest::header::RETRY_AFTER;
use serde_json::{Value, json};

use crate::client::time;

const CRM: &str = "crm";

/// Ann can use the CRM for the companies 7 and `north`. For company 8 she lacks `use_app`. In the shop she can only see
/// invoices.
fn builder() -> EmulatorBuilder {
    let mut state = State::empty();
    let spot = &mut state.cloudspot;
    spot.modules
        .extend([Module::new(CRM, "CRM"), Module::new("shop", "Shop")]);
    spot.companies.extend([
        Company::new("7", "Seven"),
        Company::new("8", "Eight"),
        Company::new("north", "North"),
    ]);
    let mut ann = User::new("ann", "ann's password");
    ann.first_name = "Ann".to_owned();
    ann.last_name = "Lee".to_owned();
    ann.email = "ann@client.example".to_owned();
    ann.pin = Some("0042".into());
    ann.company = Some("7".to_owned());
    ann.grants = vec![
        Grant::new(CRM, "7", ["use_app", "edit"]),
        Grant::new(CRM, "8", ["edit"]),
        Grant::new(CRM, "north", ["use_app"]),
        Grant::new("shop", "7", ["use_app", "see_invoices"]),
    ];
    spot.users.insert(ann);
    spot.tokens.push(Token::new("standing", "ann", CRM));
    let mut act = Impersonation::new("act-as-ann", "ann", CRM);
    act.company = Some("7".to_owned());
    spot.impersonations.push(act);
    Emulator::builder().state(state).clock(time("2026-01-15T12:00:00Z"))
}

struct Bench {
    emulator: Emulator,
    http: reqwest::Client,
}

impl Bench {
    async fn start() -> Self {
        Self::of(builder()).await
    }

    async fn of(builder: EmulatorBuilder) -> Self {
        Self {
            emulator: builder.start().await.unwrap(),
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
        }
    }

    fn url(&self, path: &str) -> String {
        format!("{}/api/v1{path}", self.emulator.base_url())
    }

    async fn sign_in_to(&self, module: &str, password: &str) -> Response {
        let request = self.http.post(self.url("/auth/authenticate/"));
        let request = request.json(&json!({ "username": "ann", "password": password }));
        request.header("x-license-module", module).send().await.unwrap()
    }

    async fn sign_in(&self, password: &str) -> u16 {
        self.sign_in_to(CRM, password).await.status().as_u16()
    }

    async fn token(&self) -> String {
        let reply: Value = self.sign_in_to(CRM, "ann's password").await.json().await.unwrap();
        reply["token"].as_str().unwrap().to_owned()
    }

    async fn get_in(&self, module: &str, token: Option<&str>, path: &str) -> (u16, Value) {
        let mut request = self.http.get(self.url(path)).header("x-license-module", module);
        if let Some(token) = token {
            request = request.header("x-license-token", token);
        }
        let reply = request.send().await.unwrap();
        (reply.status().as_u16(), reply.json().await.unwrap())
    }

    async fn get(&self, path: &str) -> (u16, Value) {
        self.get_in(CRM, Some("standing"), path).await
    }

    async fn impersonate(&self, module: &str, token: &str) -> (u16, Value) {
        let request = self.http.post(self.url("/auth/impersonation-validation/"));
        let request = request
            .json(&json!({ "token": token }))
            .header("x-license-module", module);
        let reply = request.send().await.unwrap();
        (reply.status().as_u16(), reply.json().await.unwrap())
    }
}

fn permissions() -> Value {
    json!([
        { "company_id": 7, "company_name": "Seven", "permissions": ["use_app", "edit"] },
        { "company_id": "north", "company_name": "North", "permissions": ["use_app"] },
    ])
}

#[tokio::test]
async fn signing_in_answers_with_a_token_and_the_companies_that_may_use_the_application() {
    let bench = Bench::start().await;
    let reply: Value = bench.sign_in_to(CRM, "ann's password").await.json().await.unwrap();
    assert_eq!(reply["permissions"], permissions());
    let token = reply["token"].as_str().unwrap();
    let (status, profile) = bench.get_in(CRM, Some(token), "/auth/users/profile/").await;
    assert_eq!(
        (status, profile),
        (
            200,
            json!({ "first_name": "Ann", "last_name": "Lee", "email": "ann@client.example", "pin": "0042" })
        )
    );
    let all = bench.get_in(CRM, Some(token), "/auth/get-permissions/").await;
    assert_eq!(all, (200, json!({ "permissions": permissions() })));
    let one = bench.get_in(CRM, Some(token), "/auth/get-company-permissions/7/").await;
    assert_eq!(one, (200, json!({ "permissions": ["use_app", "edit"] })));
    assert_ne!(token, bench.token().await, "each sign-in has a token of its own");
}

#[tokio::test]
async fn signing_in_to_another_application_maps_other_permissions() {
    let bench = Bench::start().await;
    let shop: Value = bench.sign_in_to("shop", "ann's password").await.json().await.unwrap();
    assert_eq!(
        shop["permissions"][0]["permissions"],
        json!(["use_app", "see_invoices"])
    );
    let nobody: Value = bench
        .sign_in_to("no-such-app", "ann's password")
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(nobody["permissions"], json!([]));
    let token = shop["token"].as_str();
    let (status, error) = bench.get_in(CRM, token, "/auth/users/profile/").await;
    assert_eq!((status, &error["error_code"]), (405, &json!("wrong_module")));
}

#[tokio::test]
async fn signing_in_with_anything_wrong_is_the_same_refusal() {
    let bench = Bench::start().await;
    let wrong = bench.sign_in_to(CRM, "Ann's password").await;
    assert_eq!(wrong.status(), 401);
    let wrong: Value = wrong.json().await.unwrap();
    assert_eq!(wrong["error_code"], "bad_credentials");
    bench
        .emulator
        .edit_state(|state| state.cloudspot.users.get_mut("ann").unwrap().enabled = false)
        .unwrap();
    let disabled: Value = bench.sign_in_to(CRM, "ann's password").await.json().await.unwrap();
    assert_eq!(disabled, wrong);
    let unknown = bench.http.post(bench.url("/auth/authenticate/"));
    let unknown = unknown.json(&json!({ "username": "bob", "password": "x" }));
    let unknown = unknown.header("x-license-module", CRM).send().await.unwrap();
    assert_eq!(unknown.json::<Value>().await.unwrap(), wrong);
}

#[tokio::test]
async fn requests_that_are_malformed_are_400() {
    let bench = Bench::start().await;
    let blank = bench.sign_in_to(CRM, "").await;
    assert_eq!(blank.status(), 400);
    assert_eq!(
        blank.json::<Value>().await.unwrap(),
        json!({ "password": ["This field may not be blank."] })
    );
    let bare = bench.http.get(bench.url("/auth/users/profile/")).send().await.unwrap();
    assert_eq!(bare.status(), 400);
    assert_eq!(bare.json::<Value>().await.unwrap()["error_code"], "module_missing");
    let nothing = bench.http.post(bench.url("/auth/authenticate/")).json(&json!({}));
    let nothing = nothing.header("x-license-module", CRM).send().await.unwrap();
    let complaint: Value = nothing.json().await.unwrap();
    assert!(
        complaint["message"].as_str().unwrap().contains("password"),
        "{complaint}"
    );
    let slashless = bench.http.get(bench.url("/auth/users/profile")).send().await.unwrap();
    assert_eq!(slashless.status(), 501, "every path ends with a slash");
}

#[tokio::test]
async fn failures_in_a_row_lock_out_until_the_clock_has_moved_on() {
    let bench = Bench::start().await;
    for _ in 0..4 {
        assert_eq!(bench.sign_in("wrong").await, 401);
    }
    assert_eq!(
        bench.sign_in("ann's password").await,
        200,
        "a success starts the count anew"
    );
    for _ in 0..5 {
        assert_eq!(bench.sign_in("wrong").await, 401);
    }
    let locked = bench.sign_in_to(CRM, "ann's password").await;
    assert_eq!(
        (locked.status().as_u16(), &locked.headers()[RETRY_AFTER]),
        (429, &"900".parse().unwrap())
    );
    assert_eq!(locked.json::<Value>().await.unwrap()["error_code"], "locked_out");
    bench.emulator.advance(Duration::from_millis(899_001));
    let locked = bench.sign_in_to(CRM, "ann's password").await;
    assert_eq!(locked.headers()[RETRY_AFTER], "1", "rounded up");
    bench.emulator.advance(Duration::from_secs(1));
    assert_eq!(bench.sign_in("wrong").await, 401, "counted anew");
    assert_eq!(bench.sign_in("ann's password").await, 200);
}

#[tokio::test]
async fn tokens_that_are_missing_unknown_or_old_are_told_apart() {
    let bench = Bench::start().await;
    let token = bench.token().await;
    let code = async |token| {
        let (status, error) = bench.get_in(CRM, token, "/auth/get-permissions/").await;
        (status, error["error_code"].as_str().map(str::to_owned))
    };
    let refused = |code: &str| (401, Some(code.to_owned()));
    assert_eq!(code(None).await, refused("token_missing"));
    assert_eq!(code(Some("nope")).await, refused("token_invalid"));
    bench.emulator.advance(Duration::from_secs(24 * 60 * 60 - 1));
    assert_eq!(code(Some(&token)).await.0, 200);
    bench.emulator.advance(Duration::from_secs(1));
    assert_eq!(code(Some(&token)).await, refused("token_expired"));
    assert_eq!(code(Some("standing")).await.0, 200);
}

#[tokio::test]
async fn companies_that_may_not_use_the_application_are_not_found() {
    let bench = Bench::start().await;
    for id in ["8", "9", "North", "7%2F"] {
        let (status, error) = bench.get(&format!("/auth/get-company-permissions/{id}/")).await;
        assert_eq!(
            (status, &error["error_code"]),
            (404, &json!("company_not_found")),
            "{id}"
        );
    }
    assert_eq!(bench.get("/auth/get-company-permissions/north/").await.0, 200);
}

#[tokio::test]
async fn impersonation_is_good_once_and_hands_out_a_token() {
    let bench = Bench::start().await;
    assert_eq!(bench.impersonate("shop", "act-as-ann").await.0, 405);
    let (status, reply) = bench.impersonate(CRM, "act-as-ann").await;
    assert_eq!((status, &reply["token"]), (200, &json!("act-as-ann")));
    assert_eq!(reply["user"]["first_name"], "Ann");
    assert_eq!(reply["company"], json!({ "id": 7, "name": "Seven" }));
    let auth_token = reply["auth_token"].as_str();
    assert_eq!(bench.get_in(CRM, auth_token, "/auth/users/profile/").await.0, 200);
    for token in ["act-as-ann", "nope"] {
        let (status, error) = bench.impersonate(CRM, token).await;
        assert_eq!((status, &error["error_code"]), (401, &json!("impersonation_invalid")));
    }
    bench
        .emulator
        .edit_state(|state| {
            let mut old = Impersonation::new("old", "ann", CRM);
            old.expires_at = Some(time("2026-01-15T12:00:00Z"));
            state.cloudspot.impersonations.push(old);
        })
        .unwrap();
    let (status, error) = bench.impersonate(CRM, "old").await;
    assert_eq!(status, 401);
    assert!(error["message"].as_str().unwrap().contains("expired"), "{error}");
}

#[tokio::test]
async fn user_name_that_is_an_email_address_is_the_same_in_any_case() {
    let mut state = State::empty();
    state.cloudspot.modules.insert(Module::new(CRM, "CRM"));
    state.cloudspot.users.insert(User::new("Bob@Client.example", "secret"));
    let named = |username: &str| json!({ "username": username, "password": "secret" });
    let bench = Bench::of(Emulator::builder().state(state.clone())).await;
    let sign_in = async |username: &str| {
        let request = bench.http.post(bench.url("/auth/authenticate/")).json(&named(username));
        request.header("x-license-module", CRM).send().await.unwrap()
    };
    let reply: Value = sign_in("bob@client.EXAMPLE").await.json().await.unwrap();
    let token = reply["token"].as_str().unwrap();
    assert_eq!(bench.get_in(CRM, Some(token), "/auth/users/profile/").await.0, 200);
    assert_eq!(sign_in("bob").await.status(), 401);
    state.cloudspot.users.insert(User::new("bob@client.example", "other"));
    let error = state.validate().unwrap_err();
    assert_eq!(error.path(), "cloudspot.users[1].username");
}

#[tokio::test]
async fn quirks_change_the_form_of_the_answers() {
    let bench = Bench::start().await;
    let emulator = &bench.emulator;
    let profile = async || bench.get("/auth/users/profile/").await.1;
    emulator.set_quirk(Quirk::ProfileWithoutPin, true);
    assert_eq!(profile().await.get("pin"), None);
    emulator.set_quirk(Quirk::ProfileWithCompany, true);
    assert_eq!(profile().await["company"], json!({ "id": 7, "name": "Seven" }));
    emulator.set_quirk(Quirk::CompanyIdsAsText, true);
    assert_eq!(profile().await["company"]["id"], "7");
    emulator.set_quirk(Quirk::BarePermissions, true);
    let (_, list) = bench.get("/auth/get-permissions/").await;
    assert_eq!(
        (&list[0]["company_id"], list.as_array().map(Vec::len)),
        (&json!("7"), Some(2))
    );
    emulator.set_quirk(Quirk::ErrorsWithoutErrorCode, true);
    assert_eq!(
        bench.get_in(CRM, None, "/auth/users/profile/").await,
        (401, json!({ "message": "no token was sent; sign in first" }))
    );
    emulator.set_quirk(Quirk::DetailErrors, true);
    let (status, error) = bench.get_in(CRM, None, "/auth/users/profile/").await;
    assert_eq!(
        (status, error),
        (401, json!({ "detail": "no token was sent; sign in first" }))
    );
}

#[tokio::test]
async fn default_state_lets_the_documented_user_sign_in() {
    let bench = Bench::of(Emulator::builder()).await;
    let account = bench.emulator.cloudspot();
    assert_eq!(account.base_url(), bench.url(""));
    let request = bench.http.post(format!("{}/auth/authenticate/", account.base_url()));
    let request = request.json(&json!({ "username": account.username(), "password": account.password() }));
    let reply = request
        .header("x-license-module", account.app_id())
        .send()
        .await
        .unwrap();
    let reply: Value = reply.json().await.unwrap();
    assert_eq!(
        reply["permissions"],
        json!([{ "company_id": 1, "company_name": "Emulator Company", "permissions": ["use_app", "view_reports"] }])
    );
    let shown = format!(
        "{account:?} {:?} {:?}",
        bench.emulator.state(),
        bench.emulator.requests()
    );
    assert!(!shown.contains(account.password()), "{shown}");
    assert!(!bench.emulator.state().to_json().contains(account.password()));
}

#[test]
fn state_that_is_inconsistent_is_refused_with_its_path_and_without_a_token() {
    type Edit = fn(&mut State);
    let cases: [(Edit, &str); 7] = [
        (
            |state| state.cloudspot.modules.extend([Module::new("", "")]),
            "cloudspot.modules[2].id",
        ),
        (
            |state| state.cloudspot.users.get_mut("ann").unwrap().grants[0].module = "nope".to_owned(),
            "cloudspot.users[0].grants[0].module",
        ),
        (
            |state| state.cloudspot.users.get_mut("ann").unwrap().grants[1].company = "nope".to_owned(),
            "cloudspot.users[0].grants[1].company",
        ),
        (
            |state| state.cloudspot.users.get_mut("ann").unwrap().company = Some("nope".to_owned()),
            "cloudspot.users[0].company",
        ),
        (
            |state| state.cloudspot.tokens.push(Token::new("standing", "ann", CRM)),
            "cloudspot.tokens[1].token",
        ),
        (
            |state| state.cloudspot.tokens.push(Token::new("other", "bob", CRM)),
            "cloudspot.tokens[1].username",
        ),
        (
            |state| state.cloudspot.impersonations[0].company = Some("9".to_owned()),
            "cloudspot.impersonations[0].company",
        ),
    ];
    let emulator = builder().start_blocking().unwrap();
    for (edit, path) in cases {
        let error: StateError = emulator.edit_state(edit).unwrap_err();
        assert_eq!(error.path(), path);
        assert!(!error.to_string().contains("standing"), "{error}");
    }
}

#[test]
fn state_in_json_takes_a_password_and_keeps_its_hash() {
    let json = r#"{ "cloudinary": { "accounts": [] }, "cloudspot": { "users": [{ "username": "ann", "password": "canary" }] } }"#;
    let state = State::from_json(json).unwrap();
    assert!(state.cloudspot.users.get("ann").unwrap().password.is("canary"));
    let written = state.to_json();
    assert!(
        written.contains("$argon2id$") && !written.contains("canary"),
        "{written}"
    );
    assert_eq!(State::from_json(&written).unwrap(), state);
}
