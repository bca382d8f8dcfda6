//! What the passes need to know about the document.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::extensions::{DIRECTION, NULLABLE};
use crate::ids::{self, IdType};
use crate::reads::Reads;
use crate::{Error, Problem, canonical, names, operations, pointer, schema};

/// The document, by the names of the generated code.
pub(super) struct Model<'a> {
    pub(super) document: &'a Value,
    /// Enumerations by the name of their type.
    pub(super) enums: BTreeMap<String, &'a Value>,
    /// Objects by the name of their type.
    pub(super) objects: BTreeMap<String, &'a Value>,
    /// For each component that means "this, or null", the type of "this".
    pub(super) nullable: BTreeMap<String, String>,
    /// Id types by their format.
    pub(super) ids: BTreeMap<String, IdType>,
    /// Operations by the name of their method.
    pub(super) operations: BTreeMap<String, operations::Located<'a>>,
}

impl<'a> Model<'a> {
    pub(super) fn new(document: &'a Value) -> Result<Self, Error> {
        let mut model = Self {
            document,
            enums: BTreeMap::new(),
            objects: BTreeMap::new(),
            nullable: BTreeMap::new(),
            ids: ids::declared(document),
            operations: BTreeMap::new(),
        };
        let mut problems = Vec::new();
        let mut taken = BTreeSet::new();
        if let Some(components) = document["components"]["schemas"].as_object() {
            for name in canonical::sorted_keys(components) {
                let component = &components[name];
                let type_name = names::pascal(name);
                if !taken.insert(type_name.clone()) {
                    problems.push(Problem::new(
                        pointer::join_all("", &["components", "schemas", name]),
                        format!("two components have the name `{type_name}` in Rust"),
                        "rename one of them",
                    ));
                }
                if let Some(inner) = component.get(NULLABLE) {
                    let inner = rust_type(inner, &model.ids);
                    model.nullable.insert(type_name, inner);
                } else if schema::is_string_enum(component) {
                    model.enums.insert(type_name, component);
                } else {
                    model.objects.insert(type_name, component);
                }
            }
        }
        for operation in operations::all(document) {
            model.operations.insert(names::snake(operation.id()), operation);
        }
        Error::from_problems(problems)?;
        Ok(model)
    }

    /// Whether a type is received from the server.
    pub(super) fn is_response(&self, type_name: &str) -> bool {
        self.objects
            .get(type_name)
            .is_some_and(|component| component[DIRECTION] == "response")
    }

    /// The other form in which a field of a type may arrive.
    pub(super) fn reads(&self, type_name: &str, field: &str) -> Option<Reads> {
        let properties = self.objects.get(type_name)?["properties"].as_object()?;
        let (_, property) = properties.iter().find(|(name, _)| names::snake(name) == field)?;
        Reads::of(property)
    }
}

/// The Rust type of a scalar, or of a component seen from inside the module of types.
fn rust_type(inner: &Value, ids: &BTreeMap<String, IdType>) -> String {
    if let Some(name) = schema::reference(inner) {
        return format!("super::types::{}", names::pascal(name));
    }
    let format = inner["format"].as_str();
    if let Some(id) = format.and_then(|format| ids.get(format)) {
        return id.path();
    }
    match (inner["type"].as_str(), format) {
        (Some("boolean"), _) => "bool",
        (Some("integer"), Some("int32")) => "i32",
        (Some("integer"), _) => "i64",
        (Some("number"), _) => "f64",
        (_, Some("date-time")) => "::chrono::DateTime<::chrono::offset::Utc>",
        (_, Some("date")) => "::chrono::naive::NaiveDate",
        (_, Some("password")) => "::account_provisioning_core::Secret",
        _ => "::std::string::String",
    }
    .to_owned()
}
