//! Hooks: what they see of each attempt, and what they can do to it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use account_provisioning::hook::{Ended, Hook, Outgoing};
use account_provisioning::{ErrorKind, Result, Timeouts};
use account_provisioning_emulator::Fault;
use futures::TryStreamExt as _;
use futures::future::BoxFuture;
use integration_tests::{Stage, state};

/// What a hook saw, in order.
#[derive(Clone, Debug, Default)]
struct Seen(Arc<Mutex<Vec<String>>>);

impl Seen {
    fn note(&self, text: String) {
        self.0.lock().unwrap().push(text);
    }

    fn lines(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

/// Notes the beginning and the end of each attempt.
struct Notes {
    name: &'static str,
    seen: Seen,
}

impl Hook for Notes {
    fn before<'a>(&'a self, attempt: &'a mut Outgoing<'_>) -> BoxFuture<'a, Result<()>> {
        let (operation, number) = (attempt.operation().operation_id, attempt.number());
        self.seen.note(format!("{}: {operation} {number}", self.name));
        Box::pin(std::future::ready(Ok(())))
    }

    fn after(&self, attempt: &Ended<'_>) {
        let status = attempt.status.map(|status| status.as_u16());
        let kind = attempt.error.map(account_provisioning::Error::kind);
        let id = attempt
            .headers
            .is_some_and(|headers| headers.contains_key("x-request-id"));
        let retry = attempt.retry_in.map(|wait| wait.as_millis());
        self.seen.note(format!(
            "{}: {} ended {status:?} {kind:?} id={id} retry={retry:?}",
            self.name, attempt.number
        ));
    }
}

#[tokio::test]
async fn hooks_see_each_attempt_the_second_inside_the_first() {
    let seen = Seen::default();
    let stage = Stage::with(state::with_users(1), |client| {
        let hook = |name| Notes {
            name,
            seen: seen.clone(),
        };
        client.hook(hook("a")).hook(hook("b"))
    })
    .await;
    stage.emulator.inject(Fault::status(503).times(1));
    stage.client.users().get(state::user_id(0)).await.unwrap();
    assert_eq!(
        seen.lines(),
        [
            "a: getUser 1",
            "b: getUser 1",
            "b: 1 ended Some(503) Some(Server) id=true retry=Some(250)",
            "a: 1 ended Some(503) Some(Server) id=true retry=Some(250)",
            "a: getUser 2",
            "b: getUser 2",
            "b: 2 ended Some(200) None id=true retry=None",
            "a: 2 ended Some(200) None id=true retry=None",
        ]
    );
    stage.emulator.inject(Fault::reset_before());
    stage
        .client
        .users()
        .create("Ann", "ann@client.example")
        .await
        .unwrap_err();
    let last = seen.lines().pop();
    assert_eq!(
        last.as_deref(),
        Some("a: 1 ended None Some(Transport) id=false retry=None")
    );
}

#[tokio::test]
async fn hook_sees_every_page_of_a_stream_and_what_an_update_reads() {
    let seen = Seen::default();
    let stage = Stage::with(state::with_users(5), |client| {
        client.hook(Notes {
            name: "a",
            seen: seen.clone(),
        })
    })
    .await;
    let list = stage.client.users().list().page_size(2).stream();
    let users: Vec<_> = list.try_collect().await.unwrap();
    assert_eq!(users.len(), 5);
    let begun = seen.lines().into_iter().filter(|line| line == "a: getUsers 1").count();
    assert_eq!(begun, stage.emulator.requests().len());
}

/// Signs a request by its method, path and body.
struct Signer;

impl Hook for Signer {
    fn before<'a>(&'a self, attempt: &'a mut Outgoing<'_>) -> BoxFuture<'a, Result<()>> {
        let signature = format!("{} {} {}", attempt.method(), attempt.url().path(), attempt.body().len());
        let signature = signature
            .parse()
            .map_err(|_| attempt.refuse("the signature is no header"));
        Box::pin(async move {
            attempt.headers_mut().insert("x-signature", signature?);
            Ok(())
        })
    }
}

#[tokio::test]
async fn header_of_a_hook_is_sent() {
    let stage = Stage::with(state::with_users(1), |client| client.hook(Signer)).await;
    stage.client.users().create("Ann", "ann@client.example").await.unwrap();
    let requests = stage.emulator.requests();
    let (path, length) = (&requests[0].path, requests[0].body.len());
    let signature = requests[0].headers.iter().find(|(name, _)| name == "x-signature");
    assert_eq!(
        signature.map(|(_, value)| value.clone()),
        Some(format!("POST {path} {length}"))
    );
    assert!(length > 10);
}

