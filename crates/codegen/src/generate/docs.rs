//! The documentation: ours from the document, without the schemas that typify would print into it.

use syn::{Attribute, File, FnArg, ImplItem, ImplItemFn, Item, Pat};

use super::client::is_type;
use super::model::Model;
use super::types::types_mut;
use crate::normalise::ERRORS;
use crate::operations::Located;
use crate::{canonical, names};

pub(super) fn run(file: &mut File, model: &Model<'_>) {
    if let Some(items) = types_mut(file) {
        for item in items {
            if let Item::Struct(item) = item {
                let name = item.ident.to_string();
                let text = model
                    .objects
                    .get(&name)
                    .and_then(|component| component["description"].as_str())
                    .map_or_else(|| format!("`{name}` of the API."), |text| text.trim().to_owned());
                set(&mut item.attrs, &text);
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

fn set(attributes: &mut Vec<Attribute>, text: &str) {
    attributes.retain(|attribute| !attribute.path().is_ident("doc"));
    attributes.insert(0, syn::parse_quote!(#[doc = #text]));
}

fn method(operation: &Located<'_>, function: &ImplItemFn) -> String {
    let mut parts = Vec::new();
    for key in ["summary", "description"] {
        if let Some(text) = operation.value[key]
            .as_str()
            .map(str::trim)
            .filter(|text| !text.is_empty())
        {
            parts.push(text.to_owned());
        }
    }
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
        parts.push(format!("# Arguments\n{}", arguments.join("\n")));
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
            "# Errors\nStatuses that the API documents:\n{}",
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
