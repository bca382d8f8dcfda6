//! Follows an audit log, stops, and resumes from the checkpoint without missing or repeating an entry, over real HTTP.
//!
//! `cargo run --example audit_follow` starts an emulator of the service inside this process and works against that.
#![allow(clippy::print_stdout, reason = "an example tells what it does")]

use std::error::Error;
use std::time::Duration;

use account_provisioning::cloudflare::{
    AccountHandle, AuditActionType, AuditCheckpoint, AuditLog, Client, FollowAuditLogs, MemberAccess,
};
use account_provisioning_emulator::Emulator;
use chrono::{TimeDelta, Utc};
use futures::TryStreamExt as _;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::start().await?;
    // In a program: `Client::from_env()?`, with CLOUDFLARE_API_TOKEN set.
    let cloudflare = Client::builder()
        .base_url(emulator.cloudflare().base_url())
        .api_token(emulator.cloudflare().api_token())
        .build()?;
    let account = cloudflare.account(emulator.cloudflare().account_id());

    println!("Something happens in the account");
    invite(&account, &["ann", "bob", "cy"]).await?;

    println!("\nThe log is followed for two entries, and the process ends");
    let mut entries = changes(&account);
    for _ in 0..2 {
        if let Some(entry) = entries.try_next().await? {
            show(&entry);
        }
    }
    let stored = serde_json::to_string(&entries.checkpoint())?;
    drop(entries);
    println!("  stored: a checkpoint of {} bytes", stored.len());

    println!("\nMeanwhile, more happens");
    invite(&account, &["dee"]).await?;

    println!("\nAnother process goes on from the checkpoint");
    let mut entries = changes(&account).every(Duration::from_secs(1));
    if let Some(checkpoint) = serde_json::from_str::<Option<AuditCheckpoint>>(&stored)? {
        entries = entries.resume(checkpoint);
    }
    for _ in 0..2 {
        if let Some(entry) = entries.try_next().await? {
            show(&entry);
        }
    }

    println!("\nIt waits, and sees what happens next");
    let (next, invited) = tokio::join!(entries.try_next(), invite(&account, &["eve"]));
    invited?;
    if let Some(entry) = next? {
        show(&entry);
    }
    let read = entries.checkpoint().map_or(0, |checkpoint| checkpoint.read());
    println!("\nDone: {read} entries, each of them once.");
    Ok(())
}

/// What was changed in the last hour, and what will be.
fn changes(account: &AccountHandle) -> FollowAuditLogs {
    let since = Utc::now() - TimeDelta::hours(1);
    let list = account.audit_logs().list().since(since);
    list.not_action_type([AuditActionType::View]).follow()
}

async fn invite(account: &AccountHandle, names: &[&str]) -> Result<(), account_provisioning::Error> {
    let roles = account.roles().list().page_size(5).await?;
    for name in names {
        let access = MemberAccess::roles(roles.items.iter().take(1))?;
        let member = account.members().add(format!("{name}@client.example"), access).await?;
        println!("  invited {}", member.email.unwrap_or(member.id));
    }
    Ok(())
}

fn show(entry: &AuditLog) {
    let action = entry.action.as_ref().and_then(|action| action.type_.as_deref());
    let uri = entry.raw.as_ref().and_then(|raw| raw.uri.as_deref());
    println!("  {}: {} {}", entry.id, action.unwrap_or("?"), uri.unwrap_or("?"));
}
