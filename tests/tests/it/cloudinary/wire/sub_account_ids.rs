//! Access to product environments: absent, empty and given are three requests with three outcomes.

use account_provisioning::Field;
use account_provisioning::cloudinary::{ProductEnvironmentId, User};
use integration_tests::wire::Wire;
use serde_json::{Value, json};

const NONE: [&str; 0] = [];

/// The environments that a user has access to.
async fn access(wire: &Wire, user: &User) -> Vec<String> {
    let environments = wire.client().users().product_environments(&user.id).await.unwrap();
    wire.fresh();
    environments
        .into_iter()
        .map(|environment| environment.id.to_string())
        .collect()
}

#[tokio::test]
async fn sub_account_ids_absent_empty_and_given_on_create_are_three_requests() {
    let wire = Wire::start().await;
    let create = || wire.client().users().create("Cleo", "cleo@client.example");
    for (call, sent, all, environments) in [
        (create(), None, true, vec!["env-1", "env-2"]),
        (
            create().product_environments(Field::Keep),
            None,
            true,
            vec!["env-1", "env-2"],
        ),
        (create().product_environments(NONE), Some(json!([])), false, vec![]),
        (
            create().product_environments(Field::Clear),
            Some(json!([])),
            false,
            vec![],
        ),
        (
            create().product_environments(["env-2"]),
            Some(json!(["env-2"])),
            false,
            vec!["env-2"],
        ),
    ] {
        let user = call.await.unwrap();
        let mut body = json!({ "name": "Cleo", "email": "cleo@client.example" });
        if let Some(sent) = sent {
            body["sub_account_ids"] = sent;
        }
        wire.sent_with("POST", "/users", body);
        assert_eq!(user.all_sub_accounts, Some(all));
        assert_eq!(access(&wire, &user).await, environments);
        wire.client().users().delete(&user.id).await.unwrap();
        wire.fresh();
    }
}

#[tokio::test]
async fn sub_account_ids_absent_empty_and_given_on_update_are_three_requests() {
    let wire = Wire::start().await;
    let update = || wire.client().users().update("user-1");
    for (call, sent, all, environments) in [
        (update().name("Ann"), None, true, vec!["env-1", "env-2"]),
        (
            update().product_environments(["env-1"]),
            Some(json!(["env-1"])),
            false,
            vec!["env-1"],
        ),
        (update().name("Anna"), None, false, vec!["env-1"]),
        (update().product_environments(Field::Keep), None, false, vec!["env-1"]),
        (update().product_environments(NONE), Some(json!([])), false, vec![]),
        (
            update().product_environments(["env-2", "env-1"]),
            Some(json!(["env-2", "env-1"])),
            false,
            vec!["env-1", "env-2"],
        ),
        (
            update().product_environments(Field::Clear),
            Some(json!([])),
            false,
            vec![],
        ),
        (update().enabled(true), None, false, vec![]),
    ] {
        let user = call.await.unwrap();
        let requests = wire.fresh();
        let body = requests[0].json().unwrap();
        assert_eq!(body.get("sub_account_ids"), sent.as_ref());
        assert_eq!((requests.len(), user.all_sub_accounts), (1, Some(all)));
        assert_eq!(access(&wire, &user).await, environments);
    }
}

#[tokio::test]
#[expect(
    clippy::needless_borrows_for_generic_args,
    reason = "a borrowed array is one of the forms"
)]
async fn sub_account_ids_in_each_form_of_a_list_are_the_same_request() {
    let wire = Wire::start().await;
    let id = ProductEnvironmentId::new("env-1").unwrap();
    let environment = wire.client().product_environments().get(&id).await.unwrap();
    wire.fresh();
    let update = || wire.client().users().update("user-1");
    let strings = vec!["env-1".to_owned()];
    for call in [
        update().product_environments(["env-1"]),
        update().product_environments(["env-1".to_owned()]),
        update().product_environments([&environment.id]),
        update().product_environments([&id]),
        update().product_environments([id.clone()]),
        update().product_environments(&[&id]),
        update().product_environments(vec![id.clone()]),
        update().product_environments(&strings),
        update().product_environments(strings.as_slice()),
        update().product_environments(strings.clone()),
        update().product_environments(Field::Set(vec![id.clone()])),
    ] {
        call.await.unwrap();
        let sent: Value = json!({ "sub_account_ids": ["env-1"] });
        wire.sent_with("PUT", "/users/user-1", sent);
    }
}
