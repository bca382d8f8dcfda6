//! How Cloudflare's list operations are paged: one table.

use account_provisioning_core::{PageRequest, PageRule, Position};

/// The largest page that the vendor hands out. Source: the document's `per_page`.
const LARGEST: u32 = 50;

/// Accounts are paged by number; pages tell totals. Source: `listAccounts`.
pub(super) const ACCOUNTS: PageRule = PageRule::numbered("listAccounts", LARGEST, None);
/// Members are paged by number; pages tell totals. Source: `listMembers`.
pub(super) const MEMBERS: PageRule = PageRule::numbered("listMembers", LARGEST, None);
/// Roles are paged by number; pages tell totals. Source: `listRoles`.
pub(super) const ROLES: PageRule = PageRule::numbered("listRoles", LARGEST, None);
/// Tokens are paged by number; pages tell totals. Source: `listTokens`.
pub(super) const TOKENS: PageRule = PageRule::numbered("listTokens", LARGEST, None);
/// Subscriptions come whole, unless the reply says otherwise. Source: `listSubscriptions` takes no page.
pub(super) const SUBSCRIPTIONS: PageRule = PageRule::single("listSubscriptions");
/// Permission groups come whole, unless the reply says otherwise. Source: `listPermissionGroups` takes no page.
pub(super) const PERMISSION_GROUPS: PageRule = PageRule::single("listPermissionGroups");
/// Audit logs are paged by a cursor. Source: `listAuditLogs`, whose `limit` ends at 1000.
pub(super) const AUDIT_LOGS: PageRule = PageRule::cursor("listAuditLogs", 1000);

/// The number of the page that is asked for.
pub(super) fn number(request: &PageRequest) -> u32 {
    match request.position {
        Position::Number(number) => number,
        _ => 1,
    }
}
