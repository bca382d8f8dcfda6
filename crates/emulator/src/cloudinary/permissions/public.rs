//! Operations that need no credentials.

use serde_json::{Value, json};

use super::super::context::Context;
use super::parameters::Parameters;
use super::{catalog, cedar, role};
use crate::refusal::Refusal;

pub(super) fn catalog(_: &mut Context<'_>) -> Result<Value, Refusal> {
    let roles: Vec<Value> = role::system()
        .map(|role| {
            let mut json = role.to_json();
            json["system_policy_ids"] = role.policies.iter().map(|policy| policy.id).collect();
            json
        })
        .collect();
    let policies: Vec<Value> = catalog::policies()
        .map(|policy| policy.to_json(&Parameters::new()))
        .collect();
    Ok(json!({ "catalog": { "roles": roles, "policies": policies } }))
}

pub(super) fn validate(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let statement = context.input.text("policy").unwrap_or_default();
    Ok(match cedar::check(statement) {
        Ok(()) => json!({ "valid": true, "errors": [] }),
        Err(complaints) => json!({ "valid": false, "errors": complaints }),
    })
}

pub(super) fn schema(_: &mut Context<'_>) -> Result<Value, Refusal> {
    Ok(json!({ "schema": catalog::cedar_schema() }))
}
