//! Cloudflare: accounts with their members, roles, user groups, resource groups, SSO connectors, subscriptions, tokens
//! and audit logs; and the user with tokens, memberships and invites.
//!
//! # Undocumented behaviour
//! Where the vendor's document says nothing, the emulator behaves as follows.
//! - **Credentials**: an API token as `Bearer`, a user's API key with the email address, or a user's service key.
//!   Missing, incomplete or malformed credentials, and more than one kind, get 400. Unknown tokens and keys get 401,
//!   and so do tokens that are not yet valid or, except for `verifyToken` and `verifyUserToken`,
//!   disabled or expired. An account that the
//!   credentials cannot access (whether or not it exists), a missing permission and an address that the token's
//!   condition excludes get 403. Every request comes from 127.0.0.1.
//! - **Codes**: the document contains only the 1000 of its examples. The vendor uses 1000 for an invalid token, 1001 for
//!   listing accounts with a token that belongs to an account, 6003 for invalid headers (with the error behind it in
//!   `error_chain`, such as 6111 for a malformed `Authorization`), 7001 for a method that a path does not have, 9109 for
//!   something out of reach and 10000 for failed authentication; the emulator decides which error has which of them.
//!   The others are made up: 1003 for 404, 1004 for 400, 1005 for 409, 1015 for 429.
//! - **Permissions**: a token has those of its policies, a user has those of the membership's roles and policies and of
//!   its user groups, and a token of a user needs both. Subscriptions need `Billing`, tokens and their permission groups
//!   need `Account API Tokens`, everything else in an account needs `Account Settings`, each with `Read` or `Write` at
//!   the scope of an account; in roles these are `organization` and `billing`. `Write` includes `Read`, and a policy that
//!   denies takes precedence, also over roles. A resource whose value is an object covers only things inside the account,
//!   so it grants nothing here. A policy of members or user groups grants something only if one of its resource groups
//!   is everything in the account.
//! - **The user** is the owner of the API key, the service key or the API token. A token that belongs to an account has
//!   none: 403, code 9109. A token of the user needs `User Details`, `API Tokens` or `Memberships` (also for invites) at
//!   the scope of a user, on the resource `com.cloudflare.api.user.ID` or `….*`. Keys need no permission. The state has no
//!   zones and no betas, and nobody is suspended.
//! - **Tenant**: only an administrator of the tenant ([`User::tenant_admin`]) sees every account, and can create and
//!   delete accounts. So a token that belongs to an account cannot. Whoever creates an account is its first member.
//! - **Accounts**: an update can change the type and ignores `managed_by`. It keeps settings that it leaves out; an
//!   empty contact removes the contact. `abuse_contact_email` can be any text. A token that belongs to an account cannot list
//!   accounts; see [`Quirk::AccountTokensListAccounts`](crate::Quirk::AccountTokensListAccounts). `standalone` and
//!   `Idempotency-Key` are accepted and have no effect.
//! - **Members**: a new one is pending unless the request sets a status. Rejected members are listed without a status.
//!   Roles replace policies and the reverse; neither list can be empty. An email address can belong to one member only
//!   (409). An update ignores `status`. Policies refer to permission groups of accounts or zones, and to resource groups
//!   of the account (400).
//! - **Memberships and invites**: a membership is a member with the user's email address, and has its id. A pending member
//!   also is an invite, with an id of its own, which expires after 7 days. Either can be answered. The same answer again
//!   changes nothing; another answer, or one after the time, gets 409. Deleting a membership removes the member.
//! - **Resource groups** cover objects inside the account: `*`, or names that begin with `com.cloudflare.`. The group of
//!   everything in the account is built in: changing or deleting it gets 409, and so does deleting a group that a policy
//!   refers to. Tokens name their resources themselves and refer to no group.
//! - **User groups**: names need not be unique. An update keeps what it leaves out, and a policy keeps its id if the request
//!   has it. Members join by the ids of the account's members; those who are in the group already stay as they are. Who
//!   leaves the account leaves its groups.
//! - **SSO connectors**: a domain can have one connector (409). A verification that has begun is pending for a minute; the
//!   first request after that finds it verified, or failed for [`Cloudflare::unverifiable_domains`]. Beginning it again
//!   while it is pending or verified changes nothing. Enabling a connector whose domain is not verified gets 409.
//! - **Tokens**: an update replaces everything except the value, and the status if it is absent. Names need not be
//!   unique. Expired tokens are listed unless `include_expired=false`. Verifying accepts a disabled or expired token
//!   and reports it. A token of a user is verified by `verifyUserToken` alone, one of an account by `verifyToken` (401).
//! - **Subscriptions** without a rate plan have the free one. An update keeps what it leaves out. Prices are made up.
//!   Another plan or frequency begins a new period. Cancelling downgrades changes nothing for a subscription without one;
//!   see [`Quirk::DowngradesAreDelayed`](crate::Quirk::DowngradesAreDelayed).
//! - **Permission groups and roles**: about forty and ten. Their ids are made up, and the same in every emulator. Members
//!   and tokens have the same permission groups; the lists for members leave out those of users and buckets. A label is
//!   the name in lower case with underscores.
//! - **Numbered pages** have 20 entries by default, and 5 to 50. A page past the end is empty. The order is that of
//!   creation, unless the document names another.
//! - **Audit logs**: every operation that changes something in an account writes an entry when it reaches its handler, whether it
//!   succeeds or fails. `since` is inclusive, `before` exclusive, and a date means its start in UTC. The newest entries
//!   come first by default. A filter never leaves out an entry that lacks the field. Pages have 100 entries by default,
//!   and 1 to 1000. A cursor is a position, which new entries do not change, and it belongs to one direction (400). The
//!   last page has no cursor. The cursor is both in `cursor` and in `cursors.after`. The entry whose history is
//!   listed must be within an hour of `action_time` (404). Its history has the entries with the same product, type and
//!   id; without an id it is `unavailable`, and without a request `approximate`.
//! - **Rate limit**: counted per token, API key or service key. [`RateLimit::cloudflare`](crate::RateLimit::cloudflare)
//!   is the vendor's limit: 1200 requests in five minutes, then 429.

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
mod iam;
mod identity;
mod invites;
mod member_access;
mod members;
mod memberships;
mod permission_groups;
mod rate_plans;
mod requirements;
mod roles;
mod sso_connectors;
pub(crate) mod state;
mod subscriptions;
mod token_policies;
mod tokens;
mod user;

