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
        // The vendor documents none.
        headers: |_| Vec::new(),
        message: |status| format!("request was throttled; {} are allowed", status.limit),
    },
};

/// Returns whose token was sent, for the rate and the log. A token that is not valid is nobody's; the handler says why.
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
