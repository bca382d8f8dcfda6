//! What a fact is about, in words.

use super::fact::{Direction, Kind};

/// What is being compared, and which way its data goes.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) subject: String,
    pub(super) kind: Kind,
    pub(super) direction: Option<Direction>,
    pub(super) shared: bool,
}

impl Place {
    /// Something of an operation or of the document.
    pub(super) fn new(kind: Kind, subject: impl Into<String>, direction: Option<Direction>) -> Self {
        Self {
            subject: subject.into(),
            kind,
            direction,
            shared: false,
        }
    }

    /// A component's schema.
    pub(super) fn component(name: &str, direction: Option<Direction>) -> Self {
        Self {
            subject: name.to_owned(),
            kind: Kind::Schema,
            direction,
            shared: true,
        }
    }

    pub(super) fn field(&self, name: &str) -> Self {
        self.extend(&format!(".{name}"))
    }

    pub(super) fn items(&self) -> Self {
        self.extend("[]")
    }

    pub(super) fn values(&self) -> Self {
        self.extend("{}")
    }

    pub(super) fn variant(&self, label: &str) -> Self {
        self.extend(&format!("<{label}>"))
    }

    fn extend(&self, suffix: &str) -> Self {
        Self {
            subject: format!("{}{suffix}", self.subject),
            ..self.clone()
        }
    }

    /// The direction; what has none is judged as a request.
    pub(super) fn way(&self) -> Direction {
        self.direction.unwrap_or(Direction::Request)
    }
}
