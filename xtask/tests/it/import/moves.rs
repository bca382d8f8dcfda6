//! A component that moves to another place, or is used in more places, keeps its name and its texts.

use serde_json::{Value, json};

use super::fixture::{PROSE, foreign, fresh, ours};
use super::small::{small, vendor};

/// An operation of the vendor's whose reply has `schema` under `inner`.
fn holding(schema: &Value) -> Value {
    json!({ "get": { "operationId": "held", "tags": ["thing"], "responses": { "200": { "description": PROSE, "content": {
        "application/json": { "schema": { "type": "object", "properties": { "inner": schema } } } } } } } })
}

/// The vendor's document without the component `kind` in its present places.
fn without_kind() -> Value {
    let mut vendor = vendor();
    vendor["components"]["schemas"]["thing_object"]["properties"]
        .as_object_mut()
        .unwrap()
        .remove("kind");
    vendor["paths"]["/things"]["get"]["parameters"]
        .as_array_mut()
        .unwrap()
        .pop();
    vendor
}

fn include(glob: &str) -> Vec<String> {
    vec![glob.to_owned()]
}

#[test]
fn component_that_moves_to_a_new_operation_keeps_its_name_and_texts() {
    for (name, change) in [("kind", false), ("kind", true), ("sort_of_thing", false)] {
        let mut vendor = without_kind();
        let mut kind = vendor["components"]["schemas"]["kind"].take();
        if change {
            kind["enum"] = json!(["big", "small", "huge"]);
        }
        vendor["components"]["schemas"][name] = kind;
        vendor["paths"]["/held"] = holding(&json!({ "$ref": format!("#/components/schemas/{name}") }));
        let small = small();
        let (outcome, lines) = small.run(&small.of(&vendor).include(include("/held")));
        let moved = "+                    $ref: '#/components/schemas/Kind'".to_owned();
        assert!(lines.contains(&moved), "{name}: {lines:#?}");
        let added: Vec<&String> = lines.iter().filter(|line| line.contains("huge")).collect();
        let expected: &[&str] = if change {
            &["+      - huge", "+        huge: ''"]
        } else {
            &[]
        };
        assert_eq!(added, expected, "{lines:#?}");
        assert!(
            small
                .text()
                .contains("    Kind:\n      description: Kind of a thing.\n"),
            "{lines:#?}"
        );
        assert!(
            !outcome.text().contains("schemas/Kind/description"),
            "{}",
            outcome.text()
        );
    }
}

#[test]
fn component_that_gives_its_place_to_another_keeps_its_name() {
    let mut vendor = vendor();
    vendor["components"]["schemas"]["sort"] = json!({ "type": "string", "enum": ["x", "y"] });
    vendor["components"]["schemas"]["thing_object"]["properties"]["kind"] =
        json!({ "$ref": "#/components/schemas/sort" });
    vendor["paths"]["/things"]["get"]["parameters"]
        .as_array_mut()
        .unwrap()
        .pop();
    vendor["paths"]["/held"] = holding(&json!({ "$ref": "#/components/schemas/kind" }));
    let small = small();
    let (_, lines) = small.run(&small.of(&vendor).include(include("/held")));
    assert!(
        lines.contains(&"+          $ref: '#/components/schemas/Sort'".to_owned()),
        "{lines:#?}"
    );
    let moved = "+                    $ref: '#/components/schemas/Kind'".to_owned();
    assert!(lines.contains(&moved), "{lines:#?}");
    assert!(
        !lines.iter().any(|line| line == "-      - big"),
        "Kind keeps its values: {lines:#?}"
    );
    let new = "    Sort:\n      description: ''\n";
    assert!(
        small.text().contains(new),
        "the new component is not described yet: {lines:#?}"
    );
}

#[test]
fn component_that_gains_a_user_is_the_same_component() {
    let mut vendor = vendor();
    vendor["components"]["schemas"]["thing_object"]["properties"]["size"] =
        json!({ "$ref": "#/components/schemas/kind" });
    let (_, lines) = small().import(&vendor);
    assert_eq!(
        lines,
        ["+        size:", "+          $ref: '#/components/schemas/Kind'"]
    );
}

