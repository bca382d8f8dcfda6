//! What kind of document a file is. A file of another kind is named as what it is, before anything is compared.

use account_provisioning_codegen::Problem;
use account_provisioning_codegen::document::Document;
use serde_json::Value;

/// Whether a document is OpenAPI 3.1 rather than 3.0.
///
/// # Errors
/// What the document is instead, and how to get one that can be imported.
pub(super) fn is_newer(document: &Value) -> Result<bool, Problem> {
    let refuse = |at: &str, message: String, remedy: &str| Err(Problem::new(at, message, remedy));
    let map = match document {
        Value::Object(map) => map,
        Value::Null => return refuse("", "the file is empty".to_owned(), "download it again"),
        other => {
            let kind = if other.is_array() { "a list" } else { "a single value" };
            return refuse(
                "",
                format!("the file is {kind}, not an OpenAPI document"),
                "import the document itself",
            );
        }
    };
    if let Some(version) = map.get("swagger") {
        let message = format!(
            "this is a document of Swagger {}, the predecessor of OpenAPI",
            plain(version)
        );
        return refuse(
            "/swagger",
            message,
            "convert it to OpenAPI 3.0 with a converter, and import the result",
        );
    }
    let Some(version) = map.get("openapi") else {
        let message = "this is no OpenAPI document: it has no `openapi` with a version".to_owned();
        return refuse("", message, "import a document of OpenAPI 3.0 or 3.1");
    };
    let newer = match version.as_str() {
        Some(version) if version.starts_with("3.1.") => true,
        Some(version) if version.starts_with("3.0.") => false,
        _ => {
            let message = format!("version `{}` of OpenAPI is not supported", plain(version));
            return refuse(
                "/openapi",
                message,
                "import a document of OpenAPI 3.0 or 3.1, such as `3.0.3`",
            );
        }
    };
    match map.get("paths") {
        Some(Value::Object(_)) => Ok(newer),
        Some(_) => refuse(
            "/paths",
            "`paths` is not an object".to_owned(),
            "correct it in a copy of the document",
        ),
        None => refuse(
            "",
            "the document has no `paths`".to_owned(),
            "import the document that has the operations",
        ),
    }
}

/// Refuses a document that cannot be imported, with file and line.
pub(super) fn check(vendor: &Document) -> Result<(), account_provisioning_codegen::Error> {
    is_newer(vendor.value())
        .map(drop)
        .map_err(|problem| vendor.locate(problem.into()))
}

/// The version of the API that a document describes. A whole number is read as the text that it is; a fraction may have
/// lost digits, because 1.10 and 1.1 are the same number.
///
/// # Errors
/// The version is neither a text nor a whole number.
pub(super) fn version(document: &Value) -> Result<Option<String>, Problem> {
    match document["info"].get("version") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(version)) => Ok(Some(version.clone())),
        Some(Value::Number(number)) if !number.is_f64() => Ok(Some(number.to_string())),
        Some(other) => Err(Problem::new(
            "/info/version",
            format!("the version `{other}` is not a string, so it is unclear how it is written"),
            "put it in quotes in a copy of the document",
        )),
    }
}

/// A value as a message shows it.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
