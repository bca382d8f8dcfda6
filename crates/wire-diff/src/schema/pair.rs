//! The two schemas of a comparison.

use crate::components::{Documents, SCHEMAS};
use crate::fact::Direction;
use crate::flat_schema::{FlatSchema, Part};
use crate::matching::Matching;
use crate::subject::Subject;

/// Two schemas to compare, and what reports call them.
#[derive(Debug)]
pub(super) struct SchemaPair<'a> {
    pub(super) documents: Documents<'a>,
    pub(super) subject: Subject,
    pub(super) before: FlatSchema<'a>,
    pub(super) after: FlatSchema<'a>,
}

impl<'a> SchemaPair<'a> {
    pub(super) fn direction(&self) -> Direction {
        self.subject.direction_or_request()
    }

    /// The parts of both schemas; those of the same component correspond.
    pub(super) fn parts(&self) -> Matching<&Part<'a>> {
        let mut parts = Matching::new(self.before.parts.iter().collect(), self.after.parts.iter().collect());
        parts.pair(|old, new| self.is_same(old, new));
        parts
    }

    /// What a fact about these two parts is about: the component that both belong to, or else the place of the schemas.
    pub(super) fn owner(&self, old: Option<&Part<'a>>, new: Option<&Part<'a>>) -> Subject {
        let component = match (old, new) {
            (Some(old), Some(new)) => self.is_same(old, new).then_some(new),
            (None, Some(new)) => {
                let known = self.before.parts.iter().any(|old| self.is_same(old, new));
                known.then_some(new)
            }
            (Some(old), None) => self.after.parts.iter().find(|new| self.is_same(old, new)),
            (None, None) => None,
        };
        match component.and_then(|part| part.component.as_deref()) {
            Some(name) => Subject::component(name, self.subject.direction),
            None => self.subject.clone(),
        }
    }

    /// Whether two parts belong to the same component, or both to none.
    fn is_same(&self, old: &Part<'_>, new: &Part<'_>) -> bool {
        match (&old.component, &new.component) {
            (Some(old), Some(new)) => self.documents.same_component(SCHEMAS, old, new),
            (None, None) => true,
            _ => false,
        }
    }
}
