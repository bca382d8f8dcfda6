//! Schemas.

use serde_json::{Map, Value, json};

use super::view::{self, FROM_PROSE, all_from_prose, enumerated, equal, from_prose, says_nothing, structural};
use super::{Merger, reach};

/// Keywords that say something about the place where a component is used rather than about the component.
const OF_THE_PLACE: [&str; 5] = ["nullable", "default", "deprecated", "readOnly", "writeOnly"];

impl Merger<'_> {
    /// Merges a schema, wherever it stands.
    pub(super) fn schema(&mut self, ours: &Value, theirs: &Value, at: &str) -> Value {
        match view::slot(ours) {
            Some((place, beside)) => match reach::component(place) {
                Some(("schemas", name)) => self.at_reference(ours, name, &beside, theirs, at),
                _ => ours.clone(),
            },
            None => self.inline(ours, theirs, at),
        }
    }

    /// Ours refers to a component.
    fn at_reference(
        &mut self,
        ours: &Value,
        name: &str,
        beside: &Map<String, Value>,
        theirs: &Value,
        at: &str,
    ) -> Value {
        let (target, place, their_beside) = match view::slot(theirs) {
            Some((place, beside)) => {
                let reference = json!({ "$ref": format!("#{place}") });
                let (target, place) = view::resolve(self.sides.theirs, &reference, at);
                (target.clone(), place, beside)
            }
            None => {
                // What an inline schema says about the place stays there unless the component says it.
                let component = view::facts(self.sides.ours, &self.sides.ours["components"]["schemas"][name]);
                let mut target = theirs.as_object().cloned().unwrap_or_default();
                let mut beside = Map::new();
                for key in OF_THE_PLACE {
                    if !component.contains_key(key)
                        && let Some(value) = target.remove(key)
                    {
                        beside.insert(key.to_owned(), value);
                    }
                }
                (Value::Object(target), at.to_owned(), beside)
            }
        };
        let new = self.component("schemas", name, &target, &place);
        let mut merged = beside.clone();
        self.keywords(&mut merged, &Value::Object(beside.clone()), &their_beside, at);
        if merged == *beside && new == name {
            return ours.clone();
        }
        let reference = Self::refer("schemas", &new);
        if merged.is_empty() {
            return reference;
        }
        merged.insert("allOf".to_owned(), json!([reference]));
        Value::Object(merged)
    }

    fn inline(&mut self, ours: &Value, theirs: &Value, at: &str) -> Value {
        let composed = ours.get("allOf").is_some();
        if composed && self.sides.same(ours, theirs) {
            self.keep(ours);
            return ours.clone();
        }
        if composed && let Some(merged) = self.composed(ours, theirs, at) {
            return merged;
        }
        let (theirs, at) = view::resolve(self.sides.theirs, theirs, at);
        let both = |schema: &Value| schema["allOf"].as_array().map_or(0, Vec::len);
        let (ours, theirs) = if both(ours) == both(theirs) {
            (ours.clone(), theirs.as_object().cloned().unwrap_or_default())
        } else if composed {
            (
                Value::Object(view::flat(self.sides.ours, ours)),
                view::flat(self.sides.theirs, theirs),
            )
        } else {
            (ours.clone(), view::flat(self.sides.theirs, theirs))
        };
        let mut merged = ours.as_object().cloned().unwrap_or_default();
        self.keywords(&mut merged, &ours, &theirs, &at);
        Value::Object(merged)
    }

    /// Merges keyword by keyword.
    pub(super) fn keywords(
        &mut self,
        merged: &mut Map<String, Value>,
        ours: &Value,
        theirs: &Map<String, Value>,
        at: &str,
    ) {
        let gone: Vec<String> = ours
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(key, value)| {
                let implied = *key == "type" && **value == json!("object") && theirs.contains_key("properties");
                let stays = theirs.contains_key(*key) || says_nothing(key, value) || from_prose(ours, key) || implied;
                structural(key) && !stays
            })
            .map(|(key, _)| key.clone())
            .collect();
        for key in gone {
            merged.remove(&key);
        }
        for (key, value) in theirs.iter().filter(|(key, _)| structural(key)) {
            let at = format!("{at}/{key}");
            let known = ours.get(key);
            let new = match (key.as_str(), known) {
                ("properties", Some(known)) => self.properties(known, value, &at),
                ("required", _) => required(known, value),
                ("enum", _) => {
                    enumeration(merged, ours, theirs);
                    continue;
                }
                ("items" | "not", Some(known)) => self.schema(known, value, &at),
                ("additionalProperties", Some(known)) if known.is_object() && value.is_object() => {
                    self.schema(known, value, &at)
                }
                ("oneOf" | "anyOf" | "allOf", Some(known)) => self.members(known, value, &at),
                ("discriminator", Some(known)) if known["propertyName"] == value["propertyName"] => known.clone(),
                (_, Some(known)) if equal(known, value) => known.clone(),
                (key, None) if says_nothing(key, value) => continue,
                ("type", None) if *value == json!("object") && ours.get("properties").is_some() => continue,
                _ => self.adopt_keyword(key, value),
            };
            if key == "required" && new == json!([]) && known.is_none() {
                continue;
            }
            merged.insert(key.clone(), new);
        }
        if merged.get("required") == Some(&json!([])) && ours.get("required") != Some(&json!([])) {
            merged.remove("required");
        }
    }

    fn properties(&mut self, ours: &Value, theirs: &Value, at: &str) -> Value {
        let (Some(ours), Some(theirs)) = (ours.as_object(), theirs.as_object()) else {
            return ours.clone();
        };
        let mut merged = ours.clone();
        for (name, known) in ours {
            match theirs.get(name) {
                Some(schema) => {
                    merged.insert(name.clone(), self.schema(known, schema, &format!("{at}/{name}")));
                }
                None if all_from_prose(known) => self.keep(known),
                None => {
                    merged.remove(name);
                }
            }
        }
        for (name, schema) in theirs.iter().filter(|(name, _)| !ours.contains_key(*name)) {
            merged.insert(name.clone(), self.adopt_described(schema));
        }
        Value::Object(merged)
    }

    /// Alternatives, matched by what they say and otherwise by their order.
    fn members(&mut self, ours: &Value, theirs: &Value, at: &str) -> Value {
        let mut left: Vec<(usize, &Value)> = ours.as_array().into_iter().flatten().enumerate().collect();
        let theirs: Vec<&Value> = theirs.as_array().into_iter().flatten().collect();
        let mut matched: Vec<(usize, Value)> = Vec::new();
        let mut open = Vec::new();
        for (index, schema) in theirs.into_iter().enumerate() {
            let at = format!("{at}/{index}");
            match left.iter().position(|(_, known)| self.sides.same(known, schema)) {
                Some(found) => {
                    let (place, known) = left.remove(found);
                    matched.push((place, self.schema(known, schema, &at)));
                }
                None => open.push((schema, at)),
            }
        }
        let mut new = Vec::new();
        for (schema, at) in open {
            if left.is_empty() {
                new.push(self.adopt(schema));
            } else {
                let (place, known) = left.remove(0);
                matched.push((place, self.schema(known, schema, &at)));
            }
        }
        matched.sort_by_key(|(place, _)| *place);
        matched.into_iter().map(|(_, schema)| schema).chain(new).collect()
    }
}

