//! What the formats say.

use serde_json::Value;
use xtask::review::{self, draft};

use super::Reviewed;

fn changed() -> Reviewed {
    let reviewed = Reviewed::new();
    reviewed.change();
    reviewed
}

#[test]
fn text_begins_with_the_summary_and_has_breaks_before_the_rest() {
    let text = review::text(&changed().review());
    let mut lines = text.lines();
    assert!(
        lines
            .next()
            .unwrap()
            .starts_with("review of the working tree against HEAD ("),
        "{text}"
    );
    assert!(
        lines
            .next()
            .unwrap()
            .starts_with("wire: 2 breaking, 1 compatible, 1 docs only; Rust: "),
        "{text}"
    );
    let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("no {part:?} in {text}"));
    let order = [
        at(
            "\n  account-provisioning-api       major  cloudinary: AccessKey.created_at: removed [response] (and 1 more)",
        ),
        at("\nversion: 0.4.2 -> 0.5.0 (major step)\n"),
        at("\nbreaking (2)\n"),
        at(
            "\n  cloudinary: AccessKey.created_at: removed [response] — generateAccessKey, getAccessKeys, updateAccessKey\n",
        ),
        // By tag: Product Environments after Access Keys, although operations come before components elsewhere.
        at("\n  cloudinary: query enabled: type changed from boolean to string — getProductEnvironments\n"),
        at("\ncompatible (1)\n  cloudinary: AccessKey.owner: added, optional [response] — "),
        at("\ndocs only (1)\n  cloudinary: AccessKey.name: description changed — "),
        at("\ndraft for CHANGELOG.md\n"),
    ];
    assert!(order.is_sorted(), "{order:?} {text}");
}

#[test]
fn markdown_leaves_breaks_open_and_folds_the_rest() {
    let markdown = review::markdown(&changed().review());
    for part in [
        "## Review of the working tree against HEAD (",
        "\n**Wire: 2 breaking, 1 compatible, 1 docs only; Rust: ",
        "\n| `account-provisioning` | major | ",
        "\n<details open><summary>Breaking (2)</summary>\n\n**cloudinary**, Access Keys\n\n- AccessKey.created",
        "\n**cloudinary**, Product Environments\n\n- query enabled: type changed from boolean to string",
        "\n<details><summary>What the words mean</summary>\n\n- **breaking, compatible, docs only**: programs may fail",
        "\n- **\\[request\\], \\[response\\]**: the change is in data that programs send",
        "\n- AccessKey.created\\_at: removed \\[response\\] — `generateAccessKey`, `getAccessKeys`, `updateAccessKey`\n",
        "\n<details><summary>Compatible (1)</summary>\n",
        "\n<details><summary>Docs only (1)</summary>\n",
        "\n<details><summary>Draft for CHANGELOG.md</summary>\n\n```markdown\n## 0.5.0 (unreleased)\n",
    ] {
        assert!(markdown.contains(part), "no {part:?} in {markdown}");
    }
    assert_eq!(
        markdown.matches("<details").count(),
        markdown.matches("</details>").count()
    );
}

#[test]
fn markdown_folds_long_lists_of_operations() {
    let reviewed = Reviewed::new();
    let parameter = "      description: Id of the account that owns everything the operation touches. Its letters keep their case.\n      schema:\n        type: string\n";
    reviewed.edit(super::DOCUMENT, parameter, &parameter.replace("string", "integer"));
    let review = reviewed.review();
    let [fact] = &review.apis[0].facts[..] else {
        panic!("{:?}", review.apis[0].facts)
    };
    assert_eq!(fact.to_string(), "path account_id: type changed from string to integer");
    let count = fact.operations.len();
    assert!(count > 30, "{count}");
    let markdown = review::markdown(&review);
    assert!(
        markdown.contains(&format!(
            "\n  <details><summary>{count} operations</summary>addUserToUserGroup, "
        )),
        "{markdown}"
    );
    let text = review::text(&review);
    assert!(text.contains(&format!(" and {} more\n", count - 4)), "{text}");
}

#[test]
fn json_has_every_fact_with_all_that_is_known_of_it() {
    let output = changed().run(&["--format", "json", "--deny", "breaking"]);
    assert_eq!(output.status.code(), Some(1));
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["format"], 1);
    assert_eq!(
        json["summary"]["wire"],
        serde_json::json!({"breaking": 2, "compatible": 1, "docs": 1})
    );
    assert_eq!(json["version"]["to"], "0.5.0");
    let api = &json["apis"][0];
    assert_eq!((&api["name"], &api["status"]), (&"cloudinary".into(), &"kept".into()));
    assert_eq!(
        api["facts"][1],
        serde_json::json!({
            "level": "breaking",
            "kind": "schema",
            "fact": "AccessKey.created_at: removed [response]",
            "subject": "AccessKey.created_at",
            "change": "removed",
            "pointer": "/components/schemas/AccessKey/properties/created_at",
            "directions": {"response": "breaking"},
            "parameters": [],
            "shared": true,
            "operations": ["generateAccessKey", "getAccessKeys", "updateAccessKey"],
        })
    );
    assert_eq!(json["denial"]["denied"].as_array().unwrap().len(), 2);
    assert_eq!(json["denial"]["denied"][0]["of"], "cloudinary");
    let plain: Value = serde_json::from_slice(&changed().run(&["--format", "json"]).stdout).unwrap();
    assert!(plain["denial"].is_null());
    assert_eq!(plain["changelog"], json["changelog"]);
}

#[test]
fn changelog_draft_has_the_form_of_the_changelog() {
    let reviewed = changed();
    let text = draft(&reviewed.review());
    assert!(
        text.starts_with("## 0.5.0 (unreleased)\n\n### Breaking\n- `account-provisioning"),
        "{text}"
    );
    assert!(
        text.contains("\n### Features\n- `account-provisioning-api`, `cloudinary`: AccessKey.owner: added, optional"),
        "{text}"
    );
    assert!(
        text.contains("\n### Other\n- `account-provisioning-api`, `cloudinary`: documentation changed in 1 place.\n"),
        "{text}"
    );
    assert!(text.lines().all(|line| line.chars().count() <= 120), "{text}");
}

#[test]
fn version_that_is_not_released_yet_stays() {
    let reviewed = Reviewed::new();
    reviewed.0.put("CHANGELOG.md", "# Changelog\n\n## 0.4.2 (unreleased)\n");
    reviewed.0.commit();
    reviewed.change();
    let review = reviewed.review();
    assert_eq!(review.versions.to.as_deref(), Some("0.4.2"));
    let text = review::text(&review);
    assert!(
        text.contains("\nversion: 0.4.2 stays, since it is not released yet; otherwise a major step\n"),
        "{text}"
    );
}
