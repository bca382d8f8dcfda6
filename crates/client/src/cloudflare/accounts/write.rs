//! Creating and replacing accounts.

use super::super::requests::{CreateAccount, UpdateAccount};
use super::super::types::{AccountSettingsRequest, TenantUnit};
use super::super::{Account, AccountType};
use crate::call::{Call, Operation};

impl Operation for CreateAccount {
    type Output = Account;
}

/// Options of [`Accounts::create`](super::Accounts::create).
impl<M> Call<CreateAccount, M> {
    /// Sets the type. Defaults to the vendor's choice.
    pub fn account_type(self, account_type: impl Into<AccountType>) -> Self {
        self.with(|create| create.body.type_ = Some(account_type.into()))
    }

    /// Sets the unit of the tenant that the account is created in. Defaults to the vendor's choice.
    pub fn unit_id(self, id: impl Into<String>) -> Self {
        self.with(|create| create.body.unit = Some(TenantUnit { id: Some(id.into()) }))
    }

    /// Asks for an account outside of any tenant. Defaults to one inside. Only the vendor's newer clients have this option.
    pub fn standalone(self) -> Self {
        self.with(|create| create.body.standalone = Some(true))
    }

    /// Sets a key by which a service can tell a repeated request from a second one (`Idempotency-Key`). Defaults to none.
    ///
    /// Only the vendor's newer clients have this option, so this SDK doesn't rely on it: with or without a key, a creation
    /// is never retried after a lost response.
    pub fn idempotency_key(self, key: impl Into<String>) -> Self {
        self.with(|create| create.idempotency_key = Some(key.into()))
    }
}

impl Operation for UpdateAccount {
    type Output = Account;
}

/// Options of [`Accounts::replace`](super::Accounts::replace).
impl<M> Call<UpdateAccount, M> {
    /// Sets the type. Defaults to not sending it.
    pub fn account_type(self, account_type: impl Into<AccountType>) -> Self {
        self.with(|replace| replace.body.type_ = Some(account_type.into()))
    }

    /// Sets the e-mail address for abuse reports. Defaults to not sending it.
    pub fn abuse_contact_email(self, email: impl Into<String>) -> Self {
        self.with(|replace| settings(replace).abuse_contact_email = Some(email.into()))
    }

    /// Says whether members have to use two-factor authentication. Defaults to not sending it.
    pub fn enforce_twofactor(self, enforce: bool) -> Self {
        self.with(|replace| settings(replace).enforce_twofactor = Some(enforce))
    }
}

fn settings(replace: &mut UpdateAccount) -> &mut AccountSettingsRequest {
    replace.body.settings.get_or_insert_default()
}
