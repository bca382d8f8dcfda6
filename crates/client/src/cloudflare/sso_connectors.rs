//! SSO connectors, through which the users of an e-mail domain sign in with their own identity provider.

use account_provisioning_core::{Error, IntoId, MakeError as _, Page, PageRule, ResponseMeta, Result};

use super::envelope::{opened, with_totals};
use super::requests::{
    BeginSsoVerification, CreateSsoConnector, DeleteSsoConnector, GetSsoConnector, ListSsoConnectors,
    UpdateSsoConnector,
};
use super::types::{
    CreateSsoConnectorRequest, Envelope, SsoConnectorList, SsoConnectorReply, UpdateSsoConnectorRequest,
};
use super::{AccountHandle, SsoConnector, SsoConnectorId, lookups, paging};
use crate::call::{Call, FromReply, Operation};
use crate::find::FindBy;
use crate::list::{List, Pager};
use crate::mode::Optional;

/// The SSO connectors of one account; see [`AccountHandle::sso_connectors`].
///
/// A connector works once its domain is verified and it is enabled: [`create`](Self::create) returns a code, which goes into
/// a TXT record of the domain; [`begin_verification`](Self::begin_verification) makes the service look for it, and
/// [`get`](Self::get) shows whether it was found; [`update`](Self::update) enables the connector.
#[doc(alias = "iam.sso")]
#[derive(Clone, Debug)]
pub struct SsoConnectors {
    account: AccountHandle,
}

impl SsoConnectors {
    pub(super) fn new(account: AccountHandle) -> Self {
        Self { account }
    }

    /// Lists the SSO connectors (`listSsoConnectors`), all in one response.
    ///
    /// # Errors
    /// [`is_permission_denied`](crate::Error::is_permission_denied) when the credentials don't allow it. A stream ends with
    /// a [paging error](crate::Error::paging) when the response contains fewer connectors than its total says, since there
    /// is no page to ask for.
    pub fn list(&self) -> Pager<ListSsoConnectors> {
        self.account.call(ListSsoConnectors::new)
    }

    /// Fetches one SSO connector (`getSsoConnector`).
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no SSO connector has this id; [`get_opt`](Self::get_opt) returns
    /// `None` instead.
    pub fn get(&self, id: impl IntoId<SsoConnectorId>) -> Call<GetSsoConnector> {
        self.account.call_with(id.into_id(), GetSsoConnector::new)
    }

    /// Fetches one SSO connector, or `None` when none has this id (`getSsoConnector`).
    ///
    /// # Errors
    /// As [`get`](Self::get), but for "not found".
    pub fn get_opt(&self, id: impl IntoId<SsoConnectorId>) -> Call<GetSsoConnector, Optional> {
        self.get(id).optional()
    }

    /// Finds the SSO connector of an e-mail domain, or `None` when the domain has none (`listSsoConnectors`). The case of ASCII
    /// letters is ignored.
    ///
    /// # Errors
    /// Those of [`list`](Self::list); [`is_ambiguous`](crate::Error::is_ambiguous) when several connectors have the domain;
    /// an input error for an empty domain.
    pub fn find_by_email_domain(&self, email_domain: impl Into<String>) -> Call<FindBy<ListSsoConnectors>> {
        let email_domain = email_domain.into();
        self.account.call(|account| {
            FindBy::new(
                ListSsoConnectors::new(account),
                &lookups::SSO_CONNECTOR_BY_DOMAIN,
                email_domain,
            )
        })
    }

