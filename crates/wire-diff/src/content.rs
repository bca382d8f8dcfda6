//! Bodies by media type.

use super::fact::Level;
use super::node::Node;
use super::place::Place;
use super::walk::Walk;
use super::{docs, schema};

const KNOWN: [&str; 2] = ["schema", "encoding"];

/// Compares two maps of media types.
pub(super) fn compare<'a>(walk: &mut Walk<'a>, place: &Place, before: &Node<'a>, after: &Node<'a>) {
    let (old, new) = (before.entries(), after.entries());
    let lacks = |list: &[(&str, Node<'a>)], media: &str| !list.iter().any(|(other, _)| same(other, media));
    let gone: Vec<_> = old.iter().filter(|(media, _)| lacks(&new, media)).collect();
    let come: Vec<_> = new.iter().filter(|(media, _)| lacks(&old, media)).collect();
    if let ([(was, from)], [(is, to)]) = (&gone[..], &come[..]) {
        let change = format!("media type changed from {was} to {is}");
        walk.add(place, to, change, Level::Breaking);
        one(walk, &named(place, is, new.len()), from, to);
    } else {
        for (media, node) in gone {
            walk.add(place, node, format!("media type {media} removed"), Level::Breaking);
        }
        for (media, node) in come {
            walk.add(place, node, format!("media type {media} added"), Level::Compatible);
        }
    }
    for (media, to) in &new {
        if let Some((_, from)) = old.iter().find(|(other, _)| same(other, media)) {
            one(walk, &named(place, media, new.len()), from, to);
        }
    }
}

fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// JSON goes without saying, and so does the only media type there is.
fn named(place: &Place, media: &str, count: usize) -> Place {
    let mut place = place.clone();
    if count > 1 && media != "application/json" {
        place.subject = format!("{} {media}", place.subject);
    }
    place
}

fn one<'a>(walk: &mut Walk<'a>, place: &Place, before: &Node<'a>, after: &Node<'a>) {
    docs::compare(walk, place, before, after);
    docs::rest(walk, place, before, after, &KNOWN);
    encoding(walk, place, &before.at("encoding"), &after.at("encoding"));
    schema::compare(walk, place, &before.at("schema"), &after.at("schema"));
}

/// How the parts of a form are written.
fn encoding<'a>(walk: &mut Walk<'a>, place: &Place, before: &Node<'a>, after: &Node<'a>) {
    let mut names: Vec<&str> = before
        .entries()
        .into_iter()
        .chain(after.entries())
        .map(|(name, _)| name)
        .collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        if before.value.get(name) != after.value.get(name) {
            let change = format!("encoding of `{name}` changed");
            walk.add(place, &after.at(name), change, Level::Breaking);
        }
    }
}
