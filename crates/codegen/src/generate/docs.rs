//! The documentation: ours from the document, without the schemas that typify would print into it.

use serde_json::Value;
use syn::{Attribute, File, FnArg, ImplItem, ImplItemFn, Item, ItemStruct, Pat};

use super::client::is_type;
use super::model::Model;
use super::types::types_mut;
use crate::normalise::ERRORS;
use crate::operations::Located;
use crate::{canonical, names, schema};

pub(super) fn run(file: &mut File, model: &Model<'_>) {
    if let Some(items) = types_mut(file) {
        for item in items {
            let (ident, attributes) = match item {
                Item::Struct(item) => {
                    fields(item, model);
                    (&item.ident, &mut item.attrs)
                }
                Item::Enum(item) => (&item.ident, &mut item.attrs),
                _ => continue,
            };
            let name = ident.to_string();
            // The open enumerations carry their text already.
            if let Some(component) = model.objects.get(&name) {
                let text = description(component).map_or_else(|| format!("`{name}` of the API."), str::to_owned);
                set(attributes, &text);
            }
        }
    }
    for item in &mut file.items {
        if let Item::Impl(block) = item
            && is_type(&block.self_ty, "Client")
            && block.trait_.is_none()
        {
            for item in &mut block.items {
                if let ImplItem::Fn(function) = item
                    && let Some(operation) = model.operations.get(&function.sig.ident.to_string())
                {
                    let text = method(operation, function);
                    set(&mut function.attrs, &text);
                }
            }
        }
    }
}

/// Sets the documentation of an item, one attribute a line, as it would be written by hand.
pub(super) fn set(attributes: &mut Vec<Attribute>, text: &str) {
    attributes.retain(|attribute| !attribute.path().is_ident("doc"));
    let lines = text.trim().lines().map(|line| {
        let line = if line.trim().is_empty() {
            String::new()
        } else {
            format!(" {}", line.trim_end())
        };
        syn::parse_quote!(#[doc = #line])
    });
    attributes.splice(0..0, lines);
}

fn description(value: &Value) -> Option<&str> {
    value["description"]
        .as_str()
        .map(str::trim)
        .filter(|text| !text.is_empty())
}

/// A field says what its property says, or else what the type it refers to says in its first paragraph.
fn fields(item: &mut ItemStruct, model: &Model<'_>) {
    let Some(properties) = model
        .objects
        .get(&item.ident.to_string())
        .and_then(|component| component["properties"].as_object())
    else {
        return;
    };
    for field in &mut item.fields {
        let Some(ident) = field.ident.as_ref().map(ToString::to_string) else {
            continue;
        };
        let Some((name, property)) = properties.iter().find(|(name, _)| names::snake(name) == ident) else {
            continue;
        };
        let inherited = || {
            let target = schema::described_reference(property)?;
            let component = model.document["components"]["schemas"].get(target)?;
            description(component)?.split("\n\n").next()
        };
        let text = description(property)
            .or_else(inherited)
            .map_or_else(|| format!("`{name}`."), str::to_owned);
        set(&mut field.attrs, &text);
    }
}

fn method(operation: &Located<'_>, function: &ImplItemFn) -> String {
    let mut parts = Vec::new();
    let summary = operation.value["summary"]
        .as_str()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    parts.extend(description(operation.value).or(summary).map(str::to_owned));
    parts.push(format!(
        "`{}`: `{} {}`",
        operation.id(),
        operation.method.to_ascii_uppercase(),
        operation.path
    ));
    if let Some(url) = operation.value["externalDocs"]["url"].as_str() {
        parts.push(format!("Vendor's documentation: <{url}>"));
    }
    let arguments = arguments(operation, function);
    if !arguments.is_empty() {
        parts.push(format!("# Arguments\n\n{}", arguments.join("\n")));
    }
    if let Some(errors) = operation.value[ERRORS].as_object().filter(|errors| !errors.is_empty()) {
        let lines: Vec<String> = canonical::sorted_keys(errors)
            .into_iter()
            .map(|status| match errors[status].as_str().unwrap_or_default() {
                "" => format!("- {status}"),
                meaning => format!("- {status}: {meaning}"),
            })
            .collect();
        parts.push(format!(
            "# Errors\n\nStatuses that the API documents:\n\n{}",
            lines.join("\n")
        ));
    }
    parts.join("\n\n")
}

/// One line for each argument that the document describes.
fn arguments(operation: &Located<'_>, function: &ImplItemFn) -> Vec<String> {
    let mut lines = Vec::new();
    for input in &function.sig.inputs {
        let FnArg::Typed(argument) = input else {
            continue;
        };
        let Pat::Ident(pattern) = &*argument.pat else {
            continue;
        };
        let name = pattern.ident.to_string();
        let described = operation.value["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|parameter| parameter["name"].as_str().map(names::snake).as_deref() == Some(&name))
            .unwrap_or(&operation.value["requestBody"]);
        if let Some(text) = described["description"]
            .as_str()
            .map(str::trim)
            .filter(|text| !text.is_empty())
        {
            lines.push(format!("- `{name}`: {}", text.replace('\n', " ")));
        }
    }
    lines
}
