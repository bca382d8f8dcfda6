//! Filters by identifier: as many as the caller likes, sent as many at a time as the vendor takes.

use std::collections::HashSet;

use account_provisioning_core::{Error, ErrorKind, Result};

use crate::Field;

/// How many identifiers Cloudinary takes in one request. Source: the document's `maxItems` of `ids`, `emails`, `cloud_names`.
pub(crate) const PER_REQUEST: usize = 100;

/// One filter by identifier.
#[derive(Clone, Debug)]
pub(crate) struct Lookup {
    field: &'static str,
    /// Whether the vendor compares without regard to case.
    folded: bool,
    values: Option<Vec<String>>,
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

    /// The identifiers that one of the requests asks for.
    pub(crate) fn chunk(&self, segment: usize) -> Option<Vec<String>> {
        // A filter that needs no splitting goes along unchanged with every request.
        let values = self.values.as_ref()?;
        let chunk = if values.len() <= PER_REQUEST {
            Some(values.as_slice())
        } else {
            values.chunks(PER_REQUEST).nth(segment)
        };
        chunk.map(<[String]>::to_vec)
    }

    fn key(&self, value: &str) -> String {
        if self.folded {
            value.to_lowercase()
        } else {
            value.to_owned()
        }
    }

    fn requests(&self) -> usize {
        self.values
            .as_ref()
            .map_or(1, |values| values.len().div_ceil(PER_REQUEST))
    }
}

/// How many requests these filters take.
pub(crate) fn requests(lookups: &[&Lookup]) -> usize {
    lookups.iter().map(|lookup| lookup.requests()).max().unwrap_or(1)
}

/// How many items one of the requests can have.
pub(crate) fn asked_for(lookups: &[&Lookup], segment: usize) -> Option<usize> {
    lookups
        .iter()
        .filter_map(|lookup| lookup.chunk(segment))
        .map(|chunk| chunk.len())
        .min()
}

/// Refuses filters that can't be sent together.
pub(crate) fn check(lookups: &[&Lookup]) -> Result<()> {
    let given: Vec<&str> = lookups
        .iter()
        .filter(|lookup| lookup.values.is_some())
        .map(|lookup| lookup.field)
        .collect();
    if given.len() > 1 && requests(lookups) > 1 {
        return Err(Error::invalid_input(format!(
            "`{}`: more than {PER_REQUEST} are sent in several requests, which can't be combined with another list; \
             filter by one of the two",
            given.join("` and `")
        )));
    }
    Ok(())
}

/// Refuses an item that was not asked for: a service that reads the list another way would answer with the wrong set,
/// and the caller would act on it.
pub(crate) fn admit<'a>(lookup: &Lookup, segment: usize, found: impl IntoIterator<Item = &'a str>) -> Result<()> {
    let Some(chunk) = lookup.chunk(segment) else {
        return Ok(());
    };
    let asked: HashSet<String> = chunk.iter().map(|value| lookup.key(value)).collect();
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
