//! Calls without an asynchronous runtime.

use account_provisioning::cloudinary::Client;
use account_provisioning::{ErrorKind, Reconciled};
use account_provisioning_emulator::{Emulator, Fault};
use integration_tests::Stage;

/// An emulator on its own thread, and a client, outside of any runtime.
fn stage() -> (Emulator, Client) {
    let emulator = Emulator::start_blocking().unwrap();
    let client = Client::builder()
        .account_url(emulator.cloudinary().url())
        .base_url(emulator.cloudinary().base_url())
        .build()
        .unwrap();
    (emulator, client)
}

#[test]
fn blocking_calls_outside_a_runtime_do_what_awaited_ones_do() {
    let (emulator, client) = stage();
    let users = client.users();
    let ann = users.create("Ann", "ann@client.example").blocking().unwrap();
    assert_eq!(users.get(&ann.id).blocking().unwrap().name.as_deref(), Some("Ann"));
    let page = users.list().page(1).page_size(5).blocking().unwrap();
    assert_eq!((page.len(), page.page_size), (1, Some(5)));
    let reply = users.get(&ann.id).response().blocking().unwrap();
    assert_eq!((reply.meta.status.as_u16(), reply.meta.attempts.count()), (200, 1));
    assert!(
        users
            .create("Ann", "ann@client.example")
            .blocking()
            .unwrap_err()
            .is_conflict()
    );
    users.delete(&ann.id).blocking().unwrap();
    assert!(users.get(&ann.id).blocking().unwrap_err().is_not_found());
    assert!(users.get_opt(&ann.id).blocking().unwrap().is_none());
    assert!(users.delete("..").blocking().unwrap_err().is_invalid_input());
    assert_eq!(emulator.requests().len(), 8);

    emulator.inject(Fault::reset_after().on("createUser").times(1));
    let create = users.create("Bob", "bob@client.example");
    let lost = create.clone().blocking().unwrap_err();
    assert!(matches!(
        create.clone().reconcile_blocking(&lost),
        Reconciled::Applied(_)
    ));
    assert!(create.or_find().blocking().unwrap().is_found());
}

#[test]
fn collect_blocking_outside_a_runtime_reads_every_page() {
    let (emulator, client) = stage();
    for number in 0..5 {
        client
            .users()
            .create("Many", format!("many{number}@x.example"))
            .blocking()
            .unwrap();
    }
    emulator.clear_requests();
    let mut emails: Vec<String> = client
        .users()
        .list()
        .page_size(2)
        .collect_blocking()
        .unwrap()
        .into_iter()
        .filter_map(|user| user.email)
        .collect();
    emails.sort();
    assert_eq!(
        emails,
        (0..5)
            .map(|number| format!("many{number}@x.example"))
            .collect::<Vec<_>>()
    );
    let pages: Vec<Option<String>> = emulator.requests().into_iter().map(|request| request.query).collect();
    let expected = [1, 2, 3, 4].map(|page| Some(format!("page={page}&page_size=2")));
    assert_eq!(pages, expected);
}

#[test]
fn blocking_calls_of_many_threads_share_one_client() {
    let (emulator, client) = stage();
    std::thread::scope(|scope| {
        for number in 0..8 {
            let client = &client;
            scope.spawn(move || {
                client
                    .users()
                    .create("T", format!("t{number}@x.example"))
                    .blocking()
                    .unwrap()
            });
        }
    });
    assert_eq!(client.users().list().collect_blocking().unwrap().len(), 8);
    assert_eq!(emulator.requests_for("createUser").len(), 8);
}

#[tokio::test]
async fn blocking_call_inside_a_runtime_is_an_error_that_says_what_to_do() {
    let stage = Stage::start().await;
    for problem in [
        stage.client.users().list().blocking().unwrap_err(),
        stage.client.users().list().collect_blocking().unwrap_err(),
        stage.client.users().delete("user-1").blocking().unwrap_err(),
    ] {
        assert_eq!(problem.kind(), ErrorKind::Blocking);
        assert!(
            problem
                .to_string()
                .contains("await the call, or make it on a thread of your own"),
            "{problem}"
        );
    }
    assert!(stage.emulator.requests().is_empty());
}

#[test]
fn client_used_in_a_runtime_that_idles_has_other_connections_for_blocking_calls() {
    let (emulator, client) = stage();
    // It drives its connections only while something blocks on it.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    for round in 0..2 {
        runtime.block_on(async { client.users().list().await.unwrap() });
        client
            .users()
            .create("A", format!("a{round}@x.example"))
            .blocking()
            .unwrap();
    }
    assert_eq!(emulator.requests_for("createUser").len(), 2);
}

#[test]
fn client_used_in_a_runtime_that_has_ended_still_serves_blocking_calls() {
    let (emulator, client) = stage();
    for round in 0..3 {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async { client.users().list().await.unwrap() });
        // Its connections were driven by this runtime.
        drop(runtime);
        client
            .users()
            .create("A", format!("a{round}@x.example"))
            .blocking()
            .unwrap();
    }
    assert_eq!(emulator.requests_for("createUser").len(), 3);
}
