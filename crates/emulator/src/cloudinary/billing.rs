//! Billing usage, generated from the seed so that it is the same in every response.
//!
//! Amounts are integers in hundredths until they are converted to JSON, so that sums are exact.

use chrono::{Datelike as _, Months, NaiveDate, TimeDelta};
use serde_json::{Map, Value, json};

use super::context::Context;
use super::state::{Account, Billing, BillingCycle};
use crate::random;
use crate::refusal::Refusal;

/// The parts of a breakdown, as in the document.
const KINDS: [&str; 10] = [
    "storage_image",
    "storage_video",
    "storage_raw",
    "transformations_image",
    "transformations_video",
    "bandwidth_image",
    "bandwidth_video",
    "bandwidth_raw",
    "image_impressions",
    "video_seconds",
];

/// The amount of each kind, in hundredths.
type Amounts = [u32; KINDS.len()];

pub(super) fn usage(context: &mut Context<'_>) -> Result<Value, Refusal> {
    let (input, today) = (context.input, context.now.date_naive());
    let usage = Usage {
        seed: context.random.seed(),
        today,
        by_environment: input.query_bool("include_prodenv_breakdown").unwrap_or(false),
        account: context.account()?,
    };
    let Some(billing) = &usage.account.billing else {
        return Ok(json!([]));
    };
    let year = match input.query_int("year") {
        Some(year) => i32::try_from(year).ok(),
        None => active_cycle(billing, today).map(|cycle| cycle.from.year()),
    };
    let cycles: Vec<Span> = cycles(billing, today)
        .into_iter()
        .filter(|cycle| Some(cycle.from.year()) == year)
        .collect();
    if cycles.is_empty() {
        return Ok(json!([]));
    }
    let metrics: Vec<Value> = billing
        .limits
        .iter()
        .map(|(metric, limit)| usage.metric(billing, metric, *limit, &cycles))
        .collect();
    Ok(json!([{ "plan_name": billing.plan_name, "metric_usage": metrics }]))
}

/// A period: its first day and the day after its last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    from: NaiveDate,
    until: NaiveDate,
}

/// Returns the current cycle; `None` when no subscription is active.
fn active_cycle(billing: &Billing, today: NaiveDate) -> Option<Span> {
    cycles(billing, today)
        .into_iter()
        .next_back()
        .filter(|cycle| today < cycle.until)
}

/// Returns the cycles that have begun, oldest first.
fn cycles(billing: &Billing, today: NaiveDate) -> Vec<Span> {
    let length = match billing.cycle {
        BillingCycle::Monthly => 1,
        BillingCycle::Annual => 12,
    };
    spans(billing.started_on, length, |from| {
        from <= today && billing.ended_on.is_none_or(|end| from < end)
    })
}

/// Returns consecutive periods of `months` months from `start` on, as long as `wanted` accepts their first day.
fn spans(start: NaiveDate, months: u32, wanted: impl Fn(NaiveDate) -> bool) -> Vec<Span> {
    // Each is counted from the start: adding months one by one would turn the 31st into the 28th permanently.
    (0..)
        .map_while(|number: u32| {
            let from = start.checked_add_months(Months::new(number.checked_mul(months)?))?;
            let until = start.checked_add_months(Months::new((number + 1).checked_mul(months)?))?;
            wanted(from).then_some(Span { from, until })
        })
        .collect()
}

struct Usage<'a> {
    seed: u64,
    today: NaiveDate,
    by_environment: bool,
    account: &'a Account,
}

impl Usage<'_> {
    fn metric(&self, billing: &Billing, metric: &str, limit: f64, cycles: &[Span]) -> Value {
        let items: Vec<Value> = cycles.iter().map(|cycle| self.cycle(billing, metric, *cycle)).collect();
        let mut usage = json!({ "metric": metric, "limit": limit, "cycles": items });
        if billing.cycle == BillingCycle::Annual {
            let months: Vec<Value> = cycles
                .iter()
                .flat_map(|cycle| self.months(billing, *cycle))
                .map(|month| self.cycle(billing, metric, month))
                .collect();
            usage["monthly_cycles"] = months.into();
        }
        usage
    }

    /// Returns the months of a cycle that have begun.
    fn months(&self, billing: &Billing, cycle: Span) -> Vec<Span> {
        let billed = cycles(
            &Billing {
                cycle: BillingCycle::Monthly,
                ..billing.clone()
            },
            self.today,
        );
        billed
            .into_iter()
            .filter(|month| cycle.from <= month.from && month.from < cycle.until)
            .collect()
    }

    fn cycle(&self, billing: &Billing, metric: &str, span: Span) -> Value {
        let mut total = Amounts::default();
        let mut environments = Vec::new();
        for environment in self.account.product_environments.iter() {
            let mut own = Amounts::default();
            for month in self.months(billing, span) {
                let amounts = self.amounts(metric, &environment.id, month);
                for (sum, amount) in own.iter_mut().zip(amounts) {
                    *sum += amount;
                }
            }
            for (sum, amount) in total.iter_mut().zip(own) {
                *sum += amount;
            }
            let mut entry = breakdown(&own);
            entry.insert("cloud_name".to_owned(), environment.cloud_name.as_str().into());
            environments.push(Value::Object(entry));
        }
        let last = span.until - TimeDelta::days(1);
        let mut cycle = json!({
            "from_day": span.from,
            "to_day": last,
            "usage": units(total.iter().sum()),
            "breakdown": breakdown(&total),
        });
        if self.by_environment {
            cycle["product_environment_breakdown"] = environments.into();
        }
        cycle
    }

    /// Returns what an environment used in a month, up to today.
    fn amounts(&self, metric: &str, environment_id: &str, month: Span) -> Amounts {
        let label = format!("{} {metric} {environment_id} {}", self.account.account_id, month.from);
        let mut random = random::stream(self.seed, &label);
        let days = (month.until - month.from).num_days().max(1);
        let passed = (self.today + TimeDelta::days(1) - month.from).num_days().clamp(0, days);
        let mut amounts = Amounts::default();
        for amount in &mut amounts {
            let month_total = i64::from(random.u32(..200));
            *amount = u32::try_from(month_total * passed / days).unwrap_or(0);
        }
        amounts
    }
}

fn breakdown(amounts: &Amounts) -> Map<String, Value> {
    KINDS
        .iter()
        .zip(amounts)
        .map(|(kind, amount)| ((*kind).to_owned(), units(*amount).into()))
        .collect()
}

fn units(hundredths: u32) -> f64 {
    f64::from(hundredths) / 100.0
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn cycles_from_the_31st_keep_the_day_where_the_month_has_it() {
        let billing = Billing {
            started_on: day("2024-01-31"),
            ..Billing::new("Plus", BillingCycle::Monthly)
        };
        let from: Vec<NaiveDate> = cycles(&billing, day("2024-04-01"))
            .iter()
            .map(|cycle| cycle.from)
            .collect();
        assert_eq!(from, [day("2024-01-31"), day("2024-02-29"), day("2024-03-31")]);
    }

    #[test]
    fn active_cycle_after_the_end_is_none() {
        let mut billing = Billing::new("Plus", BillingCycle::Annual);
        assert_eq!(
            active_cycle(&billing, day("2025-06-01")).unwrap().from,
            day("2025-01-01")
        );
        billing.ended_on = Some(day("2025-01-01"));
        assert_eq!(active_cycle(&billing, day("2025-06-01")), None);
    }
}
