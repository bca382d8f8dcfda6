//! What attributes say of an item: under which features it is there, whether it is hidden, what it derives.

use std::collections::BTreeSet;

use syn::punctuated::Punctuated;
use syn::{Attribute, Meta, Path, Token};

use super::print::one_line;

/// The conditions under which something is compiled, all of which have to hold: `feature = "cedar"`.
pub(super) type Cfg = BTreeSet<String>;

/// Conditions that no build of a user's meets.
const NEVER: [&str; 2] = ["test", "doctest"];

/// The conditions of an item; `None` when only tests see it.
pub(super) fn cfg_of(attributes: &[Attribute]) -> Option<Cfg> {
    let mut cfg = Cfg::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")) {
        if let Meta::List(list) = &attribute.meta {
            let predicate = one_line(&list.tokens);
            if NEVER.contains(&predicate.as_str()) || predicate.starts_with("all(test,") {
                return None;
            }
            cfg.insert(predicate);
        }
    }
    Some(cfg)
}

/// Whether an item is marked as no part of the documented API.
pub(super) fn is_hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("doc")
            && matches!(&attribute.meta, Meta::List(list) if list.tokens.to_string() == "hidden")
    })
}

/// Whether an item has an attribute, such as `non_exhaustive`.
pub(super) fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident(name))
}

/// What makes the compiler warn code outside.
pub(super) const MARKS: [&str; 2] = ["deprecated", "must_use"];

/// The marks of an item.
pub(super) fn marks(attributes: &[Attribute]) -> BTreeSet<&'static str> {
    MARKS.into_iter().filter(|mark| has(attributes, mark)).collect()
}

/// The traits that are derived, each with the conditions under which it is.
pub(super) fn derives(attributes: &[Attribute]) -> Vec<(Cfg, Path)> {
    type Metas = Punctuated<Meta, Token![,]>;
    let mut found = Vec::new();
    let mut paths = |cfg: Cfg, meta: &Meta| {
        if let Meta::List(list) = meta
            && list.path.is_ident("derive")
            && let Ok(paths) = list.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated)
        {
            found.extend(paths.into_iter().map(|path| (cfg.clone(), path)));
        }
    };
    for attribute in attributes {
        if attribute.path().is_ident("cfg_attr") {
            let Ok(metas) = attribute.parse_args_with(Metas::parse_terminated) else {
                continue;
            };
            let mut metas = metas.into_iter();
            let cfg: Cfg = metas.next().iter().map(one_line).collect();
            for meta in metas {
                paths(cfg.clone(), &meta);
            }
        } else {
            paths(Cfg::new(), &attribute.meta);
        }
    }
    found
}
