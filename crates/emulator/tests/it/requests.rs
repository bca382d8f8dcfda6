//! What is understood, what is refused, and what the log keeps.

use account_provisioning_emulator::Quirk;
use reqwest::Method;
use serde_json::json;

use crate::client::{Bench, each, message, read, time};

#[tokio::test]
async fn lists_in_all_three_forms_are_understood_and_logged_as_sent() {
    let bench = Bench::start().await;
    let (_, one) = bench
        .post("/users", json!({ "name": "A", "email": "a@x.example" }))
        .await;
    let (_, two) = bench
        .post("/users", json!({ "name": "B", "email": "b@x.example" }))
        .await;
    let (a, b) = (one["id"].as_str().unwrap(), two["id"].as_str().unwrap());
    for (query, coerced) in [
        (format!("ids={a}&ids={b}"), vec![]),
        (format!("ids[]={a}&ids[]={b}"), vec![Quirk::BracketArrays]),
        (format!("ids%5B%5D={a}&ids%5B%5D={b}"), vec![Quirk::BracketArrays]),
        (format!("ids={a},{b}"), vec![Quirk::CommaArrays]),
        (format!("ids={a}%2C{b}"), vec![Quirk::CommaArrays]),
    ] {
        // The client must not tidy the brackets up.
        let (_, body) = bench.get(&format!("/users?{query}")).await;
        assert_eq!(each(&body, "users", "id"), [b, a], "{query}");
        let last = bench.emulator.requests_for("getUsers").pop().unwrap();
        assert_eq!(last.query.as_deref(), Some(query.as_str()));
        assert_eq!(last.coerced, coerced, "{query}");
        assert_eq!(last.undocumented, Vec::<String>::new(), "{query}");
    }
    for (quirk, query) in [(Quirk::BracketArrays, "ids[]"), (Quirk::CommaArrays, "ids")] {
        bench.emulator.set_quirk(quirk, false);
        let (_, body) = bench.get(&format!("/users?{query}={a},{b}&page_size=1")).await;
        let expected = if quirk == Quirk::BracketArrays { 1 } else { 0 };
        assert_eq!(body["users"].as_array().unwrap().len(), expected, "{quirk}");
    }
}

#[tokio::test]
async fn booleans_as_text_in_a_body_are_understood_and_other_text_is_not() {
    let bench = Bench::start().await;
    let body = json!({ "name": "A", "email": "a@x.example", "enabled": "false" });
    let (status, user) = bench.post("/users", body.clone()).await;
    assert_eq!((status, &user["enabled"]), (200, &json!(false)));
    let last = bench.emulator.requests().pop().unwrap();
    assert_eq!((last.json(), last.coerced), (Some(body), vec![Quirk::StringBooleans]));
    let path = format!("/users/{}", user["id"].as_str().unwrap());
    for text in ["True", "1", ""] {
        assert_eq!(bench.put(&path, json!({ "enabled": text })).await.0, 400);
    }
    bench.emulator.set_quirk(Quirk::StringBooleans, false);
    assert_eq!(bench.put(&path, json!({ "enabled": "true" })).await.0, 400);
}

#[tokio::test]
async fn environments_made_by_the_older_client_may_be_disabled_at_once() {
    let bench = Bench::start().await;
    for (number, enabled) in [json!(false), json!("false")].into_iter().enumerate() {
        let (status, made) = bench
            .post(
                "/sub_accounts",
                json!({ "name": format!("N{number}"), "enabled": enabled }),
            )
            .await;
        assert_eq!((status, &made["enabled"]), (200, &json!(false)));
    }
    let last = bench.emulator.requests().pop().unwrap();
    assert_eq!(
        (last.coerced, last.undocumented),
        (vec![Quirk::EnabledOnCreate], vec!["body enabled".to_owned()])
    );
}

#[tokio::test]
async fn empty_bodies_are_taken_where_there_is_none_to_be_and_others_are_not() {
    let bench = Bench::start().await;
    let (_, user) = bench
        .post("/users", json!({ "name": "A", "email": "a@x.example" }))
        .await;
    let path = format!("/users/{}", user["id"].as_str().unwrap());
    assert_eq!(bench.call(Method::DELETE, &path, Some(json!({ "a": 1 }))).await.0, 400);
    assert_eq!(bench.call(Method::DELETE, &path, Some(json!({}))).await.0, 200);
    assert_eq!(bench.emulator.requests().pop().unwrap().coerced, [Quirk::EmptyBodies]);
}

