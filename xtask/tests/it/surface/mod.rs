//! The public surface of the real crates, with changes made to their sources in memory.

mod breaks;
mod digest;
mod harmless;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use account_provisioning_wire_diff::Level;
use xtask::rust_facts::{RustFact, compare};
use xtask::surface::{Sources, Surfaces, sources, surfaces};
use xtask::{Tree, Workspace};

const CLIENT: &str = "account-provisioning";
const CORE: &str = "account-provisioning-core";

/// The ergonomic crate and the runtime whose macros it uses.
static SOURCES: LazyLock<Vec<Sources>> = LazyLock::new(|| {
    let mut all = sources(&Tree::working(Workspace::here().root()), Some(BTreeMap::new())).unwrap();
    all.retain(|sources| [CLIENT, CORE].contains(&sources.package.as_str()));
    assert_eq!(all.len(), 2);
    all
});

static BEFORE: LazyLock<Surfaces> = LazyLock::new(|| surfaces(&SOURCES, None).unwrap());

/// Sources that a test changes.
struct Change(Vec<Sources>);

fn change() -> Change {
    Change(SOURCES.clone())
}

impl Change {
    fn of(&mut self, package: &str) -> &mut Sources {
        self.0.iter_mut().find(|sources| sources.package == package).unwrap()
    }

    /// Replaces a text that stands once in a file of the ergonomic crate.
    fn client(mut self, file: &str, from: &str, to: &str) -> Self {
        edit(self.of(CLIENT), file, from, to);
        self
    }

    /// Replaces a text that stands once in a file of the runtime.
    fn core(mut self, file: &str, from: &str, to: &str) -> Self {
        edit(self.of(CORE), file, from, to);
        self
    }

    fn moved(mut self, from: &str, to: &str) -> Self {
        let files = &mut self.of(CLIENT).files;
        let text = files.remove(from).unwrap();
        files.insert(to.to_owned(), text);
        self
    }

    fn manifest(mut self, change: impl FnOnce(&mut toml::Table)) -> Self {
        change(&mut self.of(CLIENT).manifest);
        self
    }

    fn facts(self) -> Vec<RustFact> {
        compare(&BEFORE, &surfaces(&self.0, Some(&BEFORE)).unwrap())
    }

    /// Asserts that the change is one fact.
    fn is(self, level: Level, item: &str, words: &str, (before, after): (Option<&str>, Option<&str>)) {
        let facts = self.facts();
        let [fact] = facts.as_slice() else {
            panic!("expected one fact, not {facts:#?}");
        };
        assert_eq!(
            (fact.level, fact.item.as_str(), fact.change.as_str()),
            (level, item, words)
        );
        assert_eq!((fact.before.as_deref(), fact.after.as_deref()), (before, after));
    }

    fn breaks(self, item: &str, words: &str, rust: (Option<&str>, Option<&str>)) {
        self.is(Level::Breaking, item, words, rust);
    }

    fn keeps(self, item: &str, words: &str, rust: (Option<&str>, Option<&str>)) {
        self.is(Level::Compatible, item, words, rust);
    }

    fn finds_nothing(self) {
        assert_eq!(self.facts(), []);
    }
}

fn edit(sources: &mut Sources, file: &str, from: &str, to: &str) {
    let text = sources.files.get_mut(file).unwrap_or_else(|| panic!("{file} is there"));
    assert_eq!(text.matches(from).count(), 1, "`{from}` stands once in {file}");
    *text = text.replace(from, to);
}
