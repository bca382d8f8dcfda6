//! Accounts: listing, fetching, creating, changing and deleting them.

use account_provisioning_api::cloudflare::types;
use account_provisioning_core::{CallOptions, Page, PageRequest, PageRule, Response, Result};
use futures::future::BoxFuture;

use super::envelope::{note, numbered};
use super::target::operation;
use super::{Account, AccountId, AccountType, Client, SortDirection, paging};
use crate::call::{Call, Operation, Optional};
use crate::list::{Chosen, ListOperation, listing};
use crate::sealed::Execute;
use crate::started::fetch;
use crate::{Error, Field};

/// Handle to the accounts; see [`Client::accounts`].
#[derive(Clone, Debug)]
pub struct Accounts {
    client: Client,
}

impl Accounts {
    pub(super) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Lists the accounts that the credentials reach (`listAccounts`). Awaited, it fetches one page; streamed, all of them.
    ///
    /// # Errors
    /// With a token that an account owns, the service refuses the operation (code 1001), and the error says what to do.
    /// A service that ignores the page number ends in a [paging error](Error::paging), not in a loop.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudflare;
    /// # use futures::TryStreamExt;
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
    pub fn list(&self) -> Call<ListAccounts> {
        Call::new(ListAccounts {
            target: self.client.clone(),
            name: None,
            direction: None,
            chosen: Chosen::default(),
        })
    }

    /// Fetches one account (`getAccount`).
    ///
    /// # Errors
    /// [`is_permission_denied`](Error::is_permission_denied) (403, code 9109) when the credentials don't reach the account,
    /// whether or not there is one with this id. [`is_not_found`](Error::is_not_found) only where the service says 404;
    /// [`get_opt`](Self::get_opt) returns `None` instead.
    pub fn get(&self, id: impl TryInto<AccountId, Error: Into<Error>>) -> Call<GetAccount> {
        let target = self.client.clone();
        Call::try_new(id.try_into().map_err(Into::into).map(|id| GetAccount { target, id }))
    }

    /// Fetches one account (`getAccount`), or `None` where the service says 404; see [`get`](Self::get).
    ///
    /// # Errors
    /// An account out of reach is [`is_permission_denied`](Error::is_permission_denied), not `None`: the service doesn't
    /// tell whether there is one with this id.
    pub fn get_opt(&self, id: impl TryInto<AccountId, Error: Into<Error>>) -> Call<Optional<GetAccount>> {
        self.get(id).map(Optional)
    }

    /// Creates an account (`createAccount`). Only administrators of a tenant can.
    ///
    /// # Errors
    /// [`is_outcome_unknown`](Error::is_outcome_unknown) when the reply was lost: look for the account by its name with
    /// [`list`](Self::list). The call is never repeated blindly.
    pub fn create(&self, name: impl Into<String>) -> Call<CreateAccount> {
        Call::new(CreateAccount {
            target: self.client.clone(),
            idempotency_key: None,
            body: types::CreateAccountRequest {
                name: name.into(),
                standalone: None,
                type_: None,
                unit: None,
            },
        })
    }

    /// Changes an account (`updateAccount`): what isn't set stays as it is.
    ///
    /// The service replaces what there is, so this call first fetches the account (`getAccount`) and sends all of it
    /// back. Somebody else's change between the two is undone.
    ///
    /// # Errors
    /// [`is_permission_denied`](Error::is_permission_denied) (403, code 9109) when the credentials don't reach the account,
    /// whether or not there is one with this id; [`is_not_found`](Error::is_not_found) only where the service says 404.
    pub fn update(&self, id: impl TryInto<AccountId, Error: Into<Error>>) -> Call<UpdateAccount> {
        let target = self.client.clone();
        Call::try_new(id.try_into().map_err(Into::into).map(|id| UpdateAccount {
            target,
            id,
            name: None,
            account_type: None,
            abuse_contact_email: Field::Keep,
            enforce_twofactor: None,
        }))
    }

    /// Replaces an account (`updateAccount`): what isn't set is left out of what is sent, and the service decides what
    /// becomes of it. [`update`](Self::update) keeps the rest.
    ///
    /// # Errors
    /// [`is_permission_denied`](Error::is_permission_denied) (403, code 9109) when the credentials don't reach the account,
    /// whether or not there is one with this id; [`is_not_found`](Error::is_not_found) only where the service says 404.
    pub fn replace(
        &self,
        id: impl TryInto<AccountId, Error: Into<Error>>,
        name: impl Into<String>,
    ) -> Call<ReplaceAccount> {
        let target = self.client.clone();
        Call::try_new(id.try_into().map_err(Into::into).map(|id: AccountId| ReplaceAccount {
            target,
            body: types::UpdateAccountRequest {
                id: id.as_str().to_owned(),
                name: name.into(),
                settings: None,
                type_: None,
            },
            id,
        }))
    }

