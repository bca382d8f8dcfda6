//! Methods that start a call without listing its options: on the page of `Call`, the options of all operations are mixed.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens as _;
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Expr, ExprLit, Generics, ImplItem, ImplItemFn, Item, ItemImpl, Lit, Meta, Path, ReturnType, Token,
    TraitItem, Type, TypeParamBound, Visibility,
};

use super::Violation;
use crate::Failure;
use crate::surface::Sources;

/// The line before the list.
const HEADING: &str = "# Options";

/// The options of one call by name, each with the place of its documentation.
type Options = BTreeMap<String, String>;

/// The directory of the calls that all APIs have.
const EVERYWHERE: &str = "any";

/// Checks the documentation of every method of the ergonomic crate that returns a call.
pub(super) fn check(client: &Sources) -> Result<Vec<Violation>, Failure> {
    let mut found = Vec::new();
    let mut apis: BTreeMap<&str, Api> = BTreeMap::new();
    for (path, text) in &client.files {
        let file = syn::parse_file(text).map_err(|error| Failure::new(format!("{path}: {error}")))?;
        let Some((api, _)) = path.strip_prefix("src/").and_then(|path| path.split_once('/')) else {
            continue;
        };
        let api = apis.entry(api).or_default();
        file.items.into_iter().for_each(|item| api.add(item));
    }
    let everywhere = apis.remove(EVERYWHERE).map(|api| api.options()).unwrap_or_default();
    for (name, api) in apis {
        let mut options = api.options();
        options.extend(everywhere.clone());
        for block in api.blocks.iter().filter(|block| call_of(&block.self_ty).is_none()) {
            for function in public(block) {
                let ReturnType::Type(_, ty) = &function.sig.output else {
                    continue;
                };
                let Some(request) = call_of(ty) else { continue };
                let docs = docs(&function.attrs);
                let about = api.about(&block.generics, request);
                // `get` and the like refer to `request`, which lists the options of all of them.
                if about.iter().any(|name| everywhere.contains_key(name)) && docs.contains("](Self::") {
                    continue;
                }
                let options: Options = about
                    .iter()
                    .filter_map(|name| options.get(name))
                    .flat_map(Clone::clone)
                    .collect();
                if let Some(message) = problem(&docs, &options) {
                    let owner = block.self_ty.to_token_stream().to_string().replace(' ', "");
                    found.push(Violation::new(
                        format!("{name}::{owner}::{}", function.sig.ident),
                        message,
                    ));
                }
            }
        }
    }
    Ok(found)
}

/// What the sources of one API say about calls and their options.
#[derive(Default)]
struct Api {
    blocks: Vec<ItemImpl>,
    /// The traits above a trait.
    above: BTreeMap<String, BTreeSet<String>>,
    /// The traits that an associated type implements.
    associated: BTreeMap<String, BTreeSet<String>>,
}

impl Api {
    fn add(&mut self, item: Item) {
        match item {
            Item::Impl(block) if block.trait_.is_none() => self.blocks.push(block),
            Item::Trait(item) => {
                let above = self.above.entry(item.ident.to_string()).or_default();
                above.extend(traits(&item.supertraits));
                for item in &item.items {
                    if let TraitItem::Type(item) = item {
                        let known = self.associated.entry(item.ident.to_string()).or_default();
                        known.extend(traits(&item.bounds));
                    }
                }
            }
            _ => {}
        }
    }

    /// The options of each request, and of each trait whose requests share options.
    fn options(&self) -> BTreeMap<String, Options> {
        let mut options: BTreeMap<String, Options> = BTreeMap::new();
        for block in &self.blocks {
            let Some(request) = call_of(&block.self_ty) else {
                continue;
            };
            let last = request.segments.last().map(|last| last.ident.to_string());
            let bounds = block.generics.type_params().find(|one| request.is_ident(&one.ident));
            let of = bounds.map_or_else(|| last.into_iter().collect(), |one| traits(&one.bounds));
            for of in of {
                let names = public(block).map(|function| (function.sig.ident.to_string(), anchor(&block.self_ty)));
                options.entry(of).or_default().extend(names);
            }
        }
        options
    }

    /// The request of a call, and the traits that it implements if it is an associated type, such as `O::List`.
    fn about(&self, generics: &Generics, request: &Path) -> BTreeSet<String> {
        let Some(last) = request.segments.last() else {
            return BTreeSet::new();
        };
        let first = request.segments.first().map(|first| &first.ident);
        if request.segments.len() < 2 || !generics.type_params().any(|one| Some(&one.ident) == first) {
            return BTreeSet::from([last.ident.to_string()]);
        }
        let mut about = self
            .associated
            .get(&last.ident.to_string())
            .cloned()
            .unwrap_or_default();
        let mut left: Vec<String> = about.iter().cloned().collect();
        while let Some(name) = left.pop() {
            let above = self.above.get(&name).into_iter().flatten();
            left.extend(above.filter(|one| about.insert((*one).clone())).cloned());
        }
        about
    }
}

/// The names of the traits in bounds.
fn traits(bounds: &Punctuated<TypeParamBound, Token![+]>) -> BTreeSet<String> {
    let name = |bound: &TypeParamBound| match bound {
        TypeParamBound::Trait(bound) => bound.path.segments.last().map(|last| last.ident.to_string()),
        _ => None,
    };
    bounds.iter().filter_map(name).collect()
}

/// The place where rustdoc documents the options of a call.
fn anchor(call: &Type) -> String {
    let call = call.to_token_stream().to_string().replace(' ', "");
    let call = call.replace('<', "%3C").replace('>', "%3E").replace(',', ",+");
    format!("Call#impl-{call}")
}

