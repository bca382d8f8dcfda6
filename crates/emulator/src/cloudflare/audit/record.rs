//! What the operations write into the audit log.

use chrono::{DurationRound as _, TimeDelta};
use serde_json::{Value, json};

use super::super::context::Context;
use super::super::document::BASE_PATH;
use super::super::state::{AuditActor, AuditEntry, AuditRequest, AuditResource};
use crate::document::Segment;
use crate::refusal::Refusal;

/// What an operation does, and to what.
struct Deed {
    operation: &'static str,
    action: &'static str,
    description: &'static str,
    product: &'static str,
    kind: &'static str,
}

const fn deed(
    operation: &'static str,
    action: &'static str,
    description: &'static str,
    product: &'static str,
    kind: &'static str,
) -> Deed {
    Deed {
        operation,
        action,
        description,
        product,
        kind,
    }
}

/// Every operation that changes something; the deletion of an account takes its log with it.
const DEEDS: &[Deed] = &[
    deed("createAccount", "create", "Create Account", "accounts", "account"),
    deed("updateAccount", "update", "Update Account", "accounts", "account"),
    deed("addMember", "create", "Add Member", "members", "member"),
    deed("updateMember", "update", "Update Member", "members", "member"),
    deed("removeMember", "delete", "Remove Member", "members", "member"),
    deed(
        "createSubscription",
        "create",
        "Create Subscription",
        "subscriptions",
        "subscription",
    ),
    deed(
        "updateSubscription",
        "update",
        "Update Subscription",
        "subscriptions",
        "subscription",
    ),
    deed(
        "deleteSubscription",
        "delete",
        "Delete Subscription",
        "subscriptions",
        "subscription",
    ),
    deed("createToken", "create", "Create Token", "tokens", "token"),
    deed("updateToken", "update", "Update Token", "tokens", "token"),
    deed("deleteToken", "delete", "Delete Token", "tokens", "token"),
    deed("rollToken", "update", "Roll Token", "tokens", "token"),
];

/// Writes down what was done or refused. Nothing of a response but an id is kept.
pub(in super::super) fn record(context: &mut Context<'_>, actor: AuditActor, outcome: &Result<Value, Refusal>) {
    let (operation, input, caller) = (context.operation, context.input, context.caller);
    let Some(deed) = DEEDS.iter().find(|deed| deed.operation == operation.id) else {
        return;
    };
    let (status, result) = match outcome {
        Ok(body) => (operation.success, body.get("result")),
        Err(refusal) => (refusal.status, None),
    };
    let made = result.and_then(|result| result["id"].as_str());
    let account_id = match input.path("account_id") {
        "" => made.unwrap_or_default(),
        id => id,
    };
    let Some(account) = context.state.accounts.get_mut(account_id) else {
        return;
    };
    let last = operation.segments.iter().rev().find_map(|segment| match segment {
        Segment::Parameter(name) => Some(input.path(name)),
        Segment::Literal(_) => None,
    });
    // What has just been made is named by the reply alone.
    let id = made.or(if deed.action == "create" { None } else { last });
    let to_the_millisecond = context
        .exact_now
        .duration_trunc(TimeDelta::milliseconds(1))
        .unwrap_or(context.exact_now);
    let mut entry = AuditEntry::new(context.random.record_id(), to_the_millisecond);
    entry.action_type = deed.action.to_owned();
    entry.action_result = if status.is_success() { "success" } else { "failure" }.to_owned();
    entry.description = deed.description.to_owned();
    entry.actor = actor;
    entry.raw = Some(AuditRequest {
        cf_ray_id: caller.request_id.split('-').next().unwrap_or_default().to_owned(),
        method: operation.method.to_string(),
        status_code: status.as_u16(),
        uri: caller.uri.strip_prefix(BASE_PATH).unwrap_or(&caller.uri).to_owned(),
        user_agent: caller.user_agent.clone(),
    });
    entry.resource = Some(AuditResource {
        id: id.map(str::to_owned),
        product: deed.product.to_owned(),
        product_category: Some("accounts".to_owned()),
        scope: "accounts".to_owned(),
        kind: deed.kind.to_owned(),
        request: input.body.clone().unwrap_or_else(|| json!({})),
        response: id.map_or_else(|| json!({}), |id| json!({ "id": id })),
    });
    account.audit_log.record(entry);
}

#[cfg(test)]
mod tests {
    use http::Method;

    use super::super::super::document::DOCUMENT;
    use super::*;
    use crate::document::{Operation, assert_covers};

    #[test]
    fn deeds_are_the_operations_that_change_something_but_the_deletion_of_an_account() {
        let is_deed = |operation: &Operation| operation.method != Method::GET && operation.id != "deleteAccount";
        assert_covers(&DOCUMENT, is_deed, DEEDS.iter().map(|deed| deed.operation));
    }
}