#[test]
fn no_name_ends_in_value_twice_however_often_a_component_is_split() {
    let mut vendor = vendor();
    let kinds = json!(["big", "small"]);
    for (index, more) in ["a", "b", "c"].into_iter().enumerate() {
        let mut values = kinds.clone();
        values.as_array_mut().unwrap().push(json!(more));
        let schema = json!({ "type": "string", "enum": values });
        match index {
            0 => vendor["paths"]["/things"]["get"]["parameters"][1]["schema"] = schema,
            1 => vendor["components"]["schemas"]["thing_object"]["properties"]["kind"] = schema,
            _ => vendor["components"]["schemas"]["kind_value"] = schema,
        }
    }
    vendor["paths"]["/held"] = holding(&json!({ "$ref": "#/components/schemas/kind_value" }));
    let small = small();
    let (_, lines) = small.run(&small.of(&vendor).include(include("/held")));
    assert!(!lines.iter().any(|line| line.contains("ValueValue")), "{lines:#?}");
}

#[test]
fn every_component_of_a_real_document_that_moves_keeps_its_name() {
    let document = ours("cloudinary");
    let mut vendor = foreign(&document);
    // Every component of the vendor's is also used by one new operation.
    let names: Vec<String> = vendor["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    let all = names.iter().map(|name| {
        (
            name.replace(['.', '-'], "_"),
            json!({ "$ref": format!("#/components/schemas/{name}") }),
        )
    });
    let all = json!({ "type": "object", "properties": all.collect::<serde_json::Map<_, _>>() });
    vendor["paths"]["/v2/held"] = holding(&all);
    let fresh = fresh("cloudinary");
    let (_, lines) = fresh.run(&fresh.of(&vendor).include(include("/v2/held")));
    let new: Vec<&String> = lines
        .iter()
        .filter(|line| line.contains("$ref") && line.contains("Value'"))
        .collect();
    assert!(new.is_empty(), "{new:#?}");
}

#[test]
fn parameter_of_a_new_path_is_that_of_the_paths_with_the_same_start() {
    let document = super::small::DOCUMENT
        .replace("    parameters:\n    - $ref: '#/components/parameters/ThingId'\n    get:\n", "    get:\n")
        .replace(
            "      operationId: getThing\n",
            "      operationId: getThing\n      parameters:\n      - name: thing_id\n        in: path\n        required: true\n        \
             description: Id of the thing.\n        schema:\n          type: string\n",
        );
    let mut vendor = vendor();
    let id = json!({ "in": "path", "name": "id", "required": true, "schema": { "type": "string" } });
    vendor["paths"]["/things/{id}/parts"] = json!({ "get": { "operationId": "parts", "tags": ["thing"],
        "parameters": [id], "responses": { "204": { "description": PROSE } } } });
    vendor["paths"]["/boxes/{id}"] = vendor["paths"]["/things/{id}/parts"].clone();
    let fresh = super::fixture::made("small", &document, super::small::OVERLAY);
    let (_, lines) = fresh.run(
        &fresh
            .of(&vendor)
            .include(vec!["/things/*/parts".to_owned(), "/boxes/*".to_owned()]),
    );
    let described: Vec<&String> = lines
        .iter()
        .filter(|line| line.contains("+      description") && !line.contains("+       "))
        .collect();
    assert_eq!(
        lines.iter().filter(|line| line.starts_with("+  /")).collect::<Vec<_>>(),
        ["+  /v1/things/{thing_id}/parts:", "+  /v1/boxes/{id}:"]
    );
    assert!(
        described.contains(&&"+      description: Id of the thing.".to_owned()),
        "{lines:#?}"
    );
    // A parameter of the same name after another word is another one.
    assert!(described.contains(&&"+      description: ''".to_owned()), "{lines:#?}");
}
