//! A base path that one document has in the URL of its server and the other in its paths, with a parameter in it.

use serde_json::{Value, json};

use super::fixture::{Fresh, PROSE, made};
use super::small::{DOCUMENT, OVERLAY, vendor};

/// Our small document with the id of an account in all of its paths.
fn in_paths() -> Fresh {
    let document = DOCUMENT
        .replace("  /v1/things:\n", "  /v1/{account_id}/things:\n    parameters:\n    - $ref: '#/components/parameters/AccountId'\n")
        .replace(
            "  /v1/things/{thing_id}:\n    parameters:\n",
            "  /v1/{account_id}/things/{thing_id}:\n    parameters:\n    - $ref: '#/components/parameters/AccountId'\n",
        )
        .replace(
            "components:\n  parameters:\n",
            "components:\n  parameters:\n    AccountId:\n      name: account_id\n      in: path\n      required: true\n      \
             description: Id of the account.\n      schema:\n        type: string\n",
        );
    made(
        "small",
        &document,
        &OVERLAY.replace("/v1/things", "/v1/{account_id}/things"),
    )
}

/// Our small document with the id of an account in the URL of its server.
fn in_servers() -> Fresh {
    let document = DOCUMENT.replace("  /v1/things", "  /things").replace(
        "- url: https://api.small.example\n  description: The only host.\n",
        "- url: https://api.small.example/v1/{accountId}\n  description: The only host.\n  variables:\n    accountId:\n      \
         description: Id of the account.\n      default: none\n",
    );
    made("small", &document, &OVERLAY.replace("/v1/things", "/things"))
}

/// What the vendor publishes with the id of an account in the URL of the server.
fn vendor_with_servers() -> Value {
    let mut vendor = vendor();
    vendor["servers"] = json!([{ "url": "https://api.small.example/v1/{accountId}", "variables": {
        "accountId": { "default": "none", "description": PROSE } } }]);
    vendor
}

/// What the vendor publishes with the id of an account in all paths.
fn vendor_with_paths() -> Value {
    let mut vendor = vendor();
    vendor["servers"] = json!([{ "url": "https://api.small.example" }]);
    let account = json!({ "name": "account", "in": "path", "required": true, "schema": { "type": "string" } });
    let paths = vendor["paths"].take();
    let paths = paths.as_object().unwrap().iter().map(|(path, item)| {
        let mut item = item.clone();
        item["parameters"] = json!([account]);
        (format!("/v1/{{account}}{path}"), item)
    });
    vendor["paths"] = paths.collect();
    vendor
}

fn assert_nothing_to_do(fresh: &Fresh, vendor: &Value) {
    let outcome = fresh.of(vendor).run(&fresh.workspace).unwrap();
    assert_eq!(outcome.code(), 0, "{}", outcome.text());
}

#[test]
fn base_path_with_a_parameter_moves_between_servers_and_paths_without_a_change() {
    for fresh in [in_paths(), in_servers()] {
        assert_nothing_to_do(&fresh, &vendor_with_servers());
        assert_nothing_to_do(&fresh, &vendor_with_paths());
    }
}

#[test]
fn new_path_below_a_base_path_with_a_parameter_has_the_parameter_of_its_siblings() {
    let mut vendor = vendor_with_servers();
    vendor["paths"]["/boxes/{id}"] = json!({ "delete": { "operationId": "boxes-delete", "tags": ["thing"],
        "parameters": [{ "in": "path", "name": "id", "required": true, "schema": { "type": "integer" } }],
        "responses": { "204": { "description": PROSE } } } });
    let fresh = in_paths();
    let (outcome, lines) = fresh.run(&fresh.of(&vendor).include(vec!["/boxes/*".to_owned()]));
    assert_eq!(
        lines,
        [
            "+  /v1/{account_id}/boxes/{id}:",
            "+    parameters:",
            "+    - $ref: '#/components/parameters/AccountId'",
            "+    - name: id",
            "+      in: path",
            "+      required: true",
            "+      description: ''",
            "+      schema:",
            "+        type: integer",
            "+    delete:",
            "+      tags:",
            "+      - Things",
            "+      summary: ''",
            "+      description: ''",
            "+      operationId: boxesDelete",
            "+      responses:",
            "+        '204':",
            "+          description: ''",
        ]
    );
    assert!(!outcome.text().contains("to correct by hand"), "{}", outcome.text());
}

#[test]
fn new_path_of_a_document_with_the_base_path_in_its_paths_loses_it() {
    let mut vendor = vendor_with_paths();
    vendor["paths"]["/v1/{account}/boxes"] = json!({ "parameters": vendor["paths"]["/v1/{account}/things"]["parameters"],
        "get": { "operationId": "boxes-list", "tags": ["thing"], "responses": { "204": { "description": PROSE } } } });
    let fresh = in_servers();
    let (_, lines) = fresh.run(&fresh.of(&vendor).include(vec!["/v1/*/boxes".to_owned()]));
    assert_eq!(lines[..2], ["+  /boxes:", "+    get:"]);
    assert!(!lines.iter().any(|line| line.contains("account")), "{lines:?}");
    vendor["paths"]["/v2/{account}/boxes"] = vendor["paths"]["/v1/{account}/boxes"].clone();
    let failure = fresh
        .refusal(&fresh.of(&vendor).include(vec!["/v2/**".to_owned()]))
        .to_string();
    assert!(failure.contains("GET /v2/{account}/boxes cannot be added"), "{failure}");
}

#[test]
fn new_server_below_a_base_path_has_our_variable() {
    let mut vendor = vendor_with_paths();
    vendor["servers"] = json!([{ "url": "https://api.small.example" }, { "url": "https://eu.small.example" }]);
    let (_, lines) = in_servers().import(&vendor);
    assert_eq!(
        lines,
        [
            "+- url: https://eu.small.example/v1/{accountId}",
            "+  description: ''",
            "+  variables:",
            "+    accountId:",
            "+      description: Id of the account.",
            "+      default: none",
        ]
    );
    let mut vendor = vendor_with_servers();
    vendor["servers"][0]["url"] = json!("https://{place}.small.example/v1/{accountId}");
    vendor["servers"][0]["variables"]["place"] = json!({ "default": "eu" });
    let (_, lines) = in_paths().import(&vendor);
    assert!(
        lines.contains(&"+- url: https://{place}.small.example".to_owned()),
        "{lines:?}"
    );
    assert!(!lines.iter().any(|line| line.contains("account")), "{lines:?}");
}
