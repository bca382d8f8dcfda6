//! Cloudinary: the provisioning API (product environments, access keys, users, user groups, billing usage) and the
//! permissions API (roles, their assignment to principals, policies in the Cedar language).
//!
//! # Undocumented behaviour
//! Where the vendor's document says nothing, the emulator behaves as follows.
//! - **Credentials**: every failed authentication gets 401 with the reason: no credentials, a malformed header, an
//!   unknown or disabled key, a wrong secret, or an account in the path that the key does not belong to. 401 is the
//!   only status that every operation documents, and it does not reveal whether the account exists.
//! - **Rate limit**: counted per account, only for requests with accepted credentials.
//! - **Invalid requests** get 400 with the name of the field, even where an operation does not document 400.
//!   Undocumented fields and query parameters are ignored.
//! - **Empty names** get 400. **Cloud names** have 1 to 100 letters, digits, `_` and `-`. They are unique across all
//!   accounts, and case does not matter. A generated one is a letter followed by eight letters or digits.
//! - **A new environment** copies the custom attributes of its base, unless the request sets its own, and has one key
//!   named `Root`. An unknown base gets 400, since the operation does not document 404. `ids` overrides the other
//!   filters. Lists are in order of creation.
//! - **Access keys**: the default name is derived from the API key. A name is unique within its environment (409).
//!   Without `page` and `page_size`, all keys are listed; otherwise pages work as for users. Equal sort keys are
//!   ordered by creation.
//! - **Users**: the default role is `media_library_user`. A new user is pending until the state says otherwise, since
//!   no operation accepts an invitation. `first_name` and `last_name` are the name split at its first space. `status`
//!   is `pending` or `active`. The default order is `created_at`; `activity` is the last login, and ordering by `name`
//!   ignores case. Pages begin at 1 and have 50 users by default, but a list filtered by `ids` or `emails` is returned
//!   in one page.
//! - **`last_login`**: `from` is inclusive, `to` exclusive, and a date means its start. `from` or `to` alone enables
//!   the filter. `last_login=false` and `union_type=exclude` each invert it.
//! - **Groups**: a name is unique within the account (409). Adding a member again gets 409, removing a user who is not
//!   a member gets 404.
//! - **Deletions**: deleting an environment deletes its keys and removes it from the users who have access to it.
//!   Deleting a user removes the memberships. The last item of any kind can be deleted. Only the root user (`root` in a
//!   state file) cannot be deleted or lose `master_admin`: 403.
//! - **Billing usage** is generated from the seed and the same in every response. Future days have no usage. The
//!   breakdown by environment adds up to the breakdown by type, which adds up to the usage.
//!
//! # Permissions
//! - **Catalog and schema** use the vocabulary of the vendor's guides: the namespace `Cloudinary`, its types and actions, and
//!   the ids of roles and policies. Made up are the type `ProvisioningKey`, what can be in what, that every action applies
//!   to every type of resource, that every resource has `ancestor_ids`, the context, the statements of system policies,
//!   which policies a role has, and the roles and policies that the README lists. A role for content is found with and
//!   without `content::` in its id.
//! - **Statements** are one Cedar policy or several. Those of system policies do not restrict the principal. Those about
//!   content have a placeholder inside a string, `resource.ancestor_ids.contains("<folder_id>")`, which is valid Cedar before
//!   and after it is filled. Effective policies have the principal filled in; the members of a group are `in` it.
//! - **Errors** of the permissions API have the form `{error: {category, code, message, details}}`, with the vendor's codes
//!   and messages. `details.fields` has the names of missing fields, or the fields to blame with their values; 401, 403 and
//!   500 have no details. The code of a rate limit is made up. The emulator's own explanation is the
//!   [`refusal`](crate::RecordedRequest::refusal) of the recorded request. A statement can have an `invalid_principal`;
//!   `invalid_action` and `invalid_resource` are made up, and every other problem has Cedar's own words.
//! - **Access**: no operation asks what a principal may do. [`Account::is_allowed`] decides it from the state.
//! - **Error statuses that an operation does not document** become 400, or 401 instead of 403. For example, an unknown
//!   environment gets 404 from an inspection and 400 from the list of custom policies.
//! - **Public operations** (catalog, validation, schema) ignore credentials and do not count against the rate limit.
//!   Their 400 has no body, as documented.
//! - **Scopes**: a `scope_id` without the scope type `prodenv` gets 400, and so does `prodenv` without a `scope_id`
//!   where one is needed. What applies to `all` applies in every environment. `all` can be used to assign a role and in
//!   a policy, but not to list. Effective policies and lists of policies are those of the account by default; the roles
//!   of a principal and the principals of a role are those of every scope.
//! - **Roles**: the name of a custom role is unique among custom and system roles (409). Creating a role accepts a chosen id; an existing
//!   id gets 409. The policies of a role have its scope type and permission type (400). An update keeps a description
//!   and policies that it leaves out. A system role cannot be changed or deleted (403). Deleting an assigned role
//!   without `force` gets 403, since 409 is not documented.
//! - **Filters by content**: the list of roles returns those with any of the requested parameters. `folder_id`,
//!   `collection_id` and the pairs of `param_key` and `param_value` return assignments that have all of them; when a
//!   role is fetched, the first value of each fills the placeholder. `asset_id`, which the document calls unsupported,
//!   has no effect.
//! - **Assignments**: adding an existing one and removing a missing one succeed. A request is applied completely or not
//!   at all. A role for content requires the parameters that its policies have, and a global role allows none (400). So
//!   an assignment that lost its parameters on the way is rejected, instead of applying everywhere.
//! - **Principals** are the account's users, groups, access keys (`apiKey`) and credentials (`provisioningKey`).
//!   Deleting one deletes its assignments. Deleting an environment deletes the assignments for it alone, and its
//!   policies.
//! - **Groups**: inspections and effective policies include what a user has through groups; the same role in the same
//!   scope is listed once. The roles of a principal include only its own. An inspection leaves out principals without
//!   roles, unless the request lists them.
//! - **Custom policies**: a name is unique within its scope (409). The policies of the statement must pass strict
//!   validation against the schema. An update replaces the policy, including an absent description; a null
//!   `enabled` means the default, true. An update that does not change the statement gets 409, as documented; see
//!   [`Quirk::SameStatementIsAccepted`](crate::Quirk::SameStatementIsAccepted). Effective policies include the enabled
//!   ones in the scope whose head matches the principal, by itself, by its type or through a group.
//! - **Cursor lists** have 50 entries per page, unless the emulator is configured otherwise. A page begins behind the
//!   last entry of the page before, also when that entry was removed in the meantime. A cursor belongs to its list;
//!   another list rejects it with 400. An empty cursor means the first page. The list of system policies has one page
//!   and no cursor; see [`Quirk::SystemPoliciesPaged`](crate::Quirk::SystemPoliciesPaged).
//! - **Credentials** allow every operation, unless [`allowed`](Credential::allowed) restricts them.

