//! HTTP Basic authentication with an account's API key and secret.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use http::{HeaderMap, Method};

use super::document::DOCUMENT;
use super::state::{Cloudinary, Credential};
use crate::context::AuthRequest;
use crate::document::Operation;
use crate::refusal::Refusal;

/// Returns the id of the account that the credentials belong to, which must be the one in the path.
///
/// No message contains what was sent.
pub(super) fn authenticate(request: &AuthRequest<'_>, state: &Cloudinary) -> Result<String, Refusal> {
    let operation = request.operation;
    let (api_key, api_secret) = credentials(request.headers).map_err(refuse)?;
    let found = state
        .accounts
        .iter()
        .find_map(|account| Some((account, account.credentials.get(&api_key)?)));
    let Some((account, credential)) = found else {
        return Err(refuse("the API key is not known"));
    };
    if credential.api_secret.expose() != api_secret {
        return Err(refuse("the API secret does not belong to the API key"));
    }
    if !credential.enabled {
        return Err(refuse("the API key is disabled"));
    }
    if request
        .path
        .iter()
        .any(|(name, value)| *name == "account_id" && *value != account.account_id)
    {
        return Err(refuse("the API key does not belong to the account in the path"));
    }
    if !is_allowed(credential, operation) {
        return Err(Refusal::forbidden(format!("the API key may not do {}", operation.id)));
    }
    Ok(account.account_id.clone())
}

fn is_allowed(credential: &Credential, operation: &Operation) -> bool {
    let Some(allowed) = &credential.allowed else {
        return true;
    };
    let group = if reads(operation) { READ } else { WRITE };
    allowed.contains(group) || allowed.contains(&operation.id)
}

/// The names for all operations that change nothing, and for all others.
const READ: &str = "read";
const WRITE: &str = "write";

/// Returns whether a credential's `allowed` may contain this name.
pub(super) fn is_known(name: &str) -> bool {
    let operations = DOCUMENT.operations().unwrap_or_default();
    [READ, WRITE].contains(&name) || operations.iter().any(|operation| operation.id == name)
}

/// Returns whether an operation changes nothing: every GET, and the one POST that is a query.
fn reads(operation: &Operation) -> bool {
    operation.method == Method::GET || operation.id == "inspectMultiple"
}

fn refuse(reason: &str) -> Refusal {
    Refusal::unauthorized(reason).header(WWW_AUTHENTICATE, "Basic realm=\"provisioning\"")
}

fn credentials(headers: &HeaderMap) -> Result<(String, String), &'static str> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let value = values
        .next()
        .ok_or("no credentials were sent: use HTTP Basic authentication with the account's API key and secret")?;
    if values.next().is_some() {
        return Err("more than one Authorization header was sent");
    }
    let value = value
        .to_str()
        .map_err(|_| "the Authorization header is not ASCII text")?;
    let (scheme, encoded) = value.split_once(' ').unwrap_or((value, ""));
    if !scheme.eq_ignore_ascii_case("basic") {
        return Err("the Authorization header has another scheme than Basic");
    }
    let decoded = STANDARD
        .decode(encoded.trim())
        .map_err(|_| "the credentials in the Authorization header are not base64")?;
    let text = String::from_utf8(decoded).map_err(|_| "the credentials in the Authorization header are not UTF-8")?;
    let (key, secret) = text
        .split_once(':')
        .ok_or("the credentials in the Authorization header have no colon between key and secret")?;
    Ok((key.to_owned(), secret.to_owned()))
}
