//! Structs and enums: their fields, their variants, what they derive.

use syn::{Attribute, Fields, Generics, ItemEnum, ItemStruct};

use super::{Collector, Fact, Shape, parent, rendered, where_clause};
use crate::surface::attributes::{Cfg, cfg_of, derives, has, is_hidden};
use crate::surface::bounds::{self, Bounds};
use crate::surface::modules::is_public;
use crate::surface::print::one_line;
use crate::surface::render::Renderer;

impl<'a> Collector<'a> {
    pub(super) fn structure(&mut self, item: &ItemStruct, path: &str, cfg: &Cfg, mut renderer: Renderer<'a>) {
        renderer.bind(&item.generics);
        let open = has(&item.attrs, "non_exhaustive");
        let all_public = item.fields.iter().all(|field| is_public(&field.vis));
        let exhaustive = all_public && !open;
        let content = match &item.fields {
            Fields::Unit => "",
            Fields::Named(_) if exhaustive => "",
            Fields::Named(_) => " { .. }",
            Fields::Unnamed(_) if exhaustive => "(..)",
            Fields::Unnamed(_) => "(.., _)",
        };
        self.header(
            "struct",
            (path, content),
            (&item.attrs, &item.generics),
            cfg,
            exhaustive,
            &mut renderer,
        );
        for (place, field) in item
            .fields
            .iter()
            .enumerate()
            .filter(|(_, field)| is_public(&field.vis))
        {
            let Some(own) = cfg_of(&field.attrs) else { continue };
            if is_hidden(&field.attrs) {
                continue;
            }
            let name = field
                .ident
                .as_ref()
                .map_or_else(|| place.to_string(), ToString::to_string);
            let text = format!("pub {name}: {}", renderer.ty(&field.ty));
            self.member("struct", (path, &name), text, cfg | &own, &field.attrs);
        }
        self.derived(path, cfg, &item.attrs, &item.generics, &mut renderer);
    }

    pub(super) fn enumeration(&mut self, item: &ItemEnum, path: &str, cfg: &Cfg, mut renderer: Renderer<'a>) {
        renderer.bind(&item.generics);
        let exhaustive = !has(&item.attrs, "non_exhaustive");
        self.header(
            "enum",
            (path, ""),
            (&item.attrs, &item.generics),
            cfg,
            exhaustive,
            &mut renderer,
        );
        for variant in &item.variants {
            let Some(own) = cfg_of(&variant.attrs) else { continue };
            if is_hidden(&variant.attrs) {
                continue;
            }
            let types: Vec<String> = variant
                .fields
                .iter()
                .map(|field| {
                    let ty = renderer.ty(&field.ty);
                    match &field.ident {
                        Some(name) => format!("{name}: {ty}"),
                        None => ty,
                    }
                })
                .collect();
            let mut text = match &variant.fields {
                Fields::Unit => variant.ident.to_string(),
                Fields::Named(_) => format!("{} {{ {} }}", variant.ident, types.join(", ")),
                Fields::Unnamed(_) => format!("{}({})", variant.ident, types.join(", ")),
            };
            if let Some((_, value)) = &variant.discriminant {
                text.push_str(&format!(" = {}", one_line(value)));
            }
            if has(&variant.attrs, "non_exhaustive") {
                text.insert_str(0, "#[non_exhaustive] ");
            }
            self.member(
                "enum",
                (path, &variant.ident.to_string()),
                text,
                cfg | &own,
                &variant.attrs,
            );
        }
        self.derived(path, cfg, &item.attrs, &item.generics, &mut renderer);
    }

    fn header(
        &mut self,
        word: &str,
        (path, content): (&str, &str),
        (attributes, generics): (&[Attribute], &Generics),
        cfg: &Cfg,
        exhaustive: bool,
        renderer: &mut Renderer<'_>,
    ) {
        let generics = rendered(renderer, generics);
        let mut bounds = Bounds::new();
        let bare = bounds::take(&generics, &mut bounds);
        let open = if has(attributes, "non_exhaustive") {
            "#[non_exhaustive] "
        } else {
            ""
        };
        let name = |generics: &Generics| format!("pub {word} {path}{}{content}", one_line(generics));
        let text = format!("{open}{}{}", name(&generics), where_clause(&generics));
        let mut fact = Fact::new(path, parent(path), text, cfg.clone()).marked(attributes);
        fact.owner = Some(path.to_owned());
        fact.shape = Shape::Type {
            // `exhaustive` says whether the content is open.
            bare: format!("{word}{}", one_line(&bare)),
            bounds,
            exhaustive,
        };
        self.add(format!("type {path}"), fact);
    }

    fn member(&mut self, word: &str, (path, name): (&str, &str), text: String, cfg: Cfg, attributes: &[Attribute]) {
        let mut fact = Fact::new(&format!("{path}::{name}"), parent(path), text, cfg).marked(attributes);
        fact.owner = Some(path.to_owned());
        fact.context = Some(format!("{word} {path}"));
        fact.shape = Shape::Member;
        self.add(format!("type {path}::{name}"), fact);
    }

    fn derived(
        &mut self,
        path: &str,
        cfg: &Cfg,
        attributes: &[Attribute],
        generics: &Generics,
        renderer: &mut Renderer<'_>,
    ) {
        for (own, derived) in derives(attributes) {
            for name in traits_of(&renderer.path(&derived)) {
                let mut generics = rendered(renderer, generics);
                let bound: syn::TypeParamBound = match syn::parse_str(name) {
                    Ok(bound) => bound,
                    Err(_) => continue,
                };
                for parameter in generics.type_params_mut() {
                    parameter.default = None;
                    parameter.bounds.push(bound.clone());
                }
                let names: Vec<String> = generics.params.iter().map(parameter_name).collect();
                let of = if names.is_empty() {
                    path.to_owned()
                } else {
                    format!("{path}<{}>", names.join(", "))
                };
                let (name, lifetime) = match name {
                    "serde::Deserialize" => ("serde::Deserialize<'de>", true),
                    name => (name, false),
                };
                if lifetime {
                    generics.params.insert(0, syn::parse_quote!('de));
                }
                self.implementation(path, (name, &of), &generics, cfg | &own);
            }
        }
    }
}

/// The traits that a derive implements.
fn traits_of(derive: &str) -> Vec<&str> {
    match derive {
        "Debug" => vec!["std::fmt::Debug"],
        "Hash" => vec!["std::hash::Hash"],
        "thiserror::Error" => vec!["std::error::Error", "std::fmt::Display"],
        "schemars::JsonSchema" => vec!["schemars::JsonSchema"],
        name => vec![name],
    }
}

fn parameter_name(parameter: &syn::GenericParam) -> String {
    match parameter {
        syn::GenericParam::Type(parameter) => parameter.ident.to_string(),
        syn::GenericParam::Lifetime(parameter) => one_line(&parameter.lifetime),
        syn::GenericParam::Const(parameter) => parameter.ident.to_string(),
    }
}
