//! The Rust half of a review: two states of a repository, with the code that the documents make.

use std::path::Path;
use std::process::Command;

use account_provisioning_wire_diff::Level;
use xtask::Tree;
use xtask::review::Bump;
use xtask::rust_facts::{RustFacts, rust_facts};

use crate::edit::{copy_crates, edit};

fn git(root: &Path, arguments: &[&str]) {
    let status = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(["-c", "user.name=test", "-c", "user.email=test@localhost"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
}

/// What a review says of edits to files of a repository that holds the crates.
fn reviewed(edits: &[(&str, &str, &str)]) -> RustFacts {
    let directory = tempfile::tempdir().unwrap();
    let root = directory.path();
    copy_crates(root);
    git(root, &["init", "--quiet"]);
    git(root, &["add", "--all"]);
    git(root, &["commit", "--quiet", "--message", "Before"]);
    for (file, from, to) in edits {
        edit(root, file, from, to);
    }
    rust_facts(&Tree::at(root, "HEAD").unwrap(), &Tree::working(root)).unwrap()
}

fn lines(facts: &RustFacts) -> Vec<String> {
    let facts = facts.facts.iter();
    facts
        .map(|fact| {
            format!(
                "{}: {} {}: {}",
                fact.level.as_str(),
                fact.package,
                fact.item,
                fact.change
            )
        })
        .collect()
}

fn bumps(facts: &RustFacts) -> Vec<(&str, Bump)> {
    let bumps = facts.bumps.iter();
    bumps.map(|bump| (bump.package.as_str(), bump.bump)).collect()
}

#[test]
fn nothing_changed_is_no_fact_and_no_bump() {
    let facts = reviewed(&[]);
    assert_eq!((lines(&facts), bumps(&facts)), (vec![], vec![]));
}

#[test]
fn field_of_a_model_with_another_type_breaks_the_generated_crate_and_all_that_name_it() {
    let facts = reviewed(&[(
        "crates/spec/data/cloudinary.build.json",
        r#"which is part of the URLs of the environment's assets.",
      "type": "string""#,
        r#"which is part of the URLs of the environment's assets.",
      "type": "integer""#,
    )]);
    assert!(!facts.facts.is_empty());
    for fact in &facts.facts {
        assert_eq!(
            (fact.level, fact.package.as_str()),
            (Level::Breaking, "account-provisioning-api")
        );
        assert_eq!(fact.before.as_deref(), Some("pub cloud_name: Option<String>"));
        assert_eq!(fact.after.as_deref(), Some("pub cloud_name: Option<i64>"));
    }
    let found = bumps(&facts);
    assert!(found.contains(&("account-provisioning-api", Bump::Major)), "{found:?}");
    assert!(found.contains(&("account-provisioning", Bump::Major)), "{found:?}");
    let client = facts
        .bumps
        .iter()
        .find(|bump| bump.package == "account-provisioning")
        .unwrap();
    assert_eq!(
        client.why,
        "its public API names `account-provisioning-api`, which breaks"
    );
}

#[test]
fn new_method_asks_for_a_minor_step_of_its_crate_alone() {
    let facts = reviewed(&[(
        "crates/client/src/cloudinary/region.rs",
        "impl Region {",
        "impl Region {\n    /// New.\n    pub fn new_one(self) {}\n",
    )]);
    assert_eq!(
        lines(&facts),
        ["compatible: account-provisioning cloudinary::Region::new_one: added"]
    );
    assert_eq!(bumps(&facts), [("account-provisioning", Bump::Minor)]);
    assert_eq!(
        facts.bumps[0].why,
        "compatible change: cloudinary::Region::new_one: added"
    );
}

#[test]
fn private_change_asks_for_a_patch() {
    let facts = reviewed(&[(
        "crates/client/src/cloudinary/region.rs",
        "https://{}.cloudinary.com",
        "https://{}.cloudinary.com/",
    )]);
    assert_eq!(lines(&facts), Vec::<String>::new());
    assert_eq!(bumps(&facts), [("account-provisioning", Bump::Patch)]);
}
