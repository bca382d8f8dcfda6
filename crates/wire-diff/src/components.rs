//! Which components of the two documents are the same.

use crate::document::{Document, Resolved};
use crate::flat_schema::{FlatSchema, similar};

/// The section of the components that holds schemas.
pub(crate) const SCHEMAS: &str = "schemas";

/// The two documents of a comparison.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Documents<'a> {
    pub(crate) before: Document<'a>,
    pub(crate) after: Document<'a>,
}

impl<'a> Documents<'a> {
    /// Whether a component of the older document is the same as one of the newer document, renamed or not.
    pub(crate) fn same_component(self, section: &str, before: &str, after: &str) -> bool {
        before == after || self.renamed(section, before, after) || (section == SCHEMAS && self.took_name(before, after))
    }

    /// Whether two schemas have each other's name now.
    pub(crate) fn swapped(self, before: &str, after: &str) -> bool {
        self.took_name(before, after) && self.took_name(after, before)
    }

    /// Whether a schema has the name now that another one had, whose own schema is another one too.
    fn took_name(self, before: &str, after: &str) -> bool {
        let members = |document: Document<'a>, name: &str| {
            let node = document.section(SCHEMAS).get(name)?;
            let schema = FlatSchema::new(document, document.resolve(node));
            Some((schema.members(), schema.value_type().name)).filter(|(members, _)| !members.is_empty())
        };
        let (old, new) = (members(self.before, before), members(self.after, after));
        old.is_some()
            && old == new
            && self.after.has_component(SCHEMAS, before)
            && self.before.has_component(SCHEMAS, after)
            && members(self.after, before) != old
            && members(self.before, after) != new
    }

    /// The name of the component that both sides refer to, as the newer document calls it.
    pub(crate) fn shared_name(self, section: &str, before: &Resolved<'a>, after: &Resolved<'a>) -> Option<String> {
        let (old, new) = (before.component.as_ref()?, after.component.as_ref()?);
        self.same_component(section, old, new).then(|| new.clone())
    }

    /// A component counts as renamed when the old name is gone, the new name is new, and the schemas are similar.
    fn renamed(self, section: &str, before: &str, after: &str) -> bool {
        if self.after.has_component(section, before) || self.before.has_component(section, after) {
            return false;
        }
        if section != SCHEMAS {
            return true;
        }
        let old = self.before.resolve(self.before.section(section).at(before));
        let new = self.after.resolve(self.after.section(section).at(after));
        old.node.value == new.node.value
            || similar(&FlatSchema::new(self.before, old), &FlatSchema::new(self.after, new))
    }
}
