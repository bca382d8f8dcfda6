//! Writes the facts of the vendor's document into ours and leaves everything else as it is.
//!
//! The merge walks both documents side by side, starting at the operations. Components are matched by their use: where our
//! document refers to a component, the vendor's document has the same thing at that place, whatever its name. If a
//! component of ours describes things that now differ, it is split. Since that is known only at the end of a walk, the
//! walk is repeated until the names are stable.

mod adopt;
mod composed;
mod flat;
mod keywords;
mod like;
mod operation;
mod parameters;
mod parts;
mod reach;
mod same;
mod schema;
mod security;
mod servers;

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use serde_json::{Value, json};

use crate::import::json::{component, entries, unescape};
use crate::import::names;
use crate::import::operations::Plan;
use crate::import::settings::{ABSENCE, PRESENCE, Settings};
use crate::import::translate::Translated;

use same::Documents;

pub(super) use flat::flatten;
pub(super) use keywords::is_structural;
pub(super) use operation::is_success;
pub(super) use reach::references;

/// After this many walks the names will not become stable any more.
const MAX_WALKS: usize = 8;

/// The pointer for a component that stays as it is, whatever the vendor's document has.
const UNCHANGED: &str = "=";

/// How to merge.
pub(super) struct Options<'a> {
    /// Whether to keep operations that the vendor's document lacks.
    pub(super) partial: bool,
    /// The names of schemas that our overlay adds. No new schema gets one of them.
    pub(super) reserved: &'a BTreeSet<String>,
    pub(super) settings: &'a Settings,
    /// Our components for pointers of the vendor's document, by the settings.
    pub(super) translated: &'a Translated,
    /// Path and method of the operation whose shape new operations get.
    pub(super) like: Option<(&'a str, &'a str)>,
}

/// Merges the vendor's document, which is already converted and translated, into ours.
pub(super) fn merge(ours: &Value, theirs: &Value, plan: &Plan, options: &Options<'_>) -> Value {
    let mut known = Known::default();
    for walk in 0..MAX_WALKS {
        let mut merger = Merger {
            documents: Documents { ours, theirs },
            plan,
            partial: options.partial,
            reserved: options.reserved,
            settings: options.settings,
            translated: options.translated,
            like: options.like,
            known: &known,
            is_first: walk == 0,
            variants: BTreeMap::new(),
            seen: BTreeSet::new(),
            added: BTreeMap::new(),
            adopted: BTreeMap::new(),
        };
        let document = merger.document();
        let learned = merger.learned();
        // The first walk does not know yet which components are in use.
        if learned == known && walk > 0 {
            return document;
        }
        known = learned;
    }
    ours.clone()
}

/// The section and the name of a component of ours.
type Component = (String, String);

/// What one walk finds out for the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Known {
    /// For a component of ours that is split: the name of the new component for a pointer of the vendor's document.
    names: BTreeMap<(Component, String), String>,
    /// Our component for a pointer of the vendor's document.
    pairs: BTreeMap<String, Component>,
}

/// One state that a component of ours should have, and the pointers of the vendor's document that require it.
struct Variant {
    value: Value,
    pointers: BTreeSet<String>,
}

struct Merger<'a> {
    documents: Documents<'a>,
    plan: &'a Plan,
    partial: bool,
    reserved: &'a BTreeSet<String>,
    settings: &'a Settings,
    translated: &'a Translated,
    like: Option<(&'a str, &'a str)>,
    known: &'a Known,
    /// Whether this is the first walk, so that nothing is known.
    is_first: bool,
    variants: BTreeMap<Component, Vec<Variant>>,
    seen: BTreeSet<(Component, String)>,
    /// New components.
    added: BTreeMap<Component, Value>,
    /// The names of new schemas, by their pointers in the vendor's document.
    adopted: BTreeMap<String, String>,
}

impl<'a> Merger<'a> {
    fn document(&mut self) -> Value {
        let ours = self.documents.ours;
        let mut document = ours.clone();
        let version = &self.documents.theirs["info"]["version"];
        if version.is_string() {
            document["info"]["version"] = version.clone();
        }
        self.servers(&mut document);
        self.operations(&mut document);
        for ((section, name), variants) in &self.variants {
            for variant in variants {
                let pointer = variant.pointers.first().map(String::as_str).unwrap_or_default();
                document["components"][section][self.name(section, name, pointer)] = variant.value.clone();
            }
        }
        for ((section, name), value) in mem::take(&mut self.added) {
            document["components"][section][name] = value;
        }
        reach::prune(ours, &mut document);
        document
    }

    /// Merges the value at `pointer` of the vendor's document into a component of ours, and returns the name of the
    /// component for that pointer.
    fn component(&mut self, section: &str, name: &str, theirs: &Value, pointer: &str) -> String {
        let component = (section.to_owned(), name.to_owned());
        if self.seen.insert((component.clone(), pointer.to_owned())) {
            let ours = &self.documents.ours["components"][section][name];
            let value = self.merge_value(section, ours, theirs, pointer);
            self.remember(component, value, pointer);
        }
        self.name(section, name, pointer)
    }

