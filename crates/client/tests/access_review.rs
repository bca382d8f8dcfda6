//! The example that reviews who may do what, run as a program.
#![cfg(feature = "cloudflare")]
#![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

use std::env;
use std::process::Command;

/// The example, without the credentials of the environment.
fn example() -> Command {
    let tests = env::current_exe().unwrap();
    let examples = tests.parent().and_then(|deps| deps.parent()).unwrap().join("examples");
    let mut example = Command::new(
        examples
            .join("access_review")
            .with_extension(env::consts::EXE_EXTENSION),
    );
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("CLOUDFLARE_")) {
        example.env_remove(name);
    }
    example
}

/// What the example prints without credentials.
fn printed(format: &str) -> String {
    let output = example().args(["--format", format]).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn access_review_shows_roles_policies_groups_and_tokens_in_every_format() {
    let grants: Vec<serde_json::Value> = serde_json::from_str(&printed("json")).unwrap();
    let through = |who: &str| -> Vec<String> {
        let of = grants.iter().filter(|grant| grant["who"] == who);
        of.map(|grant| grant["through"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(through("ann@client.example").len(), 2);
    assert!(through("ann@client.example")[0].starts_with("role "));
    assert_eq!(through("bob@client.example"), ["policy", "group Accounting"]);
    let token = grants
        .iter()
        .find(|grant| grant["who"] == "token quarterly-report")
        .unwrap();
    let flags = token["flags"].as_str().unwrap();
    assert!(
        flags.contains("expires on ") && flags.ends_with("never used"),
        "{flags}"
    );

    let csv = printed("csv");
    let mut csv = csv::Reader::from_reader(csv.as_bytes());
    assert_eq!(csv.headers().unwrap().get(1), Some("who"));
    assert_eq!(csv.records().map(Result::unwrap).count(), grants.len());

    let table = printed("table");
    assert_eq!(table.lines().count(), grants.len() + 1);
    assert!(table.lines().all(|line| line.chars().count() <= 240), "{table}");
    assert!(table.contains(" and 18 more"), "{table}");
    assert!(
        table
            .lines()
            .any(|line| line.contains("group Accounting") && line.contains("Billing Read"))
    );
}

#[test]
fn access_review_that_fails_says_why_in_plain_words() {
    let output = example().env("CLOUDFLARE_API_TOKEN", "two words").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("CLOUDFLARE_API_TOKEN contains whitespace"), "{said}");
    assert!(!said.contains("two words"), "{said}");
}
