//! Subscriptions of an account.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::context::{Context, read, reply, timestamp};
use super::error::invalid_at;
use super::rate_plans::{self, RatePlan};
use super::state::{Cloudflare, Frequency, PendingDowngrade, Subscription};
use crate::input::Input;
use crate::quirk::Quirk;
use crate::refusal::Refusal;

pub(super) fn list(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let items = context.account()?.subscriptions.iter().map(to_json).collect();
    Ok(context.full_list(items))
}

pub(super) fn get(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let id = context.input.path("subscription_identifier");
    let subscription = context.account()?.subscriptions.get(id).ok_or_else(no_subscription)?;
    Ok(reply(to_json(subscription)))
}

pub(super) fn create(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let mut subscription = Subscription::new(context.random.id(), rate_plans::FREE, Frequency::default());
    subscription.current_period_start = context.now;
    change(&mut subscription, context.input)?;
    let result = to_json(&subscription);
    context.account_mut()?.subscriptions.insert(subscription);
    Ok(reply(result))
}

pub(super) fn update(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (input, now) = (context.input, context.now);
    let delayed = context.quirks.has(Quirk::DowngradesAreDelayed);
    let subscription = context
        .account_mut()?
        .subscriptions
        .get_mut(input.path("subscription_identifier"))
        .ok_or_else(no_subscription)?;
    let mut changed = subscription.clone();
    change(&mut changed, input)?;
    // Another plan or frequency begins a new period.
    if (changed.frequency, &changed.rate_plan) != (subscription.frequency, &subscription.rate_plan) {
        changed.pending_downgrade = None;
        match delayed && monthly_price(&changed) < monthly_price(subscription) {
            true => delay(&mut changed, subscription),
            false => changed.current_period_start = now,
        }
    }
    *subscription = changed;
    Ok(reply(to_json(subscription)))
}

pub(super) fn delete(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let id = context.input.path("subscription_identifier");
    context
        .account_mut()?
        .subscriptions
        .remove(id)
        .ok_or_else(no_subscription)?;
    Ok(reply(json!({ "subscription_id": id })))
}

/// Cancels the pending downgrades of subscriptions. Those that have none stay as they are.
pub(super) fn cancel_downgrades(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let list = context.input.field("subscription_ids").and_then(Value::as_array);
    let ids: Vec<&str> = list.into_iter().flatten().filter_map(Value::as_str).collect();
    if ids.is_empty() {
        return Err(invalid_at("/subscription_ids", "subscription_ids must not be empty"));
    }
    let subscriptions = &mut context.account_mut()?.subscriptions;
    if !ids.iter().all(|id| subscriptions.contains(id)) {
        return Err(no_subscription().at("/subscription_ids"));
    }
    for id in ids {
        if let Some(subscription) = subscriptions.get_mut(id) {
            subscription.pending_downgrade = None;
        }
    }
    Ok(reply(json!({})))
}

impl Cloudflare {
    /// Applies the downgrades whose time has come.
    pub(super) fn apply_downgrades(&mut self, now: DateTime<Utc>) {
        let subscriptions = self
            .accounts
            .iter_mut()
            .flat_map(|account| account.subscriptions.iter_mut());
        for subscription in subscriptions {
            let pending = subscription
                .pending_downgrade
                .take_if(|pending| pending.effective_on <= now);
            if let Some(pending) = pending {
                subscription.rate_plan = pending.rate_plan;
                subscription.frequency = pending.frequency;
                subscription.current_period_start = pending.effective_on;
            }
        }
    }
}

/// Keeps the plan and the frequency until the end of the period.
fn delay(changed: &mut Subscription, old: &Subscription) {
    let plan = std::mem::replace(&mut changed.rate_plan, old.rate_plan.clone());
    let frequency = std::mem::replace(&mut changed.frequency, old.frequency);
    changed.pending_downgrade = Some(PendingDowngrade::new(plan, frequency, old.current_period_end()));
}

/// Returns the price of the plan for a month, by which plans are compared.
fn monthly_price(subscription: &Subscription) -> f64 {
    RatePlan::find(&subscription.rate_plan).map_or(0.0, |plan| plan.price(Frequency::Monthly))
}

fn no_subscription() -> Refusal {
    Refusal::not_found("the account has no subscription with this id")
}

/// Applies the fields of the request and keeps the others.
fn change(subscription: &mut Subscription, input: &Input) -> Result<(), Refusal> {
    if let Some(frequency) = input.field("frequency") {
        subscription.frequency = read(frequency)?;
    }
    let Some(plan) = input.field("rate_plan") else {
        return Ok(());
    };
    if let Some(id) = plan["id"].as_str() {
        if RatePlan::find(id).is_none() {
            return Err(invalid_at("/rate_plan/id", "there is no rate plan with this id"));
        }
        id.clone_into(&mut subscription.rate_plan);
    }
    if let Some(currency) = plan["currency"].as_str() {
        currency.clone_into(&mut subscription.currency);
    }
    if let Some(scope) = plan["scope"].as_str() {
        scope.clone_into(&mut subscription.scope);
    }
    if let Some(sets) = plan.get("sets") {
        subscription.sets = read(sets)?;
    }
    subscription.externally_managed = plan["externally_managed"]
        .as_bool()
        .unwrap_or(subscription.externally_managed);
    subscription.is_contract = plan["is_contract"].as_bool().unwrap_or(subscription.is_contract);
    Ok(())
}

fn to_json(subscription: &Subscription) -> Value {
    // Validation ensures that a state has only known plans.
    let plan = RatePlan::find(&subscription.rate_plan);
    json!({
        "id": subscription.id,
        "currency": subscription.currency,
        "current_period_start": timestamp(subscription.current_period_start),
        "current_period_end": timestamp(subscription.current_period_end()),
        "frequency": subscription.frequency,
        "price": plan.map_or(0.0, |plan| plan.price(subscription.frequency)),
        "rate_plan": {
            "id": subscription.rate_plan,
            "currency": subscription.currency,
            "externally_managed": subscription.externally_managed,
            "is_contract": subscription.is_contract,
            "public_name": plan.map_or("", |plan| plan.public_name),
            "scope": subscription.scope,
            "sets": subscription.sets,
        },
        "state": subscription.state,
    })
}
