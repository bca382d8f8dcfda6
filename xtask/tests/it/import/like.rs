//! `--like`: a new operation in the shape of one that we have.

use serde_json::json;

use super::fixture::{Fresh, PROSE, made};
use super::small::{DOCUMENT, OVERLAY, vendor};

/// Our small document with an operation whose reply has an envelope and pages.
fn paged() -> Fresh {
    let document = DOCUMENT.replace(
        "components:\n  parameters:",
        "  /v1/parts:
    get:
      tags:
      - Things
      summary: List parts
      description: Lists parts.
      operationId: listParts
      parameters:
      - $ref: '#/components/parameters/Limit'
      responses:
        '200':
          description: The parts.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/PartList'
        '404':
          $ref: '#/components/responses/NotFound'
        '500':
          description: The service failed.
components:\n  parameters:",
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
    PageInfo:
      description: Where a page is.
      type: object
      properties:
        page:
          description: Number of the page.
          type: integer
        count:
          description: Number of items.
          type: integer
    PartList:
      description: Parts.
      allOf:
      - $ref: '#/components/schemas/Envelope'
      - type: object
        properties:
          result:
            description: The parts.
            type: array
            items:
              $ref: '#/components/schemas/Thing'
            nullable: true
          info:
            $ref: '#/components/schemas/PageInfo'
        required:
        - result
    Kind:\n      description",
    );
    made("small", &document, OVERLAY)
}

#[test]
fn new_operation_in_the_shape_of_a_sibling_has_its_errors_its_envelope_and_its_parameters() {
    let mut vendor = vendor();
    vendor["paths"] = json!({ "/boxes": { "get": { "operationId": "boxes-list", "tags": ["thing"],
        "parameters": [{ "in": "query", "name": "limit", "schema": { "type": "number", "default": 3 } },
            { "in": "query", "name": "colour", "schema": { "type": "string" } }],
        "responses": {
            "200": { "description": PROSE, "content": { "application/json": { "schema": { "type": "object", "properties": {
                "success": { "type": "boolean", "enum": [true] }, "notes": { "type": "string" },
                "info": { "type": "object", "properties": { "page": { "type": "number" }, "count": { "type": "number" } } },
                "result": { "type": "array", "items": { "$ref": "#/components/schemas/box" } } } } } } },
            "4XX": { "description": PROSE } } } } });
    vendor["components"]["schemas"]["box"] =
        json!({ "type": "object", "properties": { "colour": { "type": "string" } } });
    let fresh = paged();
    let import = fresh.of(&vendor).partial(true).include(vec!["/boxes".to_owned()]);
    let (outcome, lines) = fresh.run(&import.like(Some("listParts".to_owned())));
    assert_eq!(
        lines,
        [
            "+  /v1/boxes:",
            "+    get:",
            "+      tags:",
            "+      - Things",
            "+      summary: ''",
            "+      description: ''",
            "+      operationId: boxesList",
            "+      parameters:",
            "+      - $ref: '#/components/parameters/Limit'",
            "+      - name: colour",
            "+        in: query",
            "+        description: ''",
            "+        schema:",
            "+          type: string",
            "+      responses:",
            "+        '200':",
            "+          description: ''",
            "+          content:",
            "+            application/json:",
            "+              schema:",
            "+                $ref: '#/components/schemas/BoxesListReply'",
            "+        '404':",
            "+          $ref: '#/components/responses/NotFound'",
            "+        '500':",
            "+          description: The service failed.",
            "+    BoxValue:",
            "+      description: ''",
            "+      type: object",
            "+      properties:",
            "+        colour:",
            "+          description: ''",
            "+          type: string",
            "+    BoxesListReply:",
            "+      description: ''",
            "+      allOf:",
            "+      - $ref: '#/components/schemas/Envelope'",
            "+      - type: object",
            "+        properties:",
            "+          info:",
            "+            $ref: '#/components/schemas/PageInfo'",
            "+          notes:",
            "+            description: ''",
            "+            type: string",
            "+          result:",
            "+            description: ''",
            "+            type: array",
            "+            nullable: true",
            "+            items:",
            "+              $ref: '#/components/schemas/BoxValue'",
            "+        required:",
            "+        - result",
        ],
        "{lines:#?}"
    );
    assert!(!outcome.text().contains("to correct by hand"), "{}", outcome.text());
}

#[test]
fn new_operation_in_the_shape_of_a_sibling_requires_what_that_one_does() {
    for (own, expected) in [("      security: []\n", "+      security: []"), ("", "")] {
        let mut vendor = vendor();
        vendor["components"]["securitySchemes"]["key"] = json!({ "type": "apiKey", "in": "header", "name": "X-Key" });
        vendor["paths"]["/boxes"] = json!({ "get": { "operationId": "boxes-list", "security": [{ "key": [] }],
            "responses": { "200": { "description": PROSE } } } });
        let fresh = made(
            "small",
            &DOCUMENT.replace(
                "      operationId: listThings\n",
                &format!("      operationId: listThings\n{own}"),
            ),
            OVERLAY,
        );
        vendor["paths"]["/things"]["get"]["security"] = if own.is_empty() {
            json!([{ "bearer": [] }])
        } else {
            json!([])
        };
        let import = fresh.of(&vendor).include(vec!["/boxes".to_owned()]);
        let (_, lines) = fresh.run(&import.like(Some("listThings".to_owned())));
        let security: String = lines
            .iter()
            .filter(|line| line.contains("ecurity") || line.contains("key"))
            .cloned()
            .collect();
        assert_eq!(security, expected, "{lines:#?}");
    }
}

#[test]
fn sibling_that_we_do_not_have_is_refused() {
    let fresh = paged();
    let import = fresh.of(&vendor()).include(vec!["/things".to_owned()]);
    let failure = fresh.refusal(&import.like(Some("listNothing".to_owned()))).to_string();
    assert!(
        failure.contains("--like listNothing: `small` has no operation with this operationId"),
        "{failure}"
    );
}
