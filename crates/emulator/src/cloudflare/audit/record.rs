//! Writes operations to the audit log.

use chrono::{DurationRound as _, TimeDelta};
use serde_json::{Value, json};

use super::super::context::Context;
use super::super::document::BASE_PATH;
use super::super::invites::invite_id;
use super::super::memberships;
use super::super::state::{AuditActor, AuditEntry, AuditRequest, AuditResource};
use crate::document::{Operation, Segment};
use crate::refusal::Refusal;

/// How the audit log describes an operation: its id, the type of the action, the product and the type of the resource.
type AuditedOperation = (&'static str, &'static str, &'static str, &'static str);

/// Every operation that changes something in an account, except the deletion of the account, which deletes the log too.
pub(super) const AUDITED: &[AuditedOperation] = &[
    ("createAccount", "create", "accounts", "account"),
    ("updateAccount", "update", "accounts", "account"),
    ("addMember", "create", "members", "member"),
    ("updateMember", "update", "members", "member"),
    ("removeMember", "delete", "members", "member"),
    ("createResourceGroup", "create", "resource_groups", "resource_group"),
    ("updateResourceGroup", "update", "resource_groups", "resource_group"),
    ("deleteResourceGroup", "delete", "resource_groups", "resource_group"),
    ("createUserGroup", "create", "user_groups", "user_group"),
    ("updateUserGroup", "update", "user_groups", "user_group"),
    ("deleteUserGroup", "delete", "user_groups", "user_group"),
    ("addUserGroupMembers", "update", "user_groups", "user_group"),
    ("replaceUserGroupMembers", "update", "user_groups", "user_group"),
    ("removeUserGroupMember", "update", "user_groups", "user_group"),
    ("createSsoConnector", "create", "sso_connectors", "sso_connector"),
    ("updateSsoConnector", "update", "sso_connectors", "sso_connector"),
    ("deleteSsoConnector", "delete", "sso_connectors", "sso_connector"),
    ("beginSsoVerification", "update", "sso_connectors", "sso_connector"),
    ("createSubscription", "create", "subscriptions", "subscription"),
    ("updateSubscription", "update", "subscriptions", "subscription"),
    ("deleteSubscription", "delete", "subscriptions", "subscription"),
    (
        "cancelSubscriptionDowngrades",
        "update",
        "subscriptions",
        "subscription",
    ),
    ("createToken", "create", "tokens", "token"),
    ("updateToken", "update", "tokens", "token"),
    ("deleteToken", "delete", "tokens", "token"),
    ("rollToken", "update", "tokens", "token"),
    ("answerMembership", "update", "memberships", "membership"),
    ("deleteMembership", "delete", "memberships", "membership"),
    ("answerInvite", "update", "memberships", "membership"),
];

/// What a request is about, found before it changes anything.
#[derive(Default)]
pub(in super::super) struct Target {
    account_id: Option<String>,
    resource_id: Option<String>,
}

impl Target {
    /// Finds the account and the resource. What is still to be created has neither.
    pub(in super::super) fn of(context: &Context<'_>) -> Self {
        let input = context.input;
        let path = |name: &str| Some(input.path(name)).filter(|id| !id.is_empty());
        let (membership, invite) = (path("membership_id"), path("invite_id"));
        if let (true, Ok(user)) = (membership.or(invite).is_some(), context.user()) {
            let mut memberships = memberships::of_user(context.state, user);
            let found = memberships.find(|(account, member)| {
                membership == Some(&member.id) || invite == Some(&invite_id(account, member))
            });
            return found.map_or_else(Self::default, |(account, member)| Self {
                account_id: Some(account.id.clone()),
                resource_id: Some(member.id.clone()),
            });
        }
        Self {
            account_id: path("account_id").map(str::to_owned),
            resource_id: resource_in_path(context.operation).and_then(path).map(str::to_owned),
        }
    }
}

/// Returns the name of the path parameter that identifies the resource: that of the account if the operation is about
/// the account itself, or else the next one.
fn resource_in_path(operation: &Operation) -> Option<&str> {
    let mut parameters = operation.segments.iter().filter_map(|segment| match segment {
        Segment::Parameter(name) => Some(name.as_str()),
        Segment::Literal(_) => None,
    });
    let is_account = operation.path.ends_with("{account_id}");
    parameters.nth(usize::from(!is_account))
}

/// Writes an entry for a change that succeeded or failed. Of the response, it keeps only the id.
pub(in super::super) fn record(
    context: &mut Context<'_>,
    actor: AuditActor,
    target: Target,
    outcome: &Result<Value, Refusal>,
) {
    let (operation, input, caller) = (context.operation, context.input, context.caller);
    let audited = AUDITED.iter().find(|(id, ..)| *id == operation.id);
    let Some((name, action, product, kind)) = audited else {
        return;
    };
    let (status, made) = match outcome {
        Ok(body) => (operation.success, body["result"]["id"].as_str()),
        Err(refusal) => (refusal.status, None),
    };
    let made = made.map(str::to_owned);
    let Target {
        account_id,
        resource_id,
    } = target;
    let Some(account) = account_id
        .or_else(|| made.clone())
        .and_then(|id| context.state.accounts.get_mut(&id))
    else {
        return;
    };
    let id = resource_id.or(made);
    let to_the_millisecond = context
        .exact_now
        .duration_trunc(TimeDelta::milliseconds(1))
        .unwrap_or(context.exact_now);
    let mut entry = AuditEntry::new(context.random.record_id(), to_the_millisecond);
    entry.action_type = (*action).to_owned();
    entry.action_result = if status.is_success() { "success" } else { "failure" }.to_owned();
    entry.description = words(name);
    entry.actor = actor;
    entry.raw = Some(AuditRequest {
        cf_ray_id: caller.request_id.split('-').next().unwrap_or_default().to_owned(),
        method: operation.method.to_string(),
        status_code: status.as_u16(),
        uri: caller.uri.strip_prefix(BASE_PATH).unwrap_or(&caller.uri).to_owned(),
        user_agent: caller.user_agent.clone(),
    });
    // Products and their scopes have the same names, apart from those that belong to accounts.
    let scope = if *product == "memberships" { product } else { "accounts" };
    entry.resource = Some(AuditResource {
        response: id.as_ref().map_or_else(|| json!({}), |id| json!({ "id": id })),
        id,
        product: (*product).to_owned(),
        product_category: Some(scope.to_owned()),
        scope: scope.to_owned(),
        kind: (*kind).to_owned(),
        request: input.body.clone().unwrap_or_else(|| json!({})),
    });
    account.audit_log.record(entry);
}

/// Turns an operation's id into words: `addMember` into `Add Member`.
fn words(id: &str) -> String {
    let mut words = String::new();
    for letter in id.chars() {
        match words.is_empty() {
            true => words.extend(letter.to_uppercase()),
            false if letter.is_uppercase() => words.extend([' ', letter]),
            false => words.push(letter),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use http::Method;

    use super::super::super::document::DOCUMENT;
    use super::*;
    use crate::document::assert_covers;

    #[test]
    fn audited_operations_are_those_that_change_an_account_but_its_deletion() {
        let is_of_user = |operation: &Operation| {
            let path = operation.path.strip_prefix(BASE_PATH).unwrap_or_default();
            path == "/user" || path.starts_with("/user/tokens")
        };
        let is_audited = |operation: &Operation| {
            operation.method != Method::GET && operation.id != "deleteAccount" && !is_of_user(operation)
        };
        assert_covers(&DOCUMENT, is_audited, AUDITED.iter().map(|(id, ..)| *id));
    }
}
