//! Values of a document that know their place in it.

use std::collections::BTreeSet;

use account_provisioning_codegen::pointer;
use serde_json::Value;

use crate::Failure;

/// One of the two documents.
#[derive(Clone, Copy, Debug)]
pub(super) struct Doc<'a> {
    root: &'a Value,
}

/// A value and its JSON pointer.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    pub(super) value: &'a Value,
    pub(super) pointer: String,
}

/// What a node is once its references are followed.
#[derive(Clone, Debug)]
pub(super) struct Resolved<'a> {
    pub(super) node: Node<'a>,
    /// The component that the last reference led to.
    pub(super) component: Option<String>,
}

impl<'a> Doc<'a> {
    pub(super) fn new(root: &'a Value) -> Self {
        Self { root }
    }

    /// Refuses a document that is none, and one with a reference that cannot be followed, so that following need not fail
    /// later.
    pub(super) fn checked(root: &'a Value, name: &str) -> Result<Self, Failure> {
        let fail = |text: String| Failure::new(format!("{name}: {text}")).with_code(2);
        if !root["paths"].is_object() {
            return Err(fail(
                "#/paths is no map of operations; compare OpenAPI 3.0 documents".to_owned(),
            ));
        }
        let doc = Self { root };
        let mut references = Vec::new();
        collect(&doc.root(), &mut references);
        for (at, target) in references {
            let mut seen = BTreeSet::new();
            let mut next = Some(target);
            while let Some(target) = next {
                let Some(found) = doc.follow(target) else {
                    return Err(fail(format!(
                        "#{at}: the reference `{target}` leads nowhere; correct it, or bring what it means into the document"
                    )));
                };
                if !seen.insert(target) {
                    return Err(fail(format!(
                        "#{at}: the reference `{target}` leads back to itself; refer to a schema"
                    )));
                }
                next = found.reference();
            }
        }
        Ok(doc)
    }

    pub(super) fn root(&self) -> Node<'a> {
        Node {
            value: self.root,
            pointer: String::new(),
        }
    }

    /// The components of one section, such as `schemas`.
    pub(super) fn section(&self, section: &str) -> Node<'a> {
        self.root().at("components").at(section)
    }

    pub(super) fn has(&self, section: &str, name: &str) -> bool {
        self.section(section).get(name).is_some()
    }

    /// Follows references until something stands there.
    pub(super) fn resolve(&self, node: Node<'a>) -> Resolved<'a> {
        let mut resolved = Resolved { node, component: None };
        while let Some(target) = resolved.node.reference() {
            let Some(node) = self.follow(target) else { break };
            resolved = Resolved {
                component: component(&node.pointer).or(resolved.component),
                node,
            };
        }
        resolved
    }

    fn follow(&self, reference: &str) -> Option<Node<'a>> {
        let target = reference.strip_prefix('#')?;
        Some(Node {
            value: self.root.pointer(target)?,
            pointer: target.to_owned(),
        })
    }
}

impl<'a> Node<'a> {
    /// What stands nowhere: an empty value.
    pub(super) fn nothing(pointer: &str) -> Self {
        Self {
            value: &Value::Null,
            pointer: pointer.to_owned(),
        }
    }

    /// The value under a key, if there is one.
    pub(super) fn get(&self, key: &str) -> Option<Self> {
        self.value.get(key).map(|value| Self {
            value,
            pointer: pointer::join(&self.pointer, key),
        })
    }

    /// The value under a key, or nothing.
    pub(super) fn at(&self, key: &str) -> Self {
        self.get(key)
            .unwrap_or_else(|| Self::nothing(&pointer::join(&self.pointer, key)))
    }

    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.value.get(key).and_then(Value::as_str)
    }

    pub(super) fn flag(&self, key: &str) -> bool {
        self.value.get(key).and_then(Value::as_bool).unwrap_or(false)
    }

    /// The entries of a map, by their keys; none for anything else.
    pub(super) fn entries(&self) -> Vec<(&'a str, Self)> {
        let mut entries: Vec<_> = self
            .value
            .as_object()
            .into_iter()
            .flatten()
            .map(|(key, value)| {
                let pointer = pointer::join(&self.pointer, key);
                (key.as_str(), Self { value, pointer })
            })
            .collect();
        entries.sort_by_key(|(key, _)| *key);
        entries
    }

    /// The items of a list; none for anything else.
    pub(super) fn items(&self) -> Vec<Self> {
        let items = self.value.as_array().into_iter().flatten().enumerate();
        items
            .map(|(index, value)| Self {
                value,
                pointer: pointer::join(&self.pointer, &index.to_string()),
            })
            .collect()
    }

    /// The texts of a list.
    pub(super) fn texts(&self) -> BTreeSet<&'a str> {
        self.value
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    }

    pub(super) fn reference(&self) -> Option<&'a str> {
        self.text("$ref")
    }
}

/// The name of the component that a pointer is that of.
fn component(pointer: &str) -> Option<String> {
    let name = pointer.strip_prefix("/components/")?.split_once('/')?.1;
    (!name.contains('/')).then(|| name.replace("~1", "/").replace("~0", "~"))
}

/// Collects the references below a node with their places. What examples hold is data.
pub(super) fn collect<'a>(node: &Node<'a>, into: &mut Vec<(String, &'a str)>) {
    if let Some(target) = node.reference() {
        into.push((node.pointer.clone(), target));
    }
    for (key, inner) in node.entries() {
        if !["example", "examples", "default", "enum"].contains(&key) || node.pointer.ends_with("/properties") {
            collect(&inner, into);
        }
    }
    for inner in node.items() {
        collect(&inner, into);
    }
}
