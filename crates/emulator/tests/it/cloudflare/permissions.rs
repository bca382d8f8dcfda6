//! The permissions of tokens, members and administrators of the tenant.

use account_provisioning_emulator::cloudflare::{Account, Effect, Member, MemberPolicy, MemberStatus, User};
use reqwest::Method;
use serde_json::json;

use super::{Desk, failure, group, message, send, success, token};

const HERE: &str = "com.cloudflare.api.account.emulator-account";

#[tokio::test]
async fn token_that_may_read_alone_is_403_for_changes_and_for_other_areas() {
    let desk = Desk::start().await;
    let (_, value) = desk.token(&["Account Settings Read"]).await;
    success(
        send(
            desk.with_token(&value, Method::GET, "/accounts/{account}/members"),
            None,
        )
        .await,
    );
    success(
        send(
            desk.with_token(
                &value,
                Method::GET,
                "/accounts/{account}/logs/audit?since=2026-01-01&before=2026-02-01",
            ),
            None,
        )
        .await,
    );
    for (method, path) in [
        (Method::DELETE, "/accounts/{account}/members/emulator-member"),
        (Method::GET, "/accounts/{account}/subscriptions"),
        (Method::GET, "/accounts/{account}/tokens"),
        (Method::GET, "/accounts/{account}/tokens/permission_groups"),
        (Method::DELETE, "/accounts/{account}"),
    ] {
        let reply = send(desk.with_token(&value, method.clone(), path), None).await;
        assert_eq!(failure(&reply), (403, 10000), "{method} {path}");
    }
    success(
        send(
            desk.with_token(&value, Method::GET, "/accounts/{account}/tokens/verify"),
            None,
        )
        .await,
    );
}

#[tokio::test]
async fn token_that_may_write_may_read_and_a_denial_wins() {
    let desk = Desk::with(|state| {
        let writes = token(state, "writes", &["Billing Write"], HERE);
        let mut denied = token(state, "denied", &["Billing Write"], HERE);
        let mut policy = denied.policies[0].clone();
        policy.effect = Effect::Deny;
        policy.permission_groups = [group(state, "Billing Read")].into_iter().collect();
        denied.policies.push(policy);
        let elsewhere = token(
            state,
            "elsewhere",
            &["Billing Write"],
            "com.cloudflare.api.account.other",
        );
        let mut inside = token(state, "inside", &["Billing Write"], HERE);
        inside.policies[0].resources = json!({ HERE: { "com.cloudflare.api.account.zone.*": "*" } })
            .as_object()
            .unwrap()
            .clone();
        let account = state.accounts.get_mut("emulator-account").unwrap();
        account.tokens.extend([writes, denied, elsewhere, inside]);
    })
    .await;
    for (value, expected) in [
        ("writes-value", 200),
        ("denied-value", 403),
        ("elsewhere-value", 403),
        ("inside-value", 403),
    ] {
        let request = desk.with_token(value, Method::GET, "/accounts/{account}/subscriptions");
        assert_eq!(send(request, None).await.0, expected, "{value}");
    }
}

#[tokio::test]
async fn group_of_the_same_name_at_another_scope_allows_nothing_in_the_account() {
    let desk = Desk::start().await;
    let zone = desk.group_of("Logs Write", "com.cloudflare.api.account.zone");
    assert_ne!(zone, desk.group("Logs Write"));
    let mut policy = desk.policy(&["Logs Write"]);
    policy["permission_groups"] = json!([{ "id": zone }]);
    let body = json!({ "name": "zones", "policies": [policy] });
    let made = success(desk.post("/accounts/{account}/tokens", body).await);
    let value = made["result"]["value"].as_str().unwrap();
    let reply = send(desk.with_token(value, Method::GET, "/accounts/{account}"), None).await;
    assert_eq!(failure(&reply), (403, 10000));
}

