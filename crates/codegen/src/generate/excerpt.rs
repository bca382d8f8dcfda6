//! Cuts single methods and types out of generated code, for reading and for snapshots.

use quote::ToTokens;
use syn::{File, ImplItem, Item, ItemImpl, Type};

/// For each of `names`, the method of the generated client, or the type with everything implemented for it, that is
/// named so.
///
/// `None` stands for a name that the code does not hold, or for all of them when it does not parse.
#[must_use]
pub fn excerpts(code: &str, names: &[&str]) -> Vec<Option<String>> {
    match syn::parse_file(code) {
        Ok(file) => names.iter().map(|name| excerpt(&file, name)).collect(),
        Err(_) => vec![None; names.len()],
    }
}

fn excerpt(file: &File, name: &str) -> Option<String> {
    let mut found = Vec::new();
    for item in &file.items {
        match item {
            Item::Impl(block) => found.extend(method(block, name)),
            Item::Mod(module) if module.ident == "types" => {
                let items = module.content.iter().flat_map(|(_, items)| items);
                found.extend(items.filter(|item| belongs(item, name)).cloned());
            }
            _ => {}
        }
    }
    if found.is_empty() {
        return None;
    }
    let mut excerpt = syn::parse_file("").ok()?;
    excerpt.items = found;
    Some(prettyplease::unparse(&excerpt))
}

/// The inherent block with nothing in it but the method.
fn method(block: &ItemImpl, name: &str) -> Option<Item> {
    let found = block
        .items
        .iter()
        .find(|item| matches!(item, ImplItem::Fn(function) if function.sig.ident == name))?;
    let owner = &block.self_ty;
    Some(syn::parse_quote!(impl #owner { #found }))
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
