//! Invalid and unknown requests, and the log of requests.

use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Bench, message, read, time};

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
async fn unknown_paths_are_501_and_say_so() {
    let bench = Bench::start().await;
    let account = "/v1_1/provisioning/accounts/emulator-account";
    for (method, path) in [
        (Method::GET, "/"),
        (Method::GET, "/v1_1/provisioning/accounts"),
        (Method::HEAD, "/nothing"),
        (Method::DELETE, &format!("{account}/users/")),
        (Method::GET, &format!("{account}//users")),
        (Method::GET, "/__emulator/state"),
    ] {
        let url = format!("{}{path}", bench.emulator.base_url());
        let response = bench.http.request(method.clone(), url).send().await.unwrap();
        assert_eq!(response.status(), 501, "{method} {path}");
        if method != Method::HEAD {
            let (_, body) = read(response).await;
            let words = message(&body);
            assert!(words.contains(&format!("{method} {path}")), "{words}");
        }
        let last = bench.emulator.requests().pop().unwrap();
        assert_eq!((last.operation, last.status, last.authenticated), (None, 501, false));
    }
}

#[tokio::test]
async fn methods_that_a_path_lacks_are_405_with_those_it_has_in_the_form_of_their_api() {
    let bench = Bench::start().await;
    let account = "/v1_1/provisioning/accounts/emulator-account";
    let tokens = "/client/v4/accounts/emulator-account/tokens";
    for (method, path, allow, place) in [
        (
            Method::PATCH,
            &*format!("{account}/users/u"),
            "DELETE, GET, PUT",
            "/error/message",
        ),
        (
            Method::DELETE,
            &*format!("{account}/users"),
            "GET, POST",
            "/error/message",
        ),
        (
            Method::DELETE,
            "/v2/accounts/emulator-account/permissions/roles",
            "GET, POST",
            "/error/category",
        ),
        (
            Method::POST,
            &*format!("{tokens}/verify"),
            "DELETE, GET, PUT",
            "/errors/0/message",
        ),
        (Method::OPTIONS, tokens, "GET, POST", "/errors/0/message"),
        (Method::GET, "/api/v1/auth/authenticate/", "POST", "/error_code"),
    ] {
        let url = format!("{}{path}", bench.emulator.base_url());
        let response = bench.http.request(method.clone(), url).send().await.unwrap();
        assert_eq!(response.status(), 405, "{method} {path}");
        assert_eq!(response.headers()["allow"], allow, "{method} {path}");
        assert!(response.headers().contains_key("date"));
        let (_, body) = read(response).await;
        assert!(body.pointer(place).unwrap().is_string(), "{body}");
        let last = bench.emulator.requests().pop().unwrap();
        assert_eq!((last.operation, last.status, last.authenticated), (None, 405, false));
    }
}

#[tokio::test]
async fn head_is_a_method_like_others_and_its_refusal_has_no_body() {
    let bench = Bench::start().await;
    let refused = bench.request(Method::HEAD, "/users").send().await.unwrap();
    assert_eq!(
        (refused.status().as_u16(), &refused.headers()["allow"]),
        (405, &"GET, POST".parse().unwrap())
    );
    assert!(refused.bytes().await.unwrap().is_empty());
}

#[tokio::test]
async fn page_sizes_of_every_list_have_the_limits_of_its_document() {
    use account_provisioning_spec::{cloudflare, cloudinary};
    let bench = Bench::start().await;
    let base = bench.emulator.base_url().to_owned();
    let mut checked = Vec::new();
    for (prefix, document) in [("/client/v4", cloudflare::WIRE), ("", cloudinary::WIRE)] {
        let document: Value = serde_json::from_str(document).unwrap();
        let resolve = |value: &Value| match value["$ref"].as_str() {
            Some(reference) => document.pointer(&reference[1..]).unwrap().clone(),
            None => value.clone(),
        };
        for (path, item) in document["paths"].as_object().unwrap() {
            let path = path.replace("{account_id}", "emulator-account");
            let url = format!("{base}{prefix}{}", path.replace('{', "any-").replace('}', ""));
            for parameter in item["get"]["parameters"].as_array().into_iter().flatten().map(resolve) {
                let (schema, name) = (resolve(&parameter["schema"]), parameter["name"].as_str().unwrap());
                let status = async |size: i64| {
                    // Audit logs need their dates too.
                    let query = format!("action_time=2026-01-01T00:00:00Z&since=2026-01-01&before=2026-01-02&{name}={size}");
                    let request = bench.http.get(format!("{url}?{query}"));
                    let request = match prefix {
                        "" => request.basic_auth(bench.account.api_key(), Some(bench.account.api_secret())),
                        _ => request.bearer_auth(bench.emulator.cloudflare().user_api_token()),
                    };
                    request.send().await.unwrap().status().as_u16()
                };
                for (limit, step) in [("minimum", -1), ("maximum", 1)] {
                    let Some(limit) = schema[limit].as_i64() else { continue };
                    assert_eq!(status(limit + step).await, 400, "{url} {name}");
                    assert!([200, 404].contains(&status(limit).await), "{url} {name}");
                    checked.push(name.to_owned());
                }
            }
        }
    }
    for name in ["page", "per_page", "limit"] {
        assert!(checked.iter().any(|checked| checked == name), "{name} is in no list");
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
