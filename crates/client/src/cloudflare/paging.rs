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
/// All subscriptions come in one response, unless its total says otherwise. Source: `listSubscriptions` takes no page.
pub(super) const SUBSCRIPTIONS: PageRule = PageRule::single("listSubscriptions");
/// All permission groups come in one response, unless its total says otherwise. Source: `listPermissionGroups` takes no
/// page.
pub(super) const PERMISSION_GROUPS: PageRule = PageRule::single("listPermissionGroups");
/// Each page of audit logs gives the cursor of the next. Source: `listAuditLogs`, whose `limit` is at most 1000.
pub(super) const AUDIT_LOGS: PageRule = PageRule::cursor("listAuditLogs", 1000);
