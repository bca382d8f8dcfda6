//! Methods that start a call without listing its options: on the page of `Call`, the options of all operations are mixed.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens as _;
use syn::{Attribute, Expr, ExprLit, ImplItem, ImplItemFn, Item, ItemImpl, Lit, Meta, ReturnType, Type, Visibility};

use super::Violation;
use crate::Failure;
use crate::surface::Sources;

/// The line before the list.
const HEADING: &str = "# Options";

/// Checks the documentation of every method of the ergonomic crate that returns a call.
pub(super) fn check(client: &Sources) -> Result<Vec<Violation>, Failure> {
    let mut found = Vec::new();
    let mut apis: BTreeMap<&str, Vec<ItemImpl>> = BTreeMap::new();
    for (path, text) in &client.files {
        let file = syn::parse_file(text).map_err(|error| Failure::new(format!("{path}: {error}")))?;
        let Some((api, _)) = path.strip_prefix("src/").and_then(|path| path.split_once('/')) else {
            continue;
        };
        let blocks = file.items.into_iter().filter_map(|item| match item {
            Item::Impl(block) if block.trait_.is_none() => Some(block),
            _ => None,
        });
        apis.entry(api).or_default().extend(blocks);
    }
    for (api, blocks) in apis {
        let mut options: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for block in &blocks {
            if let Some(request) = call_of(&block.self_ty) {
                let names = public(block).map(|function| function.sig.ident.to_string());
                options.entry(request).or_default().extend(names);
            }
        }
        for block in blocks.iter().filter(|block| call_of(&block.self_ty).is_none()) {
            for function in public(block) {
                let ReturnType::Type(_, ty) = &function.sig.output else {
                    continue;
                };
                let Some(request) = call_of(ty) else { continue };
                let none = BTreeSet::new();
                let missing = problem(&docs(&function.attrs), &request, options.get(&request).unwrap_or(&none));
                if let Some(message) = missing {
                    let owner = block.self_ty.to_token_stream().to_string().replace(' ', "");
                    found.push(Violation::new(
                        format!("{api}::{owner}::{}", function.sig.ident),
                        message,
                    ));
                }
            }
        }
    }
    Ok(found)
}

/// What the documentation of a method lacks.
fn problem(docs: &str, request: &str, options: &BTreeSet<String>) -> Option<String> {
    let listed: BTreeSet<String> = match docs.split_once(HEADING) {
        Some((_, after)) => {
            let list = after.split("\n # ").next().unwrap_or_default();
            list.split("[`")
                .skip(1)
                .filter_map(|rest| rest.split_once("`][o]"))
                .map(|(name, _)| name.to_owned())
                .collect()
        }
        None => BTreeSet::new(),
    };
    let unlisted: Vec<&String> = options.difference(&listed).collect();
    if !unlisted.is_empty() {
        let names: Vec<String> = unlisted.iter().map(|name| format!("[`{name}`][o]")).collect();
        return Some(format!(
            "the documentation lists no option {}; add it under `{HEADING}`",
            names.join(", ")
        ));
    }
    if let Some(name) = listed.difference(options).next() {
        return Some(format!(
            "the documentation lists the option `{name}`, which the call does not have; take it out"
        ));
    }
    let anchor = format!("Call#impl-Call%3C{request},+M%3E");
    let linked = docs
        .lines()
        .any(|line| line.trim().starts_with("[o]:") && line.trim_end().ends_with(&anchor));
    (!options.is_empty() && !linked).then(|| format!("the list of options has no target; add `[o]: {anchor}` below it"))
}

/// The request of `Call<Request, _>` or `Pager<Request>`.
pub(super) fn call_of(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    if last.ident != "Call" && last.ident != "Pager" {
        return None;
    }
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first()? {
        syn::GenericArgument::Type(Type::Path(request)) => Some(request.path.segments.last()?.ident.to_string()),
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

    fn options() -> BTreeSet<String> {
        ["role", "enabled"].map(str::to_owned).into()
    }

    #[test]
    fn docs_that_list_every_option_with_its_target_lack_nothing() {
        let docs = " Creates.\n\n # Options\n [`role`][o], [`enabled`][o]\n\n [o]: Call#impl-Call%3CCreateUser,+M%3E\n\n # Errors\n [`x`][o]\n";
        assert_eq!(problem(docs, "CreateUser", &options()), None);
        assert_eq!(problem(" Fetches.\n", "GetUser", &BTreeSet::new()), None);
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
            let found = problem(&docs, "CreateUser", &options()).unwrap_or_default();
            assert!(found.contains(says), "{docs}: {found}");
        }
    }
}
