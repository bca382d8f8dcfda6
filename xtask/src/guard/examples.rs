//! The pages under docs/migrating: which operations their examples have to send, and which they lack.
//!
//! A page says so in a comment: `<!-- The examples send every operation of cloudinary below /v1_1/provisioning/ -->`. A test
//! reads the same comment, runs the examples and compares. Here their code is read as text, which takes a moment.

use std::collections::BTreeSet;

use account_provisioning_wire_diff::operations;
use serde_json::Value;

use super::methods::{Methods, calls};
use crate::guard::violation::Violation;
use crate::{Failure, Tree};

pub(super) const PAGES: &str = "docs/migrating";
/// The table of contents of docs/.
const SUMMARY: &str = "docs/SUMMARY.md";
const PROMISE: &str = "<!-- The examples send every operation of ";

/// What the examples of the pages about an API lack.
pub(super) fn check(tree: &Tree, api: &str, document: &Value) -> Result<Vec<Violation>, Failure> {
    let mut found = Vec::new();
    let methods = Methods::read(tree, api)?;
    for page in tree.list(PAGES)? {
        let text = tree.read(&page)?.unwrap_or_default();
        let Some(below) = promise(&text, api) else { continue };
        let calls = of_page(&text);
        for operation in operations(document) {
            if let Some(id) = operation.id()
                && operation.path().starts_with(below)
                && !methods.are_called(id, &calls)
            {
                let message = format!("{page}: no example calls its method; add one, and a row to the tables");
                found.push(Violation::new(format!("{api} {id}"), message));
            }
        }
    }
    Ok(found)
}

/// Pages that the table of contents lacks, and pages that do not say what their examples send.
pub(super) fn pages(tree: &Tree, apis: &BTreeSet<String>) -> Result<Vec<Violation>, Failure> {
    let mut found = Vec::new();
    let summary = tree.read(SUMMARY)?;
    for page in tree.list(PAGES)? {
        let text = tree.read(&page)?.unwrap_or_default();
        let link = page.trim_start_matches("docs/");
        if summary
            .as_ref()
            .is_some_and(|summary| !summary.contains(&format!("]({link})")))
        {
            found.push(Violation::new(SUMMARY, format!("does not link to {link}; add a line")));
        }
        if !page.ends_with("/README.md") && !apis.iter().any(|api| promise(&text, api).is_some()) {
            let message = format!("doesn't say which operations its examples send; add `{PROMISE}API below /PATH -->`");
            found.push(Violation::new(page, message));
        }
    }
    Ok(found)
}

/// How the paths of the operations of an API begin that the examples of a page send.
pub(super) fn promise<'a>(page: &'a str, api: &str) -> Option<&'a str> {
    let promises = page
        .lines()
        .filter_map(|line| line.strip_prefix(PROMISE)?.strip_suffix(" -->"));
    let mut promises = promises.filter_map(|promise| promise.split_once(" below "));
    promises.find(|(of, _)| *of == api).map(|(_, below)| below)
}

/// The calls in the Rust code of a page, function by function.
fn of_page(page: &str) -> BTreeSet<(Option<String>, String)> {
    let blocks = page
        .split("```rust")
        .skip(1)
        .filter_map(|rest| rest.split("\n```").next());
    blocks.flat_map(|block| block.split("\n}")).flat_map(calls).collect()
}
