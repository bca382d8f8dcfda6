//! The bounds of parameters, separate from their types, so that a tightened bound is not mistaken for another type.

use std::collections::{BTreeMap, BTreeSet};

use syn::punctuated::Punctuated;
use syn::{FnArg, GenericParam, Generics, Token, Type, TypeParamBound, WherePredicate};

use super::print::one_line;

/// The bounds of each parameter, or of each type that a where-clause names.
pub(crate) type Bounds = BTreeMap<String, BTreeSet<String>>;

/// Puts bounds and predicates into a fixed order: the order in the source is no fact.
pub(super) fn sort(generics: &mut Generics) {
    for parameter in &mut generics.params {
        if let GenericParam::Type(parameter) = parameter {
            sort_by_text(&mut parameter.bounds);
        }
    }
    generics.params.pop_punct();
    if let Some(clause) = &mut generics.where_clause {
        for predicate in &mut clause.predicates {
            if let WherePredicate::Type(predicate) = predicate {
                sort_by_text(&mut predicate.bounds);
            }
        }
        let mut predicates: Vec<WherePredicate> = clause.predicates.iter().cloned().collect();
        predicates.sort_by_key(one_line);
        clause.predicates = predicates.into_iter().collect();
    }
}

/// Puts the bounds of one parameter into a fixed order.
pub(super) fn sort_by_text(bounds: &mut Punctuated<TypeParamBound, Token![+]>) {
    let mut sorted: Vec<TypeParamBound> = bounds.iter().cloned().collect();
    sorted.sort_by_key(one_line);
    *bounds = sorted.into_iter().collect();
}

/// Takes the bounds out of generics, which are left with names alone.
pub(super) fn take(generics: &Generics, bounds: &mut Bounds) -> Generics {
    let mut bare = generics.clone();
    for parameter in &mut bare.params {
        match parameter {
            GenericParam::Type(parameter) => {
                add(
                    bounds,
                    parameter.ident.to_string(),
                    parameter.bounds.iter().map(one_line),
                );
                parameter.bounds.clear();
                parameter.colon_token = None;
            }
            GenericParam::Lifetime(parameter) => {
                add(
                    bounds,
                    one_line(&parameter.lifetime),
                    parameter.bounds.iter().map(one_line),
                );
                parameter.bounds.clear();
                parameter.colon_token = None;
            }
            GenericParam::Const(_) => {}
        }
    }
    for predicate in bare
        .where_clause
        .take()
        .into_iter()
        .flat_map(|clause| clause.predicates)
    {
        match predicate {
            WherePredicate::Type(predicate) => {
                let of = one_line(&predicate.bounded_ty);
                add(bounds, of, predicate.bounds.iter().map(one_line));
            }
            WherePredicate::Lifetime(predicate) => {
                add(
                    bounds,
                    one_line(&predicate.lifetime),
                    predicate.bounds.iter().map(one_line),
                );
            }
            other => add(bounds, one_line(&other), std::iter::empty()),
        }
    }
    bare
}

/// Takes the bounds out of an argument that is `impl Trait`; its type is then written `impl _`.
pub(super) fn argument(place: usize, argument: &FnArg, bounds: &mut Bounds) -> Option<String> {
    let FnArg::Typed(argument) = argument else {
        return None;
    };
    Some(match &*argument.ty {
        Type::ImplTrait(ty) => {
            add(bounds, format!("argument {place}"), ty.bounds.iter().map(one_line));
            "impl _".to_owned()
        }
        ty => one_line(ty),
    })
}

fn add(bounds: &mut Bounds, of: String, what: impl Iterator<Item = String>) {
    let entry = bounds.entry(of).or_default();
    entry.extend(what);
}

/// How bounds changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Same,
    /// Everything that was accepted still is.
    Loosened,
    /// Something that was accepted may not be.
    Tightened,
}

/// Compares bounds.
pub(super) fn step(old: &Bounds, new: &Bounds) -> Step {
    let empty = BTreeSet::new();
    let mut step = Step::Same;
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in names {
        let (old, new) = (old.get(name).unwrap_or(&empty), new.get(name).unwrap_or(&empty));
        let gained = new.difference(old).any(|bound| !bound.starts_with('?'));
        let lost_maybe = old.difference(new).any(|bound| bound.starts_with('?'));
        if gained || lost_maybe {
            return Step::Tightened;
        }
        if old != new {
            step = Step::Loosened;
        }
    }
    step
}
