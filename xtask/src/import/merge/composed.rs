//! Schemas of ours that are composed by `allOf`. Which part has a fact is our choice, so the vendor's facts go to the parts
//! that have them now.

use serde_json::{Map, Value, json};

use crate::import::json::{items, object};
use crate::import::merge::Merger;
use crate::import::merge::flat::flatten;
use crate::import::merge::keywords::is_structural;

impl Merger<'_> {
    /// Merges part by part. Returns `None` if one of the schemas cannot be flattened.
    pub(super) fn composed(&mut self, ours: &Value, theirs: &Value, at: &str) -> Option<Value> {
        let documents = self.documents;
        let members = ours["allOf"].as_array()?;
        let mut own = object(ours);
        own.remove("allOf");
        let facts = flatten(documents.theirs, theirs);
        let mut parts: Vec<Map<String, Value>> = members.iter().map(|member| flatten(documents.ours, member)).collect();
        let has_choice =
            |schema: &Map<String, Value>| ["allOf", "anyOf", "oneOf"].iter().any(|key| schema.contains_key(*key));
        if has_choice(&facts) || parts.iter().any(has_choice) {
            return None;
        }
        // New facts go to the last inline part, or to the schema itself.
        let default = members
            .iter()
            .rposition(|member| member.get("$ref").is_none())
            .unwrap_or(members.len());
        parts.push(own.clone());
        let mut facts = distribute(&facts, &parts, default);
        let own_facts = facts.pop()?;
        let mut merged = self.keywords(&own, &own_facts, at);
        let theirs: Vec<&Value> = items(&theirs["allOf"]).collect();
        let members = members.iter().zip(facts).enumerate().map(|(index, (member, facts))| {
            // A part that the vendor's document has too is matched with it.
            match theirs.iter().position(|part| documents.same_schema(member, part)) {
                Some(same) => self.schema(member, theirs[same], &format!("{at}/allOf/{same}")),
                None => self.schema(member, &Value::Object(facts), &format!("{at}#{index}")),
            }
        });
        let members: Value = members.collect();
        merged.insert("allOf".to_owned(), members);
        Some(Value::Object(merged))
    }
}

/// Gives each fact to every part that has it, or to the part with the index `default`.
fn distribute(facts: &Map<String, Value>, parts: &[Map<String, Value>], default: usize) -> Vec<Map<String, Value>> {
    let mut distributed: Vec<Map<String, Value>> = vec![Map::new(); parts.len()];
    let with = |has: &dyn Fn(&Map<String, Value>) -> bool| -> Vec<usize> {
        (0..parts.len()).filter(|index| has(&parts[*index])).collect()
    };
    let or_default = |found: Vec<usize>| if found.is_empty() { vec![default] } else { found };
    let has_property = |part: &Map<String, Value>, name: &str| {
        let properties = part.get("properties");
        properties.is_some_and(|properties| properties.get(name).is_some())
    };
    for (key, value) in facts.iter().filter(|(key, _)| is_structural(key)) {
        match (key.as_str(), value) {
            ("properties", Value::Object(properties)) => {
                for (name, schema) in properties {
                    for index in or_default(with(&|part| has_property(part, name))) {
                        distributed[index].entry("properties").or_insert_with(|| json!({}))[name] = schema.clone();
                    }
                }
            }
            ("required", Value::Array(names)) => {
                for name in names {
                    let requires = |part: &Map<String, Value>| {
                        let mut required = part.get("required").into_iter().flat_map(items);
                        required.any(|known| known == name)
                    };
                    let mut found = with(&requires);
                    if found.is_empty() {
                        found = or_default(with(&|part| has_property(part, name.as_str().unwrap_or_default())));
                        found.truncate(1);
                    }
                    for index in found {
                        let required = distributed[index].entry("required").or_insert_with(|| json!([]));
                        if let Value::Array(required) = required {
                            required.push(name.clone());
                        }
                    }
                }
            }
            (key, value) => {
                let found = with(&|part| part.contains_key(key));
                for index in if key == "type" { found } else { or_default(found) } {
                    distributed[index].insert(key.to_owned(), value.clone());
                }
            }
        }
    }
    distributed
}
