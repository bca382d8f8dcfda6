//! Makes the compiler check that every generated type can be sent, shared and moved across a caught panic.
//!
//! Types of requests and responses are plain values. If a type of the runtime lost such a trait, all types that contain
//! it would lose it too.

use quote::quote;
use syn::{File, Item, Visibility};

/// Adds the assertions to the modules of types, ids and requests.
pub(super) fn run(file: &mut File) {
    for item in &mut file.items {
        let Item::Mod(module) = item else { continue };
        let Some((_, items)) = module
            .content
            .as_mut()
            .filter(|_| ["types", "ids", "requests"].iter().any(|name| module.ident == name))
        else {
            continue;
        };
        let named = items.iter().filter_map(|item| match item {
            Item::Struct(item) if item.generics.params.is_empty() => Some((&item.vis, &item.ident)),
            Item::Enum(item) if item.generics.params.is_empty() => Some((&item.vis, &item.ident)),
            _ => None,
        });
        let names: Vec<_> = named
            .filter(|(vis, _)| matches!(vis, Visibility::Public(_)))
            .map(|(_, name)| name)
            .collect();
        if names.is_empty() {
            continue;
        }
        let assertions = quote! {
            const _: () = {
                const fn plain<T>()
                where
                    T: ::std::marker::Send
                        + ::std::marker::Sync
                        + ::std::marker::Unpin
                        + ::std::panic::UnwindSafe
                        + ::std::panic::RefUnwindSafe,
                {
                }
                #(plain::<#names>();)*
            };
        };
        if let Ok(assertions) = syn::parse2(assertions) {
            items.push(assertions);
        }
    }
}
