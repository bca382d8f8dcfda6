//! The list of operations.

use account_provisioning_wire_diff::{operations, path_template};
use serde_json::json;

use crate::corpus::base;

#[test]
fn operations_of_a_document_have_method_path_and_id() {
    let base = base();
    let found: Vec<_> = operations(&base)
        .iter()
        .map(|operation| (operation.method(), operation.path(), operation.id()))
        .collect();
    assert!(
        found.contains(&("delete", "/users/{user_id}", Some("deleteUser"))),
        "{found:?}"
    );
    assert!(found.is_sorted_by_key(|(_, path, _)| *path), "{found:?}");
}

#[test]
fn operations_behind_a_reference_are_listed_and_a_circle_of_references_ends() {
    let document = json!({
        "paths": {"/a": {"$ref": "#/x-items/a"}, "/b": {"$ref": "#/x-items/b"}},
        "x-items": {"a": {"get": {}}, "b": {"$ref": "#/x-items/b"}},
    });
    let found: Vec<_> = operations(&document).iter().map(|operation| operation.path()).collect();
    assert_eq!(found, ["/a"]);
}

#[test]
fn path_template_has_no_parameter_names() {
    assert_eq!(path_template("/users/{id}/files/{name}.{ext}"), "/users/{}/files/{}.{}");
}
