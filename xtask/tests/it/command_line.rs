//! The program itself: what it prints, and how it exits.

use std::process::{Command, Output};

fn xtask(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .output()
        .unwrap()
}

#[test]
fn generate_check_of_this_workspace_passes() {
    let output = xtask(&["generate", "--check"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn surface_prints_the_digest() {
    let output = xtask(&["surface", "--api", "cloudinary"]);
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with("# cloudinary: Access Keys\n\n"), "{text}");
    assert!(
        text.contains("\ngetUsers = GET /v1_1/provisioning/accounts/{account_id}/users\n"),
        "{text}"
    );
}

#[test]
fn surface_of_an_unknown_api_fails_and_lists_the_known_ones() {
    let output = xtask(&["surface", "--api", "nope"]);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stderr).unwrap();
    let (_, known) = text
        .split_once("openapi/nope/openapi.yaml does not exist; use one of: ")
        .unwrap();
    let known: Vec<&str> = known.trim().split(", ").collect();
    assert!(known.contains(&"cloudflare") && known.contains(&"cloudinary"), "{text}");
}

#[test]
fn bench_of_an_unknown_part_fails_before_anything_is_built_and_lists_the_known_ones() {
    let output = xtask(&["bench", "--only", "calls,nothing"]);
    assert_eq!(output.status.code(), Some(2));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(
        text.contains("'nothing'") && text.contains("calls, tasks, paging, memory"),
        "{text}"
    );
}

#[test]
fn bench_check_with_a_choice_of_parts_is_refused() {
    for other in ["--quick", "--render", "--only=calls"] {
        let output = xtask(&["bench", "--check", other]);
        assert_eq!(output.status.code(), Some(2), "{other}");
    }
}
