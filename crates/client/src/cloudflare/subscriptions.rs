//! Subscriptions of an account to rate plans.

use account_provisioning_api::cloudflare::types;
use account_provisioning_core::{CallOptions, Page, PageRequest, PageRule, Response, Result};
use futures::future::BoxFuture;

use super::envelope::{note, whole};
use super::target::{Place, Target, operation};
use super::{RatePlanId, Subscription, SubscriptionFrequency, SubscriptionId, paging};
use crate::Error;
use crate::call::Call;
use crate::list::{ListOperation, listing};
use crate::started::fetch;

/// Handle to the subscriptions of one account; see [`AccountHandle::subscriptions`](super::AccountHandle::subscriptions).
///
/// A subscription costs money: creating and replacing one is billed.
#[derive(Clone, Debug)]
pub struct Subscriptions {
    place: Place,
}

impl Subscriptions {
    pub(super) fn new(place: Place) -> Self {
        Self { place }
    }

    /// Lists the subscriptions (`listSubscriptions`), which come whole.
    ///
    /// # Errors
    /// [`is_permission_denied`](crate::Error::is_permission_denied) when the credentials don't allow it. A stream ends in a
    /// [paging error](crate::Error::paging) when the reply speaks of more subscriptions than it holds, since there is no page to
    /// ask for.
    pub fn list(&self) -> Call<ListSubscriptions> {
        Call::try_new(self.place.target().map(|target| ListSubscriptions { target }))
    }

    /// Creates a subscription (`createSubscription`).
    ///
    /// # Errors
    /// [`is_outcome_unknown`](crate::Error::is_outcome_unknown) when the reply was lost: look for the subscription with
    /// [`list`](Self::list). The call is never repeated blindly.
    pub fn create(&self) -> Call<CreateSubscription> {
        Call::try_new(self.place.target().map(|target| CreateSubscription {
            target,
            body: types::SubscriptionRequest::default(),
        }))
    }

    /// Replaces a subscription (`updateSubscription`): what isn't set is left out of what is sent, and the service
    /// decides what becomes of it.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when there is no such subscription.
    pub fn replace(&self, id: impl TryInto<SubscriptionId, Error: Into<Error>>) -> Call<ReplaceSubscription> {
        Call::try_new(self.place.with(id).map(|(target, id)| ReplaceSubscription {
            target,
            id,
            body: types::SubscriptionRequest::default(),
        }))
    }

    /// Ends a subscription (`deleteSubscription`).
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when there is no such subscription.
    pub fn delete(&self, id: impl TryInto<SubscriptionId, Error: Into<Error>>) -> Call<DeleteSubscription> {
        Call::try_new(
            self.place
                .with(id)
                .map(|(target, id)| DeleteSubscription { target, id }),
        )
    }
}

/// Lists subscriptions; made by [`Subscriptions::list`].
#[derive(Clone, Debug)]
pub struct ListSubscriptions {
    target: Target,
}

impl ListOperation for ListSubscriptions {
    type Entry = Subscription;
    const RULE: PageRule = paging::SUBSCRIPTIONS;

    fn identity(subscription: &Subscription) -> &str {
        &subscription.id
    }

    fn fetch(self, _: PageRequest, options: CallOptions) -> BoxFuture<'static, Result<Response<Page<Subscription>>>> {
        fetch!(
            |self, low, account| low.list_subscriptions(account),
            |reply, meta| {
                note(reply.messages, meta);
                Ok(whole(reply.result, reply.result_info))
            },
            options
        )
    }
}
listing!(ListSubscriptions of Subscription);

/// A rate plan to subscribe to.
///
/// # Examples
/// ```
/// use account_provisioning::cloudflare::{RatePlanChoice, RatePlanId};
///
/// let plan = RatePlanChoice::new(RatePlanId::Business).currency("USD").scope("zone");
/// ```
#[derive(Clone, Debug)]
#[must_use = "a choice does nothing until it is given to a subscription"]
pub struct RatePlanChoice(types::RatePlanRequest);

impl RatePlanChoice {
    /// Chooses a plan by its id.
    pub fn new(id: impl Into<RatePlanId>) -> Self {
        Self(types::RatePlanRequest {
            id: Some(id.into()),
            ..types::RatePlanRequest::default()
        })
    }

    /// Sets the currency, such as `USD`. Defaults to leaving it out.
    pub fn currency(mut self, currency: impl Into<String>) -> Self {
        self.0.currency = Some(currency.into());
        self
    }

    /// Says whether the plan is managed outside of Cloudflare. Defaults to leaving it out.
    pub fn externally_managed(mut self, managed: bool) -> Self {
        self.0.externally_managed = Some(managed);
        self
    }

    /// Says whether the plan is an enterprise contract. Defaults to leaving it out.
    pub fn is_contract(mut self, contract: bool) -> Self {
        self.0.is_contract = Some(contract);
        self
    }

    /// Sets the full name of the plan. Defaults to leaving it out.
    pub fn public_name(mut self, name: impl Into<String>) -> Self {
        self.0.public_name = Some(name.into());
        self
    }

    /// Sets what the plan applies to, such as `zone`. Defaults to leaving it out.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.0.scope = Some(scope.into());
        self
    }

    /// Sets the sets that the plan applies to. Defaults to leaving them out; an empty list is sent as one.
    pub fn sets(mut self, sets: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.0.sets = Some(sets.into_iter().map(Into::into).collect());
        self
    }
}

/// Gives a call with a subscription's body its setters.
macro_rules! subscription_fields {
    ($name:ident) => {
        impl Call<$name> {
            /// Sets how often the subscription renews itself. Defaults to the vendor's choice.
            pub fn frequency(self, frequency: impl Into<SubscriptionFrequency>) -> Self {
                self.with(|call| call.body.frequency = Some(frequency.into()))
            }

            /// Sets the rate plan. Defaults to the vendor's choice.
            pub fn rate_plan(self, plan: RatePlanChoice) -> Self {
                self.with(|call| call.body.rate_plan = Some(plan.0))
            }
        }
    };
}

/// Creates a subscription; made by [`Subscriptions::create`].
#[derive(Debug)]
pub struct CreateSubscription {
    target: Target,
    body: types::SubscriptionRequest,
}
operation!(CreateSubscription -> Subscription, |call, low, account| low.create_subscription(account, &call.body));
subscription_fields!(CreateSubscription);

/// Replaces a subscription; made by [`Subscriptions::replace`].
#[derive(Debug)]
pub struct ReplaceSubscription {
    target: Target,
    id: SubscriptionId,
    body: types::SubscriptionRequest,
}
operation!(
    ReplaceSubscription -> Subscription,
    |call, low, account| low.update_subscription(account, call.id.as_str(), &call.body)
);
subscription_fields!(ReplaceSubscription);

/// Ends a subscription; made by [`Subscriptions::delete`].
#[derive(Debug)]
pub struct DeleteSubscription {
    target: Target,
    id: SubscriptionId,
}
operation!(DeleteSubscription -> (), |call, low, account| low.delete_subscription(account, call.id.as_str()));
