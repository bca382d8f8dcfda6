//! How programs authenticate: what operations require, and how the security schemes are defined.

use std::collections::{BTreeMap, BTreeSet};

use crate::components::Documents;
use crate::context::Context;
use crate::docs;
use crate::document::{Document, Node, paired_entries};
use crate::fact::{Kind, Level};
use crate::operation::Operation;
use crate::subject::Subject;
use crate::wording::quote_text;

const SECTION: &str = "securitySchemes";

/// Schemes that a request has to satisfy together, with their scopes. Empty for anonymous requests.
type Alternative = BTreeMap<String, BTreeSet<String>>;

/// Compares what two operations require.
pub(crate) fn compare<'a>(cx: &mut Context<'a>, before: &Operation<'a>, after: &Operation<'a>) {
    let documents = cx.documents;
    let old: BTreeSet<Alternative> = alternatives(documents.before, before)
        .into_iter()
        .map(|alternative| {
            let schemes = alternative.into_iter();
            schemes
                .map(|(name, scopes)| (new_name(documents, &name), scopes))
                .collect()
        })
        .collect();
    let new = alternatives(documents.after, after);
    if old != new {
        let lost = old.iter().any(|old| !new.iter().any(|new| is_satisfied_by(new, old)));
        let level = if lost { Level::Breaking } else { Level::Compatible };
        let subject = Subject::new(Kind::Security, "security", None);
        let node = after.inherited(documents.after, "security");
        let change = format!("changed from {} to {}", describe(&old), describe(&new));
        cx.add(&subject, &node.unwrap_or_else(|| after.node.clone()), change, level);
    }
    let names = |alternatives: &BTreeSet<Alternative>| -> BTreeSet<String> {
        let schemes = alternatives.iter().flatten();
        schemes.map(|(name, _)| name.clone()).collect()
    };
    for name in names(&new) {
        let schemes = documents.before.section(SECTION).entries().into_iter();
        let mut schemes = schemes.filter(|(old, _)| new_name(documents, old) == name);
        let definition = documents.after.section(SECTION).get(&name);
        let subject = Subject::new(Kind::Security, format!("security scheme {name}"), None);
        match (schemes.next(), definition) {
            (Some((old_name, old)), Some(new)) => {
                let old = documents.before.resolve(old).node;
                let new = documents.after.resolve(new).node;
                if old_name != name {
                    cx.add(&subject, &new, format!("renamed from {old_name}"), Level::Docs);
                }
                compare_scheme(cx, &subject, &old, &new);
            }
            (Some((_, old)), None) => cx.add(&subject, &old, "definition removed", Level::Breaking),
            // For a scheme that is new in the requirement, the change of the requirement is enough.
            (None, Some(new)) if names(&old).contains(&name) => {
                cx.add(&subject, &new, "definition added", Level::Compatible);
            }
            (None, _) => {}
        }
    }
}

fn alternatives<'a>(document: Document<'a>, operation: &Operation<'a>) -> BTreeSet<Alternative> {
    let listed = operation.inherited(document, "security");
    let listed = listed.map(|node| node.items()).unwrap_or_default();
    if listed.is_empty() {
        return BTreeSet::from([Alternative::new()]);
    }
    let owned = |scopes: Node<'a>| scopes.strings().into_iter().map(str::to_owned).collect();
    listed
        .iter()
        .map(|alternative| {
            let schemes = alternative.entries().into_iter();
            schemes.map(|(name, scopes)| (name.to_owned(), owned(scopes))).collect()
        })
        .collect()
}

/// Whether credentials that satisfy `old` satisfy `new` too.
fn is_satisfied_by(new: &Alternative, old: &Alternative) -> bool {
    new.iter()
        .all(|(name, scopes)| old.get(name).is_some_and(|granted| scopes.is_subset(granted)))
}

/// The name of a scheme in the newer document: the same, or that of the only new scheme with the same definition.
fn new_name(documents: Documents<'_>, name: &str) -> String {
    let (before, after) = (documents.before.section(SECTION), documents.after.section(SECTION));
    if after.get(name).is_none() {
        let equal: Vec<&str> = after
            .entries()
            .into_iter()
            .filter(|(other, node)| before.get(other).is_none() && before.value.get(name) == Some(node.value))
            .map(|(other, _)| other)
            .collect();
        if let [renamed] = equal[..] {
            return renamed.to_owned();
        }
    }
    name.to_owned()
}

fn describe(alternatives: &BTreeSet<Alternative>) -> String {
    let describe_one = |alternative: &Alternative| {
        if alternative.is_empty() {
            return "no credentials".to_owned();
        }
        let schemes: Vec<String> = alternative
            .iter()
            .map(|(name, scopes)| match scopes.len() {
                0 => name.clone(),
                _ => format!("{name} ({})", scopes.iter().cloned().collect::<Vec<_>>().join(", ")),
            })
            .collect();
        schemes.join(" and ")
    };
    alternatives.iter().map(describe_one).collect::<Vec<_>>().join(" or ")
}

fn compare_scheme<'a>(cx: &mut Context<'a>, subject: &Subject, before: &Node<'a>, after: &Node<'a>) {
    for key in ["type", "scheme", "in", "name", "openIdConnectUrl"] {
        let text = |node: &Node<'a>| match node.text(key) {
            // The names of HTTP schemes are case-insensitive.
            Some(text) if key == "scheme" => quote_text(&text.to_lowercase()),
            Some(text) => quote_text(text),
            None => "none".to_owned(),
        };
        let (old, new) = (text(before), text(after));
        if old != new {
            let change = format!("{key} changed from {old} to {new}");
            cx.add(subject, &after.at(key), change, Level::Breaking);
            if key == "type" {
                // The other keywords depend on the type.
                return;
            }
        }
    }
    if before.value.get("bearerFormat") != after.value.get("bearerFormat") {
        cx.add(subject, &after.at("bearerFormat"), "bearerFormat changed", Level::Docs);
    }
    compare_flows(cx, subject, &before.at("flows"), &after.at("flows"));
    docs::compare(cx, subject, before, after);
    let known = [
        "type",
        "scheme",
        "in",
        "name",
        "openIdConnectUrl",
        "bearerFormat",
        "flows",
    ];
    docs::compare_rest(cx, subject, before, after, &known);
}

fn compare_flows<'a>(cx: &mut Context<'a>, subject: &Subject, before: &Node<'a>, after: &Node<'a>) {
    for (name, old, new) in paired_entries(before, after) {
        match (old, new) {
            (Some(old), None) => cx.add(subject, &old, format!("flow {name} removed"), Level::Breaking),
            (None, Some(new)) => cx.add(subject, &new, format!("flow {name} added"), Level::Compatible),
            (Some(old), Some(new)) => {
                for key in ["authorizationUrl", "tokenUrl", "refreshUrl"] {
                    let what = format!("flow {name} {key}");
                    cx.add_changed(subject, &what, key, (&old, &new), Level::Breaking);
                }
                compare_scopes(cx, subject, &old.at("scopes"), &new.at("scopes"));
            }
            (None, None) => {}
        }
    }
}

fn compare_scopes<'a>(cx: &mut Context<'a>, subject: &Subject, before: &Node<'a>, after: &Node<'a>) {
    for (name, old, new) in paired_entries(before, after) {
        let (node, change, level) = match (old, new) {
            (Some(old), None) => (old, "removed", Level::Breaking),
            (None, Some(new)) => (new, "added", Level::Compatible),
            (Some(old), Some(new)) if old.value != new.value => (new, "description changed", Level::Docs),
            _ => continue,
        };
        cx.add(subject, &node, format!("scope {name} {change}"), level);
    }
}
