//! What two surfaces differ by, and what each difference means to code outside, by the rules that cargo's book gives for
//! semantic versioning. What they leave open, or what would take a compiler to tell, counts as breaking.

use account_provisioning_wire_diff::Level;

use super::Surface;
use super::bounds::{Step, step};
use super::facts::{Fact, Facts, Shape, Signature};
use crate::facts::RustFact;

/// A difference in words, with what it means.
type Verdict = (Level, String);

/// Compares two surfaces of one crate. An added or removed type is one fact, whatever it contains; so is a module.
pub(crate) fn compare(before: &Surface, after: &Surface) -> Vec<RustFact> {
    let mut found = Vec::new();
    let fact = |(level, change): Verdict, old: Option<&Fact>, new: Option<&Fact>| {
        let item = new.or(old).map_or("", |fact| &fact.item);
        RustFact {
            level,
            package: after.package.clone(),
            item: after.readable(item),
            change,
            before: old.map(|old| before.readable(&line_of(old, new))),
            after: new.map(|new| after.readable(&line_of(new, old))),
        }
    };
    for (key, old) in &before.facts {
        match after.facts.get(key) {
            // What is no longer named, or newly, follows from other facts.
            None if matches!(old.shape, Shape::Requirement(_)) => {}
            None if !is_inside(key, old, &before.facts, &after.facts) => {
                found.push(fact((Level::Breaking, "removed".to_owned()), Some(old), None));
            }
            Some(new) if new != old => {
                if let Some(verdict) = changed(old, new) {
                    found.push(fact(verdict, Some(old), Some(new)));
                }
            }
            _ => {}
        }
    }
    for (key, new) in &after.facts {
        let follows = matches!(new.shape, Shape::Requirement(_));
        if !follows && !before.facts.contains_key(key) && !is_inside(key, new, &after.facts, &before.facts) {
            found.push(fact(added(new, &before.facts), None, Some(new)));
        }
    }
    found.sort_by(|a, b| (&a.item, &a.change).cmp(&(&b.item, &b.change)));
    found
}

/// What to show of a fact: with the conditions, where these differ.
fn line_of(fact: &Fact, other: Option<&Fact>) -> String {
    if other.is_some_and(|other| other.cfg != fact.cfg) && !fact.cfg.is_empty() {
        let cfg: Vec<&str> = fact.cfg.iter().map(String::as_str).collect();
        return format!("#[cfg({})] {}", cfg.join(", "), fact.text);
    }
    fact.text.clone()
}

/// Whether a fact is part of something that as a whole is only on its side.
fn is_inside(key: &str, fact: &Fact, own: &Facts, other: &Facts) -> bool {
    let only_here = |key: &str| own.contains_key(key) && !other.contains_key(key);
    if let Some(owner) = &fact.owner {
        for kind in ["type", "trait"] {
            let of = format!("{kind} {owner}");
            if of != key && only_here(&of) {
                return true;
            }
        }
    }
    let mut module = fact.section.as_str();
    while !module.is_empty() {
        let of = format!("mod {module}");
        if of != key && only_here(&of) {
            return true;
        }
        module = module.rsplit_once("::").map_or("", |(above, _)| above);
    }
    false
}

fn breaking(change: &str) -> Verdict {
    (Level::Breaking, change.to_owned())
}

fn compatible(change: &str) -> Verdict {
    (Level::Compatible, change.to_owned())
}

fn added(new: &Fact, before: &Facts) -> Verdict {
    match &new.shape {
        // Code outside may have named all fields or variants that there were.
        Shape::Member => {
            let owner = new
                .owner
                .as_deref()
                .and_then(|owner| before.get(&format!("type {owner}")));
            match owner.map(|owner| &owner.shape) {
                Some(Shape::Type { exhaustive: true, .. }) => {
                    breaking("added to a type that is not `#[non_exhaustive]`")
                }
                _ => compatible("added"),
            }
        }
        Shape::TraitItem {
            required: true,
            sealed: false,
            ..
        } => breaking("added without a default to a trait that can be implemented outside"),
        Shape::Implementation { blanket: true, .. } => breaking("added for every type, which may have its own"),
        _ => compatible("added"),
    }
}

