//! Authentication with an API token, a user's API key and email address, or a user's service key.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use http::HeaderMap;
use http::header::AUTHORIZATION;
use ipnet::IpNet;

use super::access;
use super::error::{
    AUTHENTICATION, INVALID_AUTHORIZATION, INVALID_EMAIL, INVALID_HEADERS, INVALID_KEY, INVALID_TOKEN, UNREACHABLE,
};
use super::identity::{CALLER_IP, Identity};
use super::state::{Cloudflare, Token, TokenStatus};
use crate::context::AuthRequest;
use crate::document::Operation;
use crate::email::same_email;
use crate::refusal::Refusal;

/// The operations that verify a token.
const VERIFICATIONS: &[&str] = &["verifyToken", "verifyUserToken"];

const EMAIL: &str = "x-auth-email";
const KEY: &str = "x-auth-key";
const SERVICE_KEY: &str = "x-auth-user-service-key";

/// Authenticates a request and checks its permissions; returns the name of the caller. No message contains what was
/// sent.
pub(super) fn authenticate(request: &AuthRequest<'_>, state: &Cloudflare) -> Result<String, Refusal> {
    let identity = identify(state, request.headers)?;
    if let Some(token) = identity.token() {
        usable(token, request.operation, request.now)?;
    }
    let account_id = request.path.iter().find(|(name, _)| *name == "account_id");
    access::check(
        request.operation,
        state,
        identity,
        account_id.map(|(_, id)| id.as_str()),
    )?;
    Ok(identity.name())
}

fn identify<'a>(state: &'a Cloudflare, headers: &HeaderMap) -> Result<Identity<'a>, Refusal> {
    let authorization = single(headers, AUTHORIZATION.as_str())?;
    let email = single(headers, EMAIL)?;
    let key = single(headers, KEY)?;
    let service_key = single(headers, SERVICE_KEY)?;
    match (authorization, email, key, service_key) {
        (Some(authorization), None, None, None) => by_token(state, authorization),
        (None, Some(email), Some(key), None) => by_key(state, email, key),
        (None, None, None, Some(key)) => state
            .users
            .iter()
            .find(|user| user.service_key.as_ref().is_some_and(|known| known.expose() == key))
            .map(Identity::ServiceKey)
            .ok_or_else(|| Refusal::unauthorized("the user service key is not known").code(AUTHENTICATION)),
        (None, None, None, None) => Err(headers_refused(
            "no credentials were sent: send an API token, a key with its email address, or a user service key",
        )),
        (None, Some(_), None, None) => Err(headers_refused("X-Auth-Email was sent without X-Auth-Key")
            .because(INVALID_KEY, "Invalid format for X-Auth-Key header")),
        (None, None, Some(_), None) => Err(headers_refused("X-Auth-Key was sent without X-Auth-Email")
            .because(INVALID_EMAIL, "Invalid format for X-Auth-Email header")),
        _ => Err(headers_refused("credentials of more than one kind were sent")),
    }
}

fn by_token<'a>(state: &'a Cloudflare, authorization: &str) -> Result<Identity<'a>, Refusal> {
    let value = match authorization.split_once(' ') {
        Some((scheme, value)) if scheme.eq_ignore_ascii_case("bearer") && is_token_value(value) => value,
        _ => {
            return Err(headers_refused("Invalid request headers")
                .because(INVALID_AUTHORIZATION, "Invalid format for Authorization header"));
        }
    };
    Identity::by_token(state, |token| token.value.expose() == value)
        .ok_or_else(|| Refusal::unauthorized("the API token is not valid").code(INVALID_TOKEN))
}

fn by_key<'a>(state: &'a Cloudflare, email: &str, key: &str) -> Result<Identity<'a>, Refusal> {
    state
        .users
        .iter()
        .find(|user| same_email(&user.email, email))
        .filter(|user| user.api_key.as_ref().is_some_and(|known| known.expose() == key))
        .map(Identity::Key)
        .ok_or_else(|| Refusal::unauthorized("the email address and the API key do not fit").code(AUTHENTICATION))
}

/// Returns whether a text can be a token.
pub(super) fn is_token_value(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

fn single<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>, Refusal> {
    let mut values = headers.get_all(name).iter();
    let Some(value) = values.next() else {
        return Ok(None);
    };
    if values.next().is_some() {
        return Err(headers_refused(format!("more than one {name} header was sent")));
    }
    value
        .to_str()
        .map(Some)
        .map_err(|_| headers_refused(format!("the {name} header is not ASCII text")))
}

fn headers_refused(message: impl Into<String>) -> Refusal {
    Refusal::invalid(message).code(INVALID_HEADERS)
}

/// Rejects a token that is not valid now or not from this address. Verifying accepts disabled and expired tokens, since
/// its response reports them.
fn usable(token: &Token, operation: &Operation, now: DateTime<Utc>) -> Result<(), Refusal> {
    let unusable = |why: &str| Err(Refusal::unauthorized(format!("the API token {why}")).code(INVALID_TOKEN));
    if !VERIFICATIONS.contains(&operation.id.as_str()) {
        match token.status_at(now) {
            TokenStatus::Active => {}
            TokenStatus::Disabled => return unusable("is disabled"),
            TokenStatus::Expired => return unusable("has expired"),
        }
    }
    if token.not_before.is_some_and(|start| now < start) {
        return unusable("is not valid yet");
    }
    let within = |list: &[String]| {
        list.iter()
            .filter_map(|text| network(text))
            .any(|network| network.contains(&CALLER_IP))
    };
    match token
        .condition
        .as_ref()
        .and_then(|condition| condition.request_ip.as_ref())
    {
        Some(ip) if within(&ip.not_in) || (!ip.within.is_empty() && !within(&ip.within)) => {
            Err(Refusal::forbidden(format!("the API token may not be used from {CALLER_IP}")).code(UNREACHABLE))
        }
        _ => Ok(()),
    }
}

/// Parses an address or a network in CIDR notation.
pub(super) fn network(text: &str) -> Option<IpNet> {
    text.parse::<IpNet>()
        .ok()
        .or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))
}
