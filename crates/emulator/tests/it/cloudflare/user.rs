//! The user that the credentials belong to.

use account_provisioning_emulator::cloudflare::{Account, Member, MemberStatus, PermissionGroup, TokenPolicy};
use reqwest::Method;
use serde_json::{Value, json};

use super::{Desk, failure, message, send, success};

#[tokio::test]
async fn user_is_shown_with_the_accounts_and_changed_in_part() {
    let desk = Desk::with(|state| {
        let mut strict = Account::new("strict", "Strict");
        strict.settings.enforce_twofactor = true;
        for (id, status) in [("strict", MemberStatus::Pending), ("gone", MemberStatus::Rejected)] {
            let mut account = Account::new(id, id);
            account.settings.enforce_twofactor = true;
            account
                .members
                .insert(Member::new("m-".to_owned() + id, "ADMIN@emulator.example", status));
            state.accounts.insert(account);
        }
    })
    .await;
    let get = async || success(send(desk.as_user(Method::GET, "/user"), None).await)["result"].take();
    let user = get().await;
    let organizations = &user["organizations"];
    assert_eq!(
        (
            &organizations[0]["id"],
            &organizations[0]["status"],
            &organizations[0]["roles"]
        ),
        (
            &json!("emulator-account"),
            &json!("member"),
            &json!(["Super Administrator - All Privileges"])
        )
    );
    assert!(
        organizations[0]["permissions"]
            .as_array()
            .unwrap()
            .contains(&json!("#billing:edit"))
    );
    assert_eq!(
        organizations[1],
        json!({ "id": "strict", "name": "strict", "status": "invited", "roles": [], "permissions": [] })
    );
    assert_eq!(organizations.as_array().unwrap().len(), 2);
    assert_eq!(
        (&user["id"], &user["email"], &user["first_name"], &user["country"]),
        (
            &json!("emulator-user"),
            &json!("admin@emulator.example"),
            &json!("Ada"),
            &Value::Null
        )
    );
    assert_eq!(
        (&user["two_factor_authentication_locked"], &user["suspended"]),
        (&json!(false), &json!(false))
    );
    let body = json!({ "country": "BE", "zipcode": "9000", "telephone": "+32", "last_name": null });
    let changed = success(send(desk.as_user(Method::PATCH, "/user"), Some(body)).await)["result"].take();
    assert_eq!(
        (&changed["country"], &changed["zipcode"], &changed["telephone"]),
        (&json!("BE"), &json!("9000"), &json!("+32"))
    );
    assert_eq!(
        (&changed["first_name"], &changed["last_name"]),
        (&json!("Ada"), &Value::Null)
    );
    assert_eq!(get().await, changed);
    desk.emulator
        .edit_state(|state| {
            let account = state.cloudflare.accounts.get_mut("emulator-account").unwrap();
            account.settings.enforce_twofactor = true;
        })
        .unwrap();
    assert_eq!(get().await["two_factor_authentication_locked"], true);
}

#[tokio::test]
async fn credentials_of_no_user_are_403_wherever_the_user_is_meant() {
    let desk = Desk::start().await;
    for path in [
        "/user",
        "/user/invites",
        "/user/tokens",
        "/memberships",
        "/memberships/emulator-member",
    ] {
        assert_eq!(failure(&desk.get(path).await), (403, 9109), "{path}");
        success(send(desk.as_user(Method::GET, path), None).await);
        let service_key = desk
            .bare(Method::GET, path)
            .header("x-auth-user-service-key", desk.account.user_service_key());
        success(send(service_key, None).await);
        let token = desk.with_token(desk.account.user_api_token(), Method::GET, path);
        success(send(token, None).await);
    }
}

#[tokio::test]
async fn token_of_the_user_needs_the_permission_on_the_user() {
    let desk = Desk::with(|state| {
        let users = PermissionGroup::USER;
        let group = |name: &str| state.permission_group(name, users).unwrap().id.clone();
        let groups = [group("User Details Read"), group("Memberships Write")];
        let policy = |resource: &str| {
            let mut policy = TokenPolicy::allow("p", groups.clone());
            policy.resources.insert(format!("{users}.{resource}"), json!("*"));
            policy
        };
        let (own, others) = (policy("emulator-user"), policy("somebody"));
        let user = state.users.get_mut("admin@emulator.example").unwrap();
        for (id, policy) in [("own", own), ("others", others)] {
            let mut token = account_provisioning_emulator::cloudflare::Token::new(id, id, format!("{id}-value"));
            token.policies.push(policy);
            user.tokens.insert(token);
        }
    })
    .await;
    for (token, method, path, expected) in [
        ("own-value", Method::GET, "/user", 200),
        ("own-value", Method::PATCH, "/user", 403),
        ("own-value", Method::GET, "/memberships", 200),
        ("own-value", Method::GET, "/user/invites", 200),
        ("own-value", Method::GET, "/user/tokens", 403),
        ("own-value", Method::GET, "/user/tokens/permission_groups", 403),
        ("others-value", Method::GET, "/user", 403),
    ] {
        let body = (method == Method::PATCH).then(|| json!({}));
        let reply = send(desk.with_token(token, method.clone(), path), body).await;
        assert_eq!(reply.0, expected, "{token} {method} {path}: {reply:?}");
        if expected == 403 {
            assert_eq!(failure(&reply).1, 10000);
            assert!(message(&reply).contains("it takes"), "{reply:?}");
        }
    }
}
