//! What an account has used of its plans.

use super::PlanUsage;
use super::requests::GetBillingUsage;
use crate::call::{Call, Operation};

impl Operation for GetBillingUsage {
    type Output = Vec<PlanUsage>;
}

/// Options of [`Client::billing_usage`](super::Client::billing_usage).
impl<M> Call<GetBillingUsage, M> {
    /// Sets the year in which the cycles began: the one annual cycle, or all monthly ones. Defaults to the year in which
    /// the active subscription's current period began.
    pub fn year(self, year: i32) -> Self {
        self.with(|get| get.year = Some(year))
    }

    /// Says whether the usage of each product environment is included too (`include_prodenv_breakdown`). Defaults to the
    /// vendor's default, false.
    #[doc(alias = "include_prodenv_breakdown")]
    pub fn include_product_environments(self, include: bool) -> Self {
        self.with(|get| get.include_prodenv_breakdown = Some(include))
    }
}
