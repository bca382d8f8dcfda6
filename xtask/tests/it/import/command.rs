//! The command: what it prints, how it exits, and that it writes nothing when it should not.

use std::process::Command;

use serde_json::json;
use xtask::import::Import;

use super::fixture::ours;
use super::small::{small, vendor};

/// Runs the command on this workspace, which it must not change.
fn xtask(arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("import")
        .args(arguments)
        .output()
        .unwrap();
    let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    (output.status.code(), text)
}

#[test]
fn import_of_our_own_document_exits_with_0() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/spec/data/cloudinary.wire.json");
    let (code, text) = xtask(&[file, "--api", "cloudinary", "--dry-run"]);
    assert_eq!(code, Some(0), "{text}");
    assert_eq!(
        text,
        "nothing to do: openapi/cloudinary agrees with the vendor's document\n"
    );
}

#[test]
fn import_of_a_change_exits_with_1_and_prints_the_wire_differences() {
    let mut vendor = ours("cloudinary");
    vendor["components"]["schemas"]["User"]["properties"]["status"]["type"] = json!("integer");
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), vendor.to_string()).unwrap();
    let (code, text) = xtask(&[file.path().to_str().unwrap(), "--api", "cloudinary", "--dry-run"]);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.starts_with("wire differences:\nbreaking (1)\n"), "{text}");
    assert!(text.contains("User") && text.contains("status"), "{text}");
    assert!(
        text.ends_with("openapi/cloudinary/openapi.yaml would change; nothing was written\n"),
        "{text}"
    );
}

#[test]
fn import_of_what_cannot_be_read_exits_with_2() {
    let (code, text) = xtask(&["/nowhere/document.yaml", "--api", "cloudinary"]);
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("/nowhere/document.yaml: "), "{text}");
    let (code, text) = xtask(&["/nowhere/document.yaml", "--api", "nope"]);
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("openapi/nope/openapi.yaml does not exist"), "{text}");
}

#[test]
fn import_with_an_unknown_glob_exits_with_2() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/spec/data/cloudinary.wire.json");
    let (code, text) = xtask(&[file, "--api", "cloudinary", "--include", "/none/**"]);
    assert_eq!(code, Some(2), "{text}");
    assert!(
        text.contains("--include /none/** matches no path of the document"),
        "{text}"
    );
}

#[test]
fn dry_run_writes_nothing_and_says_the_same() {
    let small = small();
    let mut vendor = vendor();
    vendor["components"]["schemas"]["thing_object"]["properties"]["id"]["type"] = json!("integer");
    let before = small.text();
    let dry = small.of(&vendor).dry_run(true).run(&small.workspace).unwrap();
    assert_eq!(dry.code(), 1);
    assert_eq!(small.text(), before);
    let (wet, _) = small.import(&vendor);
    let facts = |text: &str| text.lines().rev().skip(1).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(facts(dry.text()), facts(wet.text()));
}

#[test]
fn vendors_yaml_is_read_with_strict_booleans_and_without_double_keys() {
    let small = small();
    let file = small.root().join("vendor.yaml");
    std::fs::write(
        &file,
        super::small::DOCUMENT.replace("required: true\n        content", "required: no\n        content"),
    )
    .unwrap();
    let failure = small.refusal(&Import::new(&file, "small")).to_string();
    assert!(failure.contains("vendor.yaml:"), "{failure}");
    assert!(
        failure.contains("requestBody/required: `required` is neither `true` nor `false`"),
        "{failure}"
    );
    std::fs::write(&file, format!("{}openapi: 3.0.3\n", super::small::DOCUMENT)).unwrap();
    let failure = small.refusal(&Import::new(&file, "small")).to_string();
    assert!(failure.contains("duplicate"), "{failure}");
}

#[test]
fn vendors_json_is_read_as_programs_write_it() {
    let small = small();
    let mut vendor = vendor();
    vendor["components"]["schemas"]["thing_object"]["properties"]["id"]["pattern"] = json!("^/\u{1f600}\t[a-z]$");
    let text = serde_json::to_string_pretty(&vendor).unwrap().replace("  ", "\t");
    let text = text.replace('/', "\\/").replace('\u{1f600}', "\\ud83d\\ude00");
    let file = small.root().join("vendor.json");
    std::fs::write(&file, format!("\u{feff}{}", text.replace('\n', "\r\n"))).unwrap();
    let (_, lines) = small.run(&Import::new(&file, "small"));
    assert_eq!(lines, ["+          pattern: \"^/\u{1f600}\\t[a-z]$\""]);
    std::fs::write(&file, r#"{"openapi": "3.0.3", "openapi": "3.0.3"}"#).unwrap();
    let failure = small.refusal(&Import::new(&file, "small")).to_string();
    assert!(failure.contains("duplicate"), "{failure}");
}

#[test]
fn document_of_ours_without_the_shape_of_one_is_refused_with_its_place() {
    for (from, to, place) in [
        (
            "info:\n  title: Small\n  version: '1'\n  description: A small API.\n",
            "info: small\n",
            "openapi.yaml:2: #/info:",
        ),
        (
            "        '404':\n          $ref: '#/components/responses/NotFound'\n    post",
            "        '404': none\n    post",
            "/get/responses/404:",
        ),
    ] {
        let text = super::small::DOCUMENT.replacen(from, to, 1);
        assert_ne!(text, super::small::DOCUMENT);
        let fresh = super::fixture::made("small", &text, super::small::OVERLAY);
        let failure = fresh.refusal(&fresh.of(&vendor())).to_string();
        assert!(
            failure.contains(place) && failure.contains("this is not an object"),
            "{failure}"
        );
    }
}
