//! What the client's sources leave out, so that programs stay small.
#![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

use std::fs;
use std::path::{Path, PathBuf};

/// All Rust files below a directory.
fn files(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    let (directories, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let below = directories.iter().flat_map(|directory| self::files(directory));
    let is_rust = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "rs");
    files.into_iter().filter(is_rust).chain(below).collect()
}

/// serde's code is compiled again for each kind of source that a program reads from: 24 kB for the client's errors alone.
#[test]
fn client_reads_json_from_text_alone() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates");
    let mut others = Vec::new();
    for path in ["core/src", "client/src"]
        .iter()
        .flat_map(|source| files(&crates.join(source)))
    {
        let text = fs::read_to_string(&path).unwrap();
        for (line, number) in text.lines().zip(1..) {
            if [
                "json::from_slice",
                "json::from_reader",
                "Deserializer::from_slice",
                "Deserializer::from_reader",
            ]
            .iter()
            .any(|reader| line.contains(reader))
            {
                others.push(format!("{}:{number}", path.display()));
            }
        }
    }
    assert_eq!(others, [""; 0], "read bodies with `de::from_body`");
}
