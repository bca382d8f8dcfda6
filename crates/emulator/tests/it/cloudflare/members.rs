use account_provisioning_emulator::cloudflare::{Member, MemberStatus, User};
use serde_json::{Value, json};

use super::{Desk, each, failure, message, success, text};

const MEMBERS: &str = "/accounts/{account}/members";

async fn role(desk: &Desk, index: usize) -> Value {
    desk.see("/accounts/{account}/roles").await["result"][index].clone()
}

#[tokio::test]
async fn member_invited_by_role_ids_is_pending_until_the_state_accepts_and_leaves_on_request() {
    let desk = Desk::start().await;
    let billing = role(&desk, 3).await;
    let body = json!({ "email": "ann@x.example", "roles": [billing["id"]] });
    let made = success(desk.post(MEMBERS, body.clone()).await);
    let id = text(&made["result"]["id"]);
    assert_eq!(
        made["result"],
        json!({
            "id": id, "email": "ann@x.example", "status": "pending", "policies": [], "roles": [billing],
            "user": { "email": "ann@x.example" },
        })
    );
    assert_eq!(failure(&desk.post(MEMBERS, body).await), (409, 1005));
    let path = format!("{MEMBERS}/{id}");
    assert_eq!(desk.see(&path).await["result"], made["result"]);
    desk.emulator
        .edit_state(|state| {
            let account = state.cloudflare.accounts.get_mut("emulator-account").unwrap();
            account.members.get_mut(&id).unwrap().status = MemberStatus::Accepted;
            let mut ann = User::new("ann-id", "ann@x.example");
            ann.first_name = Some("Ann".to_owned());
            state.cloudflare.users.insert(ann);
        })
        .unwrap();
    let accepted = desk.see(&path).await;
    assert_eq!(accepted["result"]["status"], "accepted");
    assert_eq!(
        accepted["result"]["user"],
        json!({
            "email": "ann@x.example", "id": "ann-id", "first_name": "Ann", "two_factor_authentication_enabled": false,
        })
    );
    assert_eq!(success(desk.delete(&path).await)["result"], json!({ "id": id }));
    assert_eq!(failure(&desk.get(&path).await), (404, 1003));
    assert_eq!(failure(&desk.delete(&path).await), (404, 1003));
}

#[tokio::test]
async fn member_changed_takes_role_objects_or_policies_and_has_what_came_last() {
    let desk = Desk::start().await;
    let (analytics, dns) = (role(&desk, 4).await, role(&desk, 6).await);
    let body = json!({ "email": "ann@x.example", "status": "accepted", "roles": [analytics["id"]] });
    let made = success(desk.post(MEMBERS, body).await);
    assert_eq!(made["result"]["status"], "accepted");
    let path = format!("{MEMBERS}/{}", text(&made["result"]["id"]));
    let changed = success(desk.put(&path, json!({ "roles": [dns, analytics] })).await);
    assert_eq!(changed["result"]["roles"], json!([dns, analytics]));
    let state = desk.emulator.state().cloudflare;
    let whole = &state
        .accounts
        .get("emulator-account")
        .unwrap()
        .resource_groups
        .iter()
        .next()
        .unwrap()
        .id;
    let policy = json!({
        "access": "deny",
        "permission_groups": [{ "id": desk.group("Billing Read") }],
        "resource_groups": [{ "id": whole }],
    });
    let changed = success(desk.put(&path, json!({ "policies": [policy] })).await);
    assert_eq!(changed["result"]["roles"], json!([]), "policies replace roles");
    let shown = &changed["result"]["policies"][0];
    assert_eq!(
        (&shown["access"], &shown["permission_groups"][0]["name"]),
        (&json!("deny"), &json!("Billing Read"))
    );
    assert_eq!(
        shown["resource_groups"][0]["scope"],
        json!([{ "key": "com.cloudflare.api.account.emulator-account", "objects": [{ "key": "*" }] }])
    );
    // The vendor's client sends the id alone.
    let back = success(desk.put(&path, json!({ "roles": [{ "id": dns["id"] }] })).await);
    assert_eq!(
        (&back["result"]["roles"], &back["result"]["policies"]),
        (&json!([dns]), &json!([]))
    );
}