/// Lets the first attempts pass, and refuses those after them.
struct Refusing(u32);

impl Hook for Refusing {
    fn before<'a>(&'a self, attempt: &'a mut Outgoing<'_>) -> BoxFuture<'a, Result<()>> {
        let refused = attempt.number() > self.0;
        let answer = match refused {
            true => Err(attempt.refuse("no changes after six o'clock")),
            false => Ok(()),
        };
        Box::pin(std::future::ready(answer))
    }
}

#[tokio::test]
async fn attempt_that_a_hook_refuses_is_not_sent_and_ends_the_call() {
    let stage = Stage::with(state::with_users(1), |client| client.hook(Refusing(0))).await;
    let error = stage.client.users().get(state::user_id(0)).await.unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Refused, Some("getUser")));
    assert_eq!(error.attempts().count(), 0);
    assert!(error.to_string().contains("no changes after six o'clock"), "{error}");
    assert!(!error.is_outcome_unknown() && stage.emulator.requests().is_empty());
}

#[tokio::test]
async fn change_whose_retry_a_hook_refuses_has_an_unknown_outcome() {
    let stage = Stage::with(state::with_users(1), |client| client.hook(Refusing(1))).await;
    stage.emulator.inject(Fault::reset_after());
    let error = stage
        .client
        .users()
        .update(state::user_id(0))
        .name("Bea")
        .await
        .unwrap_err();
    assert_eq!((error.kind(), error.attempts().count()), (ErrorKind::Refused, 1));
    assert!(error.is_outcome_unknown(), "the first attempt was lost: {error}");
}

/// Waits before each attempt, from one with this number on.
struct Waiting {
    from: u32,
    time: Duration,
}

impl Hook for Waiting {
    fn before<'a>(&'a self, attempt: &'a mut Outgoing<'_>) -> BoxFuture<'a, Result<()>> {
        let waits = attempt.number() >= self.from;
        Box::pin(async move {
            if waits {
                tokio::time::sleep(self.time).await;
            }
            Ok(())
        })
    }
}

#[tokio::test]
async fn hook_that_waits_longer_than_the_call_may_take_ends_it_unsent() {
    let emulator = state::with_users(1).start().await.unwrap();
    let client = account_provisioning::cloudinary::Client::builder()
        .account_url(emulator.cloudinary().url())
        .base_url(emulator.cloudinary().base_url())
        .timeouts(Timeouts::default().with_call(Duration::from_millis(200)))
        .hook(Waiting {
            from: 1,
            time: Duration::from_secs(60),
        })
        .build()
        .unwrap();
    let error = client.users().get(state::user_id(0)).await.unwrap_err();
    assert!(error.is_timeout() && error.attempts().count() == 0, "{error:?}");
    assert!(emulator.requests().is_empty());
}

#[tokio::test]
async fn reply_and_error_tell_each_attempt_with_status_wait_and_reason() {
    let stage = Stage::with(state::with_users(1), |client| client).await;
    stage.emulator.inject(Fault::status(503).times(1));
    stage.emulator.inject(Fault::reset_before().nth(2).times(1));
    let reply = stage.client.users().get(state::user_id(0)).response().await.unwrap();
    let told: Vec<_> = reply
        .attempts()
        .iter()
        .map(|attempt| {
            let status = attempt.status.map(|status| status.as_u16());
            (status, attempt.waited.as_millis(), attempt.reason.is_some())
        })
        .collect();
    assert_eq!(told, [(Some(503), 0, true), (None, 250, true), (Some(200), 500, false)]);

    stage.emulator.inject(Fault::status(503));
    let error = stage.client.users().get(state::user_id(0)).await.unwrap_err();
    assert_eq!(error.attempts().count(), 3);
    for attempt in error.attempts().iter() {
        assert_eq!(attempt.status.map(|status| status.as_u16()), Some(503));
        let reason = attempt.reason.as_deref().unwrap_or_default();
        assert!(reason.contains("503 Service Unavailable"), "{reason}");
    }
    assert_eq!(error.reply().map(|reply| reply.attempts.count()), Some(3));
}

#[tokio::test]
async fn error_tells_why_its_last_attempt_failed_although_its_status_is_a_success() {
    let stage = Stage::with(state::with_users(1), |client| client).await;
    let empty = r#"{"schema":{}}"#;
    for body in ["<html>Sign in</html>", "{", r#"{"schema":1}"#, empty] {
        stage.emulator.clear_faults();
        stage.emulator.inject(Fault::status(503).times(1));
        stage
            .emulator
            .inject(Fault::body_replaced(200, "application/json", body));
        let error = stage.client.public().cedar_schema().await.unwrap_err();
        for attempts in [error.attempts(), &error.reply().unwrap().attempts] {
            let last = attempts.last().unwrap();
            assert_eq!((attempts.count(), last.status.unwrap().as_u16()), (2, 200), "{error}");
            assert_eq!(last.waited.as_millis(), 250);
            assert_eq!(last.reason.as_deref(), Some(&*error.to_string()));
        }
    }
}

