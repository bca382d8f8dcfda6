//! What tracing and logging write, kept in memory.

use std::io;
use std::sync::{Arc, LazyLock, Mutex, Once, PoisonError};
use std::time::Duration;

use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::NoSubscriber;
use tracing::{Dispatch, Subscriber};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::{Context, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::{Layer, Registry};

/// Everything that was written on this thread while it is alive, as text and as spans.
///
/// It listens on its own thread alone, so a test that uses it must run on a single-threaded runtime.
#[derive(Debug)]
pub struct Captured {
    text: Text,
    spans: Spans,
    _listening: tracing::subscriber::DefaultGuard,
}

impl Captured {
    /// Begins to listen at the most talkative level, to the `log` of libraries too.
    pub fn start() -> Self {
        static LOG: Once = Once::new();
        // While at most one subscriber exists, tracing asks only the thread that reaches a span first, where nobody may listen,
        // and turns the span off for all. So there are always two more. A thread that is asking at this moment is waited for,
        // and then all are asked again.
        static OTHERS: LazyLock<[Dispatch; 2]> = LazyLock::new(|| {
            let others = [(); 2].map(|()| Dispatch::new(NoSubscriber::new()));
            std::thread::sleep(Duration::from_millis(5));
            tracing::callsite::rebuild_interest_cache();
            others
        });
        LOG.call_once(|| tracing_log::LogTracer::init().expect("no other logger is installed"));
        LazyLock::force(&OTHERS);
        let (text, spans) = (Text::default(), Spans::default());
        let layer = tracing_subscriber::fmt::layer()
            .with_ansi(false)
            .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
            .with_writer(text.clone());
        let subscriber = Registry::default()
            .with(LevelFilter::TRACE)
            .with(layer)
            .with(spans.clone());
        let listening = tracing::subscriber::set_default(subscriber);
        Self {
            text,
            spans,
            _listening: listening,
        }
    }

    /// All lines so far.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.text.0.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }

    /// The spans of one name so far, in the order they were opened.
    pub fn spans(&self, name: &str) -> Vec<CapturedSpan> {
        let spans = self.spans.0.lock().unwrap_or_else(PoisonError::into_inner);
        spans.iter().filter(|span| span.name == name).cloned().collect()
    }
}

/// A span with the fields it has been given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CapturedSpan {
    id: u64,
    /// The span's name.
    pub name: &'static str,
    /// The name of the span that it was opened in.
    pub parent: Option<&'static str>,
    /// Its fields with their values as text, in the order they were recorded.
    pub fields: Vec<(&'static str, String)>,
}

impl CapturedSpan {
    /// The value of a field; `None` when it was never recorded.
    pub fn field(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().rev().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_str())
    }
}

#[derive(Clone, Debug, Default)]
struct Text(Arc<Mutex<Vec<u8>>>);

impl io::Write for Text {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Text {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

#[derive(Clone, Debug, Default)]
struct Spans(Arc<Mutex<Vec<CapturedSpan>>>);

struct Fields<'a>(&'a mut Vec<(&'static str, String)>);

impl Visit for Fields<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.push((field.name(), value.to_owned()));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.0.push((field.name(), format!("{value:?}")));
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Spans {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut fields = Vec::new();
        attributes.record(&mut Fields(&mut fields));
        let parent = context
            .span(id)
            .and_then(|span| span.parent())
            .map(|parent| parent.name());
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(CapturedSpan {
                id: id.into_u64(),
                name: attributes.metadata().name(),
                parent,
                fields,
            });
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, _: Context<'_, S>) {
        let mut spans = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Ids are used again after a span has closed: the last one is meant.
        if let Some(span) = spans.iter_mut().rev().find(|span| span.id == id.into_u64()) {
            values.record(&mut Fields(&mut span.fields));
        }
    }
}
