//! The digest of what the generated crate offers, one fact per line.
//!
//! It is made from the normalised document, and does not depend on the order in which that is written. Each tag has its
//! own part; a type that several tags use is in the part [`SHARED`]. Each line starts with its subject, so that a diff
//! of two digests can be read without context. Defaults have no line: that credentials are required, that a path
//! parameter is a required string, and that an operation is retried as its method allows.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::extensions::{
    DIRECTION, EPOCH_SECONDS, ERRORS, JOINED, MAY_BE_EMPTY, MEDIA_TYPE, NULLABLE, OPAQUE, RECEIVED_SECRET,
    RECEIVED_SECRET_OR_NUMBER, RETRY, SENT_SECRET, SUCCESSES, TEXT_OR_NUMBER, WIRE_NAME,
};
use crate::ids::IDS;
use crate::operations::{self, Located};
use crate::reads::Reads;
use crate::table::Operation;
use crate::{canonical, names, schema};

/// The part for the types that several tags use.
pub const SHARED: &str = "Shared types";

/// The lines of one part: first the operations, then the types, each sorted.
type Lines = BTreeSet<(Section, String)>;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Section {
    Operation,
    Type,
}

/// Makes the digest of a normalised document: one text of sorted lines for each tag.
#[must_use]
pub fn digest(build: &Value) -> BTreeMap<String, String> {
    let mut parts: BTreeMap<String, Lines> = BTreeMap::new();
    let mut users: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for located in operations::all(build) {
        let tag = located.value["tags"][0].as_str().unwrap_or("Untagged").to_owned();
        let lines = parts.entry(tag.clone()).or_default();
        operation(build, &located, lines);
        let mut reached = BTreeSet::new();
        each_schema(&located, |schema| reach(build, schema, &mut reached));
        for name in reached {
            users.entry(name).or_default().insert(tag.clone());
        }
    }
    for (name, tags) in users {
        let component = &build["components"]["schemas"][&name];
        let part = match tags.iter().next() {
            Some(only) if tags.len() == 1 => only.clone(),
            _ => SHARED.to_owned(),
        };
        type_lines(build, &name, component, parts.entry(part).or_default());
    }
    parts
        .into_iter()
        .map(|(tag, lines)| {
            let text = lines.into_iter().map(|(_, line)| line + "\n").collect();
            (tag, text)
        })
        .collect()
}

fn operation(build: &Value, located: &Located<'_>, lines: &mut Lines) {
    let Operation {
        operation_id: id,
        method,
        path,
        authenticated,
        retry,
        ..
    } = Operation::read(build, located);
    let mut fact = |text: String| lines.insert((Section::Operation, format!("{id} {text}")));
    fact(format!("= {method} {path}"));
    if located.value.get(RETRY).is_some() {
        fact(format!("retry: {}", retry.as_str()));
    }
    if located.value["deprecated"] == true {
        fact("deprecated".to_owned());
    }
    if !authenticated {
        fact("authentication: none".to_owned());
    }
    for parameter in located.value["parameters"].as_array().into_iter().flatten() {
        let place = parameter["in"].as_str().unwrap_or_default();
        let mut kind = type_of(build, &parameter["schema"]);
        if let Some(separator) = parameter[JOINED].as_str() {
            kind.push_str(&format!(" joined by `{separator}`"));
        }
        if place != "path" || kind != "string" {
            fact(format!(
                "{place} {}: {kind}{}",
                parameter
                    .get(WIRE_NAME)
                    .unwrap_or(&parameter["name"])
                    .as_str()
                    .unwrap_or_default(),
                required(parameter["required"] == true),
            ));
        }
    }
    for (media, schema) in bodies(&located.value["requestBody"]) {
        let media = located.value[MEDIA_TYPE].as_str().unwrap_or(media);
        let optional = if located.value["requestBody"]["required"] == true {
            ""
        } else {
            ", optional"
        };
        fact(format!(
            "body: {}{}{optional}",
            type_of(build, schema),
            media_note(media)
        ));
    }
    let mut success: Vec<&str> = located.value[SUCCESSES]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    success.sort_unstable();
    let success = success.join(" ");
    for response in located.value["responses"]
        .as_object()
        .into_iter()
        .flat_map(|map| map.values())
    {
        let result = bodies(response);
        match result.first() {
            Some((media, schema)) => fact(format!(
                "result {success}: {}{}{}",
                type_of(build, schema),
                media_note(media),
                if located.value[MAY_BE_EMPTY] == true {
                    " or nothing"
                } else {
                    ""
                },
            )),
            None => fact(format!("result {success}: nothing")),
        };
    }
    if let Some(errors) = located.value[ERRORS].as_object().filter(|errors| !errors.is_empty()) {
        let statuses: Vec<&str> = canonical::sorted_keys(errors).into_iter().map(String::as_str).collect();
        fact(format!("errors: {}", statuses.join(" ")));
    }
}

