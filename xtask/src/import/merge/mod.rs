//! Writes what the vendor's document says into ours, where the two differ, and leaves all else as it stands.
//!
//! Both documents are walked side by side from the operations on. Components are known by their use: where ours refers
//! to one of its components and the vendor's document has anything at that place, the two are the same thing under two
//! names. A component of ours that stands for things that are no longer alike is split. Since that shows only at the
//! end of a walk, the walk is repeated until no name changes any more.

mod adopt;
mod composed;
mod names;
mod operation;
mod parts;
mod reach;
mod schema;
mod security;
mod servers;
mod view;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::operations::Plan;
use view::Sides;

/// A walk that has not settled after so many rounds never will.
const ROUNDS: usize = 8;

/// Merges the vendor's document, brought down to what matters, into ours.
///
/// `reserved` are names of schemas that our overlay adds; nothing new takes one of them. With `partial`, operations
/// that the vendor's document lacks stay.
pub(super) fn merge(ours: &Value, theirs: &Value, plan: &Plan, reserved: &BTreeSet<String>, partial: bool) -> Value {
    let sides = Sides { ours, theirs };
    let mut known = Known::default();
    for _ in 0..ROUNDS {
        let mut merger = Merger {
            sides,
            plan,
            partial,
            reserved,
            known: &known,
            forms: BTreeMap::new(),
            seen: BTreeSet::new(),
            added: BTreeMap::new(),
            adopted: BTreeMap::new(),
        };
        let document = merger.document();
        let learnt = merger.learnt();
        if learnt == known {
            return document;
        }
        known = learnt;
    }
    ours.clone()
}

/// A component of ours, by section and name.
type Component = (String, String);

/// What one walk teaches the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Known {
    /// The name that a component of ours goes by where the vendor's document has the thing at this place, for components
    /// that are split.
    names: BTreeMap<(Component, String), String>,
    /// Our component for what stands at a place of the vendor's document.
    pairs: BTreeMap<String, Component>,
}

/// One form that a component of ours takes, and the places of the vendor's document that ask for it.
struct Form {
    value: Value,
    places: BTreeSet<String>,
}

struct Merger<'a> {
    sides: Sides<'a>,
    plan: &'a Plan,
    partial: bool,
    reserved: &'a BTreeSet<String>,
    known: &'a Known,
    forms: BTreeMap<Component, Vec<Form>>,
    seen: BTreeSet<(Component, String)>,
    /// New components by section and name.
    added: BTreeMap<Component, Value>,
    /// The names of new components, by their places in the vendor's document.
    adopted: BTreeMap<String, String>,
}

impl Merger<'_> {
    fn document(&mut self) -> Value {
        let ours = self.sides.ours;
        let mut document = ours.clone();
        if let Some(version) = self.sides.theirs["info"]
            .get("version")
            .filter(|version| version.is_string())
        {
            document["info"]["version"] = version.clone();
        }
        self.servers(&mut document);
        self.operations(&mut document);
        for ((section, name), forms) in &self.forms {
            for form in forms {
                let place = form.places.first().map(String::as_str).unwrap_or_default();
                let name = self.name(section, name, place);
                document["components"][section][name] = form.value.clone();
            }
        }
        for ((section, name), value) in std::mem::take(&mut self.added) {
            document["components"][section][name] = value;
        }
        reach::prune(ours, &mut document);
        document
    }

    /// Merges what stands at `place` of the vendor's document into a component of ours, and says by which name the
    /// component goes there.
    fn component(&mut self, section: &str, name: &str, theirs: &Value, place: &str) -> String {
        let component = (section.to_owned(), name.to_owned());
        if self.seen.insert((component.clone(), place.to_owned())) {
            let ours = &self.sides.ours["components"][section][name];
            let value = match section {
                "parameters" | "headers" => self.parameter(ours, theirs, place),
                "requestBodies" => self.request_body(ours, theirs, place),
                "responses" => self.response(ours, theirs, place),
                _ => self.schema(ours, theirs, place),
            };
            self.remember(component, value, place);
        }
        self.name(section, name, place)
    }

    fn remember(&mut self, component: Component, value: Value, place: &str) {
        let forms = self.forms.entry(component).or_default();
        match forms.iter_mut().find(|form| form.value == value) {
            Some(form) => {
                form.places.insert(place.to_owned());
            }
            None => forms.push(Form {
                value,
                places: BTreeSet::from([place.to_owned()]),
            }),
        }
    }

    fn name(&self, section: &str, name: &str, place: &str) -> String {
        let key = ((section.to_owned(), name.to_owned()), place.to_owned());
        self.known.names.get(&key).cloned().unwrap_or_else(|| name.to_owned())
    }

    /// Notes that a part of our document stays as it is, and so do the components that it refers to.
    fn keep(&mut self, ours: &Value) {
        for place in reach::references(ours) {
            let Some((section, name)) = reach::component(&place) else {
                continue;
            };
            let component = (section.to_owned(), name.to_owned());
            if self.seen.insert((component.clone(), "=".to_owned())) {
                let value = self.sides.ours["components"][section][name].clone();
                self.keep(&value);
                self.remember(component, value, "=");
            }
        }
    }

    /// The names of a section that nothing new may take.
    fn taken(&self, section: &str) -> BTreeSet<String> {
        let known = self.sides.ours["components"][section].as_object().into_iter().flatten();
        let mut taken: BTreeSet<String> = known.map(|(name, _)| name.clone()).collect();
        taken.extend(
            self.added
                .keys()
                .filter(|(of, _)| of == section)
                .map(|(_, name)| name.clone()),
        );
        taken.extend(
            self.known
                .names
                .iter()
                .filter(|((component, _), _)| component.0 == section)
                .map(|(_, name)| name.clone()),
        );
        if section == "schemas" {
            taken.extend(self.reserved.iter().cloned());
        }
        taken
    }

    /// What this walk has found out.
    fn learnt(&self) -> Known {
        let mut learnt = Known::default();
        let mut fresh: BTreeSet<String> = BTreeSet::new();
        for (component, forms) in &self.forms {
            let (section, name) = component;
            let ours = &self.sides.ours["components"][section][name];
            for place in forms.iter().flat_map(|form| &form.places) {
                learnt.pairs.entry(place.clone()).or_insert_with(|| component.clone());
            }
            if forms.len() < 2 {
                continue;
            }
            let stays = forms.iter().position(|form| form.value == *ours);
            let stays = stays.unwrap_or_else(|| {
                let most = forms.iter().map(|form| form.places.len()).max();
                forms
                    .iter()
                    .position(|form| Some(form.places.len()) == most)
                    .unwrap_or_default()
            });
            let known = self.sides.ours["components"][section].as_object().into_iter().flatten();
            let mut taken: BTreeSet<String> = known.map(|(name, _)| name.clone()).collect();
            taken.extend(self.reserved.iter().cloned());
            taken.extend(fresh.iter().cloned());
            for form in forms
                .iter()
                .enumerate()
                .filter(|(index, _)| *index != stays)
                .map(|(_, form)| form)
            {
                let vendor = form.places.iter().find_map(|place| Some(reach::component(place)?.1));
                let new = names::component(vendor.unwrap_or(name), &taken);
                taken.insert(new.clone());
                fresh.insert(new.clone());
                for place in &form.places {
                    learnt.names.insert((component.clone(), place.clone()), new.clone());
                }
            }
        }
        learnt
    }

    /// A reference to a component.
    fn refer(section: &str, name: &str) -> Value {
        json!({ "$ref": format!("#/components/{section}/{name}") })
    }
}
