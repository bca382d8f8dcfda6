//! Subscriptions to rate plans.

use chrono::{DateTime, Months, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::defaults::beginning;
use crate::table::Row;

/// A subscription of an account to a rate plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Subscription {
    /// The id, unique within the account.
    pub id: String,
    /// The id of the rate plan, such as `pro`.
    pub rate_plan: String,
    /// The scope that the plan applies to. Defaults to `account`.
    #[serde(default = "account")]
    pub scope: String,
    /// The sets that the plan applies to. Defaults to none.
    #[serde(default)]
    pub sets: Vec<String>,
    /// Whether the plan is managed elsewhere. Defaults to false.
    #[serde(default)]
    pub externally_managed: bool,
    /// Whether the plan is part of a contract. Defaults to false.
    #[serde(default)]
    pub is_contract: bool,
    /// How often it is renewed. Defaults to `monthly`.
    #[serde(default)]
    pub frequency: Frequency,
    /// The state. Defaults to `Paid`.
    #[serde(default)]
    pub state: SubscriptionState,
    /// The currency. Defaults to `USD`.
    #[serde(default = "usd")]
    pub currency: String,
    /// When the current period began. Defaults to 2024-01-01T00:00:00Z.
    #[serde(default = "beginning")]
    pub current_period_start: DateTime<Utc>,
    /// The cheaper plan that the subscription changes to. Defaults to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending_downgrade: Option<PendingDowngrade>,
}

/// A change of a subscription to a cheaper plan, which takes effect later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PendingDowngrade {
    /// The id of the rate plan.
    pub rate_plan: String,
    /// How often the subscription is renewed then. Defaults to `monthly`.
    #[serde(default)]
    pub frequency: Frequency,
    /// When it takes effect: with the first request from this time on.
    pub effective_on: DateTime<Utc>,
}

impl PendingDowngrade {
    /// Creates a change to a plan.
    pub fn new(rate_plan: impl Into<String>, frequency: Frequency, effective_on: DateTime<Utc>) -> Self {
        Self {
            rate_plan: rate_plan.into(),
            frequency,
            effective_on,
        }
    }
}

fn account() -> String {
    "account".to_owned()
}

fn usd() -> String {
    "USD".to_owned()
}

impl Subscription {
    /// Creates a paid subscription.
    pub fn new(id: impl Into<String>, rate_plan: impl Into<String>, frequency: Frequency) -> Self {
        Self {
            id: id.into(),
            rate_plan: rate_plan.into(),
            scope: account(),
            sets: Vec::new(),
            externally_managed: false,
            is_contract: false,
            frequency,
            state: SubscriptionState::Paid,
            currency: usd(),
            current_period_start: beginning(),
            pending_downgrade: None,
        }
    }

    /// Returns the end of the current period.
    pub fn current_period_end(&self) -> DateTime<Utc> {
        let start = self.current_period_start;
        let end = match self.frequency {
            Frequency::Weekly => start.checked_add_signed(TimeDelta::days(7)),
            frequency => start.checked_add_months(Months::new(frequency.months())),
        };
        end.unwrap_or(DateTime::<Utc>::MAX_UTC)
    }
}

impl Row for Subscription {
    const KEY: &'static str = "id";

    fn key(&self) -> &str {
        &self.id
    }
}

/// How often a subscription is renewed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Frequency {
    /// Weekly.
    Weekly,
    /// Monthly.
    #[default]
    Monthly,
    /// Every three months.
    Quarterly,
    /// Yearly.
    Yearly,
}

impl Frequency {
    /// Returns the length of a period in months; 0 for a week.
    pub(crate) fn months(self) -> u32 {
        match self {
            Self::Weekly => 0,
            Self::Monthly => 1,
            Self::Quarterly => 3,
            Self::Yearly => 12,
        }
    }
}

/// The state of a subscription.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum SubscriptionState {
    /// On trial.
    Trial,
    /// Set up.
    Provisioned,
    /// Paid.
    #[default]
    Paid,
    /// Waiting for a payment.
    AwaitingPayment,
    /// Cancelled.
    Cancelled,
    /// Failed.
    Failed,
    /// Expired.
    Expired,
}
