//! One keyword of two schemas.

use serde_json::Value;

use crate::context::Context;
use crate::document::Node;
use crate::fact::Level;
use crate::flat_schema::Part;
use crate::schema::pair::SchemaPair;
use crate::subject::Subject;
use crate::wording::changed;

/// A keyword as each schema has it, and what a fact about it is about.
#[derive(Clone, Debug)]
pub(super) struct Keyword<'s, 'a> {
    pub(super) subject: Subject,
    old: Option<(&'s Part<'a>, Node<'a>)>,
    new: Option<(&'s Part<'a>, Node<'a>)>,
    outermost: Node<'a>,
}

impl<'a> Keyword<'_, 'a> {
    pub(super) fn before(&self) -> Option<&Node<'a>> {
        self.old.as_ref().map(|(_, node)| node)
    }

    pub(super) fn after(&self) -> Option<&Node<'a>> {
        self.new.as_ref().map(|(_, node)| node)
    }

    fn values(&self) -> (Option<&'a Value>, Option<&'a Value>) {
        (
            self.before().map(|node| node.value),
            self.after().map(|node| node.value),
        )
    }

    /// Records a fact about this keyword.
    pub(super) fn add(&self, cx: &mut Context<'a>, change: impl Into<String>, level: Level) {
        let node = self.after().or(self.before()).unwrap_or(&self.outermost);
        cx.add(&self.subject, node, change, level);
    }

    /// Records that the value of this keyword changed, or that the keyword was added or removed.
    pub(super) fn add_changed(&self, cx: &mut Context<'a>, what: &str, level: Level) {
        let (old, new) = self.values();
        self.add(cx, changed(what, old, new), level);
    }

    /// The level for a keyword that excludes values, where two of its values cannot be compared: if it was added, fewer
    /// values are valid; if it was removed, more are; any other change counts as breaking.
    pub(super) fn restriction(&self) -> Level {
        let direction = self.subject.direction_or_request();
        match (&self.old, &self.new) {
            (None, Some(_)) => direction.narrowed(),
            (Some(_), None) => direction.widened(),
            _ => Level::Breaking,
        }
    }
}

impl<'a> SchemaPair<'a> {
    /// A keyword of both schemas, equal or not.
    pub(super) fn keyword(&self, key: &str) -> Keyword<'_, 'a> {
        let (old, new) = (self.before.find(key), self.after.find(key));
        Keyword {
            subject: self.owner(old.as_ref().map(|(part, _)| *part), new.as_ref().map(|(part, _)| *part)),
            old,
            new,
            outermost: self.after.outermost(),
        }
    }

    /// A keyword that is not equal in both schemas.
    pub(super) fn changed_keyword(&self, key: &str) -> Option<Keyword<'_, 'a>> {
        let keyword = self.keyword(key);
        let (old, new) = keyword.values();
        (old != new).then_some(keyword)
    }
}
