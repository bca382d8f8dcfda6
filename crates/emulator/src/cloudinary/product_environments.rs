//! Product environments, called sub-accounts on the wire.

use serde_json::{Map, Value, json};

use super::context::{Context, given_name, required_name, timestamp};
use super::lookup::no_environment;
use super::state::{Account, PrincipalType, ProductEnvironment};
use super::{access_keys, cloud_name};
use crate::input::Input;
use crate::refusal::Refusal;
use crate::rows::List;
use crate::table::Table;

pub(super) fn list(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let filter = Filter::read(context.input);
    let mut list = List::new(context.operation, json!({ "sub_accounts": [] }), "sub_accounts");
    let environments = &context.account()?.product_environments;
    for environment in environments.entries().filter(|environment| filter.matches(environment)) {
        list.push(environment, 0, to_json);
    }
    Ok(context.list(list))
}

struct Filter<'a> {
    ids: Option<Vec<&'a str>>,
    cloud_names: Option<Vec<&'a str>>,
    prefix: Option<String>,
    enabled: Option<bool>,
}

impl<'a> Filter<'a> {
    fn read(input: &'a Input) -> Self {
        Self {
            ids: input.query_list("ids"),
            cloud_names: input.query_list("cloud_names"),
            prefix: input.query("prefix").map(str::to_lowercase),
            enabled: input.query_bool("enabled"),
        }
    }

    fn matches(&self, environment: &ProductEnvironment) -> bool {
        if let Some(ids) = &self.ids {
            return ids.contains(&environment.id.as_str());
        }
        self.cloud_names.as_ref().is_none_or(|names| {
            names
                .iter()
                .any(|name| name.eq_ignore_ascii_case(&environment.cloud_name))
        }) && self
            .prefix
            .as_ref()
            .is_none_or(|prefix| environment.name.to_lowercase().starts_with(prefix))
            && self.enabled.is_none_or(|enabled| environment.enabled == enabled)
    }
}

pub(super) fn create(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let name = required_name(context.input)?;
    let cloud_name = match given_cloud_name(context.input)? {
        Some(cloud_name) => {
            refuse_taken(&context.state.accounts, cloud_name, None)?;
            cloud_name.to_owned()
        }
        None => free_cloud_name(context),
    };
    let copied = match context.input.text("base_sub_account_id") {
        // The operation does not document 404.
        Some(base) => context
            .account()?
            .product_environments
            .get(base)
            .ok_or_else(|| Refusal::invalid(format!("base_sub_account_id: {}", no_environment(base).message)))?
            .custom_attributes
            .clone(),
        None => Map::new(),
    };
    let mut environment = ProductEnvironment::new(context.random.id(), name, cloud_name);
    environment.custom_attributes = context.input.object("custom_attributes").cloned().unwrap_or(copied);
    environment.enabled = context.input.extra("enabled") != Some("false");
    environment.created_at = context.now;
    environment.updated_at = context.now;
    let key = access_keys::make(context, Some("Root"), true);
    environment.access_keys.insert(key);
    let reply = to_json(&environment);
    context.account()?.product_environments.insert(environment);
    Ok(reply)
}

pub(super) fn get(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let id = context.input.path("sub_account_id");
    Ok(to_json(context.account()?.environment(id)?))
}

pub(super) fn update(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (input, now) = (context.input, context.now);
    let id = input.path("sub_account_id");
    context.account()?.environment(id)?;
    let name = given_name(input)?;
    let cloud_name = given_cloud_name(input)?;
    if let Some(cloud_name) = cloud_name {
        refuse_taken(
            &context.state.accounts,
            cloud_name,
            Some((input.path("account_id"), id)),
        )?;
    }
    let environment = context.account()?.environment_mut(id)?;
    if let Some(name) = name {
        name.clone_into(&mut environment.name);
    }
    if let Some(cloud_name) = cloud_name {
        cloud_name.clone_into(&mut environment.cloud_name);
    }
    if let Some(attributes) = input.object("custom_attributes") {
        environment.custom_attributes.clone_from(attributes);
    }
    if let Some(enabled) = input.flag("enabled") {
        environment.enabled = enabled;
    }
    environment.updated_at = now;
    Ok(to_json(environment))
}

pub(super) fn delete(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let id = context.input.path("sub_account_id");
    let account = context.account()?;
    let gone = account
        .product_environments
        .remove(id)
        .ok_or_else(|| no_environment(id))?;
    for key in gone.access_keys.iter() {
        account.remove_assignments_of(PrincipalType::ApiKey, &key.api_key);
    }
    account.remove_permissions_in(id);
    for user in account.users.iter_mut() {
        if let Some(ids) = &mut user.sub_account_ids {
            ids.shift_remove(id);
        }
    }
    Ok(json!({ "message": "ok" }))
}

fn to_json(environment: &ProductEnvironment) -> Value {
    let keys: Vec<Value> = environment
        .access_keys
        .iter()
        .map(|key| json!({ "key": key.api_key, "secret": key.api_secret, "enabled": key.enabled }))
        .collect();
    json!({
        "id": environment.id,
        "name": environment.name,
        "cloud_name": environment.cloud_name,
        "enabled": environment.enabled,
        "custom_attributes": environment.custom_attributes,
        "api_access_keys": keys,
        "created_at": timestamp(environment.created_at),
        "updated_at": timestamp(environment.updated_at),
    })
}

fn given_cloud_name(input: &Input) -> Result<Option<&str>, Refusal> {
    match input.text("cloud_name") {
        Some(name) if !cloud_name::is_valid(name) => Err(Refusal::invalid(format!("cloud_name {}", cloud_name::RULE))),
        name => Ok(name),
    }
}

/// Rejects a cloud name that another environment has, in any account.
fn refuse_taken(accounts: &Table<Account>, name: &str, own: Option<(&str, &str)>) -> Result<(), Refusal> {
    match accounts.iter().any(|account| has_cloud_name(account, name, own)) {
        true => Err(Refusal::conflict(format!("cloud_name {name} is already taken"))),
        false => Ok(()),
    }
}

fn has_cloud_name(account: &Account, name: &str, own: Option<(&str, &str)>) -> bool {
    account.product_environments.iter().any(|environment| {
        environment.cloud_name.eq_ignore_ascii_case(name)
            && own != Some((account.account_id.as_str(), environment.id.as_str()))
    })
}

fn free_cloud_name(context: &mut Context<'_>) -> String {
    loop {
        let name = format!("d{}", context.random.name(8));
        if !context
            .state
            .accounts
            .iter()
            .any(|account| has_cloud_name(account, &name, None))
        {
            return name;
        }
    }
}
