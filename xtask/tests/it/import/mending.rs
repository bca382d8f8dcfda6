//! What the generator would refuse is told at once.

use std::fs;

use serde_json::{Value, json};
use xtask::Outcome;

use super::fixture::PROSE;
use super::small::{small, vendor};

/// An operation with this reply.
fn answering(id: &str, schema: &Value) -> Value {
    json!({ "operationId": id, "tags": ["thing"], "responses": { "200": { "description": PROSE, "content": {
        "application/json": { "schema": schema } } } } })
}

/// A vendor's document with something to refuse for each step of the generator.
fn refused_in_every_step() -> Value {
    let mut vendor = vendor();
    // Preflight.
    vendor["components"]["schemas"]["thing_object"]["properties"]["mixed"] = json!({ "not": { "type": "string" } });
    vendor["paths"]["/optional"] = json!({ "post": answering("optional", &json!({ "type": "string" })) });
    vendor["paths"]["/optional"]["post"]["requestBody"] =
        json!({ "content": { "text/plain": { "schema": { "type": "string" } } } });
    vendor["paths"]["/cookie"] = json!({ "get": answering("cookie", &json!({ "type": "string" })) });
    vendor["paths"]["/cookie"]["get"]["parameters"] =
        json!([{ "in": "cookie", "name": "session", "schema": { "type": "string" } }]);
    // Responses: no success, and successes that differ.
    vendor["paths"]["/failing"] =
        json!({ "get": { "operationId": "failing", "responses": { "404": { "description": PROSE } } } });
    // Components that are made of inline parts: a name that is taken.
    let inner = json!({ "type": "object", "properties": { "a": { "type": "string" } } });
    vendor["components"]["schemas"]["holder_inner"] = inner.clone();
    vendor["components"]["schemas"]["holder"] = json!({ "type": "object", "properties": {
        "inner": inner, "other": { "$ref": "#/components/schemas/holder_inner" } } });
    vendor["paths"]["/holder"] =
        json!({ "get": answering("holder", &json!({ "$ref": "#/components/schemas/holder" })) });
    vendor
}

const PLACES: [&str; 5] = [
    "#/components/schemas/Thing/properties/mixed/not: ",
    "#/paths/~1v1~1optional/post/requestBody/content/text~1plain: ",
    "#/paths/~1v1~1cookie/get/parameters/0: ",
    "#/paths/~1v1~1failing/get/responses: no response of class 2xx is declared",
    "#/components/schemas/Holder/properties/inner: an inline object would be named `HolderInner`, which is taken",
];

fn import(vendor: &Value) -> (Outcome, String) {
    let small = small();
    let globs = ["/optional", "/cookie", "/failing", "/holder"]
        .map(str::to_owned)
        .to_vec();
    let (outcome, _) = small.run(&small.of(vendor).include(globs));
    let text = fs::read_to_string(small.document_path()).unwrap();
    (outcome, text)
}

#[test]
fn refusals_of_every_step_are_told_at_once() {
    let (outcome, _) = import(&refused_in_every_step());
    let listed = outcome.text().split("to correct by hand").nth(1).unwrap();
    for place in PLACES {
        assert!(listed.contains(place), "{place} is missing in {listed}");
    }
}

#[test]
fn correction_of_one_place_is_no_new_refusal() {
    let (outcome, _) = import(&refused_in_every_step());
    let listed = outcome.text().split("to correct by hand").nth(1).unwrap();
    let places = listed.lines().filter(|line| line.contains("openapi.yaml:"));
    let others: Vec<&str> = places
        .filter(|line| !PLACES.iter().any(|place| line.contains(place)) && !line.contains("changed openapi"))
        .collect();
    // The optional body of another type is refused for both.
    assert!(
        others.len() <= 1 && others.iter().all(|line| line.contains("requestBody: an optional body")),
        "{others:#?}"
    );
}

#[test]
fn refusals_of_the_generator_are_told_beside_an_overlay_that_does_not_fit() {
    let mut vendor = refused_in_every_step();
    vendor["paths"]["/things"].as_object_mut().unwrap().remove("post");
    let small = small();
    let globs = ["/optional", "/cookie", "/failing", "/holder"]
        .map(str::to_owned)
        .to_vec();
    let failure = small.refusal(&small.of(&vendor).include(globs)).to_string();
    assert!(
        failure.contains("target `$.paths['/v1/things'].post` matches nothing"),
        "{failure}"
    );
    for place in PLACES {
        assert!(failure.contains(place), "{place} is missing in {failure}");
    }
}
