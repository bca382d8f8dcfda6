//! The program: bases, heads, exit codes.

use serde_json::Value;

use super::{DOCUMENT, OVERLAY, Reviewed};

fn said(output: &std::process::Output) -> (Option<i32>, String) {
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.code(), text)
}

#[test]
fn review_of_an_unchanged_tree_says_so_and_ends_with_0() {
    let reviewed = Reviewed::new();
    reviewed.0.put("notes.txt", "more");
    reviewed.0.commit();
    let (code, text) = said(&reviewed.run(&["--deny", "breaking"]));
    assert_eq!(code, Some(0));
    assert!(text.contains("\nwire: no change; Rust: no change\n"), "{text}");
    assert!(text.ends_with("version: 0.4.2 stays\n"), "{text}");
}

#[test]
fn review_of_a_break_ends_with_0_unless_breaks_are_denied() {
    let reviewed = Reviewed::new();
    reviewed.change();
    let (code, text) = said(&reviewed.run(&[]));
    assert_eq!(code, Some(0));
    assert!(
        text.contains("\nwire: 2 breaking, 1 compatible, 1 docs only; "),
        "{text}"
    );
    let (code, text) = said(&reviewed.run(&["--deny", "breaking"]));
    assert_eq!(code, Some(1));
    assert!(
        text.contains("\ndenied: cloudinary: AccessKey.created_at: removed [response]\n"),
        "{text}"
    );
    assert!(
        text.contains(
            "\ndenied: cloudinary: query enabled: type changed from boolean to string — getProductEnvironments\n"
        ),
        "{text}"
    );
}

#[test]
fn review_of_what_breaks_nothing_passes_when_breaks_are_denied() {
    let reviewed = Reviewed::new();
    reviewed.edit(DOCUMENT, "Name of the access key.", "Name of the key.");
    assert_eq!(reviewed.run(&["--deny", "breaking"]).status.code(), Some(0));
}

#[test]
fn review_compares_with_the_last_tag_unless_told_otherwise() {
    let reviewed = Reviewed::new();
    reviewed.change();
    reviewed.0.commit();
    let (_, text) = said(&reviewed.run(&[]));
    assert!(
        text.starts_with("review of the working tree against v0.4.2 ("),
        "{text}"
    );
    assert!(text.contains("\nbase: the last tag\n"), "{text}");
    assert!(text.contains("\nwire: 2 breaking"), "{text}");
    assert!(text.contains("\nversion: 0.4.2 -> 0.5.0 (major step)\n"), "{text}");
    let (_, text) = said(&reviewed.run(&["--base", "HEAD"]));
    assert!(text.contains("\nwire: no change"), "{text}");
    let (_, text) = said(&reviewed.run(&["--base", "HEAD", "--head", "v0.4.2"]));
    assert!(text.starts_with("review of v0.4.2 ("), "{text}");
    assert!(
        text.contains("AccessKey.created_at: added, optional [response]"),
        "{text}"
    );
}

#[test]
fn review_that_cannot_compare_ends_with_2_and_says_why() {
    let reviewed = Reviewed::new();
    let (code, text) = said(&reviewed.run(&["--base", "nope"]));
    assert_eq!(code, Some(2));
    assert!(text.contains("`nope` names no commit of this repository"), "{text}");
    reviewed.edit(
        DOCUMENT,
        "#/components/schemas/AccessKey'",
        "#/components/schemas/Gone'",
    );
    let (code, text) = said(&reviewed.run(&[]));
    assert_eq!(code, Some(2));
    assert!(text.contains(DOCUMENT) && text.contains("has no target"), "{text}");
    reviewed.edit(DOCUMENT, "paths:\n", "paths: [\n");
    let (code, text) = said(&reviewed.run(&[]));
    assert_eq!(code, Some(2));
    assert!(text.contains(&format!("the working tree: {DOCUMENT}:")), "{text}");
}

#[test]
fn review_outside_a_repository_ends_with_2() {
    let directory = tempfile::tempdir().unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["review", "--root"])
        .arg(directory.path())
        .env("GIT_CEILING_DIRECTORIES", directory.path().parent().unwrap())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn review_of_an_api_that_comes_or_goes_is_one_line() {
    let reviewed = Reviewed::new();
    for file in [DOCUMENT, OVERLAY] {
        let path = file.replace("cloudinary", "other");
        let text = std::fs::read_to_string(reviewed.root().join(file)).unwrap();
        reviewed.0.put(&path, &text);
    }
    let wire = |reviewed: &Reviewed, arguments: &[&str]| -> Value {
        let output = reviewed.run(&[&["--format", "json"], arguments].concat());
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        json["summary"]["wire"].clone()
    };
    let (_, text) = said(&reviewed.run(&[]));
    let count = std::fs::read_to_string(reviewed.root().join(DOCUMENT)).unwrap();
    let count = count.matches("operationId: ").count();
    assert!(count > 1);
    assert!(
        text.contains(&format!("\ncompatible (1)\n  other: API added, {count} operations\n")),
        "{text}"
    );
    assert_eq!(wire(&reviewed, &[])["compatible"], 1);
    reviewed.0.commit();
    std::fs::remove_dir_all(reviewed.root().join("openapi/other")).unwrap();
    let (code, text) = said(&reviewed.run(&["--deny", "breaking", "--base", "HEAD"]));
    assert_eq!(code, Some(1));
    assert!(
        text.contains(&format!("\nbreaking (1)\n  other: API removed, {count} operations\n")),
        "{text}"
    );
    assert_eq!(wire(&reviewed, &["--base", "HEAD"])["breaking"], 1);
}

#[test]
fn review_of_an_overlay_shows_deviations_with_their_reasons() {
    let reviewed = Reviewed::new();
    reviewed.edit(
        OVERLAY,
        "    The short form of a group carries its id as well as the extended one does.\n",
        "    Every form of a group carries its id.\n",
    );
    reviewed.edit(OVERLAY, "    - api_key\n", "    - name\n");
    let review = reviewed.review();
    let lines: Vec<String> = review.apis[0].deviations.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "$.components.schemas.AccessKey: update changed",
            "$.components.schemas.UserGroup: reason changed",
        ]
    );
    assert_eq!(review.deviation_count(), 2);
    let (_, text) = said(&reviewed.run(&[]));
    assert!(
        text.contains("\nwire: no change; Rust: no change; deviations changed: 2\n"),
        "{text}"
    );
    assert!(text.contains("\n    Every form of a group carries its id.\n"), "{text}");
    let content = "\n      - required:\n      -   - api_key\n      + required:\n      +   - name\n";
    assert!(text.contains(content), "{text}");
}

#[test]
fn review_help_says_which_base_is_the_default_and_what_the_exit_codes_mean() {
    let (code, text) = said(&Reviewed::new().run(&["--help"]));
    assert_eq!(code, Some(0));
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains("Defaults to the last tag before the reviewed revision; or else to the commit in"),
        "{text}"
    );
    assert!(text.contains("Exit codes: 0 "), "{text}");
}
