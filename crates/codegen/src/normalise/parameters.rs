//! Parameters in the form that progenitor knows: lists in one value and names that are taken become extensions, which the
//! passes over the generated code read.

use serde_json::{Value, json};

use crate::extensions::{JOINED, WIRE_NAME};
use crate::{operations, parameters, schema};

pub(super) fn run(document: &mut Value) {
    let components = document["components"]["schemas"].clone();
    operations::each_mut(document, |_, _, operation| {
        let has_body = operation.get("requestBody").is_some();
        let Some(list) = operation.get_mut("parameters").and_then(Value::as_array_mut) else {
            return;
        };
        list.retain(|parameter| !parameters::is_ignored(parameter));
        let names = parameters::names(&list.iter().collect::<Vec<_>>(), has_body);
        for (parameter, name) in list.iter_mut().zip(names) {
            if let Some(name) = name.filter(|name| parameter["name"] != name.as_str()) {
                parameter[WIRE_NAME] = parameter["name"].take();
                parameter["name"] = json!(name);
            }
            let is_list = schema::is_array(schema::resolved(&parameter["schema"], &components));
            if is_list && let Ok(Some(separator)) = parameters::separator(parameter) {
                parameter[JOINED] = json!(separator);
            }
            if is_list && let Some(parameter) = parameter.as_object_mut() {
                parameter.remove("style");
                parameter.remove("explode");
            }
        }
    });
}
