//! In which order keys are written, and which item of a list was which.

use serde_json::{Map, Value};

/// The order in which the documents write the keywords of an object.
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
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "discriminator",
    "summary",
    "required",
    "description",
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

/// Whether the keys of a map are keywords, or names that a person chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An object of OpenAPI.
    Keywords,
    /// A map by name, whose values are objects of OpenAPI.
    Names,
    /// The components: sections, which are maps by name.
    Sections,
    /// The paths: new ones go beside those that they resemble.
    Paths,
    /// Data without a meaning for the order.
    Data,
}

impl Kind {
    /// What stands under `key`.
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

    /// What an item of a list of this kind is.
    pub(super) fn item(self) -> Self {
        self
    }
}

/// The keys of a map: those that were there in their order, new ones where they belong.
pub(super) fn keys<'a>(map: &'a Map<String, Value>, known: &[&str], kind: Kind) -> Vec<&'a String> {
    let mut keys: Vec<&String> = known
        .iter()
        .filter_map(|key| map.get_key_value(*key))
        .map(|(key, _)| key)
        .collect();
    let mut new: Vec<&String> = map.keys().filter(|key| !known.contains(&key.as_str())).collect();
    new.sort_by_key(|key| (rank(key, map, kind), *key));
    for key in new {
        let place = match kind {
            Kind::Keywords | Kind::Sections => {
                let rank = rank(key, map, kind);
                keys.iter()
                    .rposition(|known| self::rank(known, map, kind) <= rank)
                    .map_or(0, |last| last + 1)
            }
            Kind::Paths => beside(key, &keys),
            Kind::Names | Kind::Data if keys.len() > 1 && keys.is_sorted() => {
                keys.partition_point(|known| *known < key)
            }
            Kind::Names | Kind::Data => keys.len(),
        };
        keys.insert(place, key);
    }
    keys
}

fn rank(key: &str, map: &Map<String, Value>, kind: Kind) -> usize {
    if kind != Kind::Keywords {
        return 0;
    }
    let place = |key: &str| {
        KEYWORDS
            .iter()
            .position(|known| *known == key)
            .unwrap_or(KEYWORDS.len())
    };
    match key {
        // A schema lists at its end what it requires; a body says first what it is.
        "required" if map["required"].is_array() => place("additionalProperties"),
        "required" if !map.contains_key("name") => place("description"),
        _ => place(key),
    }
}

/// Behind the last of the paths that begin most like `path`.
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

/// For each item of a list, the item that it was: the same one, the one of the same name, or else the next one that is
/// left, whose lines serve where they are the same.
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
    for (item, found) in items.iter().zip(&mut found) {
        if found.is_none()
            && item.is_object()
            && let Some(place) = free.iter().position(|index| named_alike(&before[*index], item))
        {
            *found = Some(free.remove(place));
        }
    }
    for (item, found) in items.iter().zip(&mut found) {
        if found.is_none()
            && item.is_object()
            && let Some(place) = free.iter().position(|index| before[*index].is_object())
        {
            *found = Some(free.remove(place));
        }
    }
    found
}

fn named_alike(one: &Value, other: &Value) -> bool {
    let name = |value: &Value| ["name", "in", "url", "$ref"].map(|key| value.get(key).cloned());
    name(one) == name(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn ordered(map: &Value, known: &[&str], kind: Kind) -> Vec<String> {
        let map = map.as_object().cloned().unwrap_or_default();
        keys(&map, known, kind).into_iter().cloned().collect()
    }

    #[test]
    fn keys_with_a_new_keyword_go_where_the_documents_write_it() {
        let schema = json!({ "description": "", "type": "string", "nullable": true, "maxLength": 3 });
        assert_eq!(
            ordered(&schema, &["description", "type", "maxLength"], Kind::Keywords),
            ["description", "type", "nullable", "maxLength"]
        );
    }

    #[test]
    fn keys_with_a_new_name_keep_an_order_that_is_there() {
        let statuses = json!({ "200": 1, "401": 1, "404": 1 });
        assert_eq!(ordered(&statuses, &["200", "404"], Kind::Names), ["200", "401", "404"]);
        let names = json!({ "zone": 1, "name": 1, "age": 1 });
        assert_eq!(ordered(&names, &["zone", "name"], Kind::Names), ["zone", "name", "age"]);
    }

    #[test]
    fn keys_with_a_new_path_go_behind_those_that_begin_alike() {
        let paths = json!({ "/a/b": 1, "/a/b/{id}": 1, "/c": 1, "/a/b/new": 1 });
        assert_eq!(
            ordered(&paths, &["/a/b", "/a/b/{id}", "/c"], Kind::Paths),
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
