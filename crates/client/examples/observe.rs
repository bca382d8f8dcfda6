//! Watches what a client sends: a log of each attempt, metrics, a signature in a header, and the span tree of a call that is
//! retried.
//!
//! It runs against an emulator in the same process, so no account is needed:
//!
//! ```text
//! cargo run --example observe
//! ```
#![allow(clippy::print_stdout, reason = "an example prints what it does")]

use std::collections::BTreeMap;
use std::error::Error;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Arc, Mutex, PoisonError};

use account_provisioning::cloudinary::Client;
use account_provisioning::hook::{Ended, Hook, Outgoing};
use account_provisioning_emulator::{Emulator, Fault};
use futures::future::BoxFuture;
use tracing::span::{Attributes, Id, Record};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Writes a line for each attempt.
struct Log;

impl Hook for Log {
    fn after(&self, attempt: &Ended<'_>) {
        let outcome = match (attempt.status, attempt.error) {
            (Some(status), _) => status.to_string(),
            (None, Some(error)) => format!("{:?}", error.kind()),
            (None, None) => "nothing".to_owned(),
        };
        let next = match attempt.retry_in {
            Some(wait) => format!(", again in {wait:?}"),
            None => String::new(),
        };
        let operation = attempt.operation;
        println!("  {} {}: {outcome}{next}", operation.method, operation.path);
    }
}

/// Counts attempts by operation and status. A program would hand this to its metrics library.
#[derive(Clone, Default)]
struct Metrics(Arc<Mutex<BTreeMap<String, u64>>>);

impl Hook for Metrics {
    fn after(&self, attempt: &Ended<'_>) {
        let status = attempt
            .status
            .map_or("none".to_owned(), |status| status.as_u16().to_string());
        let name = format!(
            "attempts{{operation={}, status={status}}}",
            attempt.operation.operation_id
        );
        *self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .entry(name)
            .or_default() += 1;
    }
}

/// Adds a header that is made of the method, the path and the body. A real signature needs a key and a keyed hash.
struct Signer;

impl Hook for Signer {
    fn before<'a>(&'a self, attempt: &'a mut Outgoing<'_>) -> BoxFuture<'a, account_provisioning::Result<()>> {
        let mut hasher = DefaultHasher::new();
        (attempt.method().as_str(), attempt.url().path(), attempt.body()).hash(&mut hasher);
        let signature = format!("{:016x}", hasher.finish()).parse();
        let signed = signature.map(|signature| attempt.headers_mut().insert("x-signature", signature));
        let outcome = signed
            .map(drop)
            .map_err(|_| attempt.refuse("the signature can't be sent"));
        Box::pin(std::future::ready(outcome))
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::start().await?;
    let metrics = Metrics::default();
    let client = Client::builder()
        .account_url(emulator.cloudinary().url())
        .base_url(emulator.cloudinary().base_url())
        .hook(Log)
        .hook(metrics.clone())
        .hook(Signer)
        .build()?;

    println!("Each attempt, as a hook sees it:");
    emulator.inject(
        Fault::status(503)
            .on("createUser")
            .header("retry-after", "0.05")
            .times(1),
    );
    // A creation is not retried after a 503, but an update is.
    let refused = client.users().create("Ann", "ann@client.example").await;
    println!("  the creation failed: {}", refused.is_err());
    let ann = client.users().create("Ann", "ann@client.example").await?;
    emulator.inject(Fault::status(503).header("retry-after", "0.05").times(1));
    client.users().update(&ann.id).name("Ann Example").await?;

    println!("\nThe span tree of a call that is retried:");
    let printed = tracing_subscriber::registry().with(Tree).set_default();
    emulator.inject(Fault::status(503).header("retry-after", "0.05").times(1));
    client.users().get(&ann.id).await?;
    drop(printed);

    println!("\nMetrics:");
    for (name, count) in &*metrics.0.lock().unwrap_or_else(PoisonError::into_inner) {
        println!("  {name} {count}");
    }
    let is_signed = |name: &str| name == "x-signature";
    let requests = emulator.requests();
    let signed = requests
        .iter()
        .filter(|request| request.headers.iter().any(|(name, _)| is_signed(name)));
    println!("\nDone: {} of {} requests were signed.", signed.count(), requests.len());
    Ok(())
}

/// Prints spans as they end, and events, indented by their depth.
struct Tree;

/// The fields of a span, as text.
struct Fields(String);

impl tracing::field::Visit for Fields {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
        self.0.push_str(&format!(" {}={value:?}", field.name()));
    }
}

impl<S: tracing::Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Tree {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut fields = Fields(String::new());
        attributes.record(&mut fields);
        if let Some(span) = context.span(id) {
            span.extensions_mut().insert(fields);
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        if let Some(span) = context.span(id)
            && let Some(fields) = span.extensions_mut().get_mut::<Fields>()
        {
            values.record(fields);
        }
    }

    fn on_event(&self, event: &tracing::Event<'_>, context: Context<'_, S>) {
        // Not those of the HTTP library.
        if !event.metadata().target().starts_with("account_provisioning") {
            return;
        }
        let mut fields = Fields(String::new());
        event.record(&mut fields);
        let depth = context.event_scope(event).map_or(0, Iterator::count);
        println!("  {}{}:{}", "  ".repeat(depth), event.metadata().level(), fields.0);
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        if let Some(span) = context.span(&id) {
            let depth = span.scope().count() - 1;
            let extensions = span.extensions();
            let fields = extensions.get::<Fields>().map_or("", |fields| fields.0.as_str());
            println!("  {}{}{fields}", "  ".repeat(depth), span.name());
        }
    }
}
