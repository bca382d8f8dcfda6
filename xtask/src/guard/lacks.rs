//! What an operation of a document still lacks besides its method: rows of tables, documentation, examples and tests, and
//! the counts that readers see. All of it is read as text, so a missing row is named without building a test.

use std::collections::BTreeSet;

use account_provisioning_codegen::document::Document;
use account_provisioning_wire_diff::operations;
use serde_json::Value;

use crate::guard::violation::Violation;
use crate::guard::{aliases, examples, lists};
use crate::{Failure, Tree};

/// A place that names every operation of an API.
struct Place {
    /// The file, or the directory; `{api}` is the name of the API. An API without it has no such table.
    path: &'static str,
    /// How it names an operation; `{id}` is the operationId.
    mark: &'static str,
    /// How the paths of the operations start that it names.
    paths: &'static str,
    /// Whether it names only operations with an id in their path besides the account's.
    with_ids: bool,
    /// What to add.
    remedy: &'static str,
}

const PLACES: [Place; 11] = [
    Place {
        path: "crates/client/src/{api}/",
        mark: "`{id}`",
        paths: "/",
        with_ids: false,
        remedy: "no documentation names its operationId; add it in parentheses to the documentation of its method",
    },
    Place {
        path: "crates/emulator/src/{api}/",
        mark: "\"{id}\"",
        paths: "/",
        with_ids: false,
        remedy: "the emulator has no handler for it; write one and add it to the table of handlers",
    },
    Place {
        path: "crates/emulator/tests/it/cloudinary/operations.rs",
        mark: "\"{id}\"",
        paths: "/v1_1/provisioning/",
        with_ids: false,
        remedy: "the emulator's table of calls has no row for it; add one",
    },
    Place {
        path: "crates/emulator/tests/it/cloudinary/permissions/operations.rs",
        mark: "\"{id}\"",
        paths: "/v2/",
        with_ids: false,
        remedy: "the emulator's table of calls has no row for it; add one",
    },
    Place {
        path: "crates/emulator/tests/it/cloudflare/operations.rs",
        mark: "\"{id}\"",
        paths: "/",
        with_ids: false,
        remedy: "the emulator's table of calls has no row for it; add one",
    },
    Place {
        path: "crates/emulator/src/cloudflare/requirements.rs",
        mark: "\"{id}\"",
        paths: "/",
        with_ids: false,
        remedy: "the emulator does not know which permission it requires; add it to the table",
    },
    Place {
        path: "crates/client/src/cloudspot/failure.rs",
        mark: "\"{id}\"",
        paths: "/",
        with_ids: false,
        remedy: "its errors have no kind of failure; add it to the `match`",
    },
    Place {
        path: "crates/api/tests/it/cloudspot.rs",
        mark: "\"{id}\"",
        paths: "/",
        with_ids: false,
        remedy: "no test asserts how it is retried; add it to the table",
    },
    Place {
        path: "tests/tests/it/cloudspot/mod.rs",
        mark: "\"{id}\"",
        paths: "/",
        with_ids: false,
        remedy: "the tests' list of calls has no row for it; add one",
    },
    Place {
        path: "tests/tests/it/{api}/wire/mod.rs",
        mark: "\"{id}\"",
        paths: "/",
        with_ids: false,
        remedy: "no test asserts the request that it sends; write one beside its resource and add it to the table",
    },
    Place {
        path: "tests/tests/it/{api}/ids.rs",
        mark: "\"{id}\"",
        paths: "/",
        with_ids: true,
        remedy: "no test tries odd ids in its path; add a row",
    },
];

/// The page with the table of documents.
const DOCUMENTS: &str = "openapi/README.md";

/// The page that counts the calls of the fault campaign, by operation.
const CAMPAIGN: &str = "docs/reliability.md";

/// The path parameters that every operation may have.
const ACCOUNT: [&str; 1] = ["{account_id}"];

/// Checks API by API, and passes on what it finds at once.
pub(super) fn check(tree: &Tree, found: &mut impl FnMut(Violation)) -> Result<(), Failure> {
    let apis = tree.apis()?;
    let mut known = BTreeSet::new();
    examples::pages(tree, &apis)?.into_iter().for_each(&mut *found);
    for api in apis {
        let table = tree.read(DOCUMENTS)?;
        if table.is_some_and(|table| !table.contains(&format!("\n| `{api}/` |"))) {
            found(Violation::new(
                DOCUMENTS,
                format!("the table has no row for `{api}/`; add one"),
            ));
        }
        // An API that is being added has no module yet.
        if tree.read(&format!("crates/client/src/{api}/mod.rs"))?.is_none() {
            continue;
        }
        let path = format!("openapi/{api}/openapi.yaml");
        let Some(text) = tree.read(&path)? else { continue };
        let document = Document::parse(&path, &text)?;
        let tests = format!("tests/tests/it/{api}/");
        if tree.read("tests/tests/it/main.rs")?.is_some() && tree.list(&tests)?.is_empty() {
            found(Violation::new(
                tests,
                "no test sends requests of this API to the emulator; add some",
            ));
        }
        lists::check(tree, &api)?.into_iter().for_each(&mut *found);
        for place in &PLACES {
            missing(tree, &api, document.value(), place)?
                .into_iter()
                .for_each(&mut *found);
        }
        examples::check(tree, &api, document.value())?
            .into_iter()
            .for_each(&mut *found);
        aliases::check(tree, &api)?.into_iter().for_each(&mut *found);
        let operations = operations(document.value());
        counts(tree, &api, operations.len())?.into_iter().for_each(&mut *found);
        known.extend(
            operations
                .iter()
                .filter_map(|operation| operation.id().map(str::to_owned)),
        );
    }
    gone(tree, &known)?.into_iter().for_each(found);
    Ok(())
}

