//! The oracle finds lies: each test sends a call that says something else than what it did.

use std::sync::Arc;

use account_provisioning::{Error, RetryPolicy, cloudinary};
use account_provisioning_emulator::Fault;
use fastrand::Rng;
use futures::future::BoxFuture;
use serde_json::json;

use crate::fault::Trouble;
use crate::gate::ClosedPort;
use crate::path::Path;
use crate::plan::Plan;
use crate::run::Run;
use crate::stage::{ACCOUNT, Client, Stage};
use crate::step::{Goal, Kind, Outcome, Step};

fn root() -> Path {
    Path::new(&["cloudinary", "accounts", ACCOUNT])
}

/// A stage of Cloudinary.
async fn stage() -> (Stage, cloudinary::Client) {
    let closed = Arc::new(ClosedPort::bind());
    for seed in 0.. {
        let stage = Stage::set(seed, &mut Rng::with_seed(seed), Arc::clone(&closed)).await;
        if let Client::Cloudinary(client) = &stage.client
            && !stage.pooled
        {
            let client = client.clone();
            return (stage, client);
        }
    }
    unreachable!("one of the seeds is of Cloudinary")
}

/// The rules that a call breaks.
async fn rules(stage: &Stage, step: Step, plan: Plan) -> Vec<&'static str> {
    let mut run = Run::new(0);
    run.call(stage, &stage.view(), step, plan, &mut false).await;
    run.violations.iter().map(|violation| violation.rule).collect()
}

/// A call that does anything.
fn step(kind: Kind, operation: &'static str, send: impl Future<Output = Outcome> + Send + 'static) -> Step {
    let send: BoxFuture<'static, Outcome> = Box::pin(send);
    let mut step = Step::new(kind, operation, |_| send);
    step.adds = Some(root().at(&["users"]));
    step.may = vec![root().at(&["users", "user-0", "name"])];
    step
}

/// An error of a call that really fails, by a status before the change.
async fn failure(stage: &Stage, client: &cloudinary::Client, fault: Fault) -> Error {
    stage.emulator.clear_faults();
    stage.emulator.inject(fault);
    let call = client.users().create("Nobody", "nobody@client.example");
    let error = call
        .retry(RetryPolicy::never())
        .await
        .expect_err("the fault fails the call");
    stage.emulator.clear_faults();
    stage.emulator.clear_requests();
    error
}

#[tokio::test]
async fn truth_breaks_no_rule() {
    let (stage, client) = stage().await;
    let honest = step(Kind::Create, "createUser", async move {
        let user = client.users().create("Ann", "ann@client.example").await?;
        Ok(vec![Goal::Is(
            root().at(&["users", user.id.as_str(), "name"]),
            json!("Ann"),
        )])
    });
    assert_eq!(rules(&stage, honest, Plan::default()).await, [""; 0]);
}

#[tokio::test]
async fn creation_that_is_applied_twice_is_found() {
    let (stage, client) = stage().await;
    let twice = step(Kind::Create, "createUser", async move {
        client.users().create("Ann", "ann@client.example").await?;
        client.users().create("Ann", "ann2@client.example").await?;
        Ok(Vec::new())
    });
    let found = rules(&stage, twice, Plan::default()).await;
    assert_eq!(found, ["a creation was applied twice"; 2]);
}

#[tokio::test]
async fn success_that_is_not_in_the_state_is_found() {
    let (stage, client) = stage().await;
    let nothing = step(Kind::Set, "updateUser", async { Ok(Vec::new()) });
    assert_eq!(
        rules(&stage, nothing, Plan::default()).await,
        ["a success is not in the state"]
    );
    let another = step(Kind::Set, "updateUser", async move {
        client.users().update("user-0").name("Bob").await?;
        Ok(vec![
            Goal::Is(root().at(&["users", "user-0", "name"]), json!("Ann")),
            Goal::Exists(root().at(&["users", "no-such-id"])),
            Goal::Absent(root().at(&["users", "user-0"])),
            Goal::Keys(root().at(&["users"]), vec!["user-0".to_owned()]),
        ])
    });
    let found = rules(&stage, another, Plan::default()).await;
    assert_eq!(found, ["a success is not in the state"; 4]);
}

#[tokio::test]
async fn change_of_something_else_is_found() {
    let (stage, client) = stage().await;
    let more = step(Kind::Set, "updateUser", async move {
        client.users().update("user-0").name("Bob").enabled(false).await?;
        Ok(Vec::new())
    });
    assert_eq!(
        rules(&stage, more, Plan::default()).await,
        ["something else was changed"]
    );
}

