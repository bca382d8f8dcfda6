//! The Rust part of the formats, with facts that are made without sources.

use std::collections::{BTreeMap, BTreeSet};

use account_provisioning_wire_diff::{Fact, Level, compare};
use serde_json::{Value, json as value};

use super::{Allowed, ApiReview, Bump, CrateBump, Review, Status, Versions, deny, draft, json, markdown, text};
use crate::Failure;
use crate::facts::{Gap, RustFact};
use crate::rust_facts::RustFacts;

fn review() -> Review {
    let fact = |level, item: &str, change: &str, before: Option<&str>, after: Option<&str>| RustFact {
        level,
        package: "account-provisioning".to_owned(),
        item: item.to_owned(),
        change: change.to_owned(),
        before: before.map(str::to_owned),
        after: after.map(str::to_owned),
    };
    let gap = |operation: &str, parameter: Option<&str>| Gap {
        api: "cloudinary".to_owned(),
        operation: operation.to_owned(),
        parameter: parameter.map(str::to_owned),
    };
    let why = "cloudinary::Users::get: parameter type changed";
    Review {
        before: "v0.4.2".to_owned(),
        after: "the working tree".to_owned(),
        note: None,
        apis: Vec::new(),
        rust: RustFacts {
            facts: vec![
                fact(
                    Level::Breaking,
                    "cloudinary::Users::get",
                    "parameter type changed",
                    Some("pub fn get(&self, id: &str) -> Get"),
                    Some("pub fn get(&self, id: u64) -> Get"),
                ),
                fact(
                    Level::Compatible,
                    "cloudinary::Role::Guest",
                    "variant added",
                    None,
                    Some("Guest"),
                ),
            ],
            bumps: vec![CrateBump::new("account-provisioning", Bump::Major, why)],
            coverage: vec![
                gap("getRoles", None),
                gap("getUsers", Some("prefix")),
                gap("getUsers", Some("stem")),
                gap("patchUser", None),
            ],
            optional: BTreeSet::new(),
            stale: false,
        },
        versions: Versions {
            from: Some("0.4.2".to_owned()),
            to: Some("0.5.0".to_owned()),
            unreleased: false,
            bumps: vec![CrateBump::new("account-provisioning", Bump::Major, why)],
        },
    }
}

#[test]
fn text_of_rust_facts_shows_items_before_and_after() {
    assert_eq!(
        text(&review()),
        "review of the working tree against v0.4.2
wire: no change; Rust: 1 breaking, 1 compatible; gaps in coverage: 4
  account-provisioning  major  cloudinary::Users::get: parameter type changed
version: 0.4.2 -> 0.5.0 (major step)

breaking (1)
  account-provisioning: cloudinary::Users::get: parameter type changed
    - pub fn get(&self, id: &str) -> Get
    + pub fn get(&self, id: u64) -> Get

compatible (1)
  account-provisioning: cloudinary::Role::Guest: variant added
    + Guest

without a method in the ergonomic crate
  cloudinary: getRoles, patchUser
  cloudinary: getUsers cannot set prefix, stem

what the words mean
  breaking, compatible, docs only: programs may fail or behave differently; they keep working; only documentation changed
  step: how far a crate's version has to move: patch, minor or major; before 1.0, cargo counts one position lower
  coverage: generated operations and parameters that no method of the ergonomic crate reaches

draft for CHANGELOG.md

    ## 0.5.0 (unreleased)

    ### Breaking
    - `account-provisioning`: `cloudinary::Users::get` parameter type changed.

    ### Features
    - `account-provisioning`: `cloudinary::Role::Guest` variant added.
"
    );
}

#[test]
fn markdown_of_rust_facts_has_blocks_of_rust() {
    let markdown = markdown(&review());
    for part in [
        "\n<details open><summary>Breaking (1)</summary>\n\n**account-provisioning**\n\n\
         - `cloudinary::Users::get`: parameter type changed\n  ```rust\n  // before\n  pub fn get(&self, id: &str) -> Get\n  \
         // after\n  pub fn get(&self, id: u64) -> Get\n  ```\n",
        "\n- `cloudinary::Role::Guest`: variant added\n  ```rust\n  Guest\n  ```\n",
        "\n<details><summary>Without a method in the ergonomic crate (4)</summary>\n\n- cloudinary: getRoles, patchUser\n",
    ] {
        assert!(markdown.contains(part), "no {part:?} in {markdown}");
    }
}

