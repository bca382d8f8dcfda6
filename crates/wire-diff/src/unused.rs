//! Components that no operation uses. They have no effect on the wire, but readers of the document see them.

use std::collections::BTreeSet;

use crate::context::Context;
use crate::document::{Document, paired_entries};
use crate::fact::{Kind, Level};
use crate::operation::all;
use crate::subject::Subject;

/// Records the unused components that were added, removed or changed.
pub(crate) fn compare(cx: &mut Context<'_>) {
    let documents = cx.documents;
    let (used_before, used_after) = (used(documents.before), used(documents.after));
    let [old, new] = [documents.before, documents.after].map(|document| document.root().at("components"));
    for (section, _, _) in paired_entries(&old, &new) {
        let (before, after) = (documents.before.section(section), documents.after.section(section));
        for (name, old, new) in paired_entries(&before, &after) {
            let old_used = old.as_ref().is_some_and(|node| used_before.contains(&node.pointer));
            let new_used = new.as_ref().is_some_and(|node| used_after.contains(&node.pointer));
            let (node, change) = match (old, new) {
                (Some(old), None) if !old_used => (old, "removed"),
                (None, Some(new)) if !new_used => (new, "added"),
                (Some(old), Some(new)) if !old_used && !new_used && old.value != new.value => (new, "changed"),
                _ => continue,
            };
            let subject = Subject::new(Kind::Document, format!("unused components.{section}.{name}"), None);
            cx.add(&subject, &node, change, Level::Docs);
        }
    }
}

/// The pointers of everything that operations refer to.
fn used(document: Document<'_>) -> BTreeSet<String> {
    let mut open = document.root().at("paths").references();
    let mut used = BTreeSet::new();
    while let Some((_, reference)) = open.pop() {
        if let Some(node) = document.target(reference)
            && used.insert(node.pointer.clone())
        {
            open.extend(node.references());
        }
    }
    for operation in all(document) {
        let requirements = operation.inherited(document, "security");
        for alternative in requirements.iter().flat_map(|node| node.items()) {
            for (name, _) in alternative.entries() {
                used.insert(document.section("securitySchemes").at(name).pointer);
            }
        }
    }
    used
}
