//! An update that names what the caller read is not sent after somebody else's change.

use account_provisioning::Error;
use integration_tests::cloudflare::Stage;
use integration_tests::cloudflare::world::ACCOUNT;
use integration_tests::wire::Wire;
use integration_tests::wording::assert_well_worded;
use serde_json::json;

use super::{answer, only_read, put, token};

#[track_caller]
fn assert_changed(error: &Error, operation: &str) {
    assert!(
        error.is_changed() && !error.is_conflict() && !error.is_outcome_unknown(),
        "{error}"
    );
    assert_eq!(error.operation(), Some(operation));
    assert_well_worded(error);
}

#[tokio::test]
async fn update_of_a_token_that_changed_since_it_was_read_is_not_sent() {
    let stage = Stage::start().await;
    let tokens = stage.account().tokens();
    answer(&stage.emulator, "getToken", "result", &token());
    let read = tokens.get("token-1").await.unwrap();
    stage.emulator.clear_requests();
    let update = || tokens.update("token-1").name("Mine").if_unchanged_since(&read);
    for change in [
        json!({ "modified_on": "2026-01-02T00:00:01Z" }),
        json!({ "name": "Theirs" }),
        json!({ "policies": [token()["policies"][0]] }),
        json!({ "condition": { "request_ip": {}, "request_country": { "in": ["BE"] } } }),
    ] {
        let mut changed = token();
        changed
            .as_object_mut()
            .unwrap()
            .extend(change.as_object().unwrap().clone());
        stage.emulator.clear_faults();
        answer(&stage.emulator, "getToken", "result", &changed);
        assert_changed(&update().await.unwrap_err(), "updateToken");
        only_read(&stage.emulator);
    }
    // Using a token is no change of it, and its policies have no order.
    let mut used = token();
    used["last_used_on"] = json!("2026-01-15T00:00:00Z");
    used["policies"].as_array_mut().unwrap().reverse();
    used["policies"][1]["permission_groups"]
        .as_array_mut()
        .unwrap()
        .reverse();
    stage.emulator.clear_faults();
    answer(&stage.emulator, "getToken", "result", &used);
    update().await.unwrap();
    assert_eq!(put(&stage.emulator)["name"], "Mine");
}

#[tokio::test]
async fn update_of_an_account_that_changed_since_it_was_read_is_not_sent() {
    let stage = Stage::start().await;
    let accounts = stage.client.accounts();
    let read = accounts.get(ACCOUNT).await.unwrap();
    stage.emulator.clear_requests();
    let update = || accounts.update(ACCOUNT).name("Mine").if_unchanged_since(&read);
    update().await.unwrap();
    put(&stage.emulator);
    let error = update().response().await.map(drop).unwrap_err();
    assert_changed(&error, "updateAccount");
    only_read(&stage.emulator);
}

#[tokio::test]
async fn update_of_a_role_that_changed_since_it_was_read_is_not_sent() {
    let wire = Wire::start().await;
    let (client, emulator) = (wire.client(), &wire.stage.emulator);
    let roles = client.roles();
    let read = roles.get("role-1").await.unwrap();
    emulator.clear_requests();
    let update = || roles.update("role-1").description("Mine").if_unchanged_since(&read);
    update().await.unwrap();
    put(emulator);
    assert_changed(&update().await.unwrap_err(), "updateRole");
    only_read(emulator);
    // The reply to an update can be named too.
    let updated = roles.update("role-1").name("Newer").await.unwrap();
    emulator.clear_requests();
    roles
        .update("role-1")
        .name("Newest")
        .if_unchanged_since(&updated)
        .await
        .unwrap();
    put(emulator);
}

#[tokio::test]
async fn update_of_a_custom_policy_that_changed_since_it_was_read_is_not_sent() {
    let wire = Wire::start().await;
    let (client, emulator) = (wire.client(), &wire.stage.emulator);
    let custom = client.policies().custom();
    let read = custom.get("policy-1").await.unwrap();
    emulator.clear_requests();
    let other = "forbid (principal, action == Cloudinary::Action::\"delete\", resource is Cloudinary::User);";
    let update = || {
        custom
            .update("policy-1")
            .policy_statement(other)
            .if_unchanged_since(&read)
    };
    update().await.unwrap();
    put(emulator);
    assert_changed(&update().await.unwrap_err(), "updateCustomPolicy");
    only_read(emulator);
}
