use account_provisioning_emulator::{Emulator, State};
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Bench, message, read};

struct Control(Bench);

impl Control {
    async fn start() -> Self {
        Self(Bench::of(
            Emulator::builder().seed(5).control(true).start().await.unwrap(),
        ))
    }

    async fn call(&self, method: Method, path: &str, body: Option<Value>) -> (u16, Value) {
        let mut request = self
            .0
            .http
            .request(method, format!("{}/__emulator{path}", self.0.emulator.base_url()));
        if let Some(body) = body {
            request = request.json(&body);
        }
        read(request.send().await.unwrap()).await
    }

    async fn ok(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        let (status, body) = self.call(method, path, body).await;
        assert_eq!(status, 200, "{path}: {body}");
        body
    }
}

#[tokio::test]
async fn control_lists_every_operation_it_emulates() {
    let control = Control::start().await;
    let about = control.ok(Method::GET, "/", None).await;
    let operations = about["operations"].as_array().unwrap();
    for (api, document) in [
        ("Cloudinary", account_provisioning_spec::cloudinary::WIRE),
        ("Cloudflare", account_provisioning_spec::cloudflare::WIRE),
        ("Cloudspot License", account_provisioning_spec::cloudspot::WIRE),
    ] {
        let listed = operations.iter().filter(|one| one["api"] == api).count();
        assert_eq!(listed, document.matches("\"operationId\":").count(), "{api}");
    }
    assert!(
        operations
            .iter()
            .any(|one| one["operation"] == "getUsers" && one["method"] == "GET")
    );
    assert_eq!(control.ok(Method::GET, "", None).await, about);
}

#[tokio::test]
async fn state_is_read_replaced_and_reset() {
    let control = Control::start().await;
    let mut state = control.ok(Method::GET, "/state", None).await;
    assert_eq!(State::from_json(&state.to_string()).unwrap(), State::default());
    state["cloudinary"]["accounts"][0]["users"] = json!([{ "id": "u", "name": "U", "email": "u@x.example" }]);
    control.ok(Method::PUT, "/state", Some(state)).await;
    assert_eq!(control.0.get("/users/u").await.0, 200);
    let (_, first) = control.0.post("/user_groups", json!({ "name": "G" })).await;
    control.ok(Method::POST, "/reset", None).await;
    assert_eq!(control.0.emulator.state(), State::default());
    assert_eq!(control.0.emulator.requests().len(), 0);
    let (_, again) = control.0.post("/user_groups", json!({ "name": "G" })).await;
    assert_eq!(again["id"], first["id"], "ids begin again");
}

#[tokio::test]
async fn state_that_is_wrong_is_400_with_its_path_and_changes_nothing() {
    let control = Control::start().await;
    let state = json!({ "cloudinary": { "accounts": [{ "account_id": "a", "users": [{ "id": 1 }] }] } });
    let (status, body) = control.call(Method::PUT, "/state", Some(state)).await;
    assert_eq!(status, 400);
    assert!(
        message(&body).starts_with("cloudinary.accounts[0].users[0].id: "),
        "{body}"
    );
    assert_eq!(control.0.emulator.state(), State::default());
}

