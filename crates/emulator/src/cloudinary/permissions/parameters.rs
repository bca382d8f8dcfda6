//! Policy parameters, which limit a role to some content.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::input::Input;
use crate::refusal::Refusal;

/// The parameter that names a folder.
pub(super) const FOLDER_ID: &str = "folder_id";
/// The parameter that names a collection.
pub(super) const COLLECTION_ID: &str = "collection_id";

/// Ids by parameter name.
pub(super) type Parameters = BTreeMap<String, String>;

/// A filter by policy parameters: `folder_id`, `collection_id`, and pairs of `param_key` and `param_value`.
///
/// The vendor does not support `asset_id`, so it has no effect.
#[derive(Debug, Default)]
pub(super) struct ParameterFilter(Vec<(String, String)>);

impl ParameterFilter {
    pub(super) fn of_query(input: &Input) -> Result<Self, Refusal> {
        let mut wanted: Vec<(String, String)> = [FOLDER_ID, COLLECTION_ID]
            .into_iter()
            .filter_map(|name| Some((name.to_owned(), input.query(name)?.to_owned())))
            .collect();
        let keys = input.query_list("param_key").unwrap_or_default();
        let values = input.query_list("param_value").unwrap_or_default();
        if keys.len() != values.len() {
            return Err(
                Refusal::invalid("param_key and param_value must be given equally often: they form pairs")
                    .named("param_key", keys)
                    .named("param_value", values),
            );
        }
        let pairs = keys.into_iter().zip(values);
        wanted.extend(pairs.map(|(key, value)| (key.to_owned(), value.to_owned())));
        Ok(Self(wanted))
    }

    pub(super) fn of_body(input: &Input) -> Result<Self, Refusal> {
        let given = input.object("policy_parameters");
        Ok(Self(read(given, "policy_parameters")?.into_iter().collect()))
    }

    /// Returns whether an assignment has all of the parameters. An empty filter matches every assignment.
    pub(super) fn matches(&self, parameters: &Parameters) -> bool {
        self.0.iter().all(|(name, id)| parameters.get(name) == Some(id))
    }

    /// Returns the values for a statement's placeholders. The first one of a name is used.
    pub(super) fn filling(self) -> Parameters {
        self.0.into_iter().rev().collect()
    }
}

/// Reads the parameters from a body. The values must be ids.
pub(super) fn read(given: Option<&Map<String, Value>>, field: &str) -> Result<Parameters, Refusal> {
    given
        .into_iter()
        .flatten()
        .map(|(name, id)| match id.as_str() {
            Some(id) if !id.is_empty() => Ok((name.clone(), id.to_owned())),
            _ => Err(
                Refusal::invalid(format!("{field}.{name} must be the id of a piece of content, as text"))
                    .named(&format!("{field}.{name}"), id.clone()),
            ),
        })
        .collect()
}