use http::{HeaderName, StatusCode};
use serde_json::{Value, json};

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
    DEFAULT_USER_TOKEN, Effect, Frequency, Grant, GroupMember, Invitation, ManagedBy, Member, MemberPolicy,
    MemberStatus, PendingDowngrade, PermissionGroup, RequestIp, ResourceGroup, Role, SsoConnector, Subscription,
    SubscriptionState, SyntheticAuditLog, Token, TokenCondition, TokenPolicy, TokenStatus, User, UserGroup,
    VerificationStatus,
};

/// The operations, by their ids in the document.
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
    ("listMemberPermissionGroups", iam::permission_groups::list),
    ("getMemberPermissionGroup", iam::permission_groups::get),
    ("listResourceGroups", iam::resource_groups::list),
    ("createResourceGroup", iam::resource_groups::create),
    ("getResourceGroup", iam::resource_groups::get),
    ("updateResourceGroup", iam::resource_groups::update),
    ("deleteResourceGroup", iam::resource_groups::delete),
    ("listUserGroups", iam::user_groups::list),
    ("createUserGroup", iam::user_groups::create),
    ("getUserGroup", iam::user_groups::get),
    ("updateUserGroup", iam::user_groups::update),
    ("deleteUserGroup", iam::user_groups::delete),
    ("listUserGroupMembers", iam::group_members::list),
    ("addUserGroupMembers", iam::group_members::add),
    ("replaceUserGroupMembers", iam::group_members::replace),
    ("getUserGroupMember", iam::group_members::get),
    ("removeUserGroupMember", iam::group_members::remove),
    ("listSsoConnectors", sso_connectors::list),
    ("createSsoConnector", sso_connectors::create),
    ("getSsoConnector", sso_connectors::get),
    ("updateSsoConnector", sso_connectors::update),
    ("deleteSsoConnector", sso_connectors::delete),
    ("beginSsoVerification", sso_connectors::begin_verification),
    ("listSubscriptions", subscriptions::list),
    ("createSubscription", subscriptions::create),
    ("getSubscription", subscriptions::get),
    ("updateSubscription", subscriptions::update),
    ("deleteSubscription", subscriptions::delete),
    ("cancelSubscriptionDowngrades", subscriptions::cancel_downgrades),
    ("listTokens", tokens::list),
    ("createToken", tokens::create),
    ("getToken", tokens::get),
    ("updateToken", tokens::update),
    ("deleteToken", tokens::delete),
    ("rollToken", tokens::roll),
    ("verifyToken", tokens::verify),
    ("listPermissionGroups", permission_groups::list),
    ("listAuditLogs", audit::list),
    ("listAuditProductCategories", audit::categories::list),
    ("listAuditHistory", audit::history::list),
    ("listMemberships", memberships::list),
    ("getMembership", memberships::get),
    ("answerMembership", memberships::answer),
    ("deleteMembership", memberships::delete),
    ("getUser", user::get),
    ("updateUser", user::update),
    ("listInvites", invites::list),
    ("getInvite", invites::get),
    ("answerInvite", invites::answer),
    // Tokens of users share the handlers of the tokens of accounts.
    ("listUserTokens", tokens::list),
    ("createUserToken", tokens::create),
    ("getUserToken", tokens::get),
    ("updateUserToken", tokens::update),
    ("deleteUserToken", tokens::delete),
    ("rollUserToken", tokens::roll),
    ("verifyUserToken", tokens::verify),
    ("listUserTokenPermissionGroups", permission_groups::list),
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

/// Records that the token was used, does what the time has brought, calls the handler, and writes the audit log.
fn run(handler: Handler<Cloudflare>, context: &mut Context<'_>) -> Result<Value, Refusal> {
    let identity = context.caller.identity.as_deref().unwrap_or_default();
    // Found before the change, since a token can delete itself.
    let actor = Identity::find(context.state, identity)
        .map(Identity::actor)
        .unwrap_or_default();
    context.state.mark_used(identity, context.now);
    context.state.end_verifications(context.now);
    context.state.apply_downgrades(context.now);
    let target = audit::Target::of(context);
    let outcome = handler(context);
    audit::record(context, actor, target, &outcome);
    outcome
}

fn set_cursor(body: &mut Value, cursor: &str) {
    let Some(info) = body.get_mut("result_info").and_then(Value::as_object_mut) else {
        return;
    };
    let (bare, nested) = (info.contains_key("cursor"), info.contains_key("cursors"));
    if bare || !nested {
        info.insert("cursor".to_owned(), cursor.into());
    }
    if nested || !bare {
        info.insert("cursors".to_owned(), json!({ "after": cursor }));
    }
}

/// The headers that the vendor announced on 2025-09-03.
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
