//! Remarks beside a success: what can be read of them comes along, and none of them costs the result.

use account_provisioning::VendorMessage;
use account_provisioning::cloudflare::TokenPolicy;
use account_provisioning_emulator::Fault;
use integration_tests::cloudflare::Stage;
use integration_tests::cloudflare::world::{ACCOUNT, permission_group};
use serde_json::{Value, json};

fn code(code: i64) -> VendorMessage {
    VendorMessage::new(Some(code), None)
}

fn text(text: &str) -> VendorMessage {
    VendorMessage::new(None, Some(text.to_owned()))
}

/// Remarks as they come, and what can be read of them.
fn remarks() -> Vec<(Value, Vec<VendorMessage>)> {
    vec![
        (json!([]), vec![]),
        (json!(null), vec![]),
        (json!([{ "code": 1 }]), vec![code(1)]),
        (json!(["careful"]), vec![text("careful")]),
        (json!("careful"), vec![text("careful")]),
        (json!({ "message": "careful" }), vec![text("careful")]),
        (json!({}), vec![]),
        (json!(7), vec![]),
        (json!([null, {}, [], false, { "message": 7 }]), vec![]),
        (
            json!([{ "code": "1000", "message": "old", "source": "/name" }, { "code": 2.5, "message": "new" }]),
            vec![VendorMessage::new(Some(1000), Some("old".to_owned())), text("new")],
        ),
        (
            json!([{ "code": 10, "message": "careful", "documentation_url": "d", "source": { "pointer": "/x" } }]),
            vec![
                VendorMessage::new(Some(10), Some("careful".to_owned()))
                    .with_documentation_url(Some("d".to_owned()))
                    .with_pointer(Some("/x".to_owned())),
            ],
        ),
    ]
}

/// Answers the next call of an operation with this result and these notes beside it.
fn answer(stage: &Stage, operation: &str, result: &Value, notes: &Value) {
    let body = json!({ "success": true, "errors": notes, "messages": notes, "result": result });
    let fault = Fault::body_replaced(200, "application/json", body.to_string());
    stage.emulator.inject(fault.on(operation).times(1));
}

#[tokio::test]
async fn value_of_a_token_that_is_created_arrives_whatever_the_remarks_are() {
    let stage = Stage::start().await;
    let tokens = stage.account().tokens();
    for (notes, read) in remarks() {
        answer(
            &stage,
            "createToken",
            &json!({ "id": "token-9", "value": "shown-once" }),
            &notes,
        );
        let policy = TokenPolicy::allow()
            .permission_group(permission_group("Billing Read"))
            .resource(format!("com.cloudflare.api.account.{ACCOUNT}"), "*");
        let created = tokens.create("T", [policy]).response().await;
        let created = created.unwrap_or_else(|problem| panic!("{notes}: {problem}"));
        assert_eq!(created.value.value.expose_secret(), "shown-once");
        assert_eq!(created.meta.messages, read, "{notes}");
    }
}

#[tokio::test]
async fn value_of_a_token_that_is_rolled_arrives_whatever_the_remarks_are() {
    let stage = Stage::start().await;
    let tokens = stage.account().tokens();
    for (notes, read) in remarks() {
        answer(&stage, "rollToken", &json!("shown-once"), &notes);
        let rolled = tokens.roll("token-1").response().await;
        let rolled = rolled.unwrap_or_else(|problem| panic!("{notes}: {problem}"));
        assert_eq!(rolled.value.expose_secret(), "shown-once");
        assert_eq!(rolled.meta.messages, read, "{notes}");
    }
}

#[tokio::test]
async fn page_of_a_list_arrives_whatever_the_remarks_are() {
    let stage = Stage::start().await;
    for (notes, read) in remarks() {
        answer(&stage, "listMembers", &json!([{ "id": "member-9" }]), &notes);
        let page = stage.account().members().list().response().await;
        let page = page.unwrap_or_else(|problem| panic!("{notes}: {problem}"));
        assert_eq!((page.items.len(), &page.meta.messages), (1, &read), "{notes}");
    }
}
