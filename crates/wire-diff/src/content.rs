//! Bodies by media type.

use crate::context::Context;
use crate::document::{Node, paired_entries};
use crate::fact::Level;
use crate::matching::Matching;
use crate::subject::Subject;
use crate::wording::quote_text;
use crate::{docs, schema};

/// Compares two maps of media types.
pub(crate) fn compare<'a>(cx: &mut Context<'a>, subject: &Subject, before: &Node<'a>, after: &Node<'a>) {
    let count = after.entries().len();
    let mut media_types = Matching::new(before.entries(), after.entries());
    media_types.pair(|(old, _), (new, _)| old.eq_ignore_ascii_case(new));
    if let ([(was, _)], [(is, node)]) = (&media_types.removed[..], &media_types.added[..]) {
        let change = format!("media type changed from {was} to {is}");
        cx.add(subject, node, change, Level::Breaking);
        media_types.pair(|_, _| true);
    }
    for (media_type, node) in media_types.removed {
        let change = format!("media type {media_type} removed");
        cx.add(subject, &node, change, Level::Breaking);
    }
    for (media_type, node) in media_types.added {
        let change = format!("media type {media_type} added");
        cx.add(subject, &node, change, Level::Compatible);
    }
    for ((_, old), (media_type, new)) in media_types.pairs {
        compare_media_type(cx, &named(subject, media_type, count), &old, &new);
    }
}

/// Reports omit the name of JSON and of the only media type.
fn named(subject: &Subject, media_type: &str, count: usize) -> Subject {
    if count > 1 && media_type != "application/json" {
        subject.with_suffix(&format!(" {media_type}"))
    } else {
        subject.clone()
    }
}

fn compare_media_type<'a>(cx: &mut Context<'a>, subject: &Subject, before: &Node<'a>, after: &Node<'a>) {
    docs::compare(cx, subject, before, after);
    docs::compare_rest(cx, subject, before, after, &["schema", "encoding"]);
    // How the parts of a form are written.
    let (old, new) = (before.at("encoding"), after.at("encoding"));
    for (name, from, to) in paired_entries(&old, &new) {
        if from.map(|node| node.value) != to.map(|node| node.value) {
            let change = format!("encoding of {} changed", quote_text(name));
            cx.add(subject, &new.at(name), change, Level::Breaking);
        }
    }
    schema::compare(cx, subject, &before.at("schema"), &after.at("schema"));
}
