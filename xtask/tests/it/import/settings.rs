//! `import.yaml`: what our document says in its own way is not undone.

use serde_json::{Value, json};
use xtask::files;

use super::changes::enveloped;
use super::fixture::{Fresh, PROSE, fresh, ours};

const SETTINGS: &str = "\
components:
- theirs: com*
  ours: Envelope
  reason: The envelope is ours.
responses:
- theirs: 4XX
  ours:
    '404': NotFound
  reason: The vendor names no status.
keep:
- of: operations
  names:
  - '*'
  facts:
  - security
  reason: The credentials are ours.
- of: properties
  names:
  - result
  facts:
  - nullable
  reason: Null is ours.
- of: properties
  names:
  - count
  facts:
  - presence
  reason: The count is ours.
- of: properties
  names:
  - extra
  facts:
  - absence
  reason: We have no use for it.
- of: parameters
  names:
  - nested
  facts:
  - absence
  reason: Filters are flat.
- of: parameters
  names:
  - lim*
  facts:
  - default
  - required
  reason: Limits are ours.
";

/// A workspace with settings, and a vendor whose style is another one: an envelope with more facts, errors by class,
/// other credentials, no limits.
fn styled(settings: &str) -> (Fresh, Value) {
    let (fresh, mut vendor) = enveloped();
    files::put(fresh.root(), "openapi/small/import.yaml", settings).unwrap();
    let text = fresh.text().replace(
        "            description: The text.\n",
        "            description: The text.\n            nullable: true\n",
    );
    std::fs::write(fresh.document_path(), text).unwrap();
    vendor["components"]["schemas"]["common"] = json!({ "type": "object", "required": ["success", "notes"], "properties": {
        "success": { "type": "boolean", "enum": [true], "description": PROSE },
        "notes": { "type": "array", "uniqueItems": true, "items": { "type": "string" } } } });
    vendor["components"]["schemas"]["counted"]["allOf"]
        .as_array_mut()
        .unwrap()
        .pop();
    for path in ["/things", "/things/{id}"] {
        let responses = vendor["paths"][path]["get"]["responses"].as_object_mut().unwrap();
        let missing = responses.remove("404").unwrap();
        responses.insert("4XX".to_owned(), missing);
    }
    vendor["security"] = json!([{ "bearer": [] }, { "key": [] }]);
    vendor["components"]["securitySchemes"]["key"] = json!({ "type": "apiKey", "in": "header", "name": "X-Key" });
    vendor["paths"]["/things"]["get"]["parameters"][0]["schema"]["default"] = json!(9);
    vendor["paths"]["/things"]["get"]["parameters"][0]["required"] = json!(true);
    let parameters = vendor["paths"]["/things"]["get"]["parameters"].as_array_mut().unwrap();
    parameters.push(json!({ "in": "query", "name": "nested", "schema": { "type": "object" } }));
    vendor["components"]["schemas"]["thing_object"]["properties"]["extra"] =
        json!({ "type": "string", "description": PROSE });
    (fresh, vendor)
}

#[test]
fn style_of_the_vendor_does_not_undo_ours() {
    let (fresh, vendor) = styled(SETTINGS);
    let outcome = fresh.of(&vendor).run(&fresh.workspace).unwrap();
    assert_eq!(outcome.code(), 0, "{}", outcome.text());
}

#[test]
fn every_rule_is_needed() {
    let starts: Vec<usize> = SETTINGS
        .match_indices("- theirs")
        .chain(SETTINGS.match_indices("- of"))
        .map(|(at, _)| at)
        .collect();
    for start in starts {
        let rest = &SETTINGS[start..];
        let end = rest
            .find("reason")
            .and_then(|at| Some(at + rest[at..].find('\n')? + 1))
            .unwrap();
        let mut settings = SETTINGS.to_owned();
        settings.replace_range(start..start + end, "");
        let settings = settings
            .replace("components:\nresponses", "responses")
            .replace("responses:\nkeep", "keep");
        let (fresh, vendor) = styled(&settings);
        let outcome = fresh.of(&vendor).run(&fresh.workspace).unwrap();
        assert_eq!(outcome.code(), 1, "without {}", &rest[..end]);
    }
}

#[test]
fn what_is_really_different_is_still_imported() {
    let (fresh, mut vendor) = styled(SETTINGS);
    vendor["paths"]["/envelope"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]["allOf"][1]["properties"]
        ["result"]["maxLength"] = json!(5);
    vendor["paths"]["/things"]["get"]["responses"]["409"] = json!({ "description": PROSE });
    let (_, lines) = fresh.import(&vendor);
    assert_eq!(
        lines,
        [
            "+        '409':",
            "+          description: ''",
            "+            maxLength: 5"
        ]
    );
}

