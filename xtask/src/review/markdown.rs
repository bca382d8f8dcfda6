//! A review for a pull request: what breaks stands open, everything else folds.

use std::fmt::Write as _;

use super::text::{STALE, changed, counts, gap_lines, headline, version_line};
use super::{Review, changelog};
use crate::rust_facts::RustFact;
use crate::wire_diff::{Fact, Level, SHOWN};

/// Writes a review.
#[must_use]
pub fn markdown(review: &Review) -> String {
    let mut out = format!(
        "## {}\n\n**{}**\n",
        capital(&headline(review)),
        capital(&counts(review))
    );
    if review.rust.stale {
        let _ = writeln!(out, "\n{}", capital(STALE));
    }
    versions(&mut out, review);
    facts(&mut out, review, Level::Breaking);
    facts(&mut out, review, Level::Compatible);
    deviations(&mut out, review);
    coverage(&mut out, review);
    facts(&mut out, review, Level::Docs);
    if changed(review) {
        let draft = format!("```markdown\n{}```\n", changelog::draft(review));
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

fn facts(out: &mut String, review: &Review, level: Level) {
    let mut body = String::new();
    let mut count = 0;
    for api in &review.apis {
        let found: Vec<&Fact> = api.facts.iter().filter(|fact| fact.level == level).collect();
        let headline = api.headline().filter(|(found, _)| *found == level);
        if found.is_empty() && headline.is_none() {
            continue;
        }
        let _ = write!(body, "\n**{}**\n\n", api.name);
        if let Some((_, headline)) = headline {
            count += 1;
            let _ = writeln!(body, "- {headline}");
        }
        for fact in found {
            count += 1;
            body.push_str(&item(fact));
        }
    }
    let mut package = "";
    for fact in review.rust_of(level) {
        count += 1;
        if package != fact.package {
            let _ = write!(body, "\n**{}**\n\n", fact.package);
            package = &fact.package;
        }
        rust(&mut body, fact);
    }
    if count > 0 {
        let title = format!("{} ({count})", capital(level.as_str()));
        fold(out, &title, &body, level == Level::Breaking);
    }
}

/// A fact with its operations, which fold where they are many.
fn item(fact: &Fact) -> String {
    let line = escape(&fact.to_string());
    let count = fact.operations.len();
    if count <= SHOWN {
        let names: Vec<String> = fact.operations.iter().map(|name| format!("`{name}`")).collect();
        return if names.is_empty() {
            format!("- {line}\n")
        } else {
            format!("- {line} — {}\n", names.join(", "))
        };
    }
    let names = fact.operations.join(", ");
    format!("- {line}\n  <details><summary>{count} operations</summary>{names}</details>\n")
}

fn rust(out: &mut String, fact: &RustFact) {
    let _ = writeln!(out, "- `{}`: {}", fact.item, escape(fact.change.as_str()));
    if fact.before.is_none() && fact.after.is_none() {
        return;
    }
    out.push_str("  ```rust\n");
    for (word, code) in [("before", &fact.before), ("after", &fact.after)] {
        let Some(code) = code else { continue };
        // With one of the two alone, the change says which it is.
        if fact.before.is_some() && fact.after.is_some() {
            let _ = writeln!(out, "  // {word}");
        }
        for line in code.lines() {
            let _ = writeln!(out, "  {line}");
        }
    }
    out.push_str("  ```\n");
}

fn deviations(out: &mut String, review: &Review) {
    let mut body = "\n".to_owned();
    for api in &review.apis {
        for deviation in &api.deviations {
            let _ = writeln!(
                body,
                "- {}: `{}`: {}  \n  {}",
                api.name,
                deviation.target,
                deviation.change,
                escape(&deviation.reason)
            );
        }
    }
    if review.deviation_count() > 0 {
        let title = format!("Deviations from the vendors' documents ({})", review.deviation_count());
        fold(out, &title, &body, false);
    }
}

fn coverage(out: &mut String, review: &Review) {
    let mut body = "\n".to_owned();
    for line in gap_lines(&review.rust.coverage) {
        let _ = writeln!(body, "- {}", escape(&line));
    }
    if !review.rust.coverage.is_empty() {
        let title = format!(
            "Without a method in the ergonomic crate ({})",
            review.rust.coverage.len()
        );
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

/// Keeps what stands in a document from being read as markup; what is quoted is left as it is.
fn escape(text: &str) -> String {
    let mut out = String::new();
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '`' => quoted = !quoted,
            '<' if !quoted => {
                out.push_str("&lt;");
                continue;
            }
            '*' | '_' | '[' | ']' | '|' if !quoted => out.push('\\'),
            '|' => out.push('\\'),
            _ => {}
        }
        out.push(c);
    }
    out
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
