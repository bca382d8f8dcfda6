//! Cloudspot License: login, profiles, permissions and impersonation.
//!
//! # Undocumented behaviour
//! The vendor publishes no document. Requests and responses have the forms that its client for Python sends and
//! expects, in versions 1.0.0 and 1.4.3. The rest is assumed:
//! - **Application**: a request without an application in `X-LICENSE-MODULE` gets 400. Logging in to an unknown
//!   application succeeds without permissions. The vendor says that logging in to a wrong application succeeds with
//!   that application's permissions.
//! - **Login**: a wrong password, an unknown user and a disabled user all get the same 401. An empty name or password
//!   gets 400 in Django's form. After 5 failures in a row the user is locked out for 15 minutes: every login, even with
//!   the right password, gets 429 with `Retry-After`. Then the count starts again.
//! - **Names**: in a user name that is an email address, case does not matter.
//! - **Tokens**: each login issues another token, which is valid for a day. A missing, unknown or expired token gets
//!   401, with a code for each case. A token used with another application than it was issued for gets 405, which the
//!   vendor's client calls "not allowed".
//! - **Companies**: the vendor says that a company for which the user lacks `use_app` is left out of the permissions.
//!   Requesting such a company, or an unknown one, gets 404. Numeric ids are sent as numbers.
//! - **Permissions**: fetching them returns an object with `permissions`; see
//!   [`Quirk::BarePermissions`](crate::Quirk::BarePermissions).
//! - **Impersonations** can be used once. A used, expired or unknown one gets 401. In the response, `user` is the
//!   profile, and `company` is an object with `id` and `name`, or null.
//! - **Errors** are `{message, error_code}`. The codes are made up; see
//!   [`Quirk::DetailErrors`](crate::Quirk::DetailErrors).

mod account;
mod check;
mod context;
mod document;
mod error;
mod login;
mod permissions;
mod profile;
pub(crate) mod state;

use http::StatusCode;

use self::context::{MODULE, TOKEN};
use self::document::DOCUMENT;
use crate::api::{Adapter, Api, RateResponse, x_request_id};
use crate::context::{AuthRequest, Handlers};
use crate::paging::PageSizes;
use crate::refusal::Refusal;

pub use self::account::CloudspotAccount;
pub use self::state::{
    Cloudspot, Company, DEFAULT_APP_ID, DEFAULT_PASSWORD, DEFAULT_USERNAME, Grant, Impersonation, Module, Password,
    Token, USE_APP, User,
};

/// The handler of every operation, by its id in the document.
const HANDLERS: Handlers<Cloudspot> = &[
    ("authenticate", login::authenticate),
    ("getProfile", profile::get),
    ("getPermissions", permissions::all),
    ("getCompanyPermissions", permissions::of_company),
    ("validateImpersonation", login::validate_impersonation),
];

/// The API as the server sees it.
pub(crate) static API: Api = Api {
    name: "Cloudspot License",
    document: &DOCUMENT,
    coercions: &[],
    // No list of this API has pages or cursors.
    page_sizes: PageSizes {
        default: usize::MAX,
        max: usize::MAX,
        cursor: usize::MAX,
    },
    set_cursor: |_, _| {},
    service: &Adapter {
        part: |state| &mut state.cloudspot,
        authenticate,
        handlers: &[HANDLERS],
        run: |handler, context| handler(context),
    },
    error_body: |_, status, message, details| error::body(status, message, details),
    apply_quirks: error::apply_quirks,
    request_id: x_request_id,
    rate: RateResponse {
        status: StatusCode::TOO_MANY_REQUESTS,
        // The vendor does not document any.
        headers: |_| Vec::new(),
        message: |status| format!("request was throttled; {} are allowed", status.limit),
    },
};

/// Returns the owner of the token, for the rate limit and the log. An invalid token has no owner; the handler reports
/// why.
fn authenticate(request: &AuthRequest<'_>, state: &Cloudspot) -> Result<Option<String>, Refusal> {
    if matches!(&*request.operation.id, "authenticate" | "validateImpersonation") {
        return Ok(None);
    }
    let sent = context::text(request.headers, TOKEN);
    let token = sent
        .and_then(|sent| context::find(state, sent))
        .filter(|token| context::text(request.headers, MODULE) == Some(&token.module) && token.is_valid(request.now));
    Ok(token.map(|token| token.username.clone()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::document::assert_covers;

    #[test]
    fn handlers_cover_the_operations_of_the_document_exactly() {
        assert_covers(&DOCUMENT, |_| true, HANDLERS.iter().map(|(id, _)| *id));
    }

    #[test]
    fn operations_begin_with_the_base_path_and_end_with_a_slash() {
        for operation in DOCUMENT.operations().unwrap() {
            assert!(operation.path.starts_with("/api/v1/auth/") && operation.path.ends_with('/'));
        }
    }
}
