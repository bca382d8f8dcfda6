//! Places in the emulator's state.

use std::fmt;

/// A place in the [view](crate::view) of the state: the keys on the way to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Path(Vec<String>);

impl Path {
    pub(crate) fn new(keys: &[&str]) -> Self {
        Self(keys.iter().map(|key| (*key).to_owned()).collect())
    }

    /// A place below this one.
    pub(crate) fn at(&self, keys: &[&str]) -> Self {
        let mut path = self.clone();
        path.0.extend(keys.iter().map(|key| (*key).to_owned()));
        path
    }

    pub(crate) fn keys(&self) -> &[String] {
        &self.0
    }

    /// Whether a place is this one or below it. The key `*` stands for any key.
    pub(crate) fn covers(&self, place: &Self) -> bool {
        self.0.len() <= place.0.len() && self.0.iter().zip(&place.0).all(|(own, key)| own == "*" || own == key)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("/"))
    }
}
