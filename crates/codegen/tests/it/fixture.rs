//! Small documents to start from.

use account_provisioning_codegen::{Error, normalise};
use serde_json::{Value, json};

/// A document with two operations on things: `getThings` answers with the component `Things`, `createThing` sends
/// `ThingRequest` and answers with `Thing`.
pub(crate) fn document() -> Value {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Things", "version": "1.0.0" },
        "security": [{ "basic": [] }],
        "paths": {
            "/accounts/{account_id}/things": {
                "parameters": [{ "$ref": "#/components/parameters/AccountId" }],
                "get": {
                    "operationId": "getThings",
                    "tags": ["Things"],
                    "description": "Lists things.",
                    "parameters": [
                        { "name": "ids", "in": "query", "schema": { "type": "array", "items": { "type": "string" } } }
                    ],
                    "responses": {
                        "200": reply("Things"),
                        "401": { "$ref": "#/components/responses/Unauthorized" }
                    }
                },
                "post": {
                    "operationId": "createThing",
                    "tags": ["Things"],
                    "requestBody": {
                        "required": true,
                        "content": { "application/json": { "schema": { "$ref": "#/components/schemas/ThingRequest" } } }
                    },
                    "responses": { "201": reply("Thing") }
                }
            }
        },
        "components": {
            "parameters": {
                "AccountId": { "name": "account_id", "in": "path", "required": true, "schema": { "type": "string" } }
            },
            "responses": {
                "Unauthorized": {
                    "description": "Who are you?",
                    "content": { "text/html": { "schema": { "type": "string" } } }
                }
            },
            "securitySchemes": { "basic": { "type": "http", "scheme": "basic" } },
            "schemas": {
                "Thing": { "type": "object", "required": ["id"], "properties": { "id": { "type": "string" } } },
                "ThingRequest": { "type": "object", "properties": { "name": { "type": "string" } } },
                "Things": {
                    "type": "object",
                    "properties": { "things": { "type": "array", "items": { "$ref": "#/components/schemas/Thing" } } }
                }
            }
        }
    })
}

fn reply(component: &str) -> Value {
    json!({
        "description": "Done.",
        "content": { "application/json": { "schema": { "$ref": format!("#/components/schemas/{component}") } } }
    })
}

/// The pointer of `getThings`.
pub(crate) const GET: &str = "/paths/~1accounts~1{account_id}~1things/get";
/// The pointer of `createThing`.
pub(crate) const POST: &str = "/paths/~1accounts~1{account_id}~1things/post";

/// The document with the value at `pointer` set; the place must exist or be a new key of an object that does.
pub(crate) fn with(pointer: &str, value: Value) -> Value {
    and(document(), pointer, value)
}

/// Sets the value at `pointer` in a document.
pub(crate) fn and(mut document: Value, pointer: &str, value: Value) -> Value {
    let (holder, key) = pointer.rsplit_once('/').unwrap();
    let holder = document.pointer_mut(holder).expect("the place to change exists");
    match holder {
        Value::Array(items) if key == "-" => items.push(value),
        holder => holder[key.replace("~1", "/").replace("~0", "~")] = value,
    }
    document
}

/// The document with a property of `Thing` (a response).
pub(crate) fn received(schema: Value) -> Value {
    with("/components/schemas/Thing/properties/it", schema)
}

/// The document with an optional property of `ThingRequest` (a request).
pub(crate) fn sent(schema: Value) -> Value {
    with("/components/schemas/ThingRequest/properties/it", schema)
}

/// What `it` of a component became.
pub(crate) fn it(document: &Value, component: &str) -> Value {
    let normal = normalise(document).unwrap();
    normal["components"]["schemas"][component]["properties"]["it"].clone()
}

/// The one problem that an error holds.
pub(crate) fn only(error: &Error) -> (&str, &str, &str) {
    let [problem] = error.problems() else {
        panic!("expected one problem: {error}");
    };
    (&problem.pointer, &problem.message, &problem.remedy)
}
