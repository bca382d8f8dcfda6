//! Keywords of JSON Schema that OpenAPI 3.0 has no words for.

use account_provisioning_codegen::pointer;
use serde_json::{Map, Value, json};

use super::Downgrade;

/// Keywords that judge a value in a way that OpenAPI 3.0 cannot, and what they do.
const LOST: [(&str, &str); 13] = [
    ("prefixItems", "gives each place of a list a schema of its own"),
    (
        "patternProperties",
        "gives properties a schema by the pattern of their names",
    ),
    ("propertyNames", "limits the names of properties"),
    ("dependentSchemas", "lets one property decide about others"),
    ("dependentRequired", "lets one property decide about others"),
    ("dependencies", "lets one property decide about others"),
    ("contains", "asks for an item of a kind"),
    ("unevaluatedProperties", "depends on what other schemas have looked at"),
    ("unevaluatedItems", "depends on what other schemas have looked at"),
    ("contentSchema", "describes what a text encodes"),
    ("$dynamicRef", "refers to what only the reader of a value knows"),
    ("$recursiveRef", "refers to what only the reader of a value knows"),
    ("$id", "changes what references mean"),
];

/// Whether schemas of this dialect mean what this importer takes them for.
pub(super) fn known_dialect(dialect: &Value) -> bool {
    dialect.as_str().is_some_and(|dialect| {
        let dialect = dialect.trim_end_matches('#');
        dialect == "https://json-schema.org/draft/2020-12/schema"
            || dialect.starts_with("https://spec.openapis.org/oas/3.1/")
    })
}

impl Downgrade<'_> {
    /// Refuses what would lose its meaning.
    pub(super) fn refuse_lost(&mut self, schema: &Map<String, Value>, at: &str) {
        for (keyword, why) in LOST {
            if let Some(value) = schema.get(keyword)
                && !harmless(keyword, value, schema)
            {
                self.refuse(
                    pointer::join(at, keyword),
                    format!("`{keyword}` {why}, which OpenAPI 3.0 cannot say"),
                    "say it in other keywords in a copy of the document, or leave it out there",
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
            && !known_dialect(dialect)
        {
            self.refuse(
                pointer::join(at, "$schema"),
                "the schema is of another dialect than OpenAPI's own",
                "write it in JSON Schema 2020-12 in a copy of the document",
            );
        }
        if self.newer && schema.get("nullable") == Some(&json!(true)) {
            self.refuse(
                pointer::join(at, "nullable"),
                "`nullable` is no keyword of OpenAPI 3.1, so it is not clear whether null is meant",
                "write `null` into `type`, or leave `nullable` out, in a copy of the document",
            );
        }
        if let Some(encoding) = schema.get("contentEncoding")
            && encoding != "base64"
        {
            self.refuse(
                pointer::join(at, "contentEncoding"),
                format!("the encoding {encoding} has no format in OpenAPI 3.0"),
                "leave it out in a copy of the document",
            );
        }
    }
}

/// Whether a keyword says nothing, or nothing that [`schema`](super::schema) could not say otherwise.
fn harmless(keyword: &str, value: &Value, schema: &Map<String, Value>) -> bool {
    let says_nothing = *value == json!(true) || *value == json!({});
    match keyword {
        "propertyNames" => says_nothing || *value == json!({ "type": "string" }),
        "unevaluatedProperties" => says_nothing || stands_alone(schema),
        "patternProperties" => says_nothing || for_every_property(schema).is_some(),
        "unevaluatedItems" | "contains" | "dependentSchemas" | "dependentRequired" | "dependencies" => says_nothing,
        _ => false,
    }
}

/// Whether a schema looks at no properties but its own, so that `unevaluatedProperties` is `additionalProperties`.
pub(super) fn stands_alone(schema: &Map<String, Value>) -> bool {
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

/// The schema of `patternProperties` when its one pattern matches every name and nothing else speaks about names.
pub(super) fn for_every_property(schema: &Map<String, Value>) -> Option<&Value> {
    let patterns = schema.get("patternProperties")?.as_object()?;
    let mut entries = patterns.iter();
    let (pattern, values) = entries.next()?;
    let alone =
        entries.next().is_none() && !schema.contains_key("properties") && !schema.contains_key("additionalProperties");
    (alone && ["", ".*", "^.*$", "^.*", ".*$"].contains(&pattern.as_str())).then_some(values)
}
