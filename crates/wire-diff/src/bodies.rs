//! Request bodies and responses, with their headers.

use std::collections::BTreeSet;

use crate::context::Context;
use crate::document::{Node, Resolved};
use crate::fact::{Direction, Kind, Level};
use crate::matching::Matching;
use crate::subject::Subject;
use crate::{content, docs, schema};

/// Compares the request bodies of two operations.
pub(crate) fn compare_request<'a>(cx: &mut Context<'a>, before: &Node<'a>, after: &Node<'a>) {
    let documents = cx.documents;
    let mut subject = Subject::new(Kind::RequestBody, "request body", Some(Direction::Request));
    let old = before.get("requestBody").map(|node| documents.before.resolve(node));
    let new = after.get("requestBody").map(|node| documents.after.resolve(node));
    match (old, new) {
        (None, None) => {}
        (Some(old), None) => cx.add(&subject, &old.node, "removed", Level::Breaking),
        (None, Some(new)) if new.node.flag("required") => {
            cx.add(&subject, &new.node, "added, required", Level::Breaking);
        }
        (None, Some(new)) => cx.add(&subject, &new.node, "added, optional", Level::Compatible),
        (Some(old), Some(new)) => {
            if let Some(name) = documents.shared_name("requestBodies", &old, &new) {
                subject.name = format!("request body {name}");
            }
            let (old, new) = (old.node, new.node);
            cx.add_toggled(
                &subject,
                &new,
                (old.flag("required"), new.flag("required")),
                ("now required", Level::Breaking),
                ("now optional", Level::Compatible),
            );
            docs::compare(cx, &subject, &old, &new);
            docs::compare_rest(cx, &subject, &old, &new, &["required", "content"]);
            content::compare(cx, &subject, &old.at("content"), &new.at("content"));
        }
    }
}

/// Compares the responses of two operations.
pub(crate) fn compare_responses<'a>(cx: &mut Context<'a>, before: &Node<'a>, after: &Node<'a>) {
    let (old, new) = (before.at("responses").entries(), after.at("responses").entries());
    let (was_success, is_success) = (successes(&old), successes(&new));
    let mut responses = Matching::new(old, new);
    responses.pair(|(old, _), (new, _)| old == new);
    // If one success takes the place of another, it is the same response under another status.
    let only =
        |left: &[(&str, Node<'_>)], of: &BTreeSet<&str>| left.iter().filter(|(it, _)| of.contains(it)).count() == 1;
    if only(&responses.removed, &was_success) && only(&responses.added, &is_success) {
        responses.pair(|(old, _), (new, _)| was_success.contains(old) && is_success.contains(new));
    }
    for (status, node) in responses.removed {
        let level = if was_success.contains(status) {
            Level::Breaking
        } else {
            Level::Compatible
        };
        cx.add(&response(status), &node, "removed", level);
    }
    for (status, node) in responses.added {
        cx.add(&response(status), &node, "added", Level::Compatible);
    }
    for ((was, old), (status, new)) in responses.pairs {
        if was != status {
            let change = format!("status changed from {was}");
            // `default` stood for this status, too.
            let level = if was == "default" {
                Level::Compatible
            } else {
                Level::Breaking
            };
            cx.add(&response(status), &new, change, level);
        }
        compare_response(cx, response(status), old, new);
    }
}

/// The statuses of successes: those of class 2xx, or else `default`, if it stands for all of them.
fn successes<'a>(responses: &[(&'a str, Node<'_>)]) -> BTreeSet<&'a str> {
    let of = |class: char| responses.iter().filter(move |(status, _)| status.starts_with(class));
    let successes: BTreeSet<&str> = of('2').map(|(status, _)| *status).collect();
    if successes.is_empty() && of('1').chain(of('3')).next().is_none() {
        return of('d')
            .map(|(status, _)| *status)
            .filter(|status| *status == "default")
            .collect();
    }
    successes
}

fn response(status: &str) -> Subject {
    Subject::new(Kind::Response, format!("response {status}"), Some(Direction::Response))
}

fn compare_response<'a>(cx: &mut Context<'a>, mut subject: Subject, before: Node<'a>, after: Node<'a>) {
    let documents = cx.documents;
    let (before, after) = (documents.before.resolve(before), documents.after.resolve(after));
    if let Some(name) = documents.shared_name("responses", &before, &after) {
        subject.name = format!("response {name}");
    }
    let (old, new) = (before.node, after.node);
    docs::compare(cx, &subject, &old, &new);
    docs::compare_rest(cx, &subject, &old, &new, &["headers", "content", "links"]);
    compare_headers(cx, &subject, &old.at("headers"), &new.at("headers"));
    // Links are hints: clients send nothing that depends on them.
    if old.value.get("links") != new.value.get("links") {
        cx.add(&subject, &new.at("links"), "links changed", Level::Docs);
    }
    let (old, new) = (old.at("content"), new.at("content"));
    match (old.entries().is_empty(), new.entries().is_empty()) {
        (true, false) => cx.add(&subject, &new, "body added", Level::Compatible),
        (false, true) => cx.add(&subject, &old, "body removed", Level::Breaking),
        _ => content::compare(cx, &subject, &old, &new),
    }
}

fn compare_headers<'a>(cx: &mut Context<'a>, response: &Subject, before: &Node<'a>, after: &Node<'a>) {
    let header = |name: &str| response.with_suffix(&format!(" header {name}"));
    let mut headers = Matching::new(before.entries(), after.entries());
    headers.pair(|(old, _), (new, _)| old.eq_ignore_ascii_case(new));
    for (name, node) in headers.removed {
        cx.add(&header(name), &node, "removed", Level::Breaking);
    }
    for (name, node) in headers.added {
        cx.add(&header(name), &node, "added", Level::Compatible);
    }
    for ((_, old), (name, new)) in headers.pairs {
        let (old, new) = (cx.documents.before.resolve(old), cx.documents.after.resolve(new));
        compare_header(cx, header(name), &old, &new);
    }
}

fn compare_header<'a>(cx: &mut Context<'a>, mut subject: Subject, before: &Resolved<'a>, after: &Resolved<'a>) {
    if let Some(name) = cx.documents.shared_name("headers", before, after) {
        subject.name = format!("response header {name}");
    }
    let (old, new) = (&before.node, &after.node);
    cx.add_toggled(
        &subject,
        new,
        (old.flag("required"), new.flag("required")),
        ("now required", Level::Compatible),
        ("now optional", Level::Breaking),
    );
    docs::compare_deprecated(cx, &subject, old, new);
    docs::compare(cx, &subject, old, new);
    let known = ["required", "deprecated", "schema", "content"];
    docs::compare_rest(cx, &subject, old, new, &known);
    content::compare(cx, &subject, &old.at("content"), &new.at("content"));
    schema::compare(cx, &subject, &old.at("schema"), &new.at("schema"));
}
