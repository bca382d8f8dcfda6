//! How the parameters of an operation become fields, and how lists are written in one value.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::names;

/// The name of each parameter as the generated code uses it: its own, or with its place if another field has that name.
/// `None` means that both are taken. The parameters of the path come first, because their names stand in the path.
pub(crate) fn names(parameters: &[&Value], has_body: bool) -> Vec<Option<String>> {
    let is_path = |parameter: &&Value| parameter["in"] == "path";
    // The generated code has a variable of this name.
    let mut taken = BTreeSet::from(["header_map".to_owned()]);
    taken.extend(has_body.then(|| "body".to_owned()));
    let mut chosen = vec![None; parameters.len()];
    for in_path in [true, false] {
        for (index, parameter) in parameters.iter().enumerate() {
            if is_path(parameter) != in_path {
                continue;
            }
            let name = parameter["name"].as_str().unwrap_or_default();
            let longer = format!("{name}-{}", parameter["in"].as_str().unwrap_or_default());
            let candidates = if in_path {
                vec![name.to_owned()]
            } else {
                vec![name.to_owned(), longer]
            };
            chosen[index] = candidates.into_iter().find(|name| taken.insert(names::snake(name)));
        }
    }
    chosen
}

/// Whether OpenAPI says to ignore a parameter: these headers follow from bodies and credentials.
pub(crate) fn is_ignored(parameter: &Value) -> bool {
    let name = parameter["name"].as_str().unwrap_or_default();
    parameter["in"] == "header"
        && ["accept", "authorization", "content-type"]
            .iter()
            .any(|ignored| name.eq_ignore_ascii_case(ignored))
}

/// What stands between the values of a list that is sent as one value; `None` if the name is repeated for each value.
///
/// # Errors
/// The style has no rule for lists that the generated code knows.
pub(crate) fn separator(parameter: &Value) -> Result<Option<char>, String> {
    let style = parameter["style"].as_str();
    match parameter["in"].as_str() {
        Some("path" | "header") => Ok(Some(',')),
        _ if parameter["explode"]
            .as_bool()
            .unwrap_or(style.is_none_or(|style| style == "form")) =>
        {
            Ok(None)
        }
        _ => match style {
            None | Some("form") => Ok(Some(',')),
            Some("spaceDelimited") => Ok(Some(' ')),
            Some("pipeDelimited") => Ok(Some('|')),
            Some(other) => Err(other.to_owned()),
        },
    }
}
