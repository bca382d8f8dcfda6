//! Validates the state of Cloudflare: references, uniqueness and formats.

use std::collections::HashSet;

use indexmap::IndexSet;

use super::rate_plans::RatePlan;
use super::sso_connectors::is_domain;
use super::state::{Account, Cloudflare, Member, MemberPolicy, Token, User, UserGroup};
use super::{auth, token_policies};
use crate::check::{keyed, not_empty};
use crate::email::{email_key, is_email};
use crate::error::StateError;
use crate::table::Table;

/// The values that must be unique across all accounts and users.
#[derive(Default)]
struct Seen<'a> {
    token_ids: HashSet<&'a str>,
    token_values: HashSet<&'a str>,
    emails: HashSet<String>,
    user_ids: HashSet<&'a str>,
    service_keys: HashSet<&'a str>,
    /// The ids of memberships, each with the user's address.
    memberships: HashSet<(String, &'a str)>,
    email_domains: HashSet<String>,
}

impl Cloudflare {
    pub(crate) fn validate(&self, path: &str) -> Result<(), StateError> {
        keyed(&self.accounts, path, "accounts")?;
        keyed(&self.users, path, "users")?;
        keyed(&self.permission_groups, path, "permission_groups")?;
        let mut seen = Seen::default();
        for (index, account) in self.accounts.iter().enumerate() {
            self.validate_account(account, &format!("{path}.accounts[{index}]"), &mut seen)?;
        }
        for (index, user) in self.users.iter().enumerate() {
            self.validate_user(user, &format!("{path}.users[{index}]"), &mut seen)?;
        }
        Ok(())
    }

