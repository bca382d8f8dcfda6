//! Email addresses that differ in case belong to the same user.

use account_provisioning_emulator::cloudflare::{Member, MemberStatus, Role, User};
use reqwest::Method;
use serde_json::json;

use super::{Desk, each, failure, send, success};

/// Zoe's address as a member, and as a user.
const MEMBER: &str = "zoe@client.example";
const USER: &str = "ZOE@Client.example";

async fn desk() -> Desk {
    Desk::with(|state| {
        let account = state.accounts.get_mut("emulator-account").unwrap();
        let mut zoe = Member::new("zoe", MEMBER, MemberStatus::Accepted);
        zoe.roles
            .extend(account.roles.iter().map(|role: &Role| role.id.clone()));
        account.members.insert(zoe);
        let mut user = User::new("zoe-id", USER);
        user.api_key = Some("zoe-key".into());
        state.users.insert(user);
    })
    .await
}

#[tokio::test]
async fn member_and_user_with_addresses_in_different_case_are_one() {
    let desk = desk().await;
    let zoe = desk.see("/accounts/{account}/members/zoe").await;
    assert_eq!(zoe["result"]["user"]["id"], "zoe-id");
    let listed = desk.see("/accounts/{account}/members").await;
    assert_eq!(listed["result"][1], zoe["result"]);
    let again = json!({ "email": "Zoe@CLIENT.example", "roles": [zoe["result"]["roles"][0]["id"]] });
    assert_eq!(
        failure(&desk.post("/accounts/{account}/members", again).await),
        (409, 1005)
    );
}

#[tokio::test]
async fn key_is_accepted_with_the_address_in_any_case() {
    let desk = desk().await;
    let request = desk
        .bare(Method::GET, "/accounts/{account}/members")
        .header("x-auth-email", "Admin@Emulator.EXAMPLE")
        .header("x-auth-key", desk.account.api_key());
    success(send(request, None).await);
}

#[tokio::test]
async fn members_sorted_by_address_and_entries_left_out_by_it_ignore_case() {
    let desk = desk().await;
    let roles = desk.see("/accounts/{account}/roles").await["result"][0].clone();
    for email in ["b@x.example", "C@x.example", "a@x.example"] {
        let body = json!({ "email": email, "roles": [roles["id"]] });
        success(send(desk.as_user(Method::POST, "/accounts/{account}/members"), Some(body)).await);
    }
    let sorted = desk.see("/accounts/{account}/members?order=user.email").await;
    assert_eq!(
        each(&sorted, "email"),
        [
            "a@x.example",
            "admin@emulator.example",
            "b@x.example",
            "C@x.example",
            MEMBER
        ]
    );
    let log = "/accounts/{account}/logs/audit?since=2026-01-15&before=2026-01-16";
    assert_eq!(each(&desk.see(log).await, "id").len(), 3);
    let others = desk
        .see(&format!("{log}&actor_email.not=ADMIN%40Emulator.example"))
        .await;
    assert_eq!(others["result"], json!([]));
}