fn changed(old: &Fact, new: &Fact) -> Option<Verdict> {
    let mut verdicts = Vec::new();
    if old.cfg != new.cfg {
        verdicts.push(if new.cfg.is_subset(&old.cfg) {
            compatible("needs fewer features")
        } else {
            breaking("needs another feature")
        });
    }
    for mark in new.marks.difference(&old.marks) {
        verdicts.push(compatible(match *mark {
            "must_use" => "the compiler warns if the result is not used",
            mark => mark,
        }));
    }
    for mark in old.marks.difference(&new.marks) {
        verdicts.push((Level::Docs, format!("no longer `{mark}`")));
    }
    // What surrounds a fact is a fact of its own, or part of the shape.
    if (&old.text, &old.shape) != (&new.text, &new.shape) {
        verdicts.extend(changed_shape(old, new));
    }
    let level = verdicts.iter().map(|(level, _)| *level).max()?;
    let words: Vec<String> = verdicts.into_iter().map(|(_, words)| words).collect();
    Some((level, words.join(", ")))
}

fn changed_shape(old: &Fact, new: &Fact) -> Vec<Verdict> {
    match (&old.shape, &new.shape) {
        (Shape::Function(old), Shape::Function(new)) => changed_signature(old, new),
        (
            Shape::Type {
                bare,
                bounds,
                exhaustive,
            },
            Shape::Type {
                bare: new_bare,
                bounds: new_bounds,
                exhaustive: new_exhaustive,
            },
        ) => {
            let mut verdicts = Vec::new();
            if bare != new_bare {
                verdicts.push(breaking("changed"));
            }
            verdicts.extend(bound_step(step(bounds, new_bounds)));
            match (exhaustive, new_exhaustive) {
                (true, false) => verdicts.push(breaking("can no longer be built or matched in full")),
                (false, true) => verdicts.push(compatible("can be built or matched in full")),
                _ => {}
            }
            verdicts
        }
        (
            Shape::Implementation { bare, bounds, .. },
            Shape::Implementation {
                bare: new_bare,
                bounds: new_bounds,
                ..
            },
        ) => {
            if bare == new_bare {
                bound_step(step(bounds, new_bounds)).into_iter().collect()
            } else {
                vec![breaking("changed")]
            }
        }
        (
            Shape::TraitItem {
                required, signature, ..
            },
            Shape::TraitItem {
                required: new_required,
                sealed,
                signature: new_signature,
            },
        ) => changed_trait_item(
            (*required, signature, &old.text),
            (*new_required, new_signature, &new.text),
            *sealed,
        ),
        (Shape::Feature(old), Shape::Feature(new)) => changed_feature(old, new),
        (Shape::Requirement(old), Shape::Requirement(new)) if old != new => {
            vec![breaking("moved to an incompatible version")]
        }
        (Shape::Requirement(_), Shape::Requirement(_)) => vec![compatible("version changed")],
        (Shape::Trait { .. }, Shape::Trait { sealed }) if old.text == new.text && *sealed => {
            vec![breaking("can no longer be implemented outside")]
        }
        (Shape::Trait { .. }, Shape::Trait { .. }) if old.text == new.text => {
            vec![compatible("can be implemented outside")]
        }
        (Shape::Member, Shape::Member) => vec![breaking("type changed")],
        _ => vec![breaking("changed")],
    }
}

fn bound_step(step: Step) -> Option<Verdict> {
    match step {
        Step::Same => None,
        Step::Loosened => Some(compatible("bound loosened")),
        Step::Tightened => Some(breaking("bound tightened")),
    }
}

/// Words about parameters, with their names.
fn named(words: &str, names: &[String]) -> String {
    let names: Vec<String> = names
        .iter()
        .filter(|name| *name != "_")
        .map(|name| format!("`{name}`"))
        .collect();
    if names.is_empty() {
        return words.to_owned();
    }
    format!("{words}: {}", names.join(", "))
}

/// The parameters that only one of two signatures has.
fn lone(one: &Signature, other: &Signature) -> Vec<String> {
    let lone = one.names.iter().filter(|name| !other.names.contains(name));
    lone.cloned().collect()
}

