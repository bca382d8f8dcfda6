//! The parameters of an operation and of its path.

use std::collections::BTreeSet;
use std::iter;

use account_provisioning_wire_diff::{METHODS, path_template};
use serde_json::{Map, Value, json};

use crate::import::json::{entries, items, remove};
use crate::import::merge::Merger;
use crate::import::merge::flat::resolve;
use crate::import::merge::keywords::is_all_from_prose;
use crate::import::operations::{OperationKey, path_parameters};

/// A parameter of a vendor's operation.
pub(super) struct Parameter {
    pub(super) key: ParameterKey,
    pub(super) value: Value,
    pub(super) pointer: String,
}

/// Location and name, by which the parameters of an operation differ. A path parameter has the name that our path has for
/// it, and the name of a header is in lower case.
pub(super) type ParameterKey = (String, String);

/// For each operation of a path, by method, what a parameter of the path becomes.
pub(super) type Outcomes<'a> = Vec<(&'a str, Option<Value>)>;

impl Merger<'_> {
    /// Merges a parameter of ours, if the vendor's operation has it.
    pub(super) fn known_parameter(&mut self, ours: &Value, theirs: &[Parameter]) -> Option<Value> {
        let (known, _) = resolve(self.documents.ours, ours, "");
        match theirs.iter().find(|theirs| theirs.key == key(known)) {
            Some(theirs) => Some(self.part("parameters", ours, &theirs.value, &theirs.pointer)),
            // A path parameter that the vendor's document does not list is an oversight, because the path has it.
            None if known["in"] == "path"
                || is_all_from_prose(known)
                || self.keeps_presence("parameters", known["name"].as_str().unwrap_or_default()) =>
            {
                self.keep(&json!([ours]));
                Some(ours.clone())
            }
            None => None,
        }
    }

    /// Keeps a parameter of the path if all operations agree on it. If not, each operation gets its own.
    pub(super) fn settle_shared(&self, item: &mut Value, shared: &[&Value], outcomes: &[Outcomes<'_>]) {
        let mut kept = Vec::new();
        for (parameter, outcomes) in shared.iter().zip(outcomes) {
            match outcomes.first() {
                None => kept.push((*parameter).clone()),
                Some((_, Some(first))) if outcomes.iter().all(|(_, outcome)| outcome.as_ref() == Some(first)) => {
                    kept.push(first.clone());
                }
                Some(_) => {
                    for (method, outcome) in outcomes {
                        if let Some(outcome) = outcome {
                            let own = items(&item[*method]["parameters"]).cloned();
                            item[*method]["parameters"] = iter::once(outcome.clone()).chain(own).collect();
                        }
                    }
                }
            }
        }
        if !shared.is_empty() {
            set_list(item, "parameters", kept);
        }
    }

    /// The parameters of a vendor's operation: its own, and those of its path that it does not replace. `path` is our path.
    pub(super) fn vendor_parameters(&self, path: &str, vendor: &OperationKey) -> Vec<Parameter> {
        let theirs = self.documents.theirs;
        let (operation, at) = self.vendor_operation(vendor);
        let item = at.rfind('/').map_or("", |end| &at[..end]);
        let (our_names, their_names) = (path_parameters(path), path_parameters(&vendor.path));
        let mut found: Vec<Parameter> = Vec::new();
        for (list, at) in [
            (&operation["parameters"], at.as_str()),
            (&theirs["paths"][&vendor.path]["parameters"], item),
        ] {
            for (index, value) in items(list).enumerate() {
                let (value, pointer) = resolve(theirs, value, &format!("{at}/parameters/{index}"));
                let mut key = key(value);
                if key.0 == "header" && ["accept", "content-type", "authorization"].contains(&key.1.as_str()) {
                    // The specification says that such parameters are ignored.
                    continue;
                }
                if key.0 == "path"
                    && let Some(position) = their_names.iter().position(|name| *name == key.1)
                {
                    // If only one of the paths has the base path, it has additional parameters at its start.
                    match (position + our_names.len()).checked_sub(their_names.len()) {
                        Some(position) => key.1 = our_names[position].to_owned(),
                        // Our server has it in its URL.
                        None => continue,
                    }
                }
                if !found.iter().any(|known| known.key == key) {
                    let value = value.clone();
                    found.push(Parameter { key, value, pointer });
                }
            }
        }
        found
    }

    /// The parameter of a new path that our other paths with the same start have, if it means the same as the vendor's. A
    /// vendor's operation does not declare it if it is a variable of the server there.
    pub(super) fn sibling_parameter(&mut self, path: &str, name: &str, theirs: Option<&Value>) -> Option<Value> {
        let documents = self.documents;
        let ours = documents.ours;
        let placeholder = format!("{{{name}}}");
        let start = |path: &str| path.find(&placeholder).map(|index| path[..index].to_owned());
        let siblings =
            entries(&ours["paths"]).filter(|(known, _)| start(known).is_some() && start(known) == start(path));
        let lists = siblings.flat_map(|(_, item)| {
            iter::once(&item["parameters"]).chain(METHODS.into_iter().map(|method| &item[method]["parameters"]))
        });
        let wanted = ("path".to_owned(), name.to_owned());
        let found = lists.flat_map(items).find(|parameter| {
            let (known, _) = resolve(ours, parameter, "");
            key(known) == wanted
                && theirs.is_none_or(|theirs| documents.same_schema(&known["schema"], &theirs["schema"]))
        })?;
        self.keep(&json!([found]));
        Some(found.clone())
    }

    /// A new path with the names that our other paths have for its parameters: paths that start in the same way, or else
    /// those in which the same word comes before a parameter of the same name in the vendor's path.
    fn with_our_names(&self, path: &str) -> String {
        let segments: Vec<&str> = path.split('/').collect();
        let mut named: Vec<&str> = Vec::new();
        for (index, segment) in segments.iter().enumerate() {
            let start = path_template(&segments[..=index].join("/"));
            let of_the_start = || {
                let known = entries(&self.documents.ours["paths"]).map(|(path, _)| path.split('/').collect::<Vec<_>>());
                let mut known = known.filter(|known| known.len() > index);
                known
                    .find(|known| path_template(&known[..=index].join("/")) == start)
                    .map(|known| known[index])
            };
            let of_the_word = || {
                let names: BTreeSet<&str> = self.names_after(segments[index.checked_sub(1)?], segment).collect();
                names.first().copied().filter(|_| names.len() == 1)
            };
            let new = if is_parameter(segment) {
                of_the_start().or_else(of_the_word)
            } else {
                None
            };
            named.push(new.filter(|new| !named.contains(new)).unwrap_or(segment));
        }
        named.join("/")
    }

    /// Our names for the parameter that the vendor's paths have as `parameter` after `word`.
    fn names_after<'s>(&'s self, word: &'s str, parameter: &'s str) -> impl Iterator<Item = &'s str> {
        self.plan.matched.iter().flat_map(move |(ours, vendor)| {
            // If only one of the paths has the base path, their ends belong together.
            let ours: Vec<&str> = ours.path.rsplit('/').collect();
            let theirs: Vec<&str> = vendor.path.rsplit('/').collect();
            let places: Vec<usize> = (1..theirs.len())
                .filter(|at| theirs[at - 1] == parameter && theirs[*at] == word)
                .collect();
            places.into_iter().filter_map(move |at| ours.get(at - 1).copied())
        })
    }

    /// The path of a new operation, with our names for its parameters.
    pub(super) fn new_path(
        &self,
        ours: &OperationKey,
        vendor: &OperationKey,
        paths: &Map<String, Value>,
    ) -> (String, Vec<Parameter>) {
        let template = path_template(&ours.path);
        let known = entries(&self.documents.ours["paths"]).map(|(path, _)| path);
        let mut path = ours.path.clone();
        match paths.keys().chain(known).find(|known| path_template(known) == template) {
            Some(known) => path.clone_from(known),
            None => {
                path = self.with_our_names(&path);
                for parameter in self.vendor_parameters(&path, vendor) {
                    if parameter.key.0 == "path"
                        && let Some((_, component)) = self.paired(&parameter.pointer, "parameters")
                        && let Some(name) = self.documents.ours["components"]["parameters"][&component]["name"].as_str()
                    {
                        path = path.replace(&format!("{{{}}}", parameter.key.1), &format!("{{{name}}}"));
                    }
                }
            }
        }
        let parameters = self.vendor_parameters(&path, vendor);
        (path, parameters)
    }
}

/// Whether a part of a path is a parameter.
fn is_parameter(segment: &str) -> bool {
    segment.starts_with('{') && segment.ends_with('}')
}

pub(super) fn key(parameter: &Value) -> ParameterKey {
    let text = |key: &str| parameter[key].as_str().unwrap_or_default().to_owned();
    let (location, name) = (text("in"), text("name"));
    // Header names are case-insensitive.
    let name = if location == "header" {
        name.to_ascii_lowercase()
    } else {
        name
    };
    (location, name)
}

/// Sets a list, or removes it if it is empty. An empty list that is there already stays.
pub(super) fn set_list(holder: &mut Value, key: &str, list: Vec<Value>) {
    if !list.is_empty() {
        holder[key] = Value::Array(list);
    } else if holder.get(key).is_some_and(|known| *known != json!([])) {
        remove(holder, key);
    }
}
