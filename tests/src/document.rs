//! What the vendor's document says of each operation, read from the document itself.

use std::collections::BTreeSet;

use account_provisioning_spec::cloudinary::WIRE;
use serde_json::Value;

/// One operation of the document.
#[derive(Clone, Debug)]
pub struct Documented {
    /// Its `operationId`.
    pub id: String,
    /// The names of its path parameters, the account's left out.
    pub path: BTreeSet<String>,
    /// The names of its query parameters.
    pub query: BTreeSet<String>,
    /// The names of its body's fields; `None` when it takes no body.
    pub body: Option<BTreeSet<String>>,
    /// The query parameters and fields that have to be sent.
    pub required: BTreeSet<String>,
}

/// Every operation of the document.
pub fn operations() -> Vec<Documented> {
    let document: Value = serde_json::from_str(WIRE).expect("the document is JSON");
    let paths = document["paths"].as_object().expect("the document has paths");
    let mut operations = Vec::new();
    for (template, item) in paths {
        for (method, operation) in item.as_object().expect("a path item is an object") {
            if matches!(method.as_str(), "get" | "post" | "put" | "patch" | "delete") {
                operations.push(read(&document, template, operation));
            }
        }
    }
    operations
}

/// The operation with this id.
pub fn operation(id: &str) -> Documented {
    let found = operations().into_iter().find(|operation| operation.id == id);
    found.unwrap_or_else(|| panic!("the document has no operation {id}"))
}

fn read(document: &Value, template: &str, operation: &Value) -> Documented {
    let path = template.split(['{', '}']).skip(1).step_by(2).map(str::to_owned);
    let mut query = BTreeSet::new();
    let mut required = BTreeSet::new();
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let parameter = resolve(document, parameter);
        if parameter["in"] == "query" {
            query.insert(text(&parameter["name"]));
            if parameter["required"] == true {
                required.insert(text(&parameter["name"]));
            }
        }
    }
    let body = operation.get("requestBody").map(|body| {
        let schema = resolve(document, &body["content"]["application/json"]["schema"]);
        required.extend(schema["required"].as_array().into_iter().flatten().map(text));
        let fields = schema["properties"].as_object().expect("a body has fields");
        fields.keys().cloned().collect()
    });
    Documented {
        id: text(&operation["operationId"]),
        path: path.filter(|name| name != "account_id").collect(),
        query,
        body,
        required,
    }
}

fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    match value["$ref"].as_str() {
        Some(reference) => document
            .pointer(reference.trim_start_matches('#'))
            .expect("a reference leads somewhere"),
        None => value,
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("a name is text").to_owned()
}
