//! Odd but legal characters: each value arrives as it was given.

use account_provisioning_emulator::cloudinary::{AccessKey, ProductEnvironment, User, UserGroup};
use integration_tests::wire::{Wire, values};
use integration_tests::world;
use serde_json::json;

/// An id, and how it stands in a path.
const IDS: &[(&str, &str)] = &[
    ("a b", "a%20b"),
    ("ü", "%C3%BC"),
    ("a@b+c", "a@b+c"),
    ("x::y", "x::y"),
    ("a&b=c;d", "a&b=c;d"),
    ("...", "..."),
    ("{id}", "%7Bid%7D"),
    ("\"<`>\"", "%22%3C%60%3E%22"),
    ("日本", "%E6%97%A5%E6%9C%AC"),
    ("AbC", "AbC"),
];

/// An account whose things are called by these ids.
async fn wire_with_odd_ids() -> Wire {
    let mut account = world::account();
    for (number, (id, _)) in IDS.iter().enumerate() {
        let mut environment = ProductEnvironment::new(*id, *id, format!("odd_{number}"));
        environment.access_keys.insert(AccessKey::new(*id, "odd-secret", *id));
        account.product_environments.insert(environment);
        account
            .users
            .insert(User::new(*id, *id, format!("odd{number}@x.example")));
        account.user_groups.insert(UserGroup::new(*id, *id));
    }
    // Access keys are unique over all accounts, so each stands in one environment alone.
    Wire::with(account).await
}

#[tokio::test]
async fn ids_with_odd_characters_in_each_kind_of_path_arrive_as_they_are() {
    let wire = wire_with_odd_ids().await;
    let client = wire.client();
    for (id, encoded) in IDS.iter().copied() {
        assert_eq!(client.users().get(id).await.unwrap().id, id);
        wire.sent("GET", &format!("/users/{encoded}"));
        assert_eq!(client.product_environments().get(id).await.unwrap().id, id);
        wire.sent("GET", &format!("/sub_accounts/{encoded}"));
        assert_eq!(client.user_groups().get(id).await.unwrap().id, id);
        wire.sent("GET", &format!("/user_groups/{encoded}"));
        assert_eq!(
            client.access_keys(id).update(id).enabled(false).await.unwrap().api_key,
            id
        );
        wire.sent_with(
            "PUT",
            &format!("/sub_accounts/{encoded}/access_keys/{encoded}"),
            json!({ "enabled": false }),
        );
        client.user_groups().add_user(id, id).await.unwrap();
        wire.sent("POST", &format!("/user_groups/{encoded}/users/{encoded}"));
        assert_eq!(client.user_groups().members(id).await.unwrap().items[0].id, id);
        wire.sent("GET", &format!("/user_groups/{encoded}/users"));
    }
}

#[tokio::test]
async fn ids_with_odd_characters_in_queries_and_bodies_arrive_as_they_are() {
    let wire = wire_with_odd_ids().await;
    let client = wire.client();
    let ids: Vec<&str> = IDS.iter().map(|(id, _)| *id).collect();
    let users = client.users().list().ids(&ids).await.unwrap();
    assert_eq!(users.len(), ids.len());
    assert_eq!(values(&wire.fresh()[0], "ids"), ids);
    let environments = client.product_environments().list().ids(&ids).await.unwrap();
    let found: Vec<&str> = environments.iter().map(|environment| environment.id.as_str()).collect();
    assert_eq!(found, ids);
    wire.fresh();
    let user = client
        .users()
        .update("user-1")
        .product_environments(&ids)
        .await
        .unwrap();
    assert_eq!(user.sub_account_ids, ids);
    wire.sent_with("PUT", "/users/user-1", json!({ "sub_account_ids": ids }));
    for id in ids {
        client.users().list().product_environment(id).await.unwrap();
        let request = wire.fresh().remove(0);
        assert_eq!(
            (request.status, values(&request, "sub_account_id")),
            (200, vec![id.to_owned()])
        );
    }
}

#[tokio::test]
async fn query_values_with_odd_characters_arrive_as_they_are() {
    let wire = Wire::start().await;
    let users = wire.client().users();
    for (value, encoded) in [
        ("a+b", "a%2Bb"),
        ("a b", "a+b"),
        ("a&b=c", "a%26b%3Dc"),
        ("a@b", "a%40b"),
        ("a%20b", "a%2520b"),
        ("a#b?c/d\\e", "a%23b%3Fc%2Fd%5Ce"),
        ("ümlaut 日本", "%C3%BCmlaut+%E6%97%A5%E6%9C%AC"),
        ("[]", "%5B%5D"),
        ("a,b", "a%2Cb"),
        ("", ""),
    ] {
        users.list().prefix(value).await.unwrap();
        let request = wire.sent("GET", &format!("/users?page=1&page_size=100&prefix={encoded}"));
        assert_eq!(values(&request, "prefix"), [value]);
    }
    users
        .list()
        .emails(["ann+tag@client.example", "b&c@x.example"])
        .await
        .unwrap();
    wire.sent(
        "GET",
        "/users?emails=ann%2Btag%40client.example&emails=b%26c%40x.example&page=1&page_size=100",
    );
}

#[tokio::test]
async fn key_names_with_odd_characters_are_deleted_by_their_very_name() {
    let wire = Wire::start().await;
    let keys = wire.client().access_keys("env-1");
    for name in ["a+b", "a b", "a&name=primary", "ключ/№1", "50%"] {
        let key = keys.generate().name(name).await.unwrap();
        assert_eq!(key.name.as_deref(), Some(name));
        wire.fresh();
        keys.delete_by_name(name).await.unwrap();
        let request = wire.fresh().remove(0);
        assert_eq!(
            (request.method.as_str(), values(&request, "name")),
            ("DELETE", vec![name.to_owned()])
        );
    }
    assert_eq!(keys.list().await.unwrap().total, Some(2));
}

#[tokio::test]
async fn account_id_with_odd_characters_arrives_as_it_is() {
    let mut account = world::account();
    account.account_id = "Ac c+ü".to_owned();
    let stage = integration_tests::Stage::with(world::emulator([account]), |client| client).await;
    assert_eq!(stage.client.users().list().await.unwrap().len(), 2);
    assert_eq!(
        stage.emulator.requests()[0].path,
        "/v1_1/provisioning/accounts/Ac%20c+%C3%BC/users"
    );
}
