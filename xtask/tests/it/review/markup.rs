//! Markup and line breaks in a vendor's texts reach no report.

use xtask::review;

use super::{CREATED_AT, DOCUMENT, Reviewed};

/// A field of replies with these values.
fn with_values(values: &str) -> String {
    format!("        created_at:\n          type: string\n          enum: [{values}]\n")
}

#[test]
fn markup_of_the_vendor_stays_text() {
    let reviewed = Reviewed::new();
    reviewed.edit(DOCUMENT, CREATED_AT, &with_values("a"));
    let name = r#"- "Access\n## Keys<b>""#;
    for _ in 0..5 {
        reviewed.edit(DOCUMENT, "      - Access Keys\n", &format!("      {name}\n"));
    }
    let id = r#"operationId: "getAccess\nKeys</summary><i>""#;
    reviewed.edit(DOCUMENT, "operationId: getAccessKeys\n", &format!("{id}\n"));
    reviewed.0.commit();
    reviewed.edit(
        DOCUMENT,
        &with_values("a"),
        &with_values("a, '`x`</details><img src=x>`y`', '<u>'"),
    );
    let review = reviewed.review();
    let markdown = review::markdown(&review);
    // The draft is a block of code.
    let (shown, _) = markdown.split_once("```markdown\n").unwrap();
    for part in ["<img", "<b>", "<i>", "<u>", "\n## Keys"] {
        assert!(!shown.contains(part), "{part:?} in {shown}");
    }
    assert_eq!(
        shown.matches("<details").count(),
        shown.matches("</details>").count() + 1
    );
    assert!(
        shown.contains("<code>'x'&lt;/details>&lt;img src=x>'y'</code>"),
        "{shown}"
    );
    assert!(shown.contains("**cloudinary**, Access ## Keys&lt;b>\n"), "{shown}");
    let text = review::text(&review);
    assert!(!text.contains("\nKeys"), "{text}");
    assert!(text.contains("getAccess Keys</summary><i>"), "{text}");
}
