//! The history of a resource, and the categories of products.

use account_provisioning_emulator::cloudflare::AuditLog;
use serde_json::{Value, json};

use super::{Desk, each, failure, success, text};
use crate::client::time;

const LOG: &str = "/accounts/{account}/logs/audit";
const DAY: &str = "since=2026-01-15&before=2026-01-16";

#[tokio::test]
async fn history_has_what_happened_to_the_resource_of_an_entry_and_to_no_other() {
    let desk = Desk::start().await;
    let groups = "/accounts/{account}/iam/user_groups";
    for (name, minute) in [("First", 0), ("Second", 1)] {
        desk.emulator.set_clock(time(&format!("2026-01-15T12:0{minute}:00Z")));
        let made = success(desk.post(groups, json!({ "name": name })).await);
        desk.put(
            &format!("{groups}/{}", text(&made["result"]["id"])),
            json!({ "name": "Renamed" }),
        )
        .await;
    }
    let log = desk.see(&format!("{LOG}?{DAY}&direction=asc")).await["result"].take();
    let history = async |entry: &Value, query: &str| {
        let path = format!("{LOG}/{}/history", text(&entry["id"]));
        desk.get(&format!(
            "{path}?action_time={}&{DAY}{query}",
            text(&entry["action"]["time"])
        ))
        .await
    };
    let ids = |log: &[&Value]| json!(log.iter().map(|entry| &entry["id"]).collect::<Vec<_>>());
    let whole = success(history(&log[1], "").await);
    assert_eq!(json!(each(&whole, "id")), ids(&[&log[1], &log[0]]), "the newest first");
    assert_eq!(whole["result"][0], log[1]);
    assert_eq!(
        whole["result_info"],
        json!({ "count": 2, "cursor": null, "history_status": "exact" })
    );
    let first = success(history(&log[2], "&direction=asc&limit=1").await);
    assert_eq!(json!(each(&first, "id")), ids(&[&log[2]]));
    let cursor = text(&first["result_info"]["cursor"]).replace('=', "%3D");
    let second = success(history(&log[2], &format!("&direction=asc&limit=1&cursor={cursor}")).await);
    assert_eq!(json!(each(&second, "id")), ids(&[&log[3]]));
    assert_eq!(second["result_info"]["cursor"], Value::Null);
}

#[tokio::test]
async fn history_of_an_entry_without_a_resource_is_unavailable_and_of_none_404() {
    let desk = Desk::with(|state| {
        let log = &mut state.accounts.get_mut("emulator-account").unwrap().audit_log;
        *log = AuditLog::synthetic(100_000);
        let mut bare = account_provisioning_emulator::cloudflare::AuditEntry::new("bare", time("2026-01-15T08:00:00Z"));
        bare.resource = None;
        log.record(bare);
    })
    .await;
    let get = async |id: &str, at: &str, query: &str| {
        let query = format!("action_time={at}&since=2024-01-01&before=2026-02-01{query}");
        desk.get(&format!("{LOG}/{id}/history?{query}")).await
    };
    let nothing = success(get("bare", "2026-01-15T08:00:00Z", "").await);
    assert_eq!(
        (&nothing["result"], &nothing["result_info"]["history_status"]),
        (&json!([]), &json!("unavailable"))
    );
    assert_eq!(
        failure(&get("bare", "2026-01-15T10:00:00Z", "").await),
        (404, 1003),
        "hours away"
    );
    assert_eq!(failure(&get("nothing", "2026-01-15T08:00:00Z", "").await), (404, 1003));
    // Every sixteenth entry of every fifth type is about the same resource.
    let long = success(get("synthetic-5", "2024-01-01T00:00:05Z", "&limit=1000&direction=asc").await);
    assert_eq!(each(&long, "id")[..2], ["synthetic-5", "synthetic-85"]);
    assert_eq!(each(&long, "id").len(), 1000);
    for missing in ["since", "before", "action_time"] {
        let all = "action_time=2026-01-15T08:00:00Z&since=2024-01-01&before=2026-02-01";
        let query: Vec<&str> = all.split('&').filter(|part| !part.starts_with(missing)).collect();
        let reply = desk.get(&format!("{LOG}/bare/history?{}", query.join("&"))).await;
        assert_eq!(failure(&reply), (400, 1004), "{missing}");
    }
}

#[tokio::test]
async fn categories_are_the_values_that_the_filter_knows() {
    let desk = Desk::with(|state| {
        state.accounts.get_mut("emulator-account").unwrap().audit_log = AuditLog::synthetic(20);
    })
    .await;
    let categories = desk.see(&format!("{LOG}/product_categories")).await["result"].take();
    let mut found = 0;
    for category in categories.as_array().unwrap() {
        let query = format!(
            "since=2024-01-01&before=2024-01-02&product_category={}",
            text(&category["value"])
        );
        let products: Vec<&str> = crate::client::each(category, "products", "value");
        let log = desk.see(&format!("{LOG}?{query}")).await["result"].take();
        for entry in log.as_array().unwrap() {
            assert!(products.contains(&&*text(&entry["resource"]["product"])), "{entry}");
            found += 1;
        }
    }
    assert_eq!(found, 20);
}
