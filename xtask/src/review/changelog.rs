//! A draft of the changelog entry, in the format of `CHANGELOG.md`.

use account_provisioning_wire_diff::Level;

use crate::coverage::GENERATED;
use crate::review::api::Status;
use crate::review::{Entry, Review};

/// The maximum width of a line of `CHANGELOG.md`.
const WIDTH: usize = 118;

/// How many new Rust items a draft lists.
const MAX_FEATURES: usize = 30;

/// Writes a draft of the entry. It has every fact; a person rewrites it for users.
#[must_use]
pub fn draft(review: &Review) -> String {
    let mut breaking = Vec::new();
    let mut features = Vec::new();
    let mut deprecated = Vec::new();
    let mut other = Vec::new();
    for api in &review.apis {
        let name = &api.name;
        match api.status {
            Status::Added(count) => features.push(format!("`{GENERATED}`: new API `{name}` with {count} operations.")),
            Status::Removed(count) => breaking.push(format!(
                "`{GENERATED}`: the API `{name}` with its {count} operations was removed."
            )),
            Status::Kept => {}
        }
    }
    let mut items = 0;
    for entry in review.entries() {
        let is_headline = review.apis.iter().any(|api| {
            let headline = api.headline().filter(|_| api.name == entry.of);
            headline.is_some_and(|(_, text)| text == entry.fact)
        });
        let text = sentence(&entry);
        match entry.level {
            _ if is_headline => {}
            _ if entry.is_deprecation() => deprecated.push(text),
            Level::Breaking => breaking.push(text),
            // The entry of a new type implies its traits.
            Level::Compatible if entry.is_of_rust() && is_of_a_trait(&entry) => {}
            Level::Compatible if entry.is_of_rust() => {
                items += 1;
                if items <= MAX_FEATURES {
                    features.push(text);
                }
            }
            Level::Compatible => features.push(text),
            Level::Docs => {}
        }
    }
    if items > MAX_FEATURES {
        let more = items - MAX_FEATURES;
        features.push(format!("{more} more, which `cargo xtask review --format json` lists."));
    }
    for api in &review.apis {
        let name = &api.name;
        let docs = api.facts.iter().filter(|fact| fact.level == Level::Docs).count();
        if docs > 0 {
            let places = if docs == 1 { "place" } else { "places" };
            other.push(format!(
                "`{GENERATED}`, `{name}`: documentation changed in {docs} {places}."
            ));
        }
        for deviation in api.deviations.iter().filter(|deviation| deviation.level > Level::Docs) {
            let (target, reason) = (&deviation.target, &deviation.reason);
            other.push(format!("`{GENERATED}`, `{name}`: deviation `{target}`: {reason}"));
        }
    }
    let version = review.versions.to.as_deref().unwrap_or("next");
    let mut out = format!("## {version} (unreleased)\n");
    for (title, entries) in [
        ("Breaking", breaking),
        ("Features", features),
        ("Deprecated", deprecated),
        ("Other", other),
    ] {
        if !entries.is_empty() {
            out.push_str(&format!("\n### {title}\n"));
            entries.iter().for_each(|entry| out.push_str(&wrap(entry)));
        }
    }
    out
}

fn sentence(entry: &Entry) -> String {
    match &entry.rust[..] {
        [fact] if entry.is_of_rust() => format!("`{}`: `{}` {}.", fact.package, fact.item, fact.change),
        _ => format!("`{GENERATED}`, `{}`: {entry}.", entry.of),
    }
}

fn is_of_a_trait(entry: &Entry) -> bool {
    entry.rust.iter().all(|fact| fact.item.starts_with("impl "))
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