#[tokio::test]
async fn member_with_both_or_neither_of_roles_and_policies_or_with_unknown_ids_is_400() {
    let desk = Desk::start().await;
    let role = role(&desk, 0).await;
    let policy = json!({ "access": "allow", "permission_groups": [{ "id": "x" }], "resource_groups": [{ "id": "y" }] });
    let with = |roles: Option<Value>, policies: Option<Value>| {
        let mut body = json!({ "email": "ann@x.example" });
        for (name, value) in [("roles", roles), ("policies", policies)] {
            if let Some(value) = value {
                body[name] = value;
            }
        }
        body
    };
    let ids = json!([role["id"]]);
    for (body, pointer) in [
        (with(None, None), None),
        (with(Some(ids.clone()), Some(json!([policy]))), None),
        (with(Some(json!([])), None), Some("/roles")),
        (with(Some(json!(["nobody"])), None), Some("/roles/0")),
        (with(None, Some(json!([]))), Some("/policies")),
        (
            with(None, Some(json!([policy]))),
            Some("/policies/0/permission_groups/0/id"),
        ),
        // Objects are for updates.
        (with(Some(json!([role])), None), None),
    ] {
        let reply = desk.post(MEMBERS, body).await;
        assert_eq!(failure(&reply), (400, 1004), "{reply:?}");
        assert_eq!(reply.1["errors"][0]["source"]["pointer"].as_str(), pointer, "{reply:?}");
    }
    let reply = desk.post(MEMBERS, json!({ "email": "nobody", "roles": ids })).await;
    assert!(message(&reply).contains("not an email address"));
    let path = format!("{MEMBERS}/emulator-member");
    // Ids are for creation.
    for body in [
        json!({}),
        json!({ "roles": ids }),
        json!({ "roles": [role], "policies": [policy] }),
    ] {
        assert_eq!(failure(&desk.put(&path, body).await), (400, 1004));
    }
}

#[tokio::test]
async fn members_listed_are_filtered_and_ordered() {
    let desk = Desk::with(|state| {
        for (name, first, last, status) in [
            ("cy", "Cy", "Ant", MemberStatus::Pending),
            ("bo", "Bo", "Cat", MemberStatus::Rejected),
            ("di", "Di", "Bee", MemberStatus::Accepted),
        ] {
            let email = format!("{name}@x.example");
            let mut user = User::new(name, email.clone());
            (user.first_name, user.last_name) = (Some(first.to_owned()), Some(last.to_owned()));
            state.users.insert(user);
            let account = state.accounts.get_mut("emulator-account").unwrap();
            account.members.insert(Member::new(name, email, status));
        }
    })
    .await;
    let list = async |query: &str| desk.see(&format!("{MEMBERS}?{query}")).await;
    for (query, expected) in [
        ("order=user.first_name", ["emulator-member", "bo", "cy", "di"]),
        ("order=user.last_name", ["emulator-member", "cy", "di", "bo"]),
        ("order=user.email&direction=desc", ["di", "cy", "bo", "emulator-member"]),
        ("order=status&direction=asc", ["emulator-member", "di", "cy", "bo"]),
        ("", ["emulator-member", "cy", "bo", "di"]),
    ] {
        assert_eq!(each(&list(query).await, "id"), expected, "{query}");
    }
    assert_eq!(each(&list("status=pending").await, "id"), ["cy"]);
    let rejected = list("status=rejected").await;
    assert_eq!(
        (each(&rejected, "id"), rejected["result"][0].get("status")),
        (vec!["bo"], None)
    );
    assert_eq!(failure(&desk.get(&format!("{MEMBERS}?status=asleep")).await).0, 400);
}
