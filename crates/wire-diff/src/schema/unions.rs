//! Alternatives: `oneOf`, `anyOf` and the discriminator that selects one.

use crate::components::{Documents, SCHEMAS};
use crate::context::Context;
use crate::document::{Document, Node, paired_entries};
use crate::fact::Level;
use crate::matching::Matching;
use crate::schema;
use crate::schema::pair::SchemaPair;
use crate::wording::quote_text;

/// A variant and its label in reports.
#[derive(Clone, Debug)]
struct Variant<'a> {
    node: Node<'a>,
    component: Option<String>,
    label: String,
}

impl<'a> SchemaPair<'a> {
    pub(super) fn compare_unions(&self, cx: &mut Context<'a>) {
        for key in ["oneOf", "anyOf"] {
            self.compare_union(cx, key);
        }
        self.compare_discriminator(cx);
    }

    fn compare_union(&self, cx: &mut Context<'a>, key: &str) {
        let documents = cx.documents;
        let keyword = self.keyword(key);
        let (old, new) = (
            variants(documents.before, keyword.before()),
            variants(documents.after, keyword.after()),
        );
        // A single alternative is no choice.
        if old.len() < 2 && new.len() < 2 {
            return;
        }
        let mut variants = Matching::new(old, new);
        variants.pair(|old, new| match (&old.component, &new.component) {
            (Some(old), Some(new)) => documents.same_component(SCHEMAS, old, new),
            _ => false,
        });
        variants.pair(|old, new| old.node.value == new.node.value);
        variants.pair(|old, new| old.node.text("title").is_some() && old.node.text("title") == new.node.text("title"));
        // Inline variants have no name. If none was added or removed, they correspond in their order.
        if variants.removed.len() == variants.added.len() {
            variants.pair(|old, new| old.component.is_none() || new.component.is_none());
        }
        for (lone, verb, level) in [
            (variants.removed, "removed", self.direction().narrowed()),
            (variants.added, "added", self.direction().widened()),
        ] {
            for variant in lone {
                let change = format!("{key} variant {} {verb}", variant.label);
                cx.add(&keyword.subject, &variant.node, change, level);
            }
        }
        for (old, new) in variants.pairs {
            schema::compare(cx, &keyword.subject.variant(&new.label), &old.node, &new.node);
        }
    }

    fn compare_discriminator(&self, cx: &mut Context<'a>) {
        let Some(keyword) = self.changed_keyword("discriminator") else {
            return;
        };
        let (narrowed, widened) = (self.direction().narrowed(), self.direction().widened());
        let name = |node: &Node<'a>| node.text("propertyName").unwrap_or_default().to_owned();
        match (keyword.before(), keyword.after()) {
            (None, Some(new)) => keyword.add(cx, format!("discriminator {} added", quote_text(&name(new))), narrowed),
            (Some(old), None) => keyword.add(cx, format!("discriminator {} removed", quote_text(&name(old))), widened),
            (Some(old), Some(new)) => {
                let subject = &keyword.subject;
                cx.add_changed(subject, "discriminator", "propertyName", (old, new), Level::Breaking);
                for (value, old, new) in paired_entries(&old.at("mapping"), &new.at("mapping")) {
                    let (node, change, level) = match (old, new) {
                        (Some(old), None) => (old, "removed", narrowed),
                        (None, Some(new)) => (new, "added", widened),
                        (Some(old), Some(new)) if !is_same_target(cx.documents, &old, &new) => {
                            (new, "means another variant", Level::Breaking)
                        }
                        _ => continue,
                    };
                    cx.add(
                        subject,
                        &node,
                        format!("discriminator value {} {change}", quote_text(value)),
                        level,
                    );
                }
            }
            (None, None) => {}
        }
    }
}

/// A mapping refers to a component by reference or by name.
fn is_same_target(documents: Documents<'_>, old: &Node<'_>, new: &Node<'_>) -> bool {
    let name = |node: &Node<'_>| {
        let text = node.value.as_str().unwrap_or_default();
        text.rsplit('/').next().unwrap_or_default().to_owned()
    };
    documents.same_component(SCHEMAS, &name(old), &name(new))
}

fn variants<'a>(document: Document<'a>, list: Option<&Node<'a>>) -> Vec<Variant<'a>> {
    let nodes = list.map(Node::items).unwrap_or_default().into_iter().enumerate();
    nodes
        .map(|(index, node)| {
            let resolved = document.resolve(node.clone());
            let title = resolved.node.text("title").map(str::to_owned);
            Variant {
                node,
                label: resolved
                    .component
                    .clone()
                    .or(title)
                    .unwrap_or_else(|| (index + 1).to_string()),
                component: resolved.component,
            }
        })
        .collect()
}