#[test]
fn json_of_rust_facts_has_items_and_gaps() -> Result<(), serde_json::Error> {
    let json: Value = serde_json::from_str(&json(&review(), None))?;
    assert_eq!(json["rust"][0]["before"], "pub fn get(&self, id: &str) -> Get");
    assert_eq!(json["rust"][1]["before"], Value::Null);
    assert_eq!(json["coverage"][1]["parameter"], "prefix");
    assert_eq!(json["summary"]["rust"]["breaking"], 1);
    assert_eq!(json["bumps"][0]["bump"], "major");
    Ok(())
}

#[test]
fn formats_of_stale_facts_say_what_to_run() -> Result<(), serde_json::Error> {
    let line = "ocuments are newer than crates/spec/data: run `cargo xtask generate`, then review again";
    let mut review = review();
    let said = |review: &Review| [text(review), markdown(review), json(review, None)].map(|all| all.contains(line));
    assert_eq!(said(&review), [false; 3]);
    assert_eq!(
        serde_json::from_str::<Value>(&json(&review, None))?["stale"],
        Value::Null
    );
    review.rust.stale = true;
    assert_eq!(said(&review), [true; 3]);
    let text = text(&review);
    assert!(
        text.contains("; Rust: unknown;") && text.contains("\nversion: unknown\n"),
        "{text}"
    );
    let denial = deny(&review, &Allowed::default(), "2026-01-01".parse().unwrap_or_default());
    assert!(denial.stale.iter().any(|reason| reason.contains(line)), "{denial}");
    Ok(())
}

#[test]
fn deny_of_a_rust_break_takes_an_exception_by_crate_and_words() -> Result<(), Failure> {
    let list = "
- of: account-provisioning
  fact: 'cloudinary::Users::get: parameter type changed'
  reason: Nobody could call it.
  expires: 2026-12-31
";
    let today = "2026-01-01".parse().map_err(|_| Failure::new("no day"))?;
    assert!(deny(&review(), &Allowed::parse("list.yaml", list)?, today).passes());
    assert_eq!(deny(&review(), &Allowed::default(), today).denied.len(), 1);
    Ok(())
}

/// A fact of the wire: the field `type` of the component `AccessKey` was added.
fn added_field() -> Result<Fact, Failure> {
    let document = |properties: Value| {
        value!({
            "paths": {"/": {"get": {"responses": {"200": {"content": {"application/json": {
                "schema": {"$ref": "#/components/schemas/AccessKey"},
            }}}}}}},
            "components": {"schemas": {"AccessKey": {"type": "object", "properties": properties}}},
        })
    };
    let facts = compare(&document(value!({})), &document(value!({"type": {"type": "string"}})))?;
    let mut fact = facts.into_iter().next().ok_or_else(|| Failure::new("no fact"))?;
    fact.directions.clear();
    fact.operations.clear();
    Ok(fact)
}

