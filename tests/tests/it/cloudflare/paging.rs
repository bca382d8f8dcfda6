//! Lists read to their end, in order, without loss, doubles or circles, however the service bends its pages.

use account_provisioning::cloudflare::requests::ListAuditLogs;
use account_provisioning::cloudflare::{
    self, Account, AuditLog, Member, MemberPermissionGroup, Membership, Role, Token, UserGroupMember,
};
use account_provisioning::{Error, ErrorKind, Items, Pager, PagingEnd, PagingStop, RetryPolicy};
use account_provisioning_emulator::cloudflare::{
    Account as StoredAccount, DEFAULT_EMAIL, GroupMember, Member as StoredMember, ResourceGroup, Token as StoredToken,
    UserGroup,
};
use account_provisioning_emulator::{Emulator, EmulatorBuilder, Fault, Quirk, State};
use futures::{StreamExt as _, TryStreamExt as _};
use integration_tests::cloudflare::Stage;
use integration_tests::cloudflare::world::{self, noon};
use integration_tests::wording::assert_well_worded;
use serde_json::json;

trait Identified: Send + 'static {
    fn identity(self) -> String;
}

macro_rules! identified {
    ($($model:ty),+) => {$(
        impl Identified for $model {
            fn identity(self) -> String {
                self.id.into()
            }
        }
    )+};
}
identified!(
    Account,
    Member,
    MemberPermissionGroup,
    Membership,
    cloudflare::ResourceGroup,
    cloudflare::UserGroup,
    UserGroupMember,
    Role,
    Token,
    AuditLog
);

async fn all<T: Identified>(items: Items<T>) -> Vec<String> {
    items.map_ok(Identified::identity).try_collect().await.unwrap()
}

/// What a list handed out before it failed, and how it failed.
async fn until_failure<T: Identified>(mut items: Items<T>) -> (Vec<String>, Error) {
    let mut read = Vec::new();
    loop {
        match items.next().await.expect("the list fails before it ends") {
            Ok(item) => read.push(item.identity()),
            Err(error) => {
                assert!(items.next().await.is_none(), "a stream ends after its first error");
                assert_well_worded(&error);
                return (read, error);
            }
        }
    }
}

/// So many accounts that the default user sees, tokens and members in the first of them.
fn with_entries(count: usize) -> EmulatorBuilder {
    let mut state = State::default();
    for n in 1..count {
        state
            .cloudflare
            .accounts
            .insert(StoredAccount::new(format!("account-{n:03}"), "More"));
    }
    let account = world::account(&mut state);
    for n in 1..count {
        account
            .tokens
            .insert(StoredToken::new(format!("token-{n:03}"), "T", format!("value-{n}")));
        let (id, email) = (format!("member-{n:03}"), format!("{n}@client.example"));
        let accepted = account_provisioning_emulator::cloudflare::MemberStatus::Accepted;
        account
            .members
            .insert(account_provisioning_emulator::cloudflare::Member::new(
                id, email, accepted,
            ));
    }
    Emulator::builder().state(state).clock(noon())
}

#[tokio::test]
async fn lists_by_number_are_read_whole_at_every_size() {
    for count in [1, 5, 6, 9, 10, 11, 50, 51] {
        let stage = Stage::with(with_entries(count), |client| client).await;
        for size in [5, 7, 50] {
            let account = stage.account();
            let members = all(account.members().list().page_size(size).stream()).await;
            let tokens = all(account.tokens().list().page_size(size).stream()).await;
            let accounts = all(stage.as_user().accounts().list().page_size(size).stream()).await;
            for (what, read) in [("members", members), ("tokens", tokens), ("accounts", accounts)] {
                let mut once = read.clone();
                once.sort_unstable();
                once.dedup();
                assert_eq!((read.len(), once.len()), (count, count), "{what} of {count} by {size}");
            }
            assert_eq!(all(account.roles().list().page_size(size).stream()).await.len(), 10);
        }
    }
}

