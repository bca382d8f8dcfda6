//! User groups: their policies, their members, and what they permit.

use account_provisioning_emulator::cloudflare::{Member, MemberStatus, User};
use reqwest::Method;
use serde_json::{Value, json};

use super::{Desk, NOW, each, failure, send, success, text};
use crate::client::time;

const GROUPS: &str = "/accounts/{account}/iam/user_groups";

/// The default account with the members `ann`, who is pending, `bob` and `cy`. Everyone has a key.
async fn desk() -> Desk {
    Desk::with(|state| {
        let account = state.accounts.get_mut("emulator-account").unwrap();
        for (name, status) in [
            ("cy", MemberStatus::Accepted),
            ("ann", MemberStatus::Pending),
            ("bob", MemberStatus::Accepted),
        ] {
            let email = format!("{name}@x.example");
            account.members.insert(Member::new(name, email.clone(), status));
            let mut user = User::new(format!("{name}-id"), email);
            user.api_key = Some(format!("{name}-key").into());
            state.users.insert(user);
        }
    })
    .await
}

async fn policy(desk: &Desk, access: &str, groups: &[&str]) -> Value {
    let whole = desk.see("/accounts/{account}/iam/resource_groups").await["result"][0]["id"].clone();
    let groups: Vec<Value> = groups.iter().map(|name| json!({ "id": desk.group(name) })).collect();
    json!({ "access": access, "permission_groups": groups, "resource_groups": [{ "id": whole }] })
}

async fn made(desk: &Desk, name: &str, policies: Value) -> Value {
    success(desk.post(GROUPS, json!({ "name": name, "policies": policies })).await)["result"].take()
}

/// The status of a call with the key of a member.
async fn as_member(desk: &Desk, name: &str, path: &str) -> u16 {
    let request = desk
        .bare(Method::GET, path)
        .header("x-auth-email", format!("{name}@x.example"))
        .header("x-auth-key", format!("{name}-key"));
    send(request, None).await.0
}

#[tokio::test]
async fn user_group_made_changed_and_deleted_keeps_what_a_change_leaves_out() {
    let desk = desk().await;
    let read = policy(&desk, "allow", &["Billing Read"]).await;
    let group = made(&desk, "Readers", json!([read])).await;
    let path = format!("{GROUPS}/{}", text(&group["id"]));
    assert_eq!(
        (&group["created_on"], &group["modified_on"]),
        (&json!(NOW), &json!(NOW))
    );
    assert_eq!(group["policies"][0]["permission_groups"][0]["name"], "Billing Read");
    assert!(group["policies"][0]["resource_groups"][0]["scope"].is_array());
    desk.emulator.set_clock(time("2026-01-16T00:00:00Z"));
    let renamed = success(desk.put(&path, json!({ "name": "Auditors" })).await)["result"].take();
    assert_eq!(
        (&renamed["name"], &renamed["policies"]),
        (&json!("Auditors"), &group["policies"])
    );
    assert_eq!(renamed["modified_on"], "2026-01-16T00:00:00Z");
    // A policy keeps its id, and a new one gets one.
    let mut kept = read.clone();
    kept["id"] = group["policies"][0]["id"].clone();
    let both = success(desk.put(&path, json!({ "policies": [read, kept] })).await)["result"].take();
    assert_eq!(both["policies"][1]["id"], kept["id"]);
    assert_ne!(both["policies"][0]["id"], kept["id"]);
    let none = success(desk.put(&path, json!({ "policies": [] })).await)["result"].take();
    assert_eq!((&none["name"], &none["policies"]), (&json!("Auditors"), &json!([])));
    assert_eq!(desk.see(&path).await["result"], none);
    success(desk.delete(&path).await);
    for gone in [
        desk.get(&path).await,
        desk.put(&path, json!({})).await,
        desk.delete(&path).await,
    ] {
        assert_eq!(failure(&gone), (404, 1003));
    }
}

#[tokio::test]
async fn user_group_with_unknown_ids_or_without_a_name_is_400() {
    let desk = desk().await;
    let with = async |name: &str, field: &str| {
        let mut policy = policy(&desk, "allow", &["Billing Read"]).await;
        policy[field] = json!([{ "id": "nothing" }]);
        json!({ "name": name, "policies": [policy] })
    };
    let group = made(&desk, "G", json!([])).await;
    let mut unknown = policy(&desk, "allow", &["Billing Read"]).await;
    unknown["id"] = json!("nothing");
    let path = format!("{GROUPS}/{}", text(&group["id"]));
    for (reply, pointer) in [
        (desk.post(GROUPS, json!({ "name": "" })).await, "/name"),
        (
            desk.post(GROUPS, with("x", "permission_groups").await).await,
            "/policies/0/permission_groups/0/id",
        ),
        (
            desk.post(GROUPS, with("x", "resource_groups").await).await,
            "/policies/0/resource_groups/0/id",
        ),
        (
            desk.put(&path, json!({ "policies": [unknown] })).await,
            "/policies/0/id",
        ),
        (
            desk.post(&format!("{path}/members"), json!([{ "id": "nobody" }])).await,
            "/0/id",
        ),
    ] {
        assert_eq!(failure(&reply), (400, 1004), "{reply:?}");
        assert_eq!(reply.1["errors"][0]["source"]["pointer"], pointer, "{reply:?}");
    }
}

