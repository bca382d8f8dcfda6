//! Gives every inline object a name: the body of an operation becomes `<Operation>Request` or `<Operation>Response`,
//! an object inside a component `<Component><Property>`.

use serde_json::{Map, Value, json};

use super::alternatives;
use super::places::{self, Way};
use crate::{Error, Problem, names, schema};

pub(super) fn run(document: &mut Value) -> Result<(), Error> {
    let taken = document["components"]["schemas"]
        .as_object()
        .cloned()
        .unwrap_or_default();
    let mut hoister = Hoister {
        components: Value::Object(taken.clone()),
        taken,
        new: Map::new(),
        problems: Vec::new(),
    };
    places::each(document, |place| {
        let suffix = match (place.parameter, place.way) {
            (Some(parameter), _) => names::pascal(parameter),
            (None, Way::Request) => "Request".to_owned(),
            (None, Way::Response) => "Response".to_owned(),
        };
        let name = format!("{}{suffix}", names::pascal(place.operation));
        hoister.visit(place.schema, &name, &place.pointer);
    });
    if let Some(components) = places::components_mut(document) {
        for name in places::sorted(components) {
            let at = crate::pointer::join_all("", &["components", "schemas", &name]);
            hoister.inside(&mut components[&name], &name, &at);
        }
        components.extend(hoister.new);
    }
    Error::from_problems(hoister.problems)
}

struct Hoister {
    components: Value,
    taken: Map<String, Value>,
    new: Map<String, Value>,
    problems: Vec<Problem>,
}

impl Hoister {
    /// Makes the object in a slot a component, if it needs a name.
    fn visit(&mut self, slot: &mut Value, name: &str, at: &str) {
        self.inside(slot, name, at);
        let object = slot.get("properties").is_some() && !schema::is_map(slot);
        let alternatives = slot.get("oneOf").is_some() || slot.get("anyOf").is_some();
        if object || alternatives {
            self.hoist(slot, name, at);
        }
    }

    fn inside(&mut self, holder: &mut Value, owner: &str, at: &str) {
        if let Some(properties) = holder.get_mut("properties").and_then(Value::as_object_mut) {
            for property in places::sorted(properties) {
                let at = crate::pointer::join_all(at, &["properties", &property]);
                let name = format!("{owner}{}", names::pascal(&property));
                self.visit(&mut properties[&property], &name, &at);
            }
        }
        let members = alternatives::members(holder);
        for (index, member) in alternatives_of(holder).enumerate() {
            if member.get("properties").is_some() {
                let own = alternatives::own_property(&members, index, &self.components);
                let name = alternatives::name(owner, &own.unwrap_or_default());
                let at = crate::pointer::join_all(at, &["oneOf", &index.to_string()]);
                self.visit(member, &name, &at);
            }
        }
        if let Some(items) = holder.get_mut("items") {
            self.visit(items, &singular(owner), &crate::pointer::join(at, "items"));
        }
        if let Some(values) = holder.get_mut("additionalProperties") {
            let at = crate::pointer::join(at, "additionalProperties");
            self.visit(values, &format!("{owner}Value"), &at);
        }
    }

    fn hoist(&mut self, slot: &mut Value, name: &str, at: &str) {
        if self.taken.contains_key(name) || self.new.contains_key(name) {
            self.problems.push(Problem::new(
                at,
                format!("an inline object would be named `{name}`, which is taken"),
                "make it a component with a name of its own",
            ));
            return;
        }
        let mut component = std::mem::replace(slot, json!({ "$ref": format!("{}{name}", schema::COMPONENT) }));
        // What describes the slot stays at the slot.
        if component["nullable"] == true
            && let Some(map) = component.as_object_mut()
        {
            map.remove("nullable");
            *slot = json!({ "allOf": [slot.take()], "nullable": true });
        }
        self.new.insert(name.to_owned(), component);
    }
}

fn alternatives_of(holder: &mut Value) -> impl Iterator<Item = &mut Value> {
    holder
        .get_mut("oneOf")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
}

/// The name of one item of a list: `Users` contains a `User`; a name that is not a plural gets `Item`.
fn singular(name: &str) -> String {
    match name.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => match name.strip_suffix('s') {
            Some(stem) if !stem.ends_with('s') => stem.to_owned(),
            _ => format!("{name}Item"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn singular_of_a_list_name_is_the_name_of_one_item() {
        assert_eq!(singular("UserPolicies"), "UserPolicy");
        assert_eq!(singular("UserKeys"), "UserKey");
        assert_eq!(singular("MetricUsage"), "MetricUsageItem");
        assert_eq!(singular("Address"), "AddressItem");
    }
}
