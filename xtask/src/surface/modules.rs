//! A crate as a tree of modules: its files read, its names bound.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Attribute, File, Item, ItemMod, UseTree, Visibility};

use super::attributes::{Cfg, cfg_of, has, is_hidden};

use super::sources::Sources;
use crate::Failure;

/// A module, and what its names stand for.
#[derive(Default)]
pub(super) struct Module {
    pub(super) path: Vec<String>,
    pub(super) parent: Option<usize>,
    pub(super) cfg: Cfg,
    pub(super) names: BTreeMap<String, Vec<Binding>>,
    pub(super) globs: Vec<Glob>,
    pub(super) impls: Vec<(Cfg, syn::ItemImpl)>,
    /// Macro invocations that could not be expanded, as they are written.
    pub(super) unexpanded: Vec<(Cfg, String)>,
}

/// One meaning of a name.
#[derive(Clone, Debug)]
pub(super) struct Binding {
    pub(super) public: bool,
    pub(super) hidden: bool,
    pub(super) cfg: Cfg,
    pub(super) target: Target,
}

#[derive(Clone, Debug)]
pub(super) enum Target {
    Definition(usize),
    Module(usize),
    Use(UsePath),
}

/// The path of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UsePath {
    pub(super) leading: bool,
    pub(super) segments: Vec<String>,
}

#[derive(Clone, Debug)]
pub(super) struct Glob {
    pub(super) public: bool,
    pub(super) cfg: Cfg,
    pub(super) path: UsePath,
}

/// A type, trait, function or constant.
pub(super) struct Definition {
    pub(super) name: String,
    pub(super) module: usize,
    pub(super) cfg: Cfg,
    pub(super) item: Item,
}

/// A crate that was read.
pub(super) struct Krate {
    pub(super) ident: String,
    pub(super) externs: BTreeSet<String>,
    pub(super) modules: Vec<Module>,
    pub(super) definitions: Vec<Definition>,
}

/// Reads a crate.
pub(super) fn read(sources: &Sources) -> Result<Krate, Failure> {
    let mut reader = Reader {
        sources,
        krate: Krate {
            ident: sources.ident(),
            externs: sources.externs(),
            modules: Vec::new(),
            definitions: Vec::new(),
        },
        pending: Vec::new(),
    };
    let root = reader.file("src/lib.rs")?;
    reader.module(None, Vec::new(), Cfg::new(), root.items, "src")?;
    while !reader.pending.is_empty() {
        for (module, items) in std::mem::take(&mut reader.pending) {
            for item in items {
                reader.bind(module, item)?;
            }
        }
    }
    Ok(reader.krate)
}

struct Reader<'a> {
    sources: &'a Sources,
    krate: Krate,
    pending: Vec<(usize, Vec<Item>)>,
}

