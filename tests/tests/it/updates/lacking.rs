//! What the reply lacks is never sent as empty.

use account_provisioning::cloudflare::{AccountId, Resources, TokenPolicy};
use integration_tests::cloudflare::Stage;
use integration_tests::cloudflare::world::{ACCOUNT, permission_group};
use integration_tests::wire::Wire;
use integration_tests::wording::assert_well_worded;
use serde_json::{Value, json};

use super::{account, answer, only_read, policy, put, role, sent_token, token, without};

#[tokio::test]
async fn update_of_a_token_whose_policies_the_reply_lacks_sends_nothing_and_names_the_option() {
    let missing = |pointer: &'static str| {
        let mut token = token();
        without(&mut token, pointer);
        token
    };
    let null = |pointer: &'static str| {
        let mut token = token();
        *token.pointer_mut(pointer).unwrap() = Value::Null;
        token
    };
    for reply in [
        missing("/policies"),
        null("/policies"),
        null("/policies/0/permission_groups"),
        null("/policies/1/resources"),
    ] {
        let stage = Stage::start().await;
        answer(&stage.emulator, "getToken", "result", &reply);
        let tokens = stage.account().tokens();
        let error = tokens.update("token-1").name("New").await.unwrap_err();
        assert!(
            error.is_invalid_input() && error.to_string().contains("`policies`"),
            "{error}"
        );
        assert_eq!(error.operation(), Some("updateToken"));
        assert_well_worded(&error);
        only_read(&stage.emulator);

        let policy = TokenPolicy::allow().permission_group(permission_group("Billing Read"));
        let policy = policy.resources(Resources::account(&AccountId::new(ACCOUNT).unwrap()));
        tokens.update("token-1").policies([policy]).await.unwrap();
        assert_eq!(put(&stage.emulator)["policies"].as_array().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn update_of_a_token_without_a_name_sends_nothing_and_names_the_option() {
    let stage = Stage::start().await;
    for name in [None, Some(Value::Null)] {
        let mut token = token();
        without(&mut token, "/name");
        if let Some(name) = name {
            token["name"] = name;
        }
        stage.emulator.clear_faults();
        answer(&stage.emulator, "getToken", "result", &token);
        let error = stage.account().tokens().update("token-1").await.unwrap_err();
        assert!(
            error.is_invalid_input() && error.to_string().contains("`name`"),
            "{error}"
        );
        only_read(&stage.emulator);
    }
}

#[tokio::test]
async fn update_leaves_out_what_is_null_and_can_not_be_sent_as_null() {
    let stage = Stage::start().await;
    let mut token = token();
    for key in ["condition", "expires_on", "not_before", "status"] {
        token[key] = Value::Null;
    }
    token["x_unknown"] = Value::Null;
    answer(&stage.emulator, "getToken", "result", &token);
    stage.account().tokens().update("token-1").await.unwrap();
    let mut expected = sent_token(&token);
    for key in ["/condition", "/expires_on", "/not_before", "/status"] {
        without(&mut expected, key);
    }
    assert_eq!(put(&stage.emulator), expected);

    for settings in [
        json!(null),
        json!({ "abuse_contact_email": null, "enforce_twofactor": null }),
    ] {
        let mut account = account();
        account["settings"] = settings;
        account["type"] = Value::Null;
        stage.emulator.clear_faults();
        answer(&stage.emulator, "getAccount", "result", &account);
        stage.client.accounts().update(ACCOUNT).name("New").await.unwrap();
        let sent = put(&stage.emulator);
        assert_eq!(sent.get("type"), None);
        assert!(
            sent.get("settings").is_none_or(|settings| *settings == json!({})),
            "{sent}"
        );
    }
}

#[tokio::test]
async fn update_of_a_role_whose_policies_the_reply_lacks_sends_no_list_of_them() {
    let wire = Wire::start().await;
    for policies in [None, Some(Value::Null), Some(json!([]))] {
        let mut role = role();
        without(&mut role, "/policies");
        if let Some(policies) = policies {
            role["policies"] = policies;
        }
        wire.stage.emulator.clear_faults();
        answer(&wire.stage.emulator, "getRole", "data", &role);
        wire.client().roles().update("role-1").name("New").await.unwrap();
        assert_eq!(
            put(&wire.stage.emulator),
            json!({ "name": "New", "description": "Reads" })
        );
    }
    // A list of ids that is null is made of the policies, and one that is there is kept.
    for (ids, sent) in [
        (Value::Null, json!([integration_tests::world::READ_USERS])),
        (json!([]), json!([])),
    ] {
        let mut role = role();
        role["system_policy_ids"] = ids;
        wire.stage.emulator.clear_faults();
        answer(&wire.stage.emulator, "getRole", "data", &role);
        wire.client().roles().update("role-1").await.unwrap();
        assert_eq!(put(&wire.stage.emulator)["system_policy_ids"], sent);
    }
}

#[tokio::test]
async fn update_of_a_policy_without_a_scope_id_sends_it_as_it_came() {
    let wire = Wire::start().await;
    let mut policy = policy("policy-1");
    policy["scope_type"] = json!("account");
    policy["scope_id"] = Value::Null;
    policy["policy_statement"] = json!("permit (principal, action, resource);");
    answer(&wire.stage.emulator, "getCustomPolicy", "data", &policy);
    wire.client().policies().custom().update("policy-1").await.unwrap();
    let sent = put(&wire.stage.emulator);
    assert_eq!(
        (&sent["scope_type"], &sent["enabled"]),
        (&json!("account"), &json!(false))
    );
    assert_eq!(sent.get("scope_id"), Some(&Value::Null));
}
