//! Rows with ids, in insertion order.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::atomic::{AtomicU64, Ordering};

use indexmap::IndexMap;
use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::rows::Memo;

/// A row of a [`Table`]: a value that has an id.
pub trait Row {
    /// The JSON name of the id, for error messages.
    const KEY: &'static str;

    /// Returns the id, which is unique within the table.
    fn key(&self) -> &str;
}

/// Rows that are found by id and kept in insertion order. In JSON a table is a list.
///
/// Deserializing a list in which two rows have the same id is an error.
#[derive(Clone)]
pub struct Table<T> {
    rows: IndexMap<String, Entry<T>>,
    /// The number of the next row.
    next: u64,
    /// Greater after each change than all before.
    stamp: u64,
}

/// A row in its table.
#[derive(Clone)]
pub(crate) struct Entry<T> {
    /// The number, which grows with every insertion and does not change when other rows are removed.
    number: u64,
    pub(crate) row: T,
    pub(crate) memo: Memo,
}

impl<T> Entry<T> {
    /// Returns the row for changing.
    fn change(&mut self) -> &mut T {
        self.memo = Memo::default();
        &mut self.row
    }
}

impl<T> Deref for Entry<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.row
    }
}

impl<T: Row> Table<T> {
    /// Creates an empty table.
    pub fn new() -> Self {
        Self {
            rows: IndexMap::new(),
            next: 0,
            stamp: 0,
        }
    }

    /// Returns the number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Returns whether the table is empty.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Returns the row with this id.
    pub fn get(&self, key: &str) -> Option<&T> {
        self.rows.get(key).map(|entry| &entry.row)
    }

    /// Returns the row with this id for changing. The id itself must not change:
    /// [`State::validate`](crate::State::validate) rejects a row that is no longer found by its id.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut T> {
        self.stamp = next_stamp();
        self.rows.get_mut(key).map(Entry::change)
    }

    /// Returns whether there is a row with this id.
    pub fn contains(&self, key: &str) -> bool {
        self.rows.contains_key(key)
    }

    /// Inserts a row at the end, or replaces the row with the same id and returns it.
    pub fn insert(&mut self, row: T) -> Option<T> {
        let key = row.key().to_owned();
        let number = self.rows.get(&key).map_or(self.next, |old| old.number);
        self.next = self.next.max(number + 1);
        self.stamp = next_stamp();
        let memo = Memo::default();
        self.rows.insert(key, Entry { number, row, memo }).map(|old| old.row)
    }

    /// Removes and returns the row with this id. The other rows keep their order.
    pub fn remove(&mut self, key: &str) -> Option<T> {
        self.stamp = next_stamp();
        self.rows.shift_remove(key).map(|entry| entry.row)
    }

    /// Returns the rows in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + ExactSizeIterator {
        self.rows.values().map(|entry| &entry.row)
    }

    /// Returns the rows in order, as they are in the table.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &Entry<T>> {
        self.rows.values()
    }

    /// Returns a number that tables share only when their rows are equal, and that is greater after each change than all
    /// before.
    pub(crate) fn stamp(&self) -> u64 {
        self.stamp
    }

    /// Returns the rows in order, each with its number.
    pub(crate) fn numbered(&self) -> impl Iterator<Item = (u64, &T)> {
        self.rows.values().map(|entry| (entry.number, &entry.row))
    }

    /// Returns the index of the first row that is not found by its id.
    pub(crate) fn misplaced(&self) -> Option<usize> {
        self.rows.iter().position(|(key, entry)| key != entry.row.key())
    }

    /// Returns the rows in order for changing. The ids must not change, as with [`get_mut`](Self::get_mut).
    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut T> + ExactSizeIterator {
        self.stamp = next_stamp();
        self.rows.values_mut().map(Entry::change)
    }
}

fn next_stamp() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

impl<T: Row> Default for Table<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: fmt::Debug> fmt::Debug for Table<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.rows.values().map(|entry| &entry.row))
            .finish()
    }
}

impl<T: PartialEq> PartialEq for Table<T> {
    /// Compares the rows, in any order.
    fn eq(&self, other: &Self) -> bool {
        self.rows.len() == other.rows.len()
            && self
                .rows
                .iter()
                .all(|(key, entry)| other.rows.get(key).is_some_and(|other| entry.row == other.row))
    }
}

impl<T: Row> FromIterator<T> for Table<T> {
    fn from_iter<I: IntoIterator<Item = T>>(rows: I) -> Self {
        let mut table = Self::new();
        table.extend(rows);
        table
    }
}

impl<T: Row> Extend<T> for Table<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, rows: I) {
        for row in rows {
            self.insert(row);
        }
    }
}

impl<T: Serialize> Serialize for Table<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.rows.values().map(|entry| &entry.row))
    }
}

impl<'de, T: Row + Deserialize<'de>> Deserialize<'de> for Table<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Rows<T>(PhantomData<T>);

        impl<'de, T: Row + Deserialize<'de>> Visitor<'de> for Rows<T> {
            type Value = Table<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Table<T>, A::Error> {
                let mut table = Table::new();
                while let Some(row) = list.next_element::<T>()? {
                    if let Some(old) = table.insert(row) {
                        return Err(A::Error::custom(format_args!(
                            "two entries have the {} {:?}",
                            T::KEY,
                            old.key()
                        )));
                    }
                }
                Ok(table)
            }
        }

        deserializer.deserialize_seq(Rows(PhantomData))
    }
}
