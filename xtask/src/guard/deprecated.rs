//! Methods of the ergonomic crate that don't say that the vendor deprecated what they call or set.

use std::collections::{BTreeMap, BTreeSet};

use account_provisioning_codegen::document::Document;
use account_provisioning_codegen::{names, overlay};
use account_provisioning_wire_diff::operations;
use quote::ToTokens as _;
use serde_json::Value;
use syn::{Item, ItemImpl, ReturnType};

use crate::coverage::Uses;
use crate::guard::methods::Methods;
use crate::guard::options::{call_of, public};
use crate::guard::violation::Violation;
use crate::surface::Sources;
use crate::{Failure, Tree};

const REMEDY: &str = "mark it with `#[deprecated]`, and its uses in tests and examples with `#[allow(deprecated)]`";

/// Checks the methods that start deprecated operations, and the options that set deprecated parameters or fields. Deprecated
/// is what the document calls so, or the overlay.
pub(super) fn check(client: &Sources, tree: &Tree) -> Result<Vec<Violation>, Failure> {
    let mut found = Vec::new();
    for api in tree.apis()? {
        let read = |file: &str| {
            let path = format!("openapi/{api}/{file}");
            let text = tree.read(&path)?;
            text.map(|text| Document::parse(&path, &text))
                .transpose()
                .map_err(Failure::from)
        };
        let (Some(document), Some(overlay)) = (read("openapi.yaml")?, read("overlay.yaml")?) else {
            continue;
        };
        let document = overlay::apply(document, overlay)?;
        let deprecated = Deprecated::of(document.value());
        if deprecated.operations.is_empty() && deprecated.fields.is_empty() {
            continue;
        }
        let methods = Methods::read(tree, &api)?;
        for block in blocks(client, &api)? {
            found.extend(deprecated.methods(&api, &block, &methods));
        }
        found.extend(deprecated.options(&api, &Uses::read(client, &api)?));
    }
    Ok(found)
}

/// What the vendor deprecated.
#[derive(Default)]
struct Deprecated {
    /// Every operation of the API.
    all: BTreeSet<String>,
    operations: BTreeSet<String>,
    fields: BTreeSet<Field>,
}

/// A parameter of a request, or a field of its body or of what that contains.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Field {
    operation: String,
    /// The generated type that has it.
    owner: String,
    name: String,
}

impl Deprecated {
    fn of(document: &Value) -> Self {
        let mut found = Self::default();
        for operation in operations(document) {
            let Some(id) = operation.id() else { continue };
            let item = &document["paths"][operation.path()];
            let own = &item[operation.method()];
            found.all.insert(id.to_owned());
            if own["deprecated"] == true {
                found.operations.insert(id.to_owned());
            }
            let parameters = [own, item]
                .into_iter()
                .flat_map(|one| one["parameters"].as_array().into_iter().flatten());
            for parameter in parameters.map(|one| followed(document, one)) {
                if parameter["deprecated"] == true || followed(document, &parameter["schema"])["deprecated"] == true {
                    found.add(id, &names::pascal(id), &parameter["name"]);
                }
            }
            let body = followed(document, &own["requestBody"]);
            for media in body["content"].as_object().into_iter().flat_map(|map| map.values()) {
                let schema = followed(document, &media["schema"]);
                found.schema(document, id, &names::pascal(id), schema, &mut BTreeSet::new());
            }
        }
        found
    }

    fn add(&mut self, operation: &str, owner: &str, name: &Value) {
        self.fields.insert(Field {
            operation: operation.to_owned(),
            owner: owner.to_owned(),
            name: name.as_str().unwrap_or_default().to_owned(),
        });
    }

