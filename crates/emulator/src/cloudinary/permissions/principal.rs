//! Principals: users, groups, API keys and provisioning keys.

use serde_json::Value;

use super::super::lookup::{no_group, no_user};
use super::super::state::{Account, PrincipalType};
use super::cursor::Place;
use crate::input::Input;
use crate::refusal::Refusal;

/// A principal that exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Principal {
    pub(super) kind: PrincipalType,
    pub(super) id: String,
}

impl Principal {
    /// Finds a principal, or returns a 404.
    pub(super) fn find(account: &Account, kind: PrincipalType, id: &str) -> Result<Self, Refusal> {
        if !exists(account, kind, id) {
            return Err(unknown(kind, id));
        }
        Ok(Self {
            kind,
            id: id.to_owned(),
        })
    }

    /// Returns the principal in a query, which must have both parameters or neither.
    pub(super) fn of_query(input: &Input, account: &Account) -> Result<Option<Self>, Refusal> {
        match (kind(input.query("principal_type")), input.query("principal_id")) {
            (None, None) => Ok(None),
            (Some(kind), Some(id)) => Self::find(account, kind, id).map(Some),
            (Some(_), None) => {
                Err(Refusal::invalid("principal_id is required with principal_type").missing("principal_id"))
            }
            (None, Some(_)) => {
                Err(Refusal::invalid("principal_type is required with principal_id").missing("principal_type"))
            }
        }
    }

    /// Returns the principal in a body's `{type, id}`.
    pub(super) fn of_body(given: &Value, account: &Account) -> Result<Self, Refusal> {
        let text = |name| given.get(name).and_then(Value::as_str);
        let (Some(kind), Some(id)) = (kind(text("type")), text("id")) else {
            return Err(Refusal::invalid("a principal needs a type and an id").named("principal", given.clone()));
        };
        Self::find(account, kind, id)
    }

    /// Returns all principals: users, groups, API keys, then provisioning keys.
    pub(super) fn all(account: &Account) -> impl Iterator<Item = Self> {
        Self::placed(account).map(|(_, principal)| principal)
    }

    /// Returns all principals, each with its place in the list.
    pub(super) fn placed(account: &Account) -> impl Iterator<Item = (Place, Self)> {
        let users = account.users.numbered();
        let users = users.map(|(number, user)| ([0, 0, number], PrincipalType::User, &user.id));
        let groups = account.user_groups.numbered();
        let groups = groups.map(|(number, group)| ([1, 0, number], PrincipalType::Group, &group.id));
        let keys = account
            .product_environments
            .numbered()
            .flat_map(|(outer, environment)| {
                let keys = environment.access_keys.numbered();
                keys.map(move |(number, key)| ([2, outer, number], PrincipalType::ApiKey, &key.api_key))
            });
        let provisioning = account.credentials.numbered();
        let provisioning = provisioning
            .map(|(number, credential)| ([3, 0, number], PrincipalType::ProvisioningKey, &credential.api_key));
        users
            .chain(groups)
            .chain(keys)
            .chain(provisioning)
            .map(|(place, kind, id)| (place, Self { kind, id: id.clone() }))
    }

    /// Returns the ids of the groups that the user is a member of.
    pub(super) fn groups<'a>(&'a self, account: &'a Account) -> impl Iterator<Item = &'a str> {
        account
            .user_groups
            .iter()
            .filter(|group| self.kind == PrincipalType::User && group.user_ids.contains(&self.id))
            .map(|group| group.id.as_str())
    }

    /// Returns the type in the Cedar schema.
    pub(super) fn cedar_type(&self) -> &'static str {
        match self.kind {
            PrincipalType::User => "Cloudinary::User",
            PrincipalType::Group => "Cloudinary::Group",
            PrincipalType::ApiKey => "Cloudinary::APIKey",
            PrincipalType::ProvisioningKey => "Cloudinary::ProvisioningKey",
        }
    }

    /// Returns the head of a policy about this principal. A policy about a group is about its members too.
    pub(super) fn cedar_head(&self) -> String {
        let operator = if self.kind == PrincipalType::Group { "in" } else { "==" };
        format!(
            "principal {operator} {}::\"{}\"",
            self.cedar_type(),
            self.id.escape_debug()
        )
    }
}

/// Parses a principal type. Other values were rejected by the check against the document.
pub(super) fn kind(word: Option<&str>) -> Option<PrincipalType> {
    word.and_then(PrincipalType::read)
}

pub(super) fn exists(account: &Account, kind: PrincipalType, id: &str) -> bool {
    match kind {
        PrincipalType::User => account.users.contains(id),
        PrincipalType::Group => account.user_groups.contains(id),
        PrincipalType::ApiKey => account
            .product_environments
            .iter()
            .any(|environment| environment.access_keys.contains(id)),
        PrincipalType::ProvisioningKey => account.credentials.contains(id),
    }
}

fn unknown(kind: PrincipalType, id: &str) -> Refusal {
    let refusal = match kind {
        PrincipalType::User => no_user(id),
        PrincipalType::Group => no_group(id),
        PrincipalType::ApiKey => Refusal::not_found(format!("Cannot find API key {id}")),
        PrincipalType::ProvisioningKey => Refusal::not_found(format!("Cannot find provisioning key {id}")),
    };
    refusal.named("principal_id", id)
}
