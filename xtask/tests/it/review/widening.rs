//! Requests that take more than before.

use super::{DOCUMENT, Reviewed};

const SIZE: &str = "Number of access keys on a page. The vendor states neither a default nor a limit.
        schema:
          type: integer
";

const PAGE: &str = "'Page to fetch, from 1 to 100. Default when absent: every page.'
        schema:
          type: integer
";

const NAME: &str = "    GenerateAccessKeyRequest:
      description: The access key to generate.
      type: object
      properties:
        name:
          description: Name for the access key. The vendor does not say which name a key gets without it.
          type: string
";

#[test]
fn wider_requests_are_compatible_on_the_wire_and_break_rust_code_alone() {
    let reviewed = Reviewed::with_crates();
    let short = PAGE.replace("integer\n", "integer\n          format: int32\n");
    reviewed.edit(DOCUMENT, PAGE, &short);
    reviewed.generate();
    reviewed.0.commit();
    reviewed.edit(DOCUMENT, &short, &short.replace("int32", "int64"));
    reviewed.edit(DOCUMENT, SIZE, &SIZE.replace("integer", "number"));
    let several = NAME.replace(
        "type: string\n",
        "oneOf:\n          - type: string\n          - type: integer\n",
    );
    reviewed.edit(DOCUMENT, NAME, &several);
    reviewed.generate();
    let entries = reviewed.review().entries();
    let said: Vec<String> = entries
        .iter()
        .map(|entry| format!("{}: {entry}", entry.level))
        .collect();
    let note = "(compatible on the wire, breaking in Rust)";
    assert_eq!(
        said,
        [
            format!("breaking: query page: format changed from `int32` to `int64` — getAccessKeys {note}"),
            format!("breaking: query page_size: type changed from integer to number — getAccessKeys {note}"),
            format!(
                "breaking: GenerateAccessKeyRequest.name: type changed from string to oneOf [request] — generateAccessKey {note}"
            ),
        ]
    );
}
