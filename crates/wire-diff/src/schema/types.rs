//! Types and formats: which values a schema accepts at all.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::context::Context;
use crate::document::{Document, Node};
use crate::fact::Level;
use crate::flat_schema::FlatSchema;
use crate::schema;
use crate::schema::pair::SchemaPair;

/// The formats of numbers, each with those whose values it has too. A number without a format may be any.
const NARROWER_FORMATS: [(&str, &[&str]); 2] = [("int64", &["int32"]), ("double", &["float"])];

/// The type of a schema without one.
const ANY: &str = "any";

impl<'a> SchemaPair<'a> {
    /// Compares the types. Returns whether the other keywords have counterparts.
    pub(super) fn compare_types(&self, cx: &mut Context<'a>) -> bool {
        let (old, new) = (self.before.value_type(), self.after.value_type());
        if old.name == new.name {
            return true;
        }
        let (was, is) = (
            types(self.documents.before, &self.before),
            types(self.documents.after, &self.after),
        );
        let (widened, narrowed) = (self.direction().widened(), self.direction().narrowed());
        let level = if includes(&is, &was) {
            self.worst_in_variant(cx, true).unwrap_or(widened).max(widened)
        } else if includes(&was, &is) {
            self.worst_in_variant(cx, false).unwrap_or(narrowed).max(narrowed)
        } else {
            Level::Breaking
        };
        let change = format!("type changed from {} to {}", old.name, new.name);
        cx.add(&self.owner(old.part, new.part), &new.node, change, level);
        // A number keeps its limits, and a list of types the keywords of each of them.
        let is_union = |name: &str| ["oneOf", "anyOf", ANY].contains(&name);
        level != Level::Breaking && !is_union(&old.name) && !is_union(&new.name)
    }

    /// If the wider side has alternatives, the other side is one of them: the worst level of what differs from that one.
    fn worst_in_variant(&self, cx: &Context<'a>, is_wider_after: bool) -> Option<Level> {
        let before = (self.documents.before, &self.before);
        let after = (self.documents.after, &self.after);
        let ((wide_document, wide), (document, narrow)) = if is_wider_after {
            (after, before)
        } else {
            (before, after)
        };
        let (_, list) = ["oneOf", "anyOf"].into_iter().find_map(|key| wide.find(key))?;
        let own = types(document, narrow);
        let candidates = list.items().into_iter().filter(|variant| {
            let variant = FlatSchema::new(wide_document, wide_document.resolve(variant.clone()));
            includes(&types(wide_document, &variant), &own)
        });
        let levels = candidates.map(|variant| {
            let mut beside = cx.nested();
            let (old, new) = if is_wider_after {
                (narrow.outermost(), variant)
            } else {
                (variant, narrow.outermost())
            };
            schema::compare(&mut beside, &self.subject, &old, &new);
            let facts = beside.into_facts();
            facts.iter().map(|fact| fact.level).max().unwrap_or(Level::Docs)
        });
        // Without a variant of that type, the alternatives only have it together.
        Some(levels.min().unwrap_or(Level::Breaking))
    }

    pub(super) fn compare_format(&self, cx: &mut Context<'a>) {
        let Some(keyword) = self.changed_keyword("format") else {
            return;
        };
        let has = |wide: Option<&Node<'a>>, narrow: Option<&Node<'a>>| {
            let text = |node: Option<&Node<'a>>| node.and_then(|node| node.value.as_str());
            let (wide, narrow) = (text(wide), text(narrow));
            NARROWER_FORMATS
                .iter()
                .any(|(one, narrower)| wide == Some(*one) && narrow.is_some_and(|other| narrower.contains(&other)))
        };
        let level = if has(keyword.after(), keyword.before()) {
            self.direction().widened()
        } else if has(keyword.before(), keyword.after()) {
            self.direction().narrowed()
        } else {
            keyword.restriction()
        };
        keyword.add_changed(cx, "format", level);
    }
}

/// The types of the values that a schema accepts.
fn types<'a>(document: Document<'a>, schema: &FlatSchema<'a>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect_types(document, schema, &mut Vec::new(), &mut found);
    found
}

/// Adds the types of the values that a schema accepts. An alternative that was `seen` before adds nothing: a schema may be an
/// alternative of itself.
fn collect_types<'a>(
    document: Document<'a>,
    schema: &FlatSchema<'a>,
    seen: &mut Vec<&'a Value>,
    types: &mut BTreeSet<String>,
) {
    let found = schema.value_type();
    match (found.name.as_str(), found.node.value) {
        ("oneOf" | "anyOf", _) => {
            for variant in found.node.items() {
                let variant = document.resolve(variant);
                if !seen.iter().any(|known| std::ptr::eq(*known, variant.node.value)) {
                    seen.push(variant.node.value);
                    collect_types(document, &FlatSchema::new(document, variant), seen, types);
                }
            }
        }
        (_, Value::Array(names)) if schema.find("type").is_some() => {
            types.extend(names.iter().filter_map(Value::as_str).map(str::to_owned));
        }
        (name, _) => {
            types.insert(name.to_owned());
        }
    }
}

/// Whether every value of some types is one of other types.
fn includes(wide: &BTreeSet<String>, narrow: &BTreeSet<String>) -> bool {
    let has = |name: &str| wide.contains(name) || wide.contains(ANY) || (name == "integer" && wide.contains("number"));
    narrow.iter().all(|name| has(name))
}
