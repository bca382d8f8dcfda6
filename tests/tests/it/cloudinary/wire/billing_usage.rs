//! Billing usage on the wire.

use integration_tests::wire::Wire;

pub(super) async fn get(wire: &Wire) {
    let client = wire.client();
    for (call, query) in [
        (client.billing_usage(), ""),
        (client.billing_usage().year(2025), "?year=2025"),
        (
            client.billing_usage().include_product_environments(true),
            "?include_prodenv_breakdown=true",
        ),
        (
            client.billing_usage().include_product_environments(false),
            "?include_prodenv_breakdown=false",
        ),
        (
            client.billing_usage().year(2024).include_product_environments(true),
            "?include_prodenv_breakdown=true&year=2024",
        ),
    ] {
        call.await.unwrap();
        wire.sent("GET", &format!("/billing_usage{query}"));
    }
}
