//! The roles of a principal.

use serde_json::Value;

use super::super::context::Context;
use super::assignments::{self, Change};
use super::parameters::ParameterFilter;
use super::principal::Principal;
use super::role_principals;
use super::scope::ScopeFilter;
use crate::context::with_field;
use crate::refusal::Refusal;

pub(super) fn list(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let input = context.input;
    let account = &*context.account()?;
    let principal = Principal::of_query(input, account)?.ok_or_else(|| {
        Refusal::invalid("principal_type and principal_id are required")
            .missing("principal_type")
            .missing("principal_id")
    })?;
    let filter = ScopeFilter::read(input, account)?;
    let wanted = ParameterFilter::of_query(input)?;
    let permission_type = input.query("permission_type");
    let management_type = input.query("management_type");
    let roles: Vec<Value> = assignments::own(account, &principal)
        .filter(|(role, assignment)| {
            filter.matches(role.scope_type, assignment.scope_id.as_deref())
                && wanted.matches(&assignment.policy_parameters)
                && permission_type.is_none_or(|wanted| role.permission_type.word() == wanted)
                && management_type.is_none_or(|wanted| role.management_type() == wanted)
        })
        .map(|(role, assignment)| role.to_assigned_json(assignment))
        .collect();
    Ok(with_field("data", roles))
}

pub(super) fn update(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (input, now) = (context.input, context.now);
    let account = context.account()?;
    let change = Change::read(input.text("operation"))?;
    let given = input
        .field("principal")
        .ok_or_else(|| Refusal::invalid("principal is required").missing("principal"))?;
    let principal = Principal::of_body(given, account)?;
    let roles = input
        .field("roles")
        .and_then(Value::as_array)
        .ok_or_else(|| Refusal::invalid("roles is required").missing("roles"))?;
    let assignments = roles
        .iter()
        .enumerate()
        .map(|(place, entry)| {
            let id = entry.get("id").and_then(Value::as_str).unwrap_or_default();
            role_principals::assignment(account, id, principal.clone(), entry)
                .map_err(|refusal| refusal.within(&format!("roles[{place}]")))
        })
        .collect::<Result<Vec<_>, _>>()?;
    assignments::apply(account, change, assignments, now);
    Ok(Value::Null)
}
