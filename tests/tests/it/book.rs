//! The book in docs, and all other Markdown of the repository: links lead somewhere, what pages quote is the code, and every
//! page and program is checked.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

/// Where files of this repository are that are no pages of the book.
const REPOSITORY: &str = "https://github.com/account-provisioning/account-provisioning/blob/main/";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The Markdown files below a directory, by their path from the root, with their text.
fn pages(below: &str) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    let mut directories = vec![root().join(below)];
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() && name != "target" && !name.starts_with('.') {
                directories.push(path);
            } else if name.ends_with(".md") {
                let text = fs::read_to_string(&path).unwrap();
                found.insert(path.strip_prefix(root()).unwrap().to_owned(), text);
            }
        }
    }
    found
}

/// The lines of a page that are no code, without their spans of code.
fn prose(page: &str) -> impl Iterator<Item = String> {
    let mut inside = false;
    let lines = page.lines().filter(move |line| {
        let fence = line.trim_start().starts_with("```");
        inside ^= fence;
        !inside && !fence
    });
    lines.map(|line| line.split('`').step_by(2).collect::<Vec<_>>().join("`"))
}

/// The targets of a page's links.
fn links(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    // A link may be broken over lines.
    let text = prose(page).collect::<Vec<_>>().join("\n");
    found.extend(
        text.split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
            .map(str::to_owned),
    );
    let references = text.lines().filter(|line| line.starts_with('['));
    found.extend(references.filter_map(|line| Some(line.split_once("]: ")?.1.trim().to_owned())));
    found
}

/// The anchors of a page's headings, as code hosts and mdbook make them.
fn anchors(page: &str) -> BTreeSet<String> {
    let mut inside = false;
    let mut found = BTreeSet::new();
    for line in page.lines() {
        inside ^= line.trim_start().starts_with("```");
        if inside || !line.starts_with('#') {
            continue;
        }
        let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
        let title = line.trim_start_matches('#').trim().to_lowercase();
        let anchor = title.chars().filter(kept).collect::<String>().replace(' ', "-");
        let again = (1..).map(|n| format!("{anchor}-{n}"));
        let free = [anchor.clone()]
            .into_iter()
            .chain(again)
            .find(|one| !found.contains(one));
        found.extend(free);
    }
    found
}

/// A path without `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => drop(plain.pop()),
            Component::CurDir => {}
            other => plain.push(other),
        }
    }
    plain
}

/// What is wrong with a link of a page.
fn problem(page: &Path, target: &str, pages: &BTreeMap<PathBuf, String>) -> Option<&'static str> {
    let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
    let path = match file.strip_prefix(REPOSITORY) {
        Some(path) => PathBuf::from(path),
        None if target.contains("://") || target.starts_with("mailto:") => return None,
        None if file.is_empty() => page.to_owned(),
        None => plain(&page.parent().unwrap().join(file)),
    };
    if !root().join(&path).exists() {
        return Some("there is no such file");
    }
    if page.starts_with("docs") && !path.starts_with("docs") && !file.starts_with(REPOSITORY) {
        return Some("it leads out of the book; give the address in the repository");
    }
    let found = pages
        .get(&path)
        .is_none_or(|text| anchor.is_empty() || anchors(text).contains(anchor));
    (!found).then_some("there is no such heading")
}

#[test]
fn links_of_all_pages_lead_somewhere() {
    let pages = pages("");
    assert!(pages.len() > 30, "only {} pages were found", pages.len());
    let mut count = 0;
    for (page, text) in &pages {
        for target in links(text) {
            let problem = problem(page, &target, &pages);
            assert_eq!(problem, None, "{}: {target}", page.display());
            count += 1;
        }
    }
    assert!(count > 100, "only {count} links were found");
}

