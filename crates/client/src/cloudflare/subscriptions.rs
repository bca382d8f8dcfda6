//! Subscriptions of an account to rate plans.

use account_provisioning_core::{Error, IntoId, MakeError as _, Page, PageRule, ResponseMeta, Result};

use super::envelope::{opened, with_totals};
use super::requests::{
    CancelSubscriptionDowngrades, CreateSubscription, DeleteSubscription, GetSubscription, ListSubscriptions,
    UpdateSubscription,
};
use super::types::{
    CancelDowngradesRequest, DowngradeCancellationReply, RatePlanRequest, SubscriptionDeletionReply, SubscriptionList,
    SubscriptionReply, SubscriptionRequest,
};
use super::{AccountHandle, RatePlanId, Subscription, SubscriptionFrequency, SubscriptionId, paging};
use crate::call::{Call, FromReply, Operation};
use crate::list::{List, Pager};
use crate::mode::Optional;

/// The subscriptions of one account; see [`AccountHandle::subscriptions`].
///
/// A subscription costs money: the vendor bills what you create or replace.
#[doc(alias = "accounts.subscriptions")]
#[derive(Clone, Debug)]
pub struct Subscriptions {
    account: AccountHandle,
}

impl Subscriptions {
    pub(super) fn new(account: AccountHandle) -> Self {
        Self { account }
    }

    /// Lists the subscriptions (`listSubscriptions`), all in one response.
    ///
    /// # Errors
    /// [`is_permission_denied`](crate::Error::is_permission_denied) when the credentials don't allow it. A stream ends with
    /// a [paging error](crate::Error::paging) when the response contains fewer subscriptions than its total says, since
    /// there is no page to ask for.
    #[doc(alias = "accounts.subscriptions.get")]
    pub fn list(&self) -> Pager<ListSubscriptions> {
        self.account.call(ListSubscriptions::new)
    }

    /// Fetches one subscription (`getSubscription`).
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no subscription has this id; [`get_opt`](Self::get_opt) returns
    /// `None` instead.
    #[doc(alias = "accounts.subscriptions.get_by_identifier")]
    pub fn get(&self, id: impl IntoId<SubscriptionId>) -> Call<GetSubscription> {
        self.account.call_with(id.into_id(), GetSubscription::new)
    }

    /// Fetches one subscription, or `None` when none has this id (`getSubscription`).
    ///
    /// # Errors
    /// As [`get`](Self::get), but for "not found".
    pub fn get_opt(&self, id: impl IntoId<SubscriptionId>) -> Call<GetSubscription, Optional> {
        self.get(id).optional()
    }

    /// Creates a subscription (`createSubscription`). Without options, the service chooses the plan.
    ///
    /// # Options
    /// [`frequency`][o], [`rate_plan`][o]
    ///
    /// [o]: Call#impl-Call%3CCreateSubscription,+M%3E
    ///
    /// # Errors
    /// [`is_outcome_unknown`](crate::Error::is_outcome_unknown) when the response was lost: look for the subscription with
    /// [`list`](Self::list). The call is never retried after a lost response.
    pub fn create(&self) -> Call<CreateSubscription> {
        self.account
            .call(|account| CreateSubscription::new(account, SubscriptionRequest::default()))
    }

    /// Replaces a subscription (`updateSubscription`). What isn't set is not sent, and the service decides what happens
    /// to it.
    ///
    /// # Options
    /// [`frequency`][o], [`rate_plan`][o]
    ///
    /// [o]: Call#impl-Call%3CUpdateSubscription,+M%3E
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no subscription has this id.
    #[doc(alias = "accounts.subscriptions.update")]
    pub fn replace(&self, id: impl IntoId<SubscriptionId>) -> Call<UpdateSubscription> {
        self.account.call_with(id.into_id(), |account, id| {
            UpdateSubscription::new(account, id, SubscriptionRequest::default())
        })
    }

    /// Ends a subscription (`deleteSubscription`).
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when no subscription has this id.
    pub fn delete(&self, id: impl IntoId<SubscriptionId>) -> Call<DeleteSubscription> {
        self.account.call_with(id.into_id(), DeleteSubscription::new)
    }

    /// Cancels downgrades that wait for the end of the current period (`cancelSubscriptionDowngrades`): these subscriptions
    /// keep their rate plans.
    ///
    /// # Errors
    /// An input error without a subscription; [`is_outcome_unknown`](crate::Error::is_outcome_unknown) when the response was
    /// lost. The call is never retried after a lost response.
    #[doc(alias = "accounts.subscriptions.cancel_downgrade")]
    pub fn cancel_downgrades(
        &self,
        ids: impl IntoIterator<Item = impl IntoId<SubscriptionId>>,
    ) -> Call<CancelSubscriptionDowngrades> {
        let ids: Result<Vec<_>> = ids.into_iter().map(|id| Ok(id.into_id()?)).collect();
        let body = ids.and_then(|subscription_ids| {
            if subscription_ids.is_empty() {
                let message = "`subscription_ids`: no subscription whose downgrade to cancel; give at least one";
                return Err(Error::invalid_input(message));
            }
            Ok(CancelDowngradesRequest { subscription_ids })
        });
        self.account.call_with(body, CancelSubscriptionDowngrades::new)
    }
}

