//! The users of an account.

use indexmap::IndexSet;
use serde_json::{Value, json};

use super::context::{Context, given_name, required_name, timestamp};
use super::lookup::{no_environment, no_user};
use super::state::{Account, PrincipalType, User};
use super::user_filter::{self, Filter};
use crate::context::with_field;
use crate::email::{is_email, same_email};
use crate::input::Input;
use crate::paging::Page;
use crate::quirk::Quirk;
use crate::refusal::Refusal;
use crate::rows::List;
use crate::table::Entry;

pub(super) fn list(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (input, quirks, operation) = (context.input, context.quirks, context.operation);
    let filter = Filter::read(input, quirks)?;
    let unpaged = input.query("page").is_none() && input.query("page_size").is_none();
    // A list of ids or emails is limited by itself.
    let all = unpaged && (filter.names_users() || quirks.has(Quirk::UsersUnpaged));
    let overridden = filter.names_users() && quirks.has(Quirk::IdsOverrideFilters);
    let page = if all || overridden {
        Page::ALL
    } else {
        Page::read(input, "page_size", quirks, context.paging)?
    };
    let account = context.account()?;
    if let Some(id) = filter.sub_account_id() {
        account.environment(id)?;
    }
    let mut users: Vec<&Entry<User>> = account.users.entries().filter(|user| filter.matches(user)).collect();
    let sort_by = input.query("sort_by");
    // Sorting is stable: equal users stay in the order of creation, which is reversed with the rest.
    users.sort_by(|a, b| user_filter::compare(a, b, sort_by));
    if input.query("sort_order") != Some("asc") {
        users.reverse();
    }
    let mut list = List::new(operation, json!({ "users": [] }), "users");
    // How many groups and environments a user has.
    let depends = account.user_groups.stamp().max(account.product_environments.stamp());
    for user in page.cut(&users) {
        list.push(user, depends, |user| to_json(account, user));
    }
    Ok(context.list(list))
}

pub(super) fn create(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (input, now) = (context.input, context.now);
    let name = required_name(input)?;
    let email = given_email(input)?.ok_or_else(|| Refusal::invalid("email is required"))?;
    let account = context.account()?;
    refuse_taken(account, email, None)?;
    let mut user = User::new("", name, email);
    if let Some(role) = input.text("role") {
        role.clone_into(&mut user.role);
    }
    if user.role != MASTER_ADMIN {
        user.sub_account_ids = given_environments(account, input)?;
    }
    user.enabled = input.flag("enabled").unwrap_or(true);
    user.pending = true;
    user.created_at = now;
    user.updated_at = now;
    user.id = context.random.id();
    let account = context.account()?;
    let reply = to_json(account, &user);
    account.users.insert(user);
    Ok(reply)
}

const MASTER_ADMIN: &str = "master_admin";

pub(super) fn get(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let id = context.input.path("user_id");
    let account = context.account()?;
    Ok(to_json(account, account.user(id)?))
}

pub(super) fn update(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (input, now) = (context.input, context.now);
    let id = input.path("user_id");
    let account = context.account()?;
    let user = account.user(id)?;
    let name = given_name(input)?;
    let email = given_email(input)?;
    if let Some(email) = email {
        refuse_taken(account, email, Some(id))?;
    }
    let role = input.text("role");
    if user.root && role.is_some_and(|role| role != MASTER_ADMIN) {
        return Err(Refusal::forbidden("the root user must keep the role master_admin"));
    }
    let environments = match role.unwrap_or(&user.role) {
        MASTER_ADMIN => None,
        _ => given_environments(account, input)?,
    };
    let user = account.users.get_mut(id).ok_or_else(|| no_user(id))?;
    if let Some(name) = name {
        name.clone_into(&mut user.name);
    }
    if let Some(email) = email {
        email.clone_into(&mut user.email);
    }
    if let Some(role) = role {
        role.clone_into(&mut user.role);
    }
    if environments.is_some() {
        user.sub_account_ids = environments;
    }
    if let Some(enabled) = input.flag("enabled") {
        user.enabled = enabled;
    }
    user.updated_at = now;
    Ok(to_json(account, account.user(id)?))
}

