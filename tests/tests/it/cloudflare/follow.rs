//! Following the audit log: each entry once, through crashes, late entries, equal moments and overlapping windows.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use account_provisioning::cloudflare::{AuditCheckpoint, AuditLog, Client, FollowAuditLogs};
use account_provisioning::time::{Clock as _, ManualTime};
use account_provisioning::{ErrorKind, PagingStop};
use account_provisioning_emulator::{Fault, Quirk};
use chrono::TimeDelta;
use futures::{FutureExt as _, StreamExt as _, TryStreamExt as _};
use integration_tests::cloudflare::world::{self, noon, record};
use integration_tests::cloudflare::{Stage, builder};
use integration_tests::listener::Listener;
use integration_tests::wording::assert_well_worded;
use serde_json::json;

/// A stage whose log is empty, with the client's clock at noon.
async fn stage() -> Stage {
    Stage::with(world::with(|account| account.audit_log.clear()), |client| client).await
}

fn follow(stage: &Stage) -> FollowAuditLogs {
    let since = noon() - TimeDelta::hours(1);
    stage.account().audit_logs().list(since).follow()
}

/// A checkpoint as another process would have it.
fn stored(checkpoint: &AuditCheckpoint) -> AuditCheckpoint {
    let json = serde_json::to_string(checkpoint).unwrap();
    let restored = serde_json::from_str(&json).unwrap();
    assert_eq!(*checkpoint, restored);
    restored
}

/// What comes until the stream has caught up.
async fn caught_up(entries: &mut FollowAuditLogs) -> Vec<String> {
    entries.map_ok(|entry| entry.id).try_collect().await.unwrap()
}

async fn next(entries: &mut FollowAuditLogs) -> AuditLog {
    // With a clock that jumps, a stream that sees nothing would ask for ever.
    let entry = tokio::time::timeout(Duration::from_secs(60), entries.try_next());
    let entry = entry.await.expect("there is an entry");
    entry.unwrap().expect("following doesn't end")
}

#[tokio::test]
async fn entries_are_handed_out_oldest_first_and_new_ones_as_they_come() {
    let stage = stage().await;
    for n in [3, 1, 2] {
        record(&stage.emulator, &format!("e{n}"), -10_000 + n * 1000);
    }
    let mut entries = follow(&stage).every(Duration::from_secs(7));
    for id in ["e1", "e2", "e3"] {
        assert_eq!(next(&mut entries).await.id, id);
    }
    assert!(stage.time.sleeps().is_empty());
    record(&stage.emulator, "e4", 1000);
    assert_eq!(next(&mut entries).await.id, "e4");
    assert_eq!(
        stage.time.sleeps(),
        [Duration::from_secs(7)],
        "one wait, on the client's own sleep"
    );
    let requests = stage.emulator.requests_for("listAuditLogs");
    assert_eq!(requests.len(), 2);
    assert!(
        requests
            .iter()
            .all(|request| request.query.as_deref().unwrap().contains("direction=asc"))
    );
}

#[tokio::test]
async fn entries_of_a_window_that_overlaps_the_last_are_handed_out_once() {
    let stage = stage().await;
    let mut entries = follow(&stage).every(Duration::from_secs(1));
    let mut read = Vec::new();
    for round in 0..5 {
        for n in 0..4 {
            record(&stage.emulator, &format!("e{round}-{n}"), round * 1000 - 500 + n * 100);
        }
        for _ in 0..4 {
            read.push(next(&mut entries).await.id);
        }
    }
    assert_eq!(read.len(), 20);
    assert_eq!(read.iter().collect::<BTreeSet<_>>().len(), 20);
    let again: usize = stage.emulator.requests().len();
    assert_eq!(again, 5, "each window reads the ones before it again");
}

