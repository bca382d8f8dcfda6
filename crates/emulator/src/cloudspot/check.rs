//! Validates the state of Cloudspot License: references and uniqueness.

use std::collections::HashSet;

use super::state::Cloudspot;
use crate::check::{keyed, not_empty};
use crate::email::{email_key, is_email};
use crate::error::StateError;

impl Cloudspot {
    pub(crate) fn validate(&self, path: &str) -> Result<(), StateError> {
        keyed(&self.modules, path, "modules")?;
        keyed(&self.companies, path, "companies")?;
        keyed(&self.users, path, "users")?;
        for (index, module) in self.modules.iter().enumerate() {
            not_empty(&module.id, &format!("{path}.modules[{index}]"), "id")?;
        }
        for (index, company) in self.companies.iter().enumerate() {
            not_empty(&company.id, &format!("{path}.companies[{index}]"), "id")?;
        }
        let mut emails = HashSet::new();
        for (index, user) in self.users.iter().enumerate() {
            let path = format!("{path}.users[{index}]");
            not_empty(&user.username, &path, "username")?;
            if is_email(&user.username) && !emails.insert(email_key(&user.username)) {
                return Err(StateError::new(
                    format!("{path}.username"),
                    "is also the email address of another user",
                ));
            }
            self.company(user.company.as_deref(), &path)?;
            for (index, grant) in user.grants.iter().enumerate() {
                let path = format!("{path}.grants[{index}]");
                self.module(&grant.module, &path)?;
                self.company(Some(&grant.company), &path)?;
            }
        }
        let mut seen = HashSet::new();
        for (index, token) in self.tokens.iter().enumerate() {
            let path = format!("{path}.tokens[{index}]");
            fresh(&mut seen, token.token.expose(), &path)?;
            self.user(&token.username, &path)?;
        }
        seen.clear();
        for (index, impersonation) in self.impersonations.iter().enumerate() {
            let path = format!("{path}.impersonations[{index}]");
            fresh(&mut seen, impersonation.token.expose(), &path)?;
            self.user(&impersonation.username, &path)?;
            self.module(&impersonation.module, &path)?;
            self.company(impersonation.company.as_deref(), &path)?;
        }
        Ok(())
    }

    fn module(&self, id: &str, path: &str) -> Result<(), StateError> {
        known(self.modules.contains(id), format!("{path}.module"), "module", id)
    }

    fn company(&self, id: Option<&str>, path: &str) -> Result<(), StateError> {
        let Some(id) = id else { return Ok(()) };
        known(self.companies.contains(id), format!("{path}.company"), "company", id)
    }

    fn user(&self, username: &str, path: &str) -> Result<(), StateError> {
        known(
            self.users.contains(username),
            format!("{path}.username"),
            "user",
            username,
        )
    }
}

fn known(is_known: bool, path: String, what: &str, id: &str) -> Result<(), StateError> {
    match is_known {
        true => Ok(()),
        false => Err(StateError::new(path, format!("unknown {what} {id:?}"))),
    }
}

/// Rejects an empty or repeated token. The message does not contain it.
fn fresh<'a>(seen: &mut HashSet<&'a str>, token: &'a str, path: &str) -> Result<(), StateError> {
    not_empty(token, path, "token")?;
    match seen.insert(token) {
        true => Ok(()),
        false => Err(StateError::new(format!("{path}.token"), "is a duplicate")),
    }
}
