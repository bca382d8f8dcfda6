//! Changes of behaviour that leave the types as they are: retries, credentials, forms of responses.

use xtask::review::{self, Allowed, Entry, Review, deny};

use super::{DOCUMENT, OVERLAY, Reviewed};

const IDEMPOTENT: &str = "actions:
- target: $.paths['/v1_1/provisioning/accounts/{account_id}/users'].post
  description: >-
    The service seems to cope with repeated requests.
  update:
    x-retry: idempotent
";

const SAFE: &str =
    "    x-retry: safe\n- target: $.paths['/v2/accounts/{account_id}/permissions/principal_roles/inspect']";

fn said(review: &Review) -> Vec<String> {
    let entries = review.entries();
    entries
        .iter()
        .map(|entry| format!("{}: {entry}", entry.level))
        .collect()
}

fn denied(review: &Review) -> usize {
    deny(review, &Allowed::default(), "2026-01-01".parse().unwrap())
        .denied
        .len()
}

#[test]
fn operation_that_becomes_repeatable_is_breaking_and_shows_the_action() {
    let reviewed = Reviewed::new();
    reviewed.edit(OVERLAY, "actions:\n", IDEMPOTENT);
    let review = reviewed.review();
    assert_eq!(
        said(&review),
        ["breaking: retry: changed from not-idempotent to idempotent — createUser"]
    );
    assert_eq!(denied(&review), 1);
    let text = review::text(&review);
    for part in [
        "\nwire: no change; Rust: no change; behaviour: 1 breaking; deviations changed: 1\n",
        "\n  account-provisioning      major  cloudinary: retry: changed from",
        "\n      x-retry: idempotent\n",
        "\n  retry: when a failed request is sent again",
        "\n    ### Breaking\n    - `account-provisioning-api`, `cloudinary`: retry: changed from",
    ] {
        assert!(text.contains(part), "no {part:?} in {text}");
    }
    let markdown = review::markdown(&review);
    for part in [
        "\n**cloudinary**, Users\n\n- retry: changed from not-idempotent to idempotent — `createUser`\n",
        "\n  ```yaml\n  x-retry: idempotent\n  ```\n",
    ] {
        assert!(markdown.contains(part), "no {part:?} in {markdown}");
    }
    let json: serde_json::Value = serde_json::from_str(&review::json(&review, None)).unwrap();
    assert_eq!(json["apis"][0]["behaviour"][0]["subject"], "retry");
    assert_eq!(json["entries"][0]["tag"], "Users");
    assert_eq!(json["summary"]["behaviour"]["breaking"], 1);
}

#[test]
fn operation_that_is_repeated_less_is_compatible() {
    let reviewed = Reviewed::new();
    reviewed.edit(OVERLAY, SAFE, &SAFE.replace("safe", "never"));
    let review = reviewed.review();
    assert_eq!(
        said(&review),
        ["compatible: retry: changed from safe to never — validateCedarPolicy"]
    );
    assert_eq!(denied(&review), 0);
}

#[test]
fn credentials_that_an_overlay_drops_are_breaking() {
    let reviewed = Reviewed::new();
    let action = IDEMPOTENT
        .replace("users'].post", "users/{user_id}'].delete")
        .replace("x-retry: idempotent", "security: []");
    reviewed.edit(OVERLAY, "actions:\n", &action);
    let review = reviewed.review();
    assert_eq!(said(&review), ["breaking: credentials: no longer sent — deleteUser"]);
    assert_eq!(denied(&review), 1);
}

#[test]
fn credentials_that_a_document_drops_are_told_once_and_breaking() {
    let reviewed = Reviewed::new();
    reviewed.edit(
        DOCUMENT,
        "      operationId: deleteUser\n",
        "      operationId: deleteUser\n      security: []\n",
    );
    let review = reviewed.review();
    let entries = review.entries();
    let [
        Entry {
            level,
            fact,
            operations,
            ..
        },
    ] = &entries[..]
    else {
        panic!("{entries:?}")
    };
    assert_eq!(level.as_str(), "breaking");
    assert!(fact.starts_with("security: changed from "), "{fact}");
    assert_eq!(operations, &["deleteUser"]);
}

#[test]
fn other_form_of_a_response_that_is_no_longer_read_is_breaking() {
    let reviewed = Reviewed::new();
    let action = IDEMPOTENT
        .replace(
            "paths['/v1_1/provisioning/accounts/{account_id}/users'].post",
            "components.schemas.AccessKeyList.properties.access_keys",
        )
        .replace("x-retry: idempotent", "x-reads: one-or-many");
    let wanted = "AccessKeyList.access_keys: other forms of responses (x-reads): ";
    reviewed.edit(OVERLAY, "actions:\n", &action);
    assert_eq!(
        said(&reviewed.review()),
        [format!("compatible: {wanted}added — getAccessKeys")]
    );
    reviewed.0.commit();
    reviewed.edit(OVERLAY, &action, "actions:\n");
    assert_eq!(
        said(&reviewed.review()),
        [format!("breaking: {wanted}removed — getAccessKeys")]
    );
}

#[test]
fn overlay_that_does_not_fit_makes_the_behaviour_unknown_and_fails() {
    let reviewed = Reviewed::new();
    reviewed.edit(
        OVERLAY,
        "$.components.schemas.AccessKey\n",
        "$.components.schemas.Gone\n",
    );
    let review = reviewed.review();
    let text = review::text(&review);
    assert!(text.contains("; behaviour: unknown;"), "{text}");
    assert!(
        text.contains("\nretry and credentials of cloudinary are unknown: openapi/cloudinary/overlay.yaml:"),
        "{text}"
    );
    let denial = deny(&review, &Allowed::default(), "2026-01-01".parse().unwrap());
    assert!(!denial.passes(), "{denial}");
}

#[test]
fn change_that_the_overlay_undoes_does_not_reach_rust() {
    let reviewed = Reviewed::new();
    let properties = "      description: An access key of a product environment.\n      type: object\n";
    reviewed.edit(
        DOCUMENT,
        properties,
        &format!("{properties}      required:\n      - api_key\n"),
    );
    reviewed.0.commit();
    reviewed.edit(DOCUMENT, "      required:\n      - api_key\n", "");
    let review = reviewed.review();
    assert_eq!(
        said(&review),
        [
            "compatible: AccessKey.api_key: now optional [response] — generateAccessKey, getAccessKeys, updateAccessKey \
             (breaking on the wire, kept by the overlay)"
        ]
    );
    assert_eq!(denied(&review), 0);
    let steps: Vec<(&str, &str)> = review
        .versions
        .bumps
        .iter()
        .map(|bump| (bump.package.as_str(), bump.bump.as_str()))
        .collect();
    assert_eq!(
        steps,
        [
            ("account-provisioning", "patch"),
            ("account-provisioning-api", "patch"),
            ("account-provisioning-emulator", "major"),
            ("account-provisioning-spec", "major"),
        ]
    );
    assert!(review::text(&review).contains("\n  kept by the overlay: the overlay says the same"));
}

#[test]
fn deprecation_has_a_section_of_the_changelog() {
    let reviewed = Reviewed::new();
    reviewed.edit(
        DOCUMENT,
        "      operationId: deleteUser\n",
        "      operationId: deleteUser\n      deprecated: true\n",
    );
    let draft = review::draft(&reviewed.review());
    let section = "\n### Deprecated\n- `account-provisioning-api`, `cloudinary`: operation: deprecated — deleteUser.\n";
    assert!(draft.contains(section), "{draft}");
}
