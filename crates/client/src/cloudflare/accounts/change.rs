//! Changing accounts, which the service only takes as a whole.

use account_provisioning_core::Result;

use super::super::requests::{GetAccount, UpdateAccount};
use super::super::types::UpdateAccountRequest;
use super::super::{Account, AccountId, AccountType};
use crate::Field;
use crate::call::Call;
use crate::replace::{Keys, Merge, Whole};

/// A change of an account; made by [`Accounts::update`](super::Accounts::update).
#[derive(Clone, Debug)]
pub struct ChangeAccount {
    id: AccountId,
    name: Option<String>,
    account_type: Option<AccountType>,
    abuse_contact_email: Field<String>,
    enforce_twofactor: Option<bool>,
    expected: Option<Account>,
}

impl ChangeAccount {
    pub(super) fn new(id: AccountId) -> Self {
        Self {
            id,
            name: None,
            account_type: None,
            abuse_contact_email: Field::Keep,
            enforce_twofactor: None,
            expected: None,
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

    /// Changes the account only if it still is what the caller read: any difference is an error, for which
    /// [`is_changed`](crate::Error::is_changed) is true, and nothing is sent. The service has no time of the last change, so
    /// all that this version knows of an account is compared. Defaults to no check.
    pub fn if_unchanged_since(self, read: &Account) -> Self {
        self.with(|change| change.expected = Some(read.clone()))
    }
}

impl Merge for ChangeAccount {
    type Read = GetAccount;
    type Write = UpdateAccount;
    type Body = UpdateAccountRequest;

    // `Account` and `UpdateAccountRequest` of the document, which describes both keys of `managed_by` as facts about the
    // organization.
    const KEYS: Keys = Keys {
        envelope: "result",
        set_by_service: &["created_on", "managed_by/parent_org_id", "managed_by/parent_org_name"],
        not_null: &[
            "id",
            "managed_by",
            "name",
            "settings",
            "settings/abuse_contact_email",
            "settings/enforce_twofactor",
            "type",
        ],
        required: &["id", "name"],
    };

    fn read(&self) -> GetAccount {
        GetAccount::new(self.id.clone())
    }

    fn is_expected(&self, current: &Account) -> bool {
        self.expected.as_ref().is_none_or(|expected| expected == current)
    }

    fn lay_over(&self, _: &Account, whole: &mut Whole) -> Result<()> {
        if let Some(name) = &self.name {
            whole.set(&["name"], name)?;
        }
        if let Some(account_type) = &self.account_type {
            whole.set(&["type"], account_type)?;
        }
        match &self.abuse_contact_email {
            Field::Keep => {}
            Field::Clear => whole.remove(&["settings", "abuse_contact_email"])?,
            Field::Set(email) => whole.set(&["settings", "abuse_contact_email"], email)?,
        }
        if let Some(enforce) = self.enforce_twofactor {
            whole.set(&["settings", "enforce_twofactor"], &enforce)?;
        }
        Ok(())
    }

    fn write(self, body: UpdateAccountRequest) -> UpdateAccount {
        UpdateAccount::new(self.id, body)
    }
}
