//! A draft of the changelog entry, in the format of `CHANGELOG.md`.

use account_provisioning_wire_diff::{Fact, Level};

use crate::facts::{LISTED_OPERATIONS, RustFact};
use crate::review::Review;
use crate::review::api::{ApiReview, Status};

/// The maximum width of a line of `CHANGELOG.md`.
const WIDTH: usize = 118;

/// How many new Rust items a draft lists.
const MAX_FEATURES: usize = 30;

const PACKAGE: &str = "account-provisioning-api";

/// Writes a draft of the entry. It has every fact; a person rewrites it for users.
#[must_use]
pub fn draft(review: &Review) -> String {
    let mut breaking = rust_entries(review, Level::Breaking, usize::MAX);
    let mut features = rust_entries(review, Level::Compatible, MAX_FEATURES);
    let mut other = Vec::new();
    for api in &review.apis {
        let name = &api.name;
        match api.status {
            Status::Added(count) => features.push(format!("`{PACKAGE}`: new API `{name}` with {count} operations.")),
            Status::Removed(count) => breaking.push(format!(
                "`{PACKAGE}`: the API `{name}` with its {count} operations was removed."
            )),
            Status::Kept => {}
        }
        breaking.extend(wire_entries(api, Level::Breaking));
        features.extend(wire_entries(api, Level::Compatible));
        let docs = wire_entries(api, Level::Docs).count();
        if docs > 0 {
            let places = if docs == 1 { "place" } else { "places" };
            other.push(format!(
                "`{PACKAGE}`, `{name}`: documentation changed in {docs} {places}."
            ));
        }
        for deviation in api.deviations.iter().filter(|deviation| deviation.level > Level::Docs) {
            let (target, reason) = (&deviation.target, &deviation.reason);
            other.push(format!("`{PACKAGE}`, `{name}`: deviation `{target}`: {reason}"));
        }
    }
    let version = review.versions.to.as_deref().unwrap_or("next");
    let mut out = format!("## {version} (unreleased)\n");
    for (title, entries) in [("Breaking", breaking), ("Features", features), ("Other", other)] {
        if !entries.is_empty() {
            out.push_str(&format!("\n### {title}\n"));
            entries.iter().for_each(|entry| out.push_str(&wrap(entry)));
        }
    }
    out
}

/// The Rust facts of one level, without those that a fact of the wire describes too.
fn rust_entries(review: &Review, level: Level, max: usize) -> Vec<String> {
    // The entry of a new type implies its traits.
    let is_listed = |fact: &&RustFact| level == Level::Breaking || !fact.item.starts_with("impl ");
    let facts: Vec<&RustFact> = review
        .rust_of(level)
        .filter(is_listed)
        .filter(|fact| !is_on_the_wire(review, fact))
        .collect();
    let listed = facts.iter().take(max);
    let mut entries: Vec<String> = listed
        .map(|fact| format!("`{}`: `{}` {}.", fact.package, fact.item, fact.change))
        .collect();
    if facts.len() > max {
        let more = facts.len() - max;
        entries.push(format!("{more} more, which `cargo xtask review --format json` lists."));
    }
    entries
}

fn wire_entries(api: &ApiReview, level: Level) -> impl Iterator<Item = String> {
    let facts = api.facts.iter().filter(move |fact| fact.level == level);
    facts.map(|fact| format!("`{PACKAGE}`, `{}`: {}.", api.name, fact.line(LISTED_OPERATIONS)))
}

/// Whether a fact of the wire says about the field of a component what this fact says about the generated type.
fn is_on_the_wire(review: &Review, fact: &RustFact) -> bool {
    let path: Vec<&str> = fact.item.split("::").collect();
    let [api, "types", ty, field] = path.as_slice() else {
        return false;
    };
    let field = letters(&format!("{ty}.{field}"));
    let is_same = |wire: &Fact| wire.shared && wire.level >= fact.level && letters(&wire.subject) == field;
    let mut apis = review.apis.iter();
    fact.package == PACKAGE && apis.any(|one| one.name == *api && one.facts.iter().any(is_same))
}

/// A name in a form that is the same on the wire and in Rust: `User.lastLogin`, `User.last_login`, `user.last_login_`.
fn letters(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric() || *c == '.');
    letters.flat_map(char::to_lowercase).collect()
}

/// A list item, with lines of the changelog's width.
fn wrap(text: &str) -> String {
    let mut out = String::new();
    let mut line = "-".to_owned();
    for word in text.split_whitespace() {
        if line.chars().count() + 1 + word.chars().count() > WIDTH {
            out.push_str(&line);
            out.push('\n');
            line = " ".to_owned();
        }
        line.push(' ');
        line.push_str(word);
    }
    out + &line + "\n"
}
