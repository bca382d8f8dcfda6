//! Cloudflare's accounts API: accounts, members, roles, subscriptions, the tokens that belong to an account, permission
//! groups and the audit log.
//!
//! # What the vendor's document leaves open, and what was chosen
//! - **Credentials**: an API token as `Bearer`, a user's key with the email address, or a user's service key. None, half of
//!   them, a malformed header or more than one kind is 400; what is not known, not yet valid or, except by `verifyToken`, disabled or
//!   expired is 401;
//!   an account out of reach (whether it exists stays untold), a missing permission and an address that the token's
//!   condition leaves out are 403. Every request comes from 127.0.0.1.
//! - **Codes**: the document names none but the 1000 of its examples. 1001 is the refusal of
//!   [`Quirk::AccountTokensListNoAccounts`]. The vendor has 1000 for an invalid
//!   token, 6003 for invalid headers, 9109 for what is out of reach and 10000 for failed authentication; which of them
//!   goes with which refusal here was chosen. All others (1003 for 404, 1004 for 400, 1005 for 409, 1015 for 429) are made up.
//! - **Permissions**: tokens by their policies, users by their membership's roles and policies; a token of a user by both.
//!   Accounts, members, roles and the audit log are `Account Settings`, subscriptions `Billing`, tokens and permission
//!   groups `Account API Tokens`, each with a `Read` and a `Write` at the scope of an account; roles have `organization`
//!   and `billing` for them. What may write may read; a policy that denies wins. A resource whose value is an object is
//!   about things inside of the account, and so grants nothing here.
//! - **The tenant**: who administers it ([`User::tenant_admin`]) sees every account, and alone creates and deletes them;
//!   so no token that belongs to an account can. Whoever creates an account is its first member.
//! - **Accounts** change their type by an update; `managed_by` is ignored there. Settings left out stay; an empty contact
//!   is none. A token that belongs to an account lists that account alone. `standalone` and `Idempotency-Key` are taken and
//!   have no effect.
//! - **Members**: a new one is pending unless the request says otherwise. No operation accepts or rejects an invitation:
//!   the state does. Rejected ones are listed, without a status. Roles replace policies and the other way round; neither
//!   list may be empty. An email address belongs to one member (409). `status` in an update is ignored.
//! - **Tokens**: an update replaces everything but the value, and the status when it is left out. A name that another token
//!   has is fine. Expired ones are listed unless `include_expired=false`. Verifying takes a disabled or expired token and
//!   says so, and no token of a user (401).
//! - **Subscriptions** need a rate plan's id (400). Prices are made up. Another plan or frequency begins a new period.
//! - **Permission groups and roles**: about forty and ten, whose ids are made up; the same in every emulator.
//! - **Pages** by number hold 20 entries unless told, 5 to 50; one past the end is empty. The order is that of creation.
//! - **The audit log**: every operation that changes something writes an entry when it reaches its handler, refused there or
//!   not. `since` is inclusive, `before` exclusive, a date its first moment in UTC. Newest first unless told. A filter leaves
//!   no entry out for lacking what it looks at. Pages hold 100 entries unless told, 1 to 1000. A cursor is a place, which
//!   new entries do not move; it belongs to its direction (400). At the end there is none.
//! - **Rate**: counted per token, key or service key. [`RateLimit::cloudflare`](crate::RateLimit::cloudflare) is the
//!   vendor's: 1200 requests in five minutes, 429 past it.

mod access;
mod account;
mod accounts;
mod audit;
mod auth;
mod check;
mod coerce;
mod context;
mod document;
mod error;
mod identity;
mod member_access;
mod members;
mod permission_groups;
mod rate_plans;
mod roles;
pub(crate) mod state;
mod subscriptions;
mod token_policies;
mod tokens;

use http::{HeaderName, StatusCode};
use serde_json::Value;

use self::context::Context;
use self::document::DOCUMENT;
use self::identity::Identity;
use crate::api::{Adapter, Api, RateResponse};
use crate::context::{Handler, Handlers};
use crate::paging::PageSizes;
use crate::rate_limit::RateStatus;
use crate::refusal::Refusal;

