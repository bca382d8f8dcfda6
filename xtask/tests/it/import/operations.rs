//! Operations that come and go.

use account_provisioning_codegen::document::Document;
use serde_json::{Value, json};

use super::fixture::{Fresh, PROSE, foreign, fresh, made, ours};
use super::small::{DOCUMENT, OVERLAY, small, vendor};

#[test]
fn new_operation_stays_out_until_it_is_included() {
    let mut vendor = vendor();
    vendor["paths"]["/things/{id}"]["delete"] = json!({ "responses": { "200": { "description": PROSE } } });
    let small = small();
    let outcome = small.of(&vendor).run(&small.workspace).unwrap();
    assert_eq!(outcome.code(), 0);
    assert!(
        outcome
            .text()
            .contains("1 operation of the vendor's document is not imported; `--include PATH-GLOB` adds it:"),
        "{}",
        outcome.text()
    );
    assert!(outcome.text().contains("  DELETE /things/{id}\n"), "{}", outcome.text());
}

#[test]
fn included_operation_of_a_known_path_joins_it() {
    let mut vendor = vendor();
    vendor["paths"]["/things/{id}"]["put"] = json!({
        "operationId": "things-replace", "tags": ["thing"], "summary": PROSE, "description": PROSE,
        "parameters": [{ "in": "path", "name": "id", "required": true, "schema": { "type": "string" } },
            { "in": "query", "name": "force", "description": PROSE, "schema": { "type": "boolean" } }],
        "requestBody": { "required": true, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/thing_object" } } } },
        "responses": { "200": { "description": PROSE }, "404": { "$ref": "#/components/responses/404" } },
    });
    let small = small();
    let (outcome, lines) = small.run(&small.of(&vendor).include(vec!["/things/*".to_owned()]));
    assert_eq!(
        lines,
        [
            "+    put:",
            "+      tags:",
            "+      - Things",
            "+      summary: ''",
            "+      description: ''",
            "+      operationId: thingsReplace",
            "+      parameters:",
            "+      - name: force",
            "+        in: query",
            "+        description: ''",
            "+        schema:",
            "+          type: boolean",
            "+      requestBody:",
            "+        description: ''",
            "+        required: true",
            "+        content:",
            "+          application/json:",
            "+            schema:",
            "+              $ref: '#/components/schemas/Thing'",
            "+      responses:",
            "+        '200':",
            "+          description: ''",
            "+        '404':",
            "+          $ref: '#/components/responses/NotFound'",
        ]
    );
    assert!(
        outcome.text().contains("1 operation added:\n  PUT /things/{id}\n"),
        "{}",
        outcome.text()
    );
}

#[test]
fn included_operation_of_a_new_path_has_our_names_and_base_path() {
    let mut vendor = vendor();
    vendor["components"]["parameters"] =
        json!({ "the_id": { "in": "path", "name": "id", "required": true, "schema": { "type": "string" } } });
    let reference = json!({ "$ref": "#/components/parameters/the_id" });
    vendor["paths"]["/things/{id}"]["get"]["parameters"] = json!([reference]);
    vendor["paths"]["/things/{id}/parts"] =
        json!({ "parameters": [reference], "get": { "tags": ["part"], "responses": { "200": {} } } });
    let small = small();
    let (_, lines) = small.run(&small.of(&vendor).include(vec!["/things/{id}/**".to_owned()]));
    assert_eq!(
        lines,
        [
            "+- name: part",
            "+  description: ''",
            "+  /v1/things/{thing_id}/parts:",
            "+    parameters:",
            "+    - $ref: '#/components/parameters/ThingId'",
            "+    get:",
            "+      tags:",
            "+      - part",
            "+      summary: ''",
            "+      description: ''",
            "+      operationId: getV1ThingsThingIdParts",
            "+      responses:",
            "+        '200':",
            "+          description: ''",
        ]
    );
}

#[test]
fn operation_that_the_vendor_dropped_goes_and_is_named() {
    let mut vendor = vendor();
    vendor["paths"].as_object_mut().unwrap().remove("/things/{id}");
    let small = small();
    let (outcome, lines) = small.import(&vendor);
    assert!(
        outcome
            .text()
            .contains("1 operation is not in the vendor's document; removed:\n  GET /v1/things/{thing_id}\n"),
        "{}",
        outcome.text()
    );
    assert!(lines.contains(&"-  /v1/things/{thing_id}:".to_owned()));
    assert!(
        lines.contains(&"-    ThingId:".to_owned()),
        "the parameter that only it used goes too: {lines:?}"
    );
    assert!(lines.iter().all(|line| line.starts_with('-')), "{lines:?}");
}

#[test]
fn operation_that_a_partial_document_lacks_stays() {
    let mut vendor = vendor();
    vendor["paths"].as_object_mut().unwrap().remove("/things/{id}");
    let small = small();
    let outcome = small.of(&vendor).partial(true).run(&small.workspace).unwrap();
    assert_eq!(outcome.code(), 0, "{}", outcome.text());
    assert!(
        outcome
            .text()
            .contains("kept, since the document describes a part of the API"),
        "{}",
        outcome.text()
    );
}

#[test]
fn document_with_few_of_our_operations_is_refused_unless_it_is_partial() {
    let mut vendor = foreign(&ours("cloudinary"));
    let some = vendor["paths"]
        .as_object()
        .unwrap()
        .iter()
        .take(3)
        .map(|(path, item)| (path.clone(), item.clone()))
        .collect();
    vendor["paths"] = some;
    let fresh = fresh("cloudinary");
    let failure = fresh.refusal(&fresh.of(&vendor)).to_string();
    assert!(
        failure.contains("are missing from this document; if it describes a part of the API, give `--partial`"),
        "{failure}"
    );
    assert_eq!(fresh.of(&vendor).partial(true).run(&fresh.workspace).unwrap().code(), 0);
}

#[test]
fn document_of_another_api_is_refused() {
    let small = small();
    let other = json!({ "openapi": "3.0.3", "paths": { "/other": { "get": { "responses": {} } } } });
    let failure = small.refusal(&small.of(&other)).to_string();
    assert!(
        failure.contains("none of the 3 operations of `small` is in this document"),
        "{failure}"
    );
}

/// A document that has none of our operations, under another base path.
fn only_new() -> Value {
    let mut vendor = vendor();
    vendor["paths"] = json!({ "/boxes": { "get": { "operationId": "boxes-list", "tags": ["thing"],
        "responses": { "200": { "description": PROSE, "content": { "application/json": { "schema": { "allOf": [
            { "$ref": "#/components/schemas/envelope" },
            { "type": "object", "properties": { "result": { "$ref": "#/components/schemas/thing_object" } } } ] } } } },
            "4XX": { "description": PROSE } } } } });
    vendor["components"]["schemas"]["envelope"] =
        json!({ "type": "object", "properties": { "success": { "type": "boolean", "description": PROSE } } });
    vendor
}

#[test]
fn new_operations_alone_are_added_and_touch_no_other_if_the_document_is_partial() {
    let small = small();
    let import = small.of(&only_new()).include(vec!["/boxes".to_owned()]);
    let failure = small.refusal(&import).to_string();
    assert!(
        failure.contains("if it describes new operations alone, give `--partial`"),
        "{failure}"
    );
    let (outcome, lines) = small.run(&import.partial(true));
    assert!(
        outcome.text().contains("1 operation added:\n  GET /boxes\n"),
        "{}",
        outcome.text()
    );
    assert!(
        lines.iter().all(|line| line.starts_with('+')),
        "nothing that was there goes: {lines:?}"
    );
    assert!(lines.contains(&"+  /v1/boxes:".to_owned()), "{lines:?}");
    assert!(lines.contains(&"+        '4XX':".to_owned()), "{lines:?}");
}

#[test]
fn new_operations_that_are_not_included_are_refused_even_if_the_document_is_partial() {
    let small = small();
    let failure = small.refusal(&small.of(&only_new()).partial(true)).to_string();
    assert!(
        failure.contains("and `--include PATH-GLOB` for those to add"),
        "{failure}"
    );
}

/// An operation of ours with everything that it depends on, written out.
fn whole(document: &Value, path: &str, method: &str) -> Value {
    fn written_out(value: &Value, document: &Value) -> Value {
        match value {
            Value::Object(map) => match map.get("$ref").and_then(Value::as_str) {
                Some(place) => written_out(document.pointer(&place[1..]).unwrap(), document),
                None => map
                    .iter()
                    .map(|(key, value)| (key.clone(), written_out(value, document)))
                    .collect(),
            },
            Value::Array(items) => items.iter().map(|item| written_out(item, document)).collect(),
            other => other.clone(),
        }
    }
    let item = &document["paths"][path];
    let mut parameters: Vec<Value> = [&item["parameters"], &item[method]["parameters"]]
        .iter()
        .flat_map(|list| list.as_array().cloned().unwrap_or_default())
        .map(|parameter| written_out(&parameter, document))
        .collect();
    parameters.sort_by_key(ToString::to_string);
    let mut operation = written_out(&item[method], document);
    operation["parameters"] = json!(parameters);
    let context = json!({ "servers": document["servers"], "security": document["security"],
        "schemes": document["components"]["securitySchemes"] });
    json!([operation, context])
}

#[test]
fn partial_document_that_changes_everything_shared_touches_no_operation_that_it_lacks() {
    let mut vendor = vendor();
    vendor["servers"] = json!([{ "url": "https://part.small.example/v1" }]);
    vendor["components"]["securitySchemes"]["bearer"] = json!({ "type": "http", "scheme": "basic" });
    let thing = &mut vendor["components"]["schemas"]["thing_object"];
    thing["properties"]["id"]["type"] = json!("integer");
    thing["properties"]["kind"] = json!({ "type": "string", "enum": ["other"] });
    vendor["components"]["responses"]["404"]["content"] = json!({ "text/plain": { "schema": { "type": "string" } } });
    let item = vendor["paths"]["/things/{id}"].take();
    let mut put = item["get"].clone();
    put["operationId"] = json!("things-put");
    put["parameters"][0]["schema"]["type"] = json!("integer");
    vendor["paths"]["/things/{id}"] = json!({ "put": put });
    vendor["paths"]["/things"].as_object_mut().unwrap().remove("post");
    let small = small();
    let before = document(&small);
    let (_, lines) = small.run(&small.of(&vendor).partial(true).include(vec!["/things/*".to_owned()]));
    let after = document(&small);
    assert!(
        lines.iter().any(|line| line.contains("type: integer")),
        "the others change: {lines:#?}"
    );
    for (path, method) in [("/v1/things", "post"), ("/v1/things/{thing_id}", "get")] {
        let (mut before, mut after) = (whole(&before, path, method), whole(&after, path, method));
        // A new scheme may be added, but none may change.
        let known = before[1]["schemes"].take();
        let now = after[1]["schemes"].take();
        assert_eq!(now["token"], known["token"]);
        assert_eq!(after, before, "{method} {path}: {lines:#?}");
    }
}

#[test]
fn partial_document_with_one_operation_of_a_path_leaves_the_others_their_parameters() {
    let document = super::small::DOCUMENT.replace(
        "components:\n  parameters:",
        "    delete:\n      tags:\n      - Things\n      summary: Delete\n      description: Deletes.\n      \
         operationId: deleteThing\n      responses:\n        '204':\n          description: It is gone.\ncomponents:\n  parameters:",
    );
    let fresh = super::fixture::made("small", &document, super::small::OVERLAY);
    let mut vendor = vendor();
    vendor["paths"]["/things/{id}"]["get"]["parameters"][0]["schema"]["type"] = json!("integer");
    let before = self::document(&fresh);
    let (_, lines) = fresh.run(&fresh.of(&vendor).partial(true));
    let after = self::document(&fresh);
    let path = "/v1/things/{thing_id}";
    assert_eq!(
        whole(&after, path, "delete"),
        whole(&before, path, "delete"),
        "{lines:#?}"
    );
    assert_ne!(whole(&after, path, "get"), whole(&before, path, "get"), "{lines:#?}");
}

fn document(fresh: &Fresh) -> Value {
    Document::parse("openapi.yaml", &fresh.text()).unwrap().value().clone()
}

#[test]
fn new_operation_without_an_operation_id_gets_a_name_and_is_told() {
    let mut vendor = vendor();
    vendor["paths"]["/boxes/{id}/lids"] = json!({ "get": { "responses": { "200": { "description": PROSE } } } });
    let small = small();
    let (outcome, lines) = small.run(&small.of(&vendor).include(vec!["/boxes/**".to_owned()]));
    assert!(
        lines.contains(&"+      operationId: getV1BoxesIdLids".to_owned()),
        "{lines:#?}"
    );
    let told = "#/paths/~1boxes~1{id}~1lids/get: `GET /boxes/{id}/lids` has no operationId; its name is `getV1BoxesIdLids`, made \
                from its method and path; rename it before others use it";
    assert!(outcome.text().contains(told), "{}", outcome.text());
}

#[test]
fn media_types_that_are_not_chosen_are_told() {
    let mut vendor = vendor();
    let content = &mut vendor["paths"]["/things"]["post"]["requestBody"]["content"];
    content["application/xml"] = json!({ "schema": { "type": "string" } });
    let small = small();
    let (outcome, _) = small.import(&vendor);
    let told = "the body of `createThing` is sent as `application/json`, and never as `application/xml`";
    let line = outcome.text().lines().find(|line| line.contains(told));
    assert!(
        line.is_some_and(|line| line.starts_with("  openapi/small/openapi.yaml:")),
        "{}",
        outcome.text()
    );
}

/// A parameter of the path is one of every operation in it, so a new operation would silently have it too.
#[test]
fn new_operation_of_a_known_path_has_only_the_parameters_of_the_vendors() {
    let shared = "  /v1/things/{thing_id}:\n    parameters:\n    - $ref: '#/components/parameters/ThingId'\n";
    let also =
        "    - name: depth\n      in: query\n      description: How deep.\n      schema:\n        type: integer\n";
    let small = made("small", &DOCUMENT.replace(shared, &format!("{shared}{also}")), OVERLAY);
    let mut vendor = vendor();
    let item = &mut vendor["paths"]["/things/{id}"];
    let depth = json!({ "name": "depth", "in": "query", "schema": { "type": "integer" } });
    let own = item["get"]["parameters"].as_array().cloned().unwrap_or_default();
    item["get"]["parameters"] = json!([own.clone(), vec![depth]].concat());
    item["delete"] = json!({ "operationId": "thing-delete", "tags": ["thing"], "parameters": own,
        "responses": { "204": { "description": PROSE } } });
    small.run(&small.of(&vendor).include(vec!["/things/*".to_owned()]));
    let text = small.text();
    let (item, _) = text.split_once("\ncomponents:").unwrap();
    let (_, item) = item.split_once("  /v1/things/{thing_id}:\n").unwrap();
    let (of_path, operations) = item.split_once("    get:\n").unwrap();
    assert!(!of_path.contains("depth") && of_path.contains("ThingId"), "{item}");
    let (get, delete) = operations.split_once("    delete:\n").unwrap();
    assert!(get.contains("name: depth") && !delete.contains("depth"), "{item}");
}
