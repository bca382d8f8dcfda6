//! Undocumented request forms of Cloudinary's clients.

use account_provisioning_emulator::Quirk;
use reqwest::Method;
use serde_json::json;

use crate::client::{Bench, each};

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
        // The client must not encode the brackets.
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
