//! Parameters of operations.

use serde_json::Value;

use crate::components::Documents;
use crate::context::Context;
use crate::document::{Document, Node};
use crate::fact::{Direction, Kind, Level};
use crate::matching::Matching;
use crate::operation::Operation;
use crate::subject::Subject;
use crate::wording::quote;
use crate::{content, docs, schema};

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
    /// The value of `in`: `path`, `query`, `header` or `cookie`.
    location: &'a str,
    name: &'a str,
    /// For a path parameter, how many parameters precede it in the path.
    position: Option<usize>,
}

impl Parameter<'_> {
    /// Location and name, as reports write them: `query page_size`.
    fn label(&self) -> String {
        format!("{} {}", self.location, self.name)
    }

    fn subject(&self) -> Subject {
        Subject::new(Kind::Parameter, self.label(), Some(Direction::Request))
    }

    /// Whether location and name are the same. Header names are case-insensitive.
    fn is_same(&self, other: &Parameter<'_>) -> bool {
        self.location == other.location
            && if self.location == "header" {
                self.name.eq_ignore_ascii_case(other.name)
            } else {
                self.name == other.name
            }
    }

    /// Whether both refer to the same component.
    fn is_same_component(&self, other: &Parameter<'_>, documents: Documents<'_>) -> bool {
        match (&self.component, &other.component) {
            (Some(old), Some(new)) => documents.same_component("parameters", old, new),
            _ => false,
        }
    }

    fn required(&self) -> bool {
        self.location == "path" || self.node.flag("required")
    }

    fn style(&self) -> &str {
        self.node.text("style").unwrap_or(match self.location {
            "query" | "cookie" => "form",
            _ => "simple",
        })
    }

    fn explode(&self) -> bool {
        let explode = self.node.value.get("explode").and_then(Value::as_bool);
        explode.unwrap_or(self.style() == "form")
    }
}

/// The parameters of an operation. Its own parameters replace those of its path.
fn all<'a>(document: Document<'a>, operation: &Operation<'a>) -> Vec<Parameter<'a>> {
    let mut parameters: Vec<Parameter<'a>> = Vec::new();
    for holder in [&operation.node, &operation.item] {
        for node in holder.at("parameters").items() {
            let resolved = document.resolve(node);
            let name = resolved.node.text("name").unwrap_or_default();
            let location = resolved.node.text("in").unwrap_or_default();
            let path = operation.path();
            let start = path.find(&format!("{{{name}}}")).filter(|_| location == "path");
            let parameter = Parameter {
                position: start.map(|start| path[..start].matches('{').count()),
                component: resolved.component,
                node: resolved.node,
                location,
                name,
            };
            if !parameters.iter().any(|other| other.is_same(&parameter)) {
                parameters.push(parameter);
            }
        }
    }
    parameters
}

/// A path without the names of its parameters.
fn shape(path: &str) -> Vec<&str> {
    let ends = path
        .split('{')
        .map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
    ends.collect()
}

/// Compares the parameters of two operations.
pub(crate) fn compare<'a>(cx: &mut Context<'a>, before: &Operation<'a>, after: &Operation<'a>) {
    let documents = cx.documents;
    let mut parameters = Matching::new(all(documents.before, before), all(documents.after, after));
    let is_at = |old: &Parameter<'a>, new: &Parameter<'a>| old.position.is_some() && old.position == new.position;
    // In the same path, the place decides: names may be swapped, and are not sent.
    if shape(before.path()) == shape(after.path()) {
        parameters.pair(is_at);
    }
    parameters.pair(Parameter::is_same);
    parameters.pair(is_at);
    // A parameter with the same component or the same name in another location has moved.
    parameters
        .pair(|old, new| old.location != "path" && new.location != "path" && old.is_same_component(new, documents));
    parameters.pair(|old, new| old.name == new.name);
    for parameter in parameters.removed {
        cx.add(&parameter.subject(), &parameter.node, "removed", Level::Breaking);
    }
    for parameter in parameters.added {
        let (change, level) = if parameter.required() {
            ("added, required", Level::Breaking)
        } else {
            ("added, optional", Level::Compatible)
        };
        cx.add(&parameter.subject(), &parameter.node, change, level);
    }
    for (old, new) in parameters.pairs {
        compare_pair(cx, &old, &new);
    }
}

fn compare_pair<'a>(cx: &mut Context<'a>, before: &Parameter<'a>, after: &Parameter<'a>) {
    let subject = after.subject();
    let (old, new) = (&before.node, &after.node);
    if before.location != after.location {
        let change = format!("moved from {}", before.label());
        cx.add(&subject, new, change, Level::Breaking);
    } else {
        if !before.is_same(after) {
            // A path parameter is sent by position, so its name has no effect.
            let level = if before.location == "path" {
                Level::Docs
            } else {
                Level::Breaking
            };
            cx.add(&subject, new, format!("renamed from {}", before.name), level);
        }
        cx.add_toggled(
            &subject,
            new,
            (before.required(), after.required()),
            ("now required", Level::Breaking),
            ("now optional", Level::Compatible),
        );
        compare_serialization(cx, &subject, before, after);
    }
    for key in ["allowReserved", "allowEmptyValue"] {
        cx.add_toggled(
            &subject,
            new,
            (old.flag(key), new.flag(key)),
            (&format!("{key} added"), Level::Compatible),
            (&format!("{key} removed"), Level::Breaking),
        );
    }
    docs::compare_deprecated(cx, &subject, old, new);
    docs::compare(cx, &subject, old, new);
    docs::compare_rest(cx, &subject, old, new, &KNOWN);
    match (old.get("content"), new.get("content")) {
        (None, None) => {
            cx.parameter = Some(after.label());
            schema::compare(cx, &subject, &old.at("schema"), &new.at("schema"));
            cx.parameter = None;
        }
        (Some(old), Some(new)) => {
            cx.parameter = Some(after.label());
            content::compare(cx, &subject, &old, &new);
            cx.parameter = None;
        }
        (None, Some(content)) => {
            let change = format!("now written as {}", media_types(&content));
            cx.add(&subject, &content, change, Level::Breaking);
        }
        (Some(content), None) => {
            let change = format!("no longer written as {}", media_types(&content));
            cx.add(&subject, new, change, Level::Breaking);
        }
    }
}

fn compare_serialization<'a>(cx: &mut Context<'a>, subject: &Subject, before: &Parameter<'a>, after: &Parameter<'a>) {
    let (old, new) = (before.style(), after.style());
    if old != new {
        let change = format!("style changed from `{old}` to `{new}`");
        cx.add(subject, &after.node.at("style"), change, Level::Breaking);
    }
    let is_explicit = |parameter: &Parameter<'_>| parameter.node.get("explode").is_some();
    // The default of `explode` depends on the style. If only the default changed, one fact is enough.
    if before.explode() != after.explode() && (old == new || is_explicit(before) || is_explicit(after)) {
        let change = format!("explode changed from `{}` to `{}`", before.explode(), after.explode());
        cx.add(subject, &after.node.at("explode"), change, Level::Breaking);
    }
}

fn media_types(content: &Node<'_>) -> String {
    let names = content.entries().into_iter();
    let names: Vec<String> = names.map(|(media_type, _)| quote(&media_type.into())).collect();
    names.join(" or ")
}
