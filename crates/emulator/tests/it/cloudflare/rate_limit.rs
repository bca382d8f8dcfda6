use std::time::Duration;

use account_provisioning_emulator::RateLimit;
use reqwest::{Method, Response};

use super::{Desk, failure, setting};
use crate::client::read;

async fn send(desk: &Desk, token: &str) -> Response {
    let request = desk.with_token(token, Method::GET, "/accounts/{account}");
    request.send().await.unwrap()
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers()[name].to_str().unwrap()
}

#[tokio::test]
async fn rate_past_the_vendors_limit_is_429_with_the_time_to_wait_for_that_token_alone() {
    let desk = Desk::of(setting().rate_limit(RateLimit::cloudflare())).await;
    let (own, of_user) = (desk.account.api_token(), desk.account.user_api_token());
    let first = send(&desk, own).await;
    assert_eq!(header(&first, "ratelimit"), "\"default\";r=1199;t=300");
    assert_eq!(header(&first, "ratelimit-policy"), "\"default\";q=1200;w=300");
    desk.emulator
        .set_rate_limit(Some(RateLimit::new(1, Duration::from_secs(300))));
    desk.emulator.advance(Duration::from_secs(60));
    let past = send(&desk, own).await;
    assert_eq!(
        (header(&past, "retry-after"), header(&past, "ratelimit")),
        ("240", "\"default\";r=0;t=240")
    );
    assert_eq!(failure(&read(past).await), (429, 1015));
    assert_eq!(send(&desk, of_user).await.status(), 200, "tokens are counted apart");
    desk.emulator.advance(Duration::from_secs(240));
    assert_eq!(send(&desk, own).await.status(), 200);
}
