//! Billing usage.

use account_provisioning::cloudinary::{BillingCycle, PlanUsage};
use account_provisioning_emulator::cloudinary::{Billing, BillingCycle as Cycle};
use chrono::{Datelike as _, NaiveDate};
use integration_tests::{Stage, world};

use super::stage;

/// The cycles of a plan's only metric.
fn cycles(plans: &[PlanUsage]) -> &[BillingCycle] {
    assert_eq!((plans.len(), plans[0].plan_name.as_deref()), (1, Some("Plus")));
    let metric = &plans[0].metric_usage[0];
    assert_eq!((metric.metric.as_deref(), metric.limit), (Some("credit"), Some(225.0)));
    &metric.cycles
}

fn day(text: &str) -> Option<NaiveDate> {
    Some(text.parse().unwrap())
}

#[tokio::test]
async fn billing_usage_of_a_year_tells_its_cycles() {
    let stage = stage().await;
    let now = stage.client.billing_usage().await.unwrap();
    let [january] = cycles(&now) else {
        panic!("only January 2026 has begun: {now:?}")
    };
    assert_eq!(
        (january.from_day, january.to_day),
        (day("2026-01-01"), day("2026-01-31"))
    );
    let past = stage.client.billing_usage().year(2025).await.unwrap();
    assert_eq!(cycles(&past).len(), 12);
    for (number, cycle) in cycles(&past).iter().enumerate() {
        let from = cycle.from_day.unwrap();
        assert_eq!((from.year(), from.month0() as usize, from.day()), (2025, number, 1));
        assert!(cycle.breakdown.is_some() && cycle.usage.is_some_and(|usage| usage > 0.0));
        assert!(cycle.product_environment_breakdown.is_empty());
    }
    assert!(stage.client.billing_usage().year(2023).await.unwrap().is_empty());
    let again = stage.client.billing_usage().year(2025).await.unwrap();
    assert_eq!(format!("{again:?}"), format!("{past:?}"));
}

#[tokio::test]
async fn billing_usage_by_environment_adds_up_to_the_usage() {
    let stage = stage().await;
    let plans = stage
        .client
        .billing_usage()
        .year(2025)
        .include_product_environments(true)
        .await
        .unwrap();
    for cycle in cycles(&plans) {
        let clouds: Vec<&str> = cycle
            .product_environment_breakdown
            .iter()
            .filter_map(|environment| environment.cloud_name.as_deref())
            .collect();
        assert_eq!(clouds, ["first_cloud", "second_cloud"]);
        let stored: f64 = cycle
            .product_environment_breakdown
            .iter()
            .filter_map(|part| part.storage_image)
            .sum();
        let whole = cycle.breakdown.as_ref().unwrap().storage_image.unwrap();
        assert!((stored - whole).abs() < 1e-6, "{stored} {whole}");
    }
    let plans = stage
        .client
        .billing_usage()
        .year(2025)
        .include_product_environments(false)
        .await
        .unwrap();
    assert!(
        cycles(&plans)
            .iter()
            .all(|cycle| cycle.product_environment_breakdown.is_empty())
    );
}

#[tokio::test]
async fn billing_usage_of_an_annual_plan_tells_its_months_too() {
    let mut account = world::account();
    account.billing = Some(Billing::new("Plus", Cycle::Annual));
    let stage = Stage::with(world::emulator([account]), |client| client).await;
    let plans = stage.client.billing_usage().year(2025).await.unwrap();
    let [year] = cycles(&plans) else {
        panic!("a year is one cycle: {plans:?}")
    };
    assert_eq!((year.from_day, year.to_day), (day("2025-01-01"), day("2025-12-31")));
    assert_eq!(plans[0].metric_usage[0].monthly_cycles.len(), 12);
}

#[tokio::test]
async fn billing_usage_without_a_subscription_is_empty() {
    let mut account = world::account();
    account.billing = None;
    let stage = Stage::with(world::emulator([account]), |client| client).await;
    assert!(stage.client.billing_usage().await.unwrap().is_empty());
}
