//! What the vendor's document says of each operation, read from the document itself.

use std::collections::BTreeSet;

use account_provisioning_spec::{cloudflare, cloudinary};
use serde_json::Value;

/// The vendors' documents.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Document {
    /// Cloudflare's accounts.
    Cloudflare,
    /// Cloudinary's Provisioning API and Permissions API.
    Cloudinary,
}

/// One operation of the document.
#[derive(Clone, Debug)]
pub struct Documented {
    /// Its `operationId`.
    pub id: String,
    /// Whether its path names an account.
    pub of_an_account: bool,
    /// The names of its path parameters, the account's left out.
    pub path: BTreeSet<String>,
    /// The names of its query parameters.
    pub query: BTreeSet<String>,
    /// The names of its body's fields; `None` when it takes no body.
    pub body: Option<BTreeSet<String>>,
    /// The query parameters and fields that have to be sent.
    pub required: BTreeSet<String>,
}

/// Every operation of a document.
pub fn operations(document: Document) -> Vec<Documented> {
    let wire = match document {
        Document::Cloudflare => cloudflare::WIRE,
        Document::Cloudinary => cloudinary::WIRE,
    };
    let document: Value = serde_json::from_str(wire).expect("the document is JSON");
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

/// The operation of a document with this id.
pub fn operation(document: Document, id: &str) -> Documented {
    let found = operations(document).into_iter().find(|operation| operation.id == id);
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
        let (fields, mandatory) = fields(document, schema);
        required.extend(mandatory);
        fields
    });
    Documented {
        id: text(&operation["operationId"]),
        of_an_account: template.contains("{account_id}"),
        path: path.filter(|name| name != "account_id").collect(),
        query,
        body,
        required,
    }
}

/// The fields of a body, and those that every form of it has to have.
fn fields(document: &Value, schema: &Value) -> (BTreeSet<String>, BTreeSet<String>) {
    let named = schema["properties"].as_object().into_iter().flatten();
    let mut names: BTreeSet<String> = named.map(|(name, _)| name.clone()).collect();
    let mut required: BTreeSet<String> = schema["required"].as_array().into_iter().flatten().map(text).collect();
    let forms = schema["oneOf"].as_array().into_iter().flatten();
    let forms: Vec<_> = forms.map(|form| fields(document, resolve(document, form))).collect();
    let common = forms.iter().map(|(_, required)| required.clone());
    required.extend(common.reduce(|all, form| &all & &form).unwrap_or_default());
    names.extend(forms.into_iter().flat_map(|(names, _)| names));
    (names, required)
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
