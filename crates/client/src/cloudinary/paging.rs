//! How Cloudinary's list operations are paged: one table.

use account_provisioning_core::PageRule;

/// Product environments come whole. Source: `getProductEnvironments` takes no page.
pub(super) const PRODUCT_ENVIRONMENTS: PageRule = PageRule::single("getProductEnvironments");
/// Access keys are paged up to page 100, and each page tells the total. Source: `getAccessKeys`.
pub(super) const ACCESS_KEYS: PageRule = PageRule::numbered("getAccessKeys", 100, Some(100));
/// Users are paged without a total. Source: `getUsers`.
pub(super) const USERS: PageRule = PageRule::numbered("getUsers", 100, None);
/// A user's groups come whole. Source: `getGroupsForUser` takes no page.
pub(super) const GROUPS_OF_USER: PageRule = PageRule::single("getGroupsForUser");
/// A user's product environments come whole. Source: `getSubAccountsForUser` takes no page.
pub(super) const ENVIRONMENTS_OF_USER: PageRule = PageRule::single("getSubAccountsForUser");
/// User groups come whole. Source: `getUserGroups` takes no page.
pub(super) const USER_GROUPS: PageRule = PageRule::single("getUserGroups");
/// A group's members come whole. Source: `getUsersInUserGroup` takes no page.
pub(super) const GROUP_MEMBERS: PageRule = PageRule::single("getUsersInUserGroup");