#[tokio::test]
async fn bodies_that_are_missing_or_no_json_are_400() {
    let bench = Bench::start().await;
    for (body, kind, why) in [
        ("", "application/json", "required"),
        ("{", "application/json", "not JSON"),
        ("name=a", "application/x-www-form-urlencoded", "content type"),
        ("[]", "application/json", "object"),
    ] {
        let request = bench
            .request(Method::POST, "/users")
            .header("content-type", kind)
            .body(body);
        let (status, reply) = read(request.send().await.unwrap()).await;
        assert_eq!(status, 400, "{body}");
        assert!(message(&reply).contains(why), "{body}: {reply}");
    }
    let request = bench
        .request(Method::POST, "/user_groups")
        .header("content-type", "Application/JSON; charset=utf-8");
    assert_eq!(request.body(r#"{"name":"G"}"#).send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn what_the_document_does_not_know_is_ignored_and_logged() {
    let bench = Bench::start().await;
    assert_eq!(bench.get("/users?shoe=1").await.0, 200);
    assert_eq!(bench.emulator.requests().pop().unwrap().undocumented, ["query shoe"]);
    bench
        .post("/user_groups", json!({ "name": "G", "colour": "red" }))
        .await;
    assert_eq!(bench.emulator.requests().pop().unwrap().undocumented, ["body colour"]);
}

#[tokio::test]
async fn unknown_paths_and_methods_are_501_and_say_so() {
    let bench = Bench::start().await;
    let account = "/v1_1/provisioning/accounts/emulator-account";
    for (method, path, also) in [
        (Method::GET, "/", ""),
        (Method::GET, "/v1_1/provisioning/accounts", ""),
        (Method::PATCH, &format!("{account}/users/u"), "DELETE, GET, PUT"),
        (Method::HEAD, &format!("{account}/users"), ""),
        (Method::DELETE, &format!("{account}/users/"), ""),
        (Method::DELETE, &format!("{account}/users"), "GET, POST"),
        (Method::GET, &format!("{account}//users"), ""),
        (Method::GET, "/__emulator/state", ""),
    ] {
        let url = format!("{}{path}", bench.emulator.base_url());
        let response = bench.http.request(method.clone(), url).send().await.unwrap();
        assert_eq!(response.status(), 501, "{method} {path}");
        if method != Method::HEAD {
            let (_, body) = read(response).await;
            let words = message(&body);
            assert!(
                words.contains(&format!("{method} {path}")) && words.ends_with(also),
                "{words}"
            );
        }
        let last = bench.emulator.requests().pop().unwrap();
        assert_eq!((last.operation, last.status, last.authenticated), (None, 501, false));
    }
}

#[tokio::test]
async fn log_keeps_each_request_as_sent_in_order_without_credentials() {
    let bench = Bench::start().await;
    let body = r#"{ "name":"A",  "email":"a@x.example" }"#;
    let request = bench
        .request(Method::POST, "/users?x=a%20b&x=c+d&y")
        .header("x-team", "media")
        .header("cookie", "session=canary")
        .header("content-type", "application/json")
        .body(body);
    request.send().await.unwrap();
    bench.get("/users/a%2Fb%3A").await;
    let requests = bench.emulator.requests();
    assert_eq!(requests.len(), 2);
    let first = &requests[0];
    assert_eq!(first.operation.as_deref(), Some("createUser"));
    assert_eq!((first.method.as_str(), first.status), ("POST", 200));
    assert_eq!(first.at, time("2026-01-15T12:00:00Z"));
    assert_eq!(first.query.as_deref(), Some("x=a%20b&x=c+d&y"));
    let pairs = [("x", "a b"), ("x", "c d"), ("y", "")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(first.query_pairs(), pairs);
    assert_eq!(first.body, body.as_bytes());
    assert_eq!(first.json().unwrap()["email"], "a@x.example");
    assert_eq!(first.header("X-Team"), Some("media"));
    assert_eq!(first.header("authorization"), Some("Basic [redacted]"));
    assert_eq!(first.header("cookie"), Some("[redacted]"));
    assert_eq!(first.header("x-none"), None);
    assert!(
        !format!("{first:?}").contains("a@x.example"),
        "Debug leaves the body out"
    );
    assert_eq!(
        requests[1].path,
        "/v1_1/provisioning/accounts/emulator-account/users/a%2Fb%3A"
    );
    assert_eq!(
        (requests[1].status, requests[1].applied, requests[1].json()),
        (404, false, None)
    );
    assert_eq!(bench.emulator.requests_for("getUser").len(), 1);
    bench.emulator.clear_requests();
    assert_eq!(bench.emulator.requests().len(), 0);
    bench.get("/users").await;
    assert_eq!(bench.emulator.requests()[0].status, 200);
}

#[tokio::test]
async fn log_past_its_limit_forgets_the_oldest() {
    let emulator = account_provisioning_emulator::Emulator::builder()
        .log_limit(2)
        .start()
        .await
        .unwrap();
    let bench = Bench::of(emulator);
    for path in ["/users", "/user_groups", "/sub_accounts"] {
        bench.get(path).await;
    }
    let operations: Vec<_> = bench
        .emulator
        .requests()
        .into_iter()
        .map(|request| request.operation.unwrap())
        .collect();
    assert_eq!(operations, ["getUserGroups", "getProductEnvironments"]);
    assert_eq!(bench.emulator.requests()[1].status, 200);
}

#[tokio::test]
async fn every_reply_has_a_request_id_of_its_own() {
    let bench = Bench::start().await;
    let mut ids = Vec::new();
    for path in ["/users", "/users/nobody", "/users?page=x"] {
        let response = bench.request(Method::GET, path).send().await.unwrap();
        ids.push(response.headers()["x-request-id"].to_str().unwrap().to_owned());
    }
    ids.dedup();
    assert_eq!(ids.len(), 3);
}
