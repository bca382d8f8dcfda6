//! What belongs to one account.

use account_provisioning_core::{Error, IdError, Result};

use super::audit_logs::AuditLogs;
use super::members::Members;
use super::permission_groups::MemberPermissionGroups;
use super::resource_groups::ResourceGroups;
use super::roles::Roles;
use super::sso_connectors::SsoConnectors;
use super::subscriptions::Subscriptions;
use super::tokens::Tokens;
use super::user_groups::UserGroups;
use super::{AccountId, Client};
use crate::call::Call;

/// One account; see [`Client::account`].
#[derive(Clone, Debug)]
pub struct AccountHandle {
    client: Client,
    /// The id, or what is wrong with it. Each call reports that when it is awaited.
    id: Result<AccountId, IdError>,
}

impl AccountHandle {
    pub(super) fn new(client: Client, id: Result<AccountId, IdError>) -> Self {
        Self { client, id }
    }

    /// Makes a call about the account.
    pub(super) fn call<O, M>(&self, request: impl FnOnce(AccountId) -> O) -> Call<O, M> {
        Call::try_new(self.client.low_level(), self.id.clone().map(request))
    }

    /// Makes a call about the account with an argument that may be wrong, such as the id of something in the account. A
    /// wrong account id is reported first.
    pub(super) fn call_with<A, E: Into<Error>, O, M>(
        &self,
        argument: Result<A, E>,
        request: impl FnOnce(AccountId, A) -> O,
    ) -> Call<O, M> {
        let id = self.id.clone().map_err(Error::from);
        let operation = id.and_then(|id| Ok(request(id, argument.map_err(Into::into)?)));
        Call::try_new(self.client.low_level(), operation)
    }

    /// The members of the account.
    #[must_use]
    pub fn members(&self) -> Members {
        Members::new(self.clone())
    }

    /// The roles that members of the account can have.
    #[must_use]
    pub fn roles(&self) -> Roles {
        Roles::new(self.clone())
    }

    /// The permission groups that policies of members and user groups can have.
    #[must_use]
    pub fn permission_groups(&self) -> MemberPermissionGroups {
        MemberPermissionGroups::new(self.clone())
    }

    /// The resource groups that policies of members and user groups apply to.
    #[must_use]
    pub fn resource_groups(&self) -> ResourceGroups {
        ResourceGroups::new(self.clone())
    }

    /// The user groups of the account, their policies and their members.
    #[must_use]
    pub fn user_groups(&self) -> UserGroups {
        UserGroups::new(self.clone())
    }

    /// The connectors through which users sign in with their own identity provider.
    #[must_use]
    pub fn sso_connectors(&self) -> SsoConnectors {
        SsoConnectors::new(self.clone())
    }

    /// The account's subscriptions to rate plans.
    #[must_use]
    pub fn subscriptions(&self) -> Subscriptions {
        Subscriptions::new(self.clone())
    }

    /// The API tokens that belong to the account, and the permission groups that tokens can have.
    #[must_use]
    pub fn tokens(&self) -> Tokens {
        Tokens::new(self.clone())
    }

    /// The account's audit log: who did what, when and how.
    #[must_use]
    pub fn audit_logs(&self) -> AuditLogs {
        AuditLogs::new(self.clone())
    }
}
