//! A schema together with everything that its `allOf` adds.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::document::{Document, Node, Resolved};

/// One of the schemas of an `allOf`, and the component that it belongs to.
#[derive(Clone, Debug)]
pub(crate) struct Part<'a> {
    pub(crate) node: Node<'a>,
    pub(crate) component: Option<String>,
}

/// A schema and the schemas that it is composed of. The outermost comes first, and its keywords take precedence.
#[derive(Clone, Debug)]
pub(crate) struct FlatSchema<'a> {
    pub(crate) parts: Vec<Part<'a>>,
}

/// The type of the values that a schema accepts, and the part that says so.
#[derive(Debug)]
pub(crate) struct ValueType<'s, 'a> {
    pub(crate) name: String,
    pub(crate) part: Option<&'s Part<'a>>,
    pub(crate) node: Node<'a>,
}

impl<'a> FlatSchema<'a> {
    pub(crate) fn new(document: Document<'a>, schema: Resolved<'a>) -> Self {
        let mut parts = Vec::new();
        collect_parts(document, schema, None, &mut parts);
        Self { parts }
    }

    /// The outermost schema.
    pub(crate) fn outermost(&self) -> Node<'a> {
        let first = self.parts.first();
        first.map_or_else(|| Node::missing(""), |part| part.node.clone())
    }

    /// The first part that has a keyword.
    pub(crate) fn find(&self, key: &str) -> Option<(&Part<'a>, Node<'a>)> {
        self.parts
            .iter()
            .find_map(|part| part.node.get(key).map(|node| (part, node)))
    }

    /// The first part in which a flag is true.
    pub(crate) fn find_flag(&self, key: &str) -> Option<&Part<'a>> {
        self.parts.iter().find(|part| part.node.flag(key))
    }

    /// The type by the keyword `type`, or by keywords that make sense for one type only.
    pub(crate) fn value_type(&self) -> ValueType<'_, 'a> {
        let explicit = self.find("type").map(|found| {
            let name = found.1.value.as_str().map(str::to_owned);
            (name.unwrap_or_else(|| found.1.value.to_string()), found)
        });
        let found = explicit.or_else(|| self.implied_type().map(|(name, found)| (name.to_owned(), found)));
        match found {
            Some((name, (part, node))) => ValueType {
                name,
                part: Some(part),
                node,
            },
            None => ValueType {
                name: "any".to_owned(),
                part: None,
                node: self.outermost(),
            },
        }
    }

    fn implied_type(&self) -> Option<(&'static str, (&Part<'a>, Node<'a>))> {
        for (key, name) in [
            ("properties", "object"),
            ("additionalProperties", "object"),
            ("items", "array"),
        ] {
            if let Some(found) = self.find(key) {
                return Some((name, found));
            }
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(found) = self.find(key).filter(|(_, node)| node.items().len() > 1) {
                return Some((key, found));
            }
        }
        let found = self.find("enum")?;
        let name = match found.1.items().first().map(|item| item.value) {
            Some(Value::String(_)) => "string",
            Some(Value::Number(_)) => "number",
            Some(Value::Bool(_)) => "boolean",
            _ => "any",
        };
        Some((name, found))
    }

    /// The fields, values and variants, by which two states of one schema are recognised.
    fn members(&self) -> BTreeSet<String> {
        let mut members = BTreeSet::new();
        for part in &self.parts {
            let properties = part.node.at("properties").entries().into_iter();
            members.extend(properties.map(|(name, _)| name.to_owned()));
            for key in ["enum", "oneOf", "anyOf"] {
                members.extend(part.node.at(key).items().into_iter().map(|item| item.value.to_string()));
            }
        }
        members
    }
}

/// Whether two schemas look like two states of one: at least half of the smaller one's members are in the other.
pub(crate) fn similar(before: &FlatSchema<'_>, after: &FlatSchema<'_>) -> bool {
    let (old, new) = (before.members(), after.members());
    if old.is_empty() || new.is_empty() {
        return old.is_empty() && new.is_empty() && before.value_type().name == after.value_type().name;
    }
    let common = old.intersection(&new).count();
    common > 0 && common * 2 >= old.len().min(new.len())
}

fn collect_parts<'a>(
    document: Document<'a>,
    schema: Resolved<'a>,
    outer_component: Option<&str>,
    parts: &mut Vec<Part<'a>>,
) {
    if parts.iter().any(|part| part.node.pointer == schema.node.pointer) {
        return;
    }
    let component = schema.component.or_else(|| outer_component.map(str::to_owned));
    let node = schema.node;
    parts.push(Part {
        node: node.clone(),
        component: component.clone(),
    });
    let mut members = node.at("allOf").items();
    for key in ["oneOf", "anyOf"] {
        // A single alternative is no choice.
        let variants = node.at(key).items();
        if variants.len() == 1 {
            members.extend(variants);
        }
    }
    for member in members {
        collect_parts(document, document.resolve(member), component.as_deref(), parts);
    }
}
