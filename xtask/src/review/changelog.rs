//! A draft of the changelog entry, in the form of `CHANGELOG.md`.

use super::lines::rust_line;
use super::{Review, Status};
use crate::wire_diff::{Fact, Level};

/// The widest line of `CHANGELOG.md`.
const WIDTH: usize = 118;

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
        for fact in review.rust_of(level) {
            let line = rust_line(fact);
            section.push(format!("`{}`: `{}` {}.", line.of, fact.item, fact.change));
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
