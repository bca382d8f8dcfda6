//! Keywords of JSON Schema that OpenAPI 3.0 has no counterpart for.

use account_provisioning_codegen::pointer;
use serde_json::{Map, Value, json};

use crate::import::downgrade::Downgrade;

/// The keywords that restrict a value in a way that OpenAPI 3.0 cannot, and what they do.
const UNSUPPORTED: [(&str, &str); 13] = [
    ("prefixItems", "gives each position of a list its own schema"),
    (
        "patternProperties",
        "gives properties a schema by a pattern for their names",
    ),
    ("propertyNames", "restricts the names of properties"),
    ("dependentSchemas", "makes one property depend on another"),
    ("dependentRequired", "makes one property depend on another"),
    ("dependencies", "makes one property depend on another"),
    ("contains", "requires a certain item in a list"),
    ("unevaluatedProperties", "depends on what other schemas evaluated"),
    ("unevaluatedItems", "depends on what other schemas evaluated"),
    ("contentSchema", "describes the value that a string encodes"),
    ("$dynamicRef", "has a target that depends on the evaluation"),
    ("$recursiveRef", "has a target that depends on the evaluation"),
    ("$id", "changes the meaning of references"),
];

/// Whether the import understands schemas of this dialect.
pub(super) fn is_known_dialect(dialect: &Value) -> bool {
    dialect.as_str().is_some_and(|dialect| {
        let dialect = dialect.trim_end_matches('#');
        dialect == "https://json-schema.org/draft/2020-12/schema"
            || dialect.starts_with("https://spec.openapis.org/oas/3.1/")
    })
}

impl Downgrade<'_> {
    /// Refuses keywords whose meaning would be lost.
    pub(super) fn refuse_unsupported(&mut self, schema: &Map<String, Value>, at: &str) {
        for (keyword, effect) in UNSUPPORTED {
            if let Some(value) = schema.get(keyword)
                && !harmless(keyword, value, schema)
            {
                self.refuse(
                    pointer::join(at, keyword),
                    format!("`{keyword}` {effect}, which OpenAPI 3.0 cannot say"),
                    "use other keywords in a copy of the document, or remove it there",
                );
            }
        }
        if schema.contains_key("if") && (schema.contains_key("then") || schema.contains_key("else")) {
            self.refuse(
                pointer::join(at, "if"),
                "`if` makes one schema depend on another, which OpenAPI 3.0 cannot say",
                "write the cases as `oneOf` in a copy of the document",
            );
        }
        if let Some(dialect) = schema.get("$schema")
            && !is_known_dialect(dialect)
        {
            self.refuse(
                pointer::join(at, "$schema"),
                "the schema is of another dialect than OpenAPI's own",
                "write it in JSON Schema 2020-12 in a copy of the document",
            );
        }
        if self.newer && schema.get("nullable") == Some(&json!(true)) {
            self.remark(
                pointer::join(at, "nullable"),
                "`nullable` is not a keyword of OpenAPI 3.1; it was read as in OpenAPI 3.0, so null is valid here",
                "correct our document if the service never sends or takes null",
            );
        }
        if let Some(encoding) = schema.get("contentEncoding")
            && encoding != "base64"
        {
            self.refuse(
                pointer::join(at, "contentEncoding"),
                format!("the encoding {encoding} has no format in OpenAPI 3.0"),
                "remove it in a copy of the document",
            );
        }
    }
}

/// Whether a keyword has no effect, or one that the conversion of schemas can express in another way.
fn harmless(keyword: &str, value: &Value, schema: &Map<String, Value>) -> bool {
    let no_effect = *value == json!(true) || *value == json!({});
    match keyword {
        "propertyNames" => no_effect || *value == json!({ "type": "string" }),
        "unevaluatedProperties" => no_effect || is_standalone(schema),
        "patternProperties" => no_effect || pattern_for_all(schema).is_some(),
        "unevaluatedItems" | "contains" | "dependentSchemas" | "dependentRequired" | "dependencies" => no_effect,
        _ => false,
    }
}

/// Whether a schema evaluates no properties but its own, so that `unevaluatedProperties` means `additionalProperties`.
pub(super) fn is_standalone(schema: &Map<String, Value>) -> bool {
    ![
        "$ref",
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "patternProperties",
        "additionalProperties",
    ]
    .iter()
    .any(|key| schema.contains_key(*key))
}

/// The schema of `patternProperties` if its only pattern matches every name and no other keyword describes properties.
pub(super) fn pattern_for_all(schema: &Map<String, Value>) -> Option<&Value> {
    let patterns = schema.get("patternProperties")?.as_object()?;
    let mut entries = patterns.iter();
    let (pattern, values) = entries.next()?;
    let is_only =
        entries.next().is_none() && !schema.contains_key("properties") && !schema.contains_key("additionalProperties");
    (is_only && ["", ".*", "^.*$", "^.*", ".*$"].contains(&pattern.as_str())).then_some(values)
}
