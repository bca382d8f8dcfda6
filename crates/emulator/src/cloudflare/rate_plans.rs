//! The rate plans of the document. Their prices are made up.

use super::state::Frequency;

/// The id of the free plan.
pub(super) const FREE: &str = "free";

/// A rate plan.
#[derive(Clone, Copy, Debug)]
pub(super) struct RatePlan {
    pub(super) id: &'static str,
    pub(super) public_name: &'static str,
    dollars_a_month: u32,
}

const fn plan(id: &'static str, public_name: &'static str, dollars_a_month: u32) -> RatePlan {
    RatePlan {
        id,
        public_name,
        dollars_a_month,
    }
}

const PLANS: &[RatePlan] = &[
    plan(FREE, "Free Plan", 0),
    plan("lite", "Lite Plan", 5),
    plan("pro", "Pro Plan", 20),
    plan("pro_plus", "Pro Plus Plan", 40),
    plan("business", "Business Plan", 200),
    plan("enterprise", "Enterprise Plan", 5000),
    plan("partners_free", "Partners Free Plan", 0),
    plan("partners_pro", "Partners Pro Plan", 18),
    plan("partners_business", "Partners Business Plan", 180),
    plan("partners_enterprise", "Partners Enterprise Plan", 4500),
];

impl RatePlan {
    pub(super) fn find(id: &str) -> Option<&'static Self> {
        PLANS.iter().find(|plan| plan.id == id)
    }

    /// Returns the price of one period in US dollars. A week costs a quarter of a month.
    pub(super) fn price(self, frequency: Frequency) -> f64 {
        let month = f64::from(self.dollars_a_month);
        match frequency {
            Frequency::Weekly => month / 4.0,
            frequency => month * f64::from(frequency.months()),
        }
    }
}
