//! Writing and checking, in a workspace of the test's own with the real documents.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use xtask::files::Output;
use xtask::{Workspace, files};

use crate::edit::{copy_crates, edit};

const DOCUMENT: &str = "openapi/cloudinary/openapi.yaml";
const DOCUMENT_TEXT: &str = include_str!("../../../openapi/cloudinary/openapi.yaml");
const OVERLAY: &str = "openapi/cloudinary/overlay.yaml";

/// A workspace that holds the sources and everything made from them.
struct Fresh {
    _directory: tempfile::TempDir,
    workspace: Workspace,
}

fn fresh() -> Fresh {
    static MADE: LazyLock<Vec<Output>> = LazyLock::new(|| Workspace::here().outputs().unwrap());
    let directory = tempfile::tempdir().unwrap();
    let workspace = Workspace::at(directory.path());
    for api in Workspace::here().apis().unwrap() {
        for file in ["openapi.yaml", "overlay.yaml"] {
            let file = format!("openapi/{api}/{file}");
            let text = fs::read_to_string(Workspace::here().root().join(&file)).unwrap();
            files::put(directory.path(), &file, &text).unwrap();
        }
    }
    let report = files::write(workspace.root(), &MADE).unwrap();
    assert!(
        report.contains("added crates/spec/data/cloudinary.build.json"),
        "{report}"
    );
    Fresh {
        _directory: directory,
        workspace,
    }
}

impl Fresh {
    fn edit(&self, file: &str, from: &str, to: &str) {
        edit(self.workspace.root(), file, from, to);
    }

    /// Runs the check and returns its complaint.
    fn complaint(&self) -> String {
        let outcome = self
            .workspace
            .outputs()
            .and_then(|outputs| files::check(self.workspace.root(), &outputs));
        outcome.expect_err("the check fails").to_string()
    }
}

#[test]
fn check_after_write_passes_and_writing_again_changes_nothing() {
    let fresh = fresh();
    let outputs = fresh.workspace.outputs().unwrap();
    files::check(fresh.workspace.root(), &outputs).unwrap();
    assert_eq!(
        files::write(fresh.workspace.root(), &outputs).unwrap(),
        "nothing changed\n"
    );
}

#[test]
fn outputs_in_two_places_are_byte_identical() {
    let made = |fresh: Fresh| {
        copy_crates(fresh.workspace.root());
        fresh.workspace.outputs().unwrap()
    };
    let here = Workspace::here().outputs().unwrap();
    assert!(
        here.iter()
            .any(|output| output.path.starts_with("xtask/tests/surface/"))
    );
    assert_eq!(made(fresh()), here);
    assert_eq!(made(fresh()), here);
}

#[test]
fn check_after_one_character_of_a_description_fails_with_a_diff_and_a_remedy() {
    let fresh = fresh();
    fresh.edit(
        DOCUMENT,
        "description: Name of the access key.",
        "description: Name of the access key!",
    );
    let complaint = fresh.complaint();
    assert!(
        complaint.contains("+++ crates/spec/data/cloudinary.wire.json (generated)"),
        "{complaint}"
    );
    assert!(complaint.contains("Name of the access key!"), "{complaint}");
    assert!(
        complaint.ends_with("run `cargo xtask generate` and review what it changes"),
        "{complaint}"
    );
}

#[test]
fn check_after_a_changed_type_fails_and_shows_the_surface() {
    let fresh = fresh();
    fresh.edit(DOCUMENT, "type: boolean", "type: integer");
    assert!(fresh.complaint().contains(
        "\n-getProductEnvironments query enabled: boolean\n+getProductEnvironments query enabled: integer\n"
    ));
}

#[test]
fn check_after_a_changed_overlay_fails() {
    let fresh = fresh();
    fresh.edit(OVERLAY, "    - api_key\n", "    - name\n");
    let complaint = fresh.complaint();
    assert!(complaint.contains("cloudinary.build.json (generated)"), "{complaint}");
    assert!(!complaint.contains("cloudinary.wire.json"), "{complaint}");
    assert!(
        complaint.contains("\n-type AccessKey api_key: ApiKey, required\n"),
        "{complaint}"
    );
}

#[test]
fn check_after_one_character_of_a_reason_in_the_overlay_fails() {
    let fresh = fresh();
    fresh.edit(
        OVERLAY,
        "The vendor's document requires no response field.",
        "The vendor's document requires no reply field.",
    );
    assert!(fresh.complaint().contains("requires no reply field."));
}

#[test]
fn check_after_a_generated_file_was_edited_fails() {
    for file in [
        "crates/spec/data/cloudinary.build.json",
        "crates/spec/data/cloudinary.wire.json",
    ] {
        let fresh = fresh();
        fresh.edit(file, "\"string\"", "\"strung\"");
        assert!(fresh.complaint().contains(&format!("--- {file} (checked in)")));
    }
}

