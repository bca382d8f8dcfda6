//! The example of a review in the documentation is what the program writes.

use std::{env, fs};

use xtask::Workspace;
use xtask::review::markdown;

use super::{CREATED_AT, DOCUMENT, OVERLAY, Reviewed};

const PAGE: &str = "docs/review.md";
const BEGIN: &str =
    "<!-- The test `example_in_the_documentation_is_what_the_program_writes` compares what follows. -->\n";

/// The review of a refresh of Cloudinary's document, with the code that is generated from it.
fn written() -> String {
    let reviewed = Reviewed::with_crates();
    let change = |file: &str, from: &str, to: &str| reviewed.edit(file, from, to);
    change(
        DOCUMENT,
        CREATED_AT,
        "        owner:\n          description: Who generated the key.\n          type: string\n",
    );
    change(
        DOCUMENT,
        "description: Name of the access key.",
        "description: Name of the key.",
    );
    let pending = "      - name: pending\n        in: query\n";
    change(DOCUMENT, pending, &format!("{pending}        deprecated: true\n"));
    let action = "actions:\n- target: $.paths['/v1_1/provisioning/accounts/{account_id}/users'].post\n  description: >-\n    \
                  The service copes with repeated requests.\n  update:\n    x-retry: idempotent\n";
    change(OVERLAY, "actions:\n", action);
    reviewed.generate();
    let mut review = reviewed.review();
    review.before = "v0.4.2".to_owned();
    markdown(&review.with_note("base: the last tag"))
}

#[test]
fn example_in_the_documentation_is_what_the_program_writes() {
    let path = Workspace::here().root().join(PAGE);
    let page = fs::read_to_string(&path).unwrap();
    let (explanation, example) = page.split_once(BEGIN).unwrap();
    let written = format!("\n{}", written());
    if env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(&path, format!("{explanation}{BEGIN}{written}")).unwrap();
        return;
    }
    assert_eq!(
        example, written,
        "run this test with INSTA_UPDATE=always, which writes {PAGE}"
    );
    let titles = written.split("<summary>").skip(1);
    for title in titles.map(|rest| rest.split(['<', '(']).next().unwrap().trim()) {
        assert!(
            explanation.contains(&format!("| **{title}** |")),
            "{PAGE} explains no `{title}`"
        );
    }
}
