//! Where the services depart from their documents, each departure with its source and a switch.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A departure from the document, real or feared, that can be switched.
///
/// Those that widen what a request may look like are on, so that every client is understood; those that change
/// replies are off. [`source`](Self::source) says where each was seen. In JSON the names are in snake case.
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
    /// An operation without a body takes an empty one, `{}`. On by default.
    EmptyBodies,
    /// Deleting an access key by name takes the name from the body when the query has none. On by default.
    NameInBody,
    /// Listing users takes `status=active` and `status=pending` beside `pending`. On by default.
    StatusFilter,
    /// `from` and `to` take a date with a time as well as a date. On by default.
    DateTimes,
    /// Creating a product environment takes `enabled`. On by default.
    EnabledOnCreate,
    /// An empty `policy_parameters` of the list of roles is as good as none. On by default.
    EmptyPolicyParameters,
    /// The name and the scope of permission groups may be percent-encoded twice. On by default.
    NamesEncodedTwice,
    /// Rolling a token takes no body as well as an empty object. On by default.
    RollWithoutBody,
    /// Adding a user to a group answers with the user alone, as the document has it. Off by default: the reply then
    /// serves readers of either form.
    AddUserReturnsUser,
    /// Adding a user to a group answers with the group's users alone. Off by default: the reply then serves readers of
    /// either form.
    AddUserReturnsList,
    /// Adding a user who is already a member succeeds instead of answering 409. Off by default.
    AddMemberIsIdempotent,
    /// `pending=false` lists the users who are not pending. Off by default: it then lists all, as the document has it.
    PendingFalseMeansActive,
    /// With `ids` or `emails`, every other parameter of the list of users is ignored. Off by default: the filters then
    /// still apply.
    IdsOverrideFilters,
    /// Without `page` and `page_size` the list of users is whole. Off by default: it is then the first page.
    UsersUnpaged,
    /// `page` is ignored: every page is the first. Off by default.
    PageIgnored,
    /// No page has more than 10 entries, whatever `page_size` says. Off by default.
    PageSizeClamped,
    /// Lists come without their total. Off by default.
    NoTotal,
    /// The list of system policies comes in pages, and takes the cursor it hands out. Off by default: it is then whole, since
    /// the document has no parameter that takes a cursor.
    SystemPoliciesPaged,
    /// A list by cursor ends with an empty cursor instead of none. Off by default.
    EmptyCursorAtEnd,
    /// Updating a custom policy with the statement that it has succeeds. Off by default: it is then 409, as the document
    /// has it.
    SameStatementIsAccepted,
    /// A token that belongs to an account may not list accounts: 400 with the code 1001. Off by default: it lists its own.
    AccountTokensListNoAccounts,
    /// Listing accounts with a token that belongs to one ignores `page`: each is the first of one. Off by default.
    AccountTokensIgnorePage,
    /// Adding a member answers without the member's roles. Off by default.
    AddedMemberWithoutRoles,
    /// Changing a member with the status `pending` in the body changes nothing, and succeeds. Off by default: the status is
    /// then ignored.
    PendingStatusDropsUpdate,
    /// Tokens show their policies, and these their permission groups, in another order than they were sent. Off by
    /// default.
    PoliciesReversed,
    /// Audit logs hand out their cursor as `result_info.cursors.after` instead of `result_info.cursor`. Off by default.
    CursorsAfter,
    /// Audit logs count their entries in a number instead of a text. Off by default.
    CountsAreNumbers,
    /// Cloudflare's refusals come with the status 200. Off by default.
    ErrorsWithStatusOk,
    /// Cloudflare's errors come without their codes. Off by default.
    ErrorsWithoutCodes,
    /// Cloudflare's successes come with a null for their result. Off by default.
    NullResults,
    /// A reply that says the rate is exceeded has no `retry-after`. Off by default.
    NoRetryAfter,
    /// Cloudspot License's profile has no `pin`. Off by default.
    ProfileWithoutPin,
    /// Cloudspot License's profile has a `company`. Off by default.
    ProfileWithCompany,
    /// Cloudspot License's ids of companies are texts, even where they are numbers. Off by default.
    CompanyIdsAsText,
    /// Cloudspot License's permissions, when they are fetched, are a bare list. Off by default: they are then in an
    /// object.
    BarePermissions,
    /// Cloudspot License's errors are `{detail}` instead of `{message, error_code}`. Off by default.
    DetailErrors,
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
        Self::AccountTokensListNoAccounts,
        Self::AccountTokensIgnorePage,
        Self::AddedMemberWithoutRoles,
        Self::PendingStatusDropsUpdate,
        Self::PoliciesReversed,
        Self::CursorsAfter,
        Self::CountsAreNumbers,
        Self::ErrorsWithStatusOk,
        Self::ErrorsWithoutCodes,
        Self::NullResults,
        Self::NoRetryAfter,
        Self::ProfileWithoutPin,
        Self::ProfileWithCompany,
        Self::CompanyIdsAsText,
        Self::BarePermissions,
        Self::DetailErrors,
    ];

    /// Tells whether the quirk is on unless switched.
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

    /// Says where the quirk was seen.
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
                "Cloudinary's OpenAPI document 0.2.1, getUsers; its live service filters all the same"
            }
            Self::UsersUnpaged => "none: the document gives no default for the page size of users",
            Self::PageIgnored => "Cloudflare's list of accounts, seen by cloudflare 4.3.1 for Python",
            Self::PageSizeClamped => "none: a server may cap the page size without a word",
            Self::NoTotal => "Cloudinary's list of users has none",
            Self::SystemPoliciesPaged => {
                "Cloudinary's OpenAPI document 0.2.1, getSystemPolicies: its reply has a next_cursor"
            }
            Self::EmptyCursorAtEnd => "none: the document does not say how a list by cursor ends",
            Self::SameStatementIsAccepted => {
                "none: the document can be read so that another policy's statement is meant"
            }
            Self::AccountTokensListNoAccounts => "edgefirst-dev/starter, issue 3",
            Self::AccountTokensIgnorePage => "cloudflare for Python, issue 2584",
            Self::AddedMemberWithoutRoles => "Cloudflare's provider for Terraform, pull request 6520",
            Self::PendingStatusDropsUpdate => "Cloudflare's provider for Terraform, pull request 6581",
            Self::PoliciesReversed => "Cloudflare's provider for Terraform, issue 5548",
            Self::CursorsAfter => "cloudflare for Python, issue 2667",
            Self::CountsAreNumbers => "none: Cloudflare's reference has a text here and a number everywhere else",
            Self::ErrorsWithStatusOk => "cisagov/manage.get.gov, issue 5167",
            Self::ErrorsWithoutCodes => "Cloudflare's reference, the example of the audit logs",
            Self::NullResults => "cloudflare for Rust, issue 198",
            Self::NoRetryAfter => "none: the headers of Cloudinary's 420 are not documented",
            Self::ProfileWithoutPin => "cloudspot-license-api 1.0.0 for Python, which fails on a pin",
            Self::ProfileWithCompany => {
                "the documentation of cloudspot-license-api 1.0.0 for Python; neither version has it"
            }
            Self::CompanyIdsAsText => "none: the form of the ids is not told",
            Self::BarePermissions => "none: cloudspot-license-api 1.4.3 for Python does not tell where the list stands",
            Self::DetailErrors => "Django REST framework, which answers so where the service itself does not",
        }
    }
}

impl fmt::Display for Quirk {
    /// Writes the name as JSON has it, in snake case.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// The page size that [`Quirk::PageSizeClamped`] allows.
pub(crate) const CLAMPED_PAGE_SIZE: usize = 10;

/// Which quirks are on.
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
