//! How programs sign in: what operations require, and what the schemes are.

use std::collections::{BTreeMap, BTreeSet};

use super::docs;
use super::fact::{Kind, Level};
use super::node::{Doc, Node};
use super::operations::{Operation, inherited};
use super::place::Place;
use super::walk::Walk;

const SECTION: &str = "securitySchemes";

/// The schemes that have to be satisfied together, with their scopes; none for anonymous calls.
type Alternative = BTreeMap<String, BTreeSet<String>>;

/// Compares what two operations require.
pub(super) fn compare<'a>(walk: &mut Walk<'a>, before: &Operation<'a>, after: &Operation<'a>) {
    let old: BTreeSet<Alternative> = alternatives(walk.before, before)
        .into_iter()
        .map(|alternative| {
            let renamed = alternative
                .into_iter()
                .map(|(name, scopes)| (renamed(walk, &name), scopes));
            renamed.collect()
        })
        .collect();
    let new = alternatives(walk.after, after);
    if old != new {
        let lost = old.iter().any(|old| !new.iter().any(|new| asks_no_more(new, old)));
        let level = if lost { Level::Breaking } else { Level::Compatible };
        let place = Place::new(Kind::Security, "security", None);
        let node = inherited(walk.after, after, "security").unwrap_or_else(|| after.node.clone());
        let change = format!("changed from {} to {}", words(&old), words(&new));
        walk.add(&place, &node, change, level);
    }
    let names = |set: &BTreeSet<Alternative>| -> BTreeSet<String> {
        set.iter().flat_map(|alternative| alternative.keys().cloned()).collect()
    };
    for name in names(&new) {
        let from = walk
            .before
            .section(SECTION)
            .entries()
            .into_iter()
            .find(|(old, _)| renamed(walk, old) == name);
        let to = walk.after.section(SECTION).get(&name);
        let place = Place::new(Kind::Security, format!("security scheme {name}"), None);
        match (from, to) {
            (Some((old, from)), Some(to)) => {
                let from = walk.before.resolve(from).node;
                let to = walk.after.resolve(to).node;
                scheme(walk, old, &name, &from, &to);
            }
            (Some((_, from)), None) => walk.add(&place, &from, "definition removed", Level::Breaking),
            // One that is required since now says so by the requirement.
            (None, Some(to)) if names(&old).contains(&name) => {
                walk.add(&place, &to, "definition added", Level::Compatible);
            }
            (None, _) => {}
        }
    }
}

fn alternatives<'a>(doc: Doc<'a>, operation: &Operation<'a>) -> BTreeSet<Alternative> {
    let listed = inherited(doc, operation, "security")
        .map(|node| node.items())
        .unwrap_or_default();
    if listed.is_empty() {
        return BTreeSet::from([Alternative::new()]);
    }
    listed
        .iter()
        .map(|alternative| {
            let schemes = alternative.entries().into_iter();
            schemes
                .map(|(name, scopes)| (name.to_owned(), scopes.texts().into_iter().map(str::to_owned).collect()))
                .collect()
        })
        .collect()
}

/// Whether whoever satisfies `old` satisfies `new` too.
fn asks_no_more(new: &Alternative, old: &Alternative) -> bool {
    new.iter()
        .all(|(name, scopes)| old.get(name).is_some_and(|held| scopes.is_subset(held)))
}

/// The new name of a scheme: its own, or that of the only new scheme that is defined in the same way.
fn renamed(walk: &Walk<'_>, name: &str) -> String {
    let (before, after) = (walk.before.section(SECTION), walk.after.section(SECTION));
    if after.get(name).is_none() {
        let twins: Vec<&str> = after
            .entries()
            .into_iter()
            .filter(|(other, node)| before.get(other).is_none() && before.value.get(name) == Some(node.value))
            .map(|(other, _)| other)
            .collect();
        if let [twin] = twins[..] {
            return twin.to_owned();
        }
    }
    name.to_owned()
}

fn words(set: &BTreeSet<Alternative>) -> String {
    let one = |alternative: &Alternative| {
        if alternative.is_empty() {
            return "no credentials".to_owned();
        }
        let schemes: Vec<String> = alternative
            .iter()
            .map(|(name, scopes)| match scopes.len() {
                0 => name.clone(),
                _ => format!("{name} ({})", scopes.iter().cloned().collect::<Vec<_>>().join(", ")),
            })
            .collect();
        schemes.join(" and ")
    };
    set.iter().map(one).collect::<Vec<_>>().join(" or ")
}

fn scheme<'a>(walk: &mut Walk<'a>, old: &str, name: &str, before: &Node<'a>, after: &Node<'a>) {
    let place = Place::new(Kind::Security, format!("security scheme {name}"), None);
    if old != name {
        walk.add(&place, after, format!("renamed from {old}"), Level::Docs);
    }
    for key in ["type", "scheme", "in", "name", "openIdConnectUrl"] {
        let text = |node: &Node<'a>| {
            node.text(key).map(|text| {
                // The names of HTTP schemes have no case.
                if key == "scheme" {
                    text.to_lowercase()
                } else {
                    text.to_owned()
                }
            })
        };
        let (from, to) = (text(before), text(after));
        if from != to {
            let word = |text: Option<String>| text.map_or_else(|| "none".to_owned(), |text| format!("`{text}`"));
            let change = format!("{key} changed from {} to {}", word(from), word(to));
            walk.add(&place, &after.at(key), change, Level::Breaking);
            if key == "type" {
                // The other keys belong to the type.
                return;
            }
        }
    }
    if before.value.get("bearerFormat") != after.value.get("bearerFormat") {
        walk.add(&place, &after.at("bearerFormat"), "bearerFormat changed", Level::Docs);
    }
    flows(walk, &place, &before.at("flows"), &after.at("flows"));
    docs::compare(walk, &place, before, after);
    let known = [
        "type",
        "scheme",
        "in",
        "name",
        "openIdConnectUrl",
        "bearerFormat",
        "flows",
    ];
    docs::rest(walk, &place, before, after, &known);
}

fn flows<'a>(walk: &mut Walk<'a>, place: &Place, before: &Node<'a>, after: &Node<'a>) {
    for (flow, node) in before.entries() {
        if after.get(flow).is_none() {
            walk.add(place, &node, format!("flow {flow} removed"), Level::Breaking);
        }
    }
    for (flow, new) in after.entries() {
        let Some(old) = before.get(flow) else {
            walk.add(place, &new, format!("flow {flow} added"), Level::Compatible);
            continue;
        };
        for key in ["authorizationUrl", "tokenUrl", "refreshUrl"] {
            if old.value.get(key) != new.value.get(key) {
                let change =
                    super::words::changed(&format!("flow {flow} {key}"), old.value.get(key), new.value.get(key));
                walk.add(place, &new, change, Level::Breaking);
            }
        }
        let (was, is) = (old.at("scopes"), new.at("scopes"));
        for (scope, node) in was.entries() {
            if is.get(scope).is_none() {
                walk.add(place, &node, format!("scope {scope} removed"), Level::Breaking);
            }
        }
        for (scope, node) in is.entries() {
            match was.get(scope) {
                None => walk.add(place, &node, format!("scope {scope} added"), Level::Compatible),
                Some(old) if old.value != node.value => {
                    walk.add(place, &node, format!("scope {scope} description changed"), Level::Docs);
                }
                Some(_) => {}
            }
        }
    }
}
