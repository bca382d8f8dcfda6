//! The types: enumerations become open, responses become lenient, and unneeded code is removed.

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Field, Fields, File, Item, Meta, Token, Type};

use super::model::Model;
use super::syntax::{is_type, types_mut};
use super::{Options, enums};
use crate::reads::Reads;
use crate::{Error, Problem};

pub(super) fn run(file: &mut File, model: &Model<'_>, options: Options) -> Result<(), Error> {
    let Some(items) = types_mut(file) else {
        return Err(Problem::new("", "progenitor generated no module of types", super::REPORT).into());
    };
    items.retain(|item| !is_replaced(item, model));
    for item in items.iter_mut() {
        if let Item::Enum(item) = item
            && model.is_response(&item.ident.to_string())
        {
            item.attrs.push(syn::parse_quote!(#[non_exhaustive]));
        }
        if let Item::Struct(item) = item
            && model.is_response(&item.ident.to_string())
        {
            item.attrs.push(syn::parse_quote!(#[non_exhaustive]));
            if let Fields::Named(fields) = &mut item.fields {
                for field in &mut fields.named {
                    let reads = field
                        .ident
                        .as_ref()
                        .and_then(|name| model.reads(&item.ident.to_string(), &name.to_string()));
                    lenient(field, reads)?;
                }
            }
        }
    }
    for (name, component) in &model.enums {
        items.extend(enums::open(name, component, options)?);
    }
    if !mentions_conversion_error(items) {
        items.retain(|item| !matches!(item, Item::Mod(module) if module.ident == "error"));
    }
    Ok(())
}

/// Whether an item is, or belongs to, a closed enumeration that an open one replaces; or is a conversion that only
/// clones a reference.
fn is_replaced(item: &Item, model: &Model<'_>) -> bool {
    match item {
        Item::Enum(item) => model.enums.contains_key(&item.ident.to_string()),
        Item::Impl(block) => {
            let from_reference = block.trait_.as_ref().is_some_and(|(path, _)| {
                let path = path.to_token_stream().to_string().replace(' ', "");
                let own = block.self_ty.to_token_stream().to_string();
                path.ends_with(&format!("From<&{own}>")) || path.ends_with("From<&Self>")
            });
            from_reference || model.enums.keys().any(|name| is_type(&block.self_ty, name))
        }
        _ => false,
    }
}

/// The type of a time in a response, where every time is optional.
const OPTIONAL_TIME: &str = "::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>";

/// Reads a list or a map of a response as empty if it is null or missing, and a time that can't be read as `None`. Reads a
/// field in the other form too, if its property has one.
fn lenient(field: &mut Field, reads: Option<Reads>) -> Result<(), Error> {
    // A response without a required list is an error: only null means an empty list.
    let read: Meta = match reads {
        Some(Reads::OneOrMany) => {
            syn::parse_quote!(deserialize_with = "::account_provisioning_core::de::one_or_many")
        }
        Some(Reads::IntegerOrText) => {
            syn::parse_quote!(deserialize_with = "::account_provisioning_core::de::integer_or_text")
        }
        None if is_collection(&field.ty) => {
            syn::parse_quote!(deserialize_with = "::account_provisioning_core::de::null_as_default")
        }
        None if is_optional_time(&field.ty) => {
            syn::parse_quote!(deserialize_with = "::account_provisioning_core::de::optional_time")
        }
        None => return Ok(()),
    };
    let mut metas: Vec<Meta> = Vec::new();
    for attribute in field
        .attrs
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"))
    {
        let list = attribute
            .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
            .map_err(|error| Problem::new("", format!("a serde attribute does not parse: {error}"), super::REPORT))?;
        metas.extend(list);
    }
    if metas.iter().any(|meta| meta.path().is_ident("flatten")) {
        return Ok(());
    }
    // With `deserialize_with`, serde no longer reads a missing option as `None`.
    let optional = reads == Some(Reads::IntegerOrText) || is_optional_time(&field.ty);
    if optional && !metas.iter().any(|meta| meta.path().is_ident("default")) {
        metas.push(syn::parse_quote!(default));
    }
    metas.push(read);
    field.attrs.retain(|attribute| !attribute.path().is_ident("serde"));
    field.attrs.push(syn::parse_quote!(#[serde(#(#metas),*)]));
    Ok(())
}

fn is_optional_time(ty: &Type) -> bool {
    ty.to_token_stream().to_string().replace(' ', "") == OPTIONAL_TIME
}

fn is_collection(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    path.path
        .segments
        .last()
        .is_some_and(|last| ["Vec", "Map", "BTreeMap"].iter().any(|name| last.ident == name))
}

fn mentions_conversion_error(items: &[Item]) -> bool {
    items
        .iter()
        .filter(|item| !matches!(item, Item::Mod(module) if module.ident == "error"))
        .any(|item| item.to_token_stream().to_string().contains("ConversionError"))
}
