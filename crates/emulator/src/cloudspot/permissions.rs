//! The permissions of a user.

use http::StatusCode;
use serde_json::{Value, json};

use super::context::{Context, refusal_with_code};
use super::state::{Grant, USE_APP, User};
use crate::quirk::Quirk;
use crate::refusal::Refusal;

/// `getPermissions`
pub(super) fn all(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (user, module) = context.user()?;
    let list = by_company(context, user, &module);
    Ok(match context.quirks.has(Quirk::BarePermissions) {
        true => list,
        false => json!({ "permissions": list }),
    })
}

/// `getCompanyPermissions`
pub(super) fn of_company(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (user, module) = context.user()?;
    let company = context.input.path("company_id");
    let mut usable = usable(user, &module);
    let grant = usable.find(|grant| grant.company == company).ok_or_else(|| {
        let message = "there is no such company for this user in this application";
        refusal_with_code(StatusCode::NOT_FOUND, message, "company_not_found")
    })?;
    Ok(json!({ "permissions": grant.permissions }))
}

/// Returns the permissions in a module by company, in the order they were granted.
pub(super) fn by_company(context: &Context<'_>, user: &User, module: &str) -> Value {
    usable(user, module)
        .map(|grant| {
            json!({
                "company_id": id(context, &grant.company),
                "company_name": context.state.companies.get(&grant.company).map(|company| &company.name),
                "permissions": grant.permissions,
            })
        })
        .collect()
}

/// Returns the grants in a module, without companies for which the user lacks `use_app`.
fn usable<'a>(user: &'a User, module: &'a str) -> impl Iterator<Item = &'a Grant> {
    user.grants
        .iter()
        .filter(move |grant| grant.module == module && grant.permissions.contains(USE_APP))
}

/// Returns the id of a company as it is sent: as a number if it is one.
pub(super) fn id(context: &Context<'_>, id: &str) -> Value {
    match id.parse::<i64>() {
        Ok(number) if number.to_string() == id && !context.quirks.has(Quirk::CompanyIdsAsText) => json!(number),
        _ => json!(id),
    }
}
