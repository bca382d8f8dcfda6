//! Implementations: methods, and traits of types.

use syn::{GenericParam, Generics, ImplItem, ItemImpl};

use super::functions::signature;
use super::{Collector, Fact, Shape, parent, rendered, where_clause};
use crate::surface::attributes::{Cfg, cfg_of, is_hidden};
use crate::surface::bounds::{self, Bounds};
use crate::surface::modules::is_public;
use crate::surface::print::one_line;
use crate::surface::render::Renderer;

/// An implementation without a trait, as its parts see it.
struct Inherent<'a> {
    of: &'a str,
    owner: &'a str,
    context: &'a str,
}

impl<'a> Collector<'a> {
    pub(super) fn block(&mut self, module: usize, cfg: &Cfg, block: &ItemImpl) {
        let mut renderer = self.renderer(module);
        renderer.bind(&block.generics);
        let of = renderer.ty(&block.self_ty);
        let mentioned = renderer.mentions.clone();
        let by_trait = block.trait_.as_ref().map(|(path, _)| renderer.path(path));
        // What is implemented for a type, or of a trait, that nobody can name is nobody's business.
        if renderer.private {
            return;
        }
        let Some(owner) = deepest(&mentioned).or_else(|| deepest(&renderer.mentions)) else {
            return;
        };
        let generics = rendered(&mut renderer, &block.generics);
        match by_trait {
            None => {
                let context = format!("impl{} {of}{}", one_line(&generics), where_clause(&generics));
                let inherent = Inherent {
                    of: &of,
                    owner: &owner,
                    context: &context,
                };
                for item in &block.items {
                    // Parameters of one method are none of the next.
                    let mut renderer = self.renderer(module);
                    renderer.bind(&block.generics);
                    self.method(item, &inherent, &generics, cfg, &mut renderer);
                }
            }
            Some(name) => {
                self.implementation(&owner, (&name, &of), &generics, cfg.clone());
                for item in &block.items {
                    let ImplItem::Type(item) = item else { continue };
                    let value = renderer.ty(&item.ty);
                    let text = format!("type {}{} = {value}", item.ident, one_line(&item.generics));
                    let mut fact = Fact::new(
                        &format!("<{of} as {name}>::{}", item.ident),
                        parent(&owner),
                        text,
                        cfg.clone(),
                    );
                    fact.owner = Some(owner.clone());
                    fact.context = Some(format!("impl{} {name} for {of}", one_line(&generics)));
                    self.add(format!("impl {name} for {of}::{}", item.ident), fact);
                }
            }
        }
    }

    fn method(
        &mut self,
        item: &ImplItem,
        inherent: &Inherent<'_>,
        generics: &Generics,
        cfg: &Cfg,
        renderer: &mut Renderer<'_>,
    ) {
        let (attributes, vis, name) = match item {
            ImplItem::Fn(item) => (&item.attrs, &item.vis, item.sig.ident.to_string()),
            ImplItem::Const(item) => (&item.attrs, &item.vis, item.ident.to_string()),
            ImplItem::Macro(item) => {
                let text = one_line(&item.mac);
                let key = format!("macro {} {text}", inherent.of);
                return self.plain(key, inherent.of, parent(inherent.owner), cfg.clone(), text);
            }
            _ => return,
        };
        let Some(own) = cfg_of(attributes) else { return };
        if !is_public(vis) || is_hidden(attributes) {
            return;
        }
        let (text, shape) = match item {
            ImplItem::Fn(item) => {
                let (text, signature) = signature(&item.sig, generics, renderer);
                (format!("pub {text}"), Shape::Function(signature))
            }
            ImplItem::Const(item) => (format!("pub const {name}: {}", renderer.ty(&item.ty)), Shape::Plain),
            _ => return,
        };
        let of = inherent.of;
        let mut fact = Fact::new(&format!("{of}::{name}"), parent(inherent.owner), text, cfg | &own).marked(attributes);
        fact.owner = Some(inherent.owner.to_owned());
        fact.context = Some(inherent.context.to_owned());
        fact.shape = shape;
        self.add(format!("impl {of}::{name}"), fact);
    }

    /// Adds an implementation of a trait, written or derived.
    pub(super) fn implementation(&mut self, owner: &str, (name, of): (&str, &str), generics: &Generics, cfg: Cfg) {
        let mut bounds = Bounds::new();
        let bare = bounds::take(generics, &mut bounds);
        let blanket = generics
            .params
            .iter()
            .any(|parameter| matches!(parameter, GenericParam::Type(parameter) if parameter.ident == of));
        let what = format!("{name} for {of}");
        let text = format!("impl{} {what}{}", one_line(generics), where_clause(generics));
        let mut fact = Fact::new(&format!("impl {what}"), parent(owner), text, cfg);
        fact.owner = Some(owner.to_owned());
        fact.shape = Shape::Implementation {
            bare: one_line(&bare),
            bounds,
            blanket,
        };
        self.add(format!("impl {what}"), fact);
    }
}

/// The most particular of the definitions that a type names: `CreateUser` in `Call<cloudinary::users::CreateUser>`.
fn deepest(mentioned: &std::collections::BTreeSet<String>) -> Option<String> {
    mentioned.iter().max_by_key(|path| path.matches("::").count()).cloned()
}
