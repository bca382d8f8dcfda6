//! Reads a long list, and prints the memory of the process after each 10,000 items.
#![allow(clippy::print_stdout, reason = "the figures are what the program prints")]

use std::fs;

use bench::canned::Canned;
use bench::replies::account_with_members;
use bench::sdk;
use clap::Parser;
use futures::TryStreamExt as _;
use serde_json::{Value, json};

/// Reads a list of members as a stream.
#[derive(Debug, Parser)]
struct Arguments {
    /// How many members the list has.
    members: usize,
}

const STEP: u64 = 10_000;

/// A line of `/proc/self/status`, in bytes.
fn memory(name: &str) -> bench::Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let kibibytes = line
        .and_then(|line| line.split_whitespace().next())
        .ok_or("the system does not tell")?;
    Ok(kibibytes.parse::<u64>()? * 1024)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> bench::Result<()> {
    let Arguments { members } = Arguments::parse();
    let server = Canned::start(0)?;
    let client = sdk::cloudflare(server.url())?;
    let mut stream = client.account(account_with_members(members)).members().list().stream();
    let (mut items, mut readings) = (0, Vec::new());
    while stream.try_next().await?.is_some() {
        items += 1;
        if items % STEP == 0 {
            readings.push(json!({ "items": items, "resident": memory("VmRSS")?, "largest": memory("VmHWM")? }));
        }
    }
    println!("{}", Value::from(readings));
    Ok(())
}
