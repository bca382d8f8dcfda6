//! The profile of a user.

use serde_json::{Value, json};

use super::context::Context;
use super::permissions::id;
use super::state::User;
use crate::quirk::Quirk;
use crate::refusal::Refusal;

/// `getProfile`
pub(super) fn get(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (user, _) = context.user()?;
    Ok(profile(context, user))
}

pub(super) fn profile(context: &Context<'_>, user: &User) -> Value {
    let mut profile = json!({
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
    });
    if let Some(pin) = user
        .pin
        .as_ref()
        .filter(|_| !context.quirks.has(Quirk::ProfileWithoutPin))
    {
        profile["pin"] = json!(pin.expose());
    }
    if context.quirks.has(Quirk::ProfileWithCompany) {
        profile["company"] = company(context, user.company.as_deref());
    }
    profile
}

/// Returns a company as an object, or null.
pub(super) fn company(context: &Context<'_>, company: Option<&str>) -> Value {
    match company.and_then(|company| context.state.companies.get(company)) {
        Some(company) => json!({ "id": id(context, &company.id), "name": company.name }),
        None => Value::Null,
    }
}
