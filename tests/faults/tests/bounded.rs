//! A bounded campaign, for every change of the workspace: `cargo xtask faults` runs a longer one.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use fault_campaign::campaign;

#[tokio::test(flavor = "multi_thread")]
async fn campaign_of_a_few_hundred_runs_finds_no_violation_and_meets_every_kind_of_fault() {
    let report = campaign(1, 400).await;
    assert!(report.is_clean(), "{report}");
    // A fault that never strikes proves nothing.
    let kinds = report.tally().faults.len();
    assert!(kinds >= 27, "{kinds} kinds of faults\n{report}");
    assert!(report.tally().forms.len() >= 17, "{report}");
}

#[tokio::test(flavor = "multi_thread")]
async fn run_with_the_same_seed_is_the_same() {
    let (first, second) = (campaign(77, 8).await, campaign(77, 8).await);
    assert_eq!(first.transcripts(), second.transcripts());
    let alone = campaign(80, 1).await;
    assert!(first.transcripts().contains(&alone.transcripts()));
}