impl Reader<'_> {
    fn file(&self, path: &str) -> Result<File, Failure> {
        let text = self
            .sources
            .files
            .get(path)
            .ok_or_else(|| Failure::new(format!("{}: {path} is missing; add it", self.sources.package)))?;
        self.parse(path, text)
    }

    fn parse(&self, path: &str, text: &str) -> Result<File, Failure> {
        syn::parse_file(text)
            .map_err(|error| Failure::new(format!("{}: {path}: {error}; make it compile", self.sources.package)))
    }

    /// Adds a module and those below it, and puts its other items aside.
    fn module(
        &mut self,
        parent: Option<usize>,
        path: Vec<String>,
        cfg: Cfg,
        items: Vec<Item>,
        directory: &str,
    ) -> Result<usize, Failure> {
        let index = self.krate.modules.len();
        self.krate.modules.push(Module {
            path,
            parent,
            cfg,
            ..Module::default()
        });
        let mut rest = Vec::new();
        for item in items {
            match item {
                Item::Mod(item) => self.child(index, item, directory)?,
                item => rest.push(item),
            }
        }
        self.pending.push((index, rest));
        Ok(index)
    }

    /// Adds a module below another.
    fn child(&mut self, parent: usize, item: ItemMod, directory: &str) -> Result<(), Failure> {
        let Some(own) = cfg_of(&item.attrs) else {
            return Ok(());
        };
        let name = item.ident.to_string();
        let below = format!("{directory}/{name}");
        let content = match item.content {
            Some((_, items)) => items,
            None => self.module_file(&below)?.items,
        };
        let above = &self.krate.modules[parent];
        let path = [above.path.as_slice(), std::slice::from_ref(&name)].concat();
        let cfg = &above.cfg | &own;
        let child = self.module(Some(parent), path, cfg, content, &below)?;
        let binding = Binding {
            public: is_public(&item.vis),
            hidden: is_hidden(&item.attrs),
            cfg: own,
            target: Target::Module(child),
        };
        self.name(parent, name, binding);
        Ok(())
    }

    fn module_file(&self, below: &str) -> Result<File, Failure> {
        let beside = format!("{below}.rs");
        if self.sources.files.contains_key(&beside) {
            self.file(&beside)
        } else {
            self.file(&format!("{below}/mod.rs"))
        }
    }

    fn name(&mut self, module: usize, name: String, binding: Binding) {
        self.krate.modules[module].names.entry(name).or_default().push(binding);
    }

    /// Binds the names of one item.
    fn bind(&mut self, module: usize, item: Item) -> Result<(), Failure> {
        let Some(cfg) = cfg_of(attributes(&item)) else {
            return Ok(());
        };
        match item {
            Item::Use(item) => {
                let public = is_public(&item.vis);
                let path = UsePath {
                    leading: item.leading_colon.is_some(),
                    segments: Vec::new(),
                };
                self.import(module, &item.tree, path, public, is_hidden(&item.attrs), &cfg);
            }
            Item::Impl(item) => self.krate.modules[module].impls.push((cfg, item)),
            // A module that the build wrote: it has its content inline.
            Item::Mod(item) => self.child(module, item, "")?,
            // An exported macro, which the workspace does not have, would be a fact as it is written.
            Item::Macro(item) if item.ident.is_some() && !has(&item.attrs, "macro_export") => {}
            Item::Macro(item) => match self.included(&item.mac)? {
                Some(items) if cfg.is_empty() => {
                    for item in items {
                        self.bind(module, item)?;
                    }
                }
                _ => {
                    let text = super::print::one_line(&item.mac);
                    self.krate.modules[module].unexpanded.push((cfg, text));
                }
            },
            item => {
                let named = match &item {
                    Item::Const(it) => Some((it.ident.to_string(), is_public(&it.vis))),
                    Item::Enum(it) => Some((it.ident.to_string(), is_public(&it.vis))),
                    Item::Fn(it) => Some((it.sig.ident.to_string(), is_public(&it.vis))),
                    Item::Static(it) => Some((it.ident.to_string(), is_public(&it.vis))),
                    Item::Struct(it) => Some((it.ident.to_string(), is_public(&it.vis))),
                    Item::Trait(it) => Some((it.ident.to_string(), is_public(&it.vis))),
                    Item::Type(it) => Some((it.ident.to_string(), is_public(&it.vis))),
                    Item::Union(it) => Some((it.ident.to_string(), is_public(&it.vis))),
                    _ => None,
                };
                // `const _` asserts something and is named by nobody.
                if let Some((name, public)) = named.filter(|(name, _)| name != "_") {
                    self.define(module, name, public, cfg, item);
                }
            }
        }
        Ok(())
    }

    fn define(&mut self, module: usize, name: String, public: bool, cfg: Cfg, item: Item) {
        let hidden = is_hidden(attributes(&item));
        let target = Target::Definition(self.krate.definitions.len());
        self.krate.definitions.push(Definition {
            name: name.clone(),
            module,
            cfg: cfg.clone(),
            item,
        });
        let binding = Binding {
            public,
            hidden,
            cfg,
            target,
        };
        self.name(module, name, binding);
    }

    /// What the build writes, where the crate includes it.
    fn included(&self, mac: &syn::Macro) -> Result<Option<Vec<Item>>, Failure> {
        if !mac.path.is_ident("include") {
            return Ok(None);
        }
        let tokens = mac.tokens.to_string();
        for (name, code) in &self.sources.generated {
            if tokens.contains(&format!("/{name}\"")) {
                return Ok(Some(self.parse(name, code)?.items));
            }
        }
        Ok(None)
    }

    fn import(&mut self, module: usize, tree: &UseTree, mut path: UsePath, public: bool, hidden: bool, cfg: &Cfg) {
        let bind = |reader: &mut Self, name: &syn::Ident, path: UsePath| {
            let binding = Binding {
                public,
                hidden,
                cfg: cfg.clone(),
                target: Target::Use(path),
            };
            reader.name(module, name.to_string(), binding);
        };
        match tree {
            UseTree::Path(tree) => {
                path.segments.push(tree.ident.to_string());
                self.import(module, &tree.tree, path, public, hidden, cfg);
            }
            UseTree::Name(tree) if tree.ident == "self" => {
                if let Some(last) = path.segments.last() {
                    let name = quote::format_ident!("{last}");
                    bind(self, &name, path);
                }
            }
            UseTree::Name(tree) => {
                path.segments.push(tree.ident.to_string());
                bind(self, &tree.ident, path);
            }
            UseTree::Rename(tree) => {
                if tree.ident != "self" {
                    path.segments.push(tree.ident.to_string());
                }
                bind(self, &tree.rename, path);
            }
            UseTree::Glob(_) => self.krate.modules[module].globs.push(Glob {
                public,
                cfg: cfg.clone(),
                path,
            }),
            UseTree::Group(tree) => {
                for tree in &tree.items {
                    self.import(module, tree, path.clone(), public, hidden, cfg);
                }
            }
        }
    }
}

pub(super) fn is_public(vis: &Visibility) -> bool {
    matches!(vis, Visibility::Public(_))
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(it) => &it.attrs,
        Item::Enum(it) => &it.attrs,
        Item::Fn(it) => &it.attrs,
        Item::Impl(it) => &it.attrs,
        Item::Macro(it) => &it.attrs,
        Item::Mod(it) => &it.attrs,
        Item::Static(it) => &it.attrs,
        Item::Struct(it) => &it.attrs,
        Item::Trait(it) => &it.attrs,
        Item::Type(it) => &it.attrs,
        Item::Union(it) => &it.attrs,
        Item::Use(it) => &it.attrs,
        _ => &[],
    }
}