/// So many resource groups, user groups, members of the first of them, memberships and tokens of the default user.
fn with_groups(count: usize) -> EmulatorBuilder {
    let mut state = State::default();
    let accepted = account_provisioning_emulator::cloudflare::MemberStatus::Accepted;
    for n in 1..count {
        let mut account = StoredAccount::new(format!("account-{n:03}"), "More");
        account
            .members
            .insert(StoredMember::new(format!("membership-{n}"), DEFAULT_EMAIL, accepted));
        state.cloudflare.accounts.insert(account);
    }
    for user in state.cloudflare.users.iter_mut() {
        for n in user.tokens.len()..count {
            user.tokens
                .insert(StoredToken::new(format!("u-{n:03}"), "T", format!("value-{n}")));
        }
    }
    let account = world::account(&mut state);
    let scope = StoredAccount::resource(&account.id);
    let mut all = UserGroup::new("all", "All");
    for n in 0..count {
        let id = format!("{n:03}");
        if n > 0 {
            let mut group = ResourceGroup::new(id.as_str(), format!("Group {n}"), scope.as_str());
            group.objects.insert("*".to_owned());
            account.resource_groups.insert(group);
            account
                .user_groups
                .insert(UserGroup::new(id.as_str(), format!("Group {n}")));
        }
        let member = StoredMember::new(id.as_str(), format!("{n}@client.example"), accepted);
        account.members.insert(member);
        all.members.insert(GroupMember::new(id));
    }
    account.user_groups.insert(all);
    Emulator::builder().state(state).clock(noon())
}

#[tokio::test]
async fn lists_of_groups_and_of_the_user_are_read_whole_at_every_size() {
    for count in [1, 10, 11, 51] {
        let stage = Stage::with(with_groups(count), |client| client).await;
        let user = stage.as_user();
        for size in [5, 7, 50] {
            let account = stage.account();
            let groups = account.user_groups();
            for (what, read) in [
                (
                    "resource groups",
                    all(account.resource_groups().list().page_size(size).stream()).await,
                ),
                ("user groups", all(groups.list().page_size(size).stream()).await),
                (
                    "members",
                    all(groups.members("all").list().page_size(size).stream()).await,
                ),
                (
                    "memberships",
                    all(user.memberships().list().page_size(size).stream()).await,
                ),
                (
                    "tokens",
                    all(user.user().tokens().list().page_size(size).stream()).await,
                ),
            ] {
                let mut once = read.clone();
                once.sort_unstable();
                once.dedup();
                assert_eq!((read.len(), once.len()), (count, count), "{what} of {count} by {size}");
            }
            let permissions = all(account.permission_groups().list().page_size(size).stream()).await;
            assert_eq!(permissions.len(), 36, "by {size}");
        }
    }
}

#[tokio::test]
async fn list_by_number_ends_at_the_total_without_asking_further() {
    let stage = Stage::with(with_entries(10), |client| client).await;
    let mut members = stage.account().members().list().page_size(5).stream();
    while members.try_next().await.unwrap().is_some() {}
    assert_eq!(members.end(), Some(PagingEnd::TotalReached));
    assert_eq!(
        stage.emulator.requests_for("listMembers").len(),
        2,
        "10 % 5 == 0 asks for no third page"
    );
}

#[tokio::test]
async fn list_without_a_total_ends_at_an_empty_page() {
    let stage = Stage::with(with_entries(10), |client| client).await;
    stage.emulator.set_quirk(Quirk::NoTotal, true);
    let mut members = stage.account().members().list().page_size(5).stream();
    let mut count = 0;
    while members.try_next().await.unwrap().is_some() {
        count += 1;
    }
    assert_eq!((count, members.end()), (10, Some(PagingEnd::EmptyPage)));
    // A page past the end is a success, and empty.
    assert!(stage.account().members().list().page(99).await.unwrap().is_empty());
}

/// A page of members with what it says of the list.
fn page(ids: &[&str], info: serde_json::Value) -> Fault {
    let members: Vec<_> = ids.iter().map(|id| json!({ "id": id })).collect();
    let body = json!({ "success": true, "errors": [], "messages": [], "result": members, "result_info": info });
    Fault::body_replaced(200, "application/json", body.to_string())
}

#[tokio::test]
async fn list_that_tells_its_pages_alone_ends_at_the_last_one() {
    for last in [json!(2), json!("2"), json!(2.0)] {
        let stage = Stage::start().await;
        let info = |number: u32| json!({ "page": number, "total_pages": last });
        stage.emulator.inject(page(&["a", "b", "c", "d", "e"], info(1)).nth(1));
        stage.emulator.inject(page(&["f"], info(2)));
        let mut members = stage.account().members().list().page_size(5).stream();
        let mut read = Vec::new();
        while let Some(member) = members.try_next().await.unwrap() {
            read.push(member.id.to_string());
        }
        assert_eq!(
            (read.join(""), members.end()),
            ("abcdef".to_owned(), Some(PagingEnd::LastPage)),
            "{last}"
        );
        assert_eq!(stage.emulator.requests().len(), 2);
    }
}

