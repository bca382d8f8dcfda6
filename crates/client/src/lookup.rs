//! Filters by identifier: as many as the caller likes, sent as many at a time as the vendor takes.

use std::collections::HashSet;

use account_provisioning_core::{Error, ErrorKind, MakeError as _, Result};

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
                .filter(|value| seen.insert(compare.key(value.as_ref())));
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
    /// Without regard to case.
    IgnoringCase,
}

impl Compare {
    fn key(self, value: &str) -> String {
        match self {
            Self::Exactly => value.to_owned(),
            Self::IgnoringCase => value.to_lowercase(),
        }
    }
}

/// How many requests a filter takes.
pub(crate) fn requests<T>(values: Option<&Vec<T>>) -> usize {
    values.map_or(1, |values| values.len().div_ceil(PER_REQUEST))
}

/// How many items one of these requests can have.
pub(crate) fn asked_for<T>(values: Option<&Vec<T>>, segment: usize) -> Option<usize> {
    values?.chunks(PER_REQUEST).nth(segment).map(<[T]>::len)
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