    /// Creates an SSO connector for an e-mail domain (`createSsoConnector`).
    ///
    /// # Options
    /// [`begin_verification`][o], [`use_fedramp_language`][o]
    ///
    /// [o]: Call#impl-Call%3CCreateSsoConnector,+M%3E
    ///
    /// # Errors
    /// An input error for an empty domain; [`is_conflict`](crate::Error::is_conflict) when the domain has a connector;
    /// [`is_outcome_unknown`](crate::Error::is_outcome_unknown) when the response was lost:
    /// [`reconcile`](Call::reconcile) finds out whether it was created. The call is never retried after a lost response.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudflare;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudflare = cloudflare::Client::builder().api_token(emulator.cloudflare().api_token()).base_url(emulator.cloudflare().base_url()).build()?;
    /// # let account = cloudflare.account(emulator.cloudflare().account_id());
    /// let connectors = account.sso_connectors();
    /// let connector = connectors.create("client.example").await?;
    /// let code = connector.verification.and_then(|verification| verification.code);
    /// println!("add a TXT record with {}", code.unwrap_or_default());
    /// connectors.begin_verification(&connector.id).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn create(&self, email_domain: impl Into<String>) -> Call<CreateSsoConnector> {
        let email_domain = email_domain.into();
        let body = if email_domain.trim().is_empty() {
            Err(Error::invalid_input(
                "`email_domain`: it is empty; give the domain of the users' addresses",
            ))
        } else {
            Ok(CreateSsoConnectorRequest {
                begin_verification: None,
                email_domain,
                use_fedramp_language: None,
            })
        };
        self.account.call_with(body, CreateSsoConnector::new)
    }

    /// Changes an SSO connector (`updateSsoConnector`): what isn't set stays as it is. The call is retried after a lost
    /// response, since setting a field twice changes nothing more.
    ///
    /// # Options
    /// [`enabled`][o], [`use_fedramp_language`][o]
    ///
    /// [o]: Call#impl-Call%3CUpdateSsoConnector,+M%3E
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no SSO connector has this id. The service may refuse to enable one
    /// whose domain is not verified.
    pub fn update(&self, id: impl IntoId<SsoConnectorId>) -> Call<UpdateSsoConnector> {
        self.account.call_with(id.into_id(), |account, id| {
            UpdateSsoConnector::new(account, id, UpdateSsoConnectorRequest::default())
        })
    }

    /// Deletes an SSO connector (`deleteSsoConnector`).
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no SSO connector has this id.
    pub fn delete(&self, id: impl IntoId<SsoConnectorId>) -> Call<DeleteSsoConnector> {
        self.account.call_with(id.into_id(), DeleteSsoConnector::new)
    }

    /// Makes the service look for the code in the TXT records of the domain (`beginSsoVerification`). It returns before the
    /// service has looked; [`get`](Self::get) shows how far it is. The call is retried after a lost response.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no SSO connector has this id.
    pub fn begin_verification(&self, id: impl IntoId<SsoConnectorId>) -> Call<BeginSsoVerification> {
        self.account.call_with(id.into_id(), BeginSsoVerification::new)
    }
}

/// Options of [`SsoConnectors::create`].
impl<M> Call<CreateSsoConnector, M> {
    /// Says whether the service looks for the code at once. Defaults to the vendor's choice, which is not documented.
    pub fn begin_verification(self, begin: bool) -> Self {
        self.with(|create| create.body.begin_verification = Some(begin))
    }

    /// Says whether users see the language of FedRAMP when they sign in. Defaults to the vendor's choice, which is not
    /// documented.
    pub fn use_fedramp_language(self, fedramp: bool) -> Self {
        self.with(|create| create.body.use_fedramp_language = Some(fedramp))
    }
}

/// Options of [`SsoConnectors::update`].
impl<M> Call<UpdateSsoConnector, M> {
    /// Switches the connector on or off. Defaults to no change.
    pub fn enabled(self, enabled: bool) -> Self {
        self.with(|update| update.body.enabled = Some(enabled))
    }

    /// Says whether users see the language of FedRAMP when they sign in. Defaults to no change.
    pub fn use_fedramp_language(self, fedramp: bool) -> Self {
        self.with(|update| update.body.use_fedramp_language = Some(fedramp))
    }
}

impl List for ListSsoConnectors {
    type Item = SsoConnector;
    const RULE: PageRule = paging::SSO_CONNECTORS;
    const ITEMS: &'static str = "/result";

    fn page(&self, reply: SsoConnectorList, meta: &mut ResponseMeta) -> Result<Page<SsoConnector>> {
        let page = with_totals(reply.result, reply.result_info);
        opened(page, reply.messages, meta)
    }

    fn identity(connector: &SsoConnector) -> &str {
        connector.id.as_str()
    }
}

impl Operation for GetSsoConnector {
    type Output = SsoConnector;
}

impl Operation for CreateSsoConnector {
    type Output = SsoConnector;
}

impl Operation for UpdateSsoConnector {
    type Output = SsoConnector;
}

impl FromReply<SsoConnectorReply> for SsoConnector {
    fn from_reply(reply: SsoConnectorReply, meta: &mut ResponseMeta) -> Result<Self> {
        opened(reply.result, reply.messages, meta)
    }
}

impl Operation for DeleteSsoConnector {
    type Output = ();
}

impl Operation for BeginSsoVerification {
    type Output = ();
}

impl FromReply<Envelope> for () {
    fn from_reply(reply: Envelope, meta: &mut ResponseMeta) -> Result<Self> {
        opened((), reply.messages, meta)
    }
}
