//! Empty pages that lead on: a few change nothing, and those that never end are stopped.

use account_provisioning::cloudflare::requests::ListAuditLogs;
use account_provisioning::{ErrorKind, Pager, PagingStop};
use account_provisioning_emulator::Fault;
use futures::TryStreamExt as _;
use integration_tests::cloudflare::Stage;
use integration_tests::cloudflare::world::{self, noon};
use integration_tests::wording::assert_well_worded;

const SIZE: usize = 7;

fn entries() -> Vec<String> {
    (0..50).map(|n| format!("synthetic-{n}")).collect()
}

async fn stage() -> Stage {
    let since = noon() - chrono::TimeDelta::hours(1);
    Stage::with(world::with_audit_log(50, 3, since), |client| client).await
}

fn log(stage: &Stage) -> Pager<ListAuditLogs> {
    let list = stage.account().audit_logs().list(noon() - chrono::TimeDelta::hours(2));
    list.sort_order("asc").page_size(7).before(noon())
}

#[tokio::test]
async fn list_past_a_few_empty_pages_is_whole() {
    let stage = stage().await;
    stage
        .emulator
        .inject(Fault::empty_page().on("listAuditLogs").from_nth(3).times(99));
    let read: Vec<_> = log(&stage)
        .stream()
        .map_ok(|entry| entry.id)
        .try_collect()
        .await
        .unwrap();
    assert_eq!(read, entries());
}

#[tokio::test]
async fn list_of_empty_pages_without_end_stops_and_says_how_far_it_came() {
    for before in [0, 2] {
        let stage = stage().await;
        stage
            .emulator
            .inject(Fault::empty_page().on("listAuditLogs").from_nth(before + 1));
        let mut items = log(&stage).stream();
        let mut read = Vec::new();
        let error = loop {
            match items.try_next().await {
                Ok(entry) => read.push(entry.expect("the list fails before it ends").id),
                Err(error) => break error,
            }
        };
        let before = usize::try_from(before).unwrap();
        assert_eq!(read, entries()[..before * SIZE]);
        assert_eq!(error.kind(), ErrorKind::Paging, "{error}");
        assert_eq!(error.operation(), Some("listAuditLogs"));
        assert!(error.to_string().contains("100 empty pages in a row"), "{error}");
        assert_well_worded(&error);
        let failure = error.paging().unwrap();
        assert_eq!(
            (failure.stop, failure.read),
            (PagingStop::EmptyPages, read.len() as u64)
        );
        assert_eq!(
            stage.emulator.requests().len(),
            before + 100,
            "no page after the last one"
        );

        // Once the server is well, the checkpoint leads to the rest.
        stage.emulator.clear_faults();
        let stored = serde_json::from_str(&serde_json::to_string(&failure.checkpoint).unwrap()).unwrap();
        let rest = log(&stage).resume(stored).map_ok(|entry| entry.id);
        read.extend(rest.try_collect::<Vec<_>>().await.unwrap());
        assert_eq!(read, entries());
    }
}
