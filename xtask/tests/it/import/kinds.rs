//! Files of another kind are named as what they are, and unusual things in a document are remarked on.

use serde_json::json;
use xtask::import::Import;

use super::small::{small, vendor};

/// The refusal of a file with this text.
fn refusal(text: &str) -> String {
    let small = small();
    let file = small.root().join("vendor.yaml");
    std::fs::write(&file, text).unwrap();
    small.refusal(&Import::new(&file, "small")).to_string()
}

#[test]
fn file_of_another_kind_is_named_before_its_operations_are_compared() {
    for (text, expected) in [
        ("", "vendor.yaml:1: #: the file is empty"),
        (
            "- openapi: 3.0.3\n",
            "vendor.yaml:1: #: the file is a list, not an OpenAPI document",
        ),
        ("just words\n", "vendor.yaml:1: #: the file is a single value"),
        (
            "info: {}\nswagger: '2.0'\npaths: {}\n",
            "vendor.yaml:2: #/swagger: this is a document of Swagger 2.0",
        ),
        (
            "info: {}\nopenapi: 3.2.0\npaths: {}\n",
            "vendor.yaml:2: #/openapi: version `3.2.0` of OpenAPI is not supported",
        ),
        (
            "info: {}\nopenapi: 3.1\npaths: {}\n",
            "vendor.yaml:2: #/openapi: version `3.1` of OpenAPI is not supported",
        ),
        ("info: {}\nname: x\n", "vendor.yaml:1: #: this is no OpenAPI document"),
        (
            "openapi: 3.0.3\ninfo: {}\n",
            "vendor.yaml:1: #: the document has no `paths`",
        ),
        (
            "openapi: 3.0.3\npaths:\n- x\n",
            "vendor.yaml:2: #/paths: `paths` is not an object",
        ),
    ] {
        let failure = refusal(text);
        assert!(failure.contains(expected), "{text}: {failure}");
        assert!(!failure.contains("operations of `small`"), "{failure}");
    }
}

#[test]
fn version_that_is_a_whole_number_is_read_and_a_fraction_is_refused() {
    let small = small();
    let mut vendor = vendor();
    vendor["info"]["version"] = json!(2);
    let (_, lines) = small.import(&vendor);
    assert_eq!(lines, ["-  version: '1'", "+  version: '2'"]);
    vendor["info"]["version"] = json!(1.5);
    let failure = small.refusal(&small.of(&vendor)).to_string();
    assert!(
        failure.contains("#/info/version: the version `1.5` is not a string"),
        "{failure}"
    );
    assert!(failure.contains("put it in quotes"), "{failure}");
}

#[test]
fn nullable_beside_a_reference_is_reported_with_its_line() {
    let small = small();
    let mut vendor = vendor();
    vendor["components"]["schemas"]["thing_object"]["properties"]["kind"]["nullable"] = json!(true);
    let outcome = small.of(&vendor).run(&small.workspace).unwrap();
    assert_eq!(outcome.code(), 0, "{}", outcome.text());
    let text = std::fs::read_to_string(small.root().join("vendor.json")).unwrap();
    let line = 1 + text.lines().position(|line| line.contains("\"nullable\"")).unwrap();
    let place =
        format!("vendor.json:{line}: #/components/schemas/thing_object/properties/kind/nullable: OpenAPI 3.0 ignores");
    assert!(outcome.text().contains(&place), "{}", outcome.text());
    assert!(
        outcome.text().contains("a null in a list fails the whole list"),
        "{}",
        outcome.text()
    );
}

#[test]
fn nullable_in_3_1_is_understood_with_a_remark() {
    let small = small();
    let mut vendor = vendor();
    vendor["openapi"] = json!("3.1.0");
    let properties = &mut vendor["components"]["schemas"]["thing_object"]["properties"];
    properties["id"]["nullable"] = json!(true);
    properties["kind"]["nullable"] = json!(true);
    let (outcome, lines) = small.import(&vendor);
    assert_eq!(
        lines,
        [
            "+          nullable: true",
            "-          $ref: '#/components/schemas/Kind'",
            "+          allOf:",
            "+          - $ref: '#/components/schemas/Kind'",
            "+          nullable: true",
        ]
    );
    for place in ["id", "kind"] {
        let place =
            format!("#/components/schemas/thing_object/properties/{place}/nullable: `nullable` is not a keyword");
        assert!(outcome.text().contains(&place), "{}", outcome.text());
    }
}

#[test]
fn components_that_lead_back_to_themselves_are_refused_with_file_and_line() {
    let small = small();
    for (section, first, second) in [
        (
            "schemas",
            json!({ "$ref": "#/components/schemas/b" }),
            json!({ "$ref": "#/components/schemas/a" }),
        ),
        (
            "schemas",
            json!({ "allOf": [{ "$ref": "#/components/schemas/b" }] }),
            json!({ "anyOf": [{ "type": "string" }, { "$ref": "#/components/schemas/a" }] }),
        ),
        (
            "responses",
            json!({ "$ref": "#/components/responses/b" }),
            json!({ "$ref": "#/components/responses/a" }),
        ),
        (
            "parameters",
            json!({ "$ref": "#/components/parameters/b" }),
            json!({ "$ref": "#/components/parameters/a" }),
        ),
    ] {
        let mut vendor = vendor();
        let reference = json!({ "$ref": format!("#/components/{section}/a") });
        vendor["components"][section]["a"] = first;
        vendor["components"][section]["b"] = second;
        match section {
            "schemas" => vendor["components"]["schemas"]["thing_object"]["properties"]["more"] = reference,
            "responses" => vendor["paths"]["/things"]["get"]["responses"]["404"] = reference,
            _ => vendor["paths"]["/things"]["get"]["parameters"][1] = reference,
        }
        let failure = small.refusal(&small.of(&vendor)).to_string();
        let way = format!("`#/components/{section}/a` refers to `#/components/{section}/b` refers to");
        assert!(failure.contains(&way), "{failure}");
        let lines = failure.lines().filter(|line| line.contains("vendor.json:"));
        assert!(
            lines.clone().count() > 0 && lines.clone().all(|line| line.contains("leads back to itself")),
            "{failure}"
        );
    }
}

#[test]
fn alias_of_a_component_means_the_component() {
    let small = small();
    let mut vendor = vendor();
    vendor["components"]["responses"]["gone"] = json!({ "$ref": "#/components/responses/404" });
    vendor["paths"]["/things"]["get"]["responses"]["404"] = json!({ "$ref": "#/components/responses/gone" });
    let parameter = vendor["paths"]["/things"]["get"]["parameters"][1].take();
    vendor["paths"]["/things"]["get"]["parameters"][1] = json!({ "$ref": "#/components/parameters/alias" });
    vendor["components"]["parameters"] =
        json!({ "alias": { "$ref": "#/components/parameters/kind" }, "kind": parameter });
    let outcome = small.of(&vendor).run(&small.workspace).unwrap();
    assert_eq!(outcome.code(), 0, "{}", outcome.text());
}
