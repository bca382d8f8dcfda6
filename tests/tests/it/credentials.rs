//! Credentials that a provider gives: fetched once, again after a refusal and before they expire.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::time::Duration;

use account_provisioning::auth::{Credentials, Provided};
use account_provisioning::cloudinary::{Client, ClientBuilder};
use account_provisioning::time::{Clock as _, FixedJitter, ManualTime};
use account_provisioning::{ErrorKind, Secret, cloudflare, cloudspot};
use account_provisioning_emulator::{Emulator, Fault};
use chrono::TimeDelta;
use integration_tests::state;

/// An emulator, and a builder without credentials.
async fn stage() -> (Emulator, ClientBuilder, ManualTime) {
    let emulator = state::with_users(1).start().await.unwrap();
    let time = ManualTime::default();
    let builder = Client::builder()
        .account_id(emulator.cloudinary().account_id().to_owned())
        .base_url(emulator.cloudinary().base_url())
        .clock(time.clone())
        .sleep(time.clone())
        .jitter(FixedJitter(0.5));
    (emulator, builder, time)
}

fn of(emulator: &Emulator) -> Credentials {
    let cloudinary = emulator.cloudinary();
    let secret = Secret::from(cloudinary.api_secret().to_owned());
    Credentials::basic(cloudinary.api_key().to_owned(), secret).unwrap()
}

/// A client whose credentials are valid for a minute, its clock, and how often they were fetched. After so many times, the
/// vault is sealed.
async fn with_a_vault(times: u32) -> (Emulator, Client, ManualTime, Arc<AtomicU32>) {
    let (emulator, builder, time) = stage().await;
    let count = Arc::new(AtomicU32::new(0));
    let (right, fetched, clock) = (of(&emulator), Arc::clone(&count), time.clone());
    let client = builder
        .credentials_from(move || {
            let is_open = fetched.fetch_add(1, Ordering::SeqCst) < times;
            let provided = Provided::new(right.clone()).until(clock.now() + TimeDelta::seconds(60));
            async move { is_open.then_some(provided).ok_or_else(|| "the vault is sealed".into()) }
        })
        .build()
        .unwrap();
    (emulator, client, time, count)
}

fn wrong() -> Credentials {
    Credentials::basic("key", Secret::from("wrong-secret")).unwrap()
}

#[tokio::test]
async fn credentials_are_fetched_once_for_many_calls_and_never_for_none() {
    let (emulator, builder, _) = stage().await;
    let count = Arc::new(AtomicUsize::new(0));
    let (right, fetched) = (of(&emulator), Arc::clone(&count));
    let client = builder
        .credentials_from(move || {
            fetched.fetch_add(1, Ordering::SeqCst);
            let right = right.clone();
            async move { Ok(right.into()) }
        })
        .build()
        .unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 0);
    client.users().get("..").await.unwrap_err();
    assert_eq!(count.load(Ordering::SeqCst), 0, "nothing is sent");
    let calls = (0..10).map(|_| client.users().get(state::user_id(0)).into_future());
    futures::future::try_join_all(calls).await.unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn refused_credentials_are_fetched_anew_and_the_call_is_sent_again_even_a_creation() {
    let (emulator, builder, time) = stage().await;
    let count = Arc::new(AtomicUsize::new(0));
    let (right, fetched) = (of(&emulator), Arc::clone(&count));
    let client = builder
        .credentials_from(move || {
            let first = fetched.fetch_add(1, Ordering::SeqCst) == 0;
            let right = right.clone();
            async move { Ok(Provided::from(if first { wrong() } else { right })) }
        })
        .build()
        .unwrap();
    let reply = client
        .users()
        .create("Ann", "ann@client.example")
        .response()
        .await
        .unwrap();
    let statuses: Vec<_> = reply
        .attempts()
        .iter()
        .map(|attempt| attempt.status.map(|status| status.as_u16()))
        .collect();
    assert_eq!(statuses, [Some(401), Some(200)]);
    assert_eq!((count.load(Ordering::SeqCst), time.sleeps().len()), (2, 0));
    client.users().get(&reply.id).await.unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn credentials_that_stay_refused_are_an_error_after_one_more_look() {
    let (emulator, builder, _) = stage().await;
    let count = Arc::new(AtomicUsize::new(0));
    let fetched = Arc::clone(&count);
    let client = builder
        .credentials_from(move || {
            fetched.fetch_add(1, Ordering::SeqCst);
            async { Ok(wrong().into()) }
        })
        .build()
        .unwrap();
    let error = client.users().get(state::user_id(0)).await.unwrap_err();
    assert!(error.is_auth() && error.attempts().count() == 1, "{error:?}");
    assert_eq!((count.load(Ordering::SeqCst), emulator.requests().len()), (2, 1));
    assert!(!format!("{client:?}{error:?}{error}").contains("wrong-secret"));
}

#[tokio::test]
async fn credentials_are_fetched_anew_shortly_before_they_expire() {
    let (_emulator, client, time, count) = with_a_vault(u32::MAX).await;
    for (step, fetches) in [(0, 1), (45, 1), (10, 2)] {
        time.advance(Duration::from_secs(step));
        client.users().get(state::user_id(0)).await.unwrap();
        assert_eq!(count.load(Ordering::SeqCst), fetches, "after {step} s");
    }
}

#[tokio::test]
async fn provider_without_credentials_fails_the_call_unsent_and_is_asked_again() {
    let (emulator, builder, _) = stage().await;
    let (right, count) = (of(&emulator), AtomicUsize::new(0));
    let client = builder
        .credentials_from(move || {
            let sealed = count.fetch_add(1, Ordering::SeqCst) == 0;
            let right = right.clone();
            async move {
                match sealed {
                    true => Err("the vault is sealed".into()),
                    false => Ok(right.into()),
                }
            }
        })
        .build()
        .unwrap();
    let error = client.users().create("Ann", "ann@client.example").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts().count()), (ErrorKind::Credentials, 0));
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(cause, "the vault is sealed");
    assert!(
        !error.to_string().contains(&cause) && !error.is_outcome_unknown(),
        "{error}"
    );
    assert!(emulator.requests().is_empty());
    client.users().create("Ann", "ann@client.example").await.unwrap();
}

