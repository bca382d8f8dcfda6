//! Pages of audit logs of any length.

use std::time::{Duration, Instant};

use account_provisioning_emulator::cloudflare::{AuditEntry, AuditLog, SyntheticAuditLog};
use account_provisioning_emulator::{Fault, Quirk};
use serde_json::{Value, json};

use super::{Desk, each, failure, success};
use crate::client::time;

const LOG: &str = "/accounts/{account}/logs/audit?since=2024-01-01&before=2027-01-01";

async fn with_log(log: AuditLog) -> Desk {
    Desk::with(|state| state.accounts.get_mut("emulator-account").unwrap().audit_log = log).await
}

fn cursor(body: &Value) -> Option<String> {
    body["result_info"]["cursor"].as_str().map(str::to_owned)
}

/// Returns the ids on each page, in order.
async fn walk(desk: &Desk, query: &str) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    let mut next = String::new();
    loop {
        let body = desk.see(&format!("{LOG}{query}{next}")).await;
        pages.push(each(&body, "id").into_iter().map(str::to_owned).collect());
        match cursor(&body) {
            Some(cursor) => next = format!("&cursor={}", cursor.replace('=', "%3D")),
            None => return pages,
        }
        assert!(pages.len() < 1000, "the walk has no end");
    }
}

/// Synthetic entries of which three share a time, and some recorded ones in between.
fn mixed() -> AuditLog {
    let rule = SyntheticAuditLog::new(20);
    let mut log = AuditLog::new();
    for (name, second) in [("a", 0), ("b", 3), ("c", 3), ("d", 99)] {
        log.record(AuditEntry::new(name, rule.first_at + Duration::from_secs(second)));
    }
    let mut rule = rule;
    rule.together = 3;
    log.synthetic = Some(rule);
    log
}

#[tokio::test]
async fn pages_of_every_size_hold_each_entry_once_in_both_directions() {
    let desk = with_log(mixed()).await;
    let whole = walk(&desk, "&limit=1000&direction=asc").await.concat();
    assert_eq!(whole.len(), 24);
    for size in [1, 2, 3, 5, 8, 23, 24, 25] {
        for (direction, reversed) in [("&direction=asc", false), ("&direction=desc", true), ("", true)] {
            let pages = walk(&desk, &format!("&limit={size}{direction}")).await;
            assert_eq!(
                pages.len(),
                24_usize.div_ceil(size),
                "no empty page at the end of {size}"
            );
            let mut all = pages.concat();
            if reversed {
                all.reverse();
            }
            assert_eq!(all, whole, "{size} {direction}");
        }
    }
    let filtered = walk(
        &desk,
        "&limit=4&direction=asc&action_type.not=create&action_type.not=view",
    )
    .await;
    assert_eq!(filtered.concat().len(), 14);
    assert!(
        filtered[..filtered.len() - 1].iter().all(|page| page.len() == 4),
        "{filtered:?}"
    );
}

#[tokio::test]
async fn cursor_is_not_moved_by_entries_that_come_later() {
    let desk = with_log(mixed()).await;
    let first = desk.see(&format!("{LOG}&limit=4")).await;
    let next = cursor(&first).unwrap().replace('=', "%3D");
    let rest = desk.see(&format!("{LOG}&cursor={next}")).await;
    desk.emulator
        .edit_state(|state| {
            let account = state.cloudflare.accounts.get_mut("emulator-account").unwrap();
            account
                .audit_log
                .record(AuditEntry::new("late", time("2026-01-01T00:00:00Z")));
        })
        .unwrap();
    assert_eq!(desk.see(&format!("{LOG}&cursor={next}")).await, rest);
    let other = desk.get(&format!("{LOG}&cursor={next}&direction=asc")).await;
    assert_eq!(failure(&other), (400, 1004), "a cursor belongs to its direction");
}

