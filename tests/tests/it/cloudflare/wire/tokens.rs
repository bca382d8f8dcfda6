//! Tokens and permission groups on the wire.

use account_provisioning::Field;
use account_provisioning::cloudflare::tokens::{TokenOwner, Tokens};
use account_provisioning::cloudflare::{
    AccountHandle, AccountId, PermissionGroupScope, Resources, SortOrder, TokenCondition, TokenPolicy, TokenStatus,
};
use chrono::{DateTime, Utc};
use integration_tests::cloudflare::Stage;
use integration_tests::cloudflare::world::{ACCOUNT, permission_group};
use integration_tests::wire::Wire;
use serde_json::{Value, json};

/// The tokens of an owner, where they are, and one of them.
pub(super) struct Of<O> {
    pub(super) tokens: Tokens<O>,
    pub(super) at: &'static str,
    pub(super) id: &'static str,
}

fn account(wire: &Wire<Stage>) -> Of<AccountHandle> {
    Of {
        tokens: wire.stage.account().tokens(),
        at: "/tokens",
        id: "token-1",
    }
}

pub(super) async fn list(wire: &Wire<Stage>) {
    list_of(wire, account(wire)).await;
}

pub(super) async fn get(wire: &Wire<Stage>) {
    get_of(wire, account(wire)).await;
}

pub(super) async fn create(wire: &Wire<Stage>) {
    create_of(wire, account(wire)).await;
}

pub(super) async fn replace(wire: &Wire<Stage>) {
    replace_of(wire, account(wire)).await;
}

pub(super) async fn delete(wire: &Wire<Stage>) {
    delete_of(wire, account(wire)).await;
}

pub(super) async fn verify(wire: &Wire<Stage>) {
    verify_of(wire, account(wire)).await;
}

pub(super) async fn roll(wire: &Wire<Stage>) {
    roll_of(wire, account(wire)).await;
}

pub(super) async fn permission_groups(wire: &Wire<Stage>) {
    permission_groups_of(wire, account(wire)).await;
}

pub(super) async fn list_of<O: TokenOwner>(wire: &Wire<Stage>, of: Of<O>) {
    let Of { tokens, at, .. } = of;
    for (call, query) in [
        (tokens.list(), "page=1&per_page=50"),
        (
            tokens.list().include_expired(false),
            "include_expired=false&page=1&per_page=50",
        ),
        (
            tokens
                .list()
                .sort_order(SortOrder::Desc)
                .include_expired(true)
                .page(2)
                .page_size(5),
            "direction=desc&include_expired=true&page=2&per_page=5",
        ),
    ] {
        call.await.unwrap();
        wire.sent("GET", &format!("{at}?{query}"));
    }
}

pub(super) async fn get_of<O: TokenOwner>(wire: &Wire<Stage>, of: Of<O>) {
    let Of { tokens, at, id } = of;
    assert_eq!(tokens.get(id).await.unwrap().id.as_str(), id);
    wire.sent("GET", &format!("{at}/{id}"));
    assert!(tokens.get_opt("none").await.unwrap().is_none());
    wire.sent("GET", &format!("{at}/none"));
}

fn policy() -> TokenPolicy {
    let policy = TokenPolicy::allow().permission_group(permission_group("Billing Read"));
    policy.resources(Resources::account(&AccountId::new(ACCOUNT).unwrap()))
}

fn policy_body() -> Value {
    json!({
        "effect": "allow",
        "permission_groups": [{ "id": permission_group("Billing Read") }],
        "resources": { (format!("com.cloudflare.api.account.{ACCOUNT}")): "*" }
    })
}

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn condition() -> TokenCondition {
    TokenCondition::new()
        .request_ip_in(["127.0.0.0/8", "2001:db8::/32"])
        .request_ip_not_in(["203.0.113.7"])
}

fn condition_body() -> Value {
    json!({ "request_ip": { "in": ["127.0.0.0/8", "2001:db8::/32"], "not_in": ["203.0.113.7/32"] } })
}