fn type_lines(build: &Value, name: &str, component: &Value, lines: &mut Lines) {
    let mut line = |text: String| lines.insert((Section::Type, text));
    if component.get(NULLABLE).is_some() {
        return;
    }
    if schema::is_string_enum(component) {
        for value in component["enum"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
        {
            line(format!("enum {name} = {value}"));
        }
        return;
    }
    if let Some(members) = component["oneOf"].as_array() {
        for member in members {
            line(format!("type {name} = {}", type_of(build, member)));
        }
        return;
    }
    let direction = component[DIRECTION].as_str().unwrap_or_default();
    line(format!("type {name} ({direction})"));
    if let Some(extra) = component.get("additionalProperties") {
        line(format!("type {name} [any other]: {}", type_of(build, extra)));
    }
    let wanted: Vec<&str> = component["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    if let Some(properties) = component["properties"].as_object() {
        for property in canonical::sorted_keys(properties) {
            let must = required(wanted.contains(&property.as_str()));
            line(format!(
                "type {name} {property}: {}{must}",
                type_of_field(build, &properties[property], direction)
            ));
        }
    }
}

/// In a request every optional list may be sent empty, which the document expresses by `nullable`; the digest
/// leaves that out.
fn type_of_field(build: &Value, schema: &Value, direction: &str) -> String {
    let own = type_of(build, schema);
    let list = schema::is_array(schema) || schema::is_map(schema);
    if schema["nullable"] == true && !(list && direction == "request") {
        return format!("{own} or null");
    }
    match Reads::of(schema).filter(|_| direction == "response") {
        Some(Reads::OneOrMany) => format!("{own} or one"),
        Some(Reads::IntegerOrText) => format!("{own} or text"),
        None => own,
    }
}

fn type_of(build: &Value, schema: &Value) -> String {
    if let Some(name) = schema::described_reference(schema) {
        return match build["components"]["schemas"][name].get(NULLABLE) {
            Some(inner) => format!("{} or null", type_of(build, inner)),
            None => name.to_owned(),
        };
    }
    match (schema["type"].as_str(), schema["format"].as_str()) {
        (Some("array"), _) => format!("[{}]", type_of(build, &schema["items"])),
        (Some("object"), _) => match schema.get("additionalProperties") {
            Some(values) => format!("{{{}}}", type_of(build, values)),
            None => "object".to_owned(),
        },
        (_, Some(SENT_SECRET | RECEIVED_SECRET)) => "secret".to_owned(),
        (_, Some(RECEIVED_SECRET_OR_NUMBER)) => "secret or number".to_owned(),
        (_, Some(TEXT_OR_NUMBER)) => "string or number".to_owned(),
        (_, Some(OPAQUE)) => "any".to_owned(),
        (Some("string"), Some(format)) if !build[IDS][format].is_null() => names::pascal(format),
        (Some(_), Some(format @ ("date" | "date-time" | "int32" | EPOCH_SECONDS))) => format.to_owned(),
        (Some(kind), _) => kind.to_owned(),
        (None, _) => "any".to_owned(),
    }
}

fn required(yes: bool) -> &'static str {
    if yes { ", required" } else { "" }
}

fn media_note(media: &str) -> String {
    if media == "application/json" {
        String::new()
    } else {
        format!(" as {media}")
    }
}

fn bodies(holder: &Value) -> Vec<(&str, &Value)> {
    let Some(content) = holder["content"].as_object() else {
        return Vec::new();
    };
    canonical::sorted_keys(content)
        .into_iter()
        .map(|media| (media.as_str(), &content[media]["schema"]))
        .collect()
}

fn each_schema<'a>(located: &Located<'a>, mut visit: impl FnMut(&'a Value)) {
    let operation = located.value;
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        visit(&parameter["schema"]);
    }
    let responses = operation["responses"]
        .as_object()
        .into_iter()
        .flat_map(|map| map.values());
    for holder in responses.chain(operation.get("requestBody")) {
        for (_, schema) in bodies(holder) {
            visit(schema);
        }
    }
}

fn reach(build: &Value, root: &Value, names: &mut BTreeSet<String>) {
    let mut inner = Vec::new();
    schema::walk(root, "", &mut |_, schema| {
        if let Some(name) = schema::reference(schema)
            && names.insert(name.to_owned())
        {
            inner.push(name.to_owned());
        }
    });
    for name in inner {
        let component = &build["components"]["schemas"][&name];
        reach(build, component, names);
        if let Some(inner) = component.get(NULLABLE) {
            reach(build, inner, names);
        }
    }
}