/// Our order for what stays, new names at the end.
fn required(ours: Option<&Value>, theirs: &Value) -> Value {
    let theirs = theirs.as_array().map(Vec::as_slice).unwrap_or_default();
    let ours = ours.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let stays = ours.iter().filter(|name| theirs.contains(name));
    let new = theirs.iter().filter(|name| !ours.contains(name));
    stays.chain(new).cloned().collect()
}

/// Merges the values of an enumeration and the descriptions of the values.
fn enumeration(merged: &mut Map<String, Value>, ours: &Value, theirs: &Map<String, Value>) {
    let known = ours.as_object().cloned().unwrap_or_default();
    if enumerated(&known) == enumerated(theirs) && known.contains_key("enum") {
        return;
    }
    merged.insert("enum".to_owned(), required(known.get("enum"), &theirs["enum"]));
    if let Some(Value::Object(described)) = merged.get_mut("x-enum-descriptions") {
        let values: Vec<&str> = theirs["enum"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        described.retain(|value, _| values.contains(&value.as_str()));
        for value in values {
            described.entry(value).or_insert_with(|| json!(""));
        }
    }
}

/// Whether a value of ours stays although the vendor's document lacks it.
pub(super) fn stays(ours: &Value, holder: &Value, key: &str) -> bool {
    all_from_prose(ours) || from_prose(holder, key) || holder.get(FROM_PROSE) == Some(&json!(true))
}
