//! One fact.

use std::collections::BTreeMap;
use std::fmt;

/// What a change means to programs that were written before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a reader decides over all three")]
pub enum Level {
    /// They see nothing of it: descriptions, examples, tags.
    Docs,
    /// They go on working.
    Compatible,
    /// They may fail, or do something else than before.
    Breaking,
}

impl Level {
    /// All of them, the most important first.
    pub const ALL: [Self; 3] = [Self::Breaking, Self::Compatible, Self::Docs];

    /// How reports call it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Compatible => "compatible",
            Self::Docs => "docs only",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The way that data takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "HTTP has no third")]
pub enum Direction {
    /// From the program to the service.
    Request,
    /// From the service to the program.
    Response,
}

impl Direction {
    /// How reports call it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
        }
    }

    /// What it means that fewer values are valid than before: old requests may be refused, and old readers understand
    /// every new reply.
    pub(super) fn narrower(self) -> Level {
        match self {
            Self::Request => Level::Breaking,
            Self::Response => Level::Compatible,
        }
    }

    /// What it means that more values are valid than before.
    pub(super) fn wider(self) -> Level {
        match self {
            Self::Request => Level::Compatible,
            Self::Response => Level::Breaking,
        }
    }
}

/// What a fact is about, in the order in which a reader wants to see them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// An operation as a whole: its existence, method, path, name.
    Operation,
    /// Where the service stands.
    Server,
    /// How programs sign in.
    Security,
    /// A parameter in path, query, header or cookie.
    Parameter,
    /// A request body as a whole.
    RequestBody,
    /// A response as a whole, its status and its headers.
    Response,
    /// The shape of data.
    Schema,
    /// The document itself: title, version, tags.
    Document,
}

impl Kind {
    /// How reports call it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Operation => "operation",
            Self::Server => "server",
            Self::Security => "security",
            Self::Parameter => "parameter",
            Self::RequestBody => "request body",
            Self::Response => "response",
            Self::Schema => "schema",
            Self::Document => "document",
        }
    }
}

/// One change of the wire. Its `Display` is one line, without the operations.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fact {
    /// What it means to programs; the worse of the two where the directions differ.
    pub level: Level,
    /// What it is about.
    pub kind: Kind,
    /// What changed: `User.email`, `query page_size`, `response 200.data[].name`.
    pub subject: String,
    /// How it changed: `type changed from string to integer`.
    pub change: String,
    /// Where it stands, as a JSON pointer into the newer document, or into the older for what was removed.
    pub pointer: String,
    /// What it means in each direction that it reaches; empty where data has none, as for a path.
    pub directions: BTreeMap<Direction, Level>,
    /// Whether it belongs to a component. Otherwise it belongs to each of the operations by itself.
    pub shared: bool,
    /// The operationIds that it reaches, sorted; empty where it belongs to none, as a title does.
    pub operations: Vec<String>,
}

impl Fact {
    /// The line with its operations after it, as many as `most` of them.
    #[must_use]
    pub fn line(&self, most: usize) -> String {
        if self.operations.is_empty() {
            return self.to_string();
        }
        let shown = self.operations.len().min(most.max(1));
        let rest = self.operations.len() - shown;
        let names = self.operations[..shown].join(", ");
        match rest {
            0 => format!("{self} — {names}"),
            // One name takes no more room than saying that there is one.
            1 => format!("{self} — {}", self.operations.join(", ")),
            rest => format!("{self} — {names} and {rest} more"),
        }
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.subject, self.change)?;
        let levels: Vec<Level> = self.directions.values().copied().collect();
        if levels.windows(2).any(|pair| pair[0] != pair[1]) {
            let both = self
                .directions
                .iter()
                .map(|(direction, level)| format!("{}: {level}", direction.as_str()));
            return write!(f, " [{}]", both.collect::<Vec<_>>().join(", "));
        }
        if self.shared && !self.directions.is_empty() {
            let names: Vec<&str> = self.directions.keys().map(|direction| direction.as_str()).collect();
            return write!(f, " [{}]", names.join(", "));
        }
        Ok(())
    }
}