pub(super) async fn create_of<O: TokenOwner>(wire: &Wire<Stage>, of: Of<O>) {
    let Of { tokens, at, .. } = of;
    tokens.create("Plain", [policy()]).await.unwrap();
    wire.sent_with("POST", at, json!({ "name": "Plain", "policies": [policy_body()] }));

    let denied = TokenPolicy::deny()
        .permission_group(permission_group("Billing Write"))
        .resources(Resources::zones_of(&AccountId::new(ACCOUNT).unwrap()))
        .resource("com.cloudflare.api.account.other", "*");
    let create = tokens
        .create("Whole", [policy(), denied])
        .condition(condition())
        // The vendor's moments are whole seconds.
        .expires_on(moment("2027-01-01T00:00:00.123456789Z"))
        .not_before(moment("2026-01-01T00:00:00Z"));
    create.await.unwrap();
    let denied = json!({
        "effect": "deny",
        "permission_groups": [{ "id": permission_group("Billing Write") }],
        "resources": {
            "com.cloudflare.api.account.other": "*",
            (format!("com.cloudflare.api.account.{ACCOUNT}")): { "com.cloudflare.api.account.zone.*": "*" }
        }
    });
    wire.sent_with(
        "POST",
        at,
        json!({
            "name": "Whole", "policies": [policy_body(), denied], "condition": condition_body(),
            "expires_on": "2027-01-01T00:00:00Z", "not_before": "2026-01-01T00:00:00Z"
        }),
    );
}

pub(super) async fn replace_of<O: TokenOwner>(wire: &Wire<Stage>, of: Of<O>) {
    let Of { tokens, at, id } = of;
    tokens.replace(id, "New", [policy()]).await.unwrap();
    wire.sent_with(
        "PUT",
        &format!("{at}/{id}"),
        json!({ "name": "New", "policies": [policy_body()] }),
    );
    tokens
        .replace(id, "Newer", [policy()])
        .condition(condition())
        .expires_on(moment("2027-01-01T00:00:00Z"))
        .not_before(moment("2026-01-01T00:00:00Z"))
        .status(TokenStatus::Disabled)
        .await
        .unwrap();
    wire.sent_with(
        "PUT",
        &format!("{at}/{id}"),
        json!({
            "name": "Newer", "policies": [policy_body()], "condition": condition_body(),
            "expires_on": "2027-01-01T00:00:00Z", "not_before": "2026-01-01T00:00:00Z", "status": "disabled"
        }),
    );
}

pub(super) async fn delete_of<O: TokenOwner>(wire: &Wire<Stage>, of: Of<O>) {
    let Of { tokens, at, id } = of;
    tokens.delete(id).await.unwrap();
    wire.sent("DELETE", &format!("{at}/{id}"));
}

pub(super) async fn verify_of<O: TokenOwner>(wire: &Wire<Stage>, of: Of<O>) {
    let Of { tokens, at, .. } = of;
    tokens.verify().await.unwrap();
    wire.sent("GET", &format!("{at}/verify"));
}

pub(super) async fn roll_of<O: TokenOwner>(wire: &Wire<Stage>, of: Of<O>) {
    let Of { tokens, at, id } = of;
    tokens.roll(id).await.unwrap();
    wire.sent_with("PUT", &format!("{at}/{id}/value"), json!({}));
}

pub(super) async fn permission_groups_of<O: TokenOwner>(wire: &Wire<Stage>, of: Of<O>) {
    let Of { tokens, at, .. } = of;
    let groups = tokens.permission_groups();
    for (call, query) in [
        (groups.list(), ""),
        (
            groups.list().name("Access: Apps & Policies Read"),
            "?name=Access%3A+Apps+%26+Policies+Read",
        ),
        (
            groups
                .list()
                .name("Logs Write")
                .scope(PermissionGroupScope::ComCloudflareApiAccountZone),
            "?name=Logs+Write&scope=com.cloudflare.api.account.zone",
        ),
    ] {
        call.await.unwrap();
        wire.sent("GET", &format!("{at}/permission_groups{query}"));
    }
    groups.find("Zone Read", None).await.unwrap();
    wire.sent("GET", &format!("{at}/permission_groups"));
}