mod access_keys;
mod account;
mod auth;
mod billing;
mod check;
mod cloud_name;
mod coerce;
mod context;
mod document;
mod group_members;
mod lookup;
mod permissions;
mod product_environments;
pub(crate) mod state;
mod user_filter;
mod user_groups;
mod users;

use http::{HeaderName, StatusCode};
use serde_json::{Map, Value, json};

use self::context::Context;
use self::document::DOCUMENT;
use crate::api::{Adapter, Api, RateResponse, x_request_id};
use crate::clock::http_date;
use crate::context::{AuthRequest, Handler, Handlers};
use crate::document::Operation;
use crate::paging::PageSizes;
use crate::rate_limit::RateStatus;
use crate::refusal::Refusal;

pub use self::account::CloudinaryAccount;
pub use self::permissions::AccessError;
pub use self::state::{
    ALL_ENVIRONMENTS, AccessKey, Account, Asset, Billing, BillingCycle, Cloudinary, Credential, CustomPolicy,
    CustomRole, DEFAULT_ACCOUNT_ID, DEFAULT_API_KEY, DEFAULT_API_SECRET, DEFAULT_ROLE, Folder, PermissionType,
    PrincipalType, ProductEnvironment, RoleAssignment, ScopeType, User, UserGroup,
};

/// The provisioning operations, by their ids in the document.
const HANDLERS: Handlers<Cloudinary> = &[
    ("getProductEnvironments", product_environments::list),
    ("createProductEnvironment", product_environments::create),
    ("getProductEnvironment", product_environments::get),
    ("updateProductEnvironment", product_environments::update),
    ("deleteProductEnvironment", product_environments::delete),
    ("getAccessKeys", access_keys::list),
    ("generateAccessKey", access_keys::generate),
    ("updateAccessKey", access_keys::update),
    ("deleteAccessKey", access_keys::delete),
    ("deleteAccessKeyByName", access_keys::delete_by_name),
    ("getUsers", users::list),
    ("createUser", users::create),
    ("getUser", users::get),
    ("updateUser", users::update),
    ("deleteUser", users::delete),
    ("getGroupsForUser", users::groups),
    ("getSubAccountsForUser", users::sub_accounts),
    ("getUserGroups", user_groups::list),
    ("createUserGroup", user_groups::create),
    ("getUserGroup", user_groups::get),
    ("updateUserGroup", user_groups::update),
    ("deleteUserGroup", user_groups::delete),
    ("getUsersInUserGroup", group_members::list),
    ("addUserToUserGroup", group_members::add),
    ("removeUserFromUserGroup", group_members::remove),
    ("getBillingUsage", billing::usage),
];