#[test]
fn draft_of_a_field_on_the_wire_says_it_once() -> Result<(), Failure> {
    let mut review = review();
    let fact = |package: &str, item: &str| RustFact {
        level: Level::Compatible,
        package: package.to_owned(),
        item: item.to_owned(),
        change: "added".to_owned(),
        before: None,
        after: None,
    };
    review.rust.facts = vec![
        fact("account-provisioning-api", "cloudinary::types::AccessKey::type_"),
        fact("account-provisioning-api", "cloudinary::types::AccessKey::owner"),
        fact("account-provisioning-api", "cloudflare::types::AccessKey::type_"),
        fact("account-provisioning", "cloudinary::types::AccessKey::type_"),
    ];
    review.apis = vec![ApiReview {
        name: "cloudinary".to_owned(),
        status: Status::Kept,
        facts: vec![added_field()?],
        behaviour: Vec::new(),
        kept: Vec::new(),
        deviations: Vec::new(),
        unknown: None,
        tags: BTreeMap::new(),
    }];
    let features = "### Features
- `account-provisioning-api`, `cloudinary`: AccessKey.type: added, optional.
- `account-provisioning`: `cloudinary::types::AccessKey::type_` added.
- `account-provisioning-api`: `cloudinary::types::AccessKey::owner` added.
- `account-provisioning-api`: `cloudflare::types::AccessKey::type_` added.
";
    assert!(draft(&review).ends_with(features), "{}", draft(&review));
    // A break in Rust is more than the wire says, and still one entry.
    review.rust.facts.truncate(1);
    review.rust.facts[0].level = Level::Breaking;
    let entries = review.entries();
    assert_eq!(entries.len(), 1, "{entries:?}");
    let line = "AccessKey.type: added, optional (compatible on the wire, breaking in Rust)";
    assert_eq!(
        (entries[0].level, entries[0].to_string().as_str()),
        (Level::Breaking, line)
    );
    let draft = draft(&review).split_whitespace().collect::<Vec<_>>().join(" ");
    let line = format!("### Breaking - `account-provisioning-api`, `cloudinary`: {line}.");
    assert!(draft.contains(&line), "{draft}");
    let text = text(&review);
    assert!(
        text.contains("\n    cloudinary::types::AccessKey::type_: added\n"),
        "{text}"
    );
    Ok(())
}

#[test]
fn field_of_responses_that_is_an_option_before_and_after_absorbs_that_it_may_be_missing() -> Result<(), Failure> {
    let mut fact = added_field()?;
    fact.level = Level::Breaking;
    fact.change = "now nullable".to_owned();
    let mut review = review();
    review.rust = RustFacts::default();
    review.apis = vec![ApiReview {
        name: "cloudinary".to_owned(),
        status: Status::Kept,
        facts: vec![fact],
        behaviour: Vec::new(),
        kept: Vec::new(),
        deviations: Vec::new(),
        unknown: None,
        tags: BTreeMap::new(),
    }];
    let said = |review: &Review| {
        review
            .entries()
            .iter()
            .map(|entry| (entry.level, entry.to_string()))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        said(&review),
        [(Level::Breaking, "AccessKey.type: now nullable".to_owned())]
    );
    review
        .rust
        .optional
        .insert("cloudinary.types.accesskey.type".to_owned());
    let absorbed = "AccessKey.type: now nullable (breaking on the wire, already optional in Rust)";
    assert_eq!(said(&review), [(Level::Compatible, absorbed.to_owned())]);
    // A field of an object in that field is another one, in a struct of its own.
    review.apis[0].facts[0].subject = "AccessKey.type.city".to_owned();
    assert_eq!(said(&review)[0].0, Level::Breaking);
    review
        .rust
        .optional
        .insert("cloudinary.types.accesskeytype.city".to_owned());
    assert_eq!(said(&review)[0].0, Level::Compatible);
    // What is stale says nothing about the fields.
    review.rust.stale = true;
    assert_eq!(said(&review)[0].0, Level::Breaking);
    Ok(())
}

#[test]
fn draft_of_nothing_is_a_title() {
    let mut review = review();
    review.rust = RustFacts::default();
    review.versions.to = None;
    assert_eq!(draft(&review), "## next (unreleased)\n");
}

#[test]
fn text_and_draft_of_many_additions_name_the_first_and_count_the_rest() {
    let mut review = review();
    review.rust.facts = (0..100)
        .flat_map(|number| ["Type", "impl Send for Type"].map(|name| format!("{name}{number:03}")))
        .map(|item| RustFact {
            level: Level::Compatible,
            package: "account-provisioning".to_owned(),
            item,
            change: "added".to_owned(),
            before: None,
            after: None,
        })
        .collect();
    let text = text(&review);
    assert!(text.contains("\ncompatible (200)\n"), "{text}");
    assert!(
        text.contains("\n  and 140 more; `--format json` lists them all\n"),
        "{text}"
    );
    let draft = draft(&review);
    assert_eq!(draft.matches("`Type").count(), 30, "{draft}");
    assert!(!draft.contains("impl Send"), "{draft}");
    assert!(
        draft.contains("\n- 70 more, which `cargo xtask review --format json` lists.\n"),
        "{draft}"
    );
}
