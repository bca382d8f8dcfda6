//! From a vendor's new document to generated code.

use serde_json::json;

use super::fixture::{PROSE, foreign, fresh, ours};

#[test]
fn import_of_a_new_operation_a_removed_parameter_and_a_changed_type_ends_in_generated_code() {
    let mut vendor = foreign(&ours("cloudinary"));
    vendor["paths"]["/v1_1/provisioning/accounts/{account_id_of_vendor}/users/{user_id_of_vendor}/log"] = json!({ "get": {
        "operationId": "getUserLog", "tags": ["Users"], "description": PROSE,
        "parameters": [{ "$ref": "#/components/parameters/vendor-AccountId.v1" }, { "$ref": "#/components/parameters/vendor-UserId.v1" },
            { "name": "limit", "in": "query", "schema": { "type": "integer" } }],
        "responses": { "200": { "description": PROSE, "content": { "application/json": {
            "schema": { "$ref": "#/components/schemas/log_page" } } } }, "401": { "$ref": "#/components/responses/vendor-Unauthorized.v1" } },
    } });
    vendor["components"]["schemas"]["log_page"] = json!({ "type": "object", "properties": { "entries": { "type": "array", "items": {
        "type": "object", "properties": { "at": { "type": "string", "format": "date-time" }, "text": { "type": "string" } } } } } });
    let users = "/v1_1/provisioning/accounts/{account_id_of_vendor}/users";
    let parameters = vendor["paths"][users]["get"]["parameters"].as_array_mut().unwrap();
    parameters.retain(|parameter| parameter["name"] != "union_type");
    vendor["components"]["schemas"]["vendor-User.v1"]["properties"]["group_count"]["type"] = json!("string");

    let fresh = fresh("cloudinary");
    let include = vec!["/v1_1/**/log".to_owned()];
    let (outcome, lines) = fresh.run(&fresh.of(&vendor).include(include.clone()));
    assert!(
        lines.contains(&"-          type: integer".to_owned()) && lines.contains(&"+          type: string".to_owned()),
        "{lines:?}"
    );
    assert!(lines.contains(&"-      - name: union_type".to_owned()), "{lines:?}");
    assert!(!outcome.text().contains("to correct by hand"), "{}", outcome.text());
    let again = fresh.of(&vendor).include(include).run(&fresh.workspace).unwrap();
    assert_eq!(again.code(), 0, "a second import has nothing to do: {}", again.text());

    // Until it is described, the check fails and names every place; generating goes on all the same.
    let complaint = fresh
        .workspace
        .described()
        .expect_err("something is undescribed")
        .to_string();
    assert!(
        complaint.contains("users~1{user_id}~1log/get/summary: the text is empty"),
        "{complaint}"
    );
    assert_eq!(
        complaint.lines().count(),
        outcome.text().matches("openapi/cloudinary/openapi.yaml:").count()
    );
    let text = fresh
        .text()
        .replace("description: ''", "description: Words.")
        .replace("summary: ''", "summary: Words");
    std::fs::write(fresh.document_path(), text).unwrap();
    fresh.workspace.described().unwrap();

    let api = fresh.workspace.load("cloudinary").unwrap();
    let digest: String = api.digest().into_values().collect();
    assert!(
        digest.contains("getUserLog = GET /v1_1/provisioning/accounts/{account_id}/users/{user_id}/log\n"),
        "{digest}"
    );
    assert!(digest.contains("getUserLog query limit: integer"), "{digest}");
    assert!(!digest.contains("getUsers query union_type"), "{digest}");
    assert!(digest.contains("type User group_count: string"), "{digest}");
    assert!(api.code.contains("pub struct GetUserLog {"));
}

#[test]
fn import_that_the_generator_does_not_take_says_what_to_mend() {
    let mut vendor = foreign(&ours("cloudinary"));
    vendor["components"]["schemas"]["vendor-User.v1"]["properties"]["status"] = json!({ "not": { "type": "string" } });
    let (outcome, _) = fresh("cloudinary").import(&vendor);
    assert!(
        outcome
            .text()
            .contains("to correct by hand, before `cargo xtask generate` accepts the document:\n"),
        "{}",
        outcome.text()
    );
    assert!(
        outcome
            .text()
            .contains("#/components/schemas/User/properties/status/not: "),
        "{}",
        outcome.text()
    );
}
