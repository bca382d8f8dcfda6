//! What a handler of this API works with.

use chrono::{DateTime, SecondsFormat, Utc};

use super::state::{Account, Cloudinary};
use crate::context::RequestContext;
use crate::input::Input;
use crate::refusal::Refusal;

/// What a handler of this API works with.
pub(super) type Context<'a> = RequestContext<'a, Cloudinary>;

impl Context<'_> {
    /// Returns the account in the path.
    pub(super) fn account(&mut self) -> Result<&mut Account, Refusal> {
        // Authentication found it. It is missing only if the state was replaced while a fault delayed the request.
        self.state
            .accounts
            .get_mut(self.input.path("account_id"))
            .ok_or_else(|| Refusal::unauthorized("the account is gone"))
    }
}

/// Returns the name in a request; `None` when it has none.
pub(super) fn given_name(input: &Input) -> Result<Option<&str>, Refusal> {
    match input.text("name") {
        Some(name) if name.trim().is_empty() => Err(Refusal::invalid("name must not be empty").named("name", name)),
        name => Ok(name),
    }
}

/// Returns the name in a request that must have one.
pub(super) fn required_name(input: &Input) -> Result<&str, Refusal> {
    given_name(input)?.ok_or_else(|| Refusal::invalid("name is required").missing("name"))
}

/// Formats a timestamp as the vendor does.
pub(super) fn timestamp(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}
