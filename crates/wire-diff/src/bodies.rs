//! Request bodies and responses, with their headers.

use super::fact::{Direction, Kind, Level};
use super::node::{Node, Resolved};
use super::place::Place;
use super::walk::Walk;
use super::{content, docs, schema};

/// Compares the request bodies of two operations.
pub(super) fn request<'a>(walk: &mut Walk<'a>, before: &Node<'a>, after: &Node<'a>) {
    let mut place = Place::new(Kind::RequestBody, "request body", Some(Direction::Request));
    let old = before.get("requestBody").map(|node| walk.before.resolve(node));
    let new = after.get("requestBody").map(|node| walk.after.resolve(node));
    match (old, new) {
        (None, None) => {}
        (Some(old), None) => walk.add(&place, &old.node, "removed", Level::Breaking),
        (None, Some(new)) if new.node.flag("required") => {
            walk.add(&place, &new.node, "added, required", Level::Breaking);
        }
        (None, Some(new)) => walk.add(&place, &new.node, "added, optional", Level::Compatible),
        (Some(old), Some(new)) => {
            if let Some(name) = walk.shared_name("requestBodies", &old, &new) {
                place.subject = format!("request body {name}");
            }
            let (old, new) = (old.node, new.node);
            match (old.flag("required"), new.flag("required")) {
                (false, true) => walk.add(&place, &new, "now required", Level::Breaking),
                (true, false) => walk.add(&place, &new, "now optional", Level::Compatible),
                _ => {}
            }
            docs::compare(walk, &place, &old, &new);
            docs::rest(walk, &place, &old, &new, &["required", "content"]);
            content::compare(walk, &place, &old.at("content"), &new.at("content"));
        }
    }
}

/// Compares the responses of two operations.
pub(super) fn responses<'a>(walk: &mut Walk<'a>, before: &Node<'a>, after: &Node<'a>) {
    let (before, after) = (before.at("responses"), after.at("responses"));
    let (old, new) = (before.entries(), after.entries());
    let lacks = |list: &[(&str, Node<'a>)], status: &str| !list.iter().any(|(other, _)| *other == status);
    let mut gone: Vec<_> = old.iter().filter(|(status, _)| lacks(&new, status)).collect();
    let mut come: Vec<_> = new.iter().filter(|(status, _)| lacks(&old, status)).collect();
    // One success for another is a success that changed.
    let only =
        |list: &[&(&'a str, Node<'a>)]| match list.iter().filter(|(status, _)| success(status)).collect::<Vec<_>>()[..]
        {
            [one] => Some((*one).clone()),
            _ => None,
        };
    if let (Some((was, from)), Some((is, to))) = (only(&gone), only(&come)) {
        let place = at(is);
        walk.add(&place, &to, format!("status changed from {was}"), Level::Breaking);
        response(walk, is, from, to);
        gone.retain(|(status, _)| *status != was);
        come.retain(|(status, _)| *status != is);
    }
    for (status, node) in gone {
        let level = if success(status) {
            Level::Breaking
        } else {
            Level::Compatible
        };
        walk.add(&at(status), node, "removed", level);
    }
    for (status, node) in come {
        walk.add(&at(status), node, "added", Level::Compatible);
    }
    for (status, to) in &new {
        if let Some((_, from)) = old.iter().find(|(other, _)| other == status) {
            response(walk, status, from.clone(), to.clone());
        }
    }
}

fn at(status: &str) -> Place {
    Place::new(Kind::Response, format!("response {status}"), Some(Direction::Response))
}

fn success(status: &str) -> bool {
    status.starts_with('2')
}

fn response<'a>(walk: &mut Walk<'a>, status: &str, before: Node<'a>, after: Node<'a>) {
    let (before, after) = (walk.before.resolve(before), walk.after.resolve(after));
    let mut place = at(status);
    if let Some(name) = walk.shared_name("responses", &before, &after) {
        place.subject = format!("response {name}");
    }
    let (old, new) = (before.node, after.node);
    docs::compare(walk, &place, &old, &new);
    docs::rest(walk, &place, &old, &new, &["headers", "content", "links"]);
    headers(walk, &place, &old.at("headers"), &new.at("headers"));
    links(walk, &place, &old, &new);
    match (old.at("content"), new.at("content")) {
        (old, new) if old.entries().is_empty() && !new.entries().is_empty() => {
            walk.add(&place, &new, "body added", Level::Compatible);
        }
        (old, new) if !old.entries().is_empty() && new.entries().is_empty() => {
            walk.add(&place, &old, "body removed", Level::Breaking);
        }
        (old, new) => content::compare(walk, &place, &old, &new),
    }
}

/// Links are hints; nothing on the wire is made from them.
fn links<'a>(walk: &mut Walk<'a>, place: &Place, before: &Node<'a>, after: &Node<'a>) {
    if before.value.get("links") != after.value.get("links") {
        walk.add(place, &after.at("links"), "links changed", Level::Docs);
    }
}

fn headers<'a>(walk: &mut Walk<'a>, place: &Place, before: &Node<'a>, after: &Node<'a>) {
    let (old, new) = (before.entries(), after.entries());
    let header = |name: &str| Place {
        subject: format!("{} header {name}", place.subject),
        ..place.clone()
    };
    let find = |list: &[(&str, Node<'a>)], name: &str| {
        let found = list.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map(|(_, node)| node.clone())
    };
    for (name, node) in &old {
        if find(&new, name).is_none() {
            walk.add(&header(name), node, "removed", Level::Breaking);
        }
    }
    for (name, to) in &new {
        match find(&old, name) {
            None => walk.add(&header(name), to, "added", Level::Compatible),
            Some(from) => {
                let (from, to) = (walk.before.resolve(from), walk.after.resolve(to.clone()));
                one_header(walk, header(name), &from, &to);
            }
        }
    }
}

fn one_header<'a>(walk: &mut Walk<'a>, mut place: Place, before: &Resolved<'a>, after: &Resolved<'a>) {
    if let Some(name) = walk.shared_name("headers", before, after) {
        place.subject = format!("response header {name}");
    }
    let (old, new) = (&before.node, &after.node);
    match (old.flag("required"), new.flag("required")) {
        (false, true) => walk.add(&place, new, "now required", Level::Compatible),
        (true, false) => walk.add(&place, new, "now optional", Level::Breaking),
        _ => {}
    }
    docs::deprecation(walk, &place, old, new);
    docs::compare(walk, &place, old, new);
    let known = ["required", "deprecated", "schema", "content"];
    docs::rest(walk, &place, old, new, &known);
    content::compare(walk, &place, &old.at("content"), &new.at("content"));
    schema::compare(walk, &place, &old.at("schema"), &new.at("schema"));
}
