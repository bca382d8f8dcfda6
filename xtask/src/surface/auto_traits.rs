//! The auto traits of public types, from the tests that have the compiler check them: `assert_impl_all!(Client: Send,
//! Sync)` and `assert_not_impl_any!(Client: UnwindSafe)`, which the files `tests/**/auto_traits.rs` of a crate hold.

use std::collections::{BTreeMap, BTreeSet};

use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Item, Token, Type, TypeParamBound};

use super::attributes::{Cfg, cfg_of};
use super::facts::{Fact, Facts, Shape};
use super::print::one_line;
use super::public::PublicPaths;
use super::sources::Sources;

/// The traits that a type has by what it is made of.
pub(crate) const TRAITS: [&str; 5] = ["RefUnwindSafe", "Send", "Sync", "Unpin", "UnwindSafe"];

/// Whether a file of a crate contains pins.
pub(super) fn is_pins(path: &str) -> bool {
    path.starts_with("tests/") && (path.ends_with("/auto_traits.rs") || path.contains("/auto_traits/"))
}

/// One assertion.
struct Pin {
    ty: Type,
    traits: Punctuated<TypeParamBound, Token![,]>,
}

impl Parse for Pin {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let ty = input.parse()?;
        input.parse::<Token![:]>()?;
        let traits = Punctuated::parse_terminated(input)?;
        Ok(Self { ty, traits })
    }
}

/// What is pinned of one type.
#[derive(Default)]
pub(crate) struct Pinned {
    cfg: Cfg,
    has: BTreeSet<String>,
    lacks: BTreeSet<String>,
}

impl Pinned {
    /// The auto traits of which nothing is said.
    pub(crate) fn open(&self) -> Vec<&'static str> {
        let said = |name: &&&str| !self.has.contains(**name) && !self.lacks.contains(**name);
        TRAITS.iter().filter(said).copied().collect()
    }
}

/// Adds a fact for each trait that a type has.
pub(super) fn collect(sources: &Sources, public: &PublicPaths, facts: &mut Facts) {
    for (name, pinned) in pins(sources) {
        let named = paths(&name)
            .max_by_key(|path| path.matches("::").count())
            .unwrap_or_default()
            .to_owned();
        // A pin may use another path than the one that the type goes by.
        let owner = match public.also.get(&named) {
            Some((primary, _)) => primary.clone(),
            None => named.clone(),
        };
        let name = name.replace(&named, &owner);
        let section = owner.rsplit_once("::").map_or("", |(section, _)| section);
        for found in &pinned.has {
            let item = format!("impl {found} for {name}");
            let fact = Fact {
                item: item.clone(),
                section: section.to_owned(),
                owner: Some(owner.clone()),
                context: None,
                text: item.clone(),
                cfg: pinned.cfg.clone(),
                marks: BTreeSet::new(),
                shape: Shape::Plain,
            };
            facts.insert(item, fact);
        }
    }
}

/// The paths that a type names: `Call` and `cloudinary::User` in `Call<cloudinary::User>`.
pub(crate) fn paths(ty: &str) -> impl Iterator<Item = &str> {
    ty.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
        .filter(|path| !path.is_empty())
}

/// Everything that a crate pins, by the type as the crate's root sees it.
pub(crate) fn pins(sources: &Sources) -> BTreeMap<String, Pinned> {
    let mut found = BTreeMap::new();
    let own = format!("{}::", sources.ident());
    for (_, text) in sources.files.iter().filter(|(path, _)| is_pins(path)) {
        if let Ok(file) = syn::parse_file(text) {
            read(&file.items, &cfg_of(&file.attrs).unwrap_or_default(), &own, &mut found);
        }
    }
    found
}

fn read(items: &[Item], cfg: &Cfg, own: &str, found: &mut BTreeMap<String, Pinned>) {
    for item in items {
        match item {
            Item::Mod(module) => {
                let cfg = cfg | &cfg_of(&module.attrs).unwrap_or_default();
                let items = module.content.iter().flat_map(|(_, items)| items.iter().cloned());
                read(&items.collect::<Vec<_>>(), &cfg, own, found);
            }
            Item::Macro(item) => {
                let Some(name) = item.mac.path.segments.last().map(|last| last.ident.to_string()) else {
                    continue;
                };
                let (true, Ok(pin)) = (name.starts_with("assert_"), item.mac.parse_body::<Pin>()) else {
                    continue;
                };
                let pinned: &mut Pinned = found.entry(one_line(&pin.ty).replace(own, "")).or_default();
                pinned.cfg = cfg | &cfg_of(&item.attrs).unwrap_or_default();
                let traits = pin.traits.iter().map(one_line);
                match name.as_str() {
                    "assert_impl_all" => pinned.has.extend(traits),
                    "assert_not_impl_any" => pinned.lacks.extend(traits),
                    _ => {}
                }
            }
            _ => {}
        }
    }
}
