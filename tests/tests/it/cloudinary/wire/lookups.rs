//! Lists of identifiers: split into requests of 100, joined, and never a filter that lists something else.

use account_provisioning::Field;
use account_provisioning_emulator::cloudinary::{ProductEnvironment, User};
use account_provisioning_emulator::{Fault, RecordedRequest};
use futures::TryStreamExt as _;
use integration_tests::wire::{Wire, values};
use integration_tests::world;

/// How many of each thing the account has.
const MANY: usize = 250;

fn id(number: usize) -> String {
    format!("id-{number:03}")
}

fn email(number: usize) -> String {
    format!("many{number:03}+x@client.example")
}

fn cloud_name(number: usize) -> String {
    format!("many_{number:03}")
}

async fn wire_with_many() -> Wire {
    let mut account = world::account();
    for number in 0..MANY {
        account.users.insert(User::new(id(number), "Many", email(number)));
        let environment = ProductEnvironment::new(id(number), "Many", cloud_name(number));
        account.product_environments.insert(environment);
    }
    Wire::with(account).await
}

/// Asks for some of the many, newest first; what came back is compared with what was asked for.
struct Asked {
    wanted: Vec<String>,
    parameter: &'static str,
}

impl Asked {
    fn new(count: usize, parameter: &'static str, name: fn(usize) -> String) -> Self {
        Self {
            wanted: (0..count).rev().map(name).collect(),
            parameter,
        }
    }

    /// Asserts that the requests asked for everything in order, 100 at a time, and that all of it came back once: the
    /// answer of the first request, then that of the second.
    fn assert_found(&self, requests: &[RecordedRequest], found: &[String]) {
        let chunks: Vec<&[String]> = self.wanted.chunks(100).collect();
        // Behind a full page, there could be another user of one of the e-mail addresses.
        let first = |request: &&RecordedRequest| values(request, "page").iter().all(|page| page == "1");
        let sent = requests.iter().filter(first);
        let sent: Vec<Vec<String>> = sent.map(|request| values(request, self.parameter)).collect();
        assert_eq!(sent, chunks, "{}", self.parameter);
        assert_eq!(found.len(), self.wanted.len());
        for (asked, got) in chunks.into_iter().zip(found.chunks(100)) {
            let (mut asked, mut got) = (asked.to_vec(), got.to_vec());
            asked.sort();
            got.sort();
            assert_eq!(got, asked);
        }
    }
}

#[tokio::test]
async fn users_by_ids_are_asked_for_in_hundreds_and_joined() {
    let wire = wire_with_many().await;
    for count in [1, 99, 100, 101, 200, MANY] {
        let asked = Asked::new(count, "ids", id);
        let list = || wire.client().users().list().ids(&asked.wanted);
        let page = list().await.unwrap();
        let found: Vec<String> = page.into_iter().map(|user| user.id.to_string()).collect();
        asked.assert_found(&wire.fresh(), &found);
        let found: Vec<String> = list()
            .stream()
            .map_ok(|user| user.id.to_string())
            .try_collect()
            .await
            .unwrap();
        asked.assert_found(&wire.fresh(), &found);
    }
}

#[tokio::test]
async fn users_by_emails_are_asked_for_in_hundreds_and_joined() {
    let wire = wire_with_many().await;
    for count in [1, 100, 101, MANY] {
        let asked = Asked::new(count, "emails", email);
        let list = || wire.client().users().list().emails(asked.wanted.clone());
        let page = list().await.unwrap();
        let found: Vec<String> = page.into_iter().map(|user| user.email.unwrap()).collect();
        asked.assert_found(&wire.fresh(), &found);
        let found: Vec<String> = list()
            .stream()
            .map_ok(|user| user.email.unwrap())
            .try_collect()
            .await
            .unwrap();
        asked.assert_found(&wire.fresh(), &found);
    }
}

#[tokio::test]
async fn environments_by_ids_are_asked_for_in_hundreds_and_joined() {
    let wire = wire_with_many().await;
    for count in [1, 100, 101, MANY] {
        let asked = Asked::new(count, "ids", id);
        let list = || wire.client().product_environments().list().ids(&asked.wanted);
        let found: Vec<String> = list()
            .await
            .unwrap()
            .into_iter()
            .map(|environment| environment.id.to_string())
            .collect();
        asked.assert_found(&wire.fresh(), &found);
        let found: Vec<String> = list()
            .stream()
            .map_ok(|environment| environment.id.to_string())
            .try_collect()
            .await
            .unwrap();
        asked.assert_found(&wire.fresh(), &found);
    }
}

