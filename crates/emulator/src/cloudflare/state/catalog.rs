//! The default permission groups and roles. Their ids are made up.

use indexmap::IndexMap;

use super::permission_group::PermissionGroup;
use super::role::{Grant, Role};
use crate::random::fixed_id;
use crate::table::Table;

/// The names by scope. Some names are in two scopes, as in the vendor's list.
const GROUPS: &[(&str, &[&str])] = &[
    (
        PermissionGroup::ACCOUNT,
        &[
            "Account Settings Read",
            "Account Settings Write",
            "Account API Tokens Read",
            "Account API Tokens Write",
            "Billing Read",
            "Billing Write",
            "Account Analytics Read",
            "Account Firewall Access Rules Read",
            "Account Firewall Access Rules Write",
            "Access: Apps and Policies Read",
            "Access: Apps and Policies Write",
            "Load Balancing: Monitors and Pools Read",
            "Load Balancing: Monitors and Pools Write",
            "Logs Read",
            "Logs Write",
            "Magic Network Monitoring Config Read",
            "Workers KV Storage Read",
            "Workers KV Storage Write",
            "Workers Scripts Read",
            "Workers Scripts Write",
        ],
    ),
    (
        PermissionGroup::ZONE,
        &[
            "Zone Read",
            "Zone Write",
            "Zone Settings Read",
            "Zone Settings Write",
            "Access: Apps and Policies Read",
            "Access: Apps and Policies Write",
            "Analytics Read",
            "Cache Purge",
            "DNS Read",
            "DNS Write",
            "Logs Read",
            "Logs Write",
            "SSL and Certificates Read",
            "SSL and Certificates Write",
            "Workers Routes Read",
            "Workers Routes Write",
        ],
    ),
    (
        PermissionGroup::USER,
        &[
            "User Details Read",
            "User Details Write",
            "API Tokens Read",
            "API Tokens Write",
            "Memberships Read",
            "Memberships Write",
        ],
    ),
    (
        PermissionGroup::R2_BUCKET,
        &[
            "Workers R2 Storage Bucket Item Read",
            "Workers R2 Storage Bucket Item Write",
        ],
    ),
];

/// The areas of a role's permissions, in the vendor's order.
pub(crate) const AREAS: &[&str] = &[
    "analytics",
    "billing",
    "cache_purge",
    "dns",
    "dns_records",
    "lb",
    "logs",
    "organization",
    "ssl",
    "waf",
    "zone_settings",
    "zones",
];

/// A role: its name, its description, what it grants, and in which areas.
type RoleRow = (&'static str, &'static str, Grant, &'static [&'static str]);

const ROLES: &[RoleRow] = &[
    (
        "Super Administrator - All Privileges",
        "Everything in the account, its members and its billing included",
        Grant::WRITE,
        AREAS,
    ),
    (
        "Administrator",
        "Everything in the account except its members and its billing",
        Grant::WRITE,
        &[
            "analytics",
            "cache_purge",
            "dns",
            "dns_records",
            "lb",
            "logs",
            "ssl",
            "waf",
            "zone_settings",
            "zones",
        ],
    ),
    (
        "Administrator Read Only",
        "A look at everything in the account",
        Grant::READ,
        AREAS,
    ),
    ("Billing", "The account's subscriptions", Grant::WRITE, &["billing"]),
    ("Analytics", "A look at the analytics", Grant::READ, &["analytics"]),
    ("Cache Purge", "Emptying the cache", Grant::WRITE, &["cache_purge"]),
    ("DNS", "The DNS records", Grant::WRITE, &["dns", "dns_records"]),
    ("Firewall", "The firewall", Grant::WRITE, &["waf"]),
    ("Log Share", "The settings of the logs", Grant::WRITE, &["logs"]),
    (
        "Minimal Account Access",
        "A look at the account itself",
        Grant::READ,
        &["organization"],
    ),
];

pub(super) fn permission_groups() -> Table<PermissionGroup> {
    let all = GROUPS
        .iter()
        .flat_map(|(scope, names)| names.iter().map(move |name| (*scope, *name)));
    all.map(|(scope, name)| PermissionGroup::new(fixed_id(&format!("permission group {scope} {name}")), name, scope))
        .collect()
}

pub(super) fn are_default_groups(groups: &Table<PermissionGroup>) -> bool {
    *groups == permission_groups()
}

pub(super) fn roles() -> Table<Role> {
    ROLES
        .iter()
        .map(|(name, description, grant, areas)| {
            let mut role = Role::new(fixed_id(&format!("role {name}")), *name, *description);
            role.permissions = areas
                .iter()
                .map(|area| ((*area).to_owned(), *grant))
                .collect::<IndexMap<_, _>>();
            role
        })
        .collect()
}

pub(super) fn are_default_roles(table: &Table<Role>) -> bool {
    *table == roles()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn permission_groups_are_about_forty_with_ids_of_their_own_and_names_that_are_not() {
        let groups = permission_groups();
        let names: HashSet<&str> = groups.iter().map(|group| group.name.as_str()).collect();
        assert_eq!((groups.len(), names.len()), (44, 40));
        assert!(groups.iter().all(|group| group.id.len() == 32));
    }

    #[test]
    fn roles_grant_in_areas_that_the_document_knows() {
        let roles = roles();
        assert_eq!(roles.len(), ROLES.len());
        let mut areas = roles.iter().flat_map(|role| role.permissions.keys());
        assert!(areas.all(|area| AREAS.contains(&area.as_str())));
    }
}
