//! Connectors for single sign-on, and the verification of their domains.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::context::{Context, deleted, reply, required_text, timestamp};
use super::error::invalid_at;
use super::state::{Account, Cloudflare, SsoConnector, VerificationStatus};
use crate::refusal::Refusal;

/// How long a verification takes.
const VERIFICATION: TimeDelta = TimeDelta::minutes(1);

pub(super) fn list(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let items = context.account()?.sso_connectors.iter().map(to_json).collect();
    Ok(context.full_list(items))
}

pub(super) fn get(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let id = context.input.path("sso_connector_id");
    let connector = context.account()?.sso_connectors.get(id).ok_or_else(no_connector)?;
    Ok(reply(to_json(connector)))
}

pub(super) fn create(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (input, now) = (context.input, context.now);
    let domain = required_text(input, "email_domain")?.to_lowercase();
    if !is_domain(&domain) {
        return Err(invalid_at(
            "/email_domain",
            "email_domain is not a domain, such as client.example",
        ));
    }
    let accounts = context.state.accounts.iter();
    let known: HashSet<String> = accounts
        .flat_map(|account| account.sso_connectors.iter())
        .map(|connector| connector.email_domain.to_lowercase())
        .collect();
    if known.contains(&domain) {
        return Err(Refusal::conflict("an SSO connector for this domain already exists").at("/email_domain"));
    }
    let code = format!("cloudflare_dashboard_sso={}", context.random.digits(12));
    let mut connector = SsoConnector::new(context.random.id(), domain, code);
    connector.use_fedramp_language = input.flag("use_fedramp_language").unwrap_or(false);
    (connector.created_on, connector.updated_on) = (now, now);
    if input.flag("begin_verification").unwrap_or(false) {
        begin(&mut connector, now);
    }
    let result = to_json(&connector);
    context.account_mut()?.sso_connectors.insert(connector);
    Ok(reply(result))
}

pub(super) fn update(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (input, now) = (context.input, context.now);
    let connector = connector(context)?;
    let enabled = input.flag("enabled").unwrap_or(connector.enabled);
    if enabled && connector.status != VerificationStatus::Verified {
        return Err(Refusal::conflict("the domain is not verified; begin the verification first").at("/enabled"));
    }
    connector.enabled = enabled;
    connector.use_fedramp_language = input
        .flag("use_fedramp_language")
        .unwrap_or(connector.use_fedramp_language);
    connector.updated_on = now;
    Ok(reply(to_json(connector)))
}

pub(super) fn delete(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let id = context.input.path("sso_connector_id");
    let removed = context.account_mut()?.sso_connectors.remove(id);
    removed.map(|_| deleted(id)).ok_or_else(no_connector)
}

/// Begins the verification, unless the domain is verified or the verification is pending.
pub(super) fn begin_verification(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let now = context.now;
    begin(connector(context)?, now);
    Ok(json!({ "success": true, "errors": [], "messages": [] }))
}

fn begin(connector: &mut SsoConnector, now: DateTime<Utc>) {
    if let VerificationStatus::Awaiting | VerificationStatus::Failed = connector.status {
        connector.status = VerificationStatus::Pending;
        connector.verification_ends_on = now.checked_add_signed(VERIFICATION);
        connector.updated_on = now;
    }
}

impl Cloudflare {
    /// Ends the verifications whose time has come.
    pub(super) fn end_verifications(&mut self, now: DateTime<Utc>) {
        let unverifiable = &self.unverifiable_domains;
        let connectors = self
            .accounts
            .iter_mut()
            .flat_map(|account| account.sso_connectors.iter_mut());
        for connector in connectors.filter(|connector| connector.status == VerificationStatus::Pending) {
            let end = connector.verification_ends_on.unwrap_or(now);
            if end > now {
                continue;
            }
            connector.status = match unverifiable
                .iter()
                .any(|domain| domain.eq_ignore_ascii_case(&connector.email_domain))
            {
                true => VerificationStatus::Failed,
                false => VerificationStatus::Verified,
            };
            connector.verification_ends_on = None;
            connector.updated_on = end;
        }
    }
}

fn connector<'a>(context: &'a mut Context<'_>) -> Result<&'a mut SsoConnector, Refusal> {
    let id = context.input.path("sso_connector_id");
    let account: &mut Account = context.account_mut()?;
    account.sso_connectors.get_mut(id).ok_or_else(no_connector)
}

fn no_connector() -> Refusal {
    Refusal::not_found("the account has no SSO connector with this id")
}

/// Returns whether a text is a domain with at least two labels.
pub(super) fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
    };
    text.contains('.') && text.split('.').all(is_label)
}

fn to_json(connector: &SsoConnector) -> Value {
    json!({
        "id": connector.id,
        "email_domain": connector.email_domain,
        "enabled": connector.enabled,
        "use_fedramp_language": connector.use_fedramp_language,
        "verification": { "code": connector.code, "status": connector.status },
        "created_on": timestamp(connector.created_on),
        "updated_on": timestamp(connector.updated_on),
    })
}