#[tokio::test]
async fn environments_by_cloud_names_are_asked_for_in_hundreds_and_joined() {
    let wire = wire_with_many().await;
    for count in [1, 100, 101, MANY] {
        let asked = Asked::new(count, "cloud_names", cloud_name);
        let list = || {
            wire.client()
                .product_environments()
                .list()
                .cloud_names(asked.wanted.clone())
        };
        let page = list().await.unwrap();
        let found: Vec<String> = page
            .into_iter()
            .map(|environment| environment.cloud_name.unwrap())
            .collect();
        asked.assert_found(&wire.fresh(), &found);
        let names = list().stream().map_ok(|environment| environment.cloud_name.unwrap());
        let found: Vec<String> = names.try_collect().await.unwrap();
        asked.assert_found(&wire.fresh(), &found);
    }
}

#[tokio::test]
async fn ids_of_which_some_are_unknown_give_the_others_awaited_and_streamed() {
    let wire = wire_with_many().await;
    let mut ids: Vec<String> = (0..150).map(id).collect();
    ids[3] = "gone-1".to_owned();
    ids[120] = "gone-2".to_owned();
    let users = wire.client().users();
    assert_eq!(users.list().ids(&ids).await.unwrap().len(), 148);
    assert_eq!(users.list().ids(&ids).collect().await.unwrap().len(), 148);
    let environments = wire.client().product_environments();
    assert_eq!(environments.list().ids(&ids).await.unwrap().len(), 148);
}

#[tokio::test]
async fn other_filters_beside_many_ids_go_along_with_every_request() {
    let wire = wire_with_many().await;
    let ids: Vec<String> = (0..101).map(id).collect();
    wire.client()
        .users()
        .list()
        .ids(&ids)
        .prefix("ma")
        .pending(false)
        .await
        .unwrap();
    let requests = wire.fresh();
    assert_eq!(requests.len(), 2);
    for request in &requests {
        assert_eq!(
            (values(request, "prefix"), values(request, "pending")),
            (vec!["ma".to_owned()], vec!["false".to_owned()])
        );
    }
}

#[tokio::test]
async fn duplicates_are_asked_for_once() {
    let wire = Wire::start().await;
    let page = wire
        .client()
        .users()
        .list()
        .ids(["user-1", "user-2", "user-1"])
        .await
        .unwrap();
    assert_eq!(
        (page.len(), values(&wire.fresh()[0], "ids")),
        (2, vec!["user-1".to_owned(), "user-2".to_owned()])
    );
    // An address is one address however it is written.
    let emails = ["Ann@client.example", "ann@client.example"];
    assert_eq!(wire.client().users().list().emails(emails).await.unwrap().len(), 1);
    assert_eq!(values(&wire.fresh()[0], "emails"), ["Ann@client.example"]);
    // 202 ids of which each stands twice are 101: two requests, not three.
    let twice: Vec<String> = (0..101).chain(0..101).map(id).collect();
    wire.client().users().list().ids(&twice).await.unwrap();
    assert_eq!(
        wire.fresh()
            .iter()
            .map(|request| values(request, "ids").len())
            .collect::<Vec<_>>(),
        [100, 1]
    );
}

#[tokio::test]
async fn ids_that_differ_in_case_alone_are_two_ids() {
    let mut account = world::account();
    account.users.insert(User::new("aBc", "Upper", "upper@x.example"));
    account.users.insert(User::new("abc", "Lower", "lower@x.example"));
    let wire = Wire::with(account).await;
    assert_eq!(wire.client().users().list().ids(["aBc", "abc"]).await.unwrap().len(), 2);
    assert_eq!(values(&wire.fresh()[0], "ids"), ["aBc", "abc"]);
}

