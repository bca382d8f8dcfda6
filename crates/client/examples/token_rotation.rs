//! Mints a read-only API token for two permission groups, verifies it, rolls it and revokes it, over real HTTP.
//!
//! `cargo run --example token_rotation` starts an emulator of the service inside this process and works against that.
#![allow(clippy::print_stdout, reason = "an example tells what it does")]

use std::error::Error;

use account_provisioning::cloudflare::{AccountId, Client, PermissionGroupScope, Resources, TokenPolicy};
use account_provisioning::{ReceivedSecret, Result};
use account_provisioning_emulator::Emulator;
use chrono::{TimeDelta, Utc};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::start().await?;
    // In a program: `Client::from_env()?`, with CLOUDFLARE_API_TOKEN set.
    let client = |token: &str| {
        let builder = Client::builder().base_url(emulator.cloudflare().base_url());
        builder.api_token(token).build()
    };
    let account = AccountId::new(emulator.cloudflare().account_id())?;
    let tokens = client(emulator.cloudflare().api_token())?.account(&account).tokens();

    println!("A token that reads two things, and ends in a month");
    let groups = tokens.permission_groups();
    let ambiguous = groups.find("Logs Read", None).await.err();
    println!(
        "  error: {}",
        ambiguous.map(|error| error.to_string()).unwrap_or_default()
    );
    let scope = PermissionGroupScope::ComCloudflareApiAccount;
    let settings = groups.find("Account Settings Read", scope.clone()).await?;
    let logs = groups.find("Logs Read", scope).await?;
    let policy = TokenPolicy::allow()
        .permission_group(&settings)?
        .permission_group(&logs)?
        .resources(Resources::account(&account));
    let minted = tokens
        .create("nightly-report", [policy])
        .expires_on(Utc::now() + TimeDelta::days(30))
        .await?;
    println!("  minted {}, with the value {:?}", minted.id, minted.value);
    let verify = |what: &'static str, value: ReceivedSecret| {
        let client = client(value.expose_secret());
        let account = account.clone();
        async move {
            match client?.account(&account).tokens().verify().await {
                Ok(token) => println!("  {what}: {} is {}", token.id, token.status),
                Err(error) => println!("  {what}: {error}"),
            }
            Ok::<(), account_provisioning::Error>(())
        }
    };
    verify("its value", minted.value.clone()).await?;
    let writing = client(minted.value.expose_secret())?
        .account(&account)
        .members()
        .remove("any")
        .await;
    println!(
        "  it only reads: {}",
        writing.err().map(|error| error.to_string()).unwrap_or_default()
    );

    println!("\nRolled: the token stays, its value changes");
    let rolled = tokens.roll(&minted.id).await?;
    verify("the old value", minted.value.clone()).await?;
    verify("the new value", rolled.clone()).await?;

    println!("\nRevoked");
    tokens.delete(&minted.id).await?;
    verify("the new value", rolled).await?;
    println!("  left: {:?}", tokens.get_opt(&minted.id).await?.map(|token| token.id));
    Ok(())
}
