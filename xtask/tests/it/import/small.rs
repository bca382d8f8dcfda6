//! A small API in our style, for what our real documents have no example of.

use serde_json::{Value, json};

use super::fixture::{Fresh, made};

pub(crate) const DOCUMENT: &str = "\
openapi: 3.0.3
info:
  title: Small
  version: '1'
  description: A small API.
servers:
- url: https://api.small.example
  description: The only host.
tags:
- name: Things
  description: Things.
security:
- token: []
paths:
  /v1/things:
    get:
      tags:
      - Things
      summary: List things
      description: Lists things.
      operationId: listThings
      parameters:
      - $ref: '#/components/parameters/Limit'
      - name: kind
        in: query
        description: Kind of the things.
        schema:
          $ref: '#/components/schemas/Kind'
      responses:
        '200':
          description: The things.
          content:
            application/json:
              schema:
                type: array
                items:
                  $ref: '#/components/schemas/Thing'
        '404':
          $ref: '#/components/responses/NotFound'
    post:
      tags:
      - Things
      summary: Create a thing
      description: Creates a thing.
      operationId: createThing
      requestBody:
        description: The thing.
        required: true
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/Thing'
      responses:
        '200':
          description: The thing.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Thing'
  /v1/things/{thing_id}:
    parameters:
    - $ref: '#/components/parameters/ThingId'
    get:
      tags:
      - Things
      summary: Fetch a thing
      description: Fetches a thing.
      operationId: getThing
      responses:
        '200':
          description: The thing.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Thing'
        '404':
          $ref: '#/components/responses/NotFound'
components:
  parameters:
    Limit:
      name: limit
      in: query
      description: How many.
      schema:
        type: integer
        maximum: 50
        x-from-prose:
        - maximum
    ThingId:
      name: thing_id
      in: path
      required: true
      description: Id of the thing.
      schema:
        type: string
  responses:
    NotFound:
      description: There is no such thing.
  schemas:
    Thing:
      description: A thing.
      type: object
      properties:
        id:
          description: Id.
          type: string
        kind:
          $ref: '#/components/schemas/Kind'
        note:
          description: A note, told in prose alone.
          type: string
          x-from-prose: true
      required:
      - id
    Kind:
      description: Kind of a thing.
      type: string
      enum:
      - big
      - small
      x-enum-descriptions:
        big: Large.
        small: Little.
  securitySchemes:
    token:
      description: A token.
      type: http
      scheme: bearer
";

pub(crate) const OVERLAY: &str = "\
overlay: 1.0.0
info:
  title: Deviations
  version: '1'
actions:
- target: $.paths['/v1/things'].post
  description: A thing with the same id replaces the first.
  update:
    x-retry: idempotent
- target: $.components.schemas
  description: A name that the client needs.
  update:
    Reserved:
      description: Reserved.
      type: string
";

pub(crate) fn small() -> Fresh {
    made("small", DOCUMENT, OVERLAY)
}

/// What the vendor of the small API publishes: another base path, other names, nothing of the prose.
pub(crate) fn vendor() -> Value {
    let thing = json!({ "$ref": "#/components/schemas/thing_object" });
    let reply =
        json!({ "description": "A sentence of the vendor.", "content": { "application/json": { "schema": thing } } });
    let missing = json!({ "$ref": "#/components/responses/404" });
    json!({
        "openapi": "3.0.0",
        "info": { "title": "Vendor", "version": "1", "description": "A sentence of the vendor." },
        "servers": [{ "url": "https://api.small.example/v1/" }],
        "security": [{ "bearer": [] }],
        "paths": {
            "/things": {
                "get": { "operationId": "things-list", "tags": ["thing"], "parameters": [
                    { "in": "query", "name": "limit", "schema": { "type": "integer" } },
                    { "in": "query", "name": "kind", "schema": { "type": "string", "enum": ["small", "big"] } },
                ], "responses": { "200": { "content": { "application/json": { "schema": { "type": "array", "items": thing } } } }, "404": missing } },
                "post": { "operationId": "things-create", "tags": ["thing"], "requestBody": { "required": true, "content": {
                    "application/json": { "schema": thing } } }, "responses": { "200": reply } },
            },
            "/things/{id}": { "get": { "operationId": "things-get", "tags": ["thing"], "parameters": [
                { "in": "path", "name": "id", "required": true, "schema": { "type": "string" } } ],
                "responses": { "200": reply, "404": missing } } },
        },
        "components": {
            "responses": { "404": { "description": "A sentence of the vendor." } },
            "schemas": { "thing_object": { "type": "object", "required": ["id"], "properties": {
                "id": { "type": "string", "description": "A sentence of the vendor." }, "kind": { "$ref": "#/components/schemas/kind" } } },
                "kind": { "type": "string", "enum": ["big", "small"] } },
            "securitySchemes": { "bearer": { "type": "http", "scheme": "Bearer", "description": "A sentence of the vendor." } },
        },
    })
}