pub use self::account::CloudflareAccount;
pub use self::document::BASE_PATH;
pub use self::state::{
    Account, AccountSettings, AccountType, AuditActor, AuditEntry, AuditLog, AuditRequest, AuditResource, AuditZone,
    Cloudflare, DEFAULT_ACCOUNT_ID, DEFAULT_ACCOUNT_TOKEN, DEFAULT_API_KEY, DEFAULT_EMAIL, DEFAULT_SERVICE_KEY,
    DEFAULT_USER_TOKEN, Effect, Frequency, Grant, ManagedBy, Member, MemberPolicy, MemberStatus, PermissionGroup,
    RequestIp, ResourceGroup, Role, Subscription, SubscriptionState, SyntheticAuditLog, Token, TokenCondition,
    TokenPolicy, TokenStatus, User,
};

/// The handler of every operation, by its id in the document.
const HANDLERS: Handlers<Cloudflare> = &[
    ("listAccounts", accounts::list),
    ("createAccount", accounts::create),
    ("getAccount", accounts::get),
    ("updateAccount", accounts::update),
    ("deleteAccount", accounts::delete),
    ("listMembers", members::list),
    ("addMember", members::add),
    ("getMember", members::get),
    ("updateMember", members::update),
    ("removeMember", members::remove),
    ("listRoles", roles::list),
    ("getRole", roles::get),
    ("listSubscriptions", subscriptions::list),
    ("createSubscription", subscriptions::create),
    ("updateSubscription", subscriptions::update),
    ("deleteSubscription", subscriptions::delete),
    ("listTokens", tokens::list),
    ("createToken", tokens::create),
    ("getToken", tokens::get),
    ("updateToken", tokens::update),
    ("deleteToken", tokens::delete),
    ("rollToken", tokens::roll),
    ("verifyToken", tokens::verify),
    ("listPermissionGroups", permission_groups::list),
    ("listAuditLogs", audit::list),
];

/// The API as the server sees it.
pub(crate) static API: Api = Api {
    name: "Cloudflare",
    document: &DOCUMENT,
    coercions: coerce::COERCIONS,
    page_sizes: PageSizes {
        default: 20,
        max: 50,
        cursor: 100,
    },
    set_cursor,
    service: &Adapter {
        part: |state| &mut state.cloudflare,
        authenticate: |request, state| auth::authenticate(request, state).map(Some),
        handlers: &[HANDLERS],
        run,
    },
    error_body: |_, status, message, details| error::body(status, message, details),
    apply_quirks: error::apply_quirks,
    request_id: |random| (HeaderName::from_static("cf-ray"), format!("{}-EMU", random.ray_id())),
    rate: RateResponse {
        status: StatusCode::TOO_MANY_REQUESTS,
        headers: rate_headers,
        message: |status| {
            format!(
                "more than {} requests in {} seconds; try again in {} seconds",
                status.limit,
                status.window.as_secs(),
                status.seconds_left
            )
        },
    },
};

/// Notes that the token was used, runs the handler, and writes the audit log.
fn run(handler: Handler<Cloudflare>, context: &mut Context<'_>) -> Result<Value, Refusal> {
    let identity = context.caller.identity.as_deref().unwrap_or_default();
    // Found before the change: a token may delete itself.
    let actor = Identity::find(context.state, identity)
        .map(Identity::actor)
        .unwrap_or_default();
    context.state.mark_used(identity, context.now);
    let outcome = handler(context);
    audit::record(context, actor, &outcome);
    outcome
}

fn set_cursor(body: &mut Value, cursor: &str) {
    let Some(info) = body.get_mut("result_info").and_then(Value::as_object_mut) else {
        return;
    };
    match info.get_mut("cursors").and_then(Value::as_object_mut) {
        Some(cursors) => cursors.insert("after".to_owned(), cursor.into()),
        None => info.insert("cursor".to_owned(), cursor.into()),
    };
}

/// The headers of the vendor's announcement of 2025-09-03.
fn rate_headers(status: &RateStatus) -> Vec<(HeaderName, String)> {
    vec![
        (
            HeaderName::from_static("ratelimit"),
            format!("\"default\";r={};t={}", status.remaining, status.seconds_left),
        ),
        (
            HeaderName::from_static("ratelimit-policy"),
            format!("\"default\";q={};w={}", status.limit, status.window.as_secs()),
        ),
    ]
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
    fn operations_begin_with_the_base_path() {
        let operations = DOCUMENT.operations().unwrap();
        assert!(operations.iter().all(|operation| operation.path.starts_with(BASE_PATH)));
    }
}