#[tokio::test]
async fn page_anywhere_in_a_hundred_thousand_entries_costs_its_own_entries_alone() {
    let desk = with_log(AuditLog::synthetic(100_000)).await;
    assert!(
        desk.emulator.state().to_json().len() < 50_000,
        "the state says how, not what"
    );
    let start = time("2024-01-01T00:00:00Z");
    let started = Instant::now();
    for index in (0..100_000).step_by(5_000) {
        let since = (start + Duration::from_secs(index)).format("%FT%TZ");
        let path = format!("/accounts/{{account}}/logs/audit?since={since}&before=2027-01-01&limit=2&direction=asc");
        let body = desk.see(&path).await;
        assert_eq!(
            each(&body, "id"),
            [format!("synthetic-{index}"), format!("synthetic-{}", index + 1)]
        );
        let next = cursor(&body).unwrap().replace('=', "%3D");
        let body = desk.see(&format!("{path}&cursor={next}")).await;
        assert_eq!(each(&body, "id")[0], format!("synthetic-{}", index + 2));
    }
    // Forty pages. A page that copied or sorted the whole log would take more than a second.
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    let last = desk.see(&format!("{LOG}&limit=1000")).await;
    assert_eq!(
        (each(&last, "id").len(), each(&last, "id")[0]),
        (1000, "synthetic-99999")
    );
}

#[tokio::test]
async fn cursor_comes_in_the_place_and_the_form_that_the_quirks_say() {
    let desk = with_log(AuditLog::synthetic(3)).await;
    let info = async |query: &str| desk.see(&format!("{LOG}{query}")).await["result_info"].clone();
    let first = info("&limit=2").await;
    assert!(first["count"] == "2" && first["cursor"].is_string() && first["cursors"]["after"] == first["cursor"]);
    assert_eq!(info("").await, json!({ "count": "3" }));
    desk.emulator.set_quirk(Quirk::NoCursorsAfter, true);
    assert_eq!(
        info("&limit=2").await,
        json!({ "count": "2", "cursor": first["cursor"] })
    );
    desk.emulator.set_quirk(Quirk::NoCursorsAfter, false);
    desk.emulator.set_quirk(Quirk::CountsAreNumbers, true);
    desk.emulator.set_quirk(Quirk::CursorsAfter, true);
    assert_eq!(
        info("&limit=2").await,
        json!({ "count": 2, "cursors": { "after": first["cursor"] } })
    );
    desk.emulator.set_quirk(Quirk::EmptyCursorAtEnd, true);
    assert_eq!(info("").await, json!({ "count": 3, "cursors": { "after": "" } }));
    desk.emulator.set_quirk(Quirk::PageSizeClamped, true);
    desk.emulator.reset();
    assert_eq!(info("&limit=2").await, first);
}

#[tokio::test]
async fn faults_repeat_cycle_and_empty_the_pages() {
    let desk = with_log(AuditLog::synthetic(9)).await;
    let page = async |cursor: Option<&str>| {
        let cursor = cursor.map_or(String::new(), |cursor| {
            format!("&cursor={}", cursor.replace('=', "%3D"))
        });
        let body = success(desk.get(&format!("{LOG}&limit=2&direction=asc{cursor}")).await);
        let info = &body["result_info"];
        let (bare, after) = (info["cursor"].as_str(), info["cursors"]["after"].as_str());
        assert!(bare.is_none() || after.is_none() || bare == after, "{info}");
        let next = bare.or(after);
        (
            each(&body, "id").join(" ").replace("synthetic-", ""),
            next.unwrap_or_default().to_owned(),
        )
    };
    let (_, second) = page(None).await;
    desk.emulator.inject(Fault::repeated_cursor().on("listAuditLogs"));
    assert_eq!(page(Some(&second)).await, ("2 3".to_owned(), second.clone()));
    desk.emulator.set_quirk(Quirk::CursorsAfter, true);
    assert_eq!(page(Some(&second)).await, ("2 3".to_owned(), second.clone()));
    desk.emulator.set_quirk(Quirk::CursorsAfter, false);
    desk.emulator.set_quirk(Quirk::NoCursorsAfter, true);
    assert_eq!(page(Some(&second)).await, ("2 3".to_owned(), second.clone()));
    desk.emulator.set_quirk(Quirk::NoCursorsAfter, false);
    desk.emulator.clear_faults();

    desk.emulator.inject(Fault::cursor_cycle());
    let (first, a) = page(None).await;
    let (_, b) = page(Some(&a)).await;
    let (third, back) = page(Some(&b)).await;
    assert_eq!((first.as_str(), third.as_str()), ("0 1", "4 5"));
    assert_eq!((&back, a == b), (&a, false));
    desk.emulator.clear_faults();

    desk.emulator.inject(Fault::empty_page().times(2));
    let (nothing, again) = page(None).await;
    assert_eq!(nothing, "");
    let (nothing, third) = page(Some(&again)).await;
    assert!(nothing.is_empty() && third != again);
    assert_eq!(page(Some(&third)).await.0, "0 1");
}
