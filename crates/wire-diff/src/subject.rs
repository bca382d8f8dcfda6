//! What a fact is about.

use crate::fact::{Direction, Kind};

/// The thing that is being compared: its name in reports, and the direction in which its data travels.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) direction: Option<Direction>,
    pub(crate) shared: bool,
}

impl Subject {
    /// A part of an operation or of the document.
    pub(crate) fn new(kind: Kind, name: impl Into<String>, direction: Option<Direction>) -> Self {
        Self {
            name: name.into(),
            kind,
            direction,
            shared: false,
        }
    }

    /// The schema of a component.
    pub(crate) fn component(name: &str, direction: Option<Direction>) -> Self {
        Self {
            shared: true,
            ..Self::new(Kind::Schema, name, direction)
        }
    }

    pub(crate) fn field(&self, name: &str) -> Self {
        self.with_suffix(&format!(".{name}"))
    }

    pub(crate) fn items(&self) -> Self {
        self.with_suffix("[]")
    }

    pub(crate) fn values(&self) -> Self {
        self.with_suffix("{}")
    }

    pub(crate) fn variant(&self, label: &str) -> Self {
        self.with_suffix(&format!("<{label}>"))
    }

    pub(crate) fn with_suffix(&self, suffix: &str) -> Self {
        Self {
            name: format!("{}{suffix}", self.name),
            ..self.clone()
        }
    }

    /// The direction that decides about the level. Without a direction the rules for requests apply.
    pub(crate) fn direction_or_request(&self) -> Direction {
        self.direction.unwrap_or(Direction::Request)
    }
}
