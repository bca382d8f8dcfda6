use account_provisioning_emulator::{Fault, Quirk};
use serde_json::json;

use super::{bench, ids, setting, text};
use crate::client::Bench;

#[tokio::test]
async fn list_is_that_of_the_account_unless_told_otherwise_and_narrowed_by_the_permission_type() {
    let bench = bench().await;
    let account = bench.see("/policies/system").await;
    let listed = account["data"].as_array().unwrap();
    assert!(listed.len() > 3 && listed.iter().all(|policy| policy["scope_type"] == "account"));
    assert_eq!(bench.see("/policies/system?scope_type=account").await, account);
    let whole = bench.see("/policies/system?scope_type=prodenv").await;
    let global = bench
        .see("/policies/system?scope_type=prodenv&permission_type=global")
        .await;
    let content = bench
        .see("/policies/system?scope_type=prodenv&permission_type=content")
        .await;
    assert_eq!(ids(&whole).len(), ids(&global).len() + ids(&content).len());
    assert!(
        content["data"]
            .as_array()
            .unwrap()
            .iter()
            .all(|policy| policy["policy_parameters"] != json!([]))
    );
    assert_eq!(
        bench.see("/policies/system?permission_type=content").await,
        json!({ "data": [] })
    );
    for query in ["?scope_type=galaxy", "?permission_type=wide"] {
        assert_eq!(bench.look(&format!("/policies/system{query}")).await.0, 400);
    }
}

#[tokio::test]
async fn list_hands_out_cursors_only_by_the_quirk() {
    let bench = Bench::of(setting().cursor_page_size(4).start().await.unwrap());
    let whole = bench.see("/policies/system?scope_type=prodenv").await;
    assert_eq!(whole.get("next_cursor"), None);
    assert_eq!(
        bench.see("/policies/system?scope_type=prodenv&cursor=ignored").await,
        whole
    );
    bench.emulator.set_quirk(Quirk::SystemPoliciesPaged, true);
    let mut path = "/policies/system?scope_type=prodenv".to_owned();
    let mut seen = Vec::new();
    loop {
        let page = bench.see(&path).await;
        seen.extend(ids(&page).into_iter().map(str::to_owned));
        match page.get("next_cursor") {
            Some(next) => path = format!("/policies/system?scope_type=prodenv&cursor={}", text(next)),
            None => break,
        }
    }
    assert_eq!(seen, ids(&whole));
    assert_eq!(bench.emulator.requests().pop().unwrap().undocumented, ["query cursor"]);
}

#[tokio::test]
async fn list_struck_by_a_fault_of_the_cursors_takes_the_cursor_it_hands_out() {
    let bench = bench().await;
    bench.emulator.inject(Fault::cursor_cycle().on("getSystemPolicies"));
    let mut path = "/policies/system".to_owned();
    let mut cursors = Vec::new();
    for _ in 0..5 {
        let next = text(&bench.see(&path).await["next_cursor"]);
        path = format!("/policies/system?cursor={next}");
        cursors.push(next);
    }
    assert_eq!((&cursors[0], &cursors[1]), (&cursors[2], &cursors[3]));
    assert_ne!(cursors[0], cursors[1]);
}