#[tokio::test]
async fn lists_that_are_empty_are_refused_before_anything_is_sent() {
    let wire = Wire::start().await;
    let none: [&str; 0] = [];
    let users = wire.client().users();
    let environments = wire.client().product_environments();
    for (field, problem) in [
        ("ids", users.list().ids(none).await.unwrap_err()),
        ("ids", users.list().ids(Field::Clear).await.unwrap_err()),
        ("emails", users.list().emails(none).await.unwrap_err()),
        ("ids", users.list().ids(none).stream().try_next().await.unwrap_err()),
        ("ids", environments.list().ids(none).await.unwrap_err()),
        ("cloud_names", environments.list().cloud_names(none).await.unwrap_err()),
        (
            "cloud_names",
            environments.list().cloud_names(none).collect().await.unwrap_err(),
        ),
    ] {
        assert!(problem.is_invalid_input(), "{problem:?}");
        assert!(
            problem.to_string().starts_with(&format!("`{field}`: an empty list")),
            "{problem}"
        );
    }
    wire.sent_nothing();
    // Left as it is, the filter is no filter.
    assert_eq!(users.list().ids(Field::Keep).await.unwrap().len(), 2);
}

#[tokio::test]
async fn many_identifiers_that_cannot_go_together_are_refused_before_anything_is_sent() {
    let wire = wire_with_many().await;
    let ids: Vec<String> = (0..101).map(id).collect();
    let emails: Vec<String> = (0..101).map(email).collect();
    let names: Vec<String> = (0..101).map(cloud_name).collect();
    let users = wire.client().users();
    let environments = wire.client().product_environments();
    for (says, problem) in [
        ("`page`", users.list().ids(&ids).page(1).await.unwrap_err()),
        ("`page`", users.list().emails(emails.clone()).page(2).await.unwrap_err()),
        (
            "`page`",
            users.list().ids(["user-1"]).page(1).collect().await.unwrap_err(),
        ),
        (
            "`ids` and `emails`",
            users.list().ids(["a"]).emails(["a@x.example"]).await.unwrap_err(),
        ),
        (
            "`ids` and `emails`",
            users.list().ids(["a"]).emails(emails).collect().await.unwrap_err(),
        ),
        (
            "`ids` and `cloud_names`",
            environments.list().ids(&ids).cloud_names(names).await.unwrap_err(),
        ),
    ] {
        assert!(
            problem.is_invalid_input() && problem.to_string().contains(says),
            "{problem}"
        );
    }
    wire.sent_nothing();
    // Up to 100 they go with a page.
    assert_eq!(
        users.list().ids([id(2)]).page(1).await.unwrap().items[0].id.as_str(),
        id(2)
    );
}

#[tokio::test]
async fn answer_with_an_item_not_asked_for_is_an_error() {
    let wire = wire_with_many().await;
    let stranger = r#"{"users":[{"id":"id-001","email":"many001+x@client.example"},{"id":"x","email":"x@x.example"}]}"#;
    let fault = Fault::body_replaced(200, "application/json", stranger).on("getUsers");
    wire.stage.emulator.inject(fault);
    let strange = r#"{"sub_accounts":[{"id":"x","cloud_name":"x"}]}"#;
    let fault = Fault::body_replaced(200, "application/json", strange).on("getProductEnvironments");
    wire.stage.emulator.inject(fault);
    let users = wire.client().users();
    let environments = wire.client().product_environments();
    let many: Vec<String> = (0..101).map(id).collect();
    for (operation, field, problem) in [
        ("getUsers", "`ids`", users.list().ids([id(1)]).await.unwrap_err()),
        ("getUsers", "`ids`", users.list().ids(&many).await.unwrap_err()),
        (
            "getUsers",
            "`ids`",
            users.list().ids([id(1)]).collect().await.unwrap_err(),
        ),
        (
            "getUsers",
            "`emails`",
            users.list().emails([email(1)]).await.unwrap_err(),
        ),
        (
            "getProductEnvironments",
            "`ids`",
            environments.list().ids(["env-1"]).await.unwrap_err(),
        ),
        (
            "getProductEnvironments",
            "`cloud_names`",
            environments
                .list()
                .cloud_names(["first_cloud"])
                .collect()
                .await
                .unwrap_err(),
        ),
    ] {
        assert!(problem.is_decode() && problem.to_string().contains(field), "{problem}");
        assert_eq!(problem.operation(), Some(operation));
    }
}
