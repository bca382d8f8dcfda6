//! A review for a pull request. The breaking facts are open, everything else is folded.

use std::fmt::Write as _;

use account_provisioning_wire_diff::{Fact, Level};

use crate::facts::{LISTED_OPERATIONS, RustFact};
use crate::review::Review;
use crate::review::changelog::draft;
use crate::review::text::{STALE, changed, counts, gap_lines, headline, version_line};

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
        let draft = format!("```markdown\n{}```\n", draft(review));
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
        count += found.len() + headline.iter().len();
        let _ = write!(body, "\n**{}**\n\n", api.name);
        if let Some((_, headline)) = headline {
            let _ = writeln!(body, "- {headline}");
        }
        found.into_iter().for_each(|fact| body.push_str(&item(fact)));
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

/// A fact with its operations, which are folded if there are many.
fn item(fact: &Fact) -> String {
    let line = escape(&fact.to_string());
    match fact.operations.len() {
        0 => format!("- {line}\n"),
        count if count <= LISTED_OPERATIONS => format!("- {line} — `{}`\n", fact.operations.join("`, `")),
        count => {
            let names = fact.operations.join(", ");
            format!("- {line}\n  <details><summary>{count} operations</summary>{names}</details>\n")
        }
    }
}

fn rust(out: &mut String, fact: &RustFact) {
    let _ = writeln!(out, "- `{}`: {}", fact.item, escape(fact.change.as_str()));
    if fact.before.is_none() && fact.after.is_none() {
        return;
    }
    out.push_str("  ```rust\n");
    for (word, code) in [("before", &fact.before), ("after", &fact.after)] {
        let Some(code) = code else { continue };
        // If there is only one of the two, the change says which one.
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

/// Escapes markup, except in code spans.
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