/// What the documentation of a method lacks.
fn problem(docs: &str, options: &Options) -> Option<String> {
    let listed: BTreeMap<&str, &str> = match docs.split_once(HEADING) {
        Some((_, after)) => {
            let list = after.split("\n # ").next().unwrap_or_default();
            let links = list.split("[`").skip(1).filter_map(|rest| rest.split_once("`]["));
            links
                .filter_map(|(name, rest)| Some((name, rest.split_once(']')?.0)))
                .collect()
        }
        None => BTreeMap::new(),
    };
    let unlisted: Vec<String> = options
        .keys()
        .filter(|name| !listed.contains_key(name.as_str()))
        .map(|name| format!("[`{name}`][o]"))
        .collect();
    if !unlisted.is_empty() {
        return Some(format!(
            "the documentation lists no option {}; add it under `{HEADING}`",
            unlisted.join(", ")
        ));
    }
    if let Some(name) = listed.keys().find(|name| !options.contains_key(**name)) {
        return Some(format!(
            "the documentation lists the option `{name}`, which the call does not have; take it out"
        ));
    }
    options.iter().find_map(|(name, anchor)| {
        let target = format!("[{}]:", listed.get(name.as_str())?);
        let linked = docs
            .lines()
            .any(|line| line.trim().starts_with(&target) && line.trim_end().ends_with(anchor));
        (!linked).then(|| format!("the list of options has no target; add `{target} {anchor}` below it"))
    })
}

/// The request of `Call<Request, _>` or `Pager<Request>`.
pub(super) fn call_of(ty: &Type) -> Option<&Path> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    if last.ident != "Call" && last.ident != "Pager" {
        return None;
    }
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first()? {
        syn::GenericArgument::Type(Type::Path(request)) => Some(&request.path),
        _ => None,
    }
}

pub(super) fn public(block: &ItemImpl) -> impl Iterator<Item = &ImplItemFn> {
    block.items.iter().filter_map(|item| match item {
        ImplItem::Fn(function) if matches!(function.vis, Visibility::Public(_)) => Some(function),
        _ => None,
    })
}

fn docs(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
            Expr::Lit(ExprLit {
                lit: Lit::Str(text), ..
            }) => Some(text.value() + "\n"),
            _ => None,
        },
        _ => None,
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options() -> Options {
        let anchor = "Call#impl-Call%3CCreateUser,+M%3E".to_owned();
        ["role", "enabled"].map(|name| (name.to_owned(), anchor.clone())).into()
    }

    #[test]
    fn docs_that_list_every_option_with_its_target_lack_nothing() {
        let docs = " Creates.\n\n # Options\n [`role`][o], [`enabled`][o]\n\n [o]: Call#impl-Call%3CCreateUser,+M%3E\n\n # Errors\n [`x`][o]\n";
        assert_eq!(problem(docs, &options()), None);
        assert_eq!(problem(" Fetches.\n", &Options::new()), None);
    }

    #[test]
    fn docs_that_lack_an_option_list_another_or_have_no_target_say_so() {
        let target = "\n\n [o]: Call#impl-Call%3CCreateUser,+M%3E\n";
        for (docs, says) in [
            (" Creates.\n".to_owned(), "lists no option [`enabled`][o], [`role`][o]"),
            (
                format!(" # Options\n [`role`][o]{target}"),
                "lists no option [`enabled`][o]",
            ),
            (
                format!(" # Options\n [`role`][o], [`enabled`][o], [`gone`][o]{target}"),
                "lists the option `gone`",
            ),
            (" # Options\n [`role`][o], [`enabled`][o]\n".to_owned(), "has no target"),
            (
                " # Options\n [`role`][o], [`enabled`][o]\n\n [o]: Call#impl-Call%3CUpdateUser,+M%3E\n".to_owned(),
                "has no target",
            ),
        ] {
            let found = problem(&docs, &options()).unwrap_or_default();
            assert!(found.contains(says), "{docs}: {found}");
        }
    }

    #[test]
    fn options_that_the_requests_of_a_trait_share_have_to_be_listed_with_the_place_of_each() {
        let listed =
            " # Options\n [`page`][o], [`kind`][k]\n\n [o]: Call#impl-Call%3CL,+M%3E\n [k]: Call#impl-Call%3CK,+M%3E\n";
        for (docs, says) in [
            (listed.to_owned(), None),
            (listed.replace("[`page`][o], ", ""), Some("lists no option [`page`][o]")),
            (
                listed.replace("CK,", "CL,"),
                Some("add `[k]: Call#impl-Call%3CK,+M%3E`"),
            ),
            (String::new(), Some("lists no option [`kind`][o], [`page`][o]")),
        ] {
            let docs: String = docs.lines().map(|line| format!("///{line}\n")).collect();
            let text = format!(
                "pub trait Owner {{ type List: Kinds; }}
                 pub trait Kinds: Pages {{}}
                 impl<L: Pages, M> Call<L, M> {{ pub fn page(self) -> Self {{ self }} }}
                 impl<K: Kinds, M> Call<K, M> {{ pub fn kind(self) -> Self {{ self }} }}
                 impl<O: Owner> Things<O> {{ {docs} pub fn list(&self) -> Pager<O::List> {{}} }}"
            );
            let sources = Sources {
                package: String::new(),
                manifest: toml::Table::new(),
                files: [("src/api/things.rs".to_owned(), text)].into(),
                generated: BTreeMap::new(),
            };
            let found = check(&sources).unwrap_or_default();
            let found: Vec<String> = found.iter().map(ToString::to_string).collect();
            match says {
                None => assert_eq!(found, Vec::<String>::new()),
                Some(says) => assert!(found.len() == 1 && found[0].contains(says), "{found:?}"),
            }
        }
    }
}
