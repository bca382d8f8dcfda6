//! Where the services depart from their documents, each departure with its source and a switch.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! quirks {
    ($( $(#[$docs:meta])* $name:ident = $default:literal, $source:literal; )*) => {
        /// A departure from the document, real or feared, that can be switched.
        ///
        /// Those that widen what a request may look like are on, so that every client is understood; those that change
        /// replies are off. [`source`](Self::source) says where each was seen. In JSON the names are in snake case.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum Quirk {
            $( $(#[$docs])* $name, )*
        }

        impl Quirk {
            /// Every quirk.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Tells whether the quirk is on unless switched.
            pub const fn is_default(self) -> bool {
                match self { $(Self::$name => $default,)* }
            }

            /// Says where the quirk was seen.
            pub const fn source(self) -> &'static str {
                match self { $(Self::$name => $source,)* }
            }
        }
    };
}

quirks! {
    /// Lists in a query may be sent as `ids[]=a&ids[]=b`. On by default.
    BracketArrays = true, "cloudinary 1.46.3 for Python, sub_accounts()";
    /// Lists in a query may be sent as `ids=a,b`. On by default.
    CommaArrays = true, "cloudinary 1.46.3 for Python, users()";
    /// Booleans in a body may be sent as `"true"` and `"false"`. On by default.
    StringBooleans = true, "cloudinary 1.46.3 for Python, every body";
    /// An operation without a body takes an empty one, `{}`. On by default.
    EmptyBodies = true, "cloudinary 1.46.3 for Python, every DELETE and POST without arguments";
    /// Deleting an access key by name takes the name from the body when the query has none. On by default.
    NameInBody = true, "cloudinary 1.46.3 for Python, delete_access_key()";
    /// Listing users takes `status=active` and `status=pending` beside `pending`. On by default.
    StatusFilter = true, "cloudinary 1.46.3 for Python, users()";
    /// `from` and `to` take a date with a time as well as a date. On by default.
    DateTimes = true, "cloudinary 1.46.3 for Python, users()";
    /// Creating a product environment takes `enabled`. On by default.
    EnabledOnCreate = true, "cloudinary 1.46.3 for Python, create_sub_account()";
    /// An empty `policy_parameters` of the list of roles is as good as none. On by default.
    EmptyPolicyParameters = true, "cloudinary-account-provisioning 0.1.3 for Python, roles.list()";
    /// The name and the scope of permission groups may be percent-encoded twice. On by default.
    NamesEncodedTwice = true, "Cloudflare's reference: the value must be URL-encoded";
    /// Rolling a token takes no body as well as an empty object. On by default.
    RollWithoutBody = true, "cloudflare 5.9.0 for Python, tokens.value.update()";
    /// Adding a user to a group answers with the user alone, as the document has it. Off by default: the reply then
    /// serves readers of either form.
    AddUserReturnsUser = false, "Cloudinary's OpenAPI document 0.2.1, addUserToUserGroup";
    /// Adding a user to a group answers with the group's users alone. Off by default: the reply then serves readers of
    /// either form.
    AddUserReturnsList = false, "the live tests of cloudinary 1.46.3 for Python, add_user_to_group()";
    /// Adding a user who is already a member succeeds instead of answering 409. Off by default.
    AddMemberIsIdempotent = false, "none: the document allows 409 and does not say when";
    /// `pending=false` lists the users who are not pending. Off by default: it then lists all, as the document has it.
    PendingFalseMeansActive = false, "the documentation of cloudinary for Python, users(pending)";
    /// With `ids` or `emails`, every other parameter of the list of users is ignored. Off by default: the filters then
    /// still apply.
    IdsOverrideFilters = false, "Cloudinary's OpenAPI document 0.2.1, getUsers; its live service filters all the same";
    /// Without `page` and `page_size` the list of users is whole. Off by default: it is then the first page.
    UsersUnpaged = false, "none: the document gives no default for the page size of users";
    /// `page` is ignored: every page is the first. Off by default.
    PageIgnored = false, "Cloudflare's list of accounts, seen by cloudflare 4.3.1 for Python";
    /// No page has more than 10 entries, whatever `page_size` says. Off by default.
    PageSizeClamped = false, "none: a server may cap the page size without a word";
    /// Lists come without their total. Off by default.
    NoTotal = false, "Cloudinary's list of users has none";
    /// The list of system policies comes in pages, and takes the cursor it hands out. Off by default: it is then whole, since
    /// the document has no parameter that takes a cursor.
    SystemPoliciesPaged = false, "Cloudinary's OpenAPI document 0.2.1, getSystemPolicies: its reply has a next_cursor";
    /// A list by cursor ends with an empty cursor instead of none. Off by default.
    EmptyCursorAtEnd = false, "none: the document does not say how a list by cursor ends";
    /// Updating a custom policy with the statement that it has succeeds. Off by default: it is then 409, as the document
    /// has it.
    SameStatementIsAccepted = false, "none: the document can be read so that another policy's statement is meant";
    /// A token that belongs to an account may not list accounts: 400 with the code 1001. Off by default: it lists its own.
    AccountTokensListNoAccounts = false, "edgefirst-dev/starter, issue 3";
    /// Listing accounts with a token that belongs to one ignores `page`: each is the first of one. Off by default.
    AccountTokensIgnorePage = false, "cloudflare for Python, issue 2584";
    /// Adding a member answers without the member's roles. Off by default.
    AddedMemberWithoutRoles = false, "Cloudflare's provider for Terraform, pull request 6520";
    /// Changing a member with the status `pending` in the body changes nothing, and succeeds. Off by default: the status is
    /// then ignored.
    PendingStatusDropsUpdate = false, "Cloudflare's provider for Terraform, pull request 6581";
    /// Tokens show their policies, and these their permission groups, in another order than they were sent. Off by
    /// default.
    PoliciesReversed = false, "Cloudflare's provider for Terraform, issue 5548";
    /// Audit logs hand out their cursor as `result_info.cursors.after` instead of `result_info.cursor`. Off by default.
    CursorsAfter = false, "cloudflare for Python, issue 2667";
    /// Audit logs count their entries in a number instead of a text. Off by default.
    CountsAreNumbers = false, "none: Cloudflare's reference has a text here and a number everywhere else";
    /// Cloudflare's refusals come with the status 200. Off by default.
    ErrorsWithStatusOk = false, "cisagov/manage.get.gov, issue 5167";
    /// Cloudflare's errors come without their codes. Off by default.
    ErrorsWithoutCodes = false, "Cloudflare's reference, the example of the audit logs";
    /// Cloudflare's successes come with a null for their result. Off by default.
    NullResults = false, "cloudflare for Rust, issue 198";
    /// A reply that says the rate is exceeded has no `retry-after`. Off by default.
    NoRetryAfter = false, "none: the headers of Cloudinary's 420 are not documented";
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