#[tokio::test]
async fn entry_that_is_logged_late_within_the_overlap_is_handed_out_and_beyond_it_is_not() {
    let stage = stage().await;
    record(&stage.emulator, "first", -1000);
    let mut entries = follow(&stage).overlap(Duration::from_secs(60));
    assert_eq!(next(&mut entries).await.id, "first");
    record(&stage.emulator, "late", -31_000);
    record(&stage.emulator, "at the edge", -61_000);
    record(&stage.emulator, "too late", -61_500);
    assert_eq!(next(&mut entries).await.id, "at the edge");
    assert_eq!(next(&mut entries).await.id, "late");
    record(&stage.emulator, "new", 500);
    assert_eq!(next(&mut entries).await.id, "new");
}

#[tokio::test]
async fn entries_of_one_moment_are_each_handed_out_once_though_windows_part_them() {
    for overlap in [0, 300] {
        let stage = stage().await;
        for n in 0..3 {
            record(&stage.emulator, &format!("a{n}"), -1000);
        }
        let new = || follow(&stage).overlap(Duration::from_secs(overlap)).until_now();
        let mut entries = new();
        assert_eq!(caught_up(&mut entries).await, ["a0", "a1", "a2"]);
        // More of the same moment, in a process that knows the checkpoint alone.
        for n in 3..6 {
            record(&stage.emulator, &format!("a{n}"), -1000);
        }
        let mut entries = new().resume(stored(&entries.checkpoint().unwrap()));
        assert_eq!(
            caught_up(&mut entries).await,
            ["a3", "a4", "a5"],
            "overlap of {overlap} s"
        );
        let mut entries = new().resume(stored(&entries.checkpoint().unwrap()));
        assert_eq!(caught_up(&mut entries).await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn crash_between_two_polls_and_in_the_middle_of_a_page_loses_and_doubles_nothing() {
    // A log of 100 entries, five to a moment, in pages of 7: a crash after each number of entries, and one more later.
    for crash in (0..100).step_by(9).chain([99, 100]) {
        let since = noon() - TimeDelta::minutes(10);
        let stage = Stage::with(world::with_audit_log(100, 5, since), |client| client).await;
        let follow = |client: &Client| {
            let logs = client.account(world::ACCOUNT).audit_logs();
            logs.list(since)
                .page_size(7)
                .follow()
                .overlap(Duration::from_secs(3))
                .until_now()
        };
        let mut entries = follow(&stage.client);
        let mut read = Vec::new();
        while read.len() < crash {
            read.push(next(&mut entries).await.id);
        }
        let checkpoint = stored(&entries.checkpoint().unwrap());
        drop(entries);

        // Another process, an hour later: nothing but the checkpoint is left.
        stage.time.advance(Duration::from_secs(3600));
        record(&stage.emulator, "meanwhile", 60_000);
        let other = builder(&stage.emulator, &stage.time).api_token(stage.emulator.cloudflare().api_token());
        let mut entries = follow(&other.build().unwrap()).resume(checkpoint);
        read.extend(caught_up(&mut entries).await);
        let mut expected: Vec<String> = (0..100).map(|n| format!("synthetic-{n}")).collect();
        expected.push("meanwhile".to_owned());
        assert_eq!(read, expected, "crash after {crash}");
        assert_eq!(entries.checkpoint().unwrap().read(), 101);
    }
}

#[tokio::test]
async fn crash_between_poll_and_wait_resumes_at_the_checkpoint_and_not_at_since() {
    let stage = stage().await;
    record(&stage.emulator, "one", -1000);
    let mut entries = follow(&stage);
    assert_eq!(next(&mut entries).await.id, "one");
    // Polled into the wait, where the process dies.
    let checkpoint = entries.checkpoint().unwrap();
    drop(entries);
    record(&stage.emulator, "two", -500);
    let list = stage.account().audit_logs().list(noon() + TimeDelta::hours(1));
    let mut entries = list.follow().resume(stored(&checkpoint));
    assert_eq!(next(&mut entries).await.id, "two");
}

#[tokio::test]
async fn request_that_fails_ends_the_stream_and_the_checkpoint_leads_on() {
    let since = noon() - TimeDelta::minutes(10);
    let stage = Stage::with(world::with_audit_log(50, 1, since), |client| client).await;
    let list = || stage.account().audit_logs().list(since).page_size(10);
    stage.emulator.inject(Fault::status(403).on("listAuditLogs").nth(3));
    let mut entries = list().follow().until_now();
    let mut read = Vec::new();
    let problem = loop {
        match entries.try_next().await {
            Ok(entry) => read.push(entry.unwrap().id),
            Err(problem) => break problem,
        }
    };
    assert!(problem.is_permission_denied(), "{problem}");
    assert!(entries.next().await.is_none(), "it ends after its first error");
    assert_eq!(read.len(), 20);
    let mut entries = list()
        .follow()
        .until_now()
        .resume(stored(&entries.checkpoint().unwrap()));
    read.extend(caught_up(&mut entries).await);
    assert_eq!(read, (0..50).map(|n| format!("synthetic-{n}")).collect::<Vec<_>>());
}

#[tokio::test]
async fn every_form_of_the_reply_is_followed_alike() {
    for quirks in [
        vec![],
        vec![Quirk::CursorsAfter],
        vec![Quirk::NoCursorsAfter],
        vec![Quirk::CountsAreNumbers],
        vec![Quirk::EmptyCursorAtEnd],
        vec![
            Quirk::CursorsAfter,
            Quirk::EmptyCursorAtEnd,
            Quirk::CountsAreNumbers,
            Quirk::PageSizeClamped,
        ],
    ] {
        let since = noon() - TimeDelta::minutes(10);
        let stage = Stage::with(world::with_audit_log(50, 3, since), |client| client).await;
        for quirk in &quirks {
            stage.emulator.set_quirk(*quirk, true);
        }
        let list = stage.account().audit_logs().list(since).page_size(8);
        let read = caught_up(&mut list.follow().until_now()).await;
        assert_eq!(
            read,
            (0..50).map(|n| format!("synthetic-{n}")).collect::<Vec<_>>(),
            "{quirks:?}"
        );
    }
}

#[tokio::test]
async fn service_that_hands_out_entries_out_of_order_leaves_no_gap() {
    let stage = stage().await;
    let entry = |id: &str, time: &str| format!(r#"{{"id":"{id}","action":{{"time":"{time}"}}}}"#);
    let page = |entries: &[String]| {
        let body = format!(
            r#"{{"success":true,"errors":[],"messages":[],"result":[{}],"result_info":{{"count":"2"}}}}"#,
            entries.join(",")
        );
        Fault::body_replaced(200, "application/json", body)
    };
    // Newest first, but within the overlap: the checkpoint covers both.
    let near = [entry("b", "2026-01-15T11:59:00Z"), entry("a", "2026-01-15T11:58:00Z")];
    let fault = stage.emulator.inject(page(&near));
    let mut entries = follow(&stage).until_now();
    assert_eq!(caught_up(&mut entries).await, ["b", "a"]);
    assert_eq!(stage.emulator.struck(fault), Some(1));
    stage.emulator.clear_faults();

    // And beyond the overlap: where the window began, nothing before the late entry is taken for read.
    let far = [entry("b", "2026-01-15T11:59:00Z"), entry("a", "2026-01-15T11:30:00Z")];
    stage.emulator.inject(page(&far));
    let mut entries = follow(&stage).until_now();
    assert_eq!(next(&mut entries).await.id, "b");
    let between = stored(&entries.checkpoint().unwrap());
    assert_eq!(caught_up(&mut entries).await, ["a"]);
    let mut resumed = follow(&stage).until_now().resume(between);
    assert_eq!(caught_up(&mut resumed).await, ["a"]);
}

#[tokio::test]
async fn entry_without_a_time_is_handed_out_once() {
    let stage = stage().await;
    let body = r#"{"success":true,"errors":[],"messages":[],"result":[
        {"id":"a","action":{"time":"2026-01-15T11:59:00Z"}},{"id":"b"},{"id":"c","action":{}}],"result_info":{}}"#;
    stage
        .emulator
        .inject(Fault::body_replaced(200, "application/json", body));
    let mut entries = follow(&stage).until_now();
    assert_eq!(caught_up(&mut entries).await, ["a", "b", "c"]);
    let mut entries = follow(&stage).until_now().resume(entries.checkpoint().unwrap());
    assert_eq!(caught_up(&mut entries).await, Vec::<String>::new());
}

#[tokio::test]
async fn log_followed_as_json_keeps_every_field_and_its_checkpoint_serves_both() {
    let stage = stage().await;
    let entry = json!({ "id": "a", "action": { "time": "2026-01-15T11:59:00Z" }, "added_tomorrow": [7] });
    let untimed = json!({ "id": "b", "added_tomorrow": null });
    let body =
        json!({ "success": true, "errors": [], "messages": [], "result": [&entry, &untimed], "result_info": {} });
    let body = || Fault::body_replaced(200, "application/json", body.to_string());
    stage.emulator.inject(body());
    let since = noon() - TimeDelta::hours(1);
    let follow_json = || stage.account().audit_logs().list(since).json().follow().until_now();
    let mut entries = follow_json();
    let read: Vec<_> = (&mut entries).try_collect().await.unwrap();
    assert_eq!(read, [entry, untimed]);
    let checkpoint = stored(&entries.checkpoint().unwrap());
    assert_eq!(checkpoint.read(), 2);

    let again = follow_json().resume(checkpoint.clone()).count().await;
    let mut models = follow(&stage).until_now().resume(checkpoint);
    assert_eq!(
        (again, caught_up(&mut models).await),
        (0, Vec::new()),
        "each entry once"
    );

    let wrong = stage.account().audit_logs().list(since).before(noon()).json().follow();
    let refused = wrong.into_future().await.0.unwrap().unwrap_err();
    assert!(refused.is_invalid_input(), "{refused}");
}

/// Has the log answer with these entries, each with its time in seconds from noon, or without one.
fn hand_out(stage: &Stage, entries: &[(&str, Option<i64>)]) {
    stage.emulator.clear_faults();
    let entries: Vec<serde_json::Value> = entries
        .iter()
        .map(|(id, time)| match time {
            Some(time) => json!({ "id": id, "action": { "time": noon() + TimeDelta::seconds(*time) } }),
            None => json!({ "id": id }),
        })
        .collect();
    let body = json!({ "success": true, "errors": [], "messages": [], "result": entries, "result_info": {} });
    stage
        .emulator
        .inject(Fault::body_replaced(200, "application/json", body.to_string()));
}

#[tokio::test]
async fn entry_without_a_time_is_handed_out_once_though_others_come_before_and_after() {
    let stage = stage().await;
    type Entries<'a> = &'a [(&'a str, Option<i64>)];
    let windows: [(Entries<'_>, &[&str]); 6] = [
        (&[("first", None), ("a", Some(-30))], &["first", "a"]),
        (
            &[("first", None), ("a", Some(-30)), ("b", None), ("c", Some(-25))],
            &["b", "c"],
        ),
        (&[("first", None), ("a", Some(-30)), ("b", None), ("c", Some(-25))], &[]),
        (
            &[("b", None), ("c", Some(-25)), ("d", Some(-5)), ("e", None)],
            &["d", "e"],
        ),
        (&[("c", Some(-25)), ("d", Some(-5)), ("b", None), ("e", None)], &[]),
        (&[("b", None), ("first", None), ("e", None)], &[]),
    ];
    // By one stream, and by processes that know a checkpoint alone.
    let mut checkpoint = follow(&stage).checkpoint().unwrap();
    for (round, (log, new)) in windows.iter().enumerate() {
        hand_out(&stage, log);
        let entries = follow(&stage).overlap(Duration::from_secs(10)).until_now();
        let mut entries = entries.resume(stored(&checkpoint));
        assert_eq!(caught_up(&mut entries).await, *new, "window {round}");
        checkpoint = entries.checkpoint().unwrap();
    }
    assert_eq!(checkpoint.read(), 6);

    let (log, _) = windows[1];
    hand_out(&stage, log);
    let mut entries = follow(&stage);
    for id in ["first", "a", "b", "c"] {
        assert_eq!(next(&mut entries).await.id, id);
    }
    let (later, _) = windows[3];
    hand_out(&stage, later);
    for id in ["d", "e"] {
        assert_eq!(next(&mut entries).await.id, id);
    }
}

#[tokio::test]
async fn late_entry_at_the_oldest_moment_of_a_full_checkpoint_is_handed_out_and_nothing_fails() {
    let stage = stage().await;
    let ids: Vec<String> = (0..10_000).map(|n| format!("n{n}")).collect();
    let timed = |n: usize, id| (id, Some(n as i64 / 100 - 120));
    let mut log: Vec<_> = ids.iter().enumerate().map(|(n, id)| timed(n, id.as_str())).collect();
    hand_out(&stage, &log);
    let mut entries = follow(&stage).until_now();
    assert_eq!(caught_up(&mut entries).await, ids);
    let mut checkpoint = entries.checkpoint().unwrap();
    assert_eq!(checkpoint.remembered(), 10_000);

    log.insert(0, timed(0, "late"));
    hand_out(&stage, &log);
    for expected in [&["late"] as &[_], &[]] {
        let mut entries = follow(&stage).until_now().resume(stored(&checkpoint));
        assert_eq!(caught_up(&mut entries).await, expected);
        checkpoint = entries.checkpoint().unwrap();
        assert_eq!(checkpoint.remembered(), 10_001 - 101, "the oldest moment is over");
    }

    log.push(timed(10_000, "newer"));
    hand_out(&stage, &log);
    let mut entries = follow(&stage).until_now().resume(stored(&checkpoint));
    assert_eq!(caught_up(&mut entries).await, ["newer"]);
    assert_eq!(entries.checkpoint().unwrap().remembered(), 10_002 - 101);
}

#[tokio::test]
async fn log_that_comes_backwards_does_not_fill_the_checkpoint() {
    let stage = stage().await;
    let ids: Vec<String> = (0..25_000).map(|n| format!("n{n}")).collect();
    let log: Vec<_> = ids
        .iter()
        .enumerate()
        .map(|(n, id)| (id.as_str(), Some(-(n as i64) / 100)))
        .collect();
    hand_out(&stage, &log);
    let mut entries = follow(&stage).until_now();
    let mut read = 0;
    let problem = loop {
        match entries.try_next().await {
            Ok(entry) => read += usize::from(entry.is_some()),
            Err(problem) => break problem,
        }
    };
    assert_eq!(
        (problem.kind(), problem.operation()),
        (ErrorKind::Paging, Some("listAuditLogs"))
    );
    assert!(problem.to_string().contains("out of the order"), "{problem}");
    assert_well_worded(&problem);
    assert!(entries.next().await.is_none());
    let checkpoint = entries.checkpoint().unwrap();
    let remembered = checkpoint.remembered();
    assert!(
        read >= 20_000 && remembered <= 20_000,
        "{read} read, {remembered} remembered"
    );
    // Resumed, it doesn't skip the entry that came late, but begins where the last whole window ended.
    assert_eq!(checkpoint.since(), noon() - TimeDelta::hours(1));
    hand_out(&stage, &log[read..]);
    let mut resumed = follow(&stage).until_now().resume(stored(&checkpoint));
    assert_eq!(caught_up(&mut resumed).await, ids[read..]);
}

#[tokio::test]
async fn entry_of_the_future_is_handed_out_once_and_blinds_nobody() {
    let stage = stage().await;
    let century = 100 * 365 * 24 * 3600;
    let mut log = vec![("a", Some(-30)), ("future", Some(century))];
    hand_out(&stage, &log);
    let mut entries = follow(&stage);
    assert_eq!(next(&mut entries).await.id, "a");
    assert_eq!(next(&mut entries).await.id, "future");
    for (id, time) in [("b", -20), ("c", -10), ("d", -5)] {
        log.insert(log.len() - 1, (id, Some(time)));
        hand_out(&stage, &log);
        assert_eq!(next(&mut entries).await.id, id);
        assert!(
            entries.checkpoint().unwrap().since() < noon(),
            "no later than its window ended"
        );
    }
    let mut resumed = follow(&stage)
        .until_now()
        .resume(stored(&entries.checkpoint().unwrap()));
    assert_eq!(caught_up(&mut resumed).await, Vec::<String>::new());
    assert!(resumed.checkpoint().unwrap().since() < noon());
}

#[tokio::test]
async fn entries_of_the_future_are_handed_out_once_however_many_they_are_or_fail() {
    let stage = stage().await;
    let ids: Vec<String> = (0..20_001).map(|n| format!("future{n}")).collect();
    let future = |count: usize| (7200..).zip(&ids[..count]).map(|(time, id)| (id.as_str(), Some(time)));
    let log = |count| [("a", Some(-30))].into_iter().chain(future(count)).collect::<Vec<_>>();
    hand_out(&stage, &log(12_000));
    let mut entries = follow(&stage).until_now();
    assert_eq!(caught_up(&mut entries).await.len(), 12_001);
    let mut checkpoint = stored(&entries.checkpoint().unwrap());
    assert_eq!(checkpoint.remembered(), 12_001);
    assert!(
        checkpoint.since() < noon(),
        "the overlap before the newest credible entry"
    );

    for (count, new) in [(12_000, 0), (20_000, 8_000), (20_000, 0)] {
        hand_out(&stage, &log(count));
        let mut entries = follow(&stage).until_now().resume(checkpoint);
        assert_eq!(caught_up(&mut entries).await, ids[count - new..count]);
        checkpoint = stored(&entries.checkpoint().unwrap());
    }

    hand_out(&stage, &log(20_001));
    let mut entries = follow(&stage).until_now().resume(checkpoint);
    let problem = entries.try_next().await.unwrap_err();
    assert_eq!(
        (problem.kind(), problem.operation()),
        (ErrorKind::Paging, Some("listAuditLogs"))
    );
    assert!(problem.to_string().contains("in the future"), "{problem}");
    assert_well_worded(&problem);

    // When their time has come, they are entries like others, and a new one may come before them.
    let day = Duration::from_secs(24 * 3600);
    stage.emulator.advance(day);
    stage.time.advance(day);
    let mut later = log(20_001);
    later.insert(1, ("before", Some(7100)));
    hand_out(&stage, &later);
    let mut entries = follow(&stage)
        .until_now()
        .resume(stored(&entries.checkpoint().unwrap()));
    assert_eq!(caught_up(&mut entries).await, ["before", ids[20_000].as_str()]);
    assert_eq!(entries.checkpoint().unwrap().remembered(), 301, "those of the overlap");
}

#[tokio::test]
async fn following_from_a_time_in_the_future_is_an_error_and_no_silence() {
    let stage = stage().await;
    let far = noon() + TimeDelta::days(365);
    let mut blinded = serde_json::to_value(follow(&stage).checkpoint().unwrap()).unwrap();
    blinded["floor"] = json!(far);
    let blinded: AuditCheckpoint = serde_json::from_value(blinded).unwrap();
    for mut entries in [
        stage.account().audit_logs().list(far).follow(),
        stage.account().audit_logs().list(far).follow().until_now(),
        follow(&stage).until_now().resume(blinded),
    ] {
        let silence = tokio::time::timeout(Duration::from_secs(60), entries.try_next());
        let problem = silence.await.expect("it doesn't wait").unwrap_err();
        assert!(problem.is_invalid_input(), "{problem}");
        let says = problem.to_string();
        assert!(
            says.contains("2027-01-15T12:00:00Z") && says.contains("2026-01-15T12:00:00Z"),
            "{says}"
        );
        assert_well_worded(&problem);
        assert!(entries.next().await.is_none());
    }
}

#[tokio::test]
async fn hundreds_of_empty_pages_are_read_past() {
    let since = noon() - TimeDelta::hours(1);
    let stage = Stage::with(world::with_audit_log(50, 3, since), |client| client).await;
    stage
        .emulator
        .inject(Fault::empty_page().on("listAuditLogs").from_nth(3).times(350));
    let list = stage.account().audit_logs().list(since).page_size(7);
    let read = caught_up(&mut list.follow().until_now()).await;
    assert_eq!(read, (0..50).map(|n| format!("synthetic-{n}")).collect::<Vec<_>>());
    assert_eq!(
        stage.time.sleeps(),
        [Duration::from_secs(1); 3],
        "a pause after each hundred"
    );
}

#[tokio::test]
async fn empty_pages_whose_cursors_go_in_a_wide_circle_are_an_error() {
    // After a hundred pages of 198, the one at which it paused comes again.
    let asked = AtomicUsize::new(0);
    let server = Listener::with_json(move |request| {
        let cursor = request.split_once("cursor=").map_or("0", |(_, rest)| rest);
        let number: String = cursor.chars().take_while(char::is_ascii_digit).collect();
        let next = (number.parse::<u32>().unwrap() + 1) % 198;
        // Without an error, the list would never end.
        assert!(
            asked.fetch_add(1, Ordering::Relaxed) < 1000,
            "the circle is read for ever"
        );
        let info = json!({ "cursor": next.to_string() });
        json!({ "success": true, "errors": [], "messages": [], "result": [], "result_info": info }).to_string()
    });
    let time = ManualTime::at(chrono::Utc::now());
    let client = Client::builder()
        .api_token("token")
        .base_url(format!("http://{}", server.address));
    let client = client.clock(time.clone()).sleep(time.clone()).build().unwrap();
    let mut entries = client
        .account("account-1")
        .audit_logs()
        .list(time.now() - TimeDelta::hours(1))
        .follow();
    let problem = entries.try_next().await.unwrap_err();
    assert_eq!(problem.paging().unwrap().stop, PagingStop::EmptyPages, "{problem}");
}

#[tokio::test]
async fn client_whose_clock_is_slow_finds_what_there_is() {
    for slow in [TimeDelta::seconds(30), TimeDelta::hours(3), TimeDelta::days(400)] {
        let stage = stage().await;
        record(&stage.emulator, "a", -600_000);
        record(&stage.emulator, "b", -10_000);
        let time = ManualTime::at(noon() - slow);
        let client = builder(&stage.emulator, &time).api_token(stage.emulator.cloudflare().api_token());
        let logs = client.build().unwrap().account(world::ACCOUNT).audit_logs();
        let list = || logs.list(noon() - TimeDelta::hours(1)).follow();
        assert_eq!(caught_up(&mut list().until_now()).await, ["a", "b"], "{slow}");
        let mut entries = list();
        assert_eq!(
            (next(&mut entries).await.id, next(&mut entries).await.id),
            ("a".into(), "b".into())
        );
        record(&stage.emulator, "c", -5_000);
        assert_eq!(next(&mut entries).await.id, "c", "{slow}");
    }
}

#[tokio::test]
async fn client_whose_clock_is_fast_misses_nothing() {
    let stage = stage().await;
    record(&stage.emulator, "a", -600_000);
    let time = ManualTime::at(noon() + TimeDelta::hours(3));
    let client = builder(&stage.emulator, &time).api_token(stage.emulator.cloudflare().api_token());
    let logs = client.build().unwrap().account(world::ACCOUNT).audit_logs();
    // Within the window by the client's clock, and in the future by the service's.
    hand_out(&stage, &[("a", Some(-600)), ("future", Some(3600))]);
    let mut entries = logs.list(noon() - TimeDelta::hours(1)).follow();
    for id in ["a", "future"] {
        assert_eq!(next(&mut entries).await.id, id);
    }
    hand_out(&stage, &[("a", Some(-600)), ("b", Some(-10)), ("future", Some(3600))]);
    assert_eq!(next(&mut entries).await.id, "b");
    assert!(entries.checkpoint().unwrap().since() < noon());
}

#[tokio::test]
async fn wait_between_two_windows_is_a_second_at_least() {
    let stage = stage().await;
    for wait in [Duration::ZERO, Duration::from_millis(999)] {
        let before = stage.time.sleeps().len();
        let mut entries = follow(&stage).every(wait);
        record(&stage.emulator, &format!("{wait:?}"), 500 + before as i64 * 1000);
        loop {
            if next(&mut entries).await.id == format!("{wait:?}") {
                break;
            }
        }
        assert_eq!(stage.time.sleeps()[before..], [Duration::from_secs(1)]);
    }
}

#[tokio::test]
async fn checkpoint_remembers_no_more_than_the_overlap_and_ten_thousand_entries() {
    // 30 000 entries over 300 s, all of them within the overlap.
    let since = noon() - TimeDelta::minutes(10);
    let log = world::with(|account| {
        account.audit_log = account_provisioning_emulator::cloudflare::AuditLog::synthetic(30_000);
        if let Some(log) = &mut account.audit_log.synthetic {
            log.first_at = since;
            log.every_milliseconds = 10;
        }
    });
    let stage = Stage::with(log, |client| client).await;
    let list = || stage.account().audit_logs().list(since);
    let mut entries = list().follow().overlap(Duration::from_secs(3600)).until_now();
    let mut count = 0;
    while entries.try_next().await.unwrap().is_some() {
        count += 1;
    }
    let checkpoint = stored(&entries.checkpoint().unwrap());
    assert_eq!((count, checkpoint.remembered()), (30_000, 10_000));
    let mut again = list()
        .follow()
        .overlap(Duration::from_secs(3600))
        .until_now()
        .resume(checkpoint);
    assert_eq!(
        caught_up(&mut again).await,
        Vec::<String>::new(),
        "the overlap shrank with what is remembered"
    );

    let mut entries = list().follow().overlap(Duration::from_secs(1)).until_now();
    while entries.try_next().await.unwrap().is_some() {}
    assert_eq!(entries.checkpoint().unwrap().remembered(), 101);
}

#[tokio::test]
async fn following_refuses_what_it_sets_itself_and_checkpoints_of_other_accounts() {
    let stage = stage().await;
    let list = || stage.account().audit_logs().list(noon());
    for (mut entries, says) in [
        (list().before(noon()).follow(), "`before`"),
        (list().sort_order("desc").follow(), "`sort_order`"),
        (list().cursor("c").follow(), "`cursor`"),
        (list().page_size(0).follow(), "`page_size`"),
        (
            stage.client.account("..").audit_logs().list(noon()).follow(),
            "account id",
        ),
        (
            stage
                .client
                .account("account-2")
                .audit_logs()
                .list(noon())
                .follow()
                .resume(list().follow().checkpoint().unwrap()),
            "another account",
        ),
    ] {
        let problem = entries.try_next().await.unwrap_err();
        assert!(
            problem.is_invalid_input() && problem.to_string().contains(says),
            "{says}: {problem}"
        );
        assert_well_worded(&problem);
        assert!(entries.next().await.is_none());
    }
    assert!(stage.emulator.requests().is_empty());
}

#[tokio::test]
async fn following_sends_nothing_before_it_is_read_and_waits_for_a_beginning_in_the_future() {
    let stage = stage().await;
    let list = stage.account().audit_logs().list(noon() + TimeDelta::minutes(3));
    let mut entries = list.follow();
    assert!(stage.emulator.requests().is_empty());
    record(&stage.emulator, "then", 200_000);
    // Three waits of a minute reach the beginning; the fourth reaches the entry.
    assert_eq!(next(&mut entries).await.id, "then");
    assert_eq!(stage.time.sleeps(), [Duration::from_secs(60); 4]);
}

#[tokio::test]
async fn following_keeps_waiting_while_nothing_comes() {
    let stage = Stage::with(world::with(|account| account.audit_log.clear()), |client| {
        client.sleep(account_provisioning_core::TokioSleep)
    })
    .await;
    let mut entries = follow(&stage).every(Duration::from_secs(3600));
    let waited = tokio::time::timeout(Duration::from_millis(300), entries.next()).await;
    assert!(waited.is_err(), "it waits");
    assert_eq!(stage.emulator.requests().len(), 1);
    assert!(entries.next().now_or_never().is_none());
}
