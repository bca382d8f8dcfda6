//! The table of what is sent again, row by row, for each method.

use account_provisioning::cloudinary::{Scope, UserId};
use account_provisioning_emulator::Fault;
use integration_tests::state;
use integration_tests::wording::assert_well_worded;

use super::{Options, Verb, ms, sent, stage_with};

/// What follows when every attempt fails in the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    /// All three attempts are made.
    Retry,
    /// One attempt is made, and nothing has happened.
    Stop,
    /// One attempt is made, and what became of it is unknown.
    Unknown,
}

/// Lets every attempt fail, and compares what follows with the table.
async fn check(row: &str, fault: Fault, idempotent: Then, not_idempotent: Then) {
    check_verbs(&Verb::ALL, row, fault, idempotent, not_idempotent).await;
}

async fn check_verbs(verbs: &[Verb], row: &str, fault: Fault, idempotent: Then, not_idempotent: Then) {
    for &verb in verbs {
        let expected = if verb == Verb::Post { not_idempotent } else { idempotent };
        let stage = stage_with(fault.clone()).await;
        let options = Options::attempt_timeout(ms(500));
        let error = verb.send_with(&stage.client, options).await.expect_err(row);
        let context = format!("{row}, {verb:?}: {error}");

        let (attempts, waits) = match expected {
            Then::Retry => (3, vec![ms(250), ms(500)]),
            Then::Stop | Then::Unknown => (1, vec![]),
        };
        assert_eq!(sent(&stage, verb), attempts, "{context}");
        assert_eq!(error.attempts().count() as usize, attempts, "{context}");
        assert_eq!(stage.time.sleeps(), waits, "{context}");
        assert_eq!(error.operation(), Some(verb.operation()), "{context}");
        if verb == Verb::Post {
            assert_eq!(error.is_outcome_unknown(), expected == Then::Unknown, "{context}");
        }
        if verb == Verb::Get {
            assert!(!error.is_outcome_unknown(), "{context}");
        }
        assert_well_worded(&error);
    }
}

/// Lets the first attempt fail and the second one through.
async fn check_second_attempt(row: &str, fault: Fault, verbs: &[Verb]) {
    for &verb in verbs {
        let stage = stage_with(fault.clone().times(1)).await;
        let options = Options::attempt_timeout(ms(500));
        let reply = verb.send_with(&stage.client, options).await.expect(row);
        assert_eq!((reply.attempts.count(), sent(&stage, verb)), (2, 2), "{row}, {verb:?}");
        assert_eq!(stage.time.sleeps(), [ms(250)], "{row}, {verb:?}");
    }
}

#[tokio::test]
async fn call_answered_420_or_429_is_sent_again_whatever_its_method() {
    for status in [420, 429] {
        let (row, fault) = (status.to_string(), Fault::status(status));
        check(&row, fault.clone(), Then::Retry, Then::Retry).await;
        check_second_attempt(&row, fault, &Verb::ALL).await;
    }
}

#[tokio::test]
async fn call_answered_408_or_a_passing_5xx_is_sent_again_only_if_idempotent() {
    for status in [408, 500, 502, 503, 504, 520, 521, 522, 523, 524, 530] {
        let (row, fault) = (status.to_string(), Fault::status(status));
        check(&row, fault.clone(), Then::Retry, Then::Unknown).await;
        check_second_attempt(&row, fault, &Verb::IDEMPOTENT).await;
    }
}

#[tokio::test]
async fn call_answered_another_5xx_stops_and_is_unknown_unless_idempotent() {
    for status in [506, 507, 525, 599] {
        check(&status.to_string(), Fault::status(status), Then::Stop, Then::Unknown).await;
    }
}

#[tokio::test]
async fn call_answered_another_4xx_or_refused_as_such_stops() {
    for status in [400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 451, 501, 505] {
        check(&status.to_string(), Fault::status(status), Then::Stop, Then::Stop).await;
    }
}

