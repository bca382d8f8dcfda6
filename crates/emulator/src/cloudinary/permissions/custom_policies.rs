//! Custom policies.

use serde_json::{Value, json};

use super::super::context::{Context, required_name};
use super::super::state::{Account, CustomPolicy, ScopeType};
use super::cedar;
use super::cursor::{CursorPage, place, with_next};
use super::error::{refused_statement, taken_in_scope};
use super::role::epoch;
use super::scope::{self, scope_type};
use crate::context::with_field;
use crate::input::Input;
use crate::quirk::Quirk;
use crate::refusal::Refusal;

/// The name of the list in its cursors.
const LIST: &str = "custom_policies";

pub(super) fn list(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let input = context.input;
    let page = CursorPage::read(context, LIST)?;
    let account = &*context.account()?;
    let scope = scope::place_of_query(input, account)?;
    let enabled = input.query_bool("enabled");
    let found = account
        .custom_policies
        .numbered()
        .filter(|(_, policy)| scope.includes(policy.scope_type, policy.scope_id.as_deref()))
        .filter(|(_, policy)| enabled.is_none_or(|wanted| policy.enabled == wanted))
        .map(|(number, policy)| (place(number), to_json(policy)))
        .collect();
    let (found, next) = page.cut(found, LIST);
    Ok(with_next(with_field("data", found), next))
}

pub(super) fn create(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (input, now) = (context.input, context.now);
    let given = PolicyRequest::read(input, context.account()?)?;
    refuse_taken(context.account()?, &given, None)?;
    let mut policy = CustomPolicy::new(context.random.id(), "", "");
    given.write(&mut policy);
    // Null counts as absent; the default is true.
    policy.enabled = input.flag("enabled").unwrap_or(true);
    policy.created_at = now;
    policy.updated_at = now;
    let reply = json!({ "data": to_json(&policy) });
    context.account()?.custom_policies.insert(policy);
    Ok(reply)
}

pub(super) fn get(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let id = context.input.path("policy_id");
    Ok(json!({ "data": to_json(find(context.account()?, id)?) }))
}

pub(super) fn update(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (input, now, quirks) = (context.input, context.now, context.quirks);
    let id = input.path("policy_id");
    let account = context.account()?;
    let present = find(account, id)?;
    let given = PolicyRequest::read(input, account)?;
    refuse_taken(account, &given, Some(id))?;
    if present.policy_statement == given.policy_statement && !quirks.has(Quirk::SameStatementIsAccepted) {
        return Err(
            Refusal::conflict("policy_statement is the one that the policy has; an update must change it")
                .named("policy_statement", given.policy_statement),
        );
    }
    let policy = account.custom_policies.get_mut(id).ok_or_else(|| unknown(id))?;
    given.write(policy);
    // Null counts as absent; the default is true.
    policy.enabled = input.flag("enabled").unwrap_or(true);
    policy.updated_at = now;
    Ok(json!({ "data": to_json(policy) }))
}

pub(super) fn delete(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let id = context.input.path("policy_id");
    context
        .account()?
        .custom_policies
        .remove(id)
        .ok_or_else(|| unknown(id))?;
    Ok(Value::Null)
}

/// The fields of a request, except `enabled`.
struct PolicyRequest<'a> {
    name: &'a str,
    description: Option<&'a str>,
    policy_statement: &'a str,
    scope_type: ScopeType,
    scope_id: Option<String>,
}

impl<'a> PolicyRequest<'a> {
    fn read(input: &'a Input, account: &Account) -> Result<Self, Refusal> {
        let name = required_name(input)?;
        let scope_type = scope_type(input.text("scope_type"))
            .ok_or_else(|| Refusal::invalid("scope_type is required").missing("scope_type"))?;
        let scope_id = scope::target(scope_type, input.text("scope_id"), account)?;
        let policy_statement = input.text("policy_statement").unwrap_or_default();
        cedar::check(policy_statement).map_err(|complaints| refused_statement(policy_statement, &complaints))?;
        Ok(Self {
            name,
            description: input.text("description"),
            policy_statement,
            scope_type,
            scope_id,
        })
    }

    fn write(self, policy: &mut CustomPolicy) {
        self.name.clone_into(&mut policy.name);
        policy.description = self.description.map(str::to_owned);
        self.policy_statement.clone_into(&mut policy.policy_statement);
        policy.scope_type = self.scope_type;
        policy.scope_id = self.scope_id;
    }
}

fn refuse_taken(account: &Account, given: &PolicyRequest<'_>, own: Option<&str>) -> Result<(), Refusal> {
    let taken = account.custom_policies.iter().any(|policy| {
        policy.name == given.name
            && policy.scope_type == given.scope_type
            && policy.scope_id == given.scope_id
            && own != Some(policy.id.as_str())
    });
    match taken {
        true => Err(taken_in_scope(
            given.name,
            format!("the scope has a policy named {} already", given.name),
        )),
        false => Ok(()),
    }
}

fn find<'a>(account: &'a Account, id: &str) -> Result<&'a CustomPolicy, Refusal> {
    account.custom_policies.get(id).ok_or_else(|| unknown(id))
}

fn unknown(id: &str) -> Refusal {
    Refusal::not_found(format!("Cannot find custom policy with id {id}")).named("policy_id", id)
}

fn to_json(policy: &CustomPolicy) -> Value {
    let mut json = json!({
        "id": policy.id,
        "name": policy.name,
        "description": policy.description,
        "policy_statement": policy.policy_statement,
        "scope_type": policy.scope_type,
        "enabled": policy.enabled,
        "created_at": epoch(policy.created_at),
        "updated_at": epoch(policy.updated_at),
    });
    if let Some(id) = &policy.scope_id {
        json["scope_id"] = id.as_str().into();
    }
    json
}