#[test]
fn guard_against_dead_links_finds_each_kind() {
    let text = "# One two\n[a](b.md) `[c](d)` [e][f]\n\n```\n# no heading\n[g](h)\n```\n## One two\n[broken\nline](i.md#j)\n[f]: k.md";
    assert_eq!(links(text), ["b.md", "i.md#j", "k.md"]);
    assert_eq!(
        anchors(text),
        BTreeSet::from(["one-two".to_owned(), "one-two-1".to_owned()])
    );
    let pages = pages("");
    let problem = |target: &str| problem(Path::new("docs/guide/secrets.md"), target, &pages);
    assert_eq!(problem("errors-and-retries.md#time-limits"), None);
    assert_eq!(problem(&format!("{REPOSITORY}SECURITY.md")), None);
    for wrong in [
        "none.md",
        "#none",
        "errors-and-retries.md#none",
        "../../README.md",
        &format!("{REPOSITORY}NONE.md"),
    ] {
        assert!(problem(wrong).is_some(), "{wrong}");
    }
}

#[test]
fn pages_of_the_book_are_all_in_its_summary() {
    let pages = pages("docs");
    let summary = Path::new("docs/SUMMARY.md");
    let listed: BTreeSet<_> = links(&pages[summary])
        .iter()
        .map(|page| Path::new("docs").join(page))
        .collect();
    let found: BTreeSet<_> = pages.keys().filter(|page| *page != summary).cloned().collect();
    assert_eq!(listed, found);
}

#[test]
fn pages_that_mdbook_renames_have_a_redirect() {
    let settings = fs::read_to_string(root().join("docs/book.toml")).unwrap();
    for page in pages("docs").keys().filter(|page| page.ends_with("README.md")) {
        let page = page.strip_prefix("docs").unwrap().with_extension("html");
        let redirect = format!("\"/{}\" = \"index.html\"", page.display());
        assert!(settings.contains(&redirect), "book.toml has no `{redirect}`");
    }
}

#[test]
fn code_of_the_book_is_all_compiled() {
    let compiled = include_str!("../../src/lib.rs");
    for (page, text) in pages("docs") {
        if text.lines().any(|line| line.starts_with("```rust")) {
            let included = format!("include_str!(\"../../{}\")", page.display());
            assert!(compiled.contains(&included), "tests/src/lib.rs has no `{included}`");
        }
    }
}

/// The quotes of a page: the file that each is from, and its text. A quote follows a comment that says where it is from.
fn quotes(page: &str) -> Vec<(&str, String)> {
    let quoted = page.split("<!-- from ").skip(1);
    let parts = quoted.map(|rest| {
        let (file, rest) = rest.split_once(" -->\n```").unwrap();
        let (_, code) = rest.split_once('\n').unwrap();
        (file, code.split("```").next().unwrap().to_owned())
    });
    parts.collect()
}

/// A text without the indentation and the line breaks that formatting it could change.
fn words(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    text.replace(",)", ")").replace(",}", "}").replace(",]", "]")
}

#[test]
fn code_that_the_book_quotes_is_in_the_file() {
    let mut count = 0;
    for (page, text) in pages("docs") {
        let quotes = quotes(&text);
        assert_eq!(quotes.len(), text.matches("<!-- from ").count());
        // Rust that isn't compiled on the page has to be a quote.
        let of_rust = text.lines().filter(|line| line.starts_with("```rs")).count();
        let from_rust = quotes.iter().filter(|(file, _)| file.ends_with(".rs")).count();
        assert_eq!(of_rust, from_rust, "{}: some code is no quote", page.display());
        for (file, quote) in quotes {
            let source = fs::read_to_string(root().join(file)).unwrap_or_else(|_| panic!("there is no {file}"));
            assert!(
                words(&source).contains(&words(&quote)),
                "{}: {file} has no\n{quote}",
                page.display()
            );
            count += 1;
        }
    }
    assert!(count > 10, "only {count} quotes were found");
}

#[test]
fn examples_are_all_run_by_ci_and_described_in_the_readme() {
    let [readme, ci] = ["README.md", ".ci/run"].map(|file| fs::read_to_string(root().join(file)).unwrap());
    let mut count = 0;
    for entry in fs::read_dir(root().join("crates/client/examples")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.join("main.rs").exists() {
            continue; // what examples share
        }
        let name = path.file_stem().unwrap().to_str().unwrap();
        let command = format!("--example {name}");
        let run = |line: &str| line.starts_with("step ") && line.contains(&command);
        assert!(ci.lines().any(run), ".ci/run doesn't run {name}");
        assert!(readme.contains(&command), "README.md doesn't describe {name}");
        count += 1;
    }
    assert!(count >= 10, "only {count} examples were found");
}
