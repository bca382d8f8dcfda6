//! The lists in which every API has an entry, beside the files of its own. They are read as text, so what lacks an API is
//! named without building anything.

use crate::guard::violation::Violation;
use crate::{Failure, Tree};

/// A list that names every API. `{api}` is the name of the API.
struct List {
    path: &'static str,
    /// How the line starts that has the entry.
    start: &'static str,
    /// What else is in this line.
    entry: &'static str,
    /// What to add.
    remedy: &'static str,
}

const fn list(path: &'static str, start: &'static str, entry: &'static str, remedy: &'static str) -> List {
    List {
        path,
        start,
        entry,
        remedy,
    }
}

/// In the order of the recipe "Add an API" in CONTRIBUTING.md.
const LISTS: [List; 35] = [
    list(
        "crates/spec/src/lib.rs",
        "pub mod {api} {",
        "",
        "add a module with `WIRE` and `BUILD`",
    ),
    list("crates/api/build.rs", "", "(\"{api}\", ", "add a line to `APIS`"),
    list("crates/api/Cargo.toml", "{api} = [", "", "add the feature"),
    list(
        "crates/api/Cargo.toml",
        "default = [",
        "\"{api}\"",
        "add the feature to `default`",
    ),
    list("crates/api/src/lib.rs", "pub mod {api};", "", "add the module"),
    list(
        "crates/api/src/lib.rs",
        "//! - `{api}` (default)",
        "",
        "add the feature to the list in the documentation",
    ),
    list(
        "crates/api/tests/it/features.rs",
        "",
        "\"{api}.rs\"",
        "add a line for the feature",
    ),
    list(
        "crates/api/tests/it/decoding.rs",
        "",
        "spec::{api}::BUILD",
        "add the API to `every`, and a function with its operations",
    ),
    list("crates/client/Cargo.toml", "{api} = [", "", "add the feature"),
    list(
        "crates/client/Cargo.toml",
        "default = [",
        "\"{api}\"",
        "add the feature to `default`",
    ),
    list("crates/client/src/lib.rs", "pub mod {api};", "", "add the module"),
    list(
        "crates/client/src/lib.rs",
        "//! - `{api}` (default)",
        "",
        "add the feature to the list in the documentation",
    ),
    list(
        "crates/client/src/vars.rs",
        "",
        "&{api}::variables::VARIABLES",
        "add its variables to the test that compares them with the documentation",
    ),
    list(
        "crates/client/README.md",
        "",
        "(`{api}`)",
        "name the API in the first paragraph",
    ),
    list(
        "crates/client/tests/auto_traits/main.rs",
        "mod {api};",
        "",
        "add the module that asserts the auto traits of its types",
    ),
    list(
        "crates/emulator/src/builder.rs",
        "",
        "&{api}::API",
        "add the API to `APIS`",
    ),
    list(
        "crates/emulator/src/state.rs",
        "    pub {api}: ",
        "",
        "add a field with its state",
    ),
    list(
        "crates/emulator/src/state.rs",
        "",
        "self.{api}.validate(\"{api}\")",
        "validate its state",
    ),
    list(
        "crates/emulator/src/emulator.rs",
        "    pub fn {api}(&self)",
        "",
        "add the method that returns what a client needs",
    ),
    list("crates/emulator/src/lib.rs", "pub mod {api};", "", "add the module"),
    list(
        "crates/emulator/src/lib.rs",
        "",
        "[`{api}`]",
        "name the module under \"Undocumented behaviour\"",
    ),
    list(
        "crates/emulator/README.md",
        "",
        "`emulator.{api}()`",
        "describe the default account, and name the method that returns it",
    ),
    list(
        "crates/emulator/README.md",
        "  \"{api}\": {",
        "",
        "add its state to the example of a state file",
    ),
    list("crates/emulator/tests/it/main.rs", "mod {api};", "", "add its tests"),
    list(
        "crates/emulator/tests/it/control.rs",
        "",
        "spec::{api}::WIRE",
        "add the API to those whose operations are counted",
    ),
    list("tests/tests/it/main.rs", "mod {api};", "", "add its tests"),
    list(
        "tests/tests/it/house.rs",
        "",
        "spec::{api}::WIRE",
        "add the API to those whose operations are counted",
    ),
    list("tests/prism/build.rs", "", "(\"{api}\", ", "add a line to `APIS`"),
    list("tests/prism/src/tables.rs", "", "mod {api} {", "add a module"),
    list(
        "tests/prism/src/main.rs",
        "",
        "tables::{api}::CASES",
        "add the API to `Api`, with a client",
    ),
    list(
        "tests/interop/fuzz.py",
        "APIS = ",
        "\"{api}\": ",
        "add the API to `APIS`, with a function that returns base path, credentials and ids",
    ),
    list(
        "README.md",
        "",
        "| `account_provisioning::{api}` |",
        "add a row to the table of APIs",
    ),
    list(
        "README.md",
        "",
        "`{api}`",
        "name the feature where the others are named",
    ),
    list(
        ".ci/run",
        "for features in \"",
        "\"{api}\"",
        "add the feature to the loop over the generated crate",
    ),
    list("CHANGELOG.md", "", "`{api}`", "say that the API is new"),
];

/// The lists that lack an API.
pub(super) fn check(tree: &Tree, api: &str) -> Result<Vec<Violation>, Failure> {
    let mut found = Vec::new();
    for list in &LISTS {
        let Some(text) = tree.read(list.path)? else { continue };
        let [start, entry] = [list.start, list.entry].map(|mark| mark.replace("{api}", api));
        if !text
            .lines()
            .any(|line| line.starts_with(&start) && line.contains(&entry))
        {
            found.push(Violation::new(list.path, format!("lacks `{api}`: {}", list.remedy)));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::LISTS;
    use crate::{Failure, Tree, Workspace};

    #[test]
    fn lists_are_in_files_that_exist() -> Result<(), Failure> {
        let tree = Tree::working(Workspace::here().root());
        for list in &LISTS {
            assert!(tree.read(list.path)?.is_some(), "{} is gone", list.path);
        }
        Ok(())
    }
}
