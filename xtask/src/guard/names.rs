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
    for (place, text) in surface.texts() {
        for word in text.split(|c: char| !(c.is_alphanumeric() || c == '_')) {
            if is_made_up(word) {
                let subject = format!("{}::{}", surface.package.replace('-', "_"), place);
                let message = format!(
                    "`{word}` is a name that the generator made up; give the schema one in the document or its overlay"
                );
                found.insert(Violation::new(subject, message));
            }
        }
    }
    found
}

fn is_made_up(word: &str) -> bool {
    let numbered = NUMBERED.iter().any(|stem| {
        word.match_indices(stem)
            .any(|(place, _)| word[place + stem.len()..].starts_with(|c: char| c.is_ascii_digit()))
    });
    // A crate's own `HttpBody` is a name; one that is nothing but a body, or a number's, says nothing.
    numbered
        || word == BODY
        || word
            .strip_suffix(BODY)
            .is_some_and(|rest| rest.ends_with(|c: char| c.is_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_made_up_tells_the_generators_names_from_a_persons() {
        for word in ["Subtype0", "UserVariant12", "subtype_0", "Body", "CreateUserBody"] {
            assert!(is_made_up(word), "{word}");
        }
        for word in [
            "Subtype",
            "Variant",
            "Variants2d",
            "Somebody",
            "body",
            "raw_body",
            "BodyKind",
        ] {
            assert!(!is_made_up(word), "{word}");
        }
    }
}
