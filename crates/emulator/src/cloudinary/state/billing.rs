//! Subscriptions.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::defaults::beginning;

/// The length of a billing cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum BillingCycle {
    /// Monthly. The usage of a year lists its months as cycles.
    Monthly,
    /// Annual. The usage of a year lists one cycle, and its months separately.
    Annual,
}

/// The account's subscription.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Billing {
    /// The name of the plan.
    pub plan_name: String,
    /// The length of its cycles.
    pub cycle: BillingCycle,
    /// The first day of the first cycle. Defaults to 2024-01-01.
    #[serde(default = "first_day")]
    pub started_on: NaiveDate,
    /// The day after the last day. From then on no subscription is active. Defaults to no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_on: Option<NaiveDate>,
    /// The limit of each metric per cycle, by the metric's name. Defaults to 225 credits.
    #[serde(default = "limits")]
    pub limits: BTreeMap<String, f64>,
}

fn first_day() -> NaiveDate {
    beginning().date_naive()
}

fn limits() -> BTreeMap<String, f64> {
    BTreeMap::from([("credit".to_owned(), 225.0)])
}

impl Billing {
    /// Creates a subscription that began on 2024-01-01 and has not ended.
    pub fn new(plan_name: impl Into<String>, cycle: BillingCycle) -> Self {
        Self {
            plan_name: plan_name.into(),
            cycle,
            started_on: first_day(),
            ended_on: None,
            limits: limits(),
        }
    }
}
