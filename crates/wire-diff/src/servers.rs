//! Where the service stands.

use std::collections::BTreeSet;

use super::docs;
use super::fact::{Kind, Level};
use super::node::Node;
use super::operations::{Operation, inherited};
use super::place::Place;
use super::walk::Walk;
use super::words::quote;

/// Compares the servers that two operations are reached at.
pub(super) fn compare<'a>(walk: &mut Walk<'a>, before: &Operation<'a>, after: &Operation<'a>) {
    let list = |node: Option<Node<'a>>| node.map(|node| node.items()).unwrap_or_default();
    let mut old = list(inherited(walk.before, before, "servers"));
    let mut new = list(inherited(walk.after, after, "servers"));
    let mut pairs = Vec::new();
    old.retain(|server| match new.iter().position(|other| url(other) == url(server)) {
        Some(found) => {
            pairs.push((server.clone(), new.remove(found)));
            false
        }
        None => true,
    });
    while !old.is_empty() && !new.is_empty() {
        let (from, to) = (old.remove(0), new.remove(0));
        let change = format!("URL changed from {}", url(&from));
        walk.add(&place(&to), &to, change, Level::Breaking);
    }
    for server in old {
        walk.add(&place(&server), &server, "removed", Level::Breaking);
    }
    for server in new {
        walk.add(&place(&server), &server, "added", Level::Compatible);
    }
    for (from, to) in pairs {
        let place = place(&to);
        docs::compare(walk, &place, &from, &to);
        docs::rest(walk, &place, &from, &to, &["url", "variables"]);
        variables(walk, &place, &from, &to);
    }
}

fn url<'a>(server: &Node<'a>) -> &'a str {
    server.text("url").unwrap_or_default().trim_end_matches('/')
}

fn place(server: &Node<'_>) -> Place {
    Place::new(Kind::Server, format!("server {}", url(server)), None)
}

/// Compares the variables of one URL.
fn variables<'a>(walk: &mut Walk<'a>, place: &Place, before: &Node<'a>, after: &Node<'a>) {
    let (before, after) = (before.at("variables"), after.at("variables"));
    let variable = |name: &str| Place::new(Kind::Server, format!("{} variable {name}", place.subject), None);
    for (name, old) in before.entries() {
        if after.get(name).is_none() {
            walk.add(&variable(name), &old, "removed", Level::Breaking);
        }
    }
    for (name, new) in after.entries() {
        let place = variable(name);
        let Some(old) = before.get(name) else {
            walk.add(&place, &new, "added", Level::Compatible);
            continue;
        };
        if old.value.get("default") != new.value.get("default") {
            let change = super::words::changed("default", old.value.get("default"), new.value.get("default"));
            walk.add(&place, &new, change, Level::Breaking);
        }
        values(walk, &place, &old, &new);
        docs::compare(walk, &place, &old, &new);
        docs::rest(walk, &place, &old, &new, &["default", "enum"]);
    }
}

fn values<'a>(walk: &mut Walk<'a>, place: &Place, old: &Node<'a>, new: &Node<'a>) {
    let list = |names: BTreeSet<&str>| {
        let quoted: Vec<String> = names.into_iter().map(|name| quote(&name.into())).collect();
        quoted.join(", ")
    };
    match (old.get("enum"), new.get("enum")) {
        (None, Some(node)) => {
            let change = format!("limited to the values {}", list(node.texts()));
            walk.add(place, &node, change, Level::Breaking);
        }
        (Some(_), None) => walk.add(place, new, "no longer limited to a list of values", Level::Compatible),
        (Some(old), Some(new)) => {
            let (was, is) = (old.texts(), new.texts());
            let gone: BTreeSet<&str> = was.difference(&is).copied().collect();
            let come: BTreeSet<&str> = is.difference(&was).copied().collect();
            if !gone.is_empty() {
                walk.add(place, &new, format!("value {} removed", list(gone)), Level::Breaking);
            }
            if !come.is_empty() {
                walk.add(place, &new, format!("value {} added", list(come)), Level::Compatible);
            }
        }
        (None, None) => {}
    }
}
