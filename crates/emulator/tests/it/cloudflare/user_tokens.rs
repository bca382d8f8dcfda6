//! API tokens that belong to the user: the same as those of accounts, but for their owner.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Desk, NOW, each, failure, send, success, text};
use crate::client::{Reply, time};

const TOKENS: &str = "/user/tokens";

async fn call(desk: &Desk, method: Method, path: &str, body: Option<Value>) -> Reply {
    send(desk.as_user(method, path), body).await
}

fn body(desk: &Desk, name: &str) -> Value {
    json!({ "name": name, "policies": [desk.policy(&["Account Settings Read"])] })
}

async fn made(desk: &Desk, body: Value) -> Value {
    success(call(desk, Method::POST, TOKENS, Some(body)).await)["result"].take()
}

#[tokio::test]
async fn token_of_the_user_signs_in_is_verified_changed_rolled_and_deleted() {
    let desk = Desk::start().await;
    let token = made(&desk, body(&desk, "ci")).await;
    let (id, value) = (text(&token["id"]), text(&token["value"]));
    assert_eq!((value.len(), &token["issued_on"]), (40, &json!(NOW)));
    assert_eq!(
        token.get("creator_email_at_creation"),
        None,
        "only for tokens of accounts"
    );
    let path = format!("{TOKENS}/{id}");
    let verify = async |value: &str| send(desk.with_token(value, Method::GET, "/user/tokens/verify"), None).await;
    assert_eq!(
        success(verify(&value).await)["result"],
        json!({ "id": id, "status": "active" })
    );
    success(send(desk.with_token(&value, Method::GET, "/accounts/{account}"), None).await);
    let billing = desk.with_token(&value, Method::GET, "/accounts/{account}/subscriptions");
    assert_eq!(
        failure(&send(billing, None).await),
        (403, 10000),
        "no more than its policies"
    );
    let shown = success(call(&desk, Method::GET, &path, None).await)["result"].take();
    assert_eq!((shown.get("value"), &shown["last_used_on"]), (None, &json!(NOW)));
    assert!(
        desk.see("/accounts/{account}/tokens").await["result"]
            .as_array()
            .unwrap()
            .len()
            == 1
    );

    let mut change = body(&desk, "cd");
    change["status"] = json!("disabled");
    success(call(&desk, Method::PUT, &path, Some(change.clone())).await);
    assert_eq!(success(verify(&value).await)["result"]["status"], "disabled");
    let disabled = desk.with_token(&value, Method::GET, "/accounts/{account}");
    assert_eq!(failure(&send(disabled, None).await), (401, 1000));
    change["status"] = json!("active");
    change["condition"] = json!({ "request_ip": { "in": ["10.0.0.0/8"] } });
    success(call(&desk, Method::PUT, &path, Some(change.clone())).await);
    assert_eq!(failure(&verify(&value).await), (403, 9109), "from another address");
    change["condition"] = json!({});
    change["expires_on"] = json!("2026-01-16T00:00:00Z");
    success(call(&desk, Method::PUT, &path, Some(change)).await);

    let rolled = text(&success(call(&desk, Method::PUT, &format!("{path}/value"), Some(json!({}))).await)["result"]);
    assert_eq!(failure(&verify(&value).await), (401, 1000));
    assert_eq!(
        success(verify(&rolled).await)["result"]["expires_on"],
        "2026-01-16T00:00:00Z"
    );
    desk.emulator.set_clock(time("2026-01-16T00:00:00Z"));
    assert_eq!(success(verify(&rolled).await)["result"]["status"], "expired");
    success(call(&desk, Method::DELETE, &path, None).await);
    assert_eq!(failure(&verify(&rolled).await), (401, 1000));
    for (method, body) in [
        (Method::GET, None),
        (Method::DELETE, None),
        (Method::PUT, Some(body(&desk, "x"))),
    ] {
        assert_eq!(failure(&call(&desk, method, &path, body).await), (404, 1003));
    }
}

#[tokio::test]
async fn tokens_of_the_user_are_listed_in_pages_without_those_that_expired() {
    let desk = Desk::start().await;
    for index in 0..6 {
        let mut body = body(&desk, &format!("t{index}"));
        if index == 0 {
            body["expires_on"] = json!("2026-01-15T12:00:01Z");
        }
        made(&desk, body).await;
    }
    desk.emulator.set_clock(time("2026-01-15T12:00:01Z"));
    let list = async |query: &str| success(call(&desk, Method::GET, &format!("{TOKENS}{query}"), None).await);
    let first = list("?per_page=5").await;
    assert_eq!(each(&first, "name"), ["Everything", "t0", "t1", "t2", "t3"]);
    assert_eq!(first["result_info"]["total_count"], 7);
    assert_eq!(each(&list("?page=2&per_page=5").await, "name"), ["t4", "t5"]);
    let valid = list("?include_expired=false&direction=desc").await;
    assert_eq!(each(&valid, "name"), ["t5", "t4", "t3", "t2", "t1", "Everything"]);
}

#[tokio::test]
async fn tokens_are_verified_where_they_belong_and_nowhere_else() {
    let desk = Desk::start().await;
    let of_account = desk.with_token(desk.account.api_token(), Method::GET, "/user/tokens/verify");
    assert_eq!(failure(&send(of_account, None).await), (401, 1000));
    let of_user = desk.with_token(
        desk.account.user_api_token(),
        Method::GET,
        "/accounts/{account}/tokens/verify",
    );
    assert_eq!(failure(&send(of_user, None).await), (401, 1000));
    let key = call(&desk, Method::GET, "/user/tokens/verify", None).await;
    assert_eq!(failure(&key), (401, 1000));
}

#[tokio::test]
async fn token_of_an_account_names_the_user_who_made_it() {
    let desk = Desk::start().await;
    let path = "/accounts/{account}/tokens";
    let by_user = call(&desk, Method::POST, path, Some(body(&desk, "ci"))).await;
    assert_eq!(
        success(by_user)["result"]["creator_email_at_creation"],
        "admin@emulator.example"
    );
    let by_token = success(desk.post(path, body(&desk, "cd")).await);
    assert_eq!(by_token["result"].get("creator_email_at_creation"), None);
}

#[tokio::test]
async fn permission_groups_of_tokens_are_found_by_scope() {
    let desk = Desk::start().await;
    let path = "/user/tokens/permission_groups?scope=com.cloudflare.api.user";
    let groups = success(call(&desk, Method::GET, path, None).await);
    assert_eq!(
        each(&groups, "name"),
        [
            "User Details Read",
            "User Details Write",
            "API Tokens Read",
            "API Tokens Write",
            "Memberships Read",
            "Memberships Write"
        ]
    );
    let twice = "/user/tokens/permission_groups?name=API%2520Tokens%2520Read";
    assert_eq!(
        each(&success(call(&desk, Method::GET, twice, None).await), "name"),
        ["API Tokens Read"]
    );
}
