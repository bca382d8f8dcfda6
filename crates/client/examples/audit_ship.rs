//! Ships the audit log of a Cloudflare account to a file, one JSON object a line, with every field that the service sends.
//! Each entry is written at least once: a run that was killed is continued from a checkpoint.
//!
//! `cargo run --example audit_ship -- --account-id ID --directory DIR` follows the log of an account with the credentials of the
//! environment (`CLOUDFLARE_API_TOKEN`). Without arguments, an emulator is started in this process, and its log is shipped.
#![allow(
    clippy::print_stdout,
    unreachable_pub,
    reason = "an example prints what it does, and has modules for the reader"
)]

#[path = "shared/files.rs"]
mod files;

use std::collections::BTreeSet;
use std::error::Error;
use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use account_provisioning::cloudflare::{AccountHandle, AuditCheckpoint, Client, FollowAuditLogs, MemberAccess};
use account_provisioning_emulator::Emulator;
use chrono::{TimeDelta, Utc};
use clap::Parser;
use futures::StreamExt as _;
use serde_json::Value;

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// Ships an audit log to a file.
#[derive(Parser)]
struct Arguments {
    /// The account whose log is followed.
    #[arg(long, requires = "directory")]
    account_id: Option<String>,
    /// Where the entries and the checkpoint are kept.
    #[arg(long, requires = "account_id")]
    directory: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> Outcome {
    let arguments = Arguments::parse();
    let (Some(id), Some(directory)) = (&arguments.account_id, &arguments.directory) else {
        return on_emulator().await;
    };
    let account = Client::from_env()?.account(id);
    ship(follow(&account), directory).await?;
    Ok(())
}

/// The log of the last day, and new entries as they happen.
fn follow(account: &AccountHandle) -> FollowAuditLogs<Value> {
    account
        .audit_logs()
        .list(Utc::now() - TimeDelta::days(1))
        .json()
        .follow()
}

/// Writes entries until the stream ends, and returns how many.
async fn ship(mut entries: FollowAuditLogs<Value>, directory: &Path) -> Outcome<usize> {
    let kept = directory.join("checkpoint.json");
    if let Some(checkpoint) = files::read::<AuditCheckpoint>(&kept)? {
        entries = entries.resume(checkpoint);
    }
    let mut file = BufWriter::new(open(&directory.join("audit.ndjson"))?);
    let mut shipped = 0;
    let mut batches = entries.ready_chunks(500);
    while let Some(batch) = batches.next().await {
        let mut failure = None;
        for entry in batch {
            match entry {
                Ok(entry) => writeln!(file, "{entry}")?,
                Err(problem) => failure = Some(problem),
            }
            shipped += usize::from(failure.is_none());
        }
        // First the entries, then the checkpoint: after a crash in between, they are written twice and not left out.
        file.flush()?;
        file.get_ref().sync_data()?;
        files::write(&kept, &batches.get_ref().checkpoint())?;
        if let Some(problem) = failure {
            return Err(problem.into());
        }
    }
    Ok(shipped)
}

/// Opens the file for more lines. The beginning of a line that a crash cut off is removed: its entry comes again.
fn open(path: &Path) -> Outcome<File> {
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)?;
    let mut whole = file.seek(SeekFrom::End(0))?;
    let mut last = [0];
    while whole > 0 {
        file.seek(SeekFrom::Start(whole - 1))?;
        file.read_exact(&mut last)?;
        if last == *b"\n" {
            break;
        }
        whole -= 1;
    }
    file.set_len(whole)?;
    file.seek(SeekFrom::Start(whole))?;
    Ok(file)
}

async fn on_emulator() -> Outcome {
    let emulator = Emulator::start().await?;
    let cloudflare = Client::builder()
        .base_url(emulator.cloudflare().base_url())
        .api_token(emulator.cloudflare().api_token())
        .build()?;
    let account = cloudflare.account(emulator.cloudflare().account_id());
    let directory = std::env::temp_dir().join(format!("audit-ship-{}", std::process::id()));
    fs::create_dir_all(&directory)?;
    let checkpoint = directory.join("checkpoint.json");

    invite(&account, &["ann", "bob"]).await?;
    println!(
        "First run: {} entries",
        ship(follow(&account).until_now(), &directory).await?
    );
    let before: Option<AuditCheckpoint> = files::read(&checkpoint)?;
    invite(&account, &["cy", "dee"]).await?;
    println!(
        "Second run: {} entries",
        ship(follow(&account).until_now(), &directory).await?
    );

    // As after a crash in the middle of a line, before the checkpoint was written.
    files::write(&checkpoint, &before)?;
    let lines = directory.join("audit.ndjson");
    let text = fs::read_to_string(&lines)?;
    fs::write(&lines, text.trim_end().trim_end_matches('}'))?;
    println!(
        "After a crash: {} entries",
        ship(follow(&account).until_now(), &directory).await?
    );

    let text = fs::read_to_string(&lines)?;
    let entries: Vec<Value> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let distinct: BTreeSet<_> = entries.iter().filter_map(|entry| entry["id"].as_str()).collect();
    println!(
        "\nDone: {} lines with {} entries. The reader drops the ids that it has.",
        entries.len(),
        distinct.len()
    );
    fs::remove_dir_all(&directory)?;
    let all = account
        .audit_logs()
        .list(Utc::now() - TimeDelta::days(1))
        .collect()
        .await?;
    if !all.iter().all(|entry| distinct.contains(entry.id.as_str())) {
        return Err("an entry is missing".into());
    }
    Ok(())
}

async fn invite(account: &AccountHandle, names: &[&str]) -> Outcome {
    let roles = account.roles().list().page_size(5).await?;
    for name in names {
        let access = MemberAccess::roles(roles.items.iter().take(1));
        account.members().add(format!("{name}@client.example"), access).await?;
    }
    Ok(())
}
