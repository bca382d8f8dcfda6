//! Schemas of ours that `allOf` puts together. Which part says what is our choice, so the vendor's facts are dealt out
//! to the parts that have them now.

use serde_json::{Map, Value, json};

use super::Merger;
use super::view::{flat, structural};

impl Merger<'_> {
    /// Merges part by part; `None` when one of the two cannot be looked at in one piece.
    pub(super) fn composed(&mut self, ours: &Value, theirs: &Value, at: &str) -> Option<Value> {
        let sides = self.sides;
        let members = ours["allOf"].as_array()?;
        let mut own = ours.as_object()?.clone();
        own.remove("allOf");
        let facts = flat(sides.theirs, theirs);
        let mut parts: Vec<Map<String, Value>> = members.iter().map(|member| flat(sides.ours, member)).collect();
        let open =
            |schema: &Map<String, Value>| ["allOf", "anyOf", "oneOf"].iter().any(|key| schema.contains_key(*key));
        if open(&facts) || parts.iter().any(open) {
            return None;
        }
        // What is new goes to the last part that stands here, or beside the parts.
        let home = members
            .iter()
            .rposition(|member| member.get("$ref").is_none())
            .unwrap_or(members.len());
        parts.push(own.clone());
        let mut dealt = deal(&facts, &parts, home);
        let own_facts = dealt.pop()?;
        let mut merged = own.clone();
        self.keywords(&mut merged, &Value::Object(own), &own_facts, at);
        let theirs: Vec<&Value> = theirs["allOf"].as_array().into_iter().flatten().collect();
        let members = members.iter().zip(dealt).enumerate().map(|(index, (member, facts))| {
            // A part that the vendor's document has too is known by its name from now on.
            match theirs.iter().position(|part| sides.same(member, part)) {
                Some(twin) => self.schema(member, theirs[twin], &format!("{at}/allOf/{twin}")),
                None => self.schema(member, &Value::Object(facts), &format!("{at}#{index}")),
            }
        });
        let members: Value = members.collect();
        merged.insert("allOf".to_owned(), members);
        Some(Value::Object(merged))
    }
}

/// Gives each fact to every part that has it, or to `home`.
fn deal(facts: &Map<String, Value>, parts: &[Map<String, Value>], home: usize) -> Vec<Map<String, Value>> {
    let mut dealt: Vec<Map<String, Value>> = vec![Map::new(); parts.len()];
    let holders = |has: &dyn Fn(&Map<String, Value>) -> bool| -> Vec<usize> {
        let found: Vec<usize> = (0..parts.len()).filter(|index| has(&parts[*index])).collect();
        if found.is_empty() { vec![home] } else { found }
    };
    let property =
        |part: &Map<String, Value>, name: &str| part.get("properties").is_some_and(|all| all.get(name).is_some());
    for (key, value) in facts.iter().filter(|(key, _)| structural(key)) {
        match (key.as_str(), value) {
            ("properties", Value::Object(properties)) => {
                for (name, schema) in properties {
                    for index in holders(&|part| property(part, name)) {
                        let all = dealt[index].entry("properties").or_insert_with(|| json!({}));
                        all[name] = schema.clone();
                    }
                }
            }
            ("required", Value::Array(names)) => {
                for name in names {
                    let requires = |part: &Map<String, Value>| {
                        part.get("required")
                            .and_then(Value::as_array)
                            .is_some_and(|all| all.contains(name))
                    };
                    let mut at = holders(&requires);
                    if !parts.iter().any(requires) {
                        at = holders(&|part| property(part, name.as_str().unwrap_or_default()));
                        at.truncate(1);
                    }
                    for index in at {
                        let all = dealt[index].entry("required").or_insert_with(|| json!([]));
                        if let Value::Array(all) = all {
                            all.push(name.clone());
                        }
                    }
                }
            }
            ("type", _) => {
                for index in (0..parts.len()).filter(|index| parts[*index].contains_key("type")) {
                    dealt[index].insert(key.clone(), value.clone());
                }
            }
            _ => {
                for index in holders(&|part| part.contains_key(key)) {
                    dealt[index].insert(key.clone(), value.clone());
                }
            }
        }
    }
    dealt
}