#[test]
fn new_operation_has_our_envelope_and_our_errors() {
    let (fresh, mut vendor) = styled(SETTINGS);
    vendor["paths"]["/boxes"] = json!({ "get": { "operationId": "boxes", "tags": ["thing"], "responses": {
        "200": { "content": { "application/json": { "schema": { "allOf": [{ "$ref": "#/components/schemas/common" },
            { "type": "object", "properties": { "result": { "type": "string" } } }] } } } },
        "4XX": { "description": PROSE, "content": { "application/json": { "schema": { "type": "object" } } } } } } });
    let (_, lines) = fresh.run(&fresh.of(&vendor).include(vec!["/boxes".to_owned()]));
    assert_eq!(
        lines[7..],
        [
            "+      responses:",
            "+        '200':",
            "+          description: ''",
            "+          content:",
            "+            application/json:",
            "+              schema:",
            "+                allOf:",
            "+                - $ref: '#/components/schemas/Envelope'",
            "+                - type: object",
            "+                  properties:",
            "+                    result:",
            "+                      description: ''",
            "+                      type: string",
            "+        '404':",
            "+          $ref: '#/components/responses/NotFound'",
        ],
        "{lines:#?}"
    );
}

/// A vendor that writes the envelope into each reply: in the operation, as a component, and as a part of `allOf`.
fn in_each_reply(settings: &str) -> (Fresh, Value) {
    let (fresh, mut vendor) = styled(settings);
    let common = json!({ "success": { "type": "boolean", "enum": [true] }, "notes": { "type": "array", "items": {} } });
    let mut properties = common.clone();
    properties["result"] = json!({ "type": "string" });
    let reply = json!({ "type": "object", "properties": properties, "required": ["success", "notes", "result"] });
    vendor["components"]["schemas"]["flat"] = reply.clone();
    let content = |schema: &Value| json!({ "200": { "content": { "application/json": { "schema": schema } } } });
    vendor["paths"]["/envelope"]["get"]["responses"] = content(&reply);
    for (path, schema) in [
        ("/boxes", json!({ "$ref": "#/components/schemas/flat" })),
        (
            "/lids",
            json!({ "allOf": [{ "type": "object", "properties": common }, { "type": "object", "properties": {
            "result": { "type": "string" } } }] }),
        ),
    ] {
        vendor["paths"][path] = json!({ "get": { "operationId": path, "responses": content(&schema) } });
    }
    (fresh, vendor)
}

const ENVELOPES: &str = "\
envelopes:
- theirs:
  - success
  - notes
  ours: Envelope
  reason: The vendor writes the envelope into each reply.
";

#[test]
fn envelope_inside_each_reply_means_ours() {
    let (fresh, vendor) = in_each_reply(&format!("{ENVELOPES}{SETTINGS}"));
    let outcome = fresh.of(&vendor).run(&fresh.workspace).unwrap();
    assert_eq!(outcome.code(), 0, "{}", outcome.text());
    let (without, vendor) = in_each_reply(SETTINGS);
    let outcome = without.of(&vendor).dry_run(true).run(&without.workspace).unwrap();
    assert_eq!(outcome.code(), 1, "without the rule the envelope is a difference");
    let include = vec!["/boxes".to_owned(), "/lids".to_owned()];
    let (outcome, lines) = fresh.run(&fresh.of(&vendor).include(include));
    let text = lines.join("\n");
    let reference = "$ref: '#/components/schemas/Envelope'";
    assert_eq!(text.matches(reference).count(), 2, "{text}");
    assert!(!text.contains("success") && !text.contains("notes"), "{text}");
    assert!(!outcome.text().contains("to correct by hand"), "{}", outcome.text());
}

