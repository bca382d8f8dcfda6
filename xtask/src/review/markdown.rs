//! A review for a pull request. The breaking facts are open, everything else is folded.

use std::fmt::Write as _;

use account_provisioning_wire_diff::Level;

use crate::facts::{LISTED_OPERATIONS, RustFact};
use crate::review::changelog::draft;
use crate::review::guide::guide;
use crate::review::markup::{block, code, escape, html};
use crate::review::text::{changed, counts, gap_lines, headline, unknown, version_line};
use crate::review::{Entry, Review};

/// Writes a review.
#[must_use]
pub fn markdown(review: &Review) -> String {
    let mut out = format!(
        "## {}\n\n**{}**\n",
        escape(&capital(&headline(review))),
        capital(&counts(review))
    );
    for line in review.note.iter().cloned().chain(unknown(review)) {
        let _ = writeln!(out, "\n{}", escape(&capital(&line)));
    }
    versions(&mut out, review);
    let entries = review.entries();
    facts(&mut out, &entries, Level::Breaking);
    facts(&mut out, &entries, Level::Compatible);
    deviations(&mut out, review);
    coverage(&mut out, review);
    facts(&mut out, &entries, Level::Docs);
    if changed(review) {
        let words = guide(review, &out.replace('\\', "")).into_iter();
        let words: String = words
            .map(|(word, meaning)| format!("- **{}**: {}\n", escape(word), escape(meaning)))
            .collect();
        fold(&mut out, "What the words mean", &words, false);
        let draft = block("markdown", &draft(review), "");
        fold(&mut out, "Draft for CHANGELOG.md", &draft, false);
    }
    out
}

fn versions(out: &mut String, review: &Review) {
    if !review.versions.bumps.is_empty() {
        out.push_str("\n| crate | step | why |\n|---|---|---|\n");
    }
    for bump in &review.versions.bumps {
        let _ = writeln!(out, "| `{}` | {} | {} |", bump.package, bump.bump, escape(&bump.why));
    }
    if let Some(line) = version_line(review) {
        let _ = writeln!(out, "\n{}", capital(&line));
    }
}

fn facts(out: &mut String, entries: &[Entry], level: Level) {
    let mut body = String::new();
    let mut heading = String::new();
    let mut count = 0;
    for entry in entries.iter().filter(|entry| entry.level == level) {
        count += 1;
        let of = if entry.tag.is_empty() {
            format!("**{}**", escape(&entry.of))
        } else {
            format!("**{}**, {}", escape(&entry.of), escape(&entry.tag))
        };
        if of != heading {
            let _ = write!(body, "\n{of}\n\n");
            heading = of;
        }
        item(&mut body, entry);
    }
    if count > 0 {
        let title = format!("{} ({count})", capital(level.as_str()));
        fold(out, &title, &body, level == Level::Breaking);
    }
}

/// An entry with its operations, which are folded if there are many, and with what it means to Rust code.
fn item(out: &mut String, entry: &Entry) {
    if entry.is_of_rust() {
        return entry.rust.iter().for_each(|fact| rust(out, fact, "- "));
    }
    let note = entry.note().map(|note| format!(" ({note})")).unwrap_or_default();
    let line = escape(&format!("{}{note}", entry.fact));
    let _ = match entry.operations.len() {
        0 => writeln!(out, "- {line}"),
        count if count <= LISTED_OPERATIONS => {
            let names: Vec<String> = entry.operations.iter().map(|name| code(name)).collect();
            writeln!(out, "- {line} — {}", names.join(", "))
        }
        count => {
            let names = html(&entry.operations.join(", "));
            writeln!(
                out,
                "- {line}\n  <details><summary>{count} operations</summary>{names}</details>"
            )
        }
    };
    entry.rust.iter().for_each(|fact| rust(out, fact, "  - "));
}

fn rust(out: &mut String, fact: &RustFact, bullet: &str) {
    let _ = writeln!(out, "{bullet}{}: {}", code(&fact.item), escape(fact.change.as_str()));
    if fact.before.is_none() && fact.after.is_none() {
        return;
    }
    let indent = " ".repeat(bullet.len());
    let _ = writeln!(out, "{indent}```rust");
    for (word, code) in [("before", &fact.before), ("after", &fact.after)] {
        let Some(code) = code else { continue };
        // If there is only one of the two, the change says which one.
        if fact.before.is_some() && fact.after.is_some() {
            let _ = writeln!(out, "{indent}// {word}");
        }
        for line in code.lines() {
            let _ = writeln!(out, "{indent}{line}");
        }
    }
    let _ = writeln!(out, "{indent}```");
}

fn deviations(out: &mut String, review: &Review) {
    let mut body = "\n".to_owned();
    for api in &review.apis {
        for deviation in &api.deviations {
            let _ = writeln!(
                body,
                "- {}: {}: {}  \n  {}",
                escape(&api.name),
                code(&deviation.target),
                escape(&deviation.change),
                escape(&deviation.reason)
            );
            if !deviation.content.is_empty() {
                let kind = if deviation.change.ends_with("changed") {
                    "diff"
                } else {
                    "yaml"
                };
                body.push_str(&block(kind, &deviation.content.join("\n"), "  "));
            }
        }
    }
    let count = review.deviation_count();
    if count > 0 {
        let title = format!("Deviations from the vendors' documents ({count})");
        fold(out, &title, &body, false);
    }
}

fn coverage(out: &mut String, review: &Review) {
    let mut body = "\n".to_owned();
    for line in gap_lines(&review.rust.coverage) {
        let _ = writeln!(body, "- {}", escape(&line));
    }
    let count = review.rust.coverage.len();
    if count > 0 {
        let title = format!("Without a method in the ergonomic crate ({count})");
        fold(out, &title, &body, false);
    }
}

fn fold(out: &mut String, title: &str, body: &str, open: bool) {
    let open = if open { " open" } else { "" };
    let body = body.trim_matches('\n');
    let _ = write!(
        out,
        "\n<details{open}><summary>{title}</summary>\n\n{body}\n\n</details>\n"
    );
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
