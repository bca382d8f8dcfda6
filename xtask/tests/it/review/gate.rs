//! The gate: which base it takes, and that a committed break fails.

use std::process::Output;

use chrono::{Days, Utc};
use xtask::review::ALLOW_FILE;
use xtask::{BASE_FILE, Tree, Workspace};

use super::{CREATED_AT, DOCUMENT, Reviewed};

/// A repository without tags.
fn untagged() -> Reviewed {
    let reviewed = Reviewed::new();
    reviewed.0.git(&["tag", "--delete", "v0.4.2"]);
    reviewed
}

fn record_base(reviewed: &Reviewed) {
    let head = Tree::at(reviewed.root(), "HEAD").unwrap();
    let commit = head.commit().unwrap();
    reviewed
        .0
        .put(BASE_FILE, &format!("# The last commit that was reviewed.\n{commit}\n"));
    reviewed.0.commit();
}

fn break_and_commit(reviewed: &Reviewed) {
    reviewed.edit(DOCUMENT, CREATED_AT, "");
    reviewed.0.commit();
}

fn said(output: &Output) -> (Option<i32>, String) {
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.code(), text)
}

/// The arguments with which `.ci/run` reviews.
fn of_ci() -> Vec<String> {
    let script = Tree::working(Workspace::here().root())
        .read(".ci/run")
        .unwrap()
        .unwrap();
    let mut lines = script.lines().filter_map(|line| line.split_once("cargo xtask review"));
    let (_, arguments) = lines.next().unwrap();
    arguments.split_whitespace().map(str::to_owned).collect()
}

fn ci(reviewed: &Reviewed) -> (Option<i32>, String) {
    let arguments = of_ci();
    said(&reviewed.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>()))
}

#[test]
fn ci_fails_on_a_committed_break_until_an_exception_accepts_it() {
    let reviewed = untagged();
    record_base(&reviewed);
    let (code, text) = ci(&reviewed);
    assert_eq!(code, Some(0), "{text}");
    break_and_commit(&reviewed);
    let (code, text) = ci(&reviewed);
    assert_eq!(code, Some(1), "{text}");
    assert!(
        text.contains(&format!("\nbase: the commit that {BASE_FILE} records\n")),
        "{text}"
    );
    assert!(
        text.contains("\ndenied: cloudinary: AccessKey.created_at: removed [response]\n"),
        "{text}"
    );
    // Nor does it pass after further commits.
    reviewed.0.put("notes.txt", "more");
    reviewed.0.commit();
    assert_eq!(ci(&reviewed).0, Some(1));
    let day = Utc::now().date_naive() + Days::new(30);
    let exception = format!(
        "- of: cloudinary\n  fact: 'AccessKey.created_at: removed [response]'\n  reason: A test.\n  expires: {day}\n"
    );
    reviewed.0.put(ALLOW_FILE, &exception);
    assert_eq!(ci(&reviewed).0, Some(0));
    // The same exception is needed after it is committed, and harmless once the base has moved.
    reviewed.0.commit();
    assert_eq!(ci(&reviewed).0, Some(0));
    record_base(&reviewed);
    let (code, text) = ci(&reviewed);
    assert_eq!(code, Some(0), "{text}");
    assert!(
        text.contains("\nwarning: openapi/review-allow.yaml:1: the exception for"),
        "{text}"
    );
}

#[test]
fn branch_without_a_recorded_base_is_compared_with_where_it_began() {
    let reviewed = untagged();
    reviewed.0.git(&["switch", "--quiet", "--create", "topic"]);
    break_and_commit(&reviewed);
    reviewed.0.put("notes.txt", "more");
    reviewed.0.commit();
    let (code, text) = said(&reviewed.run(&["--deny", "breaking"]));
    assert_eq!(code, Some(1), "{text}");
    assert!(
        text.contains("\nbase: the last commit in common with `main`\n"),
        "{text}"
    );
    let (code, text) = said(&reviewed.run(&["--deny", "breaking", "--branch", "topic"]));
    assert_eq!(code, Some(2), "{text}");
}

#[test]
fn review_without_a_base_says_that_nothing_was_compared_and_fails_if_it_denies() {
    let reviewed = untagged();
    break_and_commit(&reviewed);
    let nothing = "nothing that is committed was compared: there is no earlier tag, no commit in openapi/review-base, and \
                   `main` has every commit; name a revision with `--base`";
    let (code, text) = said(&reviewed.run(&["--deny", "breaking"]));
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains(nothing), "{text}");
    let (code, text) = said(&reviewed.run(&[]));
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains(nothing), "{text}");
}

#[test]
fn tagged_head_is_compared_with_the_tag_before_it() {
    let reviewed = Reviewed::new();
    break_and_commit(&reviewed);
    reviewed.0.git(&["tag", "v0.5.0"]);
    reviewed.0.git(&["tag", "v0.5.0-again"]);
    for arguments in [&["--deny", "breaking"][..], &["--deny", "breaking", "--head", "v0.5.0"]] {
        let (code, text) = said(&reviewed.run(arguments));
        assert_eq!(code, Some(1), "{text}");
        assert!(text.contains(" against v0.4.2 ("), "{text}");
    }
    // What is not committed is compared with the tag of the head.
    reviewed.0.put("notes.txt", "more");
    let (code, text) = said(&reviewed.run(&["--deny", "breaking"]));
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains(" against v0.5.0"), "{text}");
}

#[test]
fn only_tag_of_a_tagged_head_is_no_base() {
    let reviewed = Reviewed::new();
    for arguments in [&["--deny", "breaking"][..], &["--deny", "breaking", "--head", "v0.4.2"]] {
        let (code, text) = said(&reviewed.run(arguments));
        assert_eq!(code, Some(2), "{text}");
        assert!(text.contains("there is no earlier tag"), "{text}");
    }
}

#[test]
fn recorded_base_that_is_the_reviewed_commit_is_no_base() {
    let reviewed = untagged();
    reviewed.0.put(".gitignore", "/openapi/review-base\n");
    break_and_commit(&reviewed);
    let head = Tree::at(reviewed.root(), "HEAD").unwrap();
    let commit = head.commit().unwrap();
    reviewed.0.put(BASE_FILE, &format!("{commit}\n"));
    for arguments in [&["--deny", "breaking"][..], &["--deny", "breaking", "--head", "HEAD"]] {
        let (code, text) = said(&reviewed.run(arguments));
        assert_eq!(code, Some(2), "{text}");
        assert!(text.contains("which is the reviewed commit itself"), "{text}");
    }
    let (code, text) = said(&reviewed.run(&[]));
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("which is the reviewed commit itself"), "{text}");
    // With a change on disk there is something to compare.
    reviewed.0.put("notes.txt", "more");
    assert_eq!(said(&reviewed.run(&["--deny", "breaking"])).0, Some(0));
}

#[test]
fn clone_that_lacks_the_recorded_base_fails_and_names_the_command_that_fetches_it() {
    let reviewed = untagged();
    let commit = "1234567890123456789012345678901234567890";
    reviewed.0.put(BASE_FILE, &format!("{commit}\n"));
    let (code, text) = said(&reviewed.run(&["--deny", "breaking"]));
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains(&format!("git fetch --depth=1 origin {commit}")), "{text}");
}

#[test]
fn recorded_base_of_this_workspace_is_a_commit() {
    let here = Workspace::here();
    let text = Tree::working(here.root()).read(BASE_FILE).unwrap().unwrap();
    let commit = text.lines().find(|line| !line.starts_with('#')).unwrap();
    assert!(
        commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit()),
        "{text}"
    );
}
