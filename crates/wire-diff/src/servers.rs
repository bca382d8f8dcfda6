//! The URLs of the service.

use std::collections::BTreeSet;
use std::mem;

use crate::context::Context;
use crate::docs;
use crate::document::{Node, paired_entries};
use crate::fact::{Kind, Level};
use crate::matching::Matching;
use crate::operation::Operation;
use crate::subject::Subject;
use crate::wording::quote;

/// Compares the servers of two operations. Servers without a counterpart by URL correspond in the order of the lists.
pub(crate) fn compare<'a>(cx: &mut Context<'a>, before: &Operation<'a>, after: &Operation<'a>) {
    let list = |node: Option<Node<'a>>| node.map(|node| node.items()).unwrap_or_default();
    let mut servers = Matching::new(
        list(before.inherited(cx.documents.before, "servers")),
        list(after.inherited(cx.documents.after, "servers")),
    );
    servers.pair(|old, new| url(old) == url(new));
    for (old, new) in mem::take(&mut servers.pairs) {
        let subject = subject(&new);
        docs::compare(cx, &subject, &old, &new);
        docs::compare_rest(cx, &subject, &old, &new, &["url", "variables"]);
        compare_variables(cx, &subject, &old.at("variables"), &new.at("variables"));
    }
    servers.pair(|_, _| true);
    for (old, new) in servers.pairs {
        let change = format!("URL changed from {}", url(&old));
        cx.add(&subject(&new), &new, change, Level::Breaking);
    }
    for server in servers.removed {
        cx.add(&subject(&server), &server, "removed", Level::Breaking);
    }
    for server in servers.added {
        cx.add(&subject(&server), &server, "added", Level::Compatible);
    }
}

fn url<'a>(server: &Node<'a>) -> &'a str {
    server.text("url").unwrap_or_default().trim_end_matches('/')
}

fn subject(server: &Node<'_>) -> Subject {
    Subject::new(Kind::Server, format!("server {}", url(server)), None)
}

/// Compares the variables of one URL.
fn compare_variables<'a>(cx: &mut Context<'a>, server: &Subject, before: &Node<'a>, after: &Node<'a>) {
    for (name, old, new) in paired_entries(before, after) {
        let variable = server.with_suffix(&format!(" variable {name}"));
        match (old, new) {
            (Some(old), None) => cx.add(&variable, &old, "removed", Level::Breaking),
            (None, Some(new)) => cx.add(&variable, &new, "added", Level::Compatible),
            (Some(old), Some(new)) => {
                cx.add_changed(&variable, "default", "default", (&old, &new), Level::Breaking);
                compare_values(cx, &variable, &old, &new);
                docs::compare(cx, &variable, &old, &new);
                docs::compare_rest(cx, &variable, &old, &new, &["default", "enum"]);
            }
            (None, None) => {}
        }
    }
}

fn compare_values<'a>(cx: &mut Context<'a>, variable: &Subject, before: &Node<'a>, after: &Node<'a>) {
    let list = |names: BTreeSet<&str>| {
        let quoted: Vec<String> = names.into_iter().map(|name| quote(&name.into())).collect();
        quoted.join(", ")
    };
    match (before.get("enum"), after.get("enum")) {
        (None, Some(node)) => {
            let change = format!("limited to the values {}", list(node.strings()));
            cx.add(variable, &node, change, Level::Breaking);
        }
        (Some(_), None) => cx.add(
            variable,
            after,
            "no longer limited to a list of values",
            Level::Compatible,
        ),
        (Some(old), Some(new)) => {
            let (was, is) = (old.strings(), new.strings());
            for (from, to, verb, level) in [
                (&was, &is, "removed", Level::Breaking),
                (&is, &was, "added", Level::Compatible),
            ] {
                let values: BTreeSet<&str> = from.difference(to).copied().collect();
                if !values.is_empty() {
                    cx.add(variable, &new, format!("value {} {verb}", list(values)), level);
                }
            }
        }
        (None, None) => {}
    }
}
