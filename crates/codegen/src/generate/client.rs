//! The client: what progenitor adds that would go past our runtime is taken out.

use syn::{File, ImplItem, Item, Type};

pub(super) fn run(file: &mut File) {
    // The prelude holds nothing but the client.
    file.items
        .retain(|item| !matches!(item, Item::Mod(module) if module.ident == "prelude"));
    for item in &mut file.items {
        if let Item::Impl(block) = item
            && is_type(&block.self_ty, "Client")
        {
            // `new` builds a client of its own, with its own time limits, redirects and retries.
            block
                .items
                .retain(|item| !matches!(item, ImplItem::Fn(f) if f.sig.ident == "new"));
        }
    }
}

/// Whether a type is the plain name `name`.
pub(super) fn is_type(ty: &Type, name: &str) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident(name))
}
