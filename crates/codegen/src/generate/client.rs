//! The client: what progenitor adds that would go past our runtime is taken out or replaced.

use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprCall, File, ImplItem, Item, Type, parse_quote};

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
    Decoding.visit_file_mut(file);
}

/// Sends replies through the decoder of the crate that includes the code: the error of progenitor's own prints the
/// whole body, secrets included.
struct Decoding;

impl VisitMut for Decoding {
    fn visit_expr_call_mut(&mut self, call: &mut ExprCall) {
        if let Expr::Path(function) = &*call.func
            && let [holder, name] = &*function
                .path
                .segments
                .iter()
                .map(|s| s.ident.to_string())
                .collect::<Vec<_>>()
            && (holder.as_str(), name.as_str()) == ("ResponseValue", "from_response")
        {
            call.func = parse_quote!(crate::hooks::from_response);
        }
        visit_mut::visit_expr_call_mut(self, call);
    }
}

/// Whether a type is the plain name `name`.
pub(super) fn is_type(ty: &Type, name: &str) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident(name))
}
