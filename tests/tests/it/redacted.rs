//! Values that are written as `[redacted]`: they are not read back as secrets, and nothing that looks harmless shows them.

use std::fs;
use std::path::{Path, PathBuf};

use account_provisioning::{cloudflare, cloudinary, cloudspot};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Asserts that a reply is read, shows no canary when it is written, and is refused when that is read back.
#[track_caller]
fn assert_not_read_back<T: Serialize + DeserializeOwned>(reply: Value) {
    let value: T = serde_json::from_value(reply).unwrap();
    let written = serde_json::to_string(&value).unwrap();
    assert!(
        written.contains("[redacted]") && !written.contains("canary"),
        "{written}"
    );
    assert!(serde_json::from_str::<T>(&written).is_err(), "{written}");
    let again: Value = serde_json::from_str(&written).unwrap();
    assert!(serde_json::from_value::<T>(again).is_err(), "{written}");
}

#[test]
fn response_written_as_json_is_not_read_back_with_the_redacted_text_as_its_secret() {
    assert_not_read_back::<cloudinary::AccessKey>(json!({
        "api_key": "1", "name": "n", "api_secret": "canary", "enabled": true,
        "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z", "dedicated_for": []
    }));
    assert_not_read_back::<cloudflare::CreatedToken>(json!({ "id": "t", "value": "canary" }));
    assert_not_read_back::<cloudspot::UserProfile>(json!({ "pin": "canary" }));
    assert_not_read_back::<cloudspot::UserProfile>(json!({ "company": { "pin": "canary" } }));
    assert_not_read_back::<cloudspot::types::Authentication>(json!({ "token": "canary", "permissions": [] }));
    for key in ["token", "auth_token", "user", "company"] {
        assert_not_read_back::<cloudspot::Impersonation>(json!({ (key): "canary" }));
    }
}

fn texts(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() && name != "target" && !name.starts_with('.') {
            texts(&path, found);
        } else if name.ends_with(".md") || path.parent().unwrap().ends_with("examples") {
            found.push(path);
        }
    }
}

/// The lines that show a value of unknown form as a whole.
fn shows_all(text: &str) -> Vec<&str> {
    let shows = |line: &&str| {
        let whole = line.split(".expose_value()").skip(1).any(|rest| !rest.starts_with('['));
        (line.contains("print") || line.contains("format!")) && (whole || line.contains(".into_exposed_value()"))
    };
    text.lines().filter(shows).collect()
}

#[test]
fn pages_and_examples_show_no_value_of_unknown_form_as_a_whole() {
    assert_eq!(shows_all(r#"println!("{}", user.expose_value());"#).len(), 1);
    assert!(shows_all(r#"println!("{}", user.expose_value()["first_name"]);"#).is_empty());
    let mut found = Vec::new();
    texts(Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap(), &mut found);
    assert!(found.len() > 10, "only {} files were found", found.len());
    for file in found.into_iter().filter(|file| file.is_file()) {
        let text = fs::read_to_string(&file).unwrap();
        assert!(
            shows_all(&text).is_empty(),
            "{}: {:?}",
            file.display(),
            shows_all(&text)
        );
    }
}
