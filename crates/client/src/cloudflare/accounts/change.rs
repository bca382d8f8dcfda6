//! Changing accounts, which the service only takes as a whole.

use account_provisioning_core::{Response, Result};

use super::super::requests::{GetAccount, UpdateAccount};
use super::super::types::{AccountSettingsRequest, UpdateAccountRequest};
use super::super::{Account, AccountId, AccountType};
use crate::Field;
use crate::call::Call;
use crate::replace::Merge;

/// A change of an account; made by [`Accounts::update`](super::Accounts::update).
#[derive(Clone, Debug)]
pub struct ChangeAccount {
    id: AccountId,
    name: Option<String>,
    account_type: Option<AccountType>,
    abuse_contact_email: Field<String>,
    enforce_twofactor: Option<bool>,
}

impl ChangeAccount {
    pub(super) fn new(id: AccountId) -> Self {
        Self {
            id,
            name: None,
            account_type: None,
            abuse_contact_email: Field::Keep,
            enforce_twofactor: None,
        }
    }
}

/// Options of [`Accounts::update`](super::Accounts::update).
impl<M> Call<ChangeAccount, M> {
    /// Sets the name. Defaults to no change.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.with(|change| change.name = Some(name.into()))
    }

    /// Sets the type. Defaults to no change.
    pub fn account_type(self, account_type: impl Into<AccountType>) -> Self {
        self.with(|change| change.account_type = Some(account_type.into()))
    }

    /// Sets the e-mail address for abuse reports; with [`Field::Clear`], the settings are sent without one. Defaults to no
    /// change.
    pub fn abuse_contact_email(self, email: impl Into<Field<String>>) -> Self {
        self.with(|change| change.abuse_contact_email = email.into())
    }

    /// Says whether members have to use two-factor authentication. Defaults to no change.
    pub fn enforce_twofactor(self, enforce: bool) -> Self {
        self.with(|change| change.enforce_twofactor = Some(enforce))
    }
}

impl Merge for ChangeAccount {
    type Read = GetAccount;
    type Write = UpdateAccount;

    fn read(&self) -> GetAccount {
        GetAccount::new(self.id.clone())
    }

    fn merge(self, current: Response<Account>) -> Result<UpdateAccount> {
        let current = current.value;
        let there = current.settings.is_some();
        let (email, enforced) = current.settings.map_or((None, None), |settings| {
            (settings.abuse_contact_email, settings.enforce_twofactor)
        });
        let settings = AccountSettingsRequest {
            abuse_contact_email: self.abuse_contact_email.or_current(email),
            enforce_twofactor: self.enforce_twofactor.or(enforced),
        };
        let given = settings.abuse_contact_email.is_some() || settings.enforce_twofactor.is_some();
        let body = UpdateAccountRequest {
            id: self.id.clone(),
            name: self.name.unwrap_or(current.name),
            settings: (given || there).then_some(settings),
            type_: self.account_type.or(current.type_),
        };
        Ok(UpdateAccount::new(self.id, body))
    }
}
