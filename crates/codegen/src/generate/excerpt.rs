//! Extracts single types from generated code, for reading and for snapshots.

use quote::ToTokens;
use syn::{File, Item, Type};

use crate::names;

/// For each of `names`, the request type of the operation, or the type, with everything implemented for it.
///
/// `None` means that the name is not in the code, or that the code does not parse.
#[must_use]
pub fn excerpts(code: &str, names: &[&str]) -> Vec<Option<String>> {
    match syn::parse_file(code) {
        Ok(file) => names.iter().map(|name| excerpt(&file, name)).collect(),
        Err(_) => vec![None; names.len()],
    }
}

fn excerpt(file: &File, name: &str) -> Option<String> {
    let name = names::pascal(name);
    let mut excerpt = syn::parse_file("").ok()?;
    for item in &file.items {
        if let Item::Mod(module) = item {
            let items = module.content.iter().flat_map(|(_, items)| items);
            excerpt.items.extend(items.filter(|item| belongs(item, &name)).cloned());
        }
    }
    (!excerpt.items.is_empty()).then(|| prettyplease::unparse(&excerpt))
}

fn belongs(item: &Item, name: &str) -> bool {
    match item {
        Item::Struct(item) => item.ident == name,
        Item::Enum(item) => item.ident == name,
        Item::Impl(block) => {
            matches!(&*block.self_ty, Type::Path(path) if path.to_token_stream().to_string() == name)
        }
        _ => false,
    }
}