    /// Deletes an account (`deleteAccount`), **for good and with everything in it**: its zones, members, tokens and the
    /// rest. Only administrators of a tenant can. There is no way back.
    ///
    /// # Errors
    /// [`is_permission_denied`](Error::is_permission_denied) (403, code 9109) when the credentials don't reach the account,
    /// whether or not there is one with this id; [`is_not_found`](Error::is_not_found) only where the service says 404.
    pub fn delete(&self, id: impl TryInto<AccountId, Error: Into<Error>>) -> Call<DeleteAccount> {
        let target = self.client.clone();
        Call::try_new(id.try_into().map_err(Into::into).map(|id| DeleteAccount { target, id }))
    }
}

/// Lists accounts; made by [`Accounts::list`].
#[derive(Clone, Debug)]
pub struct ListAccounts {
    target: Client,
    name: Option<String>,
    direction: Option<SortDirection>,
    chosen: Chosen,
}

impl Call<ListAccounts> {
    /// Lists only accounts with this name. Defaults to no filter.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.with(|list| list.name = Some(name.into()))
    }

    /// Sets the direction of the order. Defaults to the vendor's, which it doesn't document.
    pub fn direction(self, direction: impl Into<SortDirection>) -> Self {
        self.with(|list| list.direction = Some(direction.into()))
    }

    /// Chooses a page, from 1. Defaults to the first; a stream reads them all and takes no page.
    pub fn page(self, page: u32) -> Self {
        self.with(|list| list.chosen.page = Some(page))
    }

    /// Sets how many accounts a page holds. Defaults to 50, the vendor's largest; its smallest is 5.
    pub fn page_size(self, size: u32) -> Self {
        self.with(|list| list.chosen.page_size = Some(size))
    }
}

impl ListOperation for ListAccounts {
    type Entry = Account;
    const RULE: PageRule = paging::ACCOUNTS;

    fn identity(account: &Account) -> &str {
        &account.id
    }

    fn chosen(&self) -> Chosen {
        self.chosen.clone()
    }

    fn fetch(self, request: PageRequest, options: CallOptions) -> BoxFuture<'static, Result<Response<Page<Account>>>> {
        let (number, size) = (paging::number(&request), request.page_size);
        fetch!(
            |self, low| low.list_accounts(
                self.direction.clone(),
                self.name.as_deref(),
                Some(i64::from(number)),
                Some(i64::from(size))
            ),
            |reply, meta| {
                note(reply.messages, meta);
                Ok(numbered(reply.result, reply.result_info, number, size))
            },
            options
        )
    }
}
listing!(ListAccounts of Account);

/// Fetches one account; made by [`Accounts::get`].
#[derive(Debug)]
pub struct GetAccount {
    target: Client,
    id: AccountId,
}
operation!(GetAccount -> Account, |call, low| low.get_account(call.id.as_str()));

/// Creates an account; made by [`Accounts::create`].
#[derive(Debug)]
pub struct CreateAccount {
    target: Client,
    idempotency_key: Option<String>,
    body: types::CreateAccountRequest,
}
operation!(
    CreateAccount -> Account,
    |call, low| low.create_account(call.idempotency_key.as_deref(), &call.body)
);

impl Call<CreateAccount> {
    /// Sets the type. Defaults to the vendor's choice.
    pub fn account_type(self, account_type: impl Into<AccountType>) -> Self {
        self.with(|create| create.body.type_ = Some(account_type.into()))
    }

    /// Sets the unit of the tenant that the account is made in. Defaults to the vendor's choice.
    pub fn unit_id(self, id: impl Into<String>) -> Self {
        self.with(|create| create.body.unit = Some(types::TenantUnit { id: Some(id.into()) }))
    }

    /// Asks for an account outside of any tenant. Defaults to one inside. Known from the vendor's newer clients alone.
    pub fn standalone(self) -> Self {
        self.with(|create| create.body.standalone = Some(true))
    }

