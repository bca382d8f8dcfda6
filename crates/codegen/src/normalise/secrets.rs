//! Marks secrets by direction: `password` is sent, `received-secret` is received.
//!
//! typify converts a schema that equals the pattern, so everything beside the format is removed: a `minLength` next to
//! `format: password` would turn a secret into a plain `String`.

use serde_json::{Value, json};

use super::places::{self, Way};
use crate::extensions::{DIRECTION, RECEIVED_SECRET, SENT_SECRET};
use crate::schema;

pub(super) fn run(document: &mut Value) {
    places::each(document, |place| mark(place.schema, place.way));
    if let Some(components) = places::components_mut(document) {
        for (_, component) in components.iter_mut() {
            let way = match component[DIRECTION].as_str() {
                Some("request") => Way::Request,
                _ => Way::Response,
            };
            mark(component, way);
        }
    }
}

fn mark(root: &mut Value, way: Way) {
    schema::walk_mut(root, &mut |schema| {
        if schema["format"] != SENT_SECRET {
            return;
        }
        if let Some(map) = schema.as_object_mut() {
            map.retain(|key, _| matches!(key.as_str(), "description" | "nullable"));
        }
        schema["type"] = json!("string");
        schema["format"] = json!(match way {
            Way::Request => SENT_SECRET,
            Way::Response => RECEIVED_SECRET,
        });
    });
}
