//! Cloudinary's provisioning API: product environments, access keys, users, user groups and billing usage; and its
//! permissions API: roles, the principals that hold them, and policies in the Cedar language.
//!
//! # What the vendor's document leaves open, and what was chosen
//! - **Credentials**: every refusal is 401 and says which it is: no credentials, a malformed header, an unknown or disabled
//!   key, a wrong secret, and an account in the path that the key does not belong to (401 is the one status that every
//!   operation documents; whether such an account exists stays untold).
//! - **Rate**: counted per account, and only for requests whose credentials are accepted.
//! - **Requests that break the document** get 400 with the field's name, also where an operation does not list 400. Fields
//!   and query parameters that the document does not know are ignored.
//! - **Empty names** of anything are refused with 400. **Cloud names** are 1 to 100 letters, digits, `_` and `-`, unique over all
//!   accounts without regard to case; one made up is a letter and eight letters or digits.
//! - **A new environment** copies the custom attributes of its base unless it brings its own, and has one key, named `Root`.
//!   An unknown base is 400, since creating has no 404. `ids` overrides the other filters. The list is in the order of
//!   creation.
//! - **Access keys** without a name are named after their key; a name is unique within its environment (409). Without `page` and
//!   `page_size` all are listed, else pages as below. Ties in an order go by creation.
//! - **Users**: a role left out is `media_library_user`. A new user is pending until the state says otherwise: no request
//!   accepts an invitation. `first_name` and `last_name` are the name split at its first space. `status` is `pending` or
//!   `active`. Sorted by `created_at` when nothing is said; `activity` is the last login, `name` goes without regard to case.
//!   Pages begin at 1 and hold 50 users unless told, except that a list of `ids` or `emails` comes whole.
//! - **`last_login`**: `from` is inclusive, `to` exclusive, a date is its first instant; `from` or `to` alone turns the filter
//!   on; `last_login=false` and `union_type=exclude` each turn it round.
//! - **Groups**: a name is unique within the account (409). Adding a member again is 409, removing a user who is none 404.
//! - **Deletions**: an environment takes its keys and everyone's access with it, a user the memberships; the last of anything
//!   may go. Only the root user (a state file's `root`) can neither be deleted nor lose `master_admin`: 403.
//! - **Billing usage** is made up from the seed, the same whenever it is asked for; days to come have none. A breakdown by
//!   environment adds up to the breakdown by type, and that to the usage.
//!
//! # Permissions
//! - **The catalog**: the document names one id, `cld::role::account::admin`. All other system roles and policies are made up
//!   in its form, and so are the Cedar schema's namespace `Cloudinary`, its types (`User`, `Group`, `APIKey`,
//!   `ProvisioningKey`; `Account`, `ProductEnvironment`, `Folder`, `Collection`, `Asset`) and its actions.
//! - **Statements** of system policies leave the principal open: they hold for whoever holds the role. Where they speak of a
//!   piece of content they have a placeholder inside of a string, `Cloudinary::Folder::"{{folder_id}}"`, which is valid Cedar
//!   before and after it is filled. (Cedar's own slots are `?principal` and `?resource` alone.)
//! - **Errors** have the form of this half, `{error: {category, code, message, details}}`. The document names the code
//!   `ACCOUNTS_00006` of the category `user_error`, which is that of 400 here; those of other statuses are made up. Cedar's
//!   complaints stand in the message and, one by one, in `details.errors`.
//! - **A refusal whose status the operation does not document** is 400, or 401 where it would be 403: an environment that
//!   is not there is 404 to an inspection and 400 to the list of custom policies.
//! - **What is public** (catalog, validation, schema) takes no notice of credentials and counts against nobody's rate. Its
//!   400 has no body, as the document has it.
//! - **Scopes**: a `scope_id` without the scope type `prodenv` is 400, as is `prodenv` without one where a place is needed. An
//!   environment sees what is for it and what is for `all`; `all` is no environment that a list can ask for, and is taken
//!   when assigning a role as well as in a policy. Effective policies, like the lists of policies, are those of the account
//!   unless told otherwise; the roles of a principal and the principals of a role are those of every place.
//! - **Roles**: a name is unique among the account's roles and the system's (409), and so is a chosen id, which creating
//!   takes as it is: the id of a role that exists is 409, for an update goes another way. The policies of a role share its
//!   scope type and permission type (400). An update keeps the description and the policies that it leaves out. A system
//!   role can neither be changed nor deleted (403). Deleting a role that is held is 403 without `force`, for want of a 409.
//! - **Filters by kind of content**: a list of roles takes those with any of the kinds named. `folder_id`, `collection_id` and
//!   the pairs of `param_key` and `param_value` narrow assignments to those with all of the pairs; in fetching a role, the
//!   first of a name fills the placeholder. `asset_id`, which the document calls unsupported, has no effect.
//! - **Assigning** is set-like: adding again and removing what is not there succeed. All of a request is done, or nothing.
//!   A role for content needs the parameters that its policies name, and a global one takes none (400): an assignment
//!   that lost its parameters on the way is refused rather than made to hold everywhere.
//! - **Principals** are the account's users, groups, access keys (`apiKey`) and credentials (`provisioningKey`). When one is
//!   deleted, its assignments go with it; with an environment go those that are for it alone, and its policies.
//! - **Through groups**: inspections and effective policies show what a user holds itself and through its groups, the same
//!   role in the same place once, in the user's own entry; the roles of a principal are its own alone. An inspection
//!   leaves out who holds nothing, unless it was named in a list.
//! - **Custom policies**: a name is unique within its scope (409). The statement must be one policy that fits the schema
//!   strictly. An update replaces the policy, a description left out included; a null `enabled` is the default, true. With
//!   the statement that the policy has it is 409, as the document says; see
//!   [`Quirk::SameStatementIsAccepted`](crate::Quirk::SameStatementIsAccepted). Effective policies hold the enabled ones of
//!   the place whose head takes the principal, itself, by its type or through a group.
//! - **Lists by cursor** hold 50 entries to a page unless the emulator is told otherwise. A cursor belongs to its list (400 in
//!   another); an empty one is the beginning. The list of system policies is whole and takes no cursor; see
//!   [`Quirk::SystemPoliciesPaged`](crate::Quirk::SystemPoliciesPaged).
//! - **Credentials** may everything, unless their [`allowed`](Credential::allowed) says otherwise.

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
use crate::context::{AuthRequest, Handler, Handlers};
use crate::document::Operation;
use crate::paging::PageSizes;
use crate::rate_limit::RateStatus;
use crate::refusal::Refusal;

pub use self::account::CloudinaryAccount;
pub use self::state::{
    ALL_ENVIRONMENTS, AccessKey, Account, Billing, BillingCycle, Cloudinary, Credential, CustomPolicy, CustomRole,
    DEFAULT_ACCOUNT_ID, DEFAULT_API_KEY, DEFAULT_API_SECRET, DEFAULT_ROLE, PermissionType, PrincipalType,
    ProductEnvironment, RoleAssignment, ScopeType, User, UserGroup,
};

/// The handlers of the provisioning operations, by their ids in the document.
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
        true => permissions::error::body(status, message, details),
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
            httpdate::fmt_http_date(status.reset.into()),
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
