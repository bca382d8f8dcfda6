//! One change of the vendor's is one change of ours: a few lines, in our words and under our names.

use serde_json::{Value, json};

use super::fixture::{Fresh, PROSE, foreign, fresh, made, ours};
use super::small::{DOCUMENT, OVERLAY, small, vendor};

/// Imports the small vendor's document after a change, and returns the lines that change in ours.
fn changed(change: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut vendor = vendor();
    change(&mut vendor);
    small().import(&vendor).1
}

fn thing(vendor: &mut Value) -> &mut Value {
    &mut vendor["components"]["schemas"]["thing_object"]
}

fn list(vendor: &mut Value) -> &mut Value {
    &mut vendor["paths"]["/things"]["get"]
}

#[test]
fn import_of_the_same_facts_changes_nothing() {
    let small = small();
    let outcome = small.of(&vendor()).run(&small.workspace).unwrap();
    assert_eq!(outcome.code(), 0, "{}", outcome.text());
}

#[test]
fn new_property_gets_an_empty_description_and_is_listed() {
    let mut vendor = vendor();
    thing(&mut vendor)["properties"]["size"] = json!({ "type": "integer", "description": PROSE, "minimum": 1 });
    let small = small();
    let (outcome, lines) = small.import(&vendor);
    assert_eq!(
        lines,
        [
            "+        size:",
            "+          description: ''",
            "+          type: integer",
            "+          minimum: 1"
        ]
    );
    let line = 1 + small
        .text()
        .lines()
        .position(|line| line == "          description: ''")
        .unwrap();
    let listed = format!("openapi/small/openapi.yaml:{line}: #/components/schemas/Thing/properties/size/description");
    assert!(outcome.text().contains(&listed), "{}", outcome.text());
}

#[test]
fn removed_property_goes_and_so_does_its_place_among_the_required() {
    let lines = changed(|vendor| {
        *thing(vendor) = json!({ "type": "object", "properties": { "kind": { "$ref": "#/components/schemas/kind" } } });
    });
    assert_eq!(
        lines,
        [
            "-        id:",
            "-          description: Id.",
            "-          type: string",
            "-      required:",
            "-      - id"
        ]
    );
}

#[test]
fn changed_type_keeps_our_description() {
    let lines = changed(|vendor| thing(vendor)["properties"]["id"]["type"] = json!("integer"));
    assert_eq!(lines, ["-          type: string", "+          type: integer"]);
}

#[test]
fn newly_required_property_is_added_to_those_that_are() {
    assert_eq!(
        changed(|vendor| thing(vendor)["required"] = json!(["kind", "id"])),
        ["+      - kind"]
    );
}

#[test]
fn keywords_that_appear_stand_where_our_documents_write_them() {
    let lines = changed(|vendor| {
        thing(vendor)["properties"]["id"] =
            json!({ "type": "string", "maxLength": 9, "format": "uuid", "default": "no", "nullable": true });
    });
    assert_eq!(
        lines,
        [
            "+          default: 'no'",
            "+          format: uuid",
            "+          nullable: true",
            "+          maxLength: 9"
        ]
    );
}

#[test]
fn new_enum_value_gets_a_description_to_write_and_a_removed_one_loses_it() {
    let lines = changed(|vendor| {
        vendor["components"]["schemas"]["kind"]["enum"] = json!(["big", "huge"]);
        list(vendor)["parameters"][1]["schema"]["enum"] = json!(["big", "huge"]);
    });
    assert_eq!(
        lines,
        [
            "-      - small",
            "+      - huge",
            "-        small: Little.",
            "+        huge: ''"
        ]
    );
}

#[test]
fn component_that_stands_for_two_things_is_split_where_they_part() {
    let lines = changed(|vendor| list(vendor)["parameters"][1]["schema"]["enum"] = json!(["big", "small", "any"]));
    assert_eq!(
        lines,
        [
            "-          $ref: '#/components/schemas/Kind'",
            "+          $ref: '#/components/schemas/KindValue'",
            "+    KindValue:",
            "+      description: Kind of a thing.",
            "+      type: string",
            "+      enum:",
            "+      - big",
            "+      - small",
            "+      - any",
            "+      x-enum-descriptions:",
            "+        any: ''",
            "+        big: Large.",
            "+        small: Little.",
        ]
    );
}

#[test]
fn facts_from_prose_stay_until_the_vendor_speaks_about_them() {
    let lines = changed(|vendor| list(vendor)["parameters"][0]["schema"]["maximum"] = json!(100));
    assert_eq!(lines, ["-        maximum: 50", "+        maximum: 100"]);
    let lines = changed(|vendor| thing(vendor)["properties"]["note"] = json!({ "type": "integer" }));
    assert_eq!(lines, ["-          type: string", "+          type: integer"]);
}

