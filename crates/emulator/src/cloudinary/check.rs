//! Validates the state of Cloudinary: references, uniqueness and formats.

use std::collections::HashSet;

use super::state::{Account, Cloudinary, ProductEnvironment};
use super::{auth, cloud_name};
use crate::check::{keyed, not_empty};
use crate::email::{email_key, is_email};
use crate::error::StateError;

/// The values that must be unique across all accounts.
#[derive(Default)]
struct Seen<'a> {
    api_keys: HashSet<&'a str>,
    cloud_names: HashSet<String>,
    access_keys: HashSet<&'a str>,
}

impl Cloudinary {
    pub(crate) fn validate(&self, path: &str) -> Result<(), StateError> {
        keyed(&self.accounts, path, "accounts")?;
        let mut seen = Seen::default();
        for (index, account) in self.accounts.iter().enumerate() {
            account.validate(&format!("{path}.accounts[{index}]"), &mut seen)?;
        }
        Ok(())
    }
}

impl Account {
    fn validate<'a>(&'a self, path: &str, seen: &mut Seen<'a>) -> Result<(), StateError> {
        not_empty(&self.account_id, path, "account_id")?;
        keyed(&self.credentials, path, "credentials")?;
        keyed(&self.product_environments, path, "product_environments")?;
        keyed(&self.users, path, "users")?;
        keyed(&self.user_groups, path, "user_groups")?;
        for (index, credential) in self.credentials.iter().enumerate() {
            let path = format!("{path}.credentials[{index}]");
            not_empty(&credential.api_key, &path, "api_key")?;
            if credential.api_key.contains(':') {
                return Err(StateError::new(
                    format!("{path}.api_key"),
                    "contains a colon, which HTTP Basic authentication does not allow",
                ));
            }
            for (place, name) in credential.allowed.iter().flatten().enumerate() {
                if !auth::is_known(name) {
                    return Err(StateError::new(
                        format!("{path}.allowed[{place}]"),
                        format!("{name:?} is not an operation id, and neither read nor write"),
                    ));
                }
            }
            if !seen.api_keys.insert(&credential.api_key) {
                return Err(StateError::new(
                    format!("{path}.api_key"),
                    "is also the API key of another account",
                ));
            }
        }
        for (index, environment) in self.product_environments.iter().enumerate() {
            environment.validate(&format!("{path}.product_environments[{index}]"), seen)?;
        }
        self.validate_users(path)?;
        self.validate_groups(path)?;
        self.validate_permissions(path)?;
        if let Some(billing) = &self.billing
            && billing.ended_on.is_some_and(|end| end <= billing.started_on)
        {
            return Err(StateError::new(
                format!("{path}.billing.ended_on"),
                "must be after started_on",
            ));
        }
        Ok(())
    }

    fn validate_users(&self, path: &str) -> Result<(), StateError> {
        let mut emails = HashSet::new();
        for (index, user) in self.users.iter().enumerate() {
            let path = format!("{path}.users[{index}]");
            not_empty(&user.id, &path, "id")?;
            not_empty(&user.name, &path, "name")?;
            if !is_email(&user.email) {
                return Err(StateError::new(format!("{path}.email"), "is not an email address"));
            }
            if !emails.insert(email_key(&user.email)) {
                return Err(StateError::new(
                    format!("{path}.email"),
                    "is also the email address of another user",
                ));
            }
            for (place, id) in user.sub_account_ids.iter().flatten().enumerate() {
                if !self.product_environments.contains(id) {
                    return Err(StateError::new(
                        format!("{path}.sub_account_ids[{place}]"),
                        format!("no product environment has the id {id:?}"),
                    ));
                }
            }
        }
        Ok(())
    }

    fn validate_groups(&self, path: &str) -> Result<(), StateError> {
        let mut names = HashSet::new();
        for (index, group) in self.user_groups.iter().enumerate() {
            let path = format!("{path}.user_groups[{index}]");
            not_empty(&group.id, &path, "id")?;
            not_empty(&group.name, &path, "name")?;
            if !names.insert(&group.name) {
                return Err(StateError::new(
                    format!("{path}.name"),
                    "is also the name of another group",
                ));
            }
            for (place, id) in group.user_ids.iter().enumerate() {
                if !self.users.contains(id) {
                    return Err(StateError::new(
                        format!("{path}.user_ids[{place}]"),
                        format!("no user has the id {id:?}"),
                    ));
                }
            }
        }
        Ok(())
    }
}

impl ProductEnvironment {
    fn validate<'a>(&'a self, path: &str, seen: &mut Seen<'a>) -> Result<(), StateError> {
        not_empty(&self.id, path, "id")?;
        not_empty(&self.name, path, "name")?;
        keyed(&self.access_keys, path, "access_keys")?;
        if !cloud_name::is_valid(&self.cloud_name) {
            return Err(StateError::new(format!("{path}.cloud_name"), cloud_name::RULE));
        }
        if !seen.cloud_names.insert(self.cloud_name.to_ascii_lowercase()) {
            return Err(StateError::new(
                format!("{path}.cloud_name"),
                "is also the cloud name of another environment",
            ));
        }
        let mut names = HashSet::new();
        let mut purposes = HashSet::new();
        for (index, key) in self.access_keys.iter().enumerate() {
            let path = format!("{path}.access_keys[{index}]");
            not_empty(&key.api_key, &path, "api_key")?;
            if !seen.access_keys.insert(&key.api_key) {
                return Err(StateError::new(
                    format!("{path}.api_key"),
                    "is also the API key of another access key",
                ));
            }
            if !names.insert(&key.name) {
                return Err(StateError::new(
                    format!("{path}.name"),
                    "is also the name of another key of the environment",
                ));
            }
            for (place, purpose) in key.dedicated_for.iter().enumerate() {
                if !purposes.insert(purpose) {
                    return Err(StateError::new(
                        format!("{path}.dedicated_for[{place}]"),
                        "is also a purpose of another key of the environment",
                    ));
                }
            }
        }
        Ok(())
    }
}