/// Rows of a page about operations that no document has any more.
fn gone(tree: &Tree, known: &BTreeSet<String>) -> Result<Vec<Violation>, Failure> {
    let text = tree.read(CAMPAIGN)?.unwrap_or_default();
    let (_, rows) = text.split_once("\n| operation |").unwrap_or_default();
    let ids = rows
        .lines()
        .skip(2)
        .map_while(|row| row.strip_prefix("| "))
        .filter_map(|row| row.split('`').nth(1));
    let gone = ids.filter(|id| !known.contains(*id));
    Ok(gone
        .map(|id| {
            Violation::new(
                CAMPAIGN,
                format!("no document has `{id}`; run the campaign again, as the page says"),
            )
        })
        .collect())
}

fn missing(tree: &Tree, api: &str, document: &Value, place: &Place) -> Result<Vec<Violation>, Failure> {
    // A table of one API says nothing about another.
    let of_all = place.path.contains("{api}");
    if !of_all && !place.path.contains(&format!("/{api}/")) && !place.path.ends_with(&format!("/{api}.rs")) {
        return Ok(Vec::new());
    }
    let path = place.path.replace("{api}", api);
    let mut text = String::new();
    if path.ends_with('/') {
        for file in tree.list(&path)? {
            text.push_str(&tree.read(&file)?.unwrap_or_default());
        }
    } else {
        text = tree.read(&path)?.unwrap_or_default();
    }
    // Every API has its directories, and some have a table of their own.
    if text.is_empty() && !path.ends_with('/') {
        return Ok(Vec::new());
    }
    let lacking = operations(document).into_iter().filter_map(|operation| {
        let id = operation.id()?;
        let own = ACCOUNT
            .iter()
            .fold(operation.path().to_owned(), |path, name| path.replace(name, ""));
        let is_wanted = own.starts_with(place.paths) && (!place.with_ids || own.contains('{'));
        let is_named = text.contains(&place.mark.replace("{id}", id));
        (is_wanted && !is_named).then(|| Violation::new(format!("{api} {id}"), format!("{path}: {}", place.remedy)))
    });
    Ok(lacking.collect())
}

/// The counts of operations in tables, which the documents decide.
fn counts(tree: &Tree, api: &str, count: usize) -> Result<Vec<Violation>, Failure> {
    let mut found = Vec::new();
    for (file, mark, column) in [
        ("README.md", format!("| `account_provisioning::{api}` |"), 2),
        (DOCUMENTS, format!("| `{api}/` |"), 4),
    ] {
        let text = tree.read(file)?.unwrap_or_default();
        let rows: Vec<&str> = text.lines().filter(|line| line.contains(&mark)).collect();
        let counted: usize = rows.iter().filter_map(|row| number(row.split('|').nth(column)?)).sum();
        if !rows.is_empty() && counted != count {
            let message = format!(
                "the table counts {counted} operations of `{api}`, and the document has {count}; correct the row"
            );
            found.push(Violation::new(file, message));
        }
        let parts: Vec<usize> = rows
            .iter()
            .flat_map(|row| parts(row.split('|').nth(column).unwrap_or_default()))
            .collect();
        let sum: usize = parts.iter().sum();
        if !parts.is_empty() && sum != count {
            let message = format!(
                "the parts that the table lists for `{api}` have {sum} operations, and the document has {count}; correct the row"
            );
            found.push(Violation::new(file, message));
        }
    }
    Ok(found)
}

/// The numbers after the first one in a cell: `47: 26 for …; 21 for …`.
fn parts(cell: &str) -> Vec<usize> {
    let (_, rest) = cell.split_once(':').unwrap_or_default();
    let words = rest.split(|c: char| c.is_whitespace() || c == ',' || c == ';');
    words.filter_map(|word| word.parse().ok()).collect()
}

/// The number at the start of a cell: `47: 26 for …`.
fn number(cell: &str) -> Option<usize> {
    let cell = cell.trim();
    let end = cell.find(|c: char| !c.is_ascii_digit()).unwrap_or(cell.len());
    cell[..end].parse().ok()
}