#[test]
fn new_component_gets_a_free_name_in_our_style() {
    let lines = changed(|vendor| {
        vendor["components"]["schemas"]["reserved"] = json!({ "type": "object", "title": PROSE, "properties": {
            "inner": { "$ref": "#/components/schemas/reserved" }, "kind": { "$ref": "#/components/schemas/kind" } } });
        thing(vendor)["properties"]["more"] =
            json!({ "type": "array", "items": { "$ref": "#/components/schemas/reserved" } });
    });
    assert_eq!(
        lines,
        [
            "+        more:",
            "+          description: ''",
            "+          type: array",
            "+          items:",
            "+            $ref: '#/components/schemas/ReservedValue'",
            "+    ReservedValue:",
            "+      description: ''",
            "+      type: object",
            "+      properties:",
            "+        inner:",
            "+          $ref: '#/components/schemas/ReservedValue'",
            "+        kind:",
            "+          $ref: '#/components/schemas/Kind'",
        ]
    );
}

#[test]
fn component_that_nothing_uses_any_more_goes() {
    let lines = changed(|vendor| {
        thing(vendor)["properties"].as_object_mut().unwrap().remove("kind");
        list(vendor)["parameters"].as_array_mut().unwrap().pop();
    });
    assert!(lines.contains(&"-    Kind:".to_owned()), "{lines:?}");
    assert!(lines.contains(&"-        small: Little.".to_owned()), "{lines:?}");
}

#[test]
fn reply_that_turns_into_an_object_keeps_the_component_inside() {
    let lines = changed(|vendor| {
        list(vendor)["responses"]["200"]["content"]["application/json"]["schema"] = json!({ "type": "object",
            "properties": { "items": { "type": "array", "items": { "$ref": "#/components/schemas/thing_object" } } } });
    });
    assert!(
        lines.contains(&"+                      $ref: '#/components/schemas/Thing'".to_owned()),
        "{lines:?}"
    );
    assert!(lines.contains(&"-                type: array".to_owned()), "{lines:?}");
}

#[test]
fn new_status_and_new_header_are_described_later() {
    let lines = changed(|vendor| {
        list(vendor)["responses"]["429"] = json!({ "description": PROSE, "headers": { "retry-after": {
            "description": PROSE, "schema": { "type": "integer" } } } });
    });
    assert_eq!(
        lines,
        [
            "+        '429':",
            "+          description: ''",
            "+          headers:",
            "+            retry-after:",
            "+              description: ''",
            "+              schema:",
            "+                type: integer",
        ]
    );
}

#[test]
fn status_that_other_operations_know_refers_to_the_same_response() {
    let lines =
        changed(|vendor| vendor["paths"]["/things"]["post"]["responses"]["404"] = json!({ "description": PROSE }));
    assert_eq!(
        lines,
        ["+        '404':", "+          $ref: '#/components/responses/NotFound'"]
    );
}

#[test]
fn removed_status_parameter_and_body_go() {
    let lines = changed(|vendor| {
        list(vendor)["responses"].as_object_mut().unwrap().remove("404");
        list(vendor)["parameters"].as_array_mut().unwrap().remove(1);
    });
    assert_eq!(
        lines,
        [
            "-      - name: kind",
            "-        in: query",
            "-        description: Kind of the things.",
            "-        schema:",
            "-          $ref: '#/components/schemas/Kind'",
            "-        '404':",
            "-          $ref: '#/components/responses/NotFound'",
        ]
    );
    let lines = changed(|vendor| {
        vendor["paths"]["/things"]["post"]
            .as_object_mut()
            .unwrap()
            .remove("requestBody");
    });
    assert_eq!(lines.len(), 7, "{lines:?}");
    assert_eq!(lines[0], "-      requestBody:");
}

#[test]
fn parameter_that_turns_required_says_so() {
    let lines = changed(|vendor| list(vendor)["parameters"][1]["required"] = json!(true));
    assert_eq!(lines, ["+        required: true"]);
}

#[test]
fn list_that_is_sent_in_one_piece_says_so() {
    let lines = changed(|vendor| list(vendor)["parameters"][1]["explode"] = json!(false));
    assert_eq!(lines, ["+        explode: false"]);
    // What the specification takes for granted says nothing new.
    let small = small();
    let mut vendor = vendor();
    list(&mut vendor)["parameters"][1]["style"] = json!("form");
    assert_eq!(small.of(&vendor).run(&small.workspace).unwrap().code(), 0);
}

#[test]
fn operation_that_needs_no_credentials_any_more_says_so() {
    let lines = changed(|vendor| list(vendor)["security"] = json!([]));
    assert_eq!(lines, ["+      security: []"]);
}

#[test]
fn scheme_that_changes_is_the_same_scheme_in_another_form() {
    let lines = changed(|vendor| {
        vendor["components"]["securitySchemes"]["bearer"] = json!({ "type": "http", "scheme": "basic" });
    });
    assert_eq!(lines, ["-      scheme: bearer", "+      scheme: basic"]);
}

#[test]
fn new_scheme_of_another_type_is_added() {
    let lines = changed(|vendor| {
        vendor["components"]["securitySchemes"]["key"] = json!({ "type": "apiKey", "in": "header", "name": "X-Key" });
        list(vendor)["security"] = json!([{ "bearer": [] }, { "key": [] }]);
    });
    assert_eq!(
        lines,
        [
            "+      security:",
            "+      - token: []",
            "+      - key: []",
            "+    key:",
            "+      name: X-Key",
            "+      in: header",
            "+      description: ''",
            "+      type: apiKey",
        ]
    );
}