/// Reads a list of 200 items in pages of 50, each of which says this of the list.
async fn read_of_200<T: Identified>(info: &serde_json::Value, list: impl Fn(&Stage) -> Items<T>) -> Vec<String> {
    let stage = Stage::start().await;
    for number in 0..4 {
        let items: Vec<_> = (0..50)
            .map(|n| json!({ "id": format!("{}", number * 50 + n), "name": "N" }))
            .collect();
        let body = json!({ "success": true, "errors": [], "messages": [], "result": items, "result_info": info });
        let page = Fault::body_replaced(200, "application/json", body.to_string());
        stage.emulator.inject(page.nth(number + 1));
    }
    let end = json!({ "success": true, "errors": [], "messages": [], "result": [], "result_info": info });
    stage
        .emulator
        .inject(Fault::body_replaced(200, "application/json", end.to_string()).from_nth(5));
    all(list(&stage)).await
}

#[tokio::test]
async fn list_whose_totals_contradict_each_other_or_its_items_is_read_whole() {
    let expected: Vec<String> = (0..200).map(|n: u32| n.to_string()).collect();
    for info in [
        json!({ "count": 50, "total_count": 50, "total_pages": 4 }),
        json!({ "count": 50, "total_count": 50, "total_pages": "4" }),
        json!({ "count": 50, "total_count": 0, "total_pages": 0 }),
        json!({ "count": 50, "total_count": 0 }),
        json!({ "count": 50, "total_pages": 0 }),
        json!({ "count": 50, "total_count": 50, "total_pages": 0 }),
        json!({ "count": 50, "total_count": -1, "total_pages": -1 }),
        json!({ "count": 50, "total_count": 10, "total_pages": 1 }),
        json!({ "count": 50, "total_count": 200, "total_pages": 1 }),
    ] {
        let members = read_of_200(&info, |stage| stage.account().members().list().stream()).await;
        assert_eq!(members, expected, "{info}");
    }
    let info = json!({ "count": 50, "total_count": 50, "total_pages": 4 });
    let accounts = read_of_200(&info, |stage| stage.as_user().accounts().list().stream()).await;
    let tokens = read_of_200(&info, |stage| stage.account().tokens().list().stream()).await;
    let roles = read_of_200(&info, |stage| stage.account().roles().list().stream()).await;
    for read in [accounts, tokens, roles] {
        assert_eq!(read, expected);
    }
}

#[tokio::test]
async fn list_that_takes_no_page_and_comes_with_a_cursor_is_no_whole_list() {
    let stage = Stage::start().await;
    let account = stage.account();
    for info in [json!({ "cursor": "more" }), json!({ "cursors": { "after": "more" } })] {
        let body = json!({
            "success": true, "errors": [], "messages": [], "result": [{ "id": "a", "name": "A" }], "result_info": info
        });
        stage.emulator.clear_faults();
        stage
            .emulator
            .inject(Fault::body_replaced(200, "application/json", body.to_string()));
        let groups = account.tokens().permission_groups();
        for error in [
            groups.list().await.unwrap_err(),
            groups.list().collect().await.unwrap_err(),
            groups.find("A", None).await.unwrap_err(),
            account.subscriptions().list().await.unwrap_err(),
            account.subscriptions().list().collect().await.unwrap_err(),
        ] {
            assert_eq!(error.kind(), ErrorKind::Paging, "{error}");
            assert_well_worded(&error);
        }
    }
}

#[tokio::test]
async fn counts_are_read_as_numbers_and_as_texts() {
    for total in [json!(2), json!("2"), json!(2.0)] {
        let stage = Stage::start().await;
        let info = json!({ "count": total, "page": "1", "per_page": 50, "total_count": total });
        stage.emulator.inject(page(&["a", "b"], info).nth(1));
        let mut members = stage.account().members().list().stream();
        while members.try_next().await.unwrap().is_some() {}
        assert_eq!(members.end(), Some(PagingEnd::TotalReached), "{total}");
        assert_eq!(stage.emulator.requests().len(), 1);
    }
}

