//! Looking for one thing in a list by a value such as its name, and creating it if it is not there.

mod create;

use std::collections::HashSet;
use std::fmt;

use account_provisioning_core::{CallOptions, Error, ErrorKind, MakeError as _, Response, Result, Transport};

pub use self::create::{Creation, FoundOrCreated, OrFind, Reconciled};
use crate::call::{Mode, Once};
use crate::list::{List, whole_list};
use crate::lookup::Compare;

/// How many candidates the error for an ambiguous value shows. [`Error::candidates`] has all of them.
const SHOWN: usize = 10;

/// By what the things in a list are looked up. Each API has a table of these.
pub(crate) struct Key<L: List> {
    /// What the things are called, in the plural.
    pub(crate) what: &'static str,
    /// The name of the value.
    pub(crate) field: &'static str,
    /// The value of a thing; `None` if it has none or is not among those that the request asks for.
    pub(crate) value: for<'a> fn(&L, &'a L::Item) -> Option<&'a str>,
    pub(crate) compare: Compare,
    /// Whether the service refuses to create a second thing with the same value.
    pub(crate) unique: bool,
}

/// A search of a list for the one thing with a value, such as a name; made by the methods whose names start with `find_by_`.
///
/// Awaiting its call returns the thing, or `None` if there is none. More than one is an
/// [ambiguous](Error::is_ambiguous) error.
#[derive(Clone)]
pub struct FindBy<L: List> {
    list: L,
    key: &'static Key<L>,
    wanted: String,
}

impl<L: List> FindBy<L> {
    pub(crate) fn new(list: L, key: &'static Key<L>, wanted: impl Into<String>) -> Self {
        let wanted = wanted.into();
        Self { list, key, wanted }
    }

    /// Reads the whole list and compares the values here, also where the service filters: it may read a filter in another way.
    async fn look(self, transport: &Transport, options: &CallOptions) -> Result<Response<Option<L::Item>>> {
        let Self { list, key, wanted } = self;
        if wanted.is_empty() {
            let message = format!("`{}`: it is empty, so there is nothing to look for", key.field);
            return Err(Error::invalid_input(message).with_operation(L::OPERATION.operation_id));
        }
        let found = whole_list(transport.clone(), list.clone(), options.clone()).await?;
        let Response { value, meta, body, .. } = found;
        let with = |form: fn(Compare, &str) -> String, item: &L::Item| {
            let value = (key.value)(&list, item);
            value.is_some_and(|value| form(key.compare, value) == form(key.compare, &wanted))
        };
        let mut matching: Vec<_> = value
            .items
            .into_iter()
            .filter(|item| with(Compare::key, item))
            .collect();
        if matching.iter().any(|item| with(Compare::surely_equal, item)) {
            matching.retain(|item| with(Compare::surely_equal, item));
        }
        once_each::<L>(&mut matching);
        if matching.len() > 1 {
            let ids: Vec<_> = matching.iter().map(|item| L::identity(item).to_owned()).collect();
            let error = ambiguous(key.field, key.what, ids.clone(), &ids);
            return Err(error.with_operation(L::OPERATION.operation_id));
        }
        Ok(Response::new(matching.pop(), meta, body))
    }
}

impl<L: List> fmt::Debug for FindBy<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The value is left out: it is the user's data.
        f.debug_struct("FindBy")
            .field("operation", &L::OPERATION.operation_id)
            .field("by", &self.key.field)
            .finish_non_exhaustive()
    }
}

impl<L: List> Mode<FindBy<L>> for Once {
    type Value = Option<L::Item>;
    type Output = Option<L::Item>;

    async fn send(transport: Transport, find: FindBy<L>, options: CallOptions) -> Result<Response<Self::Value>> {
        find.look(&transport, &options.as_one_call()).await
    }

    fn output(response: Response<Self::Value>) -> Self::Output {
        response.into_value()
    }
}

/// Leaves out what is there twice: a thing that was on two pages, since the list changed between them.
pub(crate) fn once_each<L: List>(found: &mut Vec<L::Item>) {
    let mut seen = HashSet::new();
    found.retain(|item| {
        let id = L::identity(item);
        id.is_empty() || seen.insert(id.to_owned())
    });
}

/// The error for a value that several things have. `shown` describes each of them.
pub(crate) fn ambiguous(field: &str, what: &str, ids: Vec<String>, shown: &[String]) -> Error {
    let message = format!(
        "`{field}`: {} {what} match; choose one by its id: {}",
        ids.len(),
        listed(shown)
    );
    Error::new(ErrorKind::Ambiguous, message).with_candidates(ids)
}

/// The first of several descriptions, and how many more there are.
pub(crate) fn listed(shown: &[String]) -> String {
    let mut listed = shown.iter().take(SHOWN).cloned().collect::<Vec<_>>().join("; ");
    if shown.len() > SHOWN {
        listed.push_str(&format!("; and {} more", shown.len() - SHOWN));
    }
    listed
}
