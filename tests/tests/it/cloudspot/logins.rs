//! Logins are sent once, because each attempt may count towards a lock-out.

use std::time::Duration;

use account_provisioning::cloudspot::ErrorExt as _;
use account_provisioning::{ErrorKind, RetryPolicy};
use account_provisioning_emulator::Fault;
use integration_tests::wording::assert_well_worded;

use super::{ACT, PASSWORD, Stage, TOKEN, USERNAME};

#[tokio::test]
async fn login_that_fails_for_a_moment_is_not_sent_again() {
    let faults: [(fn() -> Fault, bool); 7] = [
        (|| Fault::status(429).header("retry-after", "1"), false),
        (|| Fault::status(420), false),
        (|| Fault::status(503).header("retry-after", "1"), true),
        (|| Fault::status(500), true),
        (|| Fault::status(408), true),
        (Fault::reset_after, true),
        (Fault::truncated, true),
    ];
    for (fault, unknown) in faults {
        let stage = Stage::with(|client| client.retry(RetryPolicy::default())).await;
        stage.emulator.inject(fault().times(1));
        let error = stage
            .client
            .authenticate(USERNAME, PASSWORD)
            .await
            .map(drop)
            .unwrap_err();
        assert_well_worded(&error);
        assert_eq!(
            (error.attempts().count(), error.is_outcome_unknown()),
            (1, unknown),
            "{error}"
        );
        assert_eq!(error.to_string().contains("may have been counted"), unknown, "{error}");
        assert_eq!(stage.emulator.requests().len(), 1, "{error}");
        assert!(stage.time.sleeps().is_empty());
        // A read is retried after the same failure.
        stage.emulator.clear_faults();
        stage.emulator.inject(fault().times(1));
        let profile = stage.client.session(TOKEN).profile().response().await.unwrap();
        assert_eq!(profile.meta.attempts.count(), 2);
    }
}

#[tokio::test]
async fn lock_out_is_an_error_of_its_own_that_tells_when_it_ends() {
    let stage = Stage::start().await;
    for _ in 0..5 {
        let error = stage
            .client
            .authenticate(USERNAME, "wrong")
            .await
            .map(drop)
            .unwrap_err();
        assert!(error.is_bad_credentials() && !error.is_locked_out(), "{error}");
        assert_eq!(error.kind(), ErrorKind::Authentication);
    }
    let error = stage
        .client
        .authenticate(USERNAME, PASSWORD)
        .await
        .map(drop)
        .unwrap_err();
    assert!(
        error.is_locked_out() && error.is_rate_limited() && !error.is_bad_credentials(),
        "{error}"
    );
    assert!(
        error.retry_at().is_some() && error.to_string().contains("locked out"),
        "{error}"
    );
    assert_eq!((error.attempts().count(), stage.emulator.requests().len()), (1, 6));
    stage.emulator.advance(Duration::from_secs(900));
    stage.sign_in().await;
}

#[tokio::test]
async fn impersonation_whose_answer_is_lost_is_not_sent_again() {
    let stage = Stage::start().await;
    stage.emulator.inject(Fault::reset_after().times(1));
    let error = stage.client.validate_impersonation(ACT).await.map(drop).unwrap_err();
    assert!(error.is_outcome_unknown(), "{error}");
    assert_eq!(stage.emulator.requests().len(), 1);
    let error = stage.client.validate_impersonation(ACT).await.map(drop).unwrap_err();
    assert!(error.is_invalid_token(), "it was used up: {error}");
}

#[tokio::test]
async fn login_without_a_name_or_a_password_is_refused_before_it_counts() {
    let stage = Stage::start().await;
    for (username, password, field) in [
        ("", "x", "`username`"),
        (" ", "x", "`username`"),
        ("x", "", "`password`"),
    ] {
        let problem = stage
            .client
            .authenticate(username, password)
            .await
            .map(drop)
            .unwrap_err();
        assert!(
            problem.is_invalid_input() && problem.to_string().contains(field),
            "{problem}"
        );
    }
    let problem = stage.client.validate_impersonation("").await.unwrap_err();
    assert!(
        problem.is_invalid_input() && problem.to_string().contains("`token`"),
        "{problem}"
    );
    assert!(stage.emulator.requests().is_empty());
}
