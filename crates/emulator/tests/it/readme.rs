//! Checks the README.

use account_provisioning_emulator::{Quirk, State};

const README: &str = include_str!("../../README.md");

#[test]
fn readme_shows_a_state_that_is_taken_and_written_back_as_shown() {
    let (_, rest) = README.split_once("```json\n").unwrap();
    let (shown, _) = rest.split_once("```").unwrap();
    let state = State::from_json(shown).unwrap();
    let written: serde_json::Value = serde_json::from_str(&state.to_json()).unwrap();
    assert_eq!(
        written,
        serde_json::from_str::<serde_json::Value>(shown).unwrap(),
        "a field is missing in the README"
    );
}

#[test]
fn readme_names_every_quirk_in_order() {
    let (_, rest) = README.split_once("| quirk |").unwrap();
    let named: Vec<&str> = rest
        .lines()
        .skip(2)
        .map_while(|line| line.strip_prefix("| `"))
        .filter_map(|line| line.split('`').next())
        .collect();
    assert_eq!(named, Quirk::ALL.iter().map(Quirk::to_string).collect::<Vec<_>>());
    assert_eq!(Quirk::ALL.iter().take_while(|quirk| quirk.is_default()).count(), 11);
    assert_eq!(Quirk::ALL.iter().filter(|quirk| quirk.is_default()).count(), 11);
}