#[tokio::test]
async fn call_whose_attempt_times_out_is_sent_again_only_if_idempotent() {
    let fault = Fault::latency(ms(20_000));
    check("attempt timeout", fault.clone(), Then::Retry, Then::Unknown).await;
    check_second_attempt("attempt timeout", fault, &Verb::IDEMPOTENT).await;
}

#[tokio::test]
async fn call_whose_body_is_too_slow_times_out_like_one_without_an_answer() {
    let fault = Fault::slow_body(ms(20_000));
    check_verbs(&Verb::LASTING, "slow body", fault, Then::Retry, Then::Unknown).await;
}

#[tokio::test]
async fn call_reset_before_it_is_applied_is_sent_again_only_if_idempotent() {
    check("reset before", Fault::reset_before(), Then::Retry, Then::Unknown).await;
    check_second_attempt("reset before", Fault::reset_before(), &Verb::IDEMPOTENT).await;
}

#[tokio::test]
async fn call_reset_after_it_is_applied_is_sent_again_only_if_idempotent() {
    check("reset after", Fault::reset_after(), Then::Retry, Then::Unknown).await;
    check_second_attempt("reset after", Fault::reset_after(), &[Verb::Get, Verb::Put]).await;
}

#[tokio::test]
async fn call_whose_body_breaks_off_is_sent_again_only_if_idempotent() {
    for (row, fault) in [
        ("truncated", Fault::truncated()),
        ("reset in body", Fault::reset_in_body()),
    ] {
        check_verbs(&Verb::LASTING, row, fault.clone(), Then::Retry, Then::Unknown).await;
        check_second_attempt(row, fault, &[Verb::Get, Verb::Put]).await;
    }
}

#[tokio::test]
async fn refusal_whose_body_breaks_off_is_none() {
    let stage = stage_with(Fault::truncated()).await;
    let error = Verb::Delete
        .send_with(&stage.client, Options::attempt_timeout(ms(500)))
        .await
        .unwrap_err();
    // The first attempt deleted it. Whether the 404 of the others is the service's own, only their bodies would say.
    assert_eq!(sent(&stage, Verb::Delete), 3);
    assert!(!error.is_not_found() && error.is_outcome_unknown(), "{error}");
    assert!(error.request_id().is_some());
    assert_well_worded(&error);
}

#[tokio::test]
async fn call_whose_answer_is_not_the_services_own_stops_and_is_unknown_unless_idempotent() {
    for status in [200, 201, 302, 400, 401, 403, 404, 409, 422, 501] {
        for (content_type, body) in [
            ("application/json", "[1"),
            ("application/json", r#"{"login":"sso"}"#),
            ("text/html", "<html>Please sign in</html>"),
        ] {
            let fault = Fault::body_replaced(status, content_type, body);
            check(&format!("{status} {body}"), fault, Then::Stop, Then::Unknown).await;
        }
    }
    check(
        "empty",
        Fault::body_replaced(200, "application/json", ""),
        Then::Stop,
        Then::Unknown,
    )
    .await;
}

#[tokio::test]
async fn post_that_only_reads_is_sent_again_and_changes_nothing() {
    for status in [500, 503, 507] {
        let stage = stage_with(Fault::status(status)).await;
        let validation = stage.client.public().validate("permit(principal, action, resource);");
        let error = validation.await.unwrap_err();
        assert!(!error.is_outcome_unknown(), "{error}");
        assert_eq!(error.attempts().count(), if status == 507 { 1 } else { 3 }, "{error}");
        let user = UserId::new(state::user_id(0)).unwrap();
        let inspection = stage.client.principals().inspect_many(Scope::Account, [&user]);
        let error = inspection.await.unwrap_err();
        assert!(!error.is_outcome_unknown(), "{error}");
    }
}

#[tokio::test]
async fn call_answered_with_a_redirect_stops_and_is_not_followed() {
    let fault = Fault::status(302).header("location", "http://127.0.0.1:1/elsewhere");
    check("302", fault, Then::Stop, Then::Stop).await;
}