#[test]
fn document_without_a_word_about_credentials_leaves_them() {
    let small = small();
    let mut vendor = vendor();
    vendor.as_object_mut().unwrap().remove("security");
    vendor["components"].as_object_mut().unwrap().remove("securitySchemes");
    assert_eq!(small.of(&vendor).run(&small.workspace).unwrap().code(), 0);
}

#[test]
fn new_server_is_added_and_the_version_is_the_vendors() {
    let mut vendor = vendor();
    vendor["servers"] = json!([{ "url": "https://api.small.example/v1" }, { "url": "https://{place}.small.example/v1",
        "description": PROSE, "variables": { "place": { "default": "eu" } } }]);
    vendor["info"]["version"] = json!("2");
    let (outcome, lines) = small().import(&vendor);
    assert_eq!(
        lines,
        [
            "-  version: '1'",
            "+  version: '2'",
            "+- url: https://{place}.small.example",
            "+  description: ''",
            "+  variables:",
            "+    place:",
            "+      description: ''",
            "+      default: eu",
        ]
    );
    assert!(
        outcome.text().contains("the vendor's version is \"2\", and was \"1\""),
        "{}",
        outcome.text()
    );
}

#[test]
fn deprecated_operation_and_property_say_so() {
    let lines = changed(|vendor| {
        list(vendor)["deprecated"] = json!(true);
        thing(vendor)["properties"]["id"]["deprecated"] = json!(true);
    });
    assert_eq!(lines, ["+      deprecated: true", "+          deprecated: true"]);
}

/// A workspace whose replies are put together out of an envelope and a result, and a vendor who puts them together in
/// another way.
pub(crate) fn enveloped() -> (Fresh, Value) {
    let document = DOCUMENT.replace(
        "  /v1/things/{thing_id}:",
        "  /v1/envelope:
    get:
      summary: Fetch
      description: Fetches.
      operationId: fetchEnvelope
      responses:
        '200':
          description: The envelope.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/ThingReply'
  /v1/things/{thing_id}:",
    );
    let document = document.replace(
        "    Kind:\n      description",
        "    Envelope:
      description: What every reply has.
      type: object
      properties:
        success:
          description: Whether it went well.
          type: boolean
      required:
      - success
    ThingReply:
      description: A reply.
      allOf:
      - $ref: '#/components/schemas/Envelope'
      - type: object
        properties:
          count:
            description: How many.
            type: integer
          result:
            description: The text.
            type: string
        required:
        - result
    Kind:\n      description",
    );
    let mut vendor = vendor();
    vendor["paths"]["/envelope"] = json!({ "get": { "responses": { "200": { "content": { "application/json": { "schema": {
        "allOf": [{ "$ref": "#/components/schemas/counted" }, { "properties": { "result": { "type": "string" } }, "required": ["result"] }] } } } } } } });
    vendor["components"]["schemas"]["counted"] = json!({ "allOf": [{ "$ref": "#/components/schemas/common" },
        { "type": "object", "properties": { "count": { "type": "integer" } } }] });
    vendor["components"]["schemas"]["common"] =
        json!({ "type": "object", "properties": { "success": { "type": "boolean" } }, "required": ["success"] });
    (made("small", &document, OVERLAY), vendor)
}

#[test]
fn object_that_the_vendor_puts_together_in_another_way_is_the_same() {
    let (fresh, vendor) = enveloped();
    let outcome = fresh.of(&vendor).run(&fresh.workspace).unwrap();
    assert_eq!(outcome.code(), 0, "{}", outcome.text());
}

#[test]
fn change_inside_an_object_put_together_in_another_way_changes_the_part_that_has_it() {
    let (fresh, mut vendor) = enveloped();
    vendor["components"]["schemas"]["counted"]["allOf"][1]["properties"]["count"]["type"] = json!("number");
    let (_, lines) = fresh.import(&vendor);
    assert_eq!(lines, ["-            type: integer", "+            type: number"]);

    let (fresh, mut vendor) = enveloped();
    vendor["components"]["schemas"]["common"] =
        json!({ "type": "object", "properties": { "success": { "type": "string" }, "note": {} } });
    let (_, lines) = fresh.import(&vendor);
    assert_eq!(
        lines,
        [
            "-          type: boolean",
            "-      required:",
            "-      - success",
            "+          type: string",
            "+          note:",
            "+            description: ''",
        ]
    );
}

#[test]
fn one_new_field_in_a_real_document_is_three_lines() {
    let mut vendor = foreign(&ours("cloudinary"));
    vendor["components"]["schemas"]["vendor-User.v1"]["properties"]["nickname"] = json!({ "type": "string" });
    let (outcome, lines) = fresh("cloudinary").import(&vendor);
    assert_eq!(
        lines,
        [
            "+        nickname:",
            "+          description: ''",
            "+          type: string"
        ]
    );
    assert!(outcome.text().contains("nickname"), "{}", outcome.text());
}
