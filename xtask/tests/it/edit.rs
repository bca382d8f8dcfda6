//! Changing a file as a person would.

use std::fs;
use std::path::Path;

/// Replaces the first `from` in a file.
pub(crate) fn edit(root: &Path, file: &str, from: &str, to: &str) {
    let path = root.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} holds no `{from}`");
    fs::write(&path, text.replacen(from, to, 1)).unwrap();
}
