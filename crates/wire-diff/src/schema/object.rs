//! Properties of objects, listed or not.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::context::Context;
use crate::document::{Document, Node};
use crate::fact::{Direction, Level};
use crate::flat_schema::{FlatSchema, Part};
use crate::schema;
use crate::schema::pair::SchemaPair;

/// A definition of a property, and the part that has it.
type Definition<'s, 'a> = (&'s Part<'a>, Node<'a>);

/// What an object may have besides the listed properties.
enum Additional<'k, 'a> {
    Anything,
    Nothing,
    Values(&'k Node<'a>),
}

impl<'a> SchemaPair<'a> {
    pub(super) fn compare_object(&self, cx: &mut Context<'a>) {
        let (old, new) = (properties(&self.before), properties(&self.after));
        let names: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
        for &name in &names {
            let [old, new] = [&old, &new].map(|all| all.get(name).map(Vec::as_slice).unwrap_or_default());
            self.compare_property(cx, name, old, new);
        }
        // A schema may require a property that it does not describe.
        let required = |schema: &FlatSchema<'a>| -> BTreeSet<&'a str> {
            let lists = schema.parts.iter().map(|part| part.node.at("required").strings());
            lists.flatten().collect()
        };
        for name in required(&self.before).union(&required(&self.after)) {
            if !names.contains(name) {
                self.compare_required(cx, name, false);
            }
        }
        self.compare_additional(cx);
    }

    fn compare_property(
        &self,
        cx: &mut Context<'a>,
        name: &str,
        old: &[Definition<'_, 'a>],
        new: &[Definition<'_, 'a>],
    ) {
        let documents = cx.documents;
        let direction = self.direction();
        let old_absent = |node: &Node<'a>| is_absent(documents.before, node, direction);
        let new_absent = |node: &Node<'a>| is_absent(documents.after, node, direction);
        match (old.first(), new.first()) {
            (Some((part, node)), None) if !old_absent(node) => {
                let subject = self.owner(Some(part), None).field(name);
                cx.add(&subject, node, "removed", Level::Breaking);
            }
            (None, Some((part, node))) if !new_absent(node) => {
                let (change, level) = match requiring_part(&self.after, name) {
                    Some(_) => ("added, required", direction.narrowed()),
                    None => ("added, optional", Level::Compatible),
                };
                let subject = self.owner(None, Some(part)).field(name);
                cx.add(&subject, node, change, level);
            }
            (Some((_, first)), Some((_, second))) if !(old_absent(first) && new_absent(second)) => {
                self.compare_required(cx, name, old_absent(first));
                self.compare_definitions(cx, name, old, new);
            }
            _ => {}
        }
    }

    /// Compares a property whose definitions correspond, or else what they demand together.
    fn compare_definitions(
        &self,
        cx: &mut Context<'a>,
        name: &str,
        old: &[Definition<'_, 'a>],
        new: &[Definition<'_, 'a>],
    ) {
        if old.len() == new.len() {
            for ((old_part, old), (new_part, new)) in old.iter().zip(new) {
                let subject = self.owner(Some(old_part), Some(new_part)).field(name);
                schema::compare(cx, &subject, old, new);
            }
            return;
        }
        let nodes = |definitions: &[Definition<'_, 'a>]| -> Vec<Node<'a>> {
            definitions.iter().map(|(_, node)| node.clone()).collect()
        };
        let subject = self.subject.field(name);
        schema::compare_all(cx, &subject, &nodes(old), &nodes(new));
    }

    /// Compares whether a property has to be there. One that was `absent` in this direction, whatever its schema required,
    /// did not have to.
    fn compare_required(&self, cx: &mut Context<'a>, name: &str, was_absent: bool) {
        let old = requiring_part(&self.before, name).filter(|_| !was_absent);
        let new = requiring_part(&self.after, name);
        let node = match new.or(old) {
            Some(part) => part.node.at("required"),
            None => return,
        };
        cx.add_toggled(
            &self.owner(old, new).field(name),
            &node,
            (old.is_some(), new.is_some()),
            ("now required", self.direction().narrowed()),
            ("now optional", self.direction().widened()),
        );
    }

    fn compare_additional(&self, cx: &mut Context<'a>) {
        let keyword = self.keyword("additionalProperties");
        let subject = &keyword.subject;
        let (before, after) = (cx.documents.before, cx.documents.after);
        let direction = self.direction();
        let (change, level) = match (additional(keyword.before()), additional(keyword.after())) {
            (Additional::Values(old), Additional::Values(new)) => {
                return schema::compare(cx, &subject.values(), old, new);
            }
            (Additional::Anything, Additional::Nothing) => {
                ("no longer takes other fields".to_owned(), direction.narrowed())
            }
            // Programs are expected to ignore unknown fields in a response.
            (Additional::Nothing, Additional::Anything) => ("now takes other fields".to_owned(), Level::Compatible),
            (Additional::Anything, Additional::Values(new)) => (
                format!("other fields limited to {}", type_name(after, new)),
                direction.narrowed(),
            ),
            (Additional::Values(old), Additional::Anything) => (
                format!("other fields no longer limited to {}", type_name(before, old)),
                direction.widened(),
            ),
            (Additional::Values(old), Additional::Nothing) => (
                format!("other fields of {} removed", type_name(before, old)),
                Level::Breaking,
            ),
            (Additional::Nothing, Additional::Values(new)) => (
                format!("other fields of {} added", type_name(after, new)),
                Level::Compatible,
            ),
            (Additional::Anything, Additional::Anything) | (Additional::Nothing, Additional::Nothing) => return,
        };
        let node = keyword.after().cloned().unwrap_or_else(|| self.after.outermost());
        cx.add(subject, &node, change, level);
    }
}

/// The properties of a schema with their definitions, of which `allOf` may give several.
fn properties<'s, 'a>(schema: &'s FlatSchema<'a>) -> BTreeMap<&'a str, Vec<Definition<'s, 'a>>> {
    let mut properties = BTreeMap::<_, Vec<_>>::new();
    for part in &schema.parts {
        for (name, node) in part.node.at("properties").entries() {
            properties.entry(name).or_default().push((part, node));
        }
    }
    properties
}

/// The first part that requires a property.
fn requiring_part<'s, 'a>(schema: &'s FlatSchema<'a>, name: &str) -> Option<&'s Part<'a>> {
    let mut parts = schema.parts.iter();
    parts.find(|part| part.node.at("required").strings().contains(name))
}

/// Whether a property is never sent in this direction.
fn is_absent<'a>(document: Document<'a>, property: &Node<'a>, direction: Direction) -> bool {
    let key = match direction {
        Direction::Request => "readOnly",
        Direction::Response => "writeOnly",
    };
    let schema = FlatSchema::new(document, document.resolve(property.clone()));
    schema.find_flag(key).is_some()
}

fn additional<'k, 'a>(node: Option<&'k Node<'a>>) -> Additional<'k, 'a> {
    match node.map(|node| (node, node.value)) {
        Some((_, Value::Bool(false))) => Additional::Nothing,
        Some((node, Value::Object(map))) if !map.is_empty() => Additional::Values(node),
        _ => Additional::Anything,
    }
}

fn type_name<'a>(document: Document<'a>, node: &Node<'a>) -> String {
    let resolved = document.resolve(node.clone());
    match &resolved.component {
        Some(name) => name.clone(),
        None => FlatSchema::new(document, resolved).value_type().name,
    }
}
