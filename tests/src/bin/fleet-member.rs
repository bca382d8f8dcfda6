//! One of several processes that share a rate limit over Redis: sends so many calls at the same time.

use std::error::Error;
use std::time::Duration;

use account_provisioning::RetryPolicy;
use account_provisioning::cloudinary::Client;
use account_provisioning::limit::RedisLimiter;
use futures::future::try_join_all;
use integration_tests::state;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [redis, base_url, account, limit, window, calls] = &arguments[..] else {
        return Err("usage: fleet-member REDIS BASE_URL ACCOUNT_URL LIMIT WINDOW_MS CALLS".into());
    };
    let window = Duration::from_millis(window.parse()?);
    let limiter = RedisLimiter::connect(redis, "fleet", limit.parse()?, window).await?;
    let client = Client::builder()
        .account_url(account.as_str())
        .base_url(base_url)
        .retry(RetryPolicy::never())
        .limiter(limiter)
        .build()?;
    let calls = (0..calls.parse::<usize>()?).map(|_| client.users().get(state::user_id(0)).into_future());
    try_join_all(calls).await?;
    Ok(())
}
