//! What a handler of this API works with.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::Value;

use super::state::{Account, Cloudinary, ProductEnvironment, User, UserGroup};
use crate::api::Surroundings;
use crate::input::Input;
use crate::paging::Paging;
use crate::quirk::Quirks;
use crate::random::Random;
use crate::refusal::Refusal;
use crate::table::Table;

/// Carries out an operation and returns the body of its success.
pub(super) type Handler = fn(&mut Context<'_>) -> Result<Value, Refusal>;

pub(super) struct Context<'a> {
    pub(super) input: &'a Input,
    pub(super) accounts: &'a mut Table<Account>,
    pub(super) now: DateTime<Utc>,
    pub(super) random: &'a mut Random,
    pub(super) quirks: &'a Quirks,
    pub(super) paging: Paging,
}

impl<'a> Context<'a> {
    pub(super) fn new(input: &'a Input, cloudinary: &'a mut Cloudinary, world: &'a mut Surroundings<'_>) -> Self {
        Self {
            input,
            accounts: &mut cloudinary.accounts,
            now: world.now,
            random: world.random,
            quirks: world.quirks,
            paging: world.paging,
        }
    }

    /// The account in the path.
    pub(super) fn account(&mut self) -> Result<&mut Account, Refusal> {
        // Authentication found it; only a state replaced while a fault made the request wait can take it away.
        self.accounts
            .get_mut(self.input.path("account_id"))
            .ok_or_else(|| Refusal::unauthorized("the account is gone"))
    }
}

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

/// The vendor's own sentence: its client's live tests look for it.
pub(super) fn no_environment(id: &str) -> Refusal {
    Refusal::not_found(format!("Cannot find sub account with id {id}"))
}

pub(super) fn no_user(id: &str) -> Refusal {
    Refusal::not_found(format!("Cannot find user with id {id}"))
}

pub(super) fn no_group(id: &str) -> Refusal {
    Refusal::not_found(format!("Cannot find user group with id {id}"))
}

/// The name that a request gives; `None` when it gives none.
pub(super) fn given_name(input: &Input) -> Result<Option<&str>, Refusal> {
    match input.text("name") {
        Some(name) if name.trim().is_empty() => Err(Refusal::invalid("name must not be empty")),
        name => Ok(name),
    }
}

/// The name of something new.
pub(super) fn required_name(input: &Input) -> Result<&str, Refusal> {
    given_name(input)?.ok_or_else(|| Refusal::invalid("name is required"))
}

/// A timestamp as the vendor writes it.
pub(super) fn timestamp(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}
