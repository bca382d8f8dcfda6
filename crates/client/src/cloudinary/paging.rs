//! The table of how Cloudinary's list operations are paged.

use account_provisioning_core::PageRule;

/// Product environments come in one response. Source: `getProductEnvironments` takes no page.
pub(super) const PRODUCT_ENVIRONMENTS: PageRule = PageRule::single("getProductEnvironments");
/// Access keys are paged up to page 100, and each page contains the total. Source: `getAccessKeys`.
pub(super) const ACCESS_KEYS: PageRule = PageRule::numbered("getAccessKeys", 100, Some(100));
/// Users are paged without a total. Source: `getUsers`.
pub(super) const USERS: PageRule = PageRule::numbered("getUsers", 100, None);
/// A user's groups come in one response. Source: `getGroupsForUser` takes no page.
pub(super) const GROUPS_OF_USER: PageRule = PageRule::single("getGroupsForUser");
/// A user's product environments come in one response. Source: `getSubAccountsForUser` takes no page.
pub(super) const ENVIRONMENTS_OF_USER: PageRule = PageRule::single("getSubAccountsForUser");
/// User groups come in one response. Source: `getUserGroups` takes no page.
pub(super) const USER_GROUPS: PageRule = PageRule::single("getUserGroups");
/// A group's members come in one response. Source: `getUsersInUserGroup` takes no page.
pub(super) const GROUP_MEMBERS: PageRule = PageRule::single("getUsersInUserGroup");
/// Roles come in one response. Source: `getRoles` takes no cursor and returns none.
pub(super) const ROLES: PageRule = PageRule::single("getRoles");
/// A role's principals come in one response. Source: `getRolePrincipals` takes no cursor and returns none.
pub(super) const ROLE_PRINCIPALS: PageRule = PageRule::single("getRolePrincipals");
/// A principal's roles come in one response. Source: `getPrincipalRoles` takes no cursor and returns none.
pub(super) const PRINCIPAL_ROLES: PageRule = PageRule::single("getPrincipalRoles");
/// Principals with roles are paged by a cursor in the query, and pages have no size. Source: `inspect`.
pub(super) const INSPECT: PageRule = PageRule::cursor("inspect", 0);
/// The roles of several principals are paged by a cursor in the body. Source: `inspectMultiple`.
pub(super) const INSPECT_MANY: PageRule = PageRule::cursor("inspectMultiple", 0);
/// System policies return a cursor, for which the vendor's document has no parameter; it is sent as in other operations.
/// Source: `getSystemPolicies`.
pub(super) const SYSTEM_POLICIES: PageRule = PageRule::cursor("getSystemPolicies", 0);
/// Custom policies are paged by a cursor, and pages have no size. Source: `getCustomPolicies`.
pub(super) const CUSTOM_POLICIES: PageRule = PageRule::cursor("getCustomPolicies", 0);
