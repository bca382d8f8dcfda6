//! How Cloudflare's list operations are paged: one table.

use account_provisioning_core::PageRule;

/// The vendor's largest page. Source: the document's `per_page`.
const LARGEST: u32 = 50;

/// Accounts have numbered pages with totals. Source: `listAccounts`.
pub(super) const ACCOUNTS: PageRule = PageRule::numbered("listAccounts", LARGEST, None);
/// Members have numbered pages with totals. Source: `listMembers`.
pub(super) const MEMBERS: PageRule = PageRule::numbered("listMembers", LARGEST, None);
/// Roles have numbered pages with totals. Source: `listRoles`.
pub(super) const ROLES: PageRule = PageRule::numbered("listRoles", LARGEST, None);
/// Tokens have numbered pages with totals. Source: `listTokens`.
pub(super) const TOKENS: PageRule = PageRule::numbered("listTokens", LARGEST, None);
/// Tokens of the user have numbered pages with totals. Source: `listUserTokens`.
pub(super) const USER_TOKENS: PageRule = PageRule::numbered("listUserTokens", LARGEST, None);
/// Permission groups of members have numbered pages with totals. Source: `listMemberPermissionGroups`.
pub(super) const MEMBER_PERMISSION_GROUPS: PageRule = PageRule::numbered("listMemberPermissionGroups", LARGEST, None);
/// Resource groups have numbered pages with totals. Source: `listResourceGroups`.
pub(super) const RESOURCE_GROUPS: PageRule = PageRule::numbered("listResourceGroups", LARGEST, None);
/// User groups have numbered pages with totals. Source: `listUserGroups`.
pub(super) const USER_GROUPS: PageRule = PageRule::numbered("listUserGroups", LARGEST, None);
/// The members of a user group have numbered pages with totals. Source: `listUserGroupMembers`.
pub(super) const USER_GROUP_MEMBERS: PageRule = PageRule::numbered("listUserGroupMembers", LARGEST, None);
/// Memberships have numbered pages with totals. Source: `listMemberships`.
pub(super) const MEMBERSHIPS: PageRule = PageRule::numbered("listMemberships", LARGEST, None);
/// All subscriptions come in one response, unless its total says otherwise. Source: `listSubscriptions` takes no page.
pub(super) const SUBSCRIPTIONS: PageRule = PageRule::single("listSubscriptions");
/// All permission groups come in one response, unless its total says otherwise. Source: `listPermissionGroups` takes no
/// page.
pub(super) const PERMISSION_GROUPS: PageRule = PageRule::single("listPermissionGroups");
/// All permission groups of the user's tokens come in one response, unless its total says otherwise. Source:
/// `listUserTokenPermissionGroups` takes no page.
pub(super) const USER_TOKEN_PERMISSION_GROUPS: PageRule = PageRule::single("listUserTokenPermissionGroups");
/// All SSO connectors come in one response, unless its total says otherwise. Source: `listSsoConnectors` takes no page.
pub(super) const SSO_CONNECTORS: PageRule = PageRule::single("listSsoConnectors");
/// All invites come in one response, unless its total says otherwise. Source: `listInvites` takes no page.
pub(super) const INVITES: PageRule = PageRule::single("listInvites");
/// All categories of products come in one response, unless its total says otherwise. Source:
/// `listAuditProductCategories` takes no page.
pub(super) const AUDIT_PRODUCT_CATEGORIES: PageRule = PageRule::single("listAuditProductCategories");
/// Each page of the history of a resource gives the cursor of the next. Source: `listAuditHistory`, whose `limit` is at
/// most 1000.
pub(super) const AUDIT_HISTORY: PageRule = PageRule::cursor("listAuditHistory", 1000);
/// Each page of audit logs gives the cursor of the next. Source: `listAuditLogs`, whose `limit` is at most 1000.
pub(super) const AUDIT_LOGS: PageRule = PageRule::cursor("listAuditLogs", 1000);