#[tokio::test]
async fn error_that_says_that_nothing_happened_is_found() {
    let (stage, client) = stage().await;
    let refused = failure(&stage, &client, Fault::status(400)).await;
    let rename = step(Kind::Set, "updateUser", async move {
        client.users().update("user-0").name("Bob").await?;
        Err(refused)
    });
    assert_eq!(
        rules(&stage, rename, Plan::default()).await,
        ["an error says that nothing changed"]
    );
}

#[tokio::test]
async fn error_that_says_that_nothing_was_sent_is_found() {
    let (stage, client) = stage().await;
    stage.gate.plan([true; 3]);
    let unconnected = client.users().list().await.expect_err("every connection is refused");
    let invalid = client.users().get("..").await.expect_err("the id is invalid");
    assert!(unconnected.is_connect() && invalid.is_invalid_input());
    for error in [unconnected, invalid] {
        let client = client.clone();
        let sent = step(Kind::Read, "getUsers", async move {
            client.users().list().await?;
            Err(error)
        });
        let found = rules(&stage, sent, Plan::default()).await;
        assert_eq!(found[0], "an error says that nothing was sent");
    }
}

#[tokio::test]
async fn error_that_says_unknown_of_a_read_or_of_nothing_is_found() {
    let (stage, client) = stage().await;
    let unknown = failure(&stage, &client, Fault::reset_before()).await;
    assert!(unknown.is_outcome_unknown());
    let read = step(Kind::Read, "getUsers", {
        let (client, unknown) = (client.clone(), unknown.clone());
        async move {
            client.users().list().await?;
            Err(unknown)
        }
    });
    let found = rules(&stage, read, Plan::default()).await;
    assert_eq!(found, ["an error says that a read may have changed something"]);
    let nothing = step(Kind::Create, "createUser", async move { Err(unknown) });
    let found = rules(&stage, nothing, Plan::default()).await;
    assert_eq!(found, ["an error says that the outcome is unknown"]);
}

#[tokio::test]
async fn foreign_response_that_is_taken_for_the_services_is_found() {
    let (stage, client) = stage().await;
    let html = Fault::body_replaced(404, "text/html", "<html>no such page</html>");
    let real = failure(&stage, &client, Fault::status(404)).await;
    let plan = Plan::of([Trouble::foreign("HTML with 4xx", html)]);
    let lie = step(Kind::Read, "getUser", {
        let client = client.clone();
        async move {
            let _ = client.users().get("user-0").await;
            Err(real)
        }
    });
    let found = rules(&stage, lie, plan).await;
    assert_eq!(found, ["an error takes a foreign response for the service's"]);
    let page = Fault::body_replaced(200, "text/html", "<html>please sign in</html>");
    let lie = step(Kind::Read, "getUser", async move {
        let _ = client.users().get("user-0").await;
        Ok(Vec::new())
    });
    let plan = Plan::of([Trouble::foreign("HTML with 200", page)]);
    let found = rules(&stage, lie, plan).await;
    assert_eq!(found, ["a foreign response was taken for a success"]);
}

#[tokio::test]
async fn wait_that_no_response_asked_for_is_found() {
    let (stage, client) = stage().await;
    let limited = failure(&stage, &client, Fault::status(429).header("retry-after", "30")).await;
    assert!(limited.retry_at().is_some());
    let lie = step(Kind::Read, "getUsers", async move {
        client.users().list().await?;
        Err(limited)
    });
    let found = rules(&stage, lie, Plan::default()).await;
    assert_eq!(found, ["an error says when to come back"]);
}

#[tokio::test]
async fn attempts_that_are_not_counted_are_found() {
    let (stage, client) = stage().await;
    let once = failure(&stage, &client, Fault::status(400)).await;
    assert_eq!(once.attempts().count(), 1);
    let lie = step(Kind::Create, "createUser", async move {
        client
            .users()
            .create("", "ann@client.example")
            .await
            .expect_err("the name is empty");
        client
            .users()
            .create("", "ann@client.example")
            .await
            .expect_err("the name is empty");
        Err(once)
    });
    let found = rules(&stage, lie, Plan::default()).await;
    assert_eq!(found, ["an error counts too few attempts"]);
}

#[tokio::test]
async fn login_that_is_sent_twice_is_found() {
    let (stage, client) = stage().await;
    let twice = step(Kind::Login, "updateUser", async move {
        client.users().update("user-0").name("Bob").await?;
        client.users().update("user-0").name("Bob").await?;
        Ok(Vec::new())
    });
    let found = rules(&stage, twice, Plan::default()).await;
    assert_eq!(found, ["a creation was applied twice", "a login was sent twice"]);
}
