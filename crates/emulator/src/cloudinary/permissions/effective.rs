//! Effective policies: those of the assigned roles, and the custom policies.

use serde_json::{Value, json};

use super::super::context::Context;
use super::super::state::{Account, CustomPolicy};
use super::parameters::ParameterFilter;
use super::principal::Principal;
use super::scope::{self, Scope};
use super::{assignments, cedar};
use crate::refusal::Refusal;

pub(super) fn list(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let input = context.input;
    let account = &*context.account()?;
    let scope = scope::place_of_query(input, account)?;
    let named = Principal::of_query(input, account)?;
    let custom: Vec<Value> = account
        .custom_policies
        .iter()
        .filter(|policy| applies(policy, account, scope, named.as_ref()))
        .map(|policy| json!({ "id": policy.id, "policy_statement": policy.policy_statement }))
        .collect();
    let principals: Vec<Principal> = match named {
        Some(principal) => vec![principal],
        None => Principal::all(account).collect(),
    };
    let principals: Vec<Value> = principals
        .iter()
        .filter_map(|principal| to_json(account, principal, scope))
        .collect();
    Ok(json!({ "data": { "principals": principals, "custom_policies": custom } }))
}

fn applies(policy: &CustomPolicy, account: &Account, scope: Scope<'_>, principal: Option<&Principal>) -> bool {
    policy.enabled
        && scope.includes(policy.scope_type, policy.scope_id.as_deref())
        && principal.is_none_or(|principal| cedar::applies_to(&policy.policy_statement, account, principal))
}

/// Returns a principal with its roles, whose statements are about that principal. A role that is assigned for several pieces of content is listed once for each.
fn to_json(account: &Account, principal: &Principal, scope: Scope<'_>) -> Option<Value> {
    let roles: Vec<Value> = assignments::effective(account, principal, scope, &ParameterFilter::default())
        .into_iter()
        .map(|(role, assignment)| {
            let policies: Vec<Value> = role
                .policies
                .iter()
                .map(|policy| {
                    let statement = policy.statement(&assignment.policy_parameters, Some(principal));
                    json!({ "id": policy.id, "policy_statement": statement })
                })
                .collect();
            json!({ "id": role.id, "system_policies": policies })
        })
        .collect();
    (!roles.is_empty())
        .then(|| json!({ "principal_type": principal.kind, "principal_id": principal.id, "roles": roles }))
}