#[tokio::test]
async fn secrets_of_a_provider_that_a_server_repeats_are_redacted() {
    let (emulator, builder, _) = stage().await;
    let (right, secret) = (of(&emulator), emulator.cloudinary().api_secret().to_owned());
    let client = builder
        .credentials_from(move || {
            let right = right.clone();
            async move { Ok(right.into()) }
        })
        .build()
        .unwrap();
    let body = format!(r#"{{"error":{{"message":"bad secret {secret}"}}}}"#);
    emulator.inject(Fault::body_replaced(400, "application/json", body));
    let error = client.users().get(state::user_id(0)).await.unwrap_err();
    assert!(
        error.to_string().contains("[redacted]") && !format!("{error:?}{error}").contains(&secret),
        "{error}"
    );
}

#[test]
fn provider_beside_fixed_credentials_is_refused() {
    let none = || async { Err("none".into()) };
    let problem = Client::builder()
        .account_id("a")
        .api_key("k")
        .credentials_from(none)
        .build()
        .unwrap_err();
    assert!(
        problem.is_configuration() && problem.to_string().contains("`api_key`"),
        "{problem}"
    );
    let problem = Client::builder().credentials_from(none).build().unwrap_err();
    assert!(
        problem.to_string().contains("no account id: call `account_id`"),
        "{problem}"
    );
    let problem = cloudflare::Client::builder()
        .api_token("t")
        .credentials_from(none)
        .build()
        .unwrap_err();
    assert!(problem.to_string().contains("`api_token`"), "{problem}");
    let problem = cloudspot::Client::builder("app")
        .credentials_from(none)
        .build()
        .unwrap_err();
    assert!(problem.to_string().contains("login"), "{problem}");
}

#[tokio::test]
async fn vault_that_is_down_for_a_moment_costs_nothing_until_the_credentials_expire() {
    let (emulator, client, time, count) = with_a_vault(1).await;
    client.users().get(state::user_id(0)).await.unwrap();
    time.advance(Duration::from_secs(55));
    client.users().get(state::user_id(0)).await.unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 2, "they were to be fetched anew");
    emulator.inject(Fault::status(503).header("retry-after", "10").times(1));
    let error = client.users().get(state::user_id(0)).await.unwrap_err();
    assert!(error.is_server() && error.attempts().count() == 1, "{error}");
    assert!(error.to_string().contains("not retried: the provider"), "{error}");
    let error = client.users().get(state::user_id(0)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials, "{error}");
}

#[tokio::test]
async fn credentials_that_expire_in_the_wait_before_a_retry_are_fetched_anew() {
    let (emulator, client, _, count) = with_a_vault(u32::MAX).await;
    emulator.inject(Fault::status(503).header("retry-after", "60").times(1));
    client.users().get(state::user_id(0)).await.unwrap();
    assert_eq!((count.load(Ordering::SeqCst), emulator.requests().len()), (2, 2));
}
