//! The states that an emulator starts with or rejects.

use account_provisioning_emulator::cloudinary::User;
use account_provisioning_emulator::{Emulator, StartError, State};

use crate::client::Bench;

#[tokio::test]
async fn start_with_a_state_that_cannot_be_used_fails_and_says_why() {
    let directory = tempfile::tempdir().unwrap();
    let missing = Emulator::builder()
        .state_file(directory.path().join("none.json"))
        .start()
        .await;
    assert!(matches!(missing, Err(StartError::StateFile { .. })));
    let mut state = State::default();
    state
        .cloudinary
        .accounts
        .get_mut("emulator-account")
        .unwrap()
        .users
        .insert(User::new("u", "U", "none"));
    let error = Emulator::builder().state(state.clone()).start().await.unwrap_err();
    assert!(
        matches!(&error, StartError::State(error) if error.path().ends_with("users[0].email")),
        "{error:?}"
    );
    let emulator = Emulator::start().await.unwrap();
    assert!(emulator.set_state(state).is_err());
    assert_eq!(emulator.state(), State::default());
    let error = emulator
        .edit_state(|state| {
            let account = state.cloudinary.accounts.get_mut("emulator-account").unwrap();
            account.account_id = "renamed".to_owned();
        })
        .unwrap_err();
    assert_eq!(error.path(), "cloudinary.accounts[0].account_id");
    assert_eq!(emulator.state(), State::default());
}

#[tokio::test]
async fn state_that_begins_with_a_byte_order_mark_is_read() {
    assert_eq!(State::from_json("\u{feff}{}").unwrap(), State::default());
    assert!(State::from_json("\u{feff}\u{feff}{}").is_err());
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("state.json");
    std::fs::write(&path, "\u{feff}{\"cloudinary\":{\"accounts\":[]}}").unwrap();
    let emulator = Emulator::builder().state_file(path).start().await.unwrap();
    assert!(emulator.state().cloudinary.accounts.is_empty());
}

#[tokio::test]
async fn state_of_an_empty_object_is_the_default_and_an_empty_state_knows_nobody() {
    assert_eq!(State::from_json("{}").unwrap(), State::default());
    let bench = Bench::of(Emulator::start().await.unwrap());
    bench.emulator.set_state(State::empty()).unwrap();
    assert_eq!(bench.get("/users").await.0, 401);
    assert_eq!(bench.emulator.cloudinary(), bench.account);
}
