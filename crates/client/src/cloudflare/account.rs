//! What belongs to one account.

use super::audit_logs::AuditLogs;
use super::members::Members;
use super::roles::Roles;
use super::subscriptions::Subscriptions;
use super::target::Place;
use super::tokens::Tokens;

/// One account; see [`Client::account`](super::Client::account).
#[derive(Clone, Debug)]
pub struct AccountHandle {
    place: Place,
}

impl AccountHandle {
    pub(super) fn new(place: Place) -> Self {
        Self { place }
    }

    /// The members of the account.
    #[must_use]
    pub fn members(&self) -> Members {
        Members::new(self.place.clone())
    }

    /// The roles that members of the account can have.
    #[must_use]
    pub fn roles(&self) -> Roles {
        Roles::new(self.place.clone())
    }

    /// The account's subscriptions to rate plans.
    #[must_use]
    pub fn subscriptions(&self) -> Subscriptions {
        Subscriptions::new(self.place.clone())
    }

    /// The API tokens that belong to the account, and the permission groups that these are made of.
    #[must_use]
    pub fn tokens(&self) -> Tokens {
        Tokens::new(self.place.clone())
    }

    /// The account's audit log: who did what, when and how.
    #[must_use]
    pub fn audit_logs(&self) -> AuditLogs {
        AuditLogs::new(self.place.clone())
    }
}
