//! Finds things in an account by id, and returns the errors for unknown ids.

use super::state::{Account, ProductEnvironment, User, UserGroup};
use crate::refusal::Refusal;

impl Account {
    pub(super) fn environment(&self, id: &str) -> Result<&ProductEnvironment, Refusal> {
        self.product_environments.get(id).ok_or_else(|| no_environment(id))
    }

    pub(super) fn environment_mut(&mut self, id: &str) -> Result<&mut ProductEnvironment, Refusal> {
        self.product_environments.get_mut(id).ok_or_else(|| no_environment(id))
    }

    pub(super) fn user(&self, id: &str) -> Result<&User, Refusal> {
        self.users.get(id).ok_or_else(|| no_user(id))
    }

    pub(super) fn group(&self, id: &str) -> Result<&UserGroup, Refusal> {
        self.user_groups.get(id).ok_or_else(|| no_group(id))
    }

    pub(super) fn group_mut(&mut self, id: &str) -> Result<&mut UserGroup, Refusal> {
        self.user_groups.get_mut(id).ok_or_else(|| no_group(id))
    }
}

/// The vendor's own message, which its client's live tests expect.
pub(super) fn no_environment(id: &str) -> Refusal {
    Refusal::not_found(format!("Cannot find sub account with id {id}"))
}

pub(super) fn no_user(id: &str) -> Refusal {
    Refusal::not_found(format!("Cannot find user with id {id}"))
}

pub(super) fn no_group(id: &str) -> Refusal {
    Refusal::not_found(format!("Cannot find user group with id {id}"))
}
