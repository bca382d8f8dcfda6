//! Changing a file as a person would.

use std::fs;
use std::path::Path;

use xtask::{Tree, Workspace, files};

/// Replaces the first `from` in a file.
pub(crate) fn edit(root: &Path, file: &str, from: &str, to: &str) {
    let path = root.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} holds no `{from}`");
    fs::write(&path, text.replacen(from, to, 1)).unwrap();
}

/// Copies the crates of this workspace, and the versions that they share, as far as their surfaces are made from them.
pub(crate) fn copy_crates(to: &Path) {
    let tree = Tree::working(Workspace::here().root());
    let manifest = tree.read("Cargo.toml").unwrap().unwrap();
    files::put(to, "Cargo.toml", &manifest).unwrap();
    for path in tree.list("crates").unwrap() {
        let wanted = path.ends_with(".rs") || path.ends_with("/Cargo.toml") || path.ends_with(".json");
        if wanted && let Some(text) = tree.read(&path).unwrap() {
            files::put(to, &path, &text).unwrap();
        }
    }
}