    fn validate_account<'a>(&'a self, account: &'a Account, path: &str, seen: &mut Seen<'a>) -> Result<(), StateError> {
        not_empty(&account.id, path, "id")?;
        not_empty(&account.name, path, "name")?;
        keyed(&account.members, path, "members")?;
        keyed(&account.roles, path, "roles")?;
        keyed(&account.resource_groups, path, "resource_groups")?;
        keyed(&account.user_groups, path, "user_groups")?;
        keyed(&account.sso_connectors, path, "sso_connectors")?;
        keyed(&account.subscriptions, path, "subscriptions")?;
        keyed(&account.tokens, path, "tokens")?;
        if let Some(unit) = &account.unit
            && !self.units.contains(unit)
        {
            return Err(StateError::new(format!("{path}.unit"), "the tenant has no such unit"));
        }
        let mut emails = HashSet::new();
        for (index, member) in account.members.iter().enumerate() {
            let path = format!("{path}.members[{index}]");
            self.validate_member(account, member, &path)?;
            if !emails.insert(email_key(&member.email)) {
                return Err(StateError::new(
                    format!("{path}.email"),
                    "is also the email address of another member",
                ));
            }
            if !seen.memberships.insert((email_key(&member.email), &member.id)) {
                return Err(StateError::new(
                    format!("{path}.id"),
                    "is also the id of another membership of the user",
                ));
            }
        }
        for (index, group) in account.user_groups.iter().enumerate() {
            self.validate_user_group(account, group, &format!("{path}.user_groups[{index}]"))?;
        }
        for (index, connector) in account.sso_connectors.iter().enumerate() {
            let path = format!("{path}.sso_connectors[{index}]");
            not_empty(&connector.id, &path, "id")?;
            let domain = connector.email_domain.to_lowercase();
            if !is_domain(&domain) {
                return Err(StateError::new(format!("{path}.email_domain"), "is not a domain"));
            }
            if !seen.email_domains.insert(domain) {
                return Err(StateError::new(
                    format!("{path}.email_domain"),
                    "is also the domain of another connector",
                ));
            }
        }
        for (index, subscription) in account.subscriptions.iter().enumerate() {
            if RatePlan::find(&subscription.rate_plan).is_none() {
                return Err(StateError::new(
                    format!("{path}.subscriptions[{index}].rate_plan"),
                    "is not a rate plan",
                ));
            }
            let pending = subscription.pending_downgrade.as_ref();
            if pending.is_some_and(|pending| RatePlan::find(&pending.rate_plan).is_none()) {
                return Err(StateError::new(
                    format!("{path}.subscriptions[{index}].pending_downgrade.rate_plan"),
                    "is not a rate plan",
                ));
            }
        }
        for (index, token) in account.tokens.iter().enumerate() {
            self.validate_token(token, &format!("{path}.tokens[{index}]"), seen)?;
        }
        let mut ids = HashSet::new();
        for (index, entry) in account.audit_log.entries().iter().enumerate() {
            if !ids.insert(&entry.id) {
                return Err(StateError::new(
                    format!("{path}.audit_log.entries[{index}].id"),
                    "is also the id of another entry",
                ));
            }
        }
        Ok(())
    }

    fn validate_member(&self, account: &Account, member: &Member, path: &str) -> Result<(), StateError> {
        not_empty(&member.id, path, "id")?;
        if !is_email(&member.email) {
            return Err(StateError::new(format!("{path}.email"), "is not an email address"));
        }
        known(member.roles.iter(), |id| account.roles.contains(id), path, "roles")?;
        self.validate_policies(account, &member.policies, path)
    }

    fn validate_user_group(&self, account: &Account, group: &UserGroup, path: &str) -> Result<(), StateError> {
        not_empty(&group.id, path, "id")?;
        not_empty(&group.name, path, "name")?;
        keyed(&group.members, path, "members")?;
        let members = group.members.iter().map(|member| &member.id);
        known(members, |id| account.members.contains(id), path, "members")?;
        self.validate_policies(account, &group.policies, path)
    }

    fn validate_policies(
        &self,
        account: &Account,
        policies: &Table<MemberPolicy>,
        path: &str,
    ) -> Result<(), StateError> {
        keyed(policies, path, "policies")?;
        for (index, policy) in policies.iter().enumerate() {
            let path = format!("{path}.policies[{index}]");
            self.known_groups(&policy.permission_groups, &path)?;
            let resources = policy.resource_groups.iter();
            known(
                resources,
                |id| account.resource_groups.contains(id),
                &path,
                "resource_groups",
            )?;
        }
        Ok(())
    }

    fn known_groups(&self, groups: &IndexSet<String>, path: &str) -> Result<(), StateError> {
        let is_known = |id: &str| self.permission_groups.contains(id);
        known(groups.iter(), is_known, path, "permission_groups")
    }

    fn validate_user<'a>(&'a self, user: &'a User, path: &str, seen: &mut Seen<'a>) -> Result<(), StateError> {
        not_empty(&user.id, path, "id")?;
        keyed(&user.tokens, path, "tokens")?;
        if !is_email(&user.email) {
            return Err(StateError::new(format!("{path}.email"), "is not an email address"));
        }
        if !seen.emails.insert(email_key(&user.email)) {
            return Err(StateError::new(
                format!("{path}.email"),
                "is also the email address of another user",
            ));
        }
        if !seen.user_ids.insert(&user.id) {
            return Err(StateError::new(format!("{path}.id"), "is also the id of another user"));
        }
        if let Some(key) = &user.service_key
            && !seen.service_keys.insert(key.expose())
        {
            return Err(StateError::new(
                format!("{path}.service_key"),
                "is also the service key of another user",
            ));
        }
        for (index, token) in user.tokens.iter().enumerate() {
            self.validate_token(token, &format!("{path}.tokens[{index}]"), seen)?;
        }
        Ok(())
    }

    fn validate_token<'a>(&'a self, token: &'a Token, path: &str, seen: &mut Seen<'a>) -> Result<(), StateError> {
        not_empty(&token.id, path, "id")?;
        if !auth::is_token_value(token.value.expose()) {
            return Err(StateError::new(
                format!("{path}.value"),
                "is empty or contains something other than visible ASCII characters",
            ));
        }
        if !seen.token_ids.insert(&token.id) {
            return Err(StateError::new(format!("{path}.id"), "is also the id of another token"));
        }
        if !seen.token_values.insert(token.value.expose()) {
            return Err(StateError::new(
                format!("{path}.value"),
                "is also the value of another token",
            ));
        }
        for (index, policy) in token.policies.iter().enumerate() {
            let path = format!("{path}.policies[{index}]");
            not_empty(&policy.id, &path, "id")?;
            self.known_groups(&policy.permission_groups, &path)?;
        }
        match token.condition.as_ref().and_then(token_policies::bad_network) {
            Some((list, place)) => Err(StateError::new(
                format!("{path}.condition.request_ip.{list}[{place}]"),
                "is not a network in CIDR notation",
            )),
            None => Ok(()),
        }
    }
}

/// Rejects an unknown id.
fn known<'a>(
    ids: impl Iterator<Item = &'a String>,
    is_known: impl Fn(&str) -> bool,
    path: &str,
    field: &str,
) -> Result<(), StateError> {
    for (index, id) in ids.enumerate() {
        if !is_known(id) {
            return Err(StateError::new(
                format!("{path}.{field}[{index}]"),
                format!("unknown id {id:?}"),
            ));
        }
    }
    Ok(())
}