    /// Merges a value that can be a component of `section`.
    fn merge_value(&mut self, section: &str, ours: &Value, theirs: &Value, at: &str) -> Value {
        match section {
            "parameters" | "headers" => self.parameter(ours, theirs, at),
            "requestBodies" => self.request_body(ours, theirs, at),
            "responses" => self.response(ours, theirs, at),
            _ => self.schema(ours, theirs, at),
        }
    }

    fn remember(&mut self, component: Component, value: Value, pointer: &str) {
        let variants = self.variants.entry(component).or_default();
        match variants.iter_mut().find(|variant| variant.value == value) {
            Some(variant) => {
                variant.pointers.insert(pointer.to_owned());
            }
            None => variants.push(Variant {
                value,
                pointers: BTreeSet::from([pointer.to_owned()]),
            }),
        }
    }

    /// The name of a component of ours for a pointer of the vendor's document.
    fn name(&self, section: &str, name: &str, pointer: &str) -> String {
        let key = ((section.to_owned(), name.to_owned()), pointer.to_owned());
        self.known.names.get(&key).cloned().unwrap_or_else(|| name.to_owned())
    }

    /// Keeps a part of our document as it is, with the components that it refers to.
    fn keep(&mut self, ours: &Value) {
        for pointer in reach::references(ours) {
            let Some((section, name)) = component(&pointer) else {
                continue;
            };
            let component = (section.to_owned(), name.to_owned());
            if self.seen.insert((component.clone(), UNCHANGED.to_owned())) {
                let value = self.documents.ours["components"][section][name].clone();
                self.keep(&value);
                self.remember(component, value, UNCHANGED);
            }
        }
    }

    /// Whether operations stay that the vendor's document lacks. Nothing that they share with others may change then.
    fn keeps_others(&self) -> bool {
        self.partial && !self.plan.missing.is_empty()
    }

    /// Whether a parameter or a property of ours stays although the vendor's document lacks it.
    fn keeps_presence(&self, of: &str, name: &str) -> bool {
        self.settings.keeps(of, name, PRESENCE)
    }

    /// Whether a parameter or a property of the vendor's is not added.
    fn keeps_absence(&self, of: &str, name: &str) -> bool {
        self.settings.keeps(of, name, ABSENCE)
    }

    /// The components of one section of our document.
    fn our_components(&self, section: &str) -> impl Iterator<Item = (&'a String, &'a Value)> + use<'a> {
        entries(&self.documents.ours["components"][section])
    }

    /// The names of a section that no new component may have.
    fn taken(&self, section: &str) -> BTreeSet<String> {
        let ours = self.our_components(section).map(|(name, _)| name);
        let added = self.added.keys().filter(|(of, _)| of == section).map(|(_, name)| name);
        let split = self.known.names.iter().filter(|(((of, _), _), _)| of == section);
        let split = split.map(|(_, name)| name);
        let mut taken: BTreeSet<String> = ours.chain(added).chain(split).cloned().collect();
        if section == "schemas" {
            taken.extend(self.reserved.iter().cloned());
        }
        taken
    }

    /// What this walk found out.
    fn learned(&self) -> Known {
        let mut learned = Known::default();
        let mut new_names: BTreeSet<String> = BTreeSet::new();
        for (of, variants) in &self.variants {
            let (section, name) = of;
            for pointer in variants.iter().flat_map(|variant| &variant.pointers) {
                learned.pairs.entry(pointer.clone()).or_insert_with(|| of.clone());
            }
            if variants.len() < 2 {
                continue;
            }
            // The present state keeps the name, or else the one with the same name in the vendor's document, or else the
            // state that is required most often.
            let ours = &self.documents.ours["components"][section][name];
            let most = variants.iter().map(|variant| variant.pointers.len()).max();
            let keeps_name = variants
                .iter()
                .position(|variant| variant.value == *ours)
                .or_else(|| {
                    variants
                        .iter()
                        .position(|variant| variant.pointers.iter().any(|at| is_named(at, name)))
                })
                .or_else(|| variants.iter().position(|variant| Some(variant.pointers.len()) == most));
            let ours = self.our_components(section).map(|(name, _)| name);
            let mut taken: BTreeSet<String> = ours.chain(self.reserved).chain(&new_names).cloned().collect();
            for (index, variant) in variants.iter().enumerate() {
                if Some(index) == keeps_name {
                    continue;
                }
                let vendor = variant.pointers.iter().find_map(|pointer| Some(component(pointer)?.1));
                let new = names::component(vendor.unwrap_or(name), &taken);
                taken.insert(new.clone());
                new_names.insert(new.clone());
                for pointer in &variant.pointers {
                    learned.names.insert((of.clone(), pointer.clone()), new.clone());
                }
            }
        }
        learned
    }

    /// A reference to a component.
    fn refer(section: &str, name: &str) -> Value {
        json!({ "$ref": format!("#/components/{section}/{name}") })
    }
}

/// Whether a pointer of the vendor's document leads to a component whose name is `ours` in our style.
fn is_named(pointer: &str, ours: &str) -> bool {
    component(pointer).is_some_and(|(_, name)| names::pascal(&unescape(name)) == ours)
}
