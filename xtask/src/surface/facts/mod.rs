//! The facts of a crate's public surface: one for each thing that code outside can name or rely on.

mod blocks;
mod functions;
mod traits;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use syn::{Attribute, Item};

use super::attributes::{Cfg, marks};
use super::bounds::{self, Bounds};
use super::modules::Krate;
use super::print::one_line;
use super::public::PublicPaths;
use super::render::Renderer;
use super::resolve::Crates;

/// One fact of a crate's public surface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fact {
    /// The path of what the fact is about, for people: `cloudinary::users::Users::create`.
    pub(crate) item: String,
    /// The public module whose part of the digest contains it; empty for the crate's root.
    pub(crate) section: String,
    /// The type or trait that it belongs to, by its public path.
    pub(crate) owner: Option<String>,
    /// What surrounds it: `impl cloudinary::users::Users`.
    pub(crate) context: Option<String>,
    /// The fact in Rust.
    pub(crate) text: String,
    /// Under which features it is there.
    pub(crate) cfg: Cfg,
    /// What makes the compiler warn: `deprecated`, `must_use`.
    pub(crate) marks: BTreeSet<&'static str>,
    /// What a change of it means.
    pub(crate) shape: Shape,
}

/// What kind of fact it is, as far as that decides what a change means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Any change of it breaks.
    Plain,
    Function(Signature),
    /// A struct or an enum; whether code outside may name all of its fields or variants.
    Type {
        bare: String,
        bounds: Bounds,
        exhaustive: bool,
    },
    /// A field of a struct, or a variant of an enum.
    Member,
    /// A trait; whether it can be implemented outside.
    Trait {
        sealed: bool,
    },
    /// A part of a trait: whether implementations have to bring it.
    TraitItem {
        required: bool,
        sealed: bool,
        signature: Option<Signature>,
    },
    /// An implementation of a trait.
    Implementation {
        bare: String,
        bounds: Bounds,
        blanket: bool,
    },
    /// What a feature turns on.
    Feature(BTreeSet<String>),
    /// A version that is asked for: the part that stays the same over compatible ones.
    Requirement(String),
}

/// A function apart from its bounds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Signature {
    pub(crate) constant: bool,
    /// `async`, `unsafe`, `extern`.
    pub(crate) qualifiers: String,
    /// The implementation around it, and the parameters of both.
    pub(crate) generics: String,
    /// `self` in whatever form.
    pub(crate) receiver: Option<String>,
    /// The types of the other arguments.
    pub(crate) arguments: Vec<String>,
    /// Their names, as far as they have any.
    pub(crate) names: Vec<String>,
    pub(crate) output: String,
    pub(crate) bounds: Bounds,
}

impl Fact {
    /// The whole fact on one line, without the conditions that the module around it has already.
    pub(crate) fn line(&self, known: &Cfg) -> String {
        let text = match &self.context {
            Some(context) => format!("{context} {{ {} }}", self.text),
            None => self.text.clone(),
        };
        let cfg: Vec<&str> = self.cfg.difference(known).map(String::as_str).collect();
        match cfg.as_slice() {
            [] => text,
            [one] => format!("#[cfg({one})] {text}"),
            all => format!("#[cfg(all({}))] {text}", all.join(", ")),
        }
    }
}

/// The facts by what identifies each, whatever else changes.
pub(crate) type Facts = BTreeMap<String, Fact>;

/// Collects the facts of one crate.
pub(super) struct Collector<'a> {
    krate: &'a Krate,
    crates: &'a Crates<'a>,
    public: &'a PublicPaths,
    facts: Facts,
}

