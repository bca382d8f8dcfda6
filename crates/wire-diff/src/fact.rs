//! The result of a comparison: facts and their classification.

use std::collections::BTreeMap;
use std::fmt;

/// What a change means to programs that were written before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "callers decide about all three levels")]
pub enum Level {
    /// They see no difference: a description, an example or a tag changed.
    Docs,
    /// They keep working.
    Compatible,
    /// They may fail, or behave differently.
    Breaking,
}

impl Level {
    /// All levels, the most important first.
    pub const ALL: [Self; 3] = [Self::Breaking, Self::Compatible, Self::Docs];

    /// The name in reports: `breaking`, `compatible` or `docs only`.
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

/// The direction in which data travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "HTTP has no third direction")]
pub enum Direction {
    /// From the program to the service.
    Request,
    /// From the service to the program.
    Response,
}

impl Direction {
    /// The name in reports: `request` or `response`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
        }
    }

    /// The level of a change after which fewer values are valid: the service may refuse an old request, but an old
    /// program understands every new response.
    pub(crate) fn narrowed(self) -> Level {
        match self {
            Self::Request => Level::Breaking,
            Self::Response => Level::Compatible,
        }
    }

    /// The level of a change after which more values are valid.
    pub(crate) fn widened(self) -> Level {
        match self {
            Self::Request => Level::Compatible,
            Self::Response => Level::Breaking,
        }
    }
}

/// What kind of thing changed, in the order in which reports list them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// An operation as a whole: its existence, method, path or name.
    Operation,
    /// The URL of the service.
    Server,
    /// How programs authenticate.
    Security,
    /// A parameter in the path, the query, a header or a cookie.
    Parameter,
    /// A request body as a whole.
    RequestBody,
    /// A response as a whole: its status or its headers.
    Response,
    /// The schema of some data.
    Schema,
    /// The document itself: its title, version or tags.
    Document,
}

impl Kind {
    /// The name in reports, such as `request body`.
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

/// One change. Its `Display` is one line without the operations: `User.email: now required [request]`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fact {
    /// What the change means to programs; the worse level where the two directions differ.
    pub level: Level,
    /// What kind of thing changed.
    pub kind: Kind,
    /// What changed: `User.email`, `query page_size`, `response 200.data[].name`.
    pub subject: String,
    /// How it changed: `type changed from string to integer`.
    pub change: String,
    /// The place of the change, as a JSON pointer into the newer document, or into the older one for what was removed.
    pub pointer: String,
    /// The level in each direction that the change affects. Empty where nothing is sent, as for a path.
    pub directions: BTreeMap<Direction, Level>,
    /// Whether the change is in a shared component. If not, it is in each of the operations separately.
    pub shared: bool,
    /// The parameters through which requests reach a shared component that changed, sorted: `query sort_by`.
    pub parameters: Vec<String>,
    /// The operationIds of the operations that the change affects, sorted; method and path where an operation has no id.
    /// Empty where the change affects none, as for a title.
    pub operations: Vec<String>,
}

impl Fact {
    /// The line followed by its operations, at most `max_operations` of them and the number of the others.
    #[must_use]
    pub fn line(&self, max_operations: usize) -> String {
        let listed = max_operations.max(1);
        match self.operations.len() {
            0 => self.to_string(),
            // The last name is no longer than "and 1 more".
            count if count <= listed.saturating_add(1) => format!("{self} — {}", self.operations.join(", ")),
            count => {
                let names = self.operations[..listed].join(", ");
                format!("{self} — {names} and {} more", count - listed)
            }
        }
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.subject, self.change)?;
        let mut levels = self.directions.values();
        let first = levels.next();
        let mut directions: Vec<String> = if levels.any(|level| Some(level) != first) {
            let levels = self.directions.iter();
            levels
                .map(|(direction, level)| format!("{}: {level}", direction.as_str()))
                .collect()
        } else if self.shared {
            let directions = self.directions.keys();
            directions.map(|direction| direction.as_str().to_owned()).collect()
        } else {
            Vec::new()
        };
        if directions.is_empty() {
            return Ok(());
        }
        directions.extend(self.parameters.iter().cloned());
        write!(f, " [{}]", directions.join(", "))
    }
}
