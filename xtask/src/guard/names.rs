//! Names that a generator made up for schemas without a name, which mean nothing to users.

use std::collections::BTreeSet;

use crate::guard::violation::Violation;
use crate::surface::Surface;

/// How typify and progenitor begin the name of a schema without a name. A number follows.
const NUMBERED: [&str; 4] = ["Subtype", "Variant", "subtype_", "variant_"];
/// How they end the name of an inline request body.
const BODY: &str = "Body";

pub(super) fn check(surface: &Surface) -> BTreeSet<Violation> {
    let mut found = BTreeSet::new();
    for (place, text, is_type) in surface.texts() {
        let name = place.rsplit("::").next().unwrap_or(place);
        for word in text.split(|c: char| !(c.is_alphanumeric() || c == '_')) {
            if is_numbered(word) || (is_type && word == name && is_a_body(word)) {
                let subject = format!("{}::{place}", surface.package.replace('-', "_"));
                let message = format!(
                    "`{word}` is a name that the generator made up; name the schema in the document or its overlay"
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
    fn names_of_generators_are_recognised() {
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