#[tokio::test]
async fn members_may_what_their_roles_and_policies_say_and_their_tokens_no_more() {
    let desk = Desk::with(|state| {
        let groups = [group(state, "Account Settings Read")];
        let user_token = token(state, "reader", &["Account Settings Write", "Billing Read"], HERE);
        let account = state.accounts.get_mut("emulator-account").unwrap();
        let whole = account.resource_groups.iter().next().unwrap().id.clone();
        let mut by_role = Member::new("by-role", "role@x.example", MemberStatus::Accepted);
        let billing = account.roles.iter().find(|role| role.name == "Billing").unwrap();
        by_role.roles.insert(billing.id.clone());
        let mut by_policy = Member::new("by-policy", "policy@x.example", MemberStatus::Accepted);
        by_policy
            .policies
            .insert(MemberPolicy::new("p", Effect::Allow, groups, [whole]));
        let pending = Member::new("pending", "pending@x.example", MemberStatus::Pending);
        account.members.extend([by_role, by_policy, pending]);
        for name in ["role", "policy", "pending"] {
            let mut user = User::new(name, format!("{name}@x.example"));
            user.api_key = Some(format!("{name}-key").into());
            state.users.insert(user);
        }
        state
            .users
            .get_mut("policy@x.example")
            .unwrap()
            .tokens
            .insert(user_token);
    })
    .await;
    let by_key = |name: &str, method: Method, path: &str| {
        desk.bare(method, path)
            .header("x-auth-email", format!("{name}@x.example"))
            .header("x-auth-key", format!("{name}-key"))
    };
    for (name, path, expected) in [
        ("role", "/accounts/{account}/subscriptions", 200),
        ("role", "/accounts/{account}/members", 403),
        ("policy", "/accounts/{account}/members", 200),
        ("policy", "/accounts/{account}/subscriptions", 403),
        ("pending", "/accounts/{account}", 403),
    ] {
        let reply = send(by_key(name, Method::GET, path), None).await;
        assert_eq!(reply.0, expected, "{name} {path}");
    }
    // Allowed by the token, but not by the membership.
    let settings = json!({ "id": "emulator-account", "name": "x" });
    let request = desk.with_token("reader-value", Method::PUT, "/accounts/{account}");
    assert_eq!(failure(&send(request, Some(settings)).await), (403, 10000));
    let request = desk.with_token("reader-value", Method::GET, "/accounts/{account}");
    success(send(request, None).await);
}

#[tokio::test]
async fn accounts_are_made_and_deleted_by_administrators_of_the_tenant_alone() {
    let desk = Desk::with(|state| {
        state.accounts.insert(Account::new("other", "Other"));
        let read_only = token(
            state,
            "read-only",
            &["Account Settings Read"],
            "com.cloudflare.api.account.*",
        );
        state
            .users
            .get_mut("admin@emulator.example")
            .unwrap()
            .tokens
            .insert(read_only);
    })
    .await;
    let body = || Some(json!({ "name": "New" }));
    let tokens = [desk.account.api_token(), "read-only-value"];
    for value in tokens {
        let reply = send(desk.with_token(value, Method::POST, "/accounts"), body()).await;
        assert_eq!(failure(&reply), (403, 10000));
        assert!(message(&reply).contains("administrators of a tenant"));
    }
    success(
        send(
            desk.with_token(desk.account.user_api_token(), Method::POST, "/accounts"),
            body(),
        )
        .await,
    );
    success(send(desk.as_user(Method::POST, "/accounts"), body()).await);
    success(send(desk.as_user(Method::DELETE, "/accounts/other"), None).await);
    desk.emulator
        .edit_state(|state| {
            let user = state.cloudflare.users.get_mut("admin@emulator.example").unwrap();
            user.tenant_admin = false;
        })
        .unwrap();
    for (method, path) in [(Method::POST, "/accounts"), (Method::DELETE, "/accounts/{account}")] {
        let body = if method == Method::POST { body() } else { None };
        let reply = send(desk.as_user(method, path), body).await;
        assert_eq!(failure(&reply), (403, 10000));
    }
}
