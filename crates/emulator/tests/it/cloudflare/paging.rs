//! Numbered pages.

use account_provisioning_emulator::cloudflare::{Account, Member, MemberStatus};
use account_provisioning_emulator::{Fault, Quirk};
use reqwest::Method;
use serde_json::{Value, json};

use super::{Desk, each, failure, message, send, setting, success};

const MEMBERS: &str = "/accounts/{account}/members";

/// An account of 12 members.
fn twelve(account: &mut Account) {
    for index in 1..12 {
        let member = Member::new(
            format!("m{index}"),
            format!("m{index}@x.example"),
            MemberStatus::Pending,
        );
        account.members.insert(member);
    }
}

async fn desk() -> Desk {
    Desk::with(|state| twelve(state.accounts.get_mut("emulator-account").unwrap())).await
}

#[tokio::test]
async fn pages_hold_each_entry_once_and_one_past_the_end_is_empty() {
    let desk = desk().await;
    let mut all = Vec::new();
    for (page, count) in [(1, 5), (2, 5), (3, 2), (4, 0)] {
        let body = desk.see(&format!("{MEMBERS}?page={page}&per_page=5")).await;
        assert_eq!(
            body["result_info"],
            json!({ "page": page, "per_page": 5, "count": count, "total_count": 12, "total_pages": 3 })
        );
        all.extend(each(&body, "id").into_iter().map(str::to_owned));
    }
    let whole = desk.see(MEMBERS).await;
    assert_eq!(each(&whole, "id"), all);
    assert_eq!(whole["result_info"]["per_page"], 20);
    let float = desk.see(&format!("{MEMBERS}?page=2.0&per_page=5.0")).await;
    assert_eq!(
        float["result_info"]["page"], 2,
        "a client in Python writes numbers like this"
    );
}

#[tokio::test]
async fn pages_that_cannot_be_are_400() {
    let desk = desk().await;
    for query in [
        "page=0",
        "page=-1",
        "page=x",
        "page=1.5",
        "per_page=4",
        "per_page=51",
        "page=1&page=2",
    ] {
        assert_eq!(
            failure(&desk.get(&format!("{MEMBERS}?{query}")).await),
            (400, 1004),
            "{query}"
        );
    }
}

#[tokio::test]
async fn pages_ignored_clamped_or_without_a_total_are_what_the_quirks_say() {
    let desk = desk().await;
    let page = async |query: &str| desk.see(&format!("{MEMBERS}?{query}")).await;
    let first = page("page=1&per_page=5").await;
    desk.emulator.set_quirk(Quirk::PageIgnored, true);
    assert_eq!(page("page=3&per_page=5").await, first);
    desk.emulator.set_quirk(Quirk::PageIgnored, false);
    desk.emulator.set_quirk(Quirk::PageSizeClamped, true);
    assert_eq!(page("per_page=50").await["result_info"]["count"], 10);
    desk.emulator.set_quirk(Quirk::NoTotal, true);
    assert_eq!(
        page("").await["result_info"],
        json!({ "page": 1, "per_page": 10, "count": 10 })
    );
    let whole = desk.see("/accounts/{account}/subscriptions").await;
    assert_eq!(whole["result_info"], json!({ "page": 1, "per_page": 1, "count": 1 }));
}

#[tokio::test]
async fn pages_ignored_or_repeated_by_a_fault_are_the_first_or_the_one_before() {
    let desk = desk().await;
    let page = async |number: u8| desk.see(&format!("{MEMBERS}?per_page=5&page={number}")).await["result"].clone();
    let (first, second) = (page(1).await, page(2).await);
    let fault = desk.emulator.inject(Fault::ignored_page().on("listMembers").nth(1));
    assert_eq!(page(3).await, first);
    desk.emulator.inject(Fault::repeated_page().nth(1));
    assert_eq!(page(3).await, second);
    assert_eq!(desk.emulator.struck(fault), Some(1));
}

#[tokio::test]
async fn page_sizes_set_for_the_emulator_hold_here_too() {
    let mut state = account_provisioning_emulator::State::default();
    twelve(state.cloudflare.accounts.get_mut("emulator-account").unwrap());
    let desk = Desk::of(setting().state(state).default_page_size(3).max_page_size(7)).await;
    assert_eq!(desk.see(MEMBERS).await["result_info"]["count"], 3);
    assert_eq!(
        desk.see(&format!("{MEMBERS}?per_page=50")).await["result_info"]["count"],
        7
    );
}

#[tokio::test]
async fn accounts_for_a_token_that_belongs_to_one_are_refused_or_listed_or_the_same_on_every_page_by_quirk() {
    let desk = Desk::start().await;
    let page = async |number: u8| desk.get(&format!("/accounts?page={number}&per_page=5")).await;
    let refused = page(1).await;
    assert_eq!(failure(&refused), (400, 1001));
    assert!(
        message(&refused).contains("tokens that belong to an account"),
        "{refused:?}"
    );
    desk.emulator.set_quirk(Quirk::AccountTokensListAccounts, true);
    assert_eq!(each(&success(page(1).await), "id"), ["emulator-account"]);
    assert_eq!(success(page(2).await)["result"], Value::Array(Vec::new()));
    desk.emulator.set_quirk(Quirk::AccountTokensListAccounts, false);
    desk.emulator.set_quirk(Quirk::AccountTokensIgnorePage, true);
    let second = success(page(2).await);
    assert_eq!(each(&second, "id"), ["emulator-account"]);
    assert_eq!(
        (&second["result_info"]["page"], &second["result_info"]["total_pages"]),
        (&json!(1), &json!(1))
    );
    let of_user = desk.with_token(desk.account.user_api_token(), Method::GET, "/accounts?page=2");
    assert_eq!(
        success(send(of_user, None).await)["result"],
        json!([]),
        "users' tokens are served well"
    );
}
