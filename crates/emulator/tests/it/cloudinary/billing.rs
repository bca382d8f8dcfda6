use account_provisioning_emulator::Emulator;
use account_provisioning_emulator::cloudinary::{Billing, BillingCycle};
use serde_json::{Value, json};

use crate::client::{Bench, message, time};

/// The default account with two environments, under this plan, on 2026-03-10.
async fn with(billing: Option<Billing>) -> Bench {
    let emulator = Emulator::builder()
        .seed(3)
        .clock(time("2026-03-10T12:00:00Z"))
        .start()
        .await
        .unwrap();
    let bench = Bench::of(emulator);
    bench
        .post("/sub_accounts", json!({ "name": "Second", "cloud_name": "second" }))
        .await;
    bench
        .emulator
        .edit_state(|state| {
            state.cloudinary.accounts.get_mut("emulator-account").unwrap().billing = billing;
        })
        .unwrap();
    bench
}

fn days(cycles: &Value) -> Vec<(&str, &str)> {
    let cycles = cycles.as_array().unwrap();
    cycles
        .iter()
        .map(|cycle| (cycle["from_day"].as_str().unwrap(), cycle["to_day"].as_str().unwrap()))
        .collect()
}

#[tokio::test]
async fn usage_of_a_monthly_plan_lists_the_months_that_began_in_the_year() {
    let bench = with(Some(Billing::new("Plus", BillingCycle::Monthly))).await;
    let (status, body) = bench.get("/billing_usage?year=2025").await;
    assert_eq!(status, 200);
    assert_eq!(body[0]["plan_name"], "Plus");
    let usage = &body[0]["metric_usage"][0];
    assert_eq!((&usage["metric"], &usage["limit"]), (&json!("credit"), &json!(225.0)));
    assert_eq!(usage["cycles"].as_array().unwrap().len(), 12);
    assert_eq!(usage.get("monthly_cycles"), None);
    let (_, now) = bench.get("/billing_usage").await;
    let current = [
        ("2026-01-01", "2026-01-31"),
        ("2026-02-01", "2026-02-28"),
        ("2026-03-01", "2026-03-31"),
    ];
    assert_eq!(days(&now[0]["metric_usage"][0]["cycles"]), current);
}

#[tokio::test]
async fn usage_of_an_annual_plan_is_one_cycle_with_its_months() {
    let mut billing = Billing::new("Advanced", BillingCycle::Annual);
    billing.started_on = "2024-07-01".parse().unwrap();
    let bench = with(Some(billing)).await;
    let (_, body) = bench.get("/billing_usage").await;
    let usage = &body[0]["metric_usage"][0];
    assert_eq!(days(&usage["cycles"]), [("2025-07-01", "2026-06-30")]);
    let months = usage["monthly_cycles"].as_array().unwrap();
    assert_eq!(days(&usage["monthly_cycles"])[8], ("2026-03-01", "2026-03-31"));
    assert_eq!(months.len(), 9, "those to come are not there");
    let sum: f64 = months.iter().map(|month| month["usage"].as_f64().unwrap()).sum();
    assert!((usage["cycles"][0]["usage"].as_f64().unwrap() - sum).abs() < 1e-6);
    assert_eq!(bench.get("/billing_usage?year=2025").await.1, body);
    assert_eq!(
        bench.get("/billing_usage?year=2026").await.1,
        json!([]),
        "no cycle began in it"
    );
}

#[tokio::test]
async fn usage_by_environment_adds_up_to_the_usage() {
    let bench = with(Some(Billing::new("Plus", BillingCycle::Monthly))).await;
    let (_, plain) = bench
        .get("/billing_usage?year=2025&include_prodenv_breakdown=false")
        .await;
    assert_eq!(
        plain[0]["metric_usage"][0]["cycles"][0].get("product_environment_breakdown"),
        None
    );
    let (_, body) = bench
        .get("/billing_usage?year=2025&include_prodenv_breakdown=true")
        .await;
    for cycle in body[0]["metric_usage"][0]["cycles"].as_array().unwrap() {
        let breakdown = cycle["breakdown"].as_object().unwrap();
        assert_eq!(breakdown.len(), 10);
        let environments = cycle["product_environment_breakdown"].as_array().unwrap();
        assert_eq!(environments.len(), 2);
        assert_eq!(environments[1]["cloud_name"], "second");
        let mut usage = 0.0;
        for (kind, amount) in breakdown {
            let sum: f64 = environments
                .iter()
                .map(|environment| environment[kind].as_f64().unwrap())
                .sum();
            assert!((sum - amount.as_f64().unwrap()).abs() < 1e-6, "{kind}");
            usage += sum;
        }
        assert!((usage - cycle["usage"].as_f64().unwrap()).abs() < 1e-6);
        assert!(usage > 0.0);
    }
}

#[tokio::test]
async fn usage_is_the_same_whenever_it_is_asked_for() {
    let bench = with(Some(Billing::new("Plus", BillingCycle::Monthly))).await;
    let first = bench.get("/billing_usage?year=2025").await;
    bench.emulator.advance(std::time::Duration::from_secs(86_400 * 40));
    assert_eq!(bench.get("/billing_usage?year=2025").await, first);
}

#[tokio::test]
async fn usage_without_an_active_subscription_is_empty() {
    let bench = with(None).await;
    assert_eq!(bench.get("/billing_usage").await, (200, json!([])));
    let mut ended = Billing::new("Plus", BillingCycle::Monthly);
    ended.ended_on = Some("2025-03-01".parse().unwrap());
    let bench = with(Some(ended)).await;
    assert_eq!(bench.get("/billing_usage").await, (200, json!([])));
    let (_, year) = bench.get("/billing_usage?year=2025").await;
    assert_eq!(
        days(&year[0]["metric_usage"][0]["cycles"]).len(),
        2,
        "what was used stays"
    );
    for year in ["1900", "2031", "99999"] {
        assert_eq!(
            bench.get(&format!("/billing_usage?year={year}")).await,
            (200, json!([]))
        );
    }
}

#[tokio::test]
async fn usage_of_a_year_that_is_no_number_is_400() {
    let bench = with(None).await;
    let (status, body) = bench.get("/billing_usage?year=last").await;
    assert_eq!(status, 400);
    assert!(message(&body).contains("year"), "{body}");
}
