//! The corpus under `tests/corpus`: each file has one change, the facts that it must give, and the version step.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use account_provisioning_wire_diff::{Fact, Level, compare};
use serde_json::Value;

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

fn read(path: &Path) -> Value {
    let options = serde_saphyr::options! {
        strict_booleans: true,
        duplicate_keys: serde_saphyr::DuplicateKeyPolicy::Error,
    };
    let text = fs::read_to_string(path).unwrap();
    serde_saphyr::from_str_with_options(&text, options).unwrap()
}

/// The document that all cases start from.
pub(crate) fn base() -> Value {
    read(&directory().join("base.yaml"))
}

pub(crate) fn patched(document: &Value, patch: &Value) -> Value {
    let mut document = document.clone();
    if !patch.is_null() {
        let patch: json_patch::Patch = serde_json::from_value(patch.clone()).unwrap();
        json_patch::patch(&mut document, &patch).unwrap();
    }
    document
}

struct Case {
    name: String,
    before: Value,
    after: Value,
    facts: Vec<(String, String)>,
    bump: String,
}

/// All cases, read once.
fn cases() -> &'static [Case] {
    static CASES: LazyLock<Vec<Case>> = LazyLock::new(read_cases);
    &CASES
}

fn read_cases() -> Vec<Case> {
    let base = base();
    let mut paths: Vec<PathBuf> = fs::read_dir(directory().join("wire"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths.iter().map(|path| case(&base, path)).collect()
}

fn case(base: &Value, path: &Path) -> Case {
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    let file = read(path);
    let keys: BTreeSet<&str> = file.as_object().unwrap().keys().map(String::as_str).collect();
    let known = BTreeSet::from(["about", "given", "change", "facts", "bump"]);
    assert!(keys.is_subset(&known), "{name}: unknown key among {keys:?}");
    let before = patched(base, &file["given"]);
    let facts = file["facts"].as_array().unwrap().iter().map(|fact| {
        let (level, line) = fact.as_object().unwrap().iter().next().unwrap();
        (level.clone(), line.as_str().unwrap().to_owned())
    });
    Case {
        facts: facts.collect(),
        bump: file["bump"].as_str().unwrap().to_owned(),
        after: patched(&before, &file["change"]),
        before,
        name,
    }
}

fn said(facts: &[Fact]) -> Vec<(String, String)> {
    let say = |fact: &Fact| (fact.level.as_str().to_owned(), fact.line(usize::MAX));
    facts.iter().map(say).collect()
}

#[test]
fn corpus_gives_exactly_the_facts_and_the_bump_of_each_case() {
    let mut wrong = String::new();
    for case in cases() {
        assert_ne!(case.before, case.after, "{}: the change changes nothing", case.name);
        let facts = compare(&case.before, &case.after).unwrap();
        if said(&facts) != case.facts {
            wrong.push_str(&format!(
                "\n{}:\n  wanted {:?}\n  found  {:?}",
                case.name,
                case.facts,
                said(&facts)
            ));
        }
        let bump = match facts.iter().map(|fact| fact.level).max() {
            None => "none",
            Some(Level::Docs) => "patch",
            Some(Level::Compatible) => "minor",
            Some(Level::Breaking) => "major",
        };
        if bump != case.bump {
            wrong.push_str(&format!("\n{}: wanted bump {}, found {bump}", case.name, case.bump));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn corpus_reversed_gives_facts_and_none_twice() {
    for case in cases() {
        let facts = compare(&case.after, &case.before).unwrap();
        assert_eq!(
            facts.is_empty(),
            case.facts.is_empty(),
            "{}: {:?}",
            case.name,
            said(&facts)
        );
        let lines: BTreeSet<String> = facts
            .iter()
            .map(|fact| format!("{}: {}", fact.subject, fact.change))
            .collect();
        assert_eq!(lines.len(), facts.len(), "{}: {:?}", case.name, said(&facts));
    }
}

#[test]
fn corpus_compared_with_itself_gives_nothing() {
    for case in cases() {
        for document in [&case.before, &case.after] {
            assert_eq!(said(&compare(document, document).unwrap()), [], "{}", case.name);
        }
    }
}

#[test]
fn corpus_is_as_large_as_promised() {
    assert!(cases().len() >= 60);
}
