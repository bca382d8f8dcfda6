//! The memory of long lists: a binary of its own, since it counts every live byte of the process.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a failed step is a failed test")]

use std::collections::HashSet;
use std::time::Duration;

use chrono::TimeDelta;
use futures::TryStreamExt as _;
use integration_tests::cloudflare::Stage;
use integration_tests::cloudflare::world::{self, noon};
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

/// How many entries a long log has.
const MANY: u64 = 100_000;
/// How much more a log that is ten times as long may take, in bytes: a fiftieth of what its entries would.
const SLACK: usize = 3 * 1024 * 1024;

/// How much a piece of work adds to the live bytes at its highest, in bytes.
async fn peak_of<T>(work: impl Future<Output = T>) -> (T, usize) {
    let before = ALLOCATED.current_usage();
    ALLOCATED.reset_peak_usage();
    let outcome = work.await;
    (outcome, ALLOCATED.peak_usage().saturating_sub(before))
}

/// A stage with a log of so many entries, one a second until noon.
async fn stage(count: u64) -> Stage {
    let since = noon() - TimeDelta::seconds(i64::try_from(count).unwrap());
    let log = world::with_audit_log(count, 1, since);
    Stage::with(log, |client| client.timeouts(patient())).await
}

/// Limits that a slow machine keeps.
fn patient() -> account_provisioning::Timeouts {
    let minutes = Duration::from_secs(600);
    account_provisioning::Timeouts::default()
        .with_attempt(minutes)
        .with_call(minutes)
}

/// Counts the entries of a log as a stream.
async fn streamed(stage: &Stage, count: u64) -> u64 {
    let since = noon() - TimeDelta::days(30);
    let mut entries = stage.account().audit_logs().list(since).before(noon()).stream();
    let (mut read, mut sum) = (0, 0);
    while let Some(entry) = entries.try_next().await.unwrap() {
        let number: u64 = entry.id.trim_start_matches("synthetic-").parse().unwrap();
        read += 1;
        sum += number;
    }
    assert_eq!(sum, count * (count - 1) / 2, "each entry came once");
    read
}

async fn followed(stage: &Stage) -> u64 {
    let since = noon() - TimeDelta::days(30);
    let list = stage.account().audit_logs().list(since);
    let mut entries = list.follow().overlap(Duration::from_secs(60)).until_now();
    let mut read = 0;
    while entries.try_next().await.unwrap().is_some() {
        read += 1;
    }
    read
}

#[tokio::test]
async fn audit_log_of_100_000_entries_is_read_in_memory_that_does_not_grow_with_their_number() {
    let few = MANY / 10;
    let (short, long) = (stage(few).await, stage(MANY).await);
    // What is made once, such as connections, is made before anything is counted.
    let warm = stage(1000).await;
    assert_eq!((streamed(&warm, 1000).await, followed(&warm).await), (1000, 1000));

    let (read, low) = peak_of(streamed(&short, few)).await;
    assert_eq!(read, few);
    let (read, high) = peak_of(streamed(&long, MANY)).await;
    assert_eq!(read, MANY);
    println!("streamed: {low} bytes at the peak for {few} entries, {high} for {MANY}");
    assert!(
        high < low + SLACK,
        "ten times the entries took {high} bytes instead of {low}"
    );

    let (read, low) = peak_of(followed(&short)).await;
    assert_eq!(read, few);
    let more = 3 * few;
    let longer = stage(more).await;
    let (read, high) = peak_of(followed(&longer)).await;
    assert_eq!(read, more);
    println!("followed: {low} bytes at the peak for {few} entries, {high} for {more}");
    assert!(
        high < low + SLACK,
        "three times the entries took {high} bytes instead of {low}"
    );

    // The measure sees what it is to see: kept in memory, a tenth of the entries is past the limit already.
    let since = noon() - TimeDelta::days(30);
    let collected = short.account().audit_logs().list(since).before(noon()).collect();
    let (kept, whole) = peak_of(collected).await;
    let ids: HashSet<String> = kept.unwrap().into_iter().map(|entry| entry.id).collect();
    assert_eq!(ids.len() as u64, few);
    println!("collected: {whole} bytes at the peak for {few} entries");
    assert!(
        whole > high + SLACK,
        "{few} entries that are kept take {whole} bytes only"
    );
}