impl List for ListSubscriptions {
    type Item = Subscription;
    const RULE: PageRule = paging::SUBSCRIPTIONS;
    const ITEMS: &'static str = "/result";

    fn page(&self, reply: SubscriptionList, meta: &mut ResponseMeta) -> Result<Page<Subscription>> {
        let page = with_totals(reply.result, reply.result_info);
        opened(page, reply.messages, meta)
    }

    fn identity(subscription: &Subscription) -> &str {
        subscription.id.as_str()
    }
}

impl Operation for GetSubscription {
    type Output = Subscription;
}

impl Operation for CreateSubscription {
    type Output = Subscription;
}

impl FromReply<SubscriptionReply> for Subscription {
    fn from_reply(reply: SubscriptionReply, meta: &mut ResponseMeta) -> Result<Self> {
        opened(reply.result, reply.messages, meta)
    }
}

/// Options of [`Subscriptions::create`].
impl<M> Call<CreateSubscription, M> {
    /// Sets how often the subscription is renewed. Defaults to the vendor's choice.
    pub fn frequency(self, frequency: impl Into<SubscriptionFrequency>) -> Self {
        self.with(|create| create.body.frequency = Some(frequency.into()))
    }

    /// Sets the rate plan. Defaults to the vendor's choice.
    pub fn rate_plan(self, plan: RatePlanChoice) -> Self {
        self.with(|create| create.body.rate_plan = Some(plan.0))
    }
}

impl Operation for UpdateSubscription {
    type Output = Subscription;
}

/// Options of [`Subscriptions::replace`].
impl<M> Call<UpdateSubscription, M> {
    /// Sets how often the subscription is renewed. Defaults to the vendor's choice.
    pub fn frequency(self, frequency: impl Into<SubscriptionFrequency>) -> Self {
        self.with(|replace| replace.body.frequency = Some(frequency.into()))
    }

    /// Sets the rate plan. Defaults to the vendor's choice.
    pub fn rate_plan(self, plan: RatePlanChoice) -> Self {
        self.with(|replace| replace.body.rate_plan = Some(plan.0))
    }
}

impl Operation for DeleteSubscription {
    type Output = ();
}

impl FromReply<SubscriptionDeletionReply> for () {
    fn from_reply(reply: SubscriptionDeletionReply, meta: &mut ResponseMeta) -> Result<Self> {
        opened((), reply.messages, meta)
    }
}

impl Operation for CancelSubscriptionDowngrades {
    type Output = ();
}

impl FromReply<DowngradeCancellationReply> for () {
    fn from_reply(reply: DowngradeCancellationReply, meta: &mut ResponseMeta) -> Result<Self> {
        opened((), reply.messages, meta)
    }
}

/// A rate plan to subscribe to.
///
/// # Examples
/// ```
/// use account_provisioning::cloudflare::{RatePlanChoice, RatePlanId};
///
/// let plan = RatePlanChoice::new(RatePlanId::Business).currency("USD").scope("zone");
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a choice does nothing until it is given to a subscription"]
pub struct RatePlanChoice(RatePlanRequest);

impl RatePlanChoice {
    /// Chooses a plan by its id.
    pub fn new(id: impl Into<RatePlanId>) -> Self {
        Self(RatePlanRequest {
            id: Some(id.into()),
            ..RatePlanRequest::default()
        })
    }

    /// Sets the currency, such as `USD`. Defaults to not sending one.
    pub fn currency(mut self, currency: impl Into<String>) -> Self {
        self.0.currency = Some(currency.into());
        self
    }

    /// Says whether the plan is managed outside of Cloudflare. Defaults to not saying so.
    pub fn externally_managed(mut self, managed: bool) -> Self {
        self.0.externally_managed = Some(managed);
        self
    }

    /// Says whether the plan is an enterprise contract. Defaults to not saying so.
    pub fn is_contract(mut self, contract: bool) -> Self {
        self.0.is_contract = Some(contract);
        self
    }

    /// Sets the full name of the plan. Defaults to not sending one.
    pub fn public_name(mut self, name: impl Into<String>) -> Self {
        self.0.public_name = Some(name.into());
        self
    }

    /// Sets what the plan applies to, such as `zone`. Defaults to not sending it.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.0.scope = Some(scope.into());
        self
    }

    /// Sets the sets that the plan applies to. Defaults to not sending any; an empty list is sent as an empty list.
    pub fn sets(mut self, sets: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.0.sets = Some(sets.into_iter().map(Into::into).collect());
        self
    }
}
