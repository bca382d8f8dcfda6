//! What the texts of a list cost: 100 users are decoded into structs that differ in the type of their texts alone.
#![allow(clippy::unwrap_used, missing_docs, reason = "a failed step ends the benchmark")]

use std::cell::RefCell;
use std::fmt;
use std::hint::black_box;
use std::marker::PhantomData;
use std::sync::Arc;

use account_provisioning::cloudinary::requests::GetUsers;
use account_provisioning_core::{Request, de};
use bench::replies::Replies;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use compact_str::CompactString;
use criterion::{Criterion, criterion_group, criterion_main};
use serde::de::{DeserializeOwned, Error, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use smol_str::SmolStr;

/// A list whose texts are of one type.
#[derive(Deserialize)]
#[allow(dead_code, reason = "the fields are read from JSON, which is what is measured")]
struct List<Text> {
    users: Vec<User<Text>>,
}

/// The client's model, with any type of text for texts, ids and open enumerations.
#[derive(Deserialize)]
#[allow(dead_code, reason = "the fields are read from JSON, which is what is measured")]
struct User<Text> {
    account_id: Option<Text>,
    all_sub_accounts: Option<bool>,
    #[serde(default, deserialize_with = "de::optional_time")]
    created_at: Option<DateTime<Utc>>,
    email: Option<Text>,
    #[serde(default)]
    email_preferences: Map<String, Value>,
    enabled: Option<bool>,
    first_name: Option<Text>,
    group_count: Option<i64>,
    id: Text,
    #[serde(default, deserialize_with = "de::optional_time")]
    last_login: Option<DateTime<Utc>>,
    last_name: Option<Text>,
    name: Option<Text>,
    pending: Option<bool>,
    #[serde(default = "Vec::new")]
    providers: Vec<Text>,
    role: Option<Text>,
    root: Option<bool>,
    status: Option<Text>,
    sub_account_count: Option<i64>,
    #[serde(default = "Vec::new")]
    sub_account_ids: Vec<Text>,
    technical_role: Option<Text>,
    two_factor: Option<bool>,
    #[serde(default, deserialize_with = "de::optional_time")]
    updated_at: Option<DateTime<Utc>>,
}

/// Reads a text by a function of the text.
struct By<T>(fn(&str) -> T);

impl<T> Visitor<'_> for By<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        Ok((self.0)(text))
    }
}

/// A text that can be shared, as the client's ids can.
#[allow(dead_code, reason = "the text is what is made")]
struct Shared(Arc<str>);

impl<'de> Deserialize<'de> for Shared {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(By(|text| Self(text.into())))
    }
}

/// A text that is allocated once for each list, and shared by all that repeat it.
#[derive(Clone)]
#[allow(dead_code, reason = "the text is what is made")]
struct Interned(Arc<str>);

thread_local! {
    /// The texts of the list that is being read.
    static KNOWN: RefCell<[Option<Arc<str>>; 64]> = const { RefCell::new([const { None }; 64]) };
    /// The body that is being read.
    static BODY: RefCell<Bytes> = RefCell::default();
    /// The texts of the record that is being read.
    static RECORD: RefCell<String> = const { RefCell::new(String::new()) };
}

/// A place by the length and the last bytes.
fn place(text: &str) -> usize {
    let last = text
        .as_bytes()
        .last_chunk::<8>()
        .map_or(0, |last| u64::from_le_bytes(*last));
    let mixed = (last ^ text.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 58) as usize
}

impl<'de> Deserialize<'de> for Interned {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let intern = |text: &str| {
            KNOWN.with_borrow_mut(|known| {
                let place = &mut known[place(text)];
                match place {
                    Some(known) if **known == *text => Self(Arc::clone(known)),
                    _ => Self(Arc::clone(place.insert(text.into()))),
                }
            })
        };
        deserializer.deserialize_str(By(intern))
    }
}

/// A part of the body, which lives as long as one of its texts.
#[allow(dead_code, reason = "the text is what is made")]
struct Slice(Bytes);

impl<'de> Deserialize<'de> for Slice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Borrowed<'de>(PhantomData<&'de str>);

        impl<'de> Visitor<'de> for Borrowed<'de> {
            type Value = Slice;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Slice, E> {
                Ok(Slice(BODY.with_borrow(|body| body.slice_ref(text.as_bytes()))))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Slice, E> {
                Ok(Slice(Bytes::copy_from_slice(text.as_bytes())))
            }
        }

        deserializer.deserialize_str(Borrowed(PhantomData))
    }
}

/// Where a text stands among the texts of its record.
#[allow(dead_code, reason = "the place is what is made")]
struct Place(u32, u32);

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let append = |text: &str| {
            RECORD.with_borrow_mut(|record| {
                let start = record.len();
                record.push_str(text);
                let place = |at: usize| u32::try_from(at).unwrap();
                Self(place(start), place(record.len()))
            })
        };
        deserializer.deserialize_str(By(append))
    }
}

/// A record with one allocation for all its texts.
#[allow(dead_code, reason = "the record is what is made")]
struct Record {
    texts: Box<str>,
    user: User<Place>,
}

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        RECORD.with_borrow_mut(String::clear);
        let user = User::deserialize(deserializer)?;
        let texts = RECORD.with_borrow(|record| record.as_str().into());
        Ok(Self { texts, user })
    }
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "the records are read from JSON, which is what is measured")]
struct Records {
    users: Vec<Record>,
}

fn decode<T: DeserializeOwned>(body: &Bytes) -> T {
    serde_json::from_slice(black_box(body)).unwrap()
}

fn texts(criterion: &mut Criterion) {
    let body = Replies::new().unwrap().users(1);
    BODY.set(body.clone());
    let mut group = criterion.benchmark_group("texts");
    group.bench_function("client", |bencher| {
        bencher.iter(|| decode::<<GetUsers as Request>::Reply>(&body));
    });
    group.bench_function("string", |bencher| bencher.iter(|| decode::<List<String>>(&body)));
    group.bench_function("shared", |bencher| bencher.iter(|| decode::<List<Shared>>(&body)));
    group.bench_function("interned", |bencher| {
        bencher.iter(|| {
            KNOWN.with_borrow_mut(|known| known.fill(None));
            decode::<List<Interned>>(&body)
        });
    });
    group.bench_function("compact", |bencher| {
        bencher.iter(|| decode::<List<CompactString>>(&body))
    });
    group.bench_function("small", |bencher| bencher.iter(|| decode::<List<SmolStr>>(&body)));
    group.bench_function("record", |bencher| bencher.iter(|| decode::<Records>(&body)));
    group.bench_function("slices", |bencher| bencher.iter(|| decode::<List<Slice>>(&body)));
    group.bench_function("borrowed", |bencher| {
        bencher.iter(|| serde_json::from_slice::<List<&str>>(black_box(&body)).unwrap());
    });
    group.finish();
}

criterion_group!(all, texts);
criterion_main!(all);
