//! Keywords that only readers see, and keywords that the comparison does not know.

use crate::context::Context;
use crate::document::{Node, paired_entries};
use crate::fact::Level;
use crate::subject::Subject;

/// Keywords without an effect on the wire.
const KEYWORDS: [&str; 6] = ["description", "summary", "title", "example", "examples", "externalDocs"];

/// Compares the documentation of two nodes.
pub(crate) fn compare<'a>(cx: &mut Context<'a>, subject: &Subject, before: &Node<'a>, after: &Node<'a>) {
    for key in KEYWORDS {
        compare_key(cx, subject, key, before, after);
    }
}

/// Compares one keyword whose value reports don't show.
pub(crate) fn compare_key<'a>(cx: &mut Context<'a>, subject: &Subject, key: &str, before: &Node<'a>, after: &Node<'a>) {
    let (node, verb) = match (before.get(key), after.get(key)) {
        (Some(old), Some(new)) if old.value != new.value => (new, "changed"),
        (None, Some(new)) => (new, "added"),
        (Some(old), None) => (old, "removed"),
        _ => return,
    };
    let subject = Subject {
        direction: None,
        ..subject.clone()
    };
    cx.add(&subject, &node, format!("{key} {verb}"), Level::Docs);
}

/// Compares the keywords that nothing else compares. Extensions count as documentation; any other keyword may have an
/// effect.
pub(crate) fn compare_rest<'a>(
    cx: &mut Context<'a>,
    subject: &Subject,
    before: &Node<'a>,
    after: &Node<'a>,
    known: &[&str],
) {
    for (key, _, _) in paired_entries(before, after) {
        if key.starts_with("x-") {
            compare_key(cx, subject, key, before, after);
        } else if !known.contains(&key) && !KEYWORDS.contains(&key) {
            cx.add_changed(subject, key, key, (before, after), Level::Breaking);
        }
    }
}

/// Compares `deprecated`.
pub(crate) fn compare_deprecated<'a>(cx: &mut Context<'a>, subject: &Subject, before: &Node<'a>, after: &Node<'a>) {
    cx.add_toggled(
        subject,
        &after.get("deprecated").unwrap_or_else(|| after.clone()),
        (before.flag("deprecated"), after.flag("deprecated")),
        ("deprecated", Level::Compatible),
        ("no longer deprecated", Level::Docs),
    );
}
