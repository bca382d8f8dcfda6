//! The documents of this workspace, compared with themselves.
#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

#[path = "it/reorder.rs"]
mod reorder;

use std::fs;
use std::path::Path;

use account_provisioning_wire_diff::{compare, operations};
use serde_json::Value;

use reorder::reordered;

#[test]
fn real_documents_give_no_fact_against_themselves_and_themselves_reordered() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/data");
    let paths = fs::read_dir(data).unwrap().map(|entry| entry.unwrap().path());
    let mut count = 0;
    for path in paths.filter(|path| path.to_string_lossy().ends_with(".wire.json")) {
        let wire: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        assert!(!operations(&wire).is_empty());
        assert_eq!(compare(&wire, &wire).unwrap(), [], "{}", path.display());
        assert_eq!(compare(&wire, &reordered(&wire, "")).unwrap(), [], "{}", path.display());
        count += 1;
    }
    assert!(count > 0);
}
