//! Compares two schemas by what they accept, however they are composed.

mod keyword;
mod keywords;
mod limits;
mod object;
mod pair;
mod unions;
mod values;

use crate::components::SCHEMAS;
use crate::context::Context;
use crate::docs;
use crate::document::Node;
use crate::fact::{Direction, Level};
use crate::flat_schema::similar;
use crate::subject::Subject;

use keywords::KNOWN;
use pair::SchemaPair;

/// Formats for which generated code uses another type than for the schema without the format.
const TYPED_FORMATS: [&str; 17] = [
    "binary",
    "byte",
    "date",
    "date-time",
    "double",
    "duration",
    "epoch-seconds",
    "float",
    "int32",
    "int64",
    "ip",
    "ipv4",
    "ipv6",
    "password",
    "time",
    "uint64",
    "uuid",
];

/// Compares two schemas. A missing schema accepts any value.
pub(crate) fn compare<'a>(cx: &mut Context<'a>, subject: &Subject, before: &Node<'a>, after: &Node<'a>) {
    let documents = cx.documents;
    let before = documents.before.resolve(before.clone());
    let after = documents.after.resolve(after.clone());
    let shared = documents.shared_name(SCHEMAS, &before, &after);
    let subject = match &shared {
        Some(name) => Subject::component(name, subject.direction),
        None => subject.clone(),
    };
    cx.compare_once(&subject, &before.node, &after.node, |cx| {
        let pair = SchemaPair::new(documents, subject.clone(), before.clone(), after.clone());
        match (&before.component, &after.component) {
            (Some(old), Some(new)) if shared.is_none() && !similar(&pair.before, &pair.after) => {
                let change = format!("type changed from {old} to {new}");
                cx.add(&subject, &after.node, change, Level::Breaking);
            }
            _ => pair.compare(cx),
        }
    });
}

impl<'a> SchemaPair<'a> {
    fn compare(&self, cx: &mut Context<'a>) {
        self.compare_names(cx);
        self.compare_docs(cx);
        let (old, new) = (self.before.value_type(), self.after.value_type());
        if old.name != new.name {
            let change = format!("type changed from {} to {}", old.name, new.name);
            cx.add(&self.owner(old.part, new.part), &new.node, change, Level::Breaking);
            return;
        }
        self.compare_format(cx);
        self.compare_flags(cx);
        self.compare_values(cx);
        self.compare_limits(cx);
        self.compare_object(cx);
        self.compare_items(cx);
        self.compare_unions(cx);
        self.compare_rest(cx);
    }

    /// The name of a component is not sent, but generated types are named after it.
    fn compare_names(&self, cx: &mut Context<'a>) {
        for (old, new) in self.parts().pairs {
            if let (Some(was), Some(is)) = (&old.component, &new.component)
                && was != is
            {
                let subject = Subject {
                    kind: self.subject.kind,
                    ..Subject::component(is, None)
                };
                let change = format!("renamed from {was}, the wire is the same");
                cx.add(&subject, &new.node, change, Level::Compatible);
            }
        }
    }

    fn compare_docs(&self, cx: &mut Context<'a>) {
        let parts = self.parts();
        for (old, new) in parts.pairs {
            docs::compare(cx, &self.owner(Some(old), Some(new)), &old.node, &new.node);
        }
        // The other parts correspond in their order. A wrapper around a component may be added or removed.
        for index in 0..parts.removed.len().max(parts.added.len()) {
            let (old, new) = match (parts.removed.get(index), parts.added.get(index)) {
                (Some(old), Some(new)) => (old.node.clone(), new.node.clone()),
                (Some(old), None) if old.component.is_none() => (old.node.clone(), Node::missing(&old.node.pointer)),
                (None, Some(new)) if new.component.is_none() => (Node::missing(&new.node.pointer), new.node.clone()),
                _ => continue,
            };
            docs::compare(cx, &self.subject, &old, &new);
        }
    }

    fn compare_format(&self, cx: &mut Context<'a>) {
        if let Some(keyword) = self.changed_keyword("format") {
            let mut formats = keyword.before().into_iter().chain(keyword.after());
            let typed = formats.any(|node| node.value.as_str().is_some_and(|name| TYPED_FORMATS.contains(&name)));
            let level = if typed { Level::Breaking } else { keyword.restriction() };
            keyword.add_changed(cx, "format", level);
        }
    }

    fn compare_flags(&self, cx: &mut Context<'a>) {
        let direction = self.direction();
        let now = ("now nullable", direction.widened());
        self.compare_flag(cx, "nullable", now, ("no longer nullable", direction.narrowed()));
        let now = ("deprecated", Level::Compatible);
        self.compare_flag(cx, "deprecated", now, ("no longer deprecated", Level::Docs));
        let (key, now, no_longer) = match direction {
            Direction::Request => ("readOnly", "now read-only", "no longer read-only"),
            Direction::Response => ("writeOnly", "now write-only", "no longer write-only"),
        };
        let now = (now, Level::Breaking);
        self.compare_flag(cx, key, now, (no_longer, Level::Compatible));
    }

    fn compare_flag(&self, cx: &mut Context<'a>, key: &str, on: (&str, Level), off: (&str, Level)) {
        let (old, new) = (self.before.find_flag(key), self.after.find_flag(key));
        let node = new.map_or_else(|| self.after.outermost(), |part| part.node.at(key));
        let subject = self.owner(old, new);
        cx.add_toggled(&subject, &node, (old.is_some(), new.is_some()), on, off);
    }

    fn compare_items(&self, cx: &mut Context<'a>) {
        let keyword = self.keyword("items");
        let missing = Node::missing(&self.after.outermost().at("items").pointer);
        match (keyword.before(), keyword.after()) {
            (None, None) => {}
            (old, new) => {
                let (old, new) = (old.unwrap_or(&missing), new.unwrap_or(&missing));
                compare(cx, &keyword.subject.items(), old, new);
            }
        }
    }

    fn compare_rest(&self, cx: &mut Context<'a>) {
        let parts = self.parts();
        for (old, new) in parts.pairs {
            docs::compare_rest(cx, &self.owner(Some(old), Some(new)), &old.node, &new.node, KNOWN);
        }
        for (old, new) in parts.removed.into_iter().zip(parts.added) {
            docs::compare_rest(cx, &self.subject, &old.node, &new.node, KNOWN);
        }
    }
}
