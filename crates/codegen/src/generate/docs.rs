//! The documentation comes from the descriptions of the document, without the schemas that typify would add.

use serde_json::Value;
use syn::{Attribute, File, Item, ItemStruct};

use super::model::Model;
use super::syntax::types_mut;
use crate::extensions::ERRORS;
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
            // The open enumerations have their documentation already.
            if let Some(component) = model.objects.get(&name) {
                let text = description(component).map_or_else(|| format!("`{name}` of the API."), str::to_owned);
                set(attributes, &text);
            }
        }
    }
}

/// Sets the documentation of an item.
pub(super) fn set(attributes: &mut Vec<Attribute>, text: &str) {
    attributes.retain(|attribute| !attribute.path().is_ident("doc"));
    attributes.splice(0..0, self::attributes(text));
}

/// A text as documentation, with one attribute per line, as if it were written by hand.
pub(super) fn attributes(text: &str) -> Vec<Attribute> {
    let lines = text.trim().lines().map(|line| {
        let line = if line.trim().is_empty() {
            String::new()
        } else {
            format!(" {}", line.trim_end())
        };
        syn::parse_quote!(#[doc = #line])
    });
    lines.collect()
}

fn description(value: &Value) -> Option<&str> {
    value["description"]
        .as_str()
        .map(str::trim)
        .filter(|text| !text.is_empty())
}

/// What the field is that typify adds for `additionalProperties` beside properties.
const EXTRA: &str = "The other keys of the object, which the document does not name.";

/// The documentation of a field: its property's description, or else the first paragraph about its type.
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
            if ident == "extra" {
                set(&mut field.attrs, EXTRA);
            }
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

/// The documentation of the request type of an operation.
pub(super) fn operation(operation: &Located<'_>) -> String {
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

/// The documentation of the field of a parameter, or of the body.
pub(super) fn parameter(operation: &Located<'_>, field: &str) -> Option<String> {
    let parameters = operation.value["parameters"].as_array().into_iter().flatten();
    let described = parameters
        .into_iter()
        .find(|parameter| parameter["name"].as_str().map(names::snake).as_deref() == Some(field))
        .unwrap_or(&operation.value["requestBody"]);
    description(described).map(str::to_owned)
}
