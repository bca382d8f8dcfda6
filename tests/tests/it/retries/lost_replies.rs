//! Replies that were lost after the change had been made.

use account_provisioning::cloudinary::Client;
use account_provisioning_emulator::{Emulator, Fault};
use futures::TryStreamExt as _;
use integration_tests::wording::assert_well_worded;

use super::{Verb, sent, stage_with};

fn names(emulator: &Emulator) -> Vec<String> {
    let state = emulator.state();
    let account = state.cloudinary.accounts.iter().next().unwrap();
    account.users.iter().map(|user| user.name.clone()).collect()
}

/// Every way to lose a reply whose change was made.
fn losses() -> [Fault; 4] {
    [
        Fault::reset_after(),
        Fault::truncated(),
        Fault::reset_in_body(),
        Fault::status(502).after(),
    ]
}

#[tokio::test]
async fn update_whose_reply_is_lost_is_survived_by_a_retry() {
    for loss in losses() {
        let stage = stage_with(loss.times(1)).await;
        let reply = Verb::Put.send(&stage.client).await.unwrap();
        assert_eq!((reply.attempts.count(), sent(&stage, Verb::Put)), (2, 2));
        assert_eq!(names(&stage.emulator), ["Ann"]);
        assert!(
            stage.emulator.requests_for("updateUser")[0].applied,
            "the lost one had been applied"
        );
    }
}

#[tokio::test]
async fn creation_whose_reply_is_lost_is_sent_once_and_its_outcome_unknown() {
    for loss in losses() {
        let stage = stage_with(loss).await;
        let error = Verb::Post.send(&stage.client).await.unwrap_err();
        assert!(error.is_outcome_unknown(), "{error}");
        assert_eq!((error.attempts().count(), sent(&stage, Verb::Post)), (1, 1));
        assert_eq!(names(&stage.emulator), ["User 0", "Bob"], "created, and only once");
        let text = error.to_string();
        assert!(
            text.starts_with("createUser: ") && text.contains("may have been made"),
            "{text}"
        );
        assert_well_worded(&error);

        // The documented way to find out what happened.
        stage.emulator.clear_faults();
        assert_eq!(found(&stage.client).await, ["Bob"]);
    }
}

async fn found(client: &Client) -> Vec<String> {
    let users = client.users().list().emails(["bob@client.example"]);
    let users: Vec<_> = users.stream().try_collect().await.unwrap();
    users.into_iter().filter_map(|user| user.name).collect()
}

#[tokio::test]
async fn creation_reset_before_it_was_applied_is_unknown_too_and_was_not_made() {
    let stage = stage_with(Fault::reset_before()).await;
    let error = Verb::Post.send(&stage.client).await.unwrap_err();
    assert!(
        error.is_outcome_unknown(),
        "a client can't tell the two resets apart: {error}"
    );
    assert_eq!(names(&stage.emulator), ["User 0"]);
}

#[tokio::test]
async fn deletion_whose_reply_is_lost_is_not_found_and_says_that_it_may_have_worked() {
    for loss in losses() {
        let stage = stage_with(loss.times(1)).await;
        let error = Verb::Delete.send(&stage.client).await.unwrap_err();
        assert_eq!((error.attempts().count(), sent(&stage, Verb::Delete)), (2, 2));
        assert!(names(&stage.emulator).is_empty(), "the first attempt deleted it");
        assert!(error.is_not_found() && error.is_outcome_unknown(), "{error}");
        let text = error.to_string();
        assert!(
            text.contains("an earlier attempt of this call") && text.contains("may have deleted it"),
            "{text}"
        );
        assert_well_worded(&error);
    }
}

#[tokio::test]
async fn deletion_of_what_never_was_is_plainly_not_found() {
    let stage = stage_with(Fault::status(429).times(1)).await;
    let error = stage.client.users().delete("nobody").await.unwrap_err();
    assert_eq!(
        error.attempts().count(),
        2,
        "the first attempt was turned away, so it can't have deleted anything"
    );
    assert!(error.is_not_found() && !error.is_outcome_unknown(), "{error}");
    assert!(!error.to_string().contains("earlier attempt"), "{error}");
}

#[tokio::test]
async fn change_whose_replies_are_all_lost_says_that_it_may_have_been_made() {
    for verb in [Verb::Put, Verb::Delete] {
        let stage = stage_with(Fault::reset_after()).await;
        let error = verb.send(&stage.client).await.unwrap_err();
        assert_eq!(error.attempts().count(), 3);
        assert!(error.is_outcome_unknown(), "{error}");
        assert!(error.to_string().contains("sending it again does no harm"), "{error}");
        assert_well_worded(&error);
    }
}

#[tokio::test]
async fn reading_whose_replies_are_all_lost_has_no_outcome_to_know() {
    let stage = stage_with(Fault::reset_after()).await;
    let error = Verb::Get.send(&stage.client).await.unwrap_err();
    assert_eq!(
        (error.attempts().count(), error.is_outcome_unknown()),
        (3, false),
        "{error}"
    );
}