/// A response that nobody can read fails the call, so what counts failures has to hear of it.
#[tokio::test]
async fn response_that_cannot_be_read_is_a_failed_attempt_to_hooks() {
    let seen = Seen::default();
    let stage = Stage::with(state::with_users(1), |client| {
        client.hook(Notes {
            name: "a",
            seen: seen.clone(),
        })
    })
    .await;
    let portal = "<html>Sign in</html>";
    let of_user = || async { stage.client.users().get(state::user_id(0)).await.map(drop) };
    let of_list = || async { stage.client.users().list().await.map(drop) };
    let of_schema = || async { stage.client.public().cedar_schema().await.map(drop) };
    for (body, kind) in [(portal, "Foreign"), (r#"{"id":1}"#, "Decode")] {
        stage.emulator.clear_faults();
        stage
            .emulator
            .inject(Fault::body_replaced(200, "application/json", body));
        of_user().await.unwrap_err();
        assert_eq!(
            ended(&seen),
            format!("a: 1 ended Some(200) Some({kind}) id=true retry=None")
        );
    }
    // The second is a reply that its model can't become.
    for (body, kind) in [(portal, "Foreign"), (r#"{"schema":{}}"#, "Decode")] {
        stage.emulator.clear_faults();
        stage
            .emulator
            .inject(Fault::body_replaced(200, "application/json", body));
        of_schema().await.unwrap_err();
        assert_eq!(
            ended(&seen),
            format!("a: 1 ended Some(200) Some({kind}) id=true retry=None")
        );
        of_list().await.unwrap_err();
        assert_eq!(ended(&seen), "a: 1 ended Some(200) Some(Foreign) id=true retry=None");
    }
}

/// What the hook saw of the last attempt's end.
fn ended(seen: &Seen) -> String {
    seen.lines().pop().unwrap_or_default()
}

/// A hook that counts what is under way must come back to zero.
#[tokio::test]
async fn hook_that_let_an_attempt_pass_is_told_its_end_even_if_it_was_not_sent() {
    let seen = Seen::default();
    let notes = |name| Notes {
        name,
        seen: seen.clone(),
    };
    let refused = Stage::with(state::with_users(1), |client| {
        client.hook(notes("a")).hook(Refusing(0)).hook(notes("b"))
    })
    .await;
    refused.client.users().get(state::user_id(0)).await.unwrap_err();
    assert_eq!(
        seen.lines(),
        ["a: getUser 1", "a: 1 ended None Some(Refused) id=false retry=None"]
    );

    let emulator = state::with_users(1).start().await.unwrap();
    let limited = account_provisioning::cloudinary::Client::builder()
        .account_url(emulator.cloudinary().url())
        .base_url(emulator.cloudinary().base_url())
        .timeouts(Timeouts::default().with_call(Duration::from_millis(500)))
        .hook(notes("a"))
        .limiter(account_provisioning::limit::Steady::new(1, Duration::from_secs(3600)).unwrap())
        .build()
        .unwrap();
    limited.users().get(state::user_id(0)).await.unwrap();
    seen.lines();
    limited.users().get(state::user_id(0)).await.unwrap_err();
    assert_eq!(
        seen.lines(),
        ["a: getUser 1", "a: 1 ended None Some(Timeout) id=false retry=None"]
    );
}

#[tokio::test]
async fn time_that_a_hook_uses_up_before_a_retry_does_not_hide_why_the_attempt_before_failed() {
    let emulator = state::with_users(1).start().await.unwrap();
    emulator.inject(Fault::status(429).header("retry-after", "0"));
    let client = account_provisioning::cloudinary::Client::builder()
        .account_url(emulator.cloudinary().url())
        .base_url(emulator.cloudinary().base_url())
        .timeouts(Timeouts::default().with_call(Duration::from_secs(2)))
        .hook(Waiting {
            from: 2,
            time: Duration::from_secs(60),
        })
        .build()
        .unwrap();
    let error = client.users().get(state::user_id(0)).await.unwrap_err();
    assert!(error.is_rate_limited() && error.attempts().count() == 1, "{error:?}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(429));
    assert!(error.to_string().contains("time limit of 2 s is over"), "{error}");
}
