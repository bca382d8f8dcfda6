//! A document whose values know their JSON pointers.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::error::{Error, Side};

/// One of the two documents.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Document<'a> {
    root: &'a Value,
}

/// A value and its JSON pointer.
#[derive(Clone, Debug)]
pub(crate) struct Node<'a> {
    pub(crate) value: &'a Value,
    pub(crate) pointer: String,
}

/// A node after its references are followed.
#[derive(Clone, Debug)]
pub(crate) struct Resolved<'a> {
    pub(crate) node: Node<'a>,
    /// The component that the last reference led to.
    pub(crate) component: Option<String>,
}

/// The entries of two maps under one key: the older and the newer one.
pub(crate) type EntryPair<'a> = (&'a str, Option<Node<'a>>, Option<Node<'a>>);

impl<'a> Document<'a> {
    pub(crate) fn new(root: &'a Value) -> Self {
        Self { root }
    }

    /// Refuses a value that is not a document, and one with references that cannot be followed.
    pub(crate) fn checked(root: &'a Value, side: Side) -> Result<Self, Error> {
        if !root["paths"].is_object() {
            return Err(Error::NoPaths { side });
        }
        let document = Self { root };
        for (pointer, reference) in document.root().references() {
            let mut seen = BTreeSet::new();
            let mut next = Some(reference);
            while let Some(target) = next {
                let (pointer, reference) = (pointer.clone(), target.to_owned());
                let Some(found) = document.target(target) else {
                    return Err(Error::UnresolvedReference {
                        side,
                        pointer,
                        reference,
                    });
                };
                if !seen.insert(target) {
                    return Err(Error::CircularReference {
                        side,
                        pointer,
                        reference,
                    });
                }
                next = found.reference();
            }
        }
        Ok(document)
    }

    pub(crate) fn root(self) -> Node<'a> {
        Node {
            value: self.root,
            pointer: String::new(),
        }
    }

    /// The components of one section, such as `schemas`.
    pub(crate) fn section(self, section: &str) -> Node<'a> {
        self.root().at("components").at(section)
    }

    pub(crate) fn has_component(self, section: &str, name: &str) -> bool {
        self.section(section).get(name).is_some()
    }

    /// Follows references to the value that they mean. A reference that cannot be followed stays.
    pub(crate) fn resolve(self, node: Node<'a>) -> Resolved<'a> {
        let mut resolved = Resolved { node, component: None };
        let mut seen = BTreeSet::new();
        while let Some(reference) = resolved.node.reference()
            && seen.insert(reference)
            && let Some(node) = self.target(reference)
        {
            resolved = Resolved {
                component: component_name(&node.pointer).or(resolved.component),
                node,
            };
        }
        resolved
    }

    /// The node that a reference leads to.
    pub(crate) fn target(self, reference: &str) -> Option<Node<'a>> {
        let pointer = reference.strip_prefix('#')?;
        Some(Node {
            value: self.root.pointer(pointer)?,
            pointer: pointer.to_owned(),
        })
    }
}

impl<'a> Node<'a> {
    /// A node for a value that is not in the document.
    pub(crate) fn missing(pointer: &str) -> Self {
        Self {
            value: &Value::Null,
            pointer: pointer.to_owned(),
        }
    }

    /// The value under a key, if there is one.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        self.value.get(key).map(|value| Self {
            value,
            pointer: join(&self.pointer, key),
        })
    }

    /// The value under a key, or a missing node.
    pub(crate) fn at(&self, key: &str) -> Self {
        self.get(key)
            .unwrap_or_else(|| Self::missing(&join(&self.pointer, key)))
    }

    pub(crate) fn text(&self, key: &str) -> Option<&'a str> {
        self.value.get(key).and_then(Value::as_str)
    }

    pub(crate) fn flag(&self, key: &str) -> bool {
        self.value.get(key).and_then(Value::as_bool).unwrap_or(false)
    }

    /// The entries of a map, sorted by key. Empty for any other value.
    pub(crate) fn entries(&self) -> Vec<(&'a str, Self)> {
        let map = self.value.as_object().into_iter().flatten();
        let mut entries: Vec<_> = map
            .map(|(key, value)| {
                let pointer = join(&self.pointer, key);
                (key.as_str(), Self { value, pointer })
            })
            .collect();
        entries.sort_by_key(|(key, _)| *key);
        entries
    }

    /// The items of a list. Empty for any other value.
    pub(crate) fn items(&self) -> Vec<Self> {
        let items = self.value.as_array().into_iter().flatten().enumerate();
        items
            .map(|(index, value)| Self {
                value,
                pointer: join(&self.pointer, &index.to_string()),
            })
            .collect()
    }

    /// The strings of a list.
    pub(crate) fn strings(&self) -> BTreeSet<&'a str> {
        let items = self.value.as_array().into_iter().flatten();
        items.filter_map(Value::as_str).collect()
    }

    pub(crate) fn reference(&self) -> Option<&'a str> {
        self.text("$ref")
    }

    /// Every reference in this node with the pointer of its place. Examples and other plain data have none.
    pub(crate) fn references(&self) -> Vec<(String, &'a str)> {
        let mut found = Vec::new();
        self.collect_references(&mut found);
        found
    }

    fn collect_references(&self, found: &mut Vec<(String, &'a str)>) {
        found.extend(self.reference().map(|target| (self.pointer.clone(), target)));
        for (key, inner) in self.entries() {
            if !["example", "examples", "default", "enum"].contains(&key) || self.pointer.ends_with("/properties") {
                inner.collect_references(found);
            }
        }
        for inner in self.items() {
            inner.collect_references(found);
        }
    }
}

/// The entries of two maps, key by key.
pub(crate) fn paired_entries<'a>(before: &Node<'a>, after: &Node<'a>) -> Vec<EntryPair<'a>> {
    let keys = before.entries().into_iter().chain(after.entries()).map(|(key, _)| key);
    let keys: BTreeSet<&str> = keys.collect();
    keys.into_iter()
        .map(|key| (key, before.get(key), after.get(key)))
        .collect()
}

/// Appends a reference token to a JSON pointer (RFC 6901).
fn join(pointer: &str, token: &str) -> String {
    format!("{pointer}/{}", token.replace('~', "~0").replace('/', "~1"))
}

/// The name of the component whose pointer this is.
fn component_name(pointer: &str) -> Option<String> {
    let name = pointer.strip_prefix("/components/")?.split_once('/')?.1;
    (!name.contains('/')).then(|| name.replace("~1", "/").replace("~0", "~"))
}
