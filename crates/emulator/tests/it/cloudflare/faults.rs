//! Faults on this API, and the headers of its responses.

use account_provisioning_emulator::Fault;
use reqwest::Method;
use serde_json::json;

use super::{Desk, failure, success};

const ACCOUNT: &str = "/accounts/{account}";

#[tokio::test]
async fn status_injected_has_the_vendors_form_and_strikes_its_operation_alone() {
    let desk = Desk::start().await;
    desk.emulator.inject(Fault::status(503).on("getAccount").nth(1));
    success(desk.get("/accounts/{account}/roles").await);
    assert_eq!(failure(&desk.get(ACCOUNT).await), (503, 1503));
    success(desk.get(ACCOUNT).await);
}

#[tokio::test]
async fn answer_lost_after_the_change_leaves_the_change_made() {
    let desk = Desk::start().await;
    desk.emulator.inject(Fault::reset_after().on("createToken").nth(1));
    let body = json!({ "name": "lost", "policies": [desk.policy(&["Billing Read"])] });
    let request = desk.with_token(desk.account.api_token(), Method::POST, "/accounts/{account}/tokens");
    assert!(request.json(&body).send().await.is_err());
    let lost = desk.emulator.requests().pop().unwrap();
    assert!(lost.applied && lost.status == 0);
    assert_eq!(
        desk.see("/accounts/{account}/tokens").await["result_info"]["total_count"],
        2
    );
}

#[tokio::test]
async fn answers_carry_a_ray_of_their_own() {
    let desk = Desk::start().await;
    let mut rays = Vec::new();
    for path in [ACCOUNT, "/accounts/nowhere"] {
        let request = desk.with_token(desk.account.api_token(), Method::GET, path);
        let response = request.send().await.unwrap();
        assert!(response.headers().get("x-request-id").is_none());
        rays.push(response.headers()["cf-ray"].to_str().unwrap().to_owned());
    }
    assert!(rays.iter().all(|ray| ray.len() == 20) && rays[0] != rays[1], "{rays:?}");
}
