//! The entries of an audit log without a time.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How many entries are remembered, so that none is returned twice.
pub(super) const REMEMBERED: usize = 10_000;

/// The ids of entries without a time. Only those seen last are remembered.
///
/// Nothing shows when such an entry leaves the overlap, and it may be anywhere in a window. So it is recognised by its id
/// alone, not by a moment or by the entries around it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Vec<String>", into = "Vec<String>")]
pub(super) struct Untimed {
    /// In the order in which they were seen last.
    order: BTreeMap<u64, String>,
    places: BTreeMap<String, u64>,
}

impl From<Vec<String>> for Untimed {
    fn from(ids: Vec<String>) -> Self {
        let mut known = Self::default();
        for id in ids {
            known.meet(&id);
        }
        known
    }
}

impl From<Untimed> for Vec<String> {
    fn from(known: Untimed) -> Self {
        known.order.into_values().collect()
    }
}

/// Only the order of the places is compared: a restored checkpoint counts them from the beginning.
impl PartialEq for Untimed {
    fn eq(&self, other: &Self) -> bool {
        self.order.values().eq(other.order.values())
    }
}

impl Eq for Untimed {}

impl Untimed {
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// Remembers an entry; false when it was seen before.
    pub(super) fn meet(&mut self, id: &str) -> bool {
        let next = self
            .order
            .last_key_value()
            .map_or(0, |(place, _)| place.wrapping_add(1));
        let before = self.places.insert(id.to_owned(), next);
        if let Some(before) = before {
            self.order.remove(&before);
        }
        self.order.insert(next, id.to_owned());
        if self.places.len() > REMEMBERED
            && let Some((_, oldest)) = self.order.pop_first()
        {
            self.places.remove(&oldest);
        }
        before.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn untimed_entries_beyond_the_limit_push_out_those_met_longest_ago() {
        let mut known = Untimed::default();
        for n in 0..REMEMBERED {
            assert!(known.meet(&n.to_string()));
        }
        assert!(!known.meet("0"), "met again");
        assert!(known.meet("one more"));
        assert_eq!(known.len(), REMEMBERED);
        let stored: Vec<String> = known.clone().into();
        let mut known_again = Untimed::from(stored);
        for known in [&mut known, &mut known_again] {
            assert!(!known.meet("0") && !known.meet("one more") && !known.meet("2"));
            assert!(known.meet("1"), "it was met longest ago");
            assert_eq!((known.len(), known.order.len()), (REMEMBERED, REMEMBERED));
        }
    }
}
