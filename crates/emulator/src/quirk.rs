//! Deviations of the services and their clients from the documents, each with a source and a switch.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A deviation from the document, observed or possible, that can be switched on or off.
///
/// Quirks that accept more forms of requests are on by default, so that every client works. Quirks that change
/// responses are off. [`source`](Self::source) returns where each was observed. In JSON the names are in snake case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Quirk {
    /// Lists in a query may be sent as `ids[]=a&ids[]=b`. On by default.
    BracketArrays,
    /// Lists in a query may be sent as `ids=a,b`. On by default.
    CommaArrays,
    /// Booleans in a body may be sent as `"true"` and `"false"`. On by default.
    StringBooleans,
    /// An operation without a request body accepts an empty one, `{}`. On by default.
    EmptyBodies,
    /// Deleting an access key by name takes the name from the body when the query has none. On by default.
    NameInBody,
    /// Listing users accepts `status=active` and `status=pending` in addition to `pending`. On by default.
    StatusFilter,
    /// `from` and `to` accept a date with a time. On by default.
    DateTimes,
    /// Creating a product environment accepts `enabled`. On by default.
    EnabledOnCreate,
    /// Listing roles treats an empty `policy_parameters` as absent. On by default.
    EmptyPolicyParameters,
    /// The name and the scope of permission groups may be percent-encoded twice. On by default.
    NamesEncodedTwice,
    /// Rolling a token accepts a request without a body in addition to an empty object. On by default.
    RollWithoutBody,
    /// Adding a user to a group returns only the user, as documented. Off by default: the response then contains both
    /// forms.
    AddUserReturnsUser,
    /// Adding a user to a group returns only the group's users. Off by default: the response then contains both forms.
    AddUserReturnsList,
    /// Adding a user who is already a member succeeds instead of failing with 409. Off by default.
    AddMemberIsIdempotent,
    /// `pending=false` lists only the users who are not pending. Off by default: it then lists all users, as
    /// documented.
    PendingFalseMeansActive,
    /// With `ids` or `emails`, every other parameter of the list of users is ignored. Off by default: the filters then
    /// still apply.
    IdsOverrideFilters,
    /// Without `page` and `page_size`, listing users returns all of them. Off by default: it then returns the first
    /// page.
    UsersUnpaged,
    /// `page` is ignored: every page is the first. Off by default.
    PageIgnored,
    /// Pages have at most 10 entries, whatever `page_size` says. Off by default.
    PageSizeClamped,
    /// Lists have no total. Off by default.
    NoTotal,
    /// The list of system policies has pages and accepts its cursors. Off by default: it then has one page, since the
    /// document has no cursor parameter.
    SystemPoliciesPaged,
    /// The last page of a cursor list has an empty cursor instead of none. Off by default.
    EmptyCursorAtEnd,
    /// Updating a custom policy without changing its statement succeeds. Off by default: it then fails with 409, as
    /// documented.
    SameStatementIsAccepted,
    /// Listing accounts with a token that belongs to an account lists that account. Off by default: it then fails with
    /// 400 and code 1001.
    AccountTokensListAccounts,
    /// Listing accounts with a token that belongs to an account lists that account and ignores `page`: every page is the
    /// only one. Off by default.
    AccountTokensIgnorePage,
    /// Adding a member returns the member without roles. Off by default.
    AddedMemberWithoutRoles,
    /// Updating a member with the status `pending` in the body succeeds without changing anything. Off by default: the
    /// status is then ignored.
    PendingStatusDropsUpdate,
    /// Tokens return their policies and permission groups in a different order than they were sent. Off by default.
    PoliciesReversed,
    /// Audit logs return their cursor as `result_info.cursors.after` alone. Off by default: it is then also in
    /// `result_info.cursor`.
    CursorsAfter,
    /// Audit logs have no `result_info.cursors.after`. Off by default: their cursor is then there and in
    /// `result_info.cursor`.
    NoCursorsAfter,
    /// Audit logs return their count as a number instead of a string. Off by default.
    CountsAreNumbers,
    /// Updating a subscription to a cheaper plan takes effect at the end of the current period. Off by default: it then
    /// takes effect at once.
    DowngradesAreDelayed,
    /// Cloudflare's errors have the status 200. Off by default.
    ErrorsWithStatusOk,
    /// Cloudflare's errors have no codes. Off by default.
    ErrorsWithoutCodes,
    /// Cloudflare's successful responses have a null `result`. Off by default.
    NullResults,
    /// Responses past the rate limit have no `retry-after`. Off by default.
    NoRetryAfter,
    /// Cloudspot License's profile has no `pin`. Off by default.
    ProfileWithoutPin,
    /// Cloudspot License's profile has a `company`. Off by default.
    ProfileWithCompany,
    /// Cloudspot License's company ids are strings, even when they are numbers. Off by default.
    CompanyIdsAsText,
    /// Fetching Cloudspot License's permissions returns a bare list. Off by default: the list is then in an object.
    BarePermissions,
    /// Cloudspot License's errors are `{detail}` instead of `{message, error_code}`. Off by default.
    DetailErrors,
    /// Cloudspot License's errors have no `error_code`. Off by default.
    ErrorsWithoutErrorCode,
}

