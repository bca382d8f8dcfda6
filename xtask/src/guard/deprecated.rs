//! Methods of the ergonomic crate that don't say that the vendor deprecated what they call or set.

use account_provisioning_codegen::document::Document;
use account_provisioning_codegen::names;
use account_provisioning_wire_diff::operations;
use quote::ToTokens as _;
use serde_json::Value;
use syn::{Item, ItemImpl, Path, ReturnType};

use crate::guard::options::{call_of, public};
use crate::guard::violation::Violation;
use crate::surface::Sources;
use crate::{Failure, Tree};

const REMEDY: &str = "mark it with `#[deprecated]`, and its uses in tests and examples with `#[allow(deprecated)]`";

/// Checks the methods that start deprecated operations, and the options that set deprecated parameters or fields.
pub(super) fn check(client: &Sources, tree: &Tree) -> Result<Vec<Violation>, Failure> {
    let mut found = Vec::new();
    for api in tree.apis()? {
        let path = format!("openapi/{api}/openapi.yaml");
        let Some(text) = tree.read(&path)? else { continue };
        let document = Document::parse(&path, &text)?;
        let deprecated = deprecated(document.value());
        if deprecated.is_empty() {
            continue;
        }
        for block in blocks(client, &api)? {
            found.extend(deprecated.iter().flat_map(|one| one.unmarked(&api, &block)));
        }
    }
    Ok(found)
}

/// Something that the vendor deprecated.
struct Deprecated {
    operation: String,
    /// The parameter or the field of the body; `None` for the operation itself.
    parameter: Option<String>,
}

impl Deprecated {
    fn unmarked(&self, api: &str, block: &ItemImpl) -> Vec<Violation> {
        let request = names::pascal(&self.operation);
        let of = call_of(&block.self_ty);
        let is_own = |path: Option<&Path>| {
            let last = path.and_then(|path| path.segments.last());
            last.is_some_and(|last| last.ident == request)
        };
        let is_about = |function: &syn::ImplItemFn| match &self.parameter {
            // An option assigns the field.
            Some(name) => {
                let assigns = format!(". {} =", names::snake(name));
                is_own(of) && function.block.to_token_stream().to_string().contains(&assigns)
            }
            None => match &function.sig.output {
                ReturnType::Type(_, ty) => of.is_none() && is_own(call_of(ty)),
                ReturnType::Default => false,
            },
        };
        let marked = |function: &syn::ImplItemFn| function.attrs.iter().any(|one| one.path().is_ident("deprecated"));
        let owner = block.self_ty.to_token_stream().to_string().replace(' ', "");
        let functions = public(block).filter(|function| is_about(function) && !marked(function));
        functions
            .map(|function| {
                let what = match &self.parameter {
                    Some(name) => format!("`{name}` of `{}`", self.operation),
                    None => format!("`{}`", self.operation),
                };
                let subject = format!("{api}::{owner}::{}", function.sig.ident);
                Violation::new(subject, format!("the vendor deprecated {what}; {REMEDY}"))
            })
            .collect()
    }
}

fn deprecated(document: &Value) -> Vec<Deprecated> {
    let mut found = Vec::new();
    for operation in operations(document) {
        let Some(id) = operation.id() else { continue };
        let item = &document["paths"][operation.path()];
        let own = &item[operation.method()];
        let mut add = |parameter: Option<&str>| {
            found.push(Deprecated {
                operation: id.to_owned(),
                parameter: parameter.map(str::to_owned),
            });
        };
        if own["deprecated"] == true {
            add(None);
        }
        let parameters = [own, item]
            .into_iter()
            .flat_map(|one| one["parameters"].as_array().into_iter().flatten());
        for parameter in parameters.map(|one| followed(document, one)) {
            if parameter["deprecated"] == true || followed(document, &parameter["schema"])["deprecated"] == true {
                add(parameter["name"].as_str());
            }
        }
        let body = followed(document, &own["requestBody"]);
        for media in body["content"].as_object().into_iter().flat_map(|map| map.values()) {
            let schema = followed(document, &media["schema"]);
            for (name, property) in schema["properties"].as_object().into_iter().flatten() {
                if property["deprecated"] == true {
                    add(Some(name));
                }
            }
        }
    }
    found
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
