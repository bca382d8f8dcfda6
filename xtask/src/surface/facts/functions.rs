//! Functions and methods.

use syn::visit_mut::VisitMut as _;
use syn::{FnArg, Generics, ItemFn, Pat, ReturnType, Signature as Syntax};

use super::{Collector, Fact, Shape, Signature, parent};
use crate::surface::attributes::Cfg;
use crate::surface::bounds::{self, Bounds};
use crate::surface::print::one_line;
use crate::surface::render::Renderer;

impl<'a> Collector<'a> {
    pub(super) fn function(&mut self, item: &ItemFn, path: &str, cfg: &Cfg, mut renderer: Renderer<'a>) {
        let name = item.sig.ident.to_string();
        let (text, signature) = signature(&item.sig, &Generics::default(), &mut renderer);
        let text = format!("pub {}", text.replacen(&format!("fn {name}"), &format!("fn {path}"), 1));
        let mut fact = Fact::new(path, parent(path), text, cfg.clone()).marked(&item.attrs);
        fact.shape = Shape::Function(signature);
        self.add(format!("fn {path}"), fact);
    }
}

/// Writes a signature with public names, and takes it apart. `around` are the generics of the implementation that it
/// stands in, which are bound already.
pub(super) fn signature(syntax: &Syntax, around: &Generics, renderer: &mut Renderer<'_>) -> (String, Signature) {
    let mut syntax = syntax.clone();
    renderer.bind(&syntax.generics);
    for argument in &mut syntax.inputs {
        match argument {
            FnArg::Receiver(receiver) => receiver.mutability = None,
            // How a function takes its arguments apart is its own business.
            FnArg::Typed(argument) => {
                if let Pat::Ident(name) = &mut *argument.pat {
                    name.mutability = None;
                    name.by_ref = None;
                } else {
                    *argument.pat = syn::parse_quote!(_);
                }
            }
        }
    }
    renderer.visit_signature_mut(&mut syntax);
    syntax.inputs.pop_punct();
    bounds::sort(&mut syntax.generics);
    for argument in &mut syntax.inputs {
        if let FnArg::Typed(argument) = argument
            && let syn::Type::ImplTrait(ty) = &mut *argument.ty
        {
            bounds::sort_by_text(&mut ty.bounds);
        }
    }
    let text = one_line(&syntax);

    let mut bounds = Bounds::new();
    let outer = bounds::take(around, &mut bounds);
    let inner = bounds::take(&syntax.generics, &mut bounds);
    let signature = Signature {
        constant: syntax.constness.is_some(),
        qualifiers: [
            one_line(&syntax.asyncness),
            one_line(&syntax.safety),
            one_line(&syntax.abi),
        ]
        .join(" "),
        generics: format!("{} {}", one_line(&outer), one_line(&inner)),
        receiver: syntax.receiver().map(one_line),
        arguments: syntax
            .inputs
            .iter()
            .enumerate()
            .filter_map(|(place, argument)| bounds::argument(place, argument, &mut bounds))
            .collect(),
        names: syntax.inputs.iter().filter_map(name).collect(),
        output: match &syntax.output {
            ReturnType::Default => String::new(),
            ReturnType::Type(_, ty) => one_line(ty),
        },
        bounds,
    };
    (text, signature)
}

/// The name of an argument; `_` if it has none.
fn name(argument: &FnArg) -> Option<String> {
    match argument {
        FnArg::Receiver(_) => None,
        FnArg::Typed(argument) => Some(one_line(&argument.pat)),
    }
}
