//! The access keys of a product environment.

use std::cmp::Ordering;

use serde_json::{Value, json};

use super::context::{Context, given_name, timestamp};
use super::state::{AccessKey, PrincipalType, ProductEnvironment};
use crate::paging::Page;
use crate::quirk::Quirk;
use crate::refusal::Refusal;
use crate::rows::List;
use crate::table::Entry;

pub(super) fn list(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (input, quirks, operation) = (context.input, context.quirks, context.operation);
    let unpaged = input.query("page").is_none() && input.query("page_size").is_none();
    let page = if unpaged {
        Page::ALL
    } else {
        Page::read(input, "page_size", quirks, context.paging)?
    };
    let environment = context.account()?.environment(input.path("sub_account_id"))?;
    let mut keys: Vec<&Entry<AccessKey>> = environment.access_keys.entries().collect();
    let sort_by = input.query("sort_by");
    // Sorting is stable: equal keys stay in the order of creation, which is reversed with the rest.
    keys.sort_by(|a, b| compare(a, b, sort_by));
    if input.query("sort_order") != Some("asc") {
        keys.reverse();
    }
    let mut reply = json!({ "access_keys": [] });
    if !quirks.has(Quirk::NoTotal) {
        reply["total"] = keys.len().into();
    }
    let mut list = List::new(operation, reply, "access_keys");
    for key in page.cut(&keys) {
        list.push(key, 0, to_json);
    }
    Ok(context.list(list))
}

fn compare(a: &AccessKey, b: &AccessKey, by: Option<&str>) -> Ordering {
    match by {
        Some("api_key") => a.api_key.cmp(&b.api_key),
        Some("name") => a.name.to_lowercase().cmp(&b.name.to_lowercase()),
        Some("enabled") => a.enabled.cmp(&b.enabled),
        _ => a.created_at.cmp(&b.created_at),
    }
}

pub(super) fn generate(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let input = context.input;
    let id = input.path("sub_account_id");
    let name = given_name(input)?;
    refuse_taken(context.account()?.environment(id)?, name, None)?;
    let key = make(context, name, input.flag("enabled").unwrap_or(true));
    let reply = to_json(&key);
    context.account()?.environment_mut(id)?.access_keys.insert(key);
    Ok(reply)
}

/// Creates a key that no environment has yet. Without a name, its name is derived from the API key.
pub(super) fn make(context: &mut Context<'_>, name: Option<&str>, enabled: bool) -> AccessKey {
    let api_key = loop {
        let api_key = context.random.digits(15);
        let taken = context
            .state
            .accounts
            .iter()
            .flat_map(|account| account.product_environments.iter())
            .any(|environment| environment.access_keys.contains(&api_key));
        if !taken {
            break api_key;
        }
    };
    let name = name.map_or_else(|| format!("key-{api_key}"), str::to_owned);
    let mut key = AccessKey::new(api_key, context.random.secret(), name);
    key.enabled = enabled;
    key.created_at = context.now;
    key.updated_at = context.now;
    key
}

pub(super) fn update(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (input, now) = (context.input, context.now);
    let api_key = input.path("key");
    let environment = context.account()?.environment_mut(input.path("sub_account_id"))?;
    if !environment.access_keys.contains(api_key) {
        return Err(no_key(api_key));
    }
    let name = given_name(input)?;
    refuse_taken(environment, name, Some(api_key))?;
    let purpose = input.text("dedicated_for");
    if let Some(purpose) = purpose {
        // A purpose has one key at a time, so it is removed from the key that had it.
        for key in environment.access_keys.iter_mut() {
            key.dedicated_for.shift_remove(purpose);
        }
    }
    let key = environment
        .access_keys
        .get_mut(api_key)
        .ok_or_else(|| no_key(api_key))?;
    if let Some(name) = name {
        name.clone_into(&mut key.name);
    }
    if let Some(enabled) = input.flag("enabled") {
        key.enabled = enabled;
    }
    key.dedicated_for.extend(purpose.map(str::to_owned));
    key.updated_at = now;
    Ok(to_json(key))
}

pub(super) fn delete(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let input = context.input;
    let api_key = input.path("key");
    let account = context.account()?;
    let environment = account.environment_mut(input.path("sub_account_id"))?;
    environment.access_keys.remove(api_key).ok_or_else(|| no_key(api_key))?;
    account.remove_assignments_of(PrincipalType::ApiKey, api_key);
    Ok(json!({ "message": "ok" }))
}

pub(super) fn delete_by_name(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let input = context.input;
    let name = input.query("name").unwrap_or_default();
    let account = context.account()?;
    let keys = &mut account.environment_mut(input.path("sub_account_id"))?.access_keys;
    let api_key = keys
        .iter()
        .find(|key| key.name == name)
        .map(|key| key.api_key.clone())
        .ok_or_else(|| Refusal::not_found(format!("Cannot find access key with name {name}")))?;
    keys.remove(&api_key);
    account.remove_assignments_of(PrincipalType::ApiKey, &api_key);
    Ok(json!({ "message": "ok" }))
}

fn to_json(key: &AccessKey) -> Value {
    json!({
        "name": key.name,
        "api_key": key.api_key,
        "api_secret": key.api_secret,
        "enabled": key.enabled,
        "dedicated_for": key.dedicated_for,
        "created_at": timestamp(key.created_at),
        "updated_at": timestamp(key.updated_at),
    })
}

fn refuse_taken(environment: &ProductEnvironment, name: Option<&str>, own: Option<&str>) -> Result<(), Refusal> {
    let Some(name) = name else { return Ok(()) };
    match environment
        .access_keys
        .iter()
        .any(|key| key.name == name && own != Some(key.api_key.as_str()))
    {
        true => Err(Refusal::conflict(format!("an access key named {name} already exists"))),
        false => Ok(()),
    }
}

fn no_key(api_key: &str) -> Refusal {
    Refusal::not_found(format!("Cannot find access key {api_key}"))
}
