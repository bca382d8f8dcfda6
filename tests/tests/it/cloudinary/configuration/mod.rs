//! How a client is set up, and what it refuses.

mod accounts;
mod headers;
mod names;
mod places;
mod proxies;
mod redirects;
mod variables;

use std::collections::HashMap;
use std::ffi::OsString;

/// Variables of a test's own instead of the process's.
pub(crate) fn vars(set: &[(&str, &str)]) -> impl Fn(&str) -> Option<OsString> + use<> {
    let set: HashMap<String, OsString> = set
        .iter()
        .map(|(name, value)| ((*name).to_owned(), OsString::from(value)))
        .collect();
    move |name| set.get(name).cloned()
}
