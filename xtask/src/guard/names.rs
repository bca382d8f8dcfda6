//! Names that a generator made up: what it calls a schema without a name of its own is nothing a user can read.

use std::collections::BTreeSet;

use super::Violation;
use crate::surface::Surface;

/// What typify and progenitor call what the document leaves nameless, before a number.
const NUMBERED: [&str; 4] = ["Subtype", "Variant", "subtype_", "variant_"];
/// What they call a body that is written out in its operation, at the end of a name.
const BODY: &str = "Body";

pub(super) fn check(surface: &Surface) -> BTreeSet<Violation> {
    let mut found = BTreeSet::new();
    for (place, text, is_type) in surface.texts() {
        let name = place.rsplit("::").next().unwrap_or(place);
        for word in text.split(|c: char| !(c.is_alphanumeric() || c == '_')) {
            if is_numbered(word) || (is_type && word == name && is_a_body(word)) {
                let subject = format!("{}::{place}", surface.package.replace('-', "_"));
                let message = format!(
                    "`{word}` is a name that the generator made up; give the schema one in the document or its overlay"
                );
                found.insert(Violation::new(subject, message));
            }
        }
    }
    found
}

fn is_numbered(word: &str) -> bool {
    NUMBERED.iter().any(|stem| {
        word.match_indices(stem)
            .any(|(place, _)| word[place + stem.len()..].starts_with(|c: char| c.is_ascii_digit()))
    })
}

fn is_a_body(name: &str) -> bool {
    name.ends_with(BODY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generators_names_are_told_from_a_persons() {
        for word in ["Subtype0", "UserVariant12", "subtype_0"] {
            assert!(is_numbered(word), "{word}");
        }
        for word in ["Subtype", "Variant", "Variants2d"] {
            assert!(!is_numbered(word), "{word}");
        }
        assert!(is_a_body("Body") && is_a_body("CreateUserBody"));
        assert!(!is_a_body("BodyKind") && !is_a_body("Somebody"));
    }
}