fn changed_signature(old: &Signature, new: &Signature) -> Vec<Verdict> {
    let names_at = |place: usize| new.names.get(place).cloned().unwrap_or_else(|| "_".to_owned());
    let mut verdicts = Vec::new();
    if old.qualifiers != new.qualifiers {
        verdicts.push(breaking("`async`, `unsafe` or ABI changed"));
    }
    match (old.constant, new.constant) {
        (true, false) => verdicts.push(breaking("no longer `const`")),
        (false, true) => verdicts.push(compatible("made `const`")),
        _ => {}
    }
    if old.receiver != new.receiver {
        verdicts.push(breaking("receiver changed"));
    }
    if old.generics != new.generics {
        verdicts.push(breaking("type parameters changed"));
    }
    match new.arguments.len().cmp(&old.arguments.len()) {
        std::cmp::Ordering::Greater => verdicts.push(breaking(&named("parameter added", &lone(new, old)))),
        std::cmp::Ordering::Less => verdicts.push(breaking(&named("parameter removed", &lone(old, new)))),
        std::cmp::Ordering::Equal => {}
    }
    let mut bounds = (old.bounds.clone(), new.bounds.clone());
    if old.arguments.len() == new.arguments.len() {
        let shift = usize::from(new.receiver.is_some());
        let mut other = Vec::new();
        let mut wider = Vec::new();
        for (place, (was, is)) in old.arguments.iter().zip(&new.arguments).enumerate() {
            if was == is {
                continue;
            }
            let name = format!("argument {}", place + shift);
            let takes_the_same = is == "impl _"
                && new
                    .bounds
                    .get(&name)
                    .is_some_and(|bounds| bounds.len() == 1 && bounds.contains(&format!("Into<{was}>")));
            if takes_the_same {
                wider.push(names_at(place));
                bounds.1.remove(&name);
            } else {
                other.push(names_at(place));
                bounds.0.remove(&name);
                bounds.1.remove(&name);
            }
        }
        if !other.is_empty() {
            verdicts.push(breaking(&named("parameter type changed", &other)));
        } else if !wider.is_empty() {
            verdicts.push(compatible(&named("parameter takes more types", &wider)));
        }
    }
    if old.output != new.output {
        verdicts.push(breaking("return type changed"));
    }
    // With other parameters, their bounds are no separate news.
    if old.arguments.len() == new.arguments.len() && old.generics == new.generics {
        verdicts.extend(bound_step(step(&bounds.0, &bounds.1)));
    }
    if verdicts.is_empty() {
        let renamed = old.names.iter().zip(&new.names).filter(|(was, is)| was != is);
        let renamed: Vec<String> = renamed.map(|(was, is)| format!("{was} to {is}")).collect();
        verdicts.push((Level::Docs, named("parameter renamed", &renamed)));
    }
    verdicts
}

type TraitItem<'a> = (bool, &'a Option<Signature>, &'a str);

fn changed_trait_item(old: TraitItem<'_>, new: TraitItem<'_>, sealed: bool) -> Vec<Verdict> {
    let without_default = |text: &str| text.trim_end_matches(" { .. }").to_owned();
    let mut verdicts = Vec::new();
    if without_default(old.2) != without_default(new.2) {
        verdicts.extend(match (old.1, new.1) {
            // Bounds are loosened for callers and tightened for implementations, which only a sealed trait has none of.
            (Some(was), Some(is)) if sealed => changed_signature(was, is),
            (Some(was), Some(is)) => changed_signature(was, is)
                .into_iter()
                .map(|(level, words)| (if level == Level::Docs { level } else { Level::Breaking }, words))
                .collect(),
            _ => vec![breaking("changed")],
        });
    }
    match (old.0, new.0) {
        (true, false) => verdicts.push(compatible("default added")),
        (false, true) if sealed => verdicts.push(compatible("default removed")),
        (false, true) => verdicts.push(breaking("default removed")),
        _ => {}
    }
    verdicts
}

fn changed_feature(old: &std::collections::BTreeSet<String>, new: &std::collections::BTreeSet<String>) -> Vec<Verdict> {
    // What an optional dependency is called is nobody's business; a feature that was turned on is.
    if old.difference(new).any(|one| !one.starts_with("dep:")) {
        vec![breaking("turns on less")]
    } else {
        vec![compatible("turned-on features changed")]
    }
}
