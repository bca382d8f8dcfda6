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

    /// Several schemas that all have to be met, as if they were in one `allOf`.
    pub(crate) fn of_all(document: Document<'a>, schemas: &[Node<'a>]) -> Self {
        let mut parts = Vec::new();
        for schema in schemas {
            collect_parts(document, document.resolve(schema.clone()), None, &mut parts);
        }
        Self { parts }
    }

    /// The values of `enum` that every part allows, without null, about which the keyword `nullable` decides.
    pub(crate) fn allowed_values(&self) -> Option<Vec<&'a Value>> {
        let mut lists = self.all("enum").map(|(_, node)| {
            let values = node.items().into_iter().map(|item| item.value);
            values.filter(|value| !value.is_null()).collect::<Vec<_>>()
        });
        let first = lists.next()?;
        Some(lists.fold(first, |mut kept, list| {
            kept.retain(|value| list.contains(value));
            kept
        }))
    }

    /// The outermost schema.
    pub(crate) fn outermost(&self) -> Node<'a> {
        let first = self.parts.first();
        first.map_or_else(|| Node::missing(""), |part| part.node.clone())
    }

    /// The part that decides about a keyword: the one with the strictest value, or else the first that has the keyword.
    pub(crate) fn find(&self, key: &str) -> Option<(&Part<'a>, Node<'a>)> {
        let mut found = self.all(key);
        let first = found.next()?;
        Some(found.fold(first, |kept, next| {
            if is_stricter(key, next.1.value, kept.1.value) {
                next
            } else {
                kept
            }
        }))
    }

    /// Every part that has a keyword, the outermost first.
    pub(crate) fn all(&self, key: &str) -> impl Iterator<Item = (&Part<'a>, Node<'a>)> {
        self.parts
            .iter()
            .filter_map(move |part| part.node.get(key).map(|node| (part, node)))
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
    pub(crate) fn members(&self) -> BTreeSet<String> {
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

/// Whether a keyword excludes more with one value than with another.
fn is_stricter(key: &str, value: &Value, than: &Value) -> bool {
    match key {
        "type" => value == "integer" && than == "number",
        "maximum" | "maxLength" | "maxItems" | "maxProperties" => value.as_f64() < than.as_f64(),
        "minimum" | "minLength" | "minItems" | "minProperties" => value.as_f64() > than.as_f64(),
        "uniqueItems" | "exclusiveMaximum" | "exclusiveMinimum" => value == true && than == false,
        "additionalProperties" => value == false && than != false,
        _ => false,
    }
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