    /// Names this creation by a key of one's own, for a service that tells a repeated request from a second one by it.
    /// Defaults to none. Known from the vendor's newer clients alone, so this SDK doesn't rely on it: a creation is not
    /// repeated blindly, with a key or without.
    pub fn idempotency_key(self, key: impl Into<String>) -> Self {
        self.with(|create| create.idempotency_key = Some(key.into()))
    }
}

/// Replaces an account; made by [`Accounts::replace`].
#[derive(Debug)]
pub struct ReplaceAccount {
    target: Client,
    id: AccountId,
    body: types::UpdateAccountRequest,
}
operation!(
    ReplaceAccount -> Account,
    |call, low| low.update_account(call.id.as_str(), &call.body)
);

impl Call<ReplaceAccount> {
    /// Sets the type. Defaults to leaving it out.
    pub fn account_type(self, account_type: impl Into<AccountType>) -> Self {
        self.with(|replace| replace.body.type_ = Some(account_type.into()))
    }

    /// Sets the address that reports of abuse go to. Defaults to leaving it out.
    pub fn abuse_contact_email(self, email: impl Into<String>) -> Self {
        self.with(|replace| replace.settings().abuse_contact_email = Some(email.into()))
    }

    /// Says whether members have to use two-factor authentication. Defaults to leaving it out.
    pub fn enforce_twofactor(self, enforce: bool) -> Self {
        self.with(|replace| replace.settings().enforce_twofactor = Some(enforce))
    }
}

impl ReplaceAccount {
    fn settings(&mut self) -> &mut types::AccountSettingsRequest {
        self.body.settings.get_or_insert_with(Default::default)
    }
}

/// Changes an account; made by [`Accounts::update`].
#[derive(Debug)]
pub struct UpdateAccount {
    target: Client,
    id: AccountId,
    name: Option<String>,
    account_type: Option<AccountType>,
    abuse_contact_email: Field<String>,
    enforce_twofactor: Option<bool>,
}

impl Call<UpdateAccount> {
    /// Sets the name. Defaults to no change.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.with(|update| update.name = Some(name.into()))
    }

    /// Sets the type. Defaults to no change.
    pub fn account_type(self, account_type: impl Into<AccountType>) -> Self {
        self.with(|update| update.account_type = Some(account_type.into()))
    }

    /// Sets the address that reports of abuse go to; [`Field::Clear`] leaves it out of the settings that are sent.
    /// Defaults to no change.
    pub fn abuse_contact_email(self, email: impl Into<Field<String>>) -> Self {
        self.with(|update| update.abuse_contact_email = email.into())
    }

    /// Says whether members have to use two-factor authentication. Defaults to no change.
    pub fn enforce_twofactor(self, enforce: bool) -> Self {
        self.with(|update| update.enforce_twofactor = Some(enforce))
    }
}

impl UpdateAccount {
    /// What is sent: what was set, and for the rest what there is.
    fn over(self, current: Account) -> ReplaceAccount {
        let there = current.settings.is_some();
        let (email, enforced) = current.settings.map_or((None, None), |settings| {
            (settings.abuse_contact_email, settings.enforce_twofactor)
        });
        let settings = types::AccountSettingsRequest {
            abuse_contact_email: match self.abuse_contact_email {
                Field::Keep => email,
                Field::Clear => None,
                Field::Set(email) => Some(email),
            },
            enforce_twofactor: self.enforce_twofactor.or(enforced),
        };
        let given = settings.abuse_contact_email.is_some() || settings.enforce_twofactor.is_some();
        ReplaceAccount {
            target: self.target,
            body: types::UpdateAccountRequest {
                id: self.id.as_str().to_owned(),
                name: self.name.unwrap_or(current.name),
                settings: (given || there).then_some(settings),
                type_: self.account_type.or(current.type_),
            },
            id: self.id,
        }
    }
}

impl Operation for UpdateAccount {
    type Output = Account;
}

impl Execute for UpdateAccount {
    type Value = Account;

    fn execute(self, options: CallOptions) -> BoxFuture<'static, Result<Response<Account>>> {
        let options = options.as_one_call();
        Box::pin(async move {
            let get = GetAccount {
                target: self.target.clone(),
                id: self.id.clone(),
            };
            let current = get.execute(options.clone()).await?.into_value();
            self.over(current).execute(options).await
        })
    }
}

/// Deletes an account; made by [`Accounts::delete`].
#[derive(Debug)]
pub struct DeleteAccount {
    target: Client,
    id: AccountId,
}
operation!(DeleteAccount -> (), |call, low| low.delete_account(call.id.as_str()));
