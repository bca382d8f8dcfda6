//! Inspections: the roles of principals in a scope.

use serde_json::{Value, json};

use super::super::context::Context;
use super::super::state::Account;
use super::assignments;
use super::cursor::{CursorPage, Place, place, with_next};
use super::parameters::ParameterFilter;
use super::principal::Principal;
use super::scope::{self, Scope};
use crate::refusal::Refusal;

/// The names of the lists in their cursors.
const FOUND: &str = "inspect";
const NAMED: &str = "inspect_multiple";

pub(super) fn one(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let input = context.input;
    let page = CursorPage::read(context, FOUND)?;
    let account = &*context.account()?;
    let scope = scope::place_of_query(input, account)?;
    let wanted = ParameterFilter::of_query(input)?;
    let principals: Vec<(Place, Principal)> = match Principal::of_query(input, account)? {
        Some(principal) => vec![(place(0), principal)],
        None => Principal::placed(account).collect(),
    };
    let found = principals
        .iter()
        .map(|(place, principal)| (*place, to_json(account, principal, scope, &wanted)))
        .filter(|(_, entry)| entry["roles"].as_array().is_some_and(|roles| !roles.is_empty()))
        .collect();
    Ok(reply(page, found, FOUND))
}

pub(super) fn multiple(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let input = context.input;
    let page = CursorPage::read(context, NAMED)?;
    let account = &*context.account()?;
    let scope = scope::place(
        scope::scope_type(input.text("scope_type")),
        input.text("scope_id"),
        account,
    )?;
    let wanted = ParameterFilter::of_body(input)?;
    let principals = input
        .field("principals")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .enumerate()
        .map(|(place, given)| {
            Principal::of_body(given, account).map_err(|refusal| refusal.within(&format!("principals[{place}]")))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let found = (0..)
        .zip(&principals)
        .map(|(number, principal)| (place(number), to_json(account, principal, scope, &wanted)))
        .collect();
    Ok(reply(page, found, NAMED))
}

fn to_json(account: &Account, principal: &Principal, scope: Scope<'_>, wanted: &ParameterFilter) -> Value {
    let roles: Vec<Value> = assignments::effective(account, principal, scope, wanted)
        .into_iter()
        .map(|(role, assignment)| role.to_assigned_json(assignment))
        .collect();
    json!({ "type": principal.kind, "id": principal.id, "roles": roles })
}

fn reply(page: CursorPage, found: Vec<(Place, Value)>, list: &str) -> Value {
    let (principals, next) = page.cut(found, list);
    with_next(json!({ "data": { "principals": principals } }), next)
}
