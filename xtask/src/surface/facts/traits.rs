//! Traits.

use std::collections::BTreeSet;

use syn::visit_mut::VisitMut as _;
use syn::{ItemTrait, TraitItem};

use super::functions::signature;
use super::{Collector, Fact, Shape, Signature, parent, rendered, where_clause};
use crate::surface::attributes::{Cfg, cfg_of, is_hidden};
use crate::surface::bounds;
use crate::surface::print::one_line;
use crate::surface::render::Renderer;

impl<'a> Collector<'a> {
    pub(super) fn trait_(&mut self, item: &ItemTrait, path: &str, cfg: &Cfg, mut renderer: Renderer<'a>) {
        renderer.bind(&item.generics);
        let generics = rendered(&mut renderer, &item.generics);
        // A trait above it that can't be named outside can't be implemented there either.
        renderer.private = false;
        let mut above = item.supertraits.clone();
        for bound in &mut above {
            renderer.visit_type_param_bound_mut(bound);
        }
        let sealed = renderer.private;
        bounds::sort_by_text(&mut above);
        let mut text = format!("pub trait {path}{}", one_line(&generics));
        if !above.is_empty() {
            text.push_str(&format!(": {}", one_line(&above)));
        }
        text.push_str(&where_clause(&generics));
        let mut fact = Fact::new(path, parent(path), text, cfg.clone()).marked(&item.attrs);
        fact.owner = Some(path.to_owned());
        fact.shape = Shape::Trait { sealed };
        self.add(format!("trait {path}"), fact);
        for item in &item.items {
            self.trait_item(item, path, cfg, sealed, &mut renderer);
        }
    }

    fn trait_item(&mut self, item: &TraitItem, path: &str, cfg: &Cfg, sealed: bool, renderer: &mut Renderer<'_>) {
        let (attributes, name, default) = match item {
            TraitItem::Const(item) => (&item.attrs, item.ident.to_string(), item.default.is_some()),
            TraitItem::Fn(item) => (&item.attrs, item.sig.ident.to_string(), item.default.is_some()),
            TraitItem::Type(item) => (&item.attrs, item.ident.to_string(), item.default.is_some()),
            _ => return,
        };
        let Some(own) = cfg_of(attributes) else { return };
        if is_hidden(attributes) {
            return;
        }
        let mut taken: Option<Signature> = None;
        let mut text = match item {
            TraitItem::Const(item) => format!("const {name}: {}", renderer.ty(&item.ty)),
            TraitItem::Fn(item) => {
                let (text, signature) = signature(&item.sig, &syn::Generics::default(), renderer);
                taken = Some(signature);
                text
            }
            TraitItem::Type(item) => {
                let mut bounds = item.bounds.clone();
                for bound in &mut bounds {
                    renderer.visit_type_param_bound_mut(bound);
                }
                let sorted: BTreeSet<String> = bounds.iter().map(one_line).collect();
                let sorted: Vec<String> = sorted.into_iter().collect();
                let colon = if sorted.is_empty() { "" } else { ": " };
                format!("type {name}{}{colon}{}", one_line(&item.generics), sorted.join(" + "))
            }
            _ => return,
        };
        if default {
            text.push_str(" { .. }");
        }
        let mut fact = Fact::new(&format!("{path}::{name}"), parent(path), text, cfg | &own).marked(attributes);
        fact.owner = Some(path.to_owned());
        fact.context = Some(format!("trait {path}"));
        fact.shape = Shape::TraitItem {
            required: !default,
            sealed,
            signature: taken,
        };
        self.add(format!("trait {path}::{name}"), fact);
    }
}