impl<'a> Collector<'a> {
    pub(super) fn run(krate: &'a Krate, crates: &'a Crates<'a>, public: &'a PublicPaths) -> Facts {
        let mut collector = Self {
            krate,
            crates,
            public,
            facts: Facts::new(),
        };
        for (path, cfg) in public.modules.iter().filter(|(path, _)| !path.is_empty()) {
            collector.plain(
                format!("mod {path}"),
                path,
                path.clone(),
                cfg.clone(),
                format!("pub mod {path}"),
            );
        }
        for (path, (target, cfg)) in &public.also {
            let section = parent(path);
            let (from, to) = (target.rsplit("::").next(), path.rsplit("::").next());
            let text = match to {
                Some(name) if from != to => format!("pub use {target} as {name}"),
                _ => format!("pub use {target}"),
            };
            collector.plain(format!("use {path}"), path, section, cfg.clone(), text);
        }
        for (definition, (path, cfg)) in &public.primary {
            collector.definition(*definition, path, cfg);
        }
        for (index, module) in krate.modules.iter().enumerate() {
            for (cfg, block) in &module.impls {
                collector.block(index, &(&module.cfg | cfg), block);
            }
            for (cfg, text) in &module.unexpanded {
                // What can't be looked into counts as one fact, so that no change of it passes unseen.
                let section = module.path.join("::");
                collector.plain(
                    format!("macro {section} {text}"),
                    &section,
                    section.clone(),
                    &module.cfg | cfg,
                    text.clone(),
                );
            }
        }
        collector.facts
    }

    fn definition(&mut self, definition: usize, path: &str, cfg: &Cfg) {
        let own = &self.krate.definitions[definition];
        let mut renderer = self.renderer(own.module);
        match &own.item {
            Item::Struct(item) => self.structure(item, path, cfg, renderer),
            Item::Enum(item) => self.enumeration(item, path, cfg, renderer),
            Item::Trait(item) => self.trait_(item, path, cfg, renderer),
            Item::Fn(item) => self.function(item, path, cfg, renderer),
            Item::Const(item) => {
                let text = format!("pub const {path}: {}", renderer.ty(&item.ty));
                self.marked(format!("const {path}"), path, cfg, text, &item.attrs);
            }
            Item::Static(item) => {
                let text = format!("pub static {path}: {}", renderer.ty(&item.ty));
                self.marked(format!("static {path}"), path, cfg, text, &item.attrs);
            }
            Item::Type(item) => {
                renderer.bind(&item.generics);
                let generics = rendered(&mut renderer, &item.generics);
                let text = format!("pub type {path}{} = {}", one_line(&generics), renderer.ty(&item.ty));
                self.marked(format!("type {path}"), path, cfg, text, &item.attrs);
            }
            other => {
                let text = one_line(other);
                self.plain(format!("item {path}"), path, parent(path), cfg.clone(), text);
            }
        }
    }

    fn renderer(&self, module: usize) -> Renderer<'a> {
        Renderer::new(self.krate, self.crates, self.public, module)
    }

    fn plain(&mut self, key: String, item: &str, section: String, cfg: Cfg, text: String) {
        self.add(key, Fact::new(item, section, text, cfg));
    }

    fn marked(&mut self, key: String, path: &str, cfg: &Cfg, text: String, attributes: &[Attribute]) {
        self.add(key, Fact::new(path, parent(path), text, cfg.clone()).marked(attributes));
    }

    /// Adds a fact; two that differ by their conditions alone stand side by side.
    fn add(&mut self, key: String, fact: Fact) {
        match self.facts.get(&key) {
            Some(found) if found.cfg != fact.cfg => {
                let cfg: Vec<&str> = fact.cfg.iter().map(String::as_str).collect();
                let key = format!("{key} under {}", cfg.join(", "));
                self.facts.insert(key, fact);
            }
            _ => {
                self.facts.insert(key, fact);
            }
        }
    }
}

impl Fact {
    fn new(item: &str, section: String, text: String, cfg: Cfg) -> Self {
        Self {
            item: item.to_owned(),
            section,
            owner: None,
            context: None,
            text,
            cfg,
            marks: BTreeSet::new(),
            shape: Shape::Plain,
        }
    }

    fn marked(mut self, attributes: &[Attribute]) -> Self {
        self.marks = marks(attributes);
        self
    }
}

/// Generics with public names, in a fixed order.
fn rendered(renderer: &mut Renderer<'_>, generics: &syn::Generics) -> syn::Generics {
    use syn::visit_mut::VisitMut as _;

    let mut generics = generics.clone();
    renderer.visit_generics_mut(&mut generics);
    bounds::sort(&mut generics);
    generics
}

/// The where-clause of generics, after a space.
fn where_clause(generics: &syn::Generics) -> String {
    match &generics.where_clause {
        Some(clause) if !clause.predicates.is_empty() => format!(" {}", one_line(clause)),
        _ => String::new(),
    }
}

/// The module of a path.
fn parent(path: &str) -> String {
    path.rsplit_once("::")
        .map_or_else(String::new, |(parent, _)| parent.to_owned())
}