#[tokio::test]
async fn user_groups_listed_are_in_order_of_their_names_and_found_by_parts_of_them() {
    let desk = desk().await;
    for name in ["beta", "Alpha", "gamma", "Delta"] {
        made(&desk, name, json!([])).await;
    }
    let list = async |query: &str| each(&desk.see(&format!("{GROUPS}{query}")).await, "name").join(" ");
    assert_eq!(list("").await, "Alpha beta Delta gamma");
    assert_eq!(list("?direction=desc").await, "gamma Delta beta Alpha");
    assert_eq!(list("?fuzzyName=TA").await, "beta Delta");
    assert_eq!(list("?name=beta").await, "beta");
    assert_eq!(list("?name=BETA").await, "");
    let id = text(&desk.see(&format!("{GROUPS}?name=gamma")).await["result"][0]["id"]);
    assert_eq!(list(&format!("?id={id}")).await, "gamma");
}

#[tokio::test]
async fn members_of_a_group_are_added_replaced_listed_and_removed() {
    let desk = desk().await;
    let group = text(&made(&desk, "G", json!([])).await["id"]);
    let path = format!("{GROUPS}/{group}/members");
    let added = success(desk.post(&path, json!([{ "id": "cy" }, { "id": "ann" }])).await)["result"].take();
    assert_eq!(
        added,
        json!([
            { "id": "cy", "email": "cy@x.example", "status": "accepted" },
            { "id": "ann", "email": "ann@x.example", "status": "pending" },
        ])
    );
    desk.emulator.set_clock(time("2026-01-16T00:00:00Z"));
    success(desk.post(&path, json!([{ "id": "bob" }, { "id": "cy" }])).await);
    let list = async |query: &str| each(&desk.see(&format!("{path}{query}")).await, "id").join(" ");
    assert_eq!(list("").await, "ann bob cy");
    assert_eq!(list("?direction=desc&fuzzyEmail=B").await, "bob");
    assert_eq!(list("?page=2&per_page=5").await, "");
    let one = desk.see(&format!("{path}/cy")).await["result"].take();
    assert_eq!(
        (&one["created_at"], &one["user"]),
        (&json!(NOW), &json!({ "email": "cy@x.example", "id": "cy-id" })),
        "the second time changes nothing"
    );
    assert_eq!(
        desk.see(&format!("{path}/bob")).await["result"]["created_at"],
        "2026-01-16T00:00:00Z"
    );
    let removed = success(desk.delete(&format!("{path}/ann")).await);
    assert_eq!(removed["result"]["email"], "ann@x.example");
    for gone in [
        desk.get(&format!("{path}/ann")).await,
        desk.delete(&format!("{path}/ann")).await,
    ] {
        assert_eq!(failure(&gone), (404, 1003));
    }
    success(desk.put(&path, json!([{ "id": "ann" }, { "id": "cy" }])).await);
    assert_eq!(list("").await, "ann cy");
    success(desk.delete("/accounts/{account}/members/cy").await);
    assert_eq!(list("").await, "ann", "who leaves the account leaves its groups");
    desk.emulator.state().validate().unwrap();
    success(desk.put(&path, json!([])).await);
    assert_eq!(list("").await, "");
}

#[tokio::test]
async fn members_may_what_their_groups_allow_until_they_leave_and_a_denial_wins() {
    let desk = desk().await;
    let (billing, members) = ("/accounts/{account}/subscriptions", "/accounts/{account}/members");
    assert_eq!(as_member(&desk, "bob", billing).await, 403);
    let read = policy(&desk, "allow", &["Billing Read"]).await;
    let group = text(&made(&desk, "Readers", json!([read])).await["id"]);
    let path = format!("{GROUPS}/{group}/members");
    success(desk.put(&path, json!([{ "id": "bob" }, { "id": "ann" }])).await);
    assert_eq!(as_member(&desk, "bob", billing).await, 200);
    assert_eq!(as_member(&desk, "bob", members).await, 403, "in another area");
    assert_eq!(as_member(&desk, "cy", billing).await, 403, "of no group");
    assert_eq!(as_member(&desk, "ann", billing).await, 403, "has not accepted");
    // A role allows it, but a group denies it.
    let roles = desk.see("/accounts/{account}/roles").await["result"].take();
    success(
        desk.put("/accounts/{account}/members/cy", json!({ "roles": [roles[0]] }))
            .await,
    );
    assert_eq!(as_member(&desk, "cy", billing).await, 200);
    let deny = policy(&desk, "deny", &["Billing Read"]).await;
    let denied = text(&made(&desk, "Kept out", json!([deny])).await["id"]);
    success(
        desk.post(
            &format!("{GROUPS}/{denied}/members"),
            json!([{ "id": "cy" }, { "id": "bob" }]),
        )
        .await,
    );
    assert_eq!(as_member(&desk, "cy", billing).await, 403);
    assert_eq!(as_member(&desk, "bob", billing).await, 403);
    success(desk.delete(&format!("{GROUPS}/{denied}")).await);
    assert_eq!(as_member(&desk, "bob", billing).await, 200);
    success(desk.delete(&format!("{path}/bob")).await);
    assert_eq!(as_member(&desk, "bob", billing).await, 403);
}
