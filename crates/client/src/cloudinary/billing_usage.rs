//! What an account has used of its plans.

use super::PlanUsage;
use super::target::{Target, operation};
use crate::call::Call;

/// Fetches the billing usage; made by [`Client::billing_usage`](super::Client::billing_usage).
#[derive(Debug)]
pub struct GetBillingUsage {
    target: Target,
    year: Option<i32>,
    include_product_environments: Option<bool>,
}
operation!(GetBillingUsage -> Vec<PlanUsage>, |call, low, account| {
    low.get_billing_usage(account, call.include_product_environments, call.year)
});

impl GetBillingUsage {
    pub(super) fn new(target: Target) -> Self {
        Self {
            target,
            year: None,
            include_product_environments: None,
        }
    }
}

impl Call<GetBillingUsage> {
    /// Sets the year in which the cycles began: the one annual cycle, or all monthly ones. Defaults to the year in which
    /// the active subscription's current period began.
    pub fn year(self, year: i32) -> Self {
        self.with(|get| get.year = Some(year))
    }

    /// Says whether the usage of each product environment is told too (`include_prodenv_breakdown`). Defaults to the
    /// vendor's default, false.
    pub fn include_product_environments(self, include: bool) -> Self {
        self.with(|get| get.include_product_environments = Some(include))
    }
}
