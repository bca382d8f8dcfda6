//! Compares all operations: which of them correspond, and what changed about each.

use std::collections::BTreeSet;

use crate::context::Context;
use crate::fact::{Kind, Level};
use crate::matching::Matching;
use crate::operation::{Operation, all, path_template};
use crate::subject::Subject;
use crate::{bodies, docs, parameters, security, servers};

const KNOWN: [&str; 9] = [
    "operationId",
    "tags",
    "deprecated",
    "parameters",
    "requestBody",
    "responses",
    "security",
    "servers",
    "$ref",
];

/// Compares all operations. Two operations correspond if they have the same method and path, or else the same name.
pub(crate) fn compare(cx: &mut Context<'_>) {
    let mut operations = Matching::new(all(cx.documents.before), all(cx.documents.after));
    operations.pair(|old, new| old.method() == new.method() && path_template(old.path()) == path_template(new.path()));
    operations.pair(|old, new| old.id().is_some() && old.id() == new.id());
    for (lone, change, level) in [
        (operations.removed, "operation removed", Level::Breaking),
        (operations.added, "operation added", Level::Compatible),
    ] {
        for operation in lone {
            cx.enter(Some(operation.name()));
            cx.add(&subject(operation.line()), &operation.node, change, level);
        }
    }
    for (old, new) in operations.pairs {
        cx.enter(Some(new.name()));
        compare_pair(cx, &old, &new);
    }
    cx.enter(None);
}

fn subject(name: impl Into<String>) -> Subject {
    Subject::new(Kind::Operation, name, None)
}

fn compare_pair<'a>(cx: &mut Context<'a>, before: &Operation<'a>, after: &Operation<'a>) {
    let line = subject(after.line());
    if path_template(before.path()) != path_template(after.path()) {
        let change = format!("path changed from {}", before.path());
        cx.add(&line, &after.node, change, Level::Breaking);
    }
    if before.method() != after.method() {
        let change = format!("method changed from {}", before.method().to_uppercase());
        cx.add(&line, &after.node, change, Level::Breaking);
    }
    compare_ids(cx, &line, before, after);
    let operation = subject("operation");
    docs::compare_deprecated(cx, &operation, &before.node, &after.node);
    docs::compare(cx, &operation, &before.node, &after.node);
    for key in ["description", "summary"] {
        if before.item.value.get(key) != after.item.value.get(key) {
            let path = subject(format!("path {}", after.path()));
            cx.add(&path, &after.item, format!("{key} changed"), Level::Docs);
        }
    }
    compare_tags(cx, &operation, before, after);
    docs::compare_rest(cx, &operation, &before.node, &after.node, &KNOWN);
    servers::compare(cx, before, after);
    security::compare(cx, before, after);
    parameters::compare(cx, before, after);
    bodies::compare_request(cx, &before.node, &after.node);
    bodies::compare_responses(cx, &before.node, &after.node);
}

/// An operationId is not sent, but generated methods are named after it and tools select operations by it.
fn compare_ids<'a>(cx: &mut Context<'a>, subject: &Subject, before: &Operation<'a>, after: &Operation<'a>) {
    let (change, level) = match (before.id(), after.id()) {
        (Some(old), Some(new)) if old != new => (format!("operationId renamed from {old} to {new}"), Level::Breaking),
        (Some(old), None) => (format!("operationId {old} removed"), Level::Breaking),
        (None, Some(new)) => (format!("operationId {new} added"), Level::Compatible),
        _ => return,
    };
    cx.add(subject, &after.node.at("operationId"), change, level);
}

fn compare_tags<'a>(cx: &mut Context<'a>, subject: &Subject, before: &Operation<'a>, after: &Operation<'a>) {
    let (old, new) = (before.node.at("tags").strings(), after.node.at("tags").strings());
    if old != new {
        let join = |tags: BTreeSet<&str>| match tags.len() {
            0 => "none".to_owned(),
            _ => tags.into_iter().collect::<Vec<_>>().join(", "),
        };
        let change = format!("tags changed from {} to {}", join(old), join(new));
        cx.add(subject, &after.node.at("tags"), change, Level::Docs);
    }
}
