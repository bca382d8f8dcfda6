//! Compares two schemas by what they accept, however they are composed.

mod keyword;
mod keywords;
mod limits;
mod object;
mod pair;
mod types;
mod unions;
mod values;

use std::collections::BTreeSet;

use crate::components::SCHEMAS;
use crate::context::Context;
use crate::docs;
use crate::document::Node;
use crate::fact::{Direction, Level};
use crate::flat_schema::{FlatSchema, similar};
use crate::subject::Subject;

use keywords::KNOWN;
use pair::SchemaPair;

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
    cx.compare_once(&subject, &before.node.pointer, &after.node.pointer, |cx| {
        let pair = SchemaPair {
            documents,
            subject: subject.clone(),
            before: FlatSchema::new(documents.before, before.clone()),
            after: FlatSchema::new(documents.after, after.clone()),
        };
        match (&before.component, &after.component) {
            (Some(old), Some(new)) if shared.is_none() && !similar(&pair.before, &pair.after) => {
                let change = format!("type changed from {old} to {new}");
                cx.add(&subject, &after.node, change, Level::Breaking);
            }
            _ => pair.compare(cx),
        }
    });
}

/// Compares a value that several schemas describe on a side, all of which it has to meet.
fn compare_all<'a>(cx: &mut Context<'a>, subject: &Subject, before: &[Node<'a>], after: &[Node<'a>]) {
    if let ([old], [new]) = (before, after) {
        return compare(cx, subject, old, new);
    }
    let documents = cx.documents;
    let places = |nodes: &[Node<'a>]| {
        nodes
            .iter()
            .map(|node| node.pointer.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    };
    cx.compare_once(subject, &places(before), &places(after), |cx| {
        let pair = SchemaPair {
            documents,
            subject: subject.clone(),
            before: FlatSchema::of_all(documents.before, before),
            after: FlatSchema::of_all(documents.after, after),
        };
        pair.compare(cx);
    });
}

impl<'a> SchemaPair<'a> {
    fn compare(&self, cx: &mut Context<'a>) {
        self.compare_names(cx);
        self.compare_docs(cx);
        if !self.compare_types(cx) {
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
            let (Some(was), Some(is)) = (&old.component, &new.component) else {
                continue;
            };
            if was == is {
                continue;
            }
            let (name, change) = if self.documents.swapped(was, is) {
                let names = [was.as_str(), is].into_iter().collect::<BTreeSet<_>>();
                let names: Vec<&str> = names.into_iter().collect();
                (
                    names.join(" and "),
                    "swapped their names, the wire is the same".to_owned(),
                )
            } else {
                (is.clone(), format!("renamed from {was}, the wire is the same"))
            };
            let subject = Subject {
                kind: self.subject.kind,
                ..Subject::component(&name, None)
            };
            cx.add(&subject, &new.node, change, Level::Compatible);
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
