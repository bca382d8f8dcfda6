//! What each operation requires of the credentials.

use self::Requirement::{AccountToken, AnyCaller, Read, Tenant, UserRead, UserToken, UserWrite, Write};
use super::state::PermissionGroup;

/// An area of permissions: its name in permission groups, the scope of these groups, and its name in roles.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    name: &'static str,
    pub(super) scope: &'static str,
    pub(super) role: &'static str,
}

impl Area {
    /// Returns the name of the permission group for reading or writing.
    pub(super) fn group(self, write: bool) -> String {
        format!("{} {}", self.name, if write { "Write" } else { "Read" })
    }
}

const fn of_account(name: &'static str, role: &'static str) -> Area {
    Area {
        name,
        scope: PermissionGroup::ACCOUNT,
        role,
    }
}

/// An area of the user, about which roles say nothing.
const fn of_user(name: &'static str) -> Area {
    Area {
        name,
        scope: PermissionGroup::USER,
        role: "",
    }
}

pub(super) const SETTINGS: Area = of_account("Account Settings", "organization");
pub(super) const BILLING: Area = of_account("Billing", "billing");
const TOKENS: Area = of_account("Account API Tokens", "organization");
const USER: Area = of_user("User Details");
const USER_TOKENS: Area = of_user("API Tokens");
const MEMBERSHIPS: Area = of_user("Memberships");

/// What an operation requires.
#[derive(Clone, Copy, Debug)]
pub(super) enum Requirement {
    /// Any valid credentials.
    AnyCaller,
    /// A token that belongs to the account.
    AccountToken,
    /// A token that belongs to a user.
    UserToken,
    /// A permission in the account.
    Read(Area),
    Write(Area),
    /// Credentials of a user, with a permission on the user if they are a token.
    UserRead(Area),
    UserWrite(Area),
    /// An administrator of the tenant.
    Tenant,
}

pub(super) const REQUIREMENTS: &[(&str, Requirement)] = &[
    ("listAccounts", AnyCaller),
    ("createAccount", Tenant),
    ("getAccount", Read(SETTINGS)),
    ("updateAccount", Write(SETTINGS)),
    ("deleteAccount", Tenant),
    ("listMembers", Read(SETTINGS)),
    ("addMember", Write(SETTINGS)),
    ("getMember", Read(SETTINGS)),
    ("updateMember", Write(SETTINGS)),
    ("removeMember", Write(SETTINGS)),
    ("listRoles", Read(SETTINGS)),
    ("getRole", Read(SETTINGS)),
    ("listMemberPermissionGroups", Read(SETTINGS)),
    ("getMemberPermissionGroup", Read(SETTINGS)),
    ("listResourceGroups", Read(SETTINGS)),
    ("createResourceGroup", Write(SETTINGS)),
    ("getResourceGroup", Read(SETTINGS)),
    ("updateResourceGroup", Write(SETTINGS)),
    ("deleteResourceGroup", Write(SETTINGS)),
    ("listUserGroups", Read(SETTINGS)),
    ("createUserGroup", Write(SETTINGS)),
    ("getUserGroup", Read(SETTINGS)),
    ("updateUserGroup", Write(SETTINGS)),
    ("deleteUserGroup", Write(SETTINGS)),
    ("listUserGroupMembers", Read(SETTINGS)),
    ("addUserGroupMembers", Write(SETTINGS)),
    ("replaceUserGroupMembers", Write(SETTINGS)),
    ("getUserGroupMember", Read(SETTINGS)),
    ("removeUserGroupMember", Write(SETTINGS)),
    ("listSsoConnectors", Read(SETTINGS)),
    ("createSsoConnector", Write(SETTINGS)),
    ("getSsoConnector", Read(SETTINGS)),
    ("updateSsoConnector", Write(SETTINGS)),
    ("deleteSsoConnector", Write(SETTINGS)),
    ("beginSsoVerification", Write(SETTINGS)),
    ("listSubscriptions", Read(BILLING)),
    ("createSubscription", Write(BILLING)),
    ("getSubscription", Read(BILLING)),
    ("updateSubscription", Write(BILLING)),
    ("deleteSubscription", Write(BILLING)),
    ("cancelSubscriptionDowngrades", Write(BILLING)),
    ("listTokens", Read(TOKENS)),
    ("createToken", Write(TOKENS)),
    ("getToken", Read(TOKENS)),
    ("updateToken", Write(TOKENS)),
    ("deleteToken", Write(TOKENS)),
    ("rollToken", Write(TOKENS)),
    ("verifyToken", AccountToken),
    ("listPermissionGroups", Read(TOKENS)),
    ("listAuditLogs", Read(SETTINGS)),
    ("listAuditProductCategories", Read(SETTINGS)),
    ("listAuditHistory", Read(SETTINGS)),
    ("listMemberships", UserRead(MEMBERSHIPS)),
    ("getMembership", UserRead(MEMBERSHIPS)),
    ("answerMembership", UserWrite(MEMBERSHIPS)),
    ("deleteMembership", UserWrite(MEMBERSHIPS)),
    ("listInvites", UserRead(MEMBERSHIPS)),
    ("getInvite", UserRead(MEMBERSHIPS)),
    ("answerInvite", UserWrite(MEMBERSHIPS)),
    ("getUser", UserRead(USER)),
    ("updateUser", UserWrite(USER)),
    ("listUserTokens", UserRead(USER_TOKENS)),
    ("createUserToken", UserWrite(USER_TOKENS)),
    ("getUserToken", UserRead(USER_TOKENS)),
    ("updateUserToken", UserWrite(USER_TOKENS)),
    ("deleteUserToken", UserWrite(USER_TOKENS)),
    ("rollUserToken", UserWrite(USER_TOKENS)),
    ("verifyUserToken", UserToken),
    ("listUserTokenPermissionGroups", UserRead(USER_TOKENS)),
];

#[cfg(test)]
mod tests {
    use super::super::document::DOCUMENT;
    use super::*;
    use crate::document::assert_covers;

    #[test]
    fn requirements_cover_the_operations_of_the_document_exactly() {
        assert_covers(&DOCUMENT, |_| true, REQUIREMENTS.iter().map(|(id, _)| *id));
    }
}
