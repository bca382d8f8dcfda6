//! Subscriptions.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::defaults::beginning;

/// How long a billing cycle lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum BillingCycle {
    /// A cycle of a month; the usage of a year lists its months as cycles.
    Monthly,
    /// A cycle of a year; its usage lists one cycle, and its months beside it.
    Annual,
}

/// The account's subscription.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Billing {
    /// The plan's name.
    pub plan_name: String,
    /// How long its cycles are.
    pub cycle: BillingCycle,
    /// The first day of the first cycle. Defaults to 2024-01-01.
    #[serde(default = "first_day")]
    pub started_on: NaiveDate,
    /// The day after the last one; from then on no subscription is active. Defaults to never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_on: Option<NaiveDate>,
    /// What each metric may use in a cycle, by the metric's name. Defaults to 225 credits.
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
    /// Makes a subscription that began on 2024-01-01 and has not ended.
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