#[tokio::test]
async fn service_that_ignores_the_page_ends_in_a_typed_stop_and_not_in_a_loop() {
    for no_total in [false, true] {
        let stage = Stage::with(with_entries(30), |client| client).await;
        stage.emulator.set_quirk(Quirk::PageIgnored, true);
        stage.emulator.set_quirk(Quirk::NoTotal, no_total);
        let user = stage.as_user();
        let account = stage.account();
        let outcomes = [
            until_failure(user.accounts().list().page_size(5).stream()).await,
            until_failure(account.members().list().page_size(5).stream()).await,
            until_failure(account.tokens().list().page_size(5).stream()).await,
            until_failure(account.roles().list().page_size(5).stream()).await,
        ];
        for (read, error) in outcomes {
            assert_eq!((read.len(), error.kind()), (5, ErrorKind::Paging), "{error}");
            let failure = error.paging().unwrap();
            assert_eq!((failure.stop, failure.read), (PagingStop::RepeatedPage, 5));
        }
        assert!(
            stage.emulator.requests().len() <= 4 * 9,
            "a page, the one that repeats it, and those fetched ahead"
        );
    }
}

#[tokio::test]
async fn accounts_whose_page_is_ignored_for_tokens_of_an_account_end() {
    // Today's official client asks for this page for ever.
    let stage = Stage::with(with_entries(3), |client| client).await;
    stage.emulator.set_quirk(Quirk::AccountTokensIgnorePage, true);
    let mut accounts = stage.client.accounts().list().stream();
    let mut read = 0;
    while accounts.try_next().await.unwrap().is_some() {
        read += 1;
    }
    assert_eq!(read, 1);
    assert!(accounts.end().is_some());
    assert_eq!(
        stage.emulator.requests().len(),
        1,
        "the reply says that it is the only page"
    );
}

#[tokio::test]
async fn pages_that_are_clamped_repeated_or_interrupted_lose_nothing() {
    let stage = Stage::with(with_entries(35), |client| client).await;
    stage.emulator.set_quirk(Quirk::PageSizeClamped, true);
    assert_eq!(all(stage.account().members().list().stream()).await.len(), 35);

    let stage = Stage::with(with_entries(35), |client| client).await;
    stage.emulator.inject(Fault::repeated_page().on("listMembers").nth(2));
    let (read, error) = until_failure(stage.account().members().list().page_size(10).stream_ahead(0)).await;
    assert_eq!(
        (read.len(), error.paging().unwrap().stop),
        (20, PagingStop::RepeatedPage)
    );

    let stage = Stage::with(with_entries(35), |client| client.retry(RetryPolicy::never())).await;
    stage.emulator.inject(Fault::status(503).on("listMembers").nth(3));
    let list = || stage.account().members().list().page_size(10);
    let (mut read, error) = until_failure(list().stream()).await;
    let failure = error.paging().unwrap();
    assert_eq!(failure.stop, PagingStop::Interrupted);
    let checkpoint = serde_json::from_str(&serde_json::to_string(&failure.checkpoint).unwrap()).unwrap();
    read.extend(all(list().resume(checkpoint)).await);
    assert_eq!(read.len(), 35);
}

#[tokio::test]
async fn lists_that_take_no_page_come_whole_and_say_when_they_don_t() {
    let stage = Stage::start().await;
    let account = stage.account();
    let groups = account.tokens().permission_groups();
    assert_eq!(groups.list().collect().await.unwrap().len(), 44);
    assert_eq!(account.subscriptions().list().collect().await.unwrap().len(), 2);
    assert_eq!(stage.emulator.requests().len(), 2);
    let more = |total| {
        let body = json!({
            "success": true, "errors": [], "messages": [],
            "result": [{ "id": "a", "name": "A" }], "result_info": { "count": 1, "total_count": total }
        });
        Fault::body_replaced(200, "application/json", body.to_string())
    };
    stage.emulator.inject(more(1).times(2));
    assert_eq!(groups.list().collect().await.unwrap().len(), 1);
    assert_eq!(account.subscriptions().list().collect().await.unwrap().len(), 1);
    stage.emulator.inject(more(7));
    let mut items = groups.list().stream();
    assert_eq!(items.try_next().await.unwrap().unwrap().id, "a");
    let error = items.try_next().await.unwrap_err();
    let failure = error.paging().unwrap();
    assert_eq!((failure.stop, failure.read), (PagingStop::MissingItems, 1));
    assert!(
        error.to_string().contains("has no parameter to ask for the others"),
        "{error}"
    );
    assert_well_worded(&error);
    assert_eq!(
        account.subscriptions().list().collect().await.unwrap_err().kind(),
        ErrorKind::Paging
    );
    // A page by itself shows what there is.
    assert_eq!(groups.list().await.unwrap().total, Some(7));
}

const LOG: u64 = 50;

