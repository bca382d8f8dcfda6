//! Makes every time of a response optional, because a time that is missing or that can't be read must not cost the rest of
//! the response.

use serde_json::Value;

use super::places::{self, Way};
use crate::extensions::{DIRECTION, EPOCH_SECONDS};

pub(super) fn run(document: &mut Value) {
    for (_, component) in places::components_mut(document).into_iter().flatten() {
        if component[DIRECTION] != Way::Response.as_str() {
            continue;
        }
        let properties = component["properties"].clone();
        let is_time = |name: &Value| {
            let format = name.as_str().map(|name| &properties[name]["format"]);
            format.is_some_and(|format| format == "date-time" || format == EPOCH_SECONDS)
        };
        let Some(required) = component.get_mut("required").and_then(Value::as_array_mut) else {
            continue;
        };
        required.retain(|name| !is_time(name));
        if required.is_empty()
            && let Some(component) = component.as_object_mut()
        {
            component.remove("required");
        }
    }
}
