//! Filters by identifier: as many as the caller likes, sent as many at a time as the vendor takes.

use std::collections::HashSet;

use account_provisioning_core::{AskedFor, Error, ErrorKind, MakeError as _, Result};

use crate::Field;

/// How many identifiers Cloudinary takes in one request. Source: the document's `maxItems` of `ids`, `emails`, `cloud_names`.
pub(crate) const PER_REQUEST: usize = 100;

/// Prepares the identifiers of a filter: each once, in the caller's order.
///
/// # Errors
/// An input error for the empty list: sent as it is, it would be no filter at all and list everything.
pub(crate) fn values<T: AsRef<str>>(field: &str, values: Field<Vec<T>>, compare: Compare) -> Result<Option<Vec<T>>> {
    match values {
        Field::Keep => Ok(None),
        Field::Set(values) if !values.is_empty() => {
            let mut seen = HashSet::new();
            let once = values
                .into_iter()
                .filter(|value| seen.insert(compare.surely_equal(value.as_ref())));
            Ok(Some(once.collect()))
        }
        Field::Set(_) | Field::Clear => Err(Error::invalid_input(format!(
            "`{field}`: an empty list would be no filter and list everything; leave the filter out for that, or skip the \
             call"
        ))),
    }
}

/// How the vendor compares identifiers.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Compare {
    /// As they are.
    Exactly,
    /// Without regard to case, as the vendor compares: its rule for letters outside ASCII is not documented.
    IgnoringCase,
    /// Without regard to the case of ASCII letters, where this crate compares.
    #[cfg_attr(
        not(feature = "cloudflare"),
        allow(dead_code, reason = "only lists of Cloudflare are compared so")
    )]
    IgnoringAsciiCase,
}

impl Compare {
    /// A text that is the same only for identifiers that the vendor surely takes for one: of two that may differ, neither is
    /// left out of a request.
    pub(crate) fn surely_equal(self, value: &str) -> String {
        match self {
            Self::Exactly => value.to_owned(),
            Self::IgnoringCase | Self::IgnoringAsciiCase => value.to_ascii_lowercase(),
        }
    }

    /// A text that is the same for all identifiers that the vendor may take for one.
    ///
    /// Without regard to case, this is Unicode's full case folding: `ẞ`, `ß` and `ss` are one. So are `İ`, `ı`, `I` and `i`,
    /// because languages disagree about them.
    pub(crate) fn key(self, value: &str) -> String {
        match self {
            Self::Exactly | Self::IgnoringAsciiCase => self.surely_equal(value),
            Self::IgnoringCase => {
                let folded = value.chars().flat_map(char::to_lowercase).flat_map(char::to_uppercase);
                let folded: String = folded.flat_map(char::to_lowercase).collect();
                // The small `İ` is an `i` with a dot above.
                folded.replace("i\u{307}", "i")
            }
        }
    }
}

/// How many requests a filter takes.
pub(crate) fn requests<T>(values: Option<&Vec<T>>) -> usize {
    values.map_or(1, |values| values.len().div_ceil(PER_REQUEST))
}

/// What one of these requests asks for. `unique` says whether an identifier belongs to one item at most.
pub(crate) fn asked_for<T: AsRef<str>>(
    values: Option<&Vec<T>>,
    segment: usize,
    compare: Compare,
    unique: bool,
) -> Option<AskedFor> {
    let asked = values?.chunks(PER_REQUEST).nth(segment)?;
    let keys: HashSet<String> = asked.iter().map(|value| compare.key(value.as_ref())).collect();
    Some(AskedFor::new(keys.len(), unique))
}

/// Keeps the identifiers of one of these requests.
pub(crate) fn keep_segment<T>(values: &mut Option<Vec<T>>, segment: usize) {
    if let Some(values) = values {
        let start = (segment * PER_REQUEST).min(values.len());
        values.truncate((start + PER_REQUEST).min(values.len()));
        values.drain(..start);
    }
}

/// Refuses two filters by identifier: the vendor's document says of each that it switches the others off.
pub(crate) fn only_one(given: &[(&str, bool)]) -> Result<()> {
    let given: Vec<&str> = given
        .iter()
        .filter(|(_, given)| *given)
        .map(|(field, _)| *field)
        .collect();
    if given.len() > 1 {
        let message = format!(
            "`{}`: the service reads one of them and ignores the other; filter by one",
            given.join("` and `")
        );
        return Err(Error::invalid_input(message));
    }
    Ok(())
}

/// Refuses an item that was not asked for: a service that reads the list another way would answer with the wrong set,
/// and the caller would act on it.
pub(crate) fn admit<'a, T: AsRef<str>>(
    field: &str,
    asked: Option<&Vec<T>>,
    compare: Compare,
    found: impl IntoIterator<Item = &'a str>,
) -> Result<()> {
    let Some(asked) = asked else {
        return Ok(());
    };
    let asked: HashSet<String> = asked.iter().map(|value| compare.key(value.as_ref())).collect();
    if found.into_iter().all(|value| asked.contains(&compare.key(value))) {
        return Ok(());
    }
    let message = format!(
        "the service answered with items that `{field}` doesn't ask for: it may not read a list that is sent by repeating \
         the parameter"
    );
    Err(Error::new(ErrorKind::Decode, message))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use super::*;

    #[test]
    fn identifiers_that_a_vendor_may_take_for_one_have_one_key() {
        for (a, b) in [
            ("Ann@Client.example", "aNN@client.EXAMPLE"),
            ("İpek@x.example", "i\u{307}pek@x.example"),
            ("İpek@x.example", "ipek@x.example"),
            ("ILGIN@x.example", "ılgın@x.example"),
            ("STRAẞE@x.example", "straße@x.example"),
            ("STRASSE@x.example", "straße@x.example"),
            ("ΟΔΟΣ@x.example", "οδος@x.example"),
            ("ΟΔΟΣ@x.example", "οδοσ@x.example"),
            ("\u{212a}im@x.example", "kim@x.example"),
        ] {
            assert_eq!(Compare::IgnoringCase.key(a), Compare::IgnoringCase.key(b), "{a} {b}");
            assert_ne!(Compare::Exactly.key(a), Compare::Exactly.key(b), "{a} {b}");
            admit("emails", Some(&vec![a]), Compare::IgnoringCase, [b]).unwrap();
        }
        assert_ne!(Compare::IgnoringCase.key("ann@x"), Compare::IgnoringCase.key("anne@x"));
    }

    #[test]
    fn identifiers_that_may_differ_are_all_asked_for_and_count_once() {
        let asked = ["straße@x", "STRASSE@x", "Strasse@x", "ann@x", "ANN@x"];
        let asked = Field::Set(asked.map(str::to_owned).to_vec());
        let asked = values("emails", asked, Compare::IgnoringCase).unwrap();
        assert_eq!(asked.as_deref().unwrap(), ["straße@x", "STRASSE@x", "ann@x"]);
        let asked = asked_for(asked.as_ref(), 0, Compare::IgnoringCase, false).unwrap();
        assert_eq!((asked.keys, asked.unique), (2, false));
    }
}
