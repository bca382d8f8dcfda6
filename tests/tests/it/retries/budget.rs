//! What all calls of a client may retry in vain.

use account_provisioning::RetryPolicy;
use account_provisioning_emulator::Fault;
use integration_tests::state;
use integration_tests::wording::assert_well_worded;

use super::{Options, Verb, seconds, sent, stage_with};

#[tokio::test]
async fn outage_over_200_calls_uses_up_the_budget_and_no_more() {
    // The time of the stage moves by the backoffs alone: a budget of 100 and what comes back each second.
    let stage = stage_with(Fault::status(503)).await;
    let mut refused = 0;
    for _ in 0..500 {
        // Clones share the budget.
        let error = Verb::Get.send(&stage.client.clone()).await.unwrap_err();
        assert!(error.is_server(), "{error}");
        let text = error.to_string();
        assert!(text.starts_with("getUser: the service answered 503 "), "{text}");
        if text.contains("retry budget of 100 is used up") {
            refused += 1;
            assert_well_worded(&error);
        }
    }
    let retries = sent(&stage, Verb::Get) - 500;
    assert!((100..=250).contains(&retries), "{retries} retries");
    assert!(refused > 300, "{refused}");
    stage.time.advance(seconds(101));
    assert_eq!(Verb::Get.send(&stage.client).await.unwrap_err().attempts().count(), 3);
}

#[tokio::test]
async fn flaky_service_never_uses_up_the_budget_of_a_sequential_program() {
    let stage = stage_with(Fault::status(503)).await;
    stage.emulator.clear_faults();
    let patient = || {
        Options::retry(
            RetryPolicy::default()
                .with_max_attempts(10)
                .with_initial_backoff(seconds(0)),
        )
    };
    for _ in 0..60 {
        stage.emulator.inject(Fault::status(503).times(5));
        let reply = Verb::Get.send_with(&stage.client, patient()).await.unwrap();
        assert_eq!(reply.attempts.count(), 6);
    }
}

#[tokio::test]
async fn policy_sets_the_budget_of_its_calls() {
    let stage = stage_with(Fault::status(503)).await;
    for (budget, attempts) in [(Some(1), 2), (Some(1), 1), (Some(0), 1), (None, 3), (Some(100), 3)] {
        let options = Options::retry(
            RetryPolicy::default()
                .with_initial_backoff(seconds(0))
                .with_budget(budget),
        );
        let error = Verb::Get.send_with(&stage.client, options).await.unwrap_err();
        assert_eq!(error.attempts().count(), attempts, "{budget:?}: {error}");
    }
}

#[tokio::test]
async fn policy_sets_the_statuses_that_are_retried() {
    let stage = stage_with(Fault::status(503)).await;
    for (statuses, attempts) in [(&[502][..], 1), (&[503], 3)] {
        let options = Options::retry(RetryPolicy::default().with_retried_statuses(statuses));
        let error = Verb::Get.send_with(&stage.client, options).await.unwrap_err();
        assert_eq!(error.attempts().count(), attempts, "{statuses:?}");
        assert!(error.is_server());
    }
}

#[tokio::test]
async fn outage_of_one_client_takes_nothing_from_another() {
    let stage = stage_with(Fault::status(503)).await;
    for _ in 0..200 {
        Verb::Get.send(&stage.client).await.unwrap_err();
    }
    let other = integration_tests::builder(&stage.emulator, &stage.time)
        .build()
        .unwrap();
    assert_eq!(
        other
            .users()
            .get(state::user_id(0))
            .await
            .unwrap_err()
            .attempts()
            .count(),
        3
    );
}

#[tokio::test]
async fn call_gives_back_what_it_took_and_no_more() {
    let stage = stage_with(Fault::status(503)).await;
    let options = |budget| {
        Options::retry(
            RetryPolicy::default()
                .with_initial_backoff(seconds(0))
                .with_budget(budget),
        )
    };
    let failed = Verb::Get.send_with(&stage.client, options(Some(2))).await.unwrap_err();
    assert_eq!(failed.attempts().count(), 3);
    stage.emulator.clear_faults();
    stage.emulator.inject(Fault::status(503).times(2));
    let free = Verb::Get.send_with(&stage.client, options(None)).await.unwrap();
    assert_eq!(free.attempts.count(), 3);
    stage.emulator.inject(Fault::status(503));
    let error = Verb::Get.send_with(&stage.client, options(Some(2))).await.unwrap_err();
    assert_eq!(error.attempts().count(), 1, "nothing is left: {error}");
}