/// The API as the server sees it.
pub(crate) static API: Api = Api {
    name: "Cloudinary",
    document: &DOCUMENT,
    coercions: coerce::COERCIONS,
    page_sizes: PageSizes {
        default: 50,
        max: 500,
        cursor: 50,
    },
    set_cursor,
    service: &Adapter {
        part: |state| &mut state.cloudinary,
        authenticate,
        handlers: &[HANDLERS, permissions::HANDLERS],
        run,
    },
    error_body,
    apply_quirks: |_, _, _| {},
    request_id: x_request_id,
    rate: RateResponse {
        status: RATE_EXCEEDED,
        headers: rate_headers,
        message: |status| {
            format!(
                "rate limit exceeded: {} requests allowed; try again at {}",
                status.limit, status.reset
            )
        },
    },
};

/// The vendor's "maximum usage rate exceeded".
const RATE_EXCEEDED: StatusCode = match StatusCode::from_u16(420) {
    Ok(status) => status,
    Err(_) => StatusCode::TOO_MANY_REQUESTS,
};

fn authenticate(request: &AuthRequest<'_>, state: &Cloudinary) -> Result<Option<String>, Refusal> {
    if permissions::is_public(request.operation) {
        return Ok(None);
    }
    auth::authenticate(request, state)
        .map(Some)
        .map_err(|refusal| permissions::documented(refusal, request.operation))
}

fn run(handler: Handler<Cloudinary>, context: &mut Context<'_>) -> Result<Value, Refusal> {
    let operation = context.operation;
    let outcome = handler(context);
    match permissions::contains(operation) {
        true => outcome.map_err(|refusal| permissions::documented(refusal, operation)),
        false => outcome,
    }
}

fn error_body(operation: &Operation, status: StatusCode, message: &str, details: &Map<String, Value>) -> Value {
    match permissions::contains(operation) {
        true => permissions::error::body(status, details),
        false => json!({ "error": { "message": message } }),
    }
}

fn set_cursor(body: &mut Value, cursor: &str) {
    if let Some(fields) = body.as_object_mut() {
        fields.insert("next_cursor".to_owned(), Value::from(cursor));
    }
}

/// The headers that the vendor's client for Python reads.
fn rate_headers(status: &RateStatus) -> Vec<(HeaderName, String)> {
    vec![
        (
            HeaderName::from_static("x-featureratelimit-limit"),
            status.limit.to_string(),
        ),
        (
            HeaderName::from_static("x-featureratelimit-remaining"),
            status.remaining.to_string(),
        ),
        (
            HeaderName::from_static("x-featureratelimit-reset"),
            http_date(status.reset),
        ),
    ]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use serde_json::{Value, json};

    use super::*;
    use crate::document::assert_covers;

    #[test]
    fn handlers_cover_the_operations_of_the_document_exactly() {
        let handlers = HANDLERS.iter().chain(permissions::HANDLERS);
        assert_covers(&DOCUMENT, |_| true, handlers.map(|(id, _)| *id));
    }

    #[test]
    fn reply_that_departs_from_the_document_is_told() {
        let operations = DOCUMENT.operations().unwrap();
        let get_user = operations.iter().find(|operation| operation.id == "getUser").unwrap();
        let violation =
            |status: u16, body: Value| get_user.reply_violation(StatusCode::from_u16(status).unwrap(), Some(&body));
        assert_eq!(violation(200, json!({ "id": "u", "beyond": 1 })), None);
        assert!(violation(200, json!({ "id": 5 })).unwrap().starts_with("id: "));
        assert!(
            violation(200, json!({ "last_login": null }))
                .unwrap()
                .starts_with("last_login: ")
        );
        assert!(
            violation(404, json!({ "error": "gone" }))
                .unwrap()
                .starts_with("error: ")
        );
        assert!(violation(409, json!({})).unwrap().contains("not documented"));
        assert_eq!(violation(400, json!({})), None, "a refused request is 400 everywhere");
    }
}