#[test]
fn output_says_which_rules_applied_and_which_made_no_difference() {
    let idle = SETTINGS.replace("  - nested\n", "  - nested\n  - gone\n").replace(
        "responses:\n",
        "- theirs: other*\n  ours: Envelope\n  reason: An older product.\nresponses:\n",
    );
    let (fresh, vendor) = styled(&idle);
    let outcome = fresh.of(&vendor).run(&fresh.workspace).unwrap();
    let text = outcome.text();
    let (applied, idle) = text.split_once("rules of import.yaml that made no difference").unwrap();
    for line in [
        "openapi/small/import.yaml:2: `com*` means `Envelope`: common",
        "openapi/small/import.yaml:9: `4XX` means our statuses: GET /things, GET /things/{id}",
        "openapi/small/import.yaml:20: keep `nullable` of properties `result`: result",
        "openapi/small/import.yaml:26: keep `presence` of properties `count`: count",
        "openapi/small/import.yaml:32: keep `absence` of properties `extra`: extra",
        "openapi/small/import.yaml:38: keep `absence` of parameters `nested`, `gone`: nested",
        "openapi/small/import.yaml:45: keep `default`, `required` of parameters `lim*`: limit",
    ] {
        assert!(applied.contains(line), "no {line}: {text}");
    }
    let lines: Vec<&str> = idle.lines().filter(|line| line.starts_with("  ")).collect();
    assert_eq!(
        lines,
        [
            "  openapi/small/import.yaml:5: `other*` means `Envelope`",
            "  openapi/small/import.yaml:38: `gone` in keep `absence` of parameters `nested`, `gone`",
        ],
        "{text}"
    );
}

#[test]
fn settings_that_are_wrong_are_refused_with_their_lines() {
    for (from, to, expected) in [
        (
            "ours: Envelope",
            "ours: Nothing",
            "import.yaml:3: #/components/0/ours: our document has no component `Nothing`",
        ),
        (
            "'404': NotFound",
            "'404': Gone",
            "import.yaml:8: #/responses/0/ours/404: our document has no component `Gone`",
        ),
        (
            "  reason: The envelope is ours.\n",
            "",
            "import.yaml:2: #/components/0: the rule has no `reason`",
        ),
        ("keep:", "kept:", "import.yaml:10: #/kept: there is no setting `kept`"),
        (
            "of: operations",
            "of: schemas",
            "import.yaml:11: #/keep/0/of: `schemas` has no facts to keep",
        ),
        (
            "theirs: com*",
            "theirs: '[com'",
            "import.yaml:2: #/components/0/theirs: this is not a glob",
        ),
    ] {
        assert!(SETTINGS.contains(from), "{from}");
        let (fresh, vendor) = styled(&SETTINGS.replacen(from, to, 1));
        let failure = fresh.refusal(&fresh.of(&vendor)).to_string();
        assert!(failure.contains(expected), "{failure}");
    }
}

#[test]
fn cloudflares_style_does_not_undo_our_document() {
    let document = ours("cloudflare");
    let envelope = "iam_api-response-common";
    let text = document.to_string().replace(
        "#/components/schemas/Envelope\"",
        &format!("#/components/schemas/{envelope}\""),
    );
    let mut vendor: Value = serde_json::from_str(&text).unwrap();
    let schemas = vendor["components"]["schemas"].as_object_mut().unwrap();
    let mut common = schemas.remove("Envelope").unwrap();
    common["required"] = json!(["success", "errors", "messages"]);
    common["properties"]["success"]["enum"] = json!([true]);
    common["properties"]["errors"]["uniqueItems"] = json!(true);
    let mut failure = common.clone();
    failure["properties"]["success"]["enum"] = json!([false]);
    schemas.insert(envelope.to_owned(), common);
    schemas.insert(format!("{envelope}-failure"), failure);
    let failure = json!({ "$ref": format!("#/components/schemas/{envelope}-failure") });
    let failure = json!({ "description": PROSE, "content": { "application/json": { "schema": failure } } });
    for item in vendor["paths"].as_object_mut().unwrap().values_mut() {
        for operation in item
            .as_object_mut()
            .unwrap()
            .values_mut()
            .filter(|value| value["responses"].is_object())
        {
            operation["security"] = json!([{ "apiToken": [] }]);
            let responses = operation["responses"].as_object_mut().unwrap();
            responses.retain(|status, _| status.starts_with('2'));
            responses.insert("4XX".to_owned(), failure.clone());
        }
    }
    let fresh = fresh("cloudflare");
    let outcome = fresh.of(&vendor).run(&fresh.workspace).unwrap();
    assert_eq!(outcome.code(), 0, "{}", outcome.text());
    std::fs::remove_file(fresh.root().join("openapi/cloudflare/import.yaml")).unwrap();
    let outcome = fresh.of(&vendor).dry_run(true).run(&fresh.workspace).unwrap();
    assert_eq!(outcome.code(), 1, "without the settings the style is a difference");
}
