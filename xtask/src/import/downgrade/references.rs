//! References: to components, to other places of the document, and out of it.

use account_provisioning_codegen::{names, pointer};
use serde_json::{Value, json};

use super::Downgrade;

impl<'a> Downgrade<'a> {
    /// Follows a reference to what it means, and says where that stands.
    pub(super) fn follow(&mut self, value: &'a Value, at: String) -> (&'a Value, String) {
        let mut found = (value, at);
        for _ in 0..16 {
            let Some(reference) = found.0.get("$ref") else {
                return found;
            };
            match self.target(reference, &found.1) {
                Some((target, at)) => found = (target, at),
                None => return (&Value::Null, found.1),
            }
        }
        self.refuse(
            found.1.clone(),
            "the reference leads to itself",
            "correct the reference",
        );
        (&Value::Null, found.1)
    }

    /// Where a reference leads. One that leads nowhere is refused.
    fn target(&mut self, reference: &Value, at: &str) -> Option<(&'a Value, String)> {
        let reference = reference.as_str().unwrap_or_default();
        let Some(place) = reference.strip_prefix('#').filter(|place| place.starts_with('/')) else {
            self.refuse(
                at,
                format!("reference `{reference}` leads out of the document, or to an anchor"),
                "bundle the document into one file whose references are JSON pointers",
            );
            return None;
        };
        // A reference is a part of a URL, in which a brace of a path may be escaped.
        let place = place.replace("%7B", "{").replace("%7D", "}");
        match self.document.pointer(&place) {
            Some(target) => Some((target, place)),
            None => {
                self.refuse(
                    at,
                    format!("reference `{reference}` leads nowhere"),
                    "correct the reference in a copy of the document",
                );
                None
            }
        }
    }

    /// A reference to a component of `section`; a schema elsewhere becomes a component, anything else is written out.
    pub(super) fn reference(&mut self, section: &str, reference: &Value, at: &str) -> Value {
        let Some((_, place)) = self.target(reference, at) else {
            return json!({});
        };
        let prefix = format!("/components/{section}/");
        let name = match place.strip_prefix(&prefix).filter(|name| !name.contains('/')) {
            Some(name) => name.replace("~1", "/").replace("~0", "~"),
            None if section == "schemas" => self.hoist(&place),
            None => return self.component(section, &place),
        };
        if self.seen.insert((section.to_owned(), name.clone())) {
            self.wanted.push((section.to_owned(), name.clone(), place));
        }
        json!({ "$ref": format!("#{}", pointer::join(&prefix[..prefix.len() - 1], &name)) })
    }

    /// The name for a schema that stands somewhere inside the document: that of its place, as long as it is free.
    fn hoist(&mut self, place: &str) -> String {
        if let Some(name) = self.hoisted.get(place) {
            return name.clone();
        }
        let words: Vec<&str> = place
            .split('/')
            .filter(|word| {
                !word.is_empty() && !["components", "schemas", "properties", "$defs", "paths", "content"].contains(word)
            })
            .collect();
        let mut name = names::pascal(&words.join("_"));
        while self.document["components"]["schemas"].get(&name).is_some()
            || self.hoisted.values().any(|taken| *taken == name)
        {
            name.push_str("Value");
        }
        self.hoisted.insert(place.to_owned(), name.clone());
        name
    }
}
