//! Cuts single methods and types out of generated code, for reading and for snapshots.

use quote::ToTokens;
use syn::{ImplItem, Item, Type};

/// The method of the generated client, or the type with everything implemented for it, that is named `name`.
///
/// `None` when the code does not parse or holds nothing of that name.
#[must_use]
pub fn excerpt(code: &str, name: &str) -> Option<String> {
    let mut file = syn::parse_file(code).ok()?;
    let mut found = Vec::new();
    for item in std::mem::take(&mut file.items) {
        match item {
            Item::Impl(mut block) => {
                block
                    .items
                    .retain(|item| matches!(item, ImplItem::Fn(function) if function.sig.ident == name));
                if !block.items.is_empty() {
                    found.push(Item::Impl(block));
                }
            }
            Item::Mod(module) if module.ident == "types" => {
                let items = module.content.map(|(_, items)| items).unwrap_or_default();
                found.extend(items.into_iter().filter(|item| belongs(item, name)));
            }
            _ => {}
        }
    }
    file.items = found;
    (!file.items.is_empty()).then(|| prettyplease::unparse(&file))
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
