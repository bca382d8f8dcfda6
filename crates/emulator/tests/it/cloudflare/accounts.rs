use account_provisioning_emulator::cloudflare::{Account, Member, MemberStatus, User};
use reqwest::Method;
use serde_json::{Value, json};

use super::{Desk, each, failure, message, send, success, text};

#[tokio::test]
async fn account_made_changed_and_deleted_is_what_the_requests_said() {
    let desk = Desk::start().await;
    let body = json!({ "name": "Client", "type": "enterprise", "unit": { "id": "emulator-unit" } });
    let made = success(send(desk.as_user(Method::POST, "/accounts"), Some(body)).await);
    let id = text(&made["result"]["id"]);
    assert_eq!(
        made["result"],
        json!({
            "id": id, "name": "Client", "type": "enterprise", "created_on": "2026-01-15T12:00:00Z",
            "settings": { "enforce_twofactor": false },
        })
    );
    let path = format!("/accounts/{id}");
    let members = success(send(desk.as_user(Method::GET, &format!("{path}/members")), None).await);
    assert_eq!(each(&members, "email"), ["admin@emulator.example"]);
    let put = async |body| send(desk.as_user(Method::PUT, &path), Some(body)).await;
    let settings = json!({ "abuse_contact_email": "abuse@client.example", "enforce_twofactor": true });
    let changed = success(put(json!({ "id": id, "name": "Renamed", "settings": settings })).await);
    assert_eq!(
        (
            &changed["result"]["name"],
            &changed["result"]["type"],
            &changed["result"]["settings"]
        ),
        (&json!("Renamed"), &json!("enterprise"), &settings)
    );
    let kept = success(put(json!({ "id": id, "name": "Renamed", "type": "standard" })).await);
    assert_eq!(
        (&kept["result"]["type"], &kept["result"]["settings"]),
        (&json!("standard"), &settings)
    );
    let gone = success(send(desk.as_user(Method::DELETE, &path), None).await);
    assert_eq!(gone["result"], json!({ "id": id }));
    assert_eq!(
        failure(&send(desk.as_user(Method::GET, &path), None).await),
        (403, 9109)
    );
}

#[tokio::test]
async fn account_with_wrong_values_is_400_that_points_at_them() {
    let desk = Desk::start().await;
    let unit = json!({ "name": "x", "unit": { "id": "nowhere" } });
    for (method, path, body, pointer) in [
        (Method::POST, "/accounts", json!({ "name": " " }), Some("/name")),
        (Method::POST, "/accounts", unit, Some("/unit/id")),
        (Method::POST, "/accounts", json!({ "name": "x", "type": "huge" }), None),
        (Method::POST, "/accounts", json!({}), None),
        (
            Method::PUT,
            "/accounts/{account}",
            json!({ "id": "other", "name": "x" }),
            Some("/id"),
        ),
    ] {
        let reply = send(desk.as_user(method, path), Some(body)).await;
        assert_eq!(failure(&reply), (400, 1004), "{reply:?}");
        assert_eq!(reply.1["errors"][0]["source"]["pointer"].as_str(), pointer, "{reply:?}");
        assert!(!message(&reply).is_empty());
    }
}

#[tokio::test]
async fn contact_for_abuse_is_any_text_and_an_empty_one_removes_it() {
    let desk = Desk::start().await;
    for (contact, shown) in [
        ("the night watch", json!("the night watch")),
        ("Abuse@x.example", json!("Abuse@x.example")),
        ("", Value::Null),
    ] {
        let body = json!({ "id": "emulator-account", "name": "x", "settings": { "abuse_contact_email": contact } });
        let changed = success(desk.put("/accounts/{account}", body).await);
        assert_eq!(changed["result"]["settings"]["abuse_contact_email"], shown);
    }
}

#[tokio::test]
async fn accounts_listed_are_those_in_reach_in_order_and_by_name() {
    let desk = Desk::with(|state| {
        for (id, name) in [("b", "Twin"), ("c", "Twin"), ("d", "Single")] {
            let mut account = Account::new(id, name);
            if id == "b" {
                account
                    .members
                    .insert(Member::new("m", "guest@x.example", MemberStatus::Accepted));
            }
            state.accounts.insert(account);
        }
        let mut guest = User::new("guest", "guest@x.example");
        guest.service_key = Some("guest-service".into());
        state.users.insert(guest);
    })
    .await;
    let list = async |query: &str| success(send(desk.as_user(Method::GET, &format!("/accounts{query}")), None).await);
    assert_eq!(each(&list("").await, "id"), ["emulator-account", "b", "c", "d"]);
    assert_eq!(each(&list("?name=Twin&direction=desc").await, "id"), ["c", "b"]);
    let request = desk
        .bare(Method::GET, "/accounts")
        .header("x-auth-user-service-key", "guest-service");
    assert_eq!(each(&success(send(request, None).await), "id"), ["b"]);
    let of_user = desk.with_token(desk.account.user_api_token(), Method::GET, "/accounts");
    assert_eq!(success(send(of_user, None).await)["result_info"]["total_count"], 4);
}
