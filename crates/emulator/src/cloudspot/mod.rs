//! Cloudspot License: signing in, who a user is, what a user may do, and acting as somebody else.
//!
//! # What the vendor leaves open, and what was chosen
//! The vendor has no document. What its client for Python sends and expects, in versions 1.0.0 and 1.4.3, is the form of
//! everything here; the rest is assumed:
//! - **The application**: a request that does not name one in `X-LICENSE-MODULE` is 400. Signing in to one that nobody
//!   knows works, with no permissions; that a wrong one works with the permissions of another is the vendor's word.
//! - **Signing in**: a wrong password, a user that is not there and one who may not sign in are the same 401. A blank name
//!   or password is 400, in Django's form. After 5 failures in a row the user is locked out for a quarter of an hour,
//!   which is 429 with `Retry-After`, for the right password too; then counting starts anew.
//! - **Tokens**: each sign-in hands out one more, good for a day. One that is missing, unknown or has expired is 401, and
//!   the code says which. With another application than the one it was handed out for it is 405, which is what the
//!   vendor's client calls "not allowed".
//! - **Companies**: one for which the user lacks `use_app` is left out of the permissions (the vendor's word), and is not
//!   found (404) when it is asked for, as is one that is not there. An id that is a number is sent as one.
//! - **Permissions**: fetched, they come in an object under `permissions`; see
//!   [`Quirk::BarePermissions`].
//! - **Impersonations** are good once; one that was used, has expired or is not known is 401. `user` is the profile,
//!   `company` an object of `id` and `name`, or null.
//! - **Errors** are `{message, error_code}`, the codes made up; see
//!   [`Quirk::DetailErrors`].

mod account;
mod check;
mod context;
mod login;
mod permissions;
mod profile;
mod state;

use std::sync::LazyLock;

use account_provisioning_spec::cloudspot::WIRE;
use chrono::{DateTime, Utc};
use http::{HeaderMap, HeaderName, StatusCode};
use serde_json::{Map, Value, json};

use self::context::{Context, Handler, MODULE, TOKEN};
use crate::api::{Api, Surroundings};
use crate::coerce::Coercion;
use crate::document::{self, Operation};
use crate::input::Input;
use crate::paging::PageSizes;
use crate::quirk::{Quirk, Quirks};
use crate::rate_limit::Standing;
use crate::refusal::Refusal;
use crate::state::State;

pub use self::account::CloudspotAccount;
pub use self::state::{
    Cloudspot, Company, DEFAULT_APP_ID, DEFAULT_PASSWORD, DEFAULT_USERNAME, Grant, Impersonation, Module, Password,
    Token, USE_APP, User,
};

/// Every operation by its id in the document, and who carries it out.
const HANDLERS: &[(&str, Handler)] = &[
    ("authenticate", login::authenticate),
    ("getProfile", profile::get),
    ("getPermissions", permissions::all),
    ("getCompanyPermissions", permissions::of_company),
    ("validateImpersonation", login::validate_impersonation),
];

static OPERATIONS: LazyLock<Result<Vec<Operation>, String>> = LazyLock::new(|| document::operations(WIRE));

struct License;

/// The API as the server sees it.
pub(crate) const API: &dyn Api = &License;

impl Api for License {
    fn name(&self) -> &'static str {
        "Cloudspot License"
    }

    fn operations(&self) -> Result<&'static [Operation], &'static str> {
        OPERATIONS.as_deref().map_err(String::as_str)
    }

    /// Says whose token was sent, for the rate and the log. A token that is not good is nobody's; the handler says why.
    fn authenticate(
        &self,
        operation: &Operation,
        state: &State,
        headers: &HeaderMap,
        _: &[(&str, String)],
        now: DateTime<Utc>,
    ) -> Result<Option<String>, Refusal> {
        if matches!(&*operation.id, "authenticate" | "validateImpersonation") {
            return Ok(None);
        }
        let sent = context::text(headers, TOKEN);
        let token = sent.and_then(|sent| context::find(&state.cloudspot, sent));
        let token = token.filter(|token| context::text(headers, MODULE) == Some(&token.module) && token.is_good(now));
        Ok(token.map(|token| token.username.clone()))
    }

    fn coercions(&self) -> &'static [Coercion] {
        &[]
    }

    fn handle(
        &self,
        operation: &Operation,
        input: &Input,
        state: &mut State,
        world: &mut Surroundings<'_>,
    ) -> Result<Value, Refusal> {
        let Some((_, handler)) = HANDLERS.iter().find(|(id, _)| *id == operation.id) else {
            return Err(Refusal::no_handler(&operation.id));
        };
        handler(&mut Context::new(input, &mut state.cloudspot, world))
    }

    fn error_body(&self, _: &Operation, status: StatusCode, message: &str, details: &Map<String, Value>) -> Value {
        if let Some(fields) = details.get("fields") {
            return fields.clone();
        }
        let code = details.get("error_code").cloned();
        json!({ "message": message, "error_code": code.unwrap_or_else(|| json!(code_of(status))) })
    }

    fn bend(&self, _: &Operation, quirks: &Quirks, status: &mut StatusCode, body: &mut Option<Value>) {
        if quirks.has(Quirk::DetailErrors)
            && !status.is_success()
            && let Some(Value::Object(fields)) = body
            && let Some(message) = fields.get("message").cloned()
        {
            *body = Some(json!({ "detail": message }));
        }
    }

    /// No list of this API has a cursor.
    fn set_cursor(&self, _: &mut Value, _: &str) {}

    /// No list of this API has pages.
    fn page_sizes(&self) -> PageSizes {
        PageSizes {
            default: usize::MAX,
            max: usize::MAX,
            cursor: usize::MAX,
        }
    }

    /// The vendor tells of no such headers.
    fn rate_headers(&self, _: &Standing) -> Vec<(HeaderName, String)> {
        Vec::new()
    }

    fn rate_message(&self, standing: &Standing) -> String {
        format!("request was throttled; {} are allowed", standing.limit)
    }
}

/// The code of an error that has none of its own.
fn code_of(status: StatusCode) -> &'static str {
    match status.as_u16() {
        400 => "invalid_format",
        401 => "not_authorized",
        404 => "not_found",
        405 => "not_allowed",
        429 => "throttled",
        _ => "error",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::api::assert_covers;

    #[test]
    fn handlers_cover_the_operations_of_the_document_exactly() {
        assert_covers(API, |_| true, HANDLERS.iter().map(|(id, _)| *id));
    }

    #[test]
    fn operations_begin_with_the_base_path_and_end_with_a_slash() {
        for operation in API.operations().unwrap() {
            assert!(operation.path.starts_with("/api/v1/auth/") && operation.path.ends_with('/'));
        }
    }
}
