//! The principals of a role.

use serde_json::{Value, json};

use super::super::context::Context;
use super::super::state::{Account, RoleAssignment};
use super::assignments::{self, Change};
use super::parameters::{self, ParameterFilter};
use super::principal::{self, Principal};
use super::role::{self, epoch};
use super::scope::{self, ScopeFilter};
use crate::context::with_field;
use crate::refusal::Refusal;

pub(super) fn list(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let input = context.input;
    let verbose = input.query_bool("verbose").unwrap_or(false);
    let account = &*context.account()?;
    let role = role::find(account, input.path("role_id"))?;
    let filter = ScopeFilter::read(input, account)?;
    let wanted = ParameterFilter::of_query(input)?;
    let mut entries: Vec<Value> = Vec::new();
    for assignment in account.role_assignments.iter().filter(|assignment| {
        assignment.role_id == role.id
            && filter.matches(role.scope_type, assignment.scope_id.as_deref())
            && wanted.matches(&assignment.policy_parameters)
    }) {
        let mut entry = json!({ "id": assignment.principal_id, "type": assignment.principal_type });
        if verbose {
            entry["role_id"] = role.id.into();
            entry["policy_parameters"] = json!(assignment.policy_parameters);
            entry["scope_type"] = json!(role.scope_type);
            entry["scope_id"] = json!(assignment.scope_id);
            entry["created_at"] = epoch(assignment.created_at).into();
            entry["updated_at"] = epoch(assignment.updated_at).into();
        }
        // Without details, a principal with several assignments of the role is listed once.
        if verbose || !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    Ok(with_field("data", entries))
}

pub(super) fn update(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (input, now) = (context.input, context.now);
    let account = context.account()?;
    let role_id = input.path("role_id");
    let role_id = &role::find(account, role_id)?.id.to_owned();
    let change = Change::read(input.text("operation"))?;
    let given = input
        .field("principals")
        .and_then(Value::as_array)
        .ok_or_else(|| Refusal::invalid("principals is required").missing("principals"))?;
    let assignments = given
        .iter()
        .enumerate()
        .map(|(place, entry)| {
            read(account, role_id, entry).map_err(|refusal| refusal.within(&format!("principals[{place}]")))
        })
        .collect::<Result<Vec<_>, _>>()?;
    assignments::apply(account, change, assignments, now);
    Ok(Value::Null)
}

fn read(account: &Account, role_id: &str, entry: &Value) -> Result<RoleAssignment, Refusal> {
    let text = |name| entry.get(name).and_then(Value::as_str);
    let (Some(kind), Some(id)) = (principal::kind(text("principal_type")), text("principal_id")) else {
        return Err(Refusal::invalid("principal_type and principal_id are required").named("principals", entry.clone()));
    };
    let principal = Principal::find(account, kind, id)?;
    assignment(account, role_id, principal, entry)
}

/// Reads the environment and the parameters of an assignment, and checks that they fit the role.
pub(super) fn assignment(
    account: &Account,
    role_id: &str,
    principal: Principal,
    entry: &Value,
) -> Result<RoleAssignment, Refusal> {
    let role = role::find(account, role_id)?;
    let given = entry.get("policy_parameters").and_then(Value::as_object);
    let mut assignment = RoleAssignment::new(role.id, principal.kind, principal.id);
    assignment.scope_id = scope::target(role.scope_type, scope::given_id(entry), account)?;
    assignment.policy_parameters = parameters::read(given, "policy_parameters")?;
    assignments::check_parameters(&role, &assignment.policy_parameters)?;
    Ok(assignment)
}