pub(super) fn delete(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let id = context.input.path("user_id");
    let account = context.account()?;
    if account.user(id)?.root {
        return Err(Refusal::forbidden("the root user cannot be deleted"));
    }
    account.users.remove(id);
    account.remove_assignments_of(PrincipalType::User, id);
    for group in account.user_groups.iter_mut() {
        group.user_ids.shift_remove(id);
    }
    Ok(json!({ "message": "ok" }))
}

pub(super) fn groups(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let id = context.input.path("user_id");
    let account = context.account()?;
    account.user(id)?;
    let groups: Vec<Value> = account
        .user_groups
        .iter()
        .filter(|group| group.user_ids.contains(id))
        .map(|group| json!({ "id": group.id, "name": group.name }))
        .collect();
    Ok(with_field("groups", groups))
}

pub(super) fn sub_accounts(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let id = context.input.path("user_id");
    let account = context.account()?;
    let user = account.user(id)?;
    let environments: Vec<Value> = account
        .product_environments
        .iter()
        .filter(|environment| user.has_access_to(&environment.id))
        .map(|environment| {
            json!({
                "id": environment.id,
                "name": environment.name,
                "cloud_name": environment.cloud_name,
                "enabled": environment.enabled,
            })
        })
        .collect();
    Ok(with_field("sub_accounts", environments))
}

fn to_json(account: &Account, user: &User) -> Value {
    let (first_name, last_name) = user.name.split_once(' ').unwrap_or((&user.name, ""));
    let environments = match &user.sub_account_ids {
        Some(ids) if !user.has_all_sub_accounts() => ids.len(),
        _ => account.product_environments.len(),
    };
    let groups = account
        .user_groups
        .iter()
        .filter(|group| group.user_ids.contains(&user.id))
        .count();
    let mut json = json!({
        "id": user.id,
        "name": user.name,
        "first_name": first_name,
        "last_name": last_name,
        "email": user.email,
        "role": user.role,
        "enabled": user.enabled,
        "pending": user.pending,
        "status": user_filter::status(user),
        "all_sub_accounts": user.has_all_sub_accounts(),
        "sub_account_count": environments,
        "group_count": groups,
        "providers": user.providers,
        "email_preferences": user.email_preferences,
        "account_id": account.account_id,
        "two_factor": user.two_factor,
        "root": user.root,
        "created_at": timestamp(user.created_at),
        "updated_at": timestamp(user.updated_at),
    });
    // The document does not allow null here, so missing values are left out.
    if let Some(time) = user.last_login {
        json["last_login"] = timestamp(time).into();
    }
    if let Some(role) = &user.technical_role {
        json["technical_role"] = role.as_str().into();
    }
    if !user.has_all_sub_accounts() {
        json["sub_account_ids"] = json!(user.sub_account_ids);
    }
    json
}

fn given_email(input: &Input) -> Result<Option<&str>, Refusal> {
    match input.text("email") {
        Some(email) if !is_email(email) => Err(Refusal::invalid("email is not an email address")),
        email => Ok(email),
    }
}

/// Returns the environments in a request; `None` when it has no such field, which differs from an empty list.
fn given_environments(account: &Account, input: &Input) -> Result<Option<IndexSet<String>>, Refusal> {
    let Some(ids) = input.field("sub_account_ids").and_then(Value::as_array) else {
        return Ok(None);
    };
    let ids: IndexSet<String> = ids.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    match ids.iter().find(|id| !account.product_environments.contains(id)) {
        Some(unknown) => Err(no_environment(unknown)),
        None => Ok(Some(ids)),
    }
}

fn refuse_taken(account: &Account, email: &str, own: Option<&str>) -> Result<(), Refusal> {
    let taken = account
        .users
        .iter()
        .any(|user| same_email(&user.email, email) && own != Some(user.id.as_str()));
    match taken {
        true => Err(Refusal::conflict("a user with this email address already exists")),
        false => Ok(()),
    }
}
