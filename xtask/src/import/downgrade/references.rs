//! References to components, to other places in the document, and to other documents.

use account_provisioning_codegen::pointer;
use serde_json::{Value, json};

use crate::import::downgrade::Downgrade;
use crate::import::json::unescape;
use crate::import::names;

impl<'a> Downgrade<'a> {
    /// Follows references to the value that they mean, and returns it with its pointer.
    pub(super) fn follow(&mut self, value: &'a Value, at: String) -> (&'a Value, String) {
        let mut found = (value, at);
        for _ in 0..16 {
            let Some(reference) = found.0.get("$ref") else {
                return found;
            };
            match self.target(reference, &found.1) {
                Some(target) => found = target,
                None => return (&Value::Null, found.1),
            }
        }
        self.refuse(
            found.1.clone(),
            "the reference leads back to itself",
            "correct the reference",
        );
        (&Value::Null, found.1)
    }

    /// The value that a reference means, with its pointer. A reference without a target is refused.
    fn target(&mut self, reference: &Value, at: &str) -> Option<(&'a Value, String)> {
        let reference = reference.as_str().unwrap_or_default();
        let Some(target) = reference.strip_prefix('#').filter(|target| target.starts_with('/')) else {
            self.refuse(
                at,
                format!("reference `{reference}` leads out of the document, or to an anchor"),
                "bundle the document into one file whose references are JSON pointers",
            );
            return None;
        };
        // A reference is part of a URL, in which the braces of a path may be escaped.
        let target = target.replace("%7B", "{").replace("%7D", "}");
        match self.document.pointer(&target) {
            Some(value) => Some((value, target)),
            None => {
                self.refuse(
                    at,
                    format!("reference `{reference}` has no target"),
                    "correct the reference in a copy of the document",
                );
                None
            }
        }
    }

    /// Converts a reference to a component of `section`. A schema in another place becomes a component; any other value is
    /// inlined.
    pub(super) fn reference(&mut self, section: &str, reference: &Value, at: &str) -> Value {
        let Some((value, target)) = self.target(reference, at) else {
            return json!({});
        };
        let components = format!("/components/{section}");
        let name = target.strip_prefix(&components).and_then(|rest| rest.strip_prefix('/'));
        let name = match name.filter(|name| !name.contains('/')) {
            Some(name) => unescape(name),
            None if section == "schemas" => self.hoist(&target),
            None => {
                let (value, target) = self.follow(value, target);
                return self.convert(section, value, &target);
            }
        };
        if self.seen.insert((section.to_owned(), name.clone())) {
            self.open.push((section.to_owned(), name.clone(), target));
        }
        json!({ "$ref": format!("#{}", pointer::join(&components, &name)) })
    }

    /// A free name for a schema outside of `components`, made from its pointer.
    fn hoist(&mut self, target: &str) -> String {
        if let Some(name) = self.hoisted.get(target) {
            return name.clone();
        }
        let structure = ["", "components", "schemas", "properties", "$defs", "paths", "content"];
        let words: Vec<&str> = target.split('/').filter(|word| !structure.contains(word)).collect();
        let name = names::free(&names::pascal(&words.join("_")), |name| {
            self.document["components"]["schemas"].get(name).is_some()
                || self.hoisted.values().any(|taken| taken == name)
        });
        self.hoisted.insert(target.to_owned(), name.clone());
        name
    }
}