    /// Adds the deprecated properties of a schema, and of all that is in it. `owner` is the type that has them. The fields of
    /// a body are set on its request.
    fn schema<'a>(
        &mut self,
        document: &'a Value,
        id: &str,
        owner: &str,
        schema: &'a Value,
        seen: &mut BTreeSet<&'a str>,
    ) {
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            if property["deprecated"] == true || followed(document, property)["deprecated"] == true {
                self.add(id, owner, &Value::from(name.as_str()));
            }
            self.inner(document, id, owner, property, seen);
        }
        for part in ["allOf", "oneOf", "anyOf"]
            .into_iter()
            .filter_map(|key| schema[key].as_array())
            .flatten()
        {
            match part["$ref"].as_str() {
                Some(reference) if !seen.insert(reference) => {}
                _ => self.schema(document, id, owner, followed(document, part), seen),
            }
        }
        for inner in [&schema["items"], &schema["additionalProperties"]] {
            self.inner(document, id, owner, inner, seen);
        }
    }

    /// The same for a schema inside of another, which becomes a type of its own if it is a component.
    fn inner<'a>(
        &mut self,
        document: &'a Value,
        id: &str,
        owner: &str,
        schema: &'a Value,
        seen: &mut BTreeSet<&'a str>,
    ) {
        if !schema.is_object() {
            return;
        }
        match schema["$ref"].as_str() {
            Some(reference) if seen.insert(reference) => {
                let owner = reference.rsplit('/').next().unwrap_or_default();
                self.schema(document, id, owner, followed(document, schema), seen);
            }
            Some(_) => {}
            None => self.schema(document, id, owner, schema, seen),
        }
    }

    /// The methods that start deprecated operations. Where the type of a method does not name its request, as in
    /// `Tokens<O>`, its documentation names the operations, and it is about them if all of them are deprecated.
    fn methods(&self, api: &str, block: &ItemImpl, methods: &Methods) -> Vec<Violation> {
        if call_of(&block.self_ty).is_some() {
            return Vec::new();
        }
        let owner = block.self_ty.to_token_stream().to_string().replace(' ', "");
        let plain = owner.split('<').next().unwrap_or_default();
        let unmarked =
            public(block).filter(|function| !function.attrs.iter().any(|one| one.path().is_ident("deprecated")));
        let starts = unmarked.filter_map(|function| {
            let ReturnType::Type(_, ty) = &function.sig.output else {
                return None;
            };
            let request = call_of(ty)?.segments.last()?.ident.to_string();
            let name = function.sig.ident.to_string();
            let named = methods.operations_of(plain, &name);
            let named: Vec<&str> = named.into_iter().filter(|id| self.all.contains(*id)).collect();
            let by_type = self.operations.iter().find(|id| names::pascal(id) == request);
            let by_name = named
                .first()
                .filter(|_| named.iter().all(|id| self.operations.contains(*id)));
            let id = by_type.map(String::as_str).or(by_name.copied())?;
            Some(violation(api, &owner, &name, &format!("`{id}`")))
        });
        starts.collect()
    }

    /// The options that set what is deprecated. An option that several requests share is told if it is deprecated in all.
    fn options(&self, api: &str, uses: &Uses) -> Vec<Violation> {
        let mut found = BTreeMap::new();
        for field in &self.fields {
            let request = names::pascal(&field.operation);
            for option in setting(uses, &request, &field.owner, &field.name) {
                let sharing = self.all.iter().filter(|_| field.owner == request);
                let is_alive = |id: &&String| {
                    let request = names::pascal(id);
                    let same = Field {
                        operation: (*id).clone(),
                        owner: request.clone(),
                        name: field.name.clone(),
                    };
                    !self.fields.contains(&same) && setting(uses, &request, &request, &field.name).contains(&option)
                };
                if sharing.filter(is_alive).count() == 0 {
                    let what = format!("`{}` of `{}`", field.name, field.operation);
                    let violation = violation(api, &option.0, &option.1, &what);
                    found.entry(option).or_insert(violation);
                }
            }
        }
        found.into_values().collect()
    }
}

/// The options that set a field. A type that is sent and received is generated twice.
fn setting(uses: &Uses, request: &str, owner: &str, field: &str) -> BTreeSet<(String, String)> {
    let field = names::snake(field);
    let sent = uses.options(request, &format!("{owner}Request"), &field);
    uses.options(request, owner, &field).into_iter().chain(sent).collect()
}

fn violation(api: &str, owner: &str, method: &str, what: &str) -> Violation {
    let subject = format!("{api}::{owner}::{method}");
    Violation::new(subject, format!("the vendor deprecated {what}; {REMEDY}"))
}

/// A value, or what its reference leads to.
fn followed<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let target = value["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    target.and_then(|pointer| document.pointer(pointer)).unwrap_or(value)
}

/// The implementations without a trait in an API's module.
fn blocks(client: &Sources, api: &str) -> Result<Vec<ItemImpl>, Failure> {
    let mut blocks = Vec::new();
    let own = format!("src/{api}/");
    for (path, text) in client.files.iter().filter(|(path, _)| path.starts_with(&own)) {
        let file = syn::parse_file(text).map_err(|error| Failure::new(format!("{path}: {error}")))?;
        blocks.extend(file.items.into_iter().filter_map(|item| match item {
            Item::Impl(block) if block.trait_.is_none() => Some(block),
            _ => None,
        }));
    }
    Ok(blocks)
}
