//! What every error of the SDK owes its reader.

use std::error::Error as StdError;

use account_provisioning::Error;

/// The lines of an error and of everything under it, outermost first.
pub fn chain(error: &Error) -> Vec<String> {
    let mut lines = vec![error.to_string()];
    let mut next = error.source();
    while let Some(cause) = next {
        lines.push(cause.to_string());
        next = cause.source();
    }
    lines
}

/// Checks that an error is worded as promised: one line that starts in lower case and ends without a period, and that
/// no error repeats any of those under it.
///
/// # Panics
/// When it isn't.
pub fn assert_well_worded(error: &Error) {
    let lines = chain(error);
    let own = &lines[0];
    assert!(!own.is_empty() && !own.contains(['\n', '\r']), "not one line: {own:?}");
    assert!(!own.ends_with('.'), "ends with a period: {own}");
    assert!(own.chars().count() < 700, "too long to read: {own}");
    let said = own.strip_prefix(error.operation().unwrap_or_default()).unwrap_or(own);
    let said = said.trim_start_matches(": ");
    // The names of variables are theirs.
    let begins_a_sentence =
        said.starts_with(char::is_uppercase) && !said.starts_with("CLOUDINARY_") && !said.starts_with("CLOUDFLARE_");
    assert!(!begins_a_sentence, "starts in upper case: {own}");
    for (index, line) in lines.iter().enumerate() {
        for deeper in &lines[index + 1..] {
            assert!(
                !line.contains(deeper.as_str()),
                "{line:?} repeats its source {deeper:?}"
            );
        }
    }
}
