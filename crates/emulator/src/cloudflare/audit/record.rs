//! Writes operations to the audit log.

use chrono::{DurationRound as _, TimeDelta};
use serde_json::{Value, json};

use super::super::context::Context;
use super::super::document::BASE_PATH;
use super::super::state::{AuditActor, AuditEntry, AuditRequest, AuditResource};
use crate::document::Segment;
use crate::refusal::Refusal;

/// How the audit log describes an operation.
struct AuditedOperation {
    operation: &'static str,
    action: &'static str,
    description: &'static str,
    product: &'static str,
    kind: &'static str,
}

const fn audited(
    operation: &'static str,
    action: &'static str,
    description: &'static str,
    product: &'static str,
    kind: &'static str,
) -> AuditedOperation {
    AuditedOperation {
        operation,
        action,
        description,
        product,
        kind,
    }
}

/// Every operation that changes something, except the deletion of an account, which deletes the log too.
const AUDITED: &[AuditedOperation] = &[
    audited("createAccount", "create", "Create Account", "accounts", "account"),
    audited("updateAccount", "update", "Update Account", "accounts", "account"),
    audited("addMember", "create", "Add Member", "members", "member"),
    audited("updateMember", "update", "Update Member", "members", "member"),
    audited("removeMember", "delete", "Remove Member", "members", "member"),
    audited(
        "createSubscription",
        "create",
        "Create Subscription",
        "subscriptions",
        "subscription",
    ),
    audited(
        "updateSubscription",
        "update",
        "Update Subscription",
        "subscriptions",
        "subscription",
    ),
    audited(
        "deleteSubscription",
        "delete",
        "Delete Subscription",
        "subscriptions",
        "subscription",
    ),
    audited("createToken", "create", "Create Token", "tokens", "token"),
    audited("updateToken", "update", "Update Token", "tokens", "token"),
    audited("deleteToken", "delete", "Delete Token", "tokens", "token"),
    audited("rollToken", "update", "Roll Token", "tokens", "token"),
];

/// Writes an entry for a change that succeeded or failed. Of the response, it keeps only the id.
pub(in super::super) fn record(context: &mut Context<'_>, actor: AuditActor, outcome: &Result<Value, Refusal>) {
    let (operation, input, caller) = (context.operation, context.input, context.caller);
    let Some(audited) = AUDITED.iter().find(|audited| audited.operation == operation.id) else {
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
    // The id of something new is only in the response.
    let id = made.or(if audited.action == "create" { None } else { last });
    let to_the_millisecond = context
        .exact_now
        .duration_trunc(TimeDelta::milliseconds(1))
        .unwrap_or(context.exact_now);
    let mut entry = AuditEntry::new(context.random.record_id(), to_the_millisecond);
    entry.action_type = audited.action.to_owned();
    entry.action_result = if status.is_success() { "success" } else { "failure" }.to_owned();
    entry.description = audited.description.to_owned();
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
        product: audited.product.to_owned(),
        product_category: Some("accounts".to_owned()),
        scope: "accounts".to_owned(),
        kind: audited.kind.to_owned(),
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
    fn audited_operations_are_those_that_change_something_but_the_deletion_of_an_account() {
        let is_audited = |operation: &Operation| operation.method != Method::GET && operation.id != "deleteAccount";
        assert_covers(&DOCUMENT, is_audited, AUDITED.iter().map(|audited| audited.operation));
    }
}
