//! How Cloudflare's list operations are paged: one table.

use std::hash::Hasher;

use account_provisioning_core::{PageRequest, PageRule, Position};
use serde::Serialize;

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

/// Adds what tells an entry from another to the fingerprint of its page: its id, and all of it where it has none, since
/// the vendor's document leaves ids open.
pub(super) fn identify<T: Serialize>(id: Option<&str>, entry: &T, hasher: &mut dyn Hasher) {
    match id {
        Some(id) => hasher.write(id.as_bytes()),
        None => hasher.write(&serde_json::to_vec(entry).unwrap_or_default()),
    }
}