#[tokio::test]
async fn requests_are_listed_by_operation_and_cleared_and_control_is_none_of_them() {
    let control = Control::start().await;
    control.0.get("/users").await;
    control.0.post("/user_groups", json!({ "name": "G" })).await;
    let all = control.ok(Method::GET, "/requests", None).await;
    assert_eq!(all["requests"].as_array().unwrap().len(), 2);
    let some = control
        .ok(Method::GET, "/requests?operation=createUserGroup", None)
        .await;
    assert_eq!(some["requests"][0]["body"], r#"{"name":"G"}"#);
    assert_eq!(some["requests"].as_array().unwrap().len(), 1);
    assert!(!all.to_string().contains("ZW11bGF0b3I"), "no credentials");
    control.ok(Method::DELETE, "/requests", None).await;
    assert_eq!(
        control.ok(Method::GET, "/requests", None).await,
        json!({ "requests": [] })
    );
}

#[tokio::test]
async fn faults_are_injected_listed_and_cleared() {
    let control = Control::start().await;
    let fault = json!({
        "kind": "status", "status": 503, "headers": { "retry-after": "1" }, "body": "{}", "on": "getUsers", "nth": 1, "times": 2
    });
    assert_eq!(
        control.ok(Method::POST, "/faults", Some(fault.clone())).await,
        json!({ "id": 1 })
    );
    assert_eq!(control.0.get("/users").await, (503, json!({})));
    let listed = control.ok(Method::GET, "/faults", None).await;
    assert_eq!(listed, json!({ "faults": [{ "id": 1, "struck": 1, "fault": fault }] }));
    control.ok(Method::DELETE, "/faults", None).await;
    assert_eq!(control.0.get("/users").await.0, 200);
}

#[tokio::test]
async fn faults_of_every_kind_are_taken_and_shown_as_they_were_sent() {
    let control = Control::start().await;
    let faults = [
        json!({ "kind": "status", "status": 500, "after": true, "probability": 0.5 }),
        json!({ "kind": "latency", "milliseconds": 5, "from_nth": 2 }),
        json!({ "kind": "slow_body", "milliseconds": 5 }),
        json!({ "kind": "reset_before" }),
        json!({ "kind": "reset_after" }),
        json!({ "kind": "reset_in_body" }),
        json!({ "kind": "truncated" }),
        json!({ "kind": "malformed" }),
        json!({ "kind": "stale_connection" }),
        json!({ "kind": "ignored_page" }),
        json!({ "kind": "repeated_page" }),
        json!({ "kind": "repeated_cursor" }),
        json!({ "kind": "cursor_cycle" }),
        json!({ "kind": "empty_page" }),
    ];
    for fault in &faults {
        control.ok(Method::POST, "/faults", Some(fault.clone())).await;
    }
    let listed = control.ok(Method::GET, "/faults", None).await;
    let shown: Vec<&Value> = listed["faults"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| &entry["fault"])
        .collect();
    assert_eq!(shown, faults.iter().collect::<Vec<_>>());
}

#[tokio::test]
async fn faults_that_make_no_sense_are_400_and_say_why() {
    let control = Control::start().await;
    for (fault, why) in [
        (json!({ "kind": "status" }), "status"),
        (json!({ "kind": "latency" }), "milliseconds"),
        (json!({ "kind": "flood" }), "flood"),
        (json!({ "kind": "truncated", "status": 500 }), "truncated"),
        (json!({ "kind": "truncated", "on": "creatUser" }), "creatUser"),
        (json!({ "kind": "truncated", "nth": 1, "from_nth": 2 }), "not both"),
        (json!({ "kind": "truncated", "nht": 1 }), "nht"),
        (json!({ "kind": "truncated", "nth": 0 }), "nth"),
        (json!({ "kind": "truncated", "from_nth": 0 }), "from_nth"),
        (json!({ "kind": "truncated", "times": 0 }), "times"),
        (json!({ "kind": "truncated", "probability": 2 }), "probability"),
        (json!({ "kind": "truncated", "probability": -0.1 }), "probability"),
        (json!({ "kind": "status", "status": 1000 }), "status"),
        (json!({ "kind": "status", "status": 101 }), "status"),
        (
            json!({ "kind": "status", "status": 503, "headers": { "no header": "x" } }),
            "no header",
        ),
        (
            json!({ "kind": "status", "status": 503, "headers": { "x": "a\nb" } }),
            "headers",
        ),
    ] {
        let (status, body) = control.call(Method::POST, "/faults", Some(fault.clone())).await;
        assert_eq!(status, 400, "{fault}");
        assert!(message(&body).contains(why), "{fault}: {body}");
    }
    assert_eq!(control.ok(Method::GET, "/faults", None).await, json!({ "faults": [] }));
}

#[tokio::test]
async fn clock_is_set_and_advanced() {
    let control = Control::start().await;
    let now = json!({ "now": "2030-01-01T00:00:00Z" });
    assert_eq!(control.ok(Method::PUT, "/clock", Some(now.clone())).await, now);
    let later = control
        .ok(Method::POST, "/clock/advance", Some(json!({ "seconds": 90.5 })))
        .await;
    assert_eq!(later, json!({ "now": "2030-01-01T00:01:30.500Z" }));
    assert_eq!(control.ok(Method::GET, "/clock", None).await, later);
    let (_, group) = control
        .0
        .post("/user_groups", json!({ "name": "G", "extended_details": true }))
        .await;
    assert_eq!(group["created_at"], "2030-01-01T00:01:30Z");
    assert_eq!(
        control
            .call(Method::POST, "/clock/advance", Some(json!({ "seconds": -1 })))
            .await
            .0,
        400
    );
    assert_eq!(
        control
            .call(Method::PUT, "/clock", Some(json!({ "now": "soon" })))
            .await
            .0,
        400
    );
}

#[tokio::test]
async fn quirks_are_listed_with_their_sources_and_switched() {
    let control = Control::start().await;
    let wanted = json!({ "add_member_is_idempotent": true, "comma_arrays": false });
    let quirks = control.ok(Method::PUT, "/quirks", Some(wanted)).await;
    assert_eq!(quirks, control.ok(Method::GET, "/quirks", None).await);
    let find = |name: &str| {
        quirks["quirks"]
            .as_array()
            .unwrap()
            .iter()
            .find(|quirk| quirk["quirk"] == name)
            .unwrap()
    };
    assert_eq!(
        (&find("add_member_is_idempotent")["on"], &find("comma_arrays")["on"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(find("comma_arrays")["default"], true);
    assert!(find("comma_arrays")["source"].as_str().unwrap().contains("1.46.3"));
    let (status, body) = control
        .call(Method::PUT, "/quirks", Some(json!({ "no_such": true })))
        .await;
    assert_eq!(status, 400);
    assert!(message(&body).contains("no_such"), "{body}");
}

#[tokio::test]
async fn rate_limit_is_set_and_lifted() {
    let control = Control::start().await;
    let rate = json!({ "limit": 0, "seconds": 60, "status": 429 });
    control.ok(Method::PUT, "/rate_limit", Some(rate)).await;
    assert_eq!(control.0.get("/users").await.0, 429);
    control.ok(Method::DELETE, "/rate_limit", None).await;
    assert_eq!(control.0.get("/users").await.0, 200);
}

#[tokio::test]
async fn rate_limit_that_is_impossible_is_400_and_changes_nothing() {
    let control = Control::start().await;
    for (rate, why) in [
        (json!({ "limit": 0, "seconds": 0 }), "seconds"),
        (json!({ "limit": 0, "seconds": -1 }), "seconds"),
        (json!({ "limit": 0, "seconds": 60, "status": 1000 }), "status"),
        (json!({ "limit": 0, "seconds": 60, "status": 204 }), "status"),
    ] {
        let (status, body) = control.call(Method::PUT, "/rate_limit", Some(rate.clone())).await;
        assert_eq!(status, 400, "{rate}");
        assert!(message(&body).contains(why), "{rate}: {body}");
    }
    assert_eq!(control.0.get("/users").await.0, 200);
}

#[tokio::test]
async fn control_path_that_does_not_exist_is_501_and_a_method_405() {
    let control = Control::start().await;
    assert_eq!(control.call(Method::GET, "/nothing", None).await.0, 501);
    assert_eq!(control.call(Method::DELETE, "/state", None).await.0, 405);
    let url = format!("{}/__emulator/state", control.0.emulator.base_url());
    let refused = control.0.http.delete(url).send().await.unwrap();
    assert_eq!(refused.headers()["allow"], "GET, PUT");
}