impl Quirk {
    /// Every quirk.
    pub const ALL: &'static [Self] = &[
        Self::BracketArrays,
        Self::CommaArrays,
        Self::StringBooleans,
        Self::EmptyBodies,
        Self::NameInBody,
        Self::StatusFilter,
        Self::DateTimes,
        Self::EnabledOnCreate,
        Self::EmptyPolicyParameters,
        Self::NamesEncodedTwice,
        Self::RollWithoutBody,
        Self::AddUserReturnsUser,
        Self::AddUserReturnsList,
        Self::AddMemberIsIdempotent,
        Self::PendingFalseMeansActive,
        Self::IdsOverrideFilters,
        Self::UsersUnpaged,
        Self::PageIgnored,
        Self::PageSizeClamped,
        Self::NoTotal,
        Self::SystemPoliciesPaged,
        Self::EmptyCursorAtEnd,
        Self::SameStatementIsAccepted,
        Self::AccountTokensListAccounts,
        Self::AccountTokensIgnorePage,
        Self::AddedMemberWithoutRoles,
        Self::PendingStatusDropsUpdate,
        Self::PoliciesReversed,
        Self::CursorsAfter,
        Self::NoCursorsAfter,
        Self::CountsAreNumbers,
        Self::DowngradesAreDelayed,
        Self::ErrorsWithStatusOk,
        Self::ErrorsWithoutCodes,
        Self::NullResults,
        Self::NoRetryAfter,
        Self::ProfileWithoutPin,
        Self::ProfileWithCompany,
        Self::CompanyIdsAsText,
        Self::BarePermissions,
        Self::DetailErrors,
        Self::ErrorsWithoutErrorCode,
    ];

    /// Returns whether the quirk is on by default.
    pub const fn is_default(self) -> bool {
        matches!(
            self,
            Self::BracketArrays
                | Self::CommaArrays
                | Self::StringBooleans
                | Self::EmptyBodies
                | Self::NameInBody
                | Self::StatusFilter
                | Self::DateTimes
                | Self::EnabledOnCreate
                | Self::EmptyPolicyParameters
                | Self::NamesEncodedTwice
                | Self::RollWithoutBody
        )
    }

    /// Returns where the quirk was observed.
    pub const fn source(self) -> &'static str {
        match self {
            Self::BracketArrays => "cloudinary 1.46.3 for Python, sub_accounts()",
            Self::CommaArrays => "cloudinary 1.46.3 for Python, users()",
            Self::StringBooleans => "cloudinary 1.46.3 for Python, every body",
            Self::EmptyBodies => "cloudinary 1.46.3 for Python, every DELETE and POST without arguments",
            Self::NameInBody => "cloudinary 1.46.3 for Python, delete_access_key()",
            Self::StatusFilter => "cloudinary 1.46.3 for Python, users()",
            Self::DateTimes => "cloudinary 1.46.3 for Python, users()",
            Self::EnabledOnCreate => "cloudinary 1.46.3 for Python, create_sub_account()",
            Self::EmptyPolicyParameters => "cloudinary-account-provisioning 0.1.3 for Python, roles.list()",
            Self::NamesEncodedTwice => "Cloudflare's reference: the value must be URL-encoded",
            Self::RollWithoutBody => "cloudflare 5.9.0 for Python, tokens.value.update()",
            Self::AddUserReturnsUser => "Cloudinary's OpenAPI document 0.2.1, addUserToUserGroup",
            Self::AddUserReturnsList => "the live tests of cloudinary 1.46.3 for Python, add_user_to_group()",
            Self::AddMemberIsIdempotent => "none: the document allows 409 and does not say when",
            Self::PendingFalseMeansActive => "the documentation of cloudinary for Python, users(pending)",
            Self::IdsOverrideFilters => {
                "Cloudinary's OpenAPI document 0.2.1, getUsers; the live service filters nevertheless"
            }
            Self::UsersUnpaged => "none: the document gives no default for the page size of users",
            Self::PageIgnored => "Cloudflare's list of accounts, seen by cloudflare 4.3.1 for Python",
            Self::PageSizeClamped => "none: a server may limit the page size silently",
            Self::NoTotal => "Cloudinary's list of users has none",
            Self::SystemPoliciesPaged => {
                "Cloudinary's OpenAPI document 0.2.1, getSystemPolicies: its reply has a next_cursor"
            }
            Self::EmptyCursorAtEnd => "none: the document does not say how a list by cursor ends",
            Self::SameStatementIsAccepted => {
                "none: the document can be read so that another policy's statement is meant"
            }
            Self::AccountTokensListAccounts => "cloudflare for Python, issue 2584: its list of accounts is not refused",
            Self::AccountTokensIgnorePage => "cloudflare for Python, issue 2584",
            Self::AddedMemberWithoutRoles => "Cloudflare's provider for Terraform, pull request 6520",
            Self::PendingStatusDropsUpdate => "Cloudflare's provider for Terraform, pull request 6581",
            Self::PoliciesReversed => "Cloudflare's provider for Terraform, issue 5548",
            Self::CursorsAfter => "cloudflare for Python, issue 2667",
            Self::NoCursorsAfter => "Cloudflare's reference, which has a cursor in result_info alone",
            Self::CountsAreNumbers => "none: Cloudflare's reference has a string here and a number everywhere else",
            Self::DowngradesAreDelayed => "Cloudflare's reference: an operation cancels delayed downgrades",
            Self::ErrorsWithStatusOk => "cisagov/manage.get.gov, issue 5167",
            Self::ErrorsWithoutCodes => "Cloudflare's reference, the example of the audit logs",
            Self::NullResults => "cloudflare for Rust, issue 198",
            Self::NoRetryAfter => "none: the headers of Cloudinary's 420 are not documented",
            Self::ProfileWithoutPin => "cloudspot-license-api 1.0.0 for Python, which fails on a pin",
            Self::ProfileWithCompany => {
                "the documentation of cloudspot-license-api 1.0.0 for Python; neither version of the client has it"
            }
            Self::CompanyIdsAsText => "none: the form of the ids is not documented",
            Self::BarePermissions => "none: cloudspot-license-api 1.4.3 for Python does not show where the list is",
            Self::DetailErrors => "Django REST framework, for errors that the service does not handle itself",
            Self::ErrorsWithoutErrorCode => {
                "cloudspot-license-api 1.0.0 for Python, which fails on every error that has an error_code"
            }
        }
    }
}

impl fmt::Display for Quirk {
    /// Writes the name as in JSON, in snake case.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// The largest page size with [`Quirk::PageSizeClamped`].
pub(crate) const CLAMPED_PAGE_SIZE: usize = 10;

/// The quirks that are on.
#[derive(Clone, Debug)]
pub(crate) struct Quirks(Vec<bool>);

impl Quirks {
    pub(crate) fn has(&self, quirk: Quirk) -> bool {
        self.0[quirk as usize]
    }

    pub(crate) fn set(&mut self, quirk: Quirk, on: bool) {
        self.0[quirk as usize] = on;
    }
}

impl Default for Quirks {
    fn default() -> Self {
        Self(Quirk::ALL.iter().map(|quirk| quirk.is_default()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quirk_shown_is_its_json_name() {
        assert_eq!(Quirk::AddUserReturnsUser.to_string(), "add_user_returns_user");
    }

    #[test]
    fn quirks_by_default_follow_the_table_and_can_be_switched() {
        let mut quirks = Quirks::default();
        assert!(quirks.has(Quirk::BracketArrays) && !quirks.has(Quirk::PageIgnored));
        quirks.set(Quirk::PageIgnored, true);
        assert!(quirks.has(Quirk::PageIgnored));
    }
}
