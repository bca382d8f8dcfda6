//! The operations of a document.

use serde_json::Value;

use crate::document::{Document, Node};

/// The HTTP methods that a path item of OpenAPI 3.0 may have.
pub const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// An operation of a document.
#[derive(Clone, Debug)]
pub struct Operation<'a> {
    method: &'static str,
    path: &'a str,
    pub(crate) item: Node<'a>,
    pub(crate) node: Node<'a>,
}

impl<'a> Operation<'a> {
    /// The method in lower case, as documents write it.
    #[must_use]
    pub fn method(&self) -> &'static str {
        self.method
    }

    /// The path as the document writes it.
    #[must_use]
    pub fn path(&self) -> &'a str {
        self.path
    }

    /// The operationId, if there is one.
    #[must_use]
    pub fn id(&self) -> Option<&'a str> {
        self.node.text("operationId")
    }

    /// Method and path, as reports write them: `GET /users/{id}`.
    pub(crate) fn line(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path)
    }

    /// The operationId, or method and path.
    pub(crate) fn name(&self) -> String {
        self.id().map_or_else(|| self.line(), str::to_owned)
    }

    /// A list that belongs to the operation, or else to its path, or else to the whole document.
    pub(crate) fn inherited(&self, document: Document<'a>, key: &str) -> Option<Node<'a>> {
        [self.node.clone(), self.item.clone(), document.root()]
            .into_iter()
            .find_map(|node| node.get(key).filter(|list| list.value.is_array()))
    }
}

/// Lists the operations of a document, sorted by path. References to path items inside the document are followed.
#[must_use]
pub fn operations(document: &Value) -> Vec<Operation<'_>> {
    all(Document::new(document))
}

pub(crate) fn all(document: Document<'_>) -> Vec<Operation<'_>> {
    let mut operations = Vec::new();
    for (path, item) in document.root().at("paths").entries() {
        let item = document.resolve(item).node;
        for method in METHODS {
            operations.extend(item.get(method).map(|node| Operation {
                method,
                path,
                item: item.clone(),
                node,
            }));
        }
    }
    operations
}

/// The path without the names of its parameters: `/users/{}` for `/users/{id}`. Two paths with the same template match
/// the same URLs.
#[must_use]
pub fn path_template(path: &str) -> String {
    let mut template = String::new();
    let mut inside = false;
    for letter in path.chars() {
        match letter {
            '{' => {
                inside = true;
                template.push_str("{}");
            }
            '}' => inside = false,
            _ if inside => {}
            letter => template.push(letter),
        }
    }
    template
}