#[test]
fn check_with_a_missing_or_a_left_over_file_fails_and_write_mends_it() {
    let fresh = fresh();
    let root = fresh.workspace.root();
    let missing = root.join("xtask/tests/snapshots/cloudinary__surface__users.snap");
    let left_over = root.join("xtask/tests/snapshots/old.snap");
    fs::remove_file(&missing).unwrap();
    fs::write(&left_over, "---\n---\nold\n").unwrap();
    let complaint = fresh.complaint();
    assert!(
        complaint.contains("old.snap") && complaint.contains("cloudinary__surface__users.snap"),
        "{complaint}"
    );
    let report = files::write(root, &fresh.workspace.outputs().unwrap()).unwrap();
    assert_eq!(
        report,
        "added xtask/tests/snapshots/cloudinary__surface__users.snap\nremoved xtask/tests/snapshots/old.snap\n"
    );
    assert!(missing.exists() && !left_over.exists());
}

#[test]
fn check_with_windows_line_ends_passes() {
    let fresh = fresh();
    let path = fresh.workspace.root().join("crates/spec/data/cloudinary.build.json");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace('\n', "\r\n")).unwrap();
    files::check(fresh.workspace.root(), &fresh.workspace.outputs().unwrap()).unwrap();
}

#[test]
fn outputs_with_an_overlay_target_that_matches_nothing_name_file_line_pointer_and_remedy() {
    let fresh = fresh();
    fresh.edit(
        OVERLAY,
        "target: $.components.schemas.User\n",
        "target: $.components.schemas.Usr\n",
    );
    let complaint = fresh.complaint();
    let line = line_of(fresh.workspace.root(), OVERLAY, "$.components.schemas.Usr");
    assert!(
        complaint.starts_with(&format!("{OVERLAY}:{line}: #/actions/")),
        "{complaint}"
    );
    assert!(
        complaint.contains("matches nothing in the document; correct the path"),
        "{complaint}"
    );
}

#[test]
fn outputs_with_a_document_that_the_generator_refuses_name_file_line_pointer_and_remedy() {
    let fresh = fresh();
    fresh.edit(DOCUMENT, "operationId: getUsers\n", "operationId: createUser\n");
    let complaint = fresh.complaint();
    let known = line_of(fresh.workspace.root(), DOCUMENT, "operationId: createUser");
    assert!(complaint.starts_with(&format!("{DOCUMENT}:")), "{complaint}");
    assert!(
        !complaint.starts_with(&format!("{DOCUMENT}:{known}:")),
        "the second of the two is named: {complaint}"
    );
    assert!(
        complaint.contains("`createUser` is used twice; rename one of them in the overlay"),
        "{complaint}"
    );
    assert!(
        complaint.contains("#/paths/~1v1_1~1provisioning~1accounts~1{account_id}~1users/"),
        "{complaint}"
    );
}

#[test]
fn outputs_with_a_path_written_twice_name_the_line() {
    let fresh = fresh();
    fresh.edit(DOCUMENT, "components:\n", "info: {}\ncomponents:\n");
    let complaint = fresh.complaint();
    let line = line_of(fresh.workspace.root(), DOCUMENT, "info: {}");
    assert!(complaint.starts_with(&format!("{DOCUMENT}:{line}: ")), "{complaint}");
    assert!(complaint.contains("duplicate"), "{complaint}");
}

#[test]
fn outputs_without_an_overlay_name_the_missing_file() {
    let fresh = fresh();
    fs::remove_file(fresh.workspace.root().join(OVERLAY)).unwrap();
    assert!(fresh.complaint().contains("overlay.yaml: "));
}

/// The number of the first line that holds `text`.
fn line_of(root: &Path, file: &str, text: &str) -> usize {
    let content = fs::read_to_string(root.join(file)).unwrap();
    1 + content.lines().position(|line| line.contains(text)).unwrap()
}

#[test]
fn remarks_name_the_line_of_what_the_generated_code_leaves_out() {
    let fresh = fresh();
    assert!(fresh.workspace.remarks().unwrap().is_empty());
    let before = "      operationId: createUser\n";
    let (head, rest) = DOCUMENT_TEXT.split_once(before).unwrap();
    let at = rest.find("          application/json:\n").unwrap();
    let text = format!(
        "{head}{before}{}          application/xml:\n            schema:\n              type: string\n{}",
        &rest[..at],
        &rest[at..]
    );
    files::put(fresh.workspace.root(), DOCUMENT, &text).unwrap();
    let remarks = fresh.workspace.remarks().unwrap();
    let [remark] = remarks.as_slice() else {
        panic!("{remarks:?}")
    };
    assert!(
        remark
            .message
            .contains("`createUser` is sent as `application/json`, and never as `application/xml`"),
        "{remark}"
    );
    assert_eq!(remark.file, DOCUMENT);
    let line = text
        .lines()
        .position(|line| line == "          application/xml:")
        .unwrap();
    assert_eq!(
        remark.line,
        Some(u64::try_from(line).unwrap()),
        "the line of `content` is before it"
    );
}
