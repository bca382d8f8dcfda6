//! Files on disk, and files at a revision.

use std::fs;
use std::path::Path;
use std::process::Command;

use xtask::{Tree, files};

/// A repository of the test's own.
pub(crate) struct Repository {
    directory: tempfile::TempDir,
}

impl Repository {
    pub(crate) fn new() -> Self {
        let repository = Self {
            directory: tempfile::tempdir().unwrap(),
        };
        repository.git(&["init", "--quiet", "--initial-branch", "main"]);
        repository
    }

    pub(crate) fn root(&self) -> &Path {
        self.directory.path()
    }

    pub(crate) fn git(&self, arguments: &[&str]) {
        let mut command = Command::new("git");
        for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
            command.env_remove(variable);
        }
        let identity = [
            "-c",
            "user.name=Tester",
            "-c",
            "user.email=tester@example.test",
            "-c",
            "commit.gpgsign=false",
        ];
        let output = command
            .arg("-C")
            .arg(self.root())
            .args(identity)
            .args(arguments)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    pub(crate) fn put(&self, path: &str, content: &str) {
        files::put(self.root(), path, content).unwrap();
    }

    /// Commits everything that is there.
    pub(crate) fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "Change"]);
    }
}

fn repository() -> Repository {
    let repository = Repository::new();
    repository.put("a/one.txt", "one");
    repository.put("a/b/two ü.txt", "two");
    repository.put("c.txt", "three");
    repository.commit();
    repository
}

#[test]
fn tree_at_a_revision_reads_what_was_there_then() {
    let repository = repository();
    repository.put("a/one.txt", "changed");
    fs::remove_file(repository.root().join("c.txt")).unwrap();
    let (then, now) = (
        Tree::at(repository.root(), "HEAD").unwrap(),
        Tree::working(repository.root()),
    );
    assert_eq!(then.read("a/one.txt").unwrap().as_deref(), Some("one"));
    assert_eq!(now.read("a/one.txt").unwrap().as_deref(), Some("changed"));
    assert_eq!(then.read("c.txt").unwrap().as_deref(), Some("three"));
    assert_eq!(now.read("c.txt").unwrap(), None);
    assert_eq!(then.read("nothing.txt").unwrap(), None);
}

#[test]
fn list_is_sorted_and_the_same_for_both() {
    let repository = repository();
    repository.put("target/debug/made.txt", "made");
    for tree in [
        Tree::at(repository.root(), "main").unwrap(),
        Tree::working(repository.root()),
    ] {
        assert_eq!(tree.list("a").unwrap(), ["a/b/two ü.txt", "a/one.txt"]);
        assert_eq!(tree.list("").unwrap(), ["a/b/two ü.txt", "a/one.txt", "c.txt"]);
        assert_eq!(tree.list("nothing").unwrap(), [""; 0]);
    }
}

#[test]
fn tree_below_the_root_of_a_repository_reads_relative_to_itself() {
    let repository = repository();
    let tree = Tree::at(repository.root().join("a"), "HEAD").unwrap();
    assert_eq!(tree.read("one.txt").unwrap().as_deref(), Some("one"));
    assert_eq!(tree.list("").unwrap(), ["b/two ü.txt", "one.txt"]);
}

#[test]
fn tree_at_an_unknown_revision_fails_with_code_2_and_names_it() {
    for revision in ["nope", "--all", "HEAD~7"] {
        let failure = Tree::at(repository().root(), revision).unwrap_err();
        assert_eq!(failure.code(), 2);
        assert!(
            failure.to_string().contains(&format!("`{revision}` names no commit")),
            "{failure}"
        );
    }
}