#[tokio::test]
async fn update_of_a_token_reads_it_first_and_sends_all_of_it_back_but_ids_and_expiry() {
    let wire = Wire::of(Stage::start().await);
    let tokens = wire.stage.account().tokens();
    let created = tokens
        .create("Whole", [policy()])
        .condition(condition())
        .expires_on(moment("2027-01-01T00:00:00Z"))
        .not_before(moment("2026-01-01T00:00:00Z"))
        .await
        .unwrap();
    wire.fresh();
    let id = created.id.as_str();
    let put = |wire: &Wire<Stage>| {
        let requests = wire.fresh();
        let methods: Vec<_> = requests.iter().map(|request| request.method.as_str()).collect();
        assert_eq!(methods, ["GET", "PUT"]);
        requests[1].json().unwrap()
    };
    tokens.update(id).name("New").await.unwrap();
    assert_eq!(
        put(&wire),
        json!({
            "name": "New", "policies": [policy_body()], "condition": condition_body(),
            "expires_on": "2027-01-01T00:00:00Z", "not_before": "2026-01-01T00:00:00Z", "status": "active"
        })
    );
    tokens
        .update(id)
        .expires_on(Field::Clear)
        .not_before(Field::Clear)
        .condition(Field::Clear)
        .status(TokenStatus::Disabled)
        .await
        .unwrap();
    assert_eq!(
        put(&wire),
        json!({ "name": "New", "policies": [policy_body()], "status": "disabled" })
    );
    // A token past its time says so; what is sent is what it is but for the time.
    tokens
        .update(id)
        .status(TokenStatus::Active)
        .expires_on(moment("2026-01-15T12:00:01Z"))
        .await
        .unwrap();
    wire.fresh();
    wire.stage.emulator.advance(std::time::Duration::from_secs(5));
    tokens.update(id).name("Late").await.unwrap();
    assert_eq!(
        put(&wire),
        json!({ "name": "Late", "policies": [policy_body()], "expires_on": "2026-01-15T12:00:01Z" })
    );
}

#[tokio::test]
async fn token_that_says_nothing_is_refused_before_anything_is_sent() {
    let wire = Wire::of(Stage::start().await);
    let tokens = wire.stage.account().tokens();
    let group = || TokenPolicy::allow().permission_group("any");
    let no_network = || TokenCondition::new().request_ip_in(["203.0.113.0/24", "203.0.113.0/33"]);
    for (problem, field) in [
        (tokens.create("", [policy()]).await.map(drop).unwrap_err(), "`name`"),
        (tokens.create("x", []).await.map(drop).unwrap_err(), "`policies`"),
        (
            tokens.create("x", [TokenPolicy::allow()]).await.map(drop).unwrap_err(),
            "`permission_groups`",
        ),
        (
            tokens.create("x", [group()]).await.map(drop).unwrap_err(),
            "`resources`",
        ),
        (
            tokens
                .replace("token-1", "x", [group().resources(Resources::new())])
                .await
                .map(drop)
                .unwrap_err(),
            "`resources`",
        ),
        (
            tokens.update("token-1").policies([]).await.map(drop).unwrap_err(),
            "`policies`",
        ),
        (
            tokens
                .create("x", [policy()])
                .condition(no_network())
                .await
                .map(drop)
                .unwrap_err(),
            "ip network",
        ),
        (
            tokens
                .replace("token-1", "x", [policy()])
                .condition(no_network())
                .await
                .unwrap_err(),
            "ip network",
        ),
        (
            tokens.update("token-1").condition(no_network()).await.unwrap_err(),
            "ip network",
        ),
    ] {
        assert!(
            problem.is_invalid_input() && problem.to_string().contains(field),
            "{problem}"
        );
    }
    wire.sent_nothing();
}
