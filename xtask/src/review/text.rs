//! A review for a terminal.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::lines::rust_line;
use super::{Bump, Review, changelog, lines};
use crate::rust_facts::{Gap, RustFact};
use crate::wire_diff::{Level, SHOWN};

/// How many facts of a level are listed where none of them can hurt; the rest is a number.
const MOST_COMPATIBLE: usize = 60;
const MOST_DOCS: usize = 20;

/// What a review says when its Rust half is about documents that have changed since.
pub(super) const STALE: &str =
    "documents are newer than crates/spec/data: run `cargo xtask generate`, then review again";

/// Writes a review, the most important first.
#[must_use]
pub fn text(review: &Review) -> String {
    let mut out = summary(review);
    section(&mut out, review, Level::Breaking, usize::MAX);
    section(&mut out, review, Level::Compatible, MOST_COMPATIBLE);
    if review.deviation_count() > 0 {
        out.push_str("\ndeviations from the vendors' documents\n");
        for api in &review.apis {
            for deviation in &api.deviations {
                let _ = writeln!(out, "  {}: {deviation}\n    {}", api.name, deviation.reason);
            }
        }
    }
    if !review.rust.coverage.is_empty() {
        out.push_str("\nwithout a method in the ergonomic crate\n");
        for line in gap_lines(&review.rust.coverage) {
            let _ = writeln!(out, "  {line}");
        }
    }
    section(&mut out, review, Level::Docs, MOST_DOCS);
    if changed(review) {
        let _ = write!(
            out,
            "\ndraft for CHANGELOG.md\n\n{}",
            indented(&changelog::draft(review))
        );
    }
    out
}

/// What all formats begin with: what is compared, how much changed, and the versions that come of it.
pub(super) fn summary(review: &Review) -> String {
    let mut out = format!("{}\n{}\n", headline(review), counts(review));
    if review.rust.stale {
        let _ = writeln!(out, "{STALE}");
    }
    let width = review
        .versions
        .bumps
        .iter()
        .map(|bump| bump.package.len())
        .max()
        .unwrap_or_default();
    for bump in &review.versions.bumps {
        let _ = writeln!(out, "  {:width$}  {:5}  {}", bump.package, bump.bump.as_str(), bump.why);
    }
    if let Some(version) = version_line(review) {
        let _ = writeln!(out, "{version}");
    }
    out
}

pub(super) fn headline(review: &Review) -> String {
    format!("review of {} against {}", review.after, review.before)
}

pub(super) fn counts(review: &Review) -> String {
    let count = |count: usize, of: &str| {
        if count == 0 {
            String::new()
        } else {
            format!("; {of}: {count}")
        }
    };
    format!(
        "wire: {}; Rust: {}{}{}",
        review.wire_counts(),
        review.rust_counts(),
        count(review.deviation_count(), "deviations changed"),
        count(review.rust.coverage.len(), "gaps in coverage"),
    )
}

pub(super) fn version_line(review: &Review) -> Option<String> {
    let versions = &review.versions;
    let (from, to) = (versions.from.as_deref()?, versions.to.as_deref()?);
    Some(if versions.bump() == Bump::None {
        format!("version: {from} stays")
    } else if versions.unreleased {
        format!(
            "version: {from} stays, since it is not released yet; otherwise a {} step",
            versions.bump()
        )
    } else {
        format!("version: {from} -> {to} ({} step)", versions.bump())
    })
}

/// Whether there is anything to write a changelog about.
pub(super) fn changed(review: &Review) -> bool {
    review.wire_counts() != lines::Counts::default()
        || review.rust_counts() != lines::Counts::default()
        || review.deviation_count() > 0
}

/// A line for the operations of each API that nothing reaches, and one for each operation with what cannot be set.
pub(super) fn gap_lines(gaps: &[Gap]) -> Vec<String> {
    let mut operations: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut parameters: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for gap in gaps {
        match &gap.parameter {
            None => operations.entry(&gap.api).or_default().push(&gap.operation),
            Some(parameter) => {
                let operation = format!("{}: {} cannot set", gap.api, gap.operation);
                parameters.entry(operation).or_default().push(parameter);
            }
        }
    }
    let operations = operations
        .into_iter()
        .map(|(api, names)| format!("{api}: {}", names.join(", ")));
    let parameters = parameters
        .into_iter()
        .map(|(operation, names)| format!("{operation} {}", names.join(", ")));
    operations.chain(parameters).collect()
}

/// The facts of one level: those of the wire by API, then those of Rust.
fn section(out: &mut String, review: &Review, level: Level, most: usize) {
    let mut lines = Vec::new();
    for api in &review.apis {
        let headline = api.headline().filter(|(found, _)| *found == level);
        lines.extend(headline.map(|(_, line)| format!("  {}: {line}\n", api.name)));
        let facts = api.facts.iter().filter(|fact| fact.level == level);
        lines.extend(facts.map(|fact| format!("  {}: {}\n", api.name, fact.line(SHOWN))));
    }
    lines.extend(
        review
            .rust_of(level)
            .map(|fact| format!("  {}\n{}", rust_line(fact), indented(&code(fact)))),
    );
    if lines.is_empty() {
        return;
    }
    let _ = write!(out, "\n{level} ({})\n", lines.len());
    let rest = lines.len().saturating_sub(most);
    out.extend(lines.into_iter().take(most));
    if rest > 0 {
        let _ = writeln!(out, "  and {rest} more; `--format json` lists them all");
    }
}

/// A Rust item before and after, as a diff.
pub(super) fn code(fact: &RustFact) -> String {
    let mut out = String::new();
    for (sign, item) in [('-', &fact.before), ('+', &fact.after)] {
        for line in item.iter().flat_map(|item| item.lines()) {
            let _ = writeln!(out, "{sign} {line}");
        }
    }
    out
}

fn indented(text: &str) -> String {
    text.lines()
        .map(|line| {
            if line.is_empty() {
                "\n".to_owned()
            } else {
                format!("    {line}\n")
            }
        })
        .collect()
}
