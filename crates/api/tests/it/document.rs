//! What the documents say.

use serde_json::Value;

/// The ids of the operations of a document, sorted.
pub(crate) fn operation_ids(document: &str) -> Vec<String> {
    let document: Value = serde_json::from_str(document).unwrap();
    let items = document["paths"].as_object().unwrap().values();
    let entries = items.flat_map(|item| item.as_object().unwrap().values());
    let mut ids: Vec<String> = entries
        .filter_map(|entry| entry["operationId"].as_str().map(str::to_owned))
        .collect();
    ids.sort_unstable();
    assert!(!ids.is_empty());
    ids
}
