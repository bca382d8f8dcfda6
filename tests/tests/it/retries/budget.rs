//! What all calls of a client may retry together.

use std::error::Error as _;

use account_provisioning::Error;
use account_provisioning_emulator::Fault;
use integration_tests::state;
use integration_tests::wording::assert_well_worded;

use super::{Verb, seconds, sent, stage_with};

#[tokio::test]
async fn outage_over_200_calls_is_not_multiplied() {
    let stage = stage_with(Fault::status(503)).await;
    let mut refused = 0;
    for _ in 0..200 {
        // Clones share the budget.
        let error = Verb::Get.send(&stage.client.clone()).await.unwrap_err();
        assert!(error.is_server(), "{error}");
        if error.to_string().contains("not retried") {
            refused += 1;
            let last: &Error = error.source().unwrap().downcast_ref().unwrap();
            assert_eq!((last.status(), error.status()), (last.status(), last.status()));
            assert_well_worded(&error);
        }
    }
    // Three attempts each would be 600; a fifth of the calls may be retries.
    assert_eq!(sent(&stage, Verb::Get), 240);
    assert!(refused > 150, "{refused}");
}

#[tokio::test]
async fn outage_seen_by_few_calls_leaves_each_its_attempts() {
    let stage = stage_with(Fault::status(503)).await;
    for _ in 0..5 {
        assert_eq!(Verb::Get.send(&stage.client).await.unwrap_err().attempts(), 3);
    }
    assert_eq!(
        Verb::Get.send(&stage.client).await.unwrap_err().attempts(),
        1,
        "ten retries are spent"
    );
    stage.time.advance(seconds(61));
    assert_eq!(
        Verb::Get.send(&stage.client).await.unwrap_err().attempts(),
        3,
        "a minute later they are back"
    );
}

#[tokio::test]
async fn outage_of_one_client_takes_nothing_from_another() {
    let stage = stage_with(Fault::status(503)).await;
    for _ in 0..10 {
        Verb::Get.send(&stage.client).await.unwrap_err();
    }
    let other = integration_tests::builder(&stage.emulator, &stage.time)
        .build()
        .unwrap();
    assert_eq!(other.users().get(state::user_id(0)).await.unwrap_err().attempts(), 3);
}
