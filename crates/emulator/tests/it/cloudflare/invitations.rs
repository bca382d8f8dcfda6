//! Memberships and invites of the user: an invitation is accepted or rejected by whom it was sent to.

use std::time::Duration;

use account_provisioning_emulator::cloudflare::{Account, AccountType, Member, MemberStatus, User};
use reqwest::Method;
use serde_json::{Value, json};

use super::{Desk, NOW, each, failure, message, send, success, text};
use crate::client::Reply;

/// The default state, and Ann with a key. The account `other` is of the type `enterprise`.
async fn desk() -> Desk {
    Desk::with(|state| {
        let mut other = Account::new("other", "Other");
        other.kind = AccountType::Enterprise;
        state.accounts.insert(other);
        let mut ann = User::new("ann-id", "Ann@x.example");
        ann.api_key = Some("ann-key".into());
        state.users.insert(ann);
    })
    .await
}

async fn as_ann(desk: &Desk, method: Method, path: &str, body: Option<Value>) -> Reply {
    let request = desk
        .bare(method, path)
        .header("x-auth-email", "ann@x.example")
        .header("x-auth-key", "ann-key");
    send(request, body).await
}

/// The administrator invites Ann to an account with the role `Billing`, and returns the id of the member.
async fn invite(desk: &Desk, account: &str) -> String {
    let roles = desk.see("/accounts/{account}/roles").await["result"].take();
    let body = json!({ "email": "ann@X.example", "roles": [roles[3]["id"]] });
    let request = desk.as_user(Method::POST, &format!("/accounts/{account}/members"));
    text(&success(send(request, Some(body)).await)["result"]["id"])
}

#[tokio::test]
async fn invite_of_a_new_member_is_accepted_and_becomes_a_membership() {
    let desk = desk().await;
    let member = invite(&desk, "emulator-account").await;
    let subscriptions = "/accounts/{account}/subscriptions";
    assert_eq!(as_ann(&desk, Method::GET, subscriptions, None).await.0, 403);
    let invites = success(as_ann(&desk, Method::GET, "/user/invites", None).await)["result"].take();
    let invite = text(&invites[0]["id"]);
    assert_ne!(invite, member);
    assert_eq!(
        invites,
        json!([{
            "id": invite, "organization_id": "emulator-account", "organization_name": "Emulator",
            "organization_is_enforcing_twofactor": false, "invited_by": "admin@emulator.example",
            "invited_member_email": "ann@X.example", "invited_member_id": "ann-id", "invited_on": NOW,
            "expires_on": "2026-01-22T12:00:00Z", "roles": ["Billing"], "status": "pending",
        }])
    );
    let path = format!("/user/invites/{invite}");
    let answer = |status: &str| Some(json!({ "status": status }));
    let accepted = success(as_ann(&desk, Method::PATCH, &path, answer("accepted")).await);
    assert_eq!(accepted["result"]["status"], "accepted");
    assert_eq!(as_ann(&desk, Method::GET, subscriptions, None).await.0, 200);
    let shown = desk.see(&format!("/accounts/{{account}}/members/{member}")).await;
    assert_eq!(shown["result"]["status"], "accepted");
    // The same answer again changes nothing, another one is refused.
    success(as_ann(&desk, Method::PATCH, &path, answer("accepted")).await);
    let other = as_ann(&desk, Method::PATCH, &path, answer("rejected")).await;
    assert_eq!(failure(&other), (409, 1005));
    assert_eq!(success(as_ann(&desk, Method::GET, &path, None).await), accepted);
    let membership = success(as_ann(&desk, Method::GET, &format!("/memberships/{member}"), None).await);
    assert_eq!(
        membership["result"],
        json!({
            "id": member, "status": "accepted", "roles": ["Billing"], "policies": [],
            "permissions": { "billing": { "read": true, "write": true } },
            "account": desk.see("/accounts/{account}").await["result"],
        })
    );
}

