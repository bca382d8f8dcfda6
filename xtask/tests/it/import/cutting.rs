//! A document that is much larger than ours is cut to what ours has.

use serde_json::json;

use super::small::{small, vendor};

#[test]
fn large_document_is_cut_and_what_stays_out_is_counted() {
    let mut vendor = vendor();
    for index in 0..500 {
        let name = format!("other_{index}");
        vendor["components"]["schemas"][&name] = json!({ "patternProperties": { "^x": { "$ref": "nowhere.yaml" } } });
        vendor["paths"][format!("/others/{index}")] = json!({ "get": { "responses": { "200": { "content": { "application/json": {
            "schema": { "$ref": format!("#/components/schemas/{name}") } } } } } } });
    }
    vendor["openapi"] = json!("3.1.0");
    let small = small();
    let outcome = small.of(&vendor).run(&small.workspace).unwrap();
    assert_eq!(outcome.code(), 0, "{}", outcome.text());
    assert!(
        outcome
            .text()
            .contains("500 operations of the vendor's document are not imported"),
        "{}",
        outcome.text()
    );
    assert!(outcome.text().ends_with("and 480 more\n"), "{}", outcome.text());
    let failure = small
        .refusal(&small.of(&vendor).include(vec!["/others/7".to_owned()]))
        .to_string();
    assert!(
        failure.contains("#/components/schemas/other_7/patternProperties: `patternProperties`"),
        "{failure}"
    );
    assert!(!failure.contains("other_8"), "{failure}");
    let line = failure.split(':').nth(1).unwrap();
    assert!(line.parse::<u32>().is_ok(), "the line is named: {failure}");
}
