//! Logging in and impersonating.

use http::StatusCode;
use http::header::RETRY_AFTER;
use serde_json::{Map, Value, json};

use super::context::{Context, refusal_with_code, wrong_module};
use super::permissions::by_company;
use super::profile::{company, profile};
use super::state::has_expired;
use crate::refusal::Refusal;

/// `authenticate`
pub(super) fn authenticate(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let module = context.module()?;
    let (username, password) = (filled(context, "username")?, filled(context, "password")?);
    let (now, limit) = (context.exact_now, context.state.lockout_failures);
    let lockout = chrono::TimeDelta::seconds(context.state.lockout_seconds.into());
    let bad = || {
        refusal_with_code(
            StatusCode::UNAUTHORIZED,
            "unable to sign in with these credentials",
            "bad_credentials",
        )
    };
    let user = context.state.user_mut(&username).ok_or_else(bad)?;
    if let Some(end) = user.locked_until {
        if now < end {
            // Rounded up, so that a client that waits this long is not early.
            let wait = (end - now).num_milliseconds();
            let seconds = wait / 1000 + i64::from(wait % 1000 > 0);
            let refusal = refusal_with_code(
                StatusCode::TOO_MANY_REQUESTS,
                "locked out after too many failures",
                "locked_out",
            );
            return Err(refusal.header(RETRY_AFTER, seconds.to_string()));
        }
        user.locked_until = None;
    }
    if !(user.password.is(&password) && user.enabled) {
        user.failed_logins = user.failed_logins.saturating_add(1);
        if limit > 0 && user.failed_logins >= limit {
            user.failed_logins = 0;
            user.locked_until = now.checked_add_signed(lockout);
        }
        return Err(bad());
    }
    user.failed_logins = 0;
    let username = user.username.clone();
    let token = context.issue_token(&username, &module);
    let permissions = context
        .state
        .users
        .get(&username)
        .map(|user| by_company(context, user, &module));
    Ok(json!({ "token": token, "permissions": permissions }))
}

/// `validateImpersonation`
pub(super) fn validate_impersonation(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let module = context.module()?;
    let sent = filled(context, "token")?;
    let refuse = |message: &str| refusal_with_code(StatusCode::UNAUTHORIZED, message, "impersonation_invalid");
    let now = context.exact_now;
    let mut prepared = context.state.impersonations.iter_mut();
    let found = prepared
        .find(|impersonation| impersonation.token.expose() == sent)
        .ok_or_else(|| refuse("the impersonation is not known"))?;
    if found.used {
        return Err(refuse("the impersonation was used before"));
    }
    if has_expired(found.expires_at, now) {
        return Err(refuse("the impersonation has expired"));
    }
    if found.module != module {
        return Err(wrong_module());
    }
    found.used = true;
    let (username, company_id) = (found.username.clone(), found.company.clone());
    let auth_token = context.issue_token(&username, &module);
    Ok(json!({
        "token": sent,
        "auth_token": auth_token,
        "user": context.state.users.get(&username).map(|user| profile(context, user)),
        "company": company(context, company_id.as_deref()),
    }))
}

/// Returns a string of the body that must not be empty. The error has Django's form.
fn filled(context: &Context<'_>, field: &str) -> Result<String, Refusal> {
    let text = context.input.text(field).unwrap_or_default();
    if !text.is_empty() {
        return Ok(text.to_owned());
    }
    let complaint = Map::from_iter([(field.to_owned(), json!(["This field may not be blank."]))]);
    Err(Refusal::invalid(format!("{field} is blank")).detail("fields", complaint.into()))
}
