//! Accounts on the wire.

use account_provisioning::Field;
use account_provisioning::cloudflare::{AccountType, SortOrder};
use account_provisioning_emulator::Quirk;
use integration_tests::cloudflare::Stage;
use integration_tests::cloudflare::world::ACCOUNT;
use integration_tests::wire::Wire;
use serde_json::json;

pub(super) async fn list(wire: &Wire<Stage>) {
    wire.stage.emulator.set_quirk(Quirk::AccountTokensListAccounts, true);
    let accounts = wire.stage.client.accounts();
    for (call, query) in [
        (accounts.list(), "page=1&per_page=50"),
        (
            accounts.list().name("Emulator & Sons+"),
            "name=Emulator+%26+Sons%2B&page=1&per_page=50",
        ),
        (
            accounts.list().sort_order(SortOrder::Desc).page(2).page_size(5),
            "direction=desc&page=2&per_page=5",
        ),
        (accounts.list().sort_order("asc"), "direction=asc&page=1&per_page=50"),
    ] {
        call.await.unwrap();
        wire.sent("GET", &format!("/accounts?{query}"));
    }
}

pub(super) async fn get(wire: &Wire<Stage>) {
    let accounts = wire.stage.client.accounts();
    assert_eq!(accounts.get(ACCOUNT).await.unwrap().name, "Emulator");
    wire.sent("GET", &format!("/accounts/{ACCOUNT}"));
    assert!(accounts.get_opt(ACCOUNT).await.unwrap().is_some());
    wire.sent("GET", &format!("/accounts/{ACCOUNT}"));
}

pub(super) async fn create(wire: &Wire<Stage>) {
    let client = wire.stage.as_user();
    let accounts = client.accounts();
    for (call, body) in [
        (accounts.create("One"), json!({ "name": "One" })),
        (
            accounts
                .create("Two")
                .account_type(AccountType::Enterprise)
                .unit_id("emulator-unit"),
            json!({ "name": "Two", "type": "enterprise", "unit": { "id": "emulator-unit" } }),
        ),
        (
            accounts.create("Three").standalone(),
            json!({ "name": "Three", "standalone": true }),
        ),
    ] {
        call.await.unwrap();
        let request = wire.sent_with("POST", "/accounts", body);
        assert_eq!(request.header("idempotency-key"), None);
    }
    accounts.create("Four").idempotency_key("once").await.unwrap();
    let request = wire.sent_with("POST", "/accounts", json!({ "name": "Four" }));
    assert_eq!(request.header("idempotency-key"), Some("once"));
}

pub(super) async fn replace(wire: &Wire<Stage>) {
    let accounts = wire.stage.client.accounts();
    for (call, body) in [
        (
            accounts.replace(ACCOUNT, "New"),
            json!({ "id": ACCOUNT, "name": "New" }),
        ),
        (
            accounts
                .replace(ACCOUNT, "Newer")
                .account_type("enterprise")
                .abuse_contact_email("abuse@client.example")
                .enforce_twofactor(true),
            json!({
                "id": ACCOUNT, "name": "Newer", "type": "enterprise",
                "settings": { "abuse_contact_email": "abuse@client.example", "enforce_twofactor": true }
            }),
        ),
        (
            accounts.replace(ACCOUNT, "Newest").enforce_twofactor(false),
            json!({ "id": ACCOUNT, "name": "Newest", "settings": { "enforce_twofactor": false } }),
        ),
    ] {
        call.await.unwrap();
        wire.sent_with("PUT", &format!("/accounts/{ACCOUNT}"), body);
    }
}

pub(super) async fn delete(wire: &Wire<Stage>) {
    wire.stage.as_user().accounts().delete(ACCOUNT).await.unwrap();
    wire.sent("DELETE", &format!("/accounts/{ACCOUNT}"));
}

#[tokio::test]
async fn update_of_an_account_reads_it_first_and_sends_all_of_it_back() {
    let wire = Wire::of(Stage::start().await);
    let accounts = wire.stage.client.accounts();
    let update = accounts
        .update(ACCOUNT)
        .abuse_contact_email("abuse@client.example".to_owned());
    update.await.unwrap();
    accounts.update(ACCOUNT).name("New").await.unwrap();
    accounts
        .update(ACCOUNT)
        .abuse_contact_email(Field::Clear)
        .account_type("enterprise")
        .await
        .unwrap();
    let bodies: Vec<_> = wire
        .fresh()
        .iter()
        .map(|request| (request.method.clone(), request.json()))
        .collect();
    let put = |body| ("PUT".to_owned(), Some(body));
    let get = || ("GET".to_owned(), None);
    let settings = json!({ "abuse_contact_email": "abuse@client.example", "enforce_twofactor": false });
    assert_eq!(
        bodies,
        [
            get(),
            put(json!({ "id": ACCOUNT, "name": "Emulator", "type": "standard", "settings": settings })),
            get(),
            put(json!({ "id": ACCOUNT, "name": "New", "type": "standard", "settings": settings })),
            get(),
            put(
                json!({ "id": ACCOUNT, "name": "New", "type": "enterprise", "settings": { "enforce_twofactor": false } })
            ),
        ]
    );
}
