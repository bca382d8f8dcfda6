//! Files that are checked in.

use std::fs;
use std::path::{Path, PathBuf};

use super::{CANARY, assert_silent};

fn snapshots(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && name != "target" && !name.starts_with('.') {
            snapshots(&path, found);
        } else if name.ends_with(".snap") || name.ends_with(".snap.new") {
            found.push(path);
        }
    }
}

#[test]
fn snapshots_that_are_checked_in_hold_no_secret() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut found = Vec::new();
    snapshots(root, &mut found);
    assert!(!found.is_empty(), "there are snapshots to look at");
    for path in found {
        let text = fs::read_to_string(&path).unwrap();
        assert_silent(&path.display().to_string(), &text);
        for secret in [CANARY, "emulator-secret", "emulator-environment-secret", "Basic ZW11"] {
            assert!(!text.contains(secret), "{}: {secret}", path.display());
        }
    }
}
