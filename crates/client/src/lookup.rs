//! Filters by identifier: as many as the caller likes, sent as many at a time as the vendor takes.

use std::collections::HashSet;
use std::sync::Arc;

use account_provisioning_core::{Error, ErrorKind, Result};

use crate::Field;

/// How many identifiers Cloudinary takes in one request. Source: the document's `maxItems` of `ids`, `emails`, `cloud_names`.
pub(crate) const PER_REQUEST: usize = 100;

/// One filter by identifier. Clones share the identifiers.
#[derive(Clone, Debug)]
pub(crate) struct Lookup {
    field: &'static str,
    /// Whether the vendor compares without regard to case.
    folded: bool,
    values: Option<Arc<[String]>>,
}

impl Lookup {
    /// A filter whose values are compared as they are.
    pub(crate) const fn exact(field: &'static str) -> Self {
        Self {
            field,
            folded: false,
            values: None,
        }
    }

    /// A filter whose values are compared without regard to case.
    pub(crate) const fn folded(field: &'static str) -> Self {
        Self {
            field,
            folded: true,
            values: None,
        }
    }

    /// Takes the identifiers, each once, in the caller's order.
    ///
    /// # Errors
    /// An input error for the empty list: sent as it is, it would be no filter at all and list everything.
    pub(crate) fn set(&mut self, values: Field<Vec<String>>) -> Result<()> {
        self.values = match values {
            Field::Keep => None,
            Field::Set(values) if !values.is_empty() => {
                let mut seen = HashSet::new();
                Some(
                    values
                        .into_iter()
                        .filter(|value| seen.insert(self.key(value)))
                        .collect(),
                )
            }
            Field::Set(_) | Field::Clear => {
                return Err(Error::invalid_input(format!(
                    "`{}`: an empty list would be no filter and list everything; leave the filter out for that, or skip \
                     the call",
                    self.field
                )));
            }
        };
        Ok(())
    }

    /// The identifiers that one of the requests asks for, to be sent.
    pub(crate) fn chunk(&self, segment: usize) -> Option<Vec<String>> {
        self.slice(segment).map(<[String]>::to_vec)
    }

    fn slice(&self, segment: usize) -> Option<&[String]> {
        self.values.as_ref()?.chunks(PER_REQUEST).nth(segment)
    }

    fn key(&self, value: &str) -> String {
        if self.folded {
            value.to_lowercase()
        } else {
            value.to_owned()
        }
    }
}

/// How many requests these filters take.
pub(crate) fn requests(lookups: &[&Lookup]) -> usize {
    let given = lookups.iter().find_map(|lookup| lookup.values.as_ref());
    given.map_or(1, |values| values.len().div_ceil(PER_REQUEST))
}

/// How many items one of the requests can have.
pub(crate) fn asked_for(lookups: &[&Lookup], segment: usize) -> Option<usize> {
    lookups
        .iter()
        .find_map(|lookup| lookup.slice(segment))
        .map(<[String]>::len)
}

/// Refuses two filters by identifier: the vendor's document says of each that it switches the others off.
pub(crate) fn check(lookups: &[&Lookup]) -> Result<()> {
    let given: Vec<&str> = lookups
        .iter()
        .filter(|lookup| lookup.values.is_some())
        .map(|lookup| lookup.field)
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
pub(crate) fn admit<'a>(lookup: &Lookup, segment: usize, found: impl IntoIterator<Item = &'a str>) -> Result<()> {
    let Some(slice) = lookup.slice(segment) else {
        return Ok(());
    };
    let asked: HashSet<String> = slice.iter().map(|value| lookup.key(value)).collect();
    if found.into_iter().all(|value| asked.contains(&lookup.key(value))) {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Decode,
        format!(
            "the service answered with items that `{}` doesn't ask for: it may not read a list that is sent by repeating \
             the parameter",
            lookup.field
        ),
    ))
}
