//! Parameters.

use super::fact::{Direction, Kind, Level};
use super::node::{Doc, Node};
use super::operations::Operation;
use super::pairs::take;
use super::place::Place;
use super::walk::Walk;
use super::words::quote;
use super::{content, docs, schema};

const KNOWN: [&str; 10] = [
    "name",
    "in",
    "required",
    "deprecated",
    "style",
    "explode",
    "allowReserved",
    "allowEmptyValue",
    "schema",
    "content",
];

#[derive(Clone, Debug)]
struct Parameter<'a> {
    node: Node<'a>,
    component: Option<String>,
    place: &'a str,
    name: &'a str,
    /// Which one in the path it is.
    position: Option<usize>,
}

impl Parameter<'_> {
    fn subject(&self) -> String {
        format!("{} {}", self.place, self.name)
    }

    /// Headers have no case.
    fn same(&self, other: &Parameter<'_>) -> bool {
        self.place == other.place
            && if self.place == "header" {
                self.name.eq_ignore_ascii_case(other.name)
            } else {
                self.name == other.name
            }
    }

    fn required(&self) -> bool {
        self.place == "path" || self.node.flag("required")
    }

    fn style(&self) -> &str {
        self.node.text("style").unwrap_or(match self.place {
            "query" | "cookie" => "form",
            _ => "simple",
        })
    }

    fn explode(&self) -> bool {
        self.node
            .value
            .get("explode")
            .and_then(serde_json::Value::as_bool)
            .unwrap_or(self.style() == "form")
    }
}

fn of<'a>(doc: Doc<'a>, operation: &Operation<'a>) -> Vec<Parameter<'a>> {
    let mut parameters: Vec<Parameter<'a>> = Vec::new();
    for holder in [&operation.node, &operation.item] {
        for node in holder.at("parameters").items() {
            let resolved = doc.resolve(node);
            let name = resolved.node.text("name").unwrap_or_default();
            let place = resolved.node.text("in").unwrap_or_default();
            let parameter = Parameter {
                position: (place == "path")
                    .then(|| operation.path.find(&format!("{{{name}}}")))
                    .flatten()
                    .map(|at| operation.path[..at].matches('{').count()),
                component: resolved.component,
                node: resolved.node,
                place,
                name,
            };
            // The operation's own comes first, and hides the path's.
            if !parameters.iter().any(|other| other.same(&parameter)) {
                parameters.push(parameter);
            }
        }
    }
    parameters
}

/// Compares the parameters of two operations.
pub(super) fn compare<'a>(walk: &mut Walk<'a>, before: &Operation<'a>, after: &Operation<'a>) {
    let mut old = of(walk.before, before);
    let mut new = of(walk.after, after);
    let mut pairs = Vec::new();
    let same_component = |walk: &Walk<'a>, a: &Parameter<'a>, b: &Parameter<'a>| match (&a.component, &b.component) {
        (Some(a), Some(b)) => walk.same_component("parameters", a, b),
        _ => false,
    };
    take(&mut old, &mut new, &mut pairs, |a, b| a.same(b));
    take(&mut old, &mut new, &mut pairs, |a, b| {
        a.position.is_some() && a.position == b.position
    });
    // One that keeps its definition or its name has moved.
    take(&mut old, &mut new, &mut pairs, |a, b| {
        a.place != "path" && b.place != "path" && same_component(walk, a, b)
    });
    take(&mut old, &mut new, &mut pairs, |a, b| a.name == b.name);
    for parameter in old {
        let place = place(&parameter);
        walk.add(&place, &parameter.node, "removed", Level::Breaking);
    }
    for parameter in new {
        let place = place(&parameter);
        let (change, level) = if parameter.required() {
            ("added, required", Level::Breaking)
        } else {
            ("added, optional", Level::Compatible)
        };
        walk.add(&place, &parameter.node, change, level);
    }
    for (old, new) in pairs {
        pair(walk, &old, &new);
    }
}

fn place(parameter: &Parameter<'_>) -> Place {
    Place::new(Kind::Parameter, parameter.subject(), Some(Direction::Request))
}

fn pair<'a>(walk: &mut Walk<'a>, before: &Parameter<'a>, after: &Parameter<'a>) {
    let at = place(after);
    let (old, new) = (&before.node, &after.node);
    let moved = before.place != after.place;
    if moved {
        let change = format!("moved from {}", before.subject());
        walk.add(&at, new, change, Level::Breaking);
    } else if !before.same(after) {
        let change = format!("renamed from {}", before.name);
        // The wire shows a parameter of the path by its position.
        let level = if before.place == "path" {
            Level::Docs
        } else {
            Level::Breaking
        };
        walk.add(&at, new, change, level);
    }
    match (before.required(), after.required()) {
        (false, true) if !moved => walk.add(&at, new, "now required", Level::Breaking),
        (true, false) if !moved => walk.add(&at, new, "now optional", Level::Compatible),
        _ => {}
    }
    if !moved {
        form(walk, &at, before, after);
    }
    for key in ["allowReserved", "allowEmptyValue"] {
        match (old.flag(key), new.flag(key)) {
            (false, true) => walk.add(&at, new, format!("{key} added"), Level::Compatible),
            (true, false) => walk.add(&at, new, format!("{key} removed"), Level::Breaking),
            _ => {}
        }
    }
    docs::deprecation(walk, &at, old, new);
    docs::compare(walk, &at, old, new);
    docs::rest(walk, &at, old, new, &KNOWN);
    match (old.get("content"), new.get("content")) {
        (None, None) => schema::compare(walk, &at, &old.at("schema"), &new.at("schema")),
        (Some(old), Some(new)) => content::compare(walk, &at, &old, &new),
        (None, Some(new)) => walk.add(&at, &new, format!("now written as {}", media(&new)), Level::Breaking),
        (Some(old), None) => walk.add(
            &at,
            new,
            format!("no longer written as {}", media(&old)),
            Level::Breaking,
        ),
    }
}

fn form<'a>(walk: &mut Walk<'a>, at: &Place, before: &Parameter<'a>, after: &Parameter<'a>) {
    let (old, new) = (before.style().to_owned(), after.style().to_owned());
    if old != new {
        let change = format!("style changed from `{old}` to `{new}`");
        walk.add(at, &after.node.at("style"), change, Level::Breaking);
    }
    let stated = |parameter: &Parameter<'_>| parameter.node.get("explode").is_some();
    // The default of `explode` follows the style; that alone is one change.
    if before.explode() != after.explode() && (old == new || stated(before) || stated(after)) {
        let change = format!("explode changed from `{}` to `{}`", before.explode(), after.explode());
        walk.add(at, &after.node.at("explode"), change, Level::Breaking);
    }
}

fn media(content: &Node<'_>) -> String {
    let names: Vec<String> = content
        .entries()
        .into_iter()
        .map(|(media, _)| quote(&serde_json::Value::from(media)))
        .collect();
    names.join(" or ")
}
