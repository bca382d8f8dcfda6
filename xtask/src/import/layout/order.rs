//! The order in which keys are written, and which item of a list was which.

use serde_json::{Map, Value};

/// The order of keywords in our documents.
const KEYWORDS: [&str; 66] = [
    "openapi",
    "info",
    "externalDocs",
    "servers",
    "tags",
    "security",
    "paths",
    "components",
    "url",
    "name",
    "in",
    "summary",
    "required",
    "description",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "discriminator",
    "version",
    "variables",
    "default",
    "type",
    "scheme",
    "bearerFormat",
    "flows",
    "format",
    "nullable",
    "enum",
    "x-enum-descriptions",
    "items",
    "properties",
    "additionalProperties",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "operationId",
    "deprecated",
    "readOnly",
    "writeOnly",
    "style",
    "explode",
    "allowReserved",
    "allowEmptyValue",
    "schema",
    "parameters",
    "get",
    "put",
    "post",
    "patch",
    "delete",
    "requestBody",
    "headers",
    "content",
    "encoding",
    "responses",
];

/// What the keys of a map are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MapKind {
    /// Keywords of OpenAPI.
    Keywords,
    /// Names of OpenAPI objects, chosen by a person.
    Names,
    /// The sections of the components, each with names.
    Sections,
    /// Paths.
    Paths,
    /// Plain data.
    Data,
}

impl MapKind {
    /// What the keys of the map under `key` are.
    pub(super) fn inside(self, key: &str) -> Self {
        match (self, key) {
            (Self::Names | Self::Paths, _) => Self::Keywords,
            (Self::Sections, _) => Self::Names,
            (Self::Keywords, "components") => Self::Sections,
            (Self::Keywords, "paths") => Self::Paths,
            (Self::Keywords, "properties" | "responses" | "content" | "headers" | "variables" | "flows") => Self::Names,
            (Self::Keywords, "default" | "enum" | "x-enum-descriptions" | "mapping" | "scopes" | "encoding") => {
                Self::Data
            }
            (kind, _) => kind,
        }
    }
}

/// The keys of a map: the known ones in their order, and new ones where they belong.
pub(super) fn keys<'a>(map: &'a Map<String, Value>, known: &[&str], kind: MapKind) -> Vec<&'a String> {
    let mut keys: Vec<&String> = known
        .iter()
        .filter_map(|key| map.get_key_value(*key))
        .map(|(key, _)| key)
        .collect();
    let mut new: Vec<&String> = map.keys().filter(|key| !known.contains(&key.as_str())).collect();
    new.sort_by_key(|key| (rank(key, map, kind), *key));
    for key in new {
        let place = match kind {
            MapKind::Keywords | MapKind::Sections => {
                let rank = rank(key, map, kind);
                keys.iter()
                    .rposition(|known| self::rank(known, map, kind) <= rank)
                    .map_or(0, |last| last + 1)
            }
            MapKind::Paths => beside(key, &keys),
            MapKind::Names | MapKind::Data if keys.len() > 1 && keys.is_sorted() => {
                keys.partition_point(|known| *known < key)
            }
            MapKind::Names | MapKind::Data => keys.len(),
        };
        keys.insert(place, key);
    }
    keys
}

fn rank(key: &str, map: &Map<String, Value>, kind: MapKind) -> usize {
    if kind != MapKind::Keywords {
        return 0;
    }
    let place = |key: &str| {
        KEYWORDS
            .iter()
            .position(|known| *known == key)
            .unwrap_or(KEYWORDS.len())
    };
    match key {
        // In a schema the list comes near the end; in a request body the flag follows the description.
        "required" if map["required"].is_array() => place("additionalProperties"),
        "required" if !map.contains_key("name") => place("description"),
        _ => place(key),
    }
}

/// The position after the last of the paths that share the most leading parts with `path`.
fn beside(path: &str, keys: &[&String]) -> usize {
    let shared = |known: &String| {
        known
            .split('/')
            .zip(path.split('/'))
            .take_while(|(one, other)| one == other)
            .count()
    };
    let most = keys.iter().map(|known| shared(known)).max().unwrap_or_default();
    keys.iter()
        .rposition(|known| shared(known) == most)
        .map_or(0, |last| last + 1)
}

/// For each item of a list, the index of its previous state: an equal item, or one with the same name, or else the next
/// one that is left.
pub(super) fn origins(items: &[Value], before: Option<&Value>) -> Vec<Option<usize>> {
    let before = before.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut free: Vec<usize> = (0..before.len()).collect();
    let mut found: Vec<Option<usize>> = items
        .iter()
        .map(|item| {
            let place = free.iter().position(|index| before[*index] == *item)?;
            Some(free.remove(place))
        })
        .collect();
    for same in [has_same_name, are_objects] {
        for (item, found) in items.iter().zip(&mut found) {
            if found.is_none()
                && item.is_object()
                && let Some(place) = free.iter().position(|index| same(&before[*index], item))
            {
                *found = Some(free.remove(place));
            }
        }
    }
    found
}

fn has_same_name(one: &Value, other: &Value) -> bool {
    ["name", "in", "url", "$ref"]
        .iter()
        .all(|key| one.get(key) == other.get(key))
}

fn are_objects(one: &Value, other: &Value) -> bool {
    one.is_object() && other.is_object()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn ordered(map: &Value, known: &[&str], kind: MapKind) -> Vec<String> {
        let map = map.as_object().cloned().unwrap_or_default();
        keys(&map, known, kind).into_iter().cloned().collect()
    }

    #[test]
    fn keys_with_a_new_keyword_go_where_the_documents_write_it() {
        let schema = json!({ "description": "", "type": "string", "nullable": true, "maxLength": 3 });
        assert_eq!(
            ordered(&schema, &["description", "type", "maxLength"], MapKind::Keywords),
            ["description", "type", "nullable", "maxLength"]
        );
    }

    #[test]
    fn keys_with_a_new_name_keep_an_order_that_is_there() {
        let statuses = json!({ "200": 1, "401": 1, "404": 1 });
        assert_eq!(
            ordered(&statuses, &["200", "404"], MapKind::Names),
            ["200", "401", "404"]
        );
        let names = json!({ "zone": 1, "name": 1, "age": 1 });
        assert_eq!(
            ordered(&names, &["zone", "name"], MapKind::Names),
            ["zone", "name", "age"]
        );
    }

    #[test]
    fn keys_with_a_new_path_follow_those_that_begin_alike() {
        let paths = json!({ "/a/b": 1, "/a/b/{id}": 1, "/c": 1, "/a/b/new": 1 });
        assert_eq!(
            ordered(&paths, &["/a/b", "/a/b/{id}", "/c"], MapKind::Paths),
            ["/a/b", "/a/b/{id}", "/a/b/new", "/c"]
        );
    }

    #[test]
    fn origins_of_a_changed_item_are_those_of_the_same_name_or_else_what_is_left() {
        let before = json!([{ "name": "a", "in": "query" }, { "name": "b", "in": "query" }, 1]);
        let items = [
            json!({ "name": "b", "in": "query", "required": true }),
            json!(1),
            json!({ "name": "c" }),
            json!(3),
        ];
        assert_eq!(origins(&items, Some(&before)), [Some(1), Some(2), Some(0), None]);
    }
}