async fn log_stage() -> Stage {
    let since = noon() - chrono::TimeDelta::hours(1);
    Stage::with(world::with_audit_log(LOG, 3, since), |client| client).await
}

fn log(stage: &Stage) -> Pager<ListAuditLogs> {
    let since = noon() - chrono::TimeDelta::hours(2);
    stage
        .account()
        .audit_logs()
        .list(since)
        .before(noon())
        .sort_order("asc")
        .page_size(7)
}

fn entries() -> Vec<String> {
    (0..LOG).map(|n| format!("synthetic-{n}")).collect()
}

#[tokio::test]
async fn cursors_are_read_from_both_places_and_null_and_empty_ones_end() {
    for quirks in [
        vec![],
        vec![Quirk::CursorsAfter],
        vec![Quirk::NoCursorsAfter],
        vec![Quirk::EmptyCursorAtEnd],
        vec![Quirk::CursorsAfter, Quirk::EmptyCursorAtEnd],
        vec![Quirk::CountsAreNumbers],
        vec![Quirk::PageSizeClamped, Quirk::CursorsAfter, Quirk::CountsAreNumbers],
    ] {
        let stage = log_stage().await;
        for quirk in &quirks {
            stage.emulator.set_quirk(*quirk, true);
        }
        let mut items = log(&stage).stream();
        let mut read = Vec::new();
        while let Some(entry) = items.try_next().await.unwrap() {
            read.push(entry.id);
        }
        assert_eq!(
            (read, items.end()),
            (entries(), Some(PagingEnd::NoCursor)),
            "{quirks:?}"
        );
    }
    for info in [
        json!({ "cursor": null }),
        json!({ "cursor": "", "cursors": { "after": null } }),
        json!({}),
        json!(null),
    ] {
        let stage = log_stage().await;
        let body =
            json!({ "success": true, "errors": [], "messages": [], "result": [{ "id": "a" }], "result_info": info });
        stage
            .emulator
            .inject(Fault::body_replaced(200, "application/json", body.to_string()));
        assert_eq!(all(log(&stage).stream()).await, ["a"], "{info}");
    }
    // An empty text in the one place doesn't hide the cursor in the other.
    let stage = log_stage().await;
    let body = |id: &str, info| {
        let body =
            json!({ "success": true, "errors": [], "messages": [], "result": [{ "id": id }], "result_info": info });
        Fault::body_replaced(200, "application/json", body.to_string())
    };
    stage
        .emulator
        .inject(body("a", json!({ "cursor": "", "cursors": { "after": "next" } })).nth(1));
    stage.emulator.inject(body("b", json!({ "count": "1" })));
    assert_eq!(all(log(&stage).stream()).await, ["a", "b"]);
    assert!(
        stage.emulator.requests()[1]
            .query
            .as_deref()
            .unwrap()
            .contains("cursor=next")
    );
}

#[tokio::test]
async fn cursors_in_circles_and_repeated_pages_end_in_a_typed_stop() {
    for (fault, stop) in [
        (Fault::repeated_cursor(), PagingStop::RepeatedCursor),
        (Fault::cursor_cycle(), PagingStop::RepeatedCursor),
    ] {
        let stage = log_stage().await;
        stage.emulator.inject(fault.on("listAuditLogs"));
        let (read, error) = until_failure(log(&stage).stream()).await;
        let failure = error.paging().unwrap();
        assert_eq!(failure.stop, stop, "{error}");
        assert!(read.len() < LOG as usize && failure.read == read.len() as u64);
        assert_eq!(read, entries()[..read.len()], "what came has been handed out once");
    }
    // Pages that are empty and lead on end nothing.
    let stage = log_stage().await;
    stage.emulator.inject(Fault::empty_page().on("listAuditLogs").nth(2));
    assert_eq!(all(log(&stage).stream()).await, entries());
}

#[tokio::test]
async fn audit_log_interrupted_resumes_by_its_cursor() {
    for failing in 1..=7 {
        let stage = log_stage().await;
        stage
            .emulator
            .inject(Fault::status(500).on("listAuditLogs").nth(failing));
        let (mut read, error) = until_failure(log(&stage).retry(RetryPolicy::never()).stream()).await;
        let checkpoint = &error.paging().unwrap().checkpoint;
        let stored = serde_json::from_str(&serde_json::to_string(checkpoint).unwrap()).unwrap();
        read.extend(all(log(&stage).resume(stored)).await);
        assert_eq!(read, entries(), "interrupted at page {failing}");
    }
}
