//! A draft of the changelog entry, in the form of `CHANGELOG.md`.

use super::{Review, Status};
use crate::rust_facts::RustFact;
use crate::wire_diff::{Fact, Level};

/// The widest line of `CHANGELOG.md`.
const WIDTH: usize = 118;

/// How many new items of Rust a draft names; more are a story that a person has to tell.
const MOST_FEATURES: usize = 30;

const PACKAGE: &str = "account-provisioning-api";

/// Drafts the entry. A person rewrites it for users: it has every fact and no story.
#[must_use]
pub fn draft(review: &Review) -> String {
    let mut breaking = Vec::new();
    let mut features = Vec::new();
    let mut other = Vec::new();
    for level in [Level::Breaking, Level::Compatible] {
        let section = if level == Level::Breaking {
            &mut breaking
        } else {
            &mut features
        };
        // A type that came says that its traits came with it.
        let told = |fact: &&RustFact| level == Level::Breaking || !fact.item.starts_with("impl ");
        let facts: Vec<&RustFact> = review
            .rust_of(level)
            .filter(told)
            .filter(|fact| !is_on_the_wire(review, fact))
            .collect();
        let most = if level == Level::Breaking {
            facts.len()
        } else {
            MOST_FEATURES
        };
        for fact in facts.iter().take(most) {
            section.push(format!("`{}`: `{}` {}.", fact.package, fact.item, fact.change));
        }
        if facts.len() > most {
            section.push(format!(
                "{} more, which `cargo xtask review --format json` lists.",
                facts.len() - most
            ));
        }
    }
    for api in &review.apis {
        match api.status {
            Status::Added(count) => {
                features.push(format!("`{PACKAGE}`: the API `{}` with {count} operations.", api.name))
            }
            Status::Removed(count) => {
                breaking.push(format!(
                    "`{PACKAGE}`: the API `{}` with its {count} operations is gone.",
                    api.name
                ));
            }
            Status::Kept => {}
        }
        for fact in &api.facts {
            match fact.level {
                Level::Breaking => breaking.push(entry(&api.name, fact)),
                Level::Compatible => features.push(entry(&api.name, fact)),
                Level::Docs => {}
            }
        }
        let docs = api.facts.iter().filter(|fact| fact.level == Level::Docs).count();
        if docs > 0 {
            let places = if docs == 1 {
                "1 place".to_owned()
            } else {
                format!("{docs} places")
            };
            other.push(format!(
                "`{PACKAGE}`, `{}`: documentation changed in {places}.",
                api.name
            ));
        }
        for deviation in api.deviations.iter().filter(|deviation| deviation.level > Level::Docs) {
            other.push(format!(
                "`{PACKAGE}`, `{}`: deviation `{}`: {}",
                api.name, deviation.target, deviation.reason
            ));
        }
    }
    let version = review.versions.to.as_deref().unwrap_or("next");
    let mut out = format!("## {version} (unreleased)\n");
    for (title, entries) in [("Breaking", breaking), ("Features", features), ("Other", other)] {
        if entries.is_empty() {
            continue;
        }
        out.push_str(&format!("\n### {title}\n"));
        for entry in entries {
            out.push_str(&wrap(&entry));
        }
    }
    out
}

/// Whether a fact of the wire says the same of the field of a component that this one says of the generated type.
fn is_on_the_wire(review: &Review, fact: &RustFact) -> bool {
    let path: Vec<&str> = fact.item.split("::").collect();
    let [api, "types", ty, field] = path.as_slice() else {
        return false;
    };
    let field = format!("{ty}.{field}");
    let mut apis = review.apis.iter();
    fact.package == PACKAGE
        && apis.any(|one| {
            let mut facts = one.facts.iter().filter(|wire| wire.shared && wire.level >= fact.level);
            one.name == *api && facts.any(|wire| letters(&wire.subject) == letters(&field))
        })
}

/// A name as it is on the wire and in Rust alike: `User.lastLogin`, `User.last_login`, `user.last_login_`.
fn letters(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric() || *c == '.');
    letters.flat_map(char::to_lowercase).collect()
}

fn entry(api: &str, fact: &Fact) -> String {
    format!("`{PACKAGE}`, `{api}`: {}.", fact.line(crate::wire_diff::SHOWN))
}

/// One item of a list, its lines of the width that the changelog has.
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
