//! The auto traits of public types, from the test that has the compiler check them.
//!
//! The test holds `auto_traits! { Send + Sync + Unpin: cloudinary::Client, cloudinary::Region; … }`: for each set of
//! traits the types that implement just these. `#[cfg(…)]` before a set says where it applies.

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Item, Token, Type, TypeParamBound};

use super::attributes::{Cfg, cfg_of};
use super::facts::{Fact, Facts, Shape};
use super::print::one_line;
use super::sources::Sources;

/// The file with the pins, from the crate's directory.
pub const PINS: &str = "tests/auto_traits.rs";

/// One set of traits, and the types that have them.
struct Pins {
    cfg: Cfg,
    traits: Vec<String>,
    types: Vec<Type>,
}

struct All(Vec<Pins>);

impl Parse for All {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut all = Vec::new();
        while !input.is_empty() {
            let attributes = input.call(Attribute::parse_outer)?;
            let traits = if input.peek(Token![_]) {
                input.parse::<Token![_]>()?;
                Vec::new()
            } else {
                let bounds = Punctuated::<TypeParamBound, Token![+]>::parse_separated_nonempty(input)?;
                bounds.iter().map(one_line).collect()
            };
            input.parse::<Token![:]>()?;
            let mut types = Vec::new();
            while !input.is_empty() && !input.peek(Token![;]) {
                types.push(input.parse()?);
                if input.peek(Token![,]) {
                    input.parse::<Token![,]>()?;
                }
            }
            if input.peek(Token![;]) {
                input.parse::<Token![;]>()?;
            }
            let cfg = cfg_of(&attributes).unwrap_or_default();
            all.push(Pins { cfg, traits, types });
        }
        Ok(Self(all))
    }
}

/// Adds a fact for each pinned trait of each type.
pub(super) fn collect(sources: &Sources, facts: &mut Facts) {
    for pins in read(sources) {
        for ty in &pins.types {
            let name = one_line(ty);
            let owner = last_path(&name);
            let section = owner.rsplit_once("::").map_or("", |(section, _)| section);
            for found in &pins.traits {
                let item = format!("impl {found} for {name}");
                let fact = Fact {
                    item: item.clone(),
                    section: section.to_owned(),
                    owner: Some(owner.clone()),
                    context: None,
                    text: item.clone(),
                    cfg: pins.cfg.clone(),
                    shape: Shape::Plain,
                };
                facts.insert(item, fact);
            }
        }
    }
}

/// The types that are pinned: each path that a pin names, also inside of another type.
pub(crate) fn pinned(sources: &Sources) -> std::collections::BTreeSet<String> {
    read(sources)
        .iter()
        .flat_map(|pins| &pins.types)
        .flat_map(|ty| {
            let name = one_line(ty);
            let parts = name.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
            parts.map(str::to_owned).collect::<Vec<_>>()
        })
        .filter(|path| !path.is_empty())
        .collect()
}

fn read(sources: &Sources) -> Vec<Pins> {
    let Some(file) = sources.files.get(PINS).and_then(|text| syn::parse_file(text).ok()) else {
        return Vec::new();
    };
    file.items
        .iter()
        .filter_map(|item| match item {
            Item::Macro(item) if item.mac.path.is_ident("auto_traits") => {
                syn::parse2::<All>(unwrapped(&item.mac.tokens)).ok()
            }
            _ => None,
        })
        .flat_map(|All(pins)| pins)
        .collect()
}

/// The tokens without the braces that may stand around them.
fn unwrapped(tokens: &TokenStream) -> TokenStream {
    let mut trees = tokens.clone().into_iter();
    match (trees.next(), trees.next()) {
        (Some(TokenTree::Group(group)), None) => group.stream(),
        _ => tokens.clone(),
    }
}

/// The innermost path of a type: `cloudinary::User` in `Call<cloudinary::User>`.
fn last_path(name: &str) -> String {
    name.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
        .filter(|path| !path.is_empty())
        .max_by_key(|path| path.matches("::").count())
        .unwrap_or_default()
        .to_owned()
}
