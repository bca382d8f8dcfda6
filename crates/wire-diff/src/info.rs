//! What a document says about itself, and its tags.

use crate::context::Context;
use crate::docs;
use crate::document::{Node, paired_entries};
use crate::fact::{Kind, Level};
use crate::matching::Matching;
use crate::subject::Subject;

/// Compares titles, versions and tags.
pub(crate) fn compare(cx: &mut Context<'_>) {
    let (before, after) = (cx.documents.before.root(), cx.documents.after.root());
    let (old, new) = (before.at("info"), after.at("info"));
    for (name, key, nodes) in [
        ("openapi", "openapi", (&before, &after)),
        ("info title", "title", (&old, &new)),
        ("info version", "version", (&old, &new)),
    ] {
        cx.add_changed(&subject(name), "", key, nodes, Level::Docs);
    }
    for key in ["description", "summary", "contact", "license", "termsOfService"] {
        docs::compare_key(cx, &subject("info"), key, &old, &new);
    }
    for (key, _, _) in paired_entries(&before, &after) {
        if key == "externalDocs" || key.starts_with("x-") {
            docs::compare_key(cx, &subject("document"), key, &before, &after);
        }
    }
    tags(cx, &before, &after);
}

fn tags<'a>(cx: &mut Context<'a>, before: &Node<'a>, after: &Node<'a>) {
    let mut tags = Matching::new(before.at("tags").items(), after.at("tags").items());
    tags.pair(|old, new| old.text("name") == new.text("name"));
    for (nodes, change) in [(tags.removed, "removed"), (tags.added, "added")] {
        for node in nodes {
            cx.add(&tag(&node), &node, change, Level::Docs);
        }
    }
    for (old, new) in tags.pairs {
        docs::compare(cx, &tag(&new), &old, &new);
    }
}

fn tag(node: &Node<'_>) -> Subject {
    subject(&format!("tag {}", node.text("name").unwrap_or_default()))
}

fn subject(name: &str) -> Subject {
    Subject::new(Kind::Document, name, None)
}
