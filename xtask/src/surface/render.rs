//! Writes types and signatures with the names that the public surface has for them, whatever the source imports.

use std::collections::BTreeSet;

use proc_macro2::Span;
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, GenericParam, Generics, Ident, Path, PathArguments, PathSegment, TypePath};

use super::modules::{Krate, UsePath};
use super::print::one_line;
use super::public::{PublicPaths, join};
use super::resolve::{Crates, Found, canonical};

/// Rewrites the paths of a piece of syntax as seen from one module.
pub(super) struct Renderer<'a> {
    pub(super) krate: &'a Krate,
    pub(super) crates: &'a Crates<'a>,
    pub(super) public: &'a PublicPaths,
    pub(super) module: usize,
    /// Parameters in scope, which are no paths.
    parameters: Vec<String>,
    /// The public definitions that were named, by their public paths.
    pub(super) mentions: BTreeSet<String>,
    /// Whether a definition was named that can't be reached from outside.
    pub(super) private: bool,
}

impl<'a> Renderer<'a> {
    pub(super) fn new(krate: &'a Krate, crates: &'a Crates<'a>, public: &'a PublicPaths, module: usize) -> Self {
        Self {
            krate,
            crates,
            public,
            module,
            parameters: vec!["Self".to_owned()],
            mentions: BTreeSet::new(),
            private: false,
        }
    }

    /// Brings parameters into scope.
    pub(super) fn bind(&mut self, generics: &Generics) {
        for parameter in &generics.params {
            match parameter {
                GenericParam::Type(parameter) => self.parameters.push(parameter.ident.to_string()),
                GenericParam::Const(parameter) => self.parameters.push(parameter.ident.to_string()),
                GenericParam::Lifetime(_) => {}
            }
        }
    }

    pub(super) fn ty(&mut self, ty: &syn::Type) -> String {
        let mut ty = ty.clone();
        self.visit_type_mut(&mut ty);
        one_line(&ty)
    }

    pub(super) fn path(&mut self, path: &Path) -> String {
        let mut path = path.clone();
        self.visit_path_mut(&mut path);
        one_line(&path)
    }

    /// Replaces the first `length` segments by the name that they go by.
    fn rewrite(&mut self, path: &mut Path, length: usize) -> usize {
        let old: Vec<PathSegment> = path.segments.iter().cloned().collect();
        let names: Vec<String> = old[..length].iter().map(|segment| segment.ident.to_string()).collect();
        if path.leading_colon.is_none() && names.first().is_some_and(|first| self.parameters.contains(first)) {
            return length;
        }
        let wanted = UsePath {
            leading: path.leading_colon.is_some(),
            segments: names,
        };
        let Some(mut new) = self.name_of(&wanted) else {
            return length;
        };
        path.leading_colon = None;
        let mut segments: Vec<PathSegment> = new
            .drain(..)
            .map(|name| PathSegment {
                ident: Ident::new(&name, Span::call_site()),
                arguments: PathArguments::None,
            })
            .collect();
        let written = segments.len();
        for (to, from) in segments.iter_mut().rev().zip(old[..length].iter().rev()) {
            to.arguments = from.arguments.clone();
        }
        segments.extend(old[length..].iter().cloned());
        path.segments = Punctuated::from_iter(segments);
        written
    }

    fn name_of(&mut self, path: &UsePath) -> Option<Vec<String>> {
        let split = |path: &str| path.split("::").map(str::to_owned).collect::<Vec<_>>();
        match self.krate.resolve(self.crates, self.module, path)? {
            Found::Definition(definition, rest) => {
                let mut name = match self.public.primary.get(&definition) {
                    Some((public, _)) => {
                        self.mentions.insert(public.clone());
                        split(public)
                    }
                    None => {
                        self.private = true;
                        let own = &self.krate.definitions[definition];
                        split(&join(&self.krate.modules[own.module].path.join("::"), &own.name))
                    }
                };
                name.extend(rest);
                Some(name)
            }
            Found::External(path) => Some(canonical(path)),
            Found::Module(_) => None,
        }
    }
}

impl VisitMut for Renderer<'_> {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        let length = path.segments.len();
        self.rewrite(path, length);
    }

    fn visit_type_path_mut(&mut self, ty: &mut TypePath) {
        let Some(qself) = &mut ty.qself else {
            return self.visit_path_mut(&mut ty.path);
        };
        self.visit_type_mut(&mut qself.ty);
        // The segments after the trait name something inside it.
        visit_mut::visit_path_mut(self, &mut ty.path);
        if qself.position > 0 {
            qself.position = self.rewrite(&mut ty.path, qself.position);
        }
    }

    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        attributes.clear();
    }
}
