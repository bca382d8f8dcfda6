//! Derives `PartialEq` for every type without a secret. A comparison that stops at the first difference would reveal
//! how much of a guess is right.

use std::collections::BTreeSet;

use quote::ToTokens as _;
use syn::punctuated::Punctuated;
use syn::{Attribute, File, Item, Path, Token, parse_quote};

/// Runtime types that can't be compared.
const SECRETS: [&str; 3] = ["Secret", "ReceivedSecret", "OpaqueValue"];

pub(super) fn run(file: &mut File) {
    let modules = ["types", "requests"];
    let mut secret: BTreeSet<String> = SECRETS.map(str::to_owned).into();
    // A type that contains a secret type, at any depth, is secret too: repeat until nothing is added.
    loop {
        let before = secret.len();
        for item in items(file, &modules) {
            if let Some(name) = name(item)
                && mentions(item, &secret)
            {
                secret.insert(name);
            }
        }
        if secret.len() == before {
            break;
        }
    }
    for (_, items) in file.items.iter_mut().filter_map(|item| match item {
        Item::Mod(module) if modules.iter().any(|name| module.ident == name) => module.content.as_mut(),
        _ => None,
    }) {
        for item in items {
            if name(item).is_none_or(|name| secret.contains(&name)) {
                continue;
            }
            match item {
                Item::Struct(item) => derive(&mut item.attrs),
                Item::Enum(item) => derive(&mut item.attrs),
                _ => {}
            }
        }
    }
}

fn items<'a>(file: &'a File, modules: &'a [&str]) -> impl Iterator<Item = &'a Item> {
    file.items
        .iter()
        .filter_map(|item| match item {
            Item::Mod(module) if modules.iter().any(|name| module.ident == name) => module.content.as_ref(),
            _ => None,
        })
        .flat_map(|(_, items)| items)
}

fn name(item: &Item) -> Option<String> {
    match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        _ => None,
    }
}

/// Whether the fields or variants of a type name one of `names`.
fn mentions(item: &Item, names: &BTreeSet<String>) -> bool {
    let text = match item {
        Item::Struct(item) => item
            .fields
            .iter()
            .map(|field| field.ty.to_token_stream().to_string())
            .collect(),
        Item::Enum(item) => {
            let fields = item.variants.iter().flat_map(|variant| &variant.fields);
            fields
                .map(|field| field.ty.to_token_stream().to_string())
                .collect::<Vec<_>>()
        }
        _ => return false,
    };
    text.iter()
        .flat_map(|ty| ty.split(|c: char| !(c.is_alphanumeric() || c == '_')))
        .any(|word| names.contains(word))
}

/// Adds `PartialEq` to the first list of derives that lacks it.
fn derive(attributes: &mut [Attribute]) {
    let lists = || {
        attributes
            .iter()
            .filter(|attribute| attribute.path().is_ident("derive"))
    };
    if lists().any(|list| list.to_token_stream().to_string().contains("PartialEq")) {
        return;
    }
    for attribute in attributes {
        if attribute.path().is_ident("derive")
            && let Ok(mut paths) = attribute.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated)
        {
            paths.push(parse_quote!(PartialEq));
            *attribute = parse_quote!(#[derive(#paths)]);
            return;
        }
    }
}
