//! Who holds which roles in one place.

use serde_json::{Value, json};

use super::super::context::Context;
use super::super::state::Account;
use super::assignments;
use super::cursor::Page;
use super::parameters::Wanted;
use super::principal::Principal;
use super::scope::{self, Scope};
use crate::refusal::Refusal;

/// The names of the lists in their cursors.
const FOUND: &str = "inspect";
const NAMED: &str = "inspect_multiple";

pub(super) fn one(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let input = context.input;
    let page = Page::read(context, FOUND)?;
    let account = &*context.account()?;
    let scope = scope::place(
        scope::scope_type(input.query("scope_type")),
        input.query("scope_id"),
        account,
    )?;
    let wanted = Wanted::of_query(input)?;
    let principals: Vec<Principal> = match Principal::of_query(input, account)? {
        Some(principal) => vec![principal],
        None => Principal::all(account).collect(),
    };
    let found = principals
        .iter()
        .map(|principal| shown(account, principal, scope, &wanted))
        .filter(|entry| entry["roles"].as_array().is_some_and(|roles| !roles.is_empty()))
        .collect();
    Ok(reply(page, found, FOUND))
}

pub(super) fn multiple(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let input = context.input;
    let page = Page::read(context, NAMED)?;
    let account = &*context.account()?;
    let scope = scope::place(
        scope::scope_type(input.text("scope_type")),
        input.text("scope_id"),
        account,
    )?;
    let wanted = Wanted::of_body(input)?;
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
    let found = principals
        .iter()
        .map(|principal| shown(account, principal, scope, &wanted))
        .collect();
    Ok(reply(page, found, NAMED))
}

fn shown(account: &Account, principal: &Principal, scope: Scope<'_>, wanted: &Wanted) -> Value {
    let roles: Vec<Value> = assignments::effective(account, principal, scope, wanted)
        .into_iter()
        .map(|(role, assignment)| role.shown_held(assignment))
        .collect();
    json!({ "type": principal.kind, "id": principal.id, "roles": roles })
}

fn reply(page: Page, found: Vec<Value>, list: &str) -> Value {
    let (principals, next) = page.cut(found, list);
    let mut reply = json!({ "data": { "principals": principals } });
    if let Some(next) = next {
        reply["next_cursor"] = next.into();
    }
    reply
}
