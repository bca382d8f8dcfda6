//! What happens inside a process, without requests.
#![allow(clippy::unwrap_used, missing_docs, reason = "a failed step ends the benchmark")]

use std::hash::Hasher;
use std::hint::black_box;
use std::sync::Arc;

use account_provisioning::cloudinary::UserId;
use account_provisioning::cloudinary::requests::GetUsers;
use account_provisioning_core::{
    MakePage as _, Page, PageRequest, PageRule, PageSource, Position, Request, Result, de, read_pages,
};
use bench::raw;
use bench::replies::Replies;
use chrono::{DateTime, Utc};
use criterion::{Criterion, criterion_group, criterion_main};
use futures::StreamExt as _;
use futures::future::BoxFuture;
use serde::Deserialize;
use tokio::runtime::Builder;

#[derive(Deserialize)]
struct Ours {
    #[serde(default, deserialize_with = "de::optional_time")]
    at: Option<DateTime<Utc>>,
}

#[derive(Deserialize)]
struct Other {
    at: Option<DateTime<Utc>>,
}

fn decoding(criterion: &mut Criterion) {
    let body = Replies::new().unwrap().users(1);
    let mut group = criterion.benchmark_group("users");
    group.bench_function("ours", |bencher| {
        bencher.iter(|| serde_json::from_slice::<<GetUsers as Request>::Reply>(black_box(&body)).unwrap());
    });
    group.bench_function("other", |bencher| {
        bencher.iter(|| serde_json::from_slice::<raw::UserList>(black_box(&body)).unwrap());
    });
    group.finish();

    let date = r#"{"at":"2024-03-01T09:15:27Z"}"#;
    let mut group = criterion.benchmark_group("date");
    group.bench_function("ours", |bencher| {
        bencher.iter(|| serde_json::from_str::<Ours>(black_box(date)).unwrap().at.unwrap());
    });
    group.bench_function("other", |bencher| {
        bencher.iter(|| serde_json::from_str::<Other>(black_box(date)).unwrap().at.unwrap());
    });
    group.finish();

    let id = r#""0a1b2c3d4e5f60718293a4b5c0000042""#;
    let mut group = criterion.benchmark_group("id");
    group.bench_function("ours", |bencher| {
        bencher.iter(|| serde_json::from_str::<UserId>(black_box(id)).unwrap());
    });
    group.bench_function("other", |bencher| {
        bencher.iter(|| serde_json::from_str::<String>(black_box(id)).unwrap());
    });
    group.finish();
}

const PAGES: u64 = 200;
const PER_PAGE: u64 = 50;

/// Pages that are there at once.
struct Ready;

fn page(number: u64) -> Vec<u64> {
    ((number - 1) * PER_PAGE..number * PER_PAGE).collect()
}

impl PageSource<u64> for Ready {
    fn rule(&self) -> PageRule {
        PageRule::numbered("ready", 50, None)
    }

    fn page_size(&self) -> Option<u32> {
        None
    }

    fn identify(&self, item: &u64, hasher: &mut dyn Hasher) {
        hasher.write_u64(*item);
    }

    fn fetch(&self, request: PageRequest) -> BoxFuture<'static, Result<Page<u64>>> {
        let number = match request.position {
            Position::Number(number) => number,
            _ => 1,
        };
        let page = Page::new(page(number.into())).with_total(Some(PAGES * PER_PAGE));
        Box::pin(async move { Ok(page.numbered(number, request.page_size)) })
    }
}

fn paging(criterion: &mut Criterion) {
    let runtime = Builder::new_current_thread().build().unwrap();
    let mut group = criterion.benchmark_group("paging");
    group.bench_function("ours", |bencher| {
        bencher.iter(|| {
            let items = read_pages(Arc::new(Ready), None, None).items();
            let sum = items.fold(0, |sum, item| async move { sum + item.unwrap() });
            runtime.block_on(sum)
        });
    });
    group.bench_function("other", |bencher| {
        bencher.iter(|| {
            (1..=PAGES)
                .map(|number| black_box(page(number)).into_iter().sum::<u64>())
                .sum::<u64>()
        });
    });
    group.finish();
}

criterion_group!(inside, decoding, paging);
criterion_main!(inside);
