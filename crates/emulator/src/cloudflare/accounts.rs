//! Accounts.

use serde_json::{Value, json};

use super::access;
use super::context::{Context, deleted, object, read, reply, required_text, timestamp};
use super::error::{NOT_FOR_ACCOUNT_TOKENS, invalid_at};
use super::identity::Identity;
use super::state::{Account, AccountType, Member, MemberStatus};
use crate::quirk::Quirk;
use crate::refusal::Refusal;

pub(super) fn list(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let identity = context.identity()?;
    let by_account_token = matches!(identity, Identity::AccountToken(..));
    let is_permitted = [Quirk::AccountTokensListAccounts, Quirk::AccountTokensIgnorePage]
        .iter()
        .any(|quirk| context.quirks.has(*quirk));
    if by_account_token && !is_permitted {
        return Err(
            Refusal::invalid("listing accounts does not support tokens that belong to an account")
                .code(NOT_FOR_ACCOUNT_TOKENS),
        );
    }
    let name = context.input.query("name");
    let mut accounts: Vec<&Account> = context
        .state
        .accounts
        .iter()
        .filter(|account| access::reaches(context.state, identity, account))
        .filter(|account| name.is_none_or(|name| account.name == name))
        .collect();
    if context.input.query("direction") == Some("desc") {
        accounts.reverse();
    }
    if by_account_token && context.quirks.has(Quirk::AccountTokensIgnorePage) {
        return Ok(context.full_list(accounts.into_iter().map(to_json).collect()));
    }
    context.page(&accounts, |account| to_json(account))
}

pub(super) fn create(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let name = required_text(context.input, "name")?;
    let mut account = Account::new(context.random.id(), name);
    if let Some(kind) = context.input.field("type") {
        account.kind = read(kind)?;
    }
    if let Some(unit) = context.input.field("unit").and_then(|unit| unit["id"].as_str()) {
        if !context.state.units.contains(unit) {
            return Err(invalid_at("/unit/id", "the tenant has no unit with this id"));
        }
        account.unit = Some(unit.to_owned());
    }
    account.created_on = context.now;
    if let Some(user) = context.identity()?.user() {
        let mut member = Member::new("", user.email.clone(), MemberStatus::Accepted);
        member.id = context.random.id();
        member
            .roles
            .extend(account.roles.iter().take(1).map(|role| role.id.clone()));
        account.members.insert(member);
    }
    let result = to_json(&account);
    context.state.accounts.insert(account);
    Ok(reply(result))
}

pub(super) fn get(context: &mut Context<'_>) -> Result<Value, Refusal> {
    Ok(reply(to_json(context.account()?)))
}

pub(super) fn update(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let input = context.input;
    if input.text("id") != Some(input.path("account_id")) {
        return Err(invalid_at("/id", "id must be the id of the account in the path"));
    }
    let name = required_text(input, "name")?;
    let kind = input.field("type").map(read::<AccountType>).transpose()?;
    let settings = input.object("settings");
    let contact = settings.and_then(|settings| settings.get("abuse_contact_email")?.as_str());
    let twofactor = settings.and_then(|settings| settings.get("enforce_twofactor")?.as_bool());
    let account = context.account_mut()?;
    name.clone_into(&mut account.name);
    account.kind = kind.unwrap_or(account.kind);
    if let Some(contact) = contact {
        account.settings.abuse_contact_email = Some(contact.to_owned()).filter(|contact| !contact.is_empty());
    }
    account.settings.enforce_twofactor = twofactor.unwrap_or(account.settings.enforce_twofactor);
    Ok(reply(to_json(account)))
}

pub(super) fn delete(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let id = context.account()?.id.clone();
    context.state.accounts.remove(&id);
    Ok(deleted(&id))
}

pub(super) fn to_json(account: &Account) -> Value {
    object([
        ("id", Some(account.id.clone().into())),
        ("name", Some(account.name.clone().into())),
        ("type", Some(json!(account.kind))),
        ("created_on", Some(timestamp(account.created_on).into())),
        ("managed_by", account.managed_by.as_ref().map(|parent| json!(parent))),
        ("settings", Some(json!(account.settings))),
    ])
}
