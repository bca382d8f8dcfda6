//! Accounts: list, fetch, create, change and delete them.

mod change;
mod list;
mod write;

use account_provisioning_core::{IntoId, ResponseMeta, Result};

use super::envelope::opened;
use super::requests::{CreateAccount, DeleteAccount, GetAccount, ListAccounts, UpdateAccount};
use super::types::{AccountReply, CreateAccountRequest, DeletionReply, UpdateAccountRequest};
use super::{Account, AccountId, Client};
use crate::call::{Call, FromReply, Operation};
use crate::list::Pager;
use crate::mode::Optional;
use crate::replace::ReadAndReplace;

pub use self::change::ChangeAccount;

/// The accounts that a client has access to; see [`Client::accounts`].
#[derive(Clone, Debug)]
pub struct Accounts {
    client: Client,
}

impl Accounts {
    pub(super) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Lists the accounts that the credentials give access to (`listAccounts`). Awaited, it fetches one page; streamed, all
    /// of them.
    ///
    /// # Options
    /// [`name`][o], [`sort_order`][o], [`page`][o], [`page_size`][o]
    ///
    /// [o]: Call#impl-Call%3CListAccounts,+M%3E
    ///
    /// # Errors
    /// The service refuses the operation for a token that belongs to an account (code 1001), and the error says what to
    /// do. If the service ignores the page number, a stream ends with a [paging error](crate::Error::paging) and does not
    /// loop.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudflare;
    /// # use futures_util::TryStreamExt;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudflare = cloudflare::Client::builder().api_token(emulator.cloudflare().user_api_token()).base_url(emulator.cloudflare().base_url()).build()?;
    /// let mut accounts = cloudflare.accounts().list().stream();
    /// while let Some(account) = accounts.try_next().await? {
    ///     println!("{} {}", account.id, account.name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list(&self) -> Pager<ListAccounts> {
        Call::new(self.client.low_level(), ListAccounts::new())
    }

    /// Fetches one account (`getAccount`).
    ///
    /// # Errors
    /// [`is_permission_denied`](crate::Error::is_permission_denied) (403, code 9109) when the credentials give no access to
    /// the account, whether or not an account has this id. [`is_not_found`](crate::Error::is_not_found) only when the
    /// service answers 404; [`get_opt`](Self::get_opt) returns `None` instead.
    pub fn get(&self, id: impl IntoId<AccountId>) -> Call<GetAccount> {
        Call::try_new(self.client.low_level(), id.into_id().map(GetAccount::new))
    }

    /// Fetches one account, or `None` when the service answers 404 (`getAccount`).
    ///
    /// # Errors
    /// As [`get`](Self::get), but for "not found". An account that the credentials give no access to is
    /// [`is_permission_denied`](crate::Error::is_permission_denied), not `None`: the service does not say whether it exists.
    pub fn get_opt(&self, id: impl IntoId<AccountId>) -> Call<GetAccount, Optional> {
        self.get(id).optional()
    }

    /// Creates an account (`createAccount`). Only administrators of a tenant can.
    ///
    /// # Options
    /// [`account_type`][o], [`unit_id`][o], [`standalone`][o], [`idempotency_key`][o]
    ///
    /// [o]: Call#impl-Call%3CCreateAccount,+M%3E
    ///
    /// # Errors
    /// [`is_outcome_unknown`](crate::Error::is_outcome_unknown) when the response was lost: look for the account by its
    /// name with [`list`](Self::list). The call is never retried after a lost response.
    pub fn create(&self, name: impl Into<String>) -> Call<CreateAccount> {
        let body = CreateAccountRequest {
            name: name.into(),
            standalone: None,
            type_: None,
            unit: None,
        };
        Call::new(self.client.low_level(), CreateAccount::new(body))
    }

    /// Changes an account (`getAccount`, then `updateAccount`): what isn't set stays as it is.
    ///
    /// The service replaces the whole account, so this call first fetches it and sends all of it back, with settings that
    /// this version doesn't know: **two requests**, which share the call's time limit. A change that somebody else makes
    /// between the two is overwritten. With [`if_unchanged_since`][o], a change that was made since you fetched the account
    /// is an error.
    ///
    /// # Options
    /// [`name`][o], [`account_type`][o], [`abuse_contact_email`][o], [`enforce_twofactor`][o], [`if_unchanged_since`][o]
    ///
    /// [o]: Call#impl-Call%3CChangeAccount,+M%3E
    ///
    /// # Errors
    /// [`is_changed`](crate::Error::is_changed) when the account is not what [`if_unchanged_since`][o] says.
    /// [`is_permission_denied`](crate::Error::is_permission_denied) (403, code 9109) when the credentials give no access to
    /// the account, whether or not an account has this id. [`is_not_found`](crate::Error::is_not_found) only when the
    /// service answers 404.
    pub fn update(&self, id: impl IntoId<AccountId>) -> Call<ChangeAccount, ReadAndReplace> {
        Call::try_new(self.client.low_level(), id.into_id().map(ChangeAccount::new))
    }

    /// Replaces an account (`updateAccount`). What isn't set is not sent, and the service decides what happens to it.
    /// [`update`](Self::update) keeps the rest.
    ///
    /// # Options
    /// [`account_type`][o], [`abuse_contact_email`][o], [`enforce_twofactor`][o]
    ///
    /// [o]: Call#impl-Call%3CUpdateAccount,+M%3E
    ///
    /// # Errors
    /// [`is_permission_denied`](crate::Error::is_permission_denied) (403, code 9109) when the credentials give no access to
    /// the account, whether or not an account has this id. [`is_not_found`](crate::Error::is_not_found) only when the
    /// service answers 404.
    pub fn replace(&self, id: impl IntoId<AccountId>, name: impl Into<String>) -> Call<UpdateAccount> {
        let request = id.into_id().map(|id: AccountId| {
            let body = UpdateAccountRequest {
                id: id.clone(),
                name: name.into(),
                settings: None,
                type_: None,
            };
            UpdateAccount::new(id, body)
        });
        Call::try_new(self.client.low_level(), request)
    }

    /// Deletes an account (`deleteAccount`) **permanently, with everything in it**: its zones, members, tokens and the
    /// rest. Only administrators of a tenant can. It can't be undone.
    ///
    /// # Errors
    /// [`is_permission_denied`](crate::Error::is_permission_denied) (403, code 9109) when the credentials give no access to
    /// the account, whether or not an account has this id. [`is_not_found`](crate::Error::is_not_found) only when the
    /// service answers 404.
    pub fn delete(&self, id: impl IntoId<AccountId>) -> Call<DeleteAccount> {
        Call::try_new(self.client.low_level(), id.into_id().map(DeleteAccount::new))
    }
}

impl Operation for GetAccount {
    type Output = Account;
}

impl FromReply<AccountReply> for Account {
    fn from_reply(reply: AccountReply, meta: &mut ResponseMeta) -> Result<Self> {
        opened(reply.result, reply.messages, meta)
    }
}

impl Operation for DeleteAccount {
    type Output = ();
}

impl FromReply<DeletionReply> for () {
    fn from_reply(reply: DeletionReply, meta: &mut ResponseMeta) -> Result<Self> {
        opened((), reply.messages, meta)
    }
}
