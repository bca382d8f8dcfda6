//! Schemas: two of them compared as what they mean, whichever way they are composed.

mod keyword;
mod keywords;
mod limits;
mod object;
mod unions;
mod values;
mod view;

use super::docs;
use super::fact::{Direction, Level};
use super::node::Node;
use super::place::Place;
use super::walk::Walk;

use view::Pair;
pub(super) use view::{View, alike};

const SECTION: &str = "schemas";

/// Compares two schemas; one that is missing takes anything.
pub(super) fn compare<'a>(walk: &mut Walk<'a>, place: &Place, before: &Node<'a>, after: &Node<'a>) {
    let (before, after) = (walk.before.resolve(before.clone()), walk.after.resolve(after.clone()));
    let shared = walk.shared_name(SECTION, &before, &after);
    let replaced = shared.is_none();
    let place = shared.map_or_else(|| place.clone(), |name| Place::component(&name, place.direction));
    walk.once(&place, &before.node.clone(), &after.node.clone(), |walk| {
        let pair = Pair {
            before: View::of(walk.before, before.clone()),
            after: View::of(walk.after, after.clone()),
        };
        if let (Some(old), Some(new)) = (&before.component, &after.component)
            && replaced
            && !alike(&pair.before, &pair.after)
        {
            let change = format!("type changed from {old} to {new}");
            walk.add(&place, &after.node, change, Level::Breaking);
            return;
        }
        pair.compare(walk, &place);
    });
}

impl<'a> Pair<'a> {
    fn compare(&self, walk: &mut Walk<'a>, place: &Place) {
        self.renames(walk, place);
        self.docs(walk, place);
        let (old, new) = (self.before.kind(), self.after.kind());
        if old.name != new.name {
            let at = self.owner(walk, place, old.part, new.part);
            let change = format!("type changed from {} to {}", old.name, new.name);
            walk.add(&at, &new.node, change, Level::Breaking);
            return;
        }
        self.format(walk, place);
        self.flags(walk, place);
        self.values(walk, place);
        self.limits(walk, place);
        self.object(walk, place);
        self.items(walk, place);
        self.unions(walk, place);
        self.rest(walk, place);
    }

    /// A component under a new name is nothing of the wire; whoever reads generated types sees it.
    fn renames(&self, walk: &mut Walk<'a>, place: &Place) {
        for (old, new) in self.matched(walk) {
            if let (Some(was), Some(is)) = (&old.component, &new.component)
                && was != is
            {
                let mut at = Place::component(is, None);
                at.kind = place.kind;
                walk.add(
                    &at,
                    &new.node,
                    format!("renamed from {was}, the wire is the same"),
                    Level::Compatible,
                );
            }
        }
    }

    fn docs(&self, walk: &mut Walk<'a>, place: &Place) {
        for (old, new) in self.matched(walk) {
            let at = self.owner(walk, place, Some(old), Some(new));
            docs::compare(walk, &at, &old.node, &new.node);
        }
        // What is left stands for each other in turn, and a wrapper around a component may come and go.
        let (old, new) = self.unmatched(walk);
        for index in 0..old.len().max(new.len()) {
            match (old.get(index), new.get(index)) {
                (Some(old), Some(new)) => docs::compare(walk, place, &old.node, &new.node),
                (Some(old), None) if old.component.is_none() => {
                    docs::compare(walk, place, &old.node, &Node::nothing(&old.node.pointer));
                }
                (None, Some(new)) if new.component.is_none() => {
                    docs::compare(walk, place, &Node::nothing(&new.node.pointer), &new.node);
                }
                _ => {}
            }
        }
    }

    fn format(&self, walk: &mut Walk<'a>, place: &Place) {
        let Some(keyword) = self.differing(walk, place, "format") else {
            return;
        };
        let typed = |node: &Node<'a>| {
            let format = node.value.as_str();
            format.is_some_and(|format| TYPED_FORMATS.contains(&format))
        };
        let level = if keyword.was().is_some_and(typed) || keyword.is().is_some_and(typed) {
            Level::Breaking
        } else {
            keyword.restriction()
        };
        keyword.add_changed(walk, "format", level);
    }

    fn flags(&self, walk: &mut Walk<'a>, place: &Place) {
        let way = place.way();
        let mut flag = |key: &str, on: (&str, Level), off: (&str, Level)| {
            let (old, new) = (self.before.on(key), self.after.on(key));
            let (word, level) = match (old.is_some(), new.is_some()) {
                (false, true) => on,
                (true, false) => off,
                _ => return,
            };
            let at = self.owner(walk, place, old, new);
            let node = new.map_or_else(|| self.after.top(), |part| part.node.at(key));
            walk.add(&at, &node, word, level);
        };
        flag(
            "nullable",
            ("now nullable", way.wider()),
            ("no longer nullable", way.narrower()),
        );
        flag(
            "deprecated",
            ("deprecated", Level::Compatible),
            ("no longer deprecated", Level::Docs),
        );
        match way {
            Direction::Request => flag(
                "readOnly",
                ("now read-only", Level::Breaking),
                ("no longer read-only", Level::Compatible),
            ),
            Direction::Response => flag(
                "writeOnly",
                ("now write-only", Level::Breaking),
                ("no longer write-only", Level::Compatible),
            ),
        }
    }

    fn items(&self, walk: &mut Walk<'a>, place: &Place) {
        let keyword = self.keyword(walk, place, "items");
        if keyword.was().is_none() && keyword.is().is_none() {
            return;
        }
        let nothing = Node::nothing(&self.after.top().at("items").pointer);
        let (old, new) = (keyword.was().unwrap_or(&nothing), keyword.is().unwrap_or(&nothing));
        compare(walk, &keyword.at.items(), old, new);
    }

    fn rest(&self, walk: &mut Walk<'a>, place: &Place) {
        for (old, new) in self.matched(walk) {
            let at = self.owner(walk, place, Some(old), Some(new));
            docs::rest(walk, &at, &old.node, &new.node, keywords::KNOWN);
        }
        let (old, new) = self.unmatched(walk);
        for (old, new) in old.iter().zip(&new) {
            docs::rest(walk, place, &old.node, &new.node, keywords::KNOWN);
        }
    }
}

/// Formats for which programs hold another type than that of the plain schema.
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
