//! Which credentials an operation asks for.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::view::{from_prose, structural};
use super::{Merger, names};
use crate::import::METHODS;

impl Merger<'_> {
    /// Brings the requirements of all operations up to date. A document that says nothing about credentials at all
    /// changes nothing.
    pub(super) fn security(&mut self, document: &mut Value) {
        let theirs = self.sides.theirs;
        let silent = theirs.get("security").is_none()
            && theirs["components"]["securitySchemes"]
                .as_object()
                .is_none_or(Map::is_empty);
        let plan = self.plan;
        let schemes = self.schemes(document, silent);
        let usual = document["security"].clone();
        let added = plan.added.iter().map(|(here, there)| (here, there, true));
        for (here, there, new) in plan
            .matched
            .iter()
            .map(|(here, there)| (here, there, false))
            .chain(added)
        {
            let Some(operation) = find(document, &here.path, here.method) else {
                continue;
            };
            if silent {
                operation.remove("security");
                if !new && let Some(known) = self.sides.ours["paths"][&here.path][here.method].get("security") {
                    operation.insert("security".to_owned(), known.clone());
                }
                continue;
            }
            if from_prose(&Value::Object(operation.clone()), "security") {
                continue;
            }
            let own = &theirs["paths"][&there.path][there.method];
            let asked = own
                .get("security")
                .or_else(|| theirs.get("security"))
                .cloned()
                .unwrap_or(json!([]));
            let asked = renamed(&asked, &schemes);
            let known = operation.get("security").filter(|_| !new).unwrap_or(&usual).clone();
            if !new && same(&known, &asked) {
                continue;
            }
            if same(&usual, &asked) {
                operation.remove("security");
            } else {
                operation.insert("security".to_owned(), asked);
            }
        }
    }

    /// The name that our document has for each of the vendor's schemes that a kept operation asks for.
    fn schemes(&self, document: &mut Value, silent: bool) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        if silent {
            return found;
        }
        let theirs = self.sides.theirs;
        let known: Map<String, Value> = self.sides.ours["components"]["securitySchemes"]
            .as_object()
            .cloned()
            .unwrap_or_default();
        let mut taken = BTreeSet::new();
        let used = self.used_schemes();
        for name in &used {
            let scheme = &theirs["components"]["securitySchemes"][name];
            if let Some((ours, _)) = known
                .iter()
                .find(|(ours, known)| !taken.contains(*ours) && agree(known, scheme))
            {
                taken.insert(ours.clone());
                found.insert(name.clone(), ours.clone());
            }
        }
        for name in &used {
            if found.contains_key(name) {
                continue;
            }
            let scheme = &theirs["components"]["securitySchemes"][name];
            // The same name, or the only one of its type that is left, is the same scheme in another form.
            let left: Vec<&String> = known.keys().filter(|ours| !taken.contains(*ours)).collect();
            let same_name = left.iter().find(|ours| **ours == name);
            let same_type: Vec<_> = left
                .iter()
                .filter(|ours| known[**ours]["type"] == scheme["type"])
                .collect();
            let ours = same_name.copied().or(match same_type.as_slice() {
                [only] => Some(**only),
                _ => None,
            });
            let (ours, mut merged) = match ours {
                Some(ours) => (ours.clone(), known[ours].clone()),
                None => {
                    let all = known.keys().chain(found.values()).cloned().collect();
                    (names::operation(Some(name), "", "", &all), json!({ "description": "" }))
                }
            };
            if let Some(map) = merged.as_object_mut() {
                map.retain(|key, _| !structural(key) || key == "bearerFormat");
                for (key, value) in scheme.as_object().into_iter().flatten() {
                    map.insert(key.clone(), value.clone());
                }
            }
            taken.insert(ours.clone());
            document["components"]["securitySchemes"][&ours] = merged;
            found.insert(name.clone(), ours);
        }
        found
    }

    /// The vendor's schemes that a kept operation asks for.
    fn used_schemes(&self) -> BTreeSet<String> {
        let theirs = self.sides.theirs;
        let mut used = BTreeSet::new();
        for item in theirs["paths"].as_object().into_iter().flatten().map(|(_, item)| item) {
            for operation in METHODS.iter().filter_map(|method| item.get(method)) {
                let asked = operation.get("security").or_else(|| theirs.get("security"));
                for way in asked.and_then(Value::as_array).into_iter().flatten() {
                    used.extend(way.as_object().into_iter().flatten().map(|(name, _)| name.clone()));
                }
            }
        }
        used
    }
}

fn find<'a>(document: &'a mut Value, path: &str, method: &str) -> Option<&'a mut Map<String, Value>> {
    document["paths"].get_mut(path)?.get_mut(method)?.as_object_mut()
}

/// Whether two schemes are the same, apart from what they say about themselves.
fn agree(ours: &Value, theirs: &Value) -> bool {
    let told = |scheme: &Value| {
        let mut scheme = scheme.as_object().cloned().unwrap_or_default();
        scheme.retain(|key, _| structural(key) && key != "bearerFormat");
        if let Some(kind) = scheme.get("scheme").and_then(Value::as_str) {
            let kind = kind.to_ascii_lowercase();
            scheme.insert("scheme".to_owned(), json!(kind));
        }
        for (_, flow) in scheme
            .get_mut("flows")
            .and_then(Value::as_object_mut)
            .into_iter()
            .flatten()
        {
            for (_, text) in flow
                .get_mut("scopes")
                .and_then(Value::as_object_mut)
                .into_iter()
                .flatten()
            {
                *text = json!("");
            }
        }
        scheme
    };
    told(ours) == told(theirs)
}

fn renamed(asked: &Value, schemes: &BTreeMap<String, String>) -> Value {
    let ways = asked.as_array().into_iter().flatten();
    ways.map(|way| {
        let parts = way.as_object().into_iter().flatten();
        parts
            .map(|(name, scopes)| (schemes.get(name).unwrap_or(name).clone(), scopes.clone()))
            .collect::<Value>()
    })
    .collect()
}

/// Whether two requirements offer the same ways; their order says nothing.
fn same(one: &Value, other: &Value) -> bool {
    let ways = |asked: &Value| {
        let ways = asked.as_array().into_iter().flatten();
        ways.map(|way| {
            let parts = way.as_object().into_iter().flatten();
            parts
                .map(|(name, scopes)| (name.clone(), super::view::set(Some(scopes))))
                .collect::<BTreeMap<_, _>>()
        })
        .collect::<BTreeSet<_>>()
    };
    ways(one) == ways(other)
}