#[tokio::test]
async fn membership_is_rejected_listed_and_deleted_by_its_user_alone() {
    let desk = desk().await;
    let first = invite(&desk, "emulator-account").await;
    let second = invite(&desk, "other").await;
    let list = async |query: &str| {
        let reply = as_ann(&desk, Method::GET, &format!("/memberships{query}"), None).await;
        success(reply)["result"].take()
    };
    let names = |list: &Value| {
        let names = list.as_array().unwrap().iter().map(|one| text(&one["account"]["name"]));
        names.collect::<Vec<_>>().join(" ")
    };
    let path = format!("/memberships/{second}");
    let answer = |status: &str| Some(json!({ "status": status }));
    let rejected = success(as_ann(&desk, Method::PUT, &path, answer("rejected")).await);
    assert_eq!(rejected["result"]["status"], "rejected");
    assert_eq!(rejected["result"]["api_access_enabled"], true, "an enterprise account");
    assert_eq!(
        failure(&as_ann(&desk, Method::PUT, &path, answer("accepted")).await),
        (409, 1005)
    );
    assert_eq!(as_ann(&desk, Method::PUT, &path, answer("pending")).await.0, 400);
    assert_eq!(names(&list("").await), "Emulator Other");
    assert_eq!(
        names(&list("?order=account.name&direction=desc").await),
        "Other Emulator"
    );
    assert_eq!(names(&list("?status=rejected").await), "Other");
    assert_eq!(names(&list("?status=accepted").await), "");
    assert_eq!(names(&list("?account.name=Emulator").await), "Emulator");
    assert_eq!(names(&list("?name=Emulator&account.name=Other").await), "");
    assert_eq!(list("").await[0].get("policies"), None, "only where one is fetched");
    assert_eq!(names(&list("?page=2&per_page=5").await), "");
    let by_id = list("?order=id").await;
    assert!(text(&by_id[0]["id"]) < text(&by_id[1]["id"]));
    // Nobody else sees it.
    let own = format!("/memberships/{first}");
    assert_eq!(failure(&send(desk.as_user(Method::GET, &own), None).await), (404, 1003));
    assert_eq!(
        success(as_ann(&desk, Method::DELETE, &own, None).await)["result"],
        json!({ "id": first })
    );
    assert_eq!(failure(&as_ann(&desk, Method::GET, &own, None).await), (404, 1003));
    let members = desk.see("/accounts/{account}/members").await;
    assert_eq!(each(&members, "id"), ["emulator-member"]);
    desk.emulator.state().validate().unwrap();
}

#[tokio::test]
async fn invitation_past_its_time_can_no_longer_be_answered() {
    let desk = desk().await;
    let member = invite(&desk, "emulator-account").await;
    desk.emulator.advance(Duration::from_secs(7 * 24 * 3600));
    let invites = success(as_ann(&desk, Method::GET, "/user/invites", None).await)["result"].take();
    assert_eq!(invites[0]["status"], "expired");
    let body = Some(json!({ "status": "accepted" }));
    for (method, path) in [
        (Method::PATCH, format!("/user/invites/{}", text(&invites[0]["id"]))),
        (Method::PUT, format!("/memberships/{member}")),
    ] {
        let refused = as_ann(&desk, method, &path, body.clone()).await;
        assert_eq!(failure(&refused), (409, 1005));
        assert!(message(&refused).contains("expired"), "{refused:?}");
    }
}

#[tokio::test]
async fn member_who_was_added_without_an_invitation_has_a_membership_and_no_invite() {
    let desk = desk().await;
    let added = Member::new("m", "ann@x.example", MemberStatus::Accepted);
    desk.emulator
        .edit_state(|state| {
            let account = state.cloudflare.accounts.get_mut("other").unwrap();
            account.members.insert(added);
        })
        .unwrap();
    let invites = success(as_ann(&desk, Method::GET, "/user/invites", None).await);
    assert_eq!(invites["result"], json!([]));
    assert_eq!(
        failure(&as_ann(&desk, Method::GET, "/user/invites/m", None).await),
        (404, 1003)
    );
    success(as_ann(&desk, Method::GET, "/memberships/m", None).await);
}

#[tokio::test]
async fn answers_and_departures_are_in_the_audit_log_of_the_account() {
    let desk = desk().await;
    let member = invite(&desk, "emulator-account").await;
    let invites = success(as_ann(&desk, Method::GET, "/user/invites", None).await)["result"].take();
    let body = Some(json!({ "status": "accepted" }));
    as_ann(
        &desk,
        Method::PATCH,
        &format!("/user/invites/{}", text(&invites[0]["id"])),
        body,
    )
    .await;
    as_ann(&desk, Method::DELETE, &format!("/memberships/{member}"), None).await;
    let log = "/accounts/{account}/logs/audit?since=2026-01-15&before=2026-01-16&direction=asc";
    let log = desk.see(&format!("{log}&product_category=memberships")).await["result"].take();
    for (index, words) in ["Answer Invite", "Delete Membership"].into_iter().enumerate() {
        assert_eq!(
            (
                &log[index]["action"]["description"],
                &log[index]["resource"]["id"],
                &log[index]["actor"]["id"]
            ),
            (&json!(words), &json!(member), &json!("ann-id"))
        );
    }
    assert_eq!(log.as_array().unwrap().len(), 2);
}
