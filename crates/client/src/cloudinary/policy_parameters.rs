//! What content a role is limited to.

use account_provisioning_core::{Error, MakeError as _, Result};
use serde_json::{Map, Value};

const FOLDER: &str = "folder_id";
const COLLECTION: &str = "collection_id";
const ASSET: &str = "asset_id";

/// The content that an assignment of a role is limited to, or that a filter asks for: a folder, a collection, or
/// anything else that the policies of the role have placeholders for.
///
/// Parameters are sent as they are, key by key. They can't be empty: use
/// [`without_parameters`](super::RoleAssignment::without_parameters) to assign a role without limits.
///
/// # Examples
/// ```
/// use account_provisioning::cloudinary::PolicyParameters;
///
/// let folder = PolicyParameters::folder("fg3841spr");
/// assert_eq!(folder.as_map()["folder_id"], "fg3841spr");
///
/// let both = folder.with("tier", "premium");
/// assert_eq!(both.as_map().len(), 2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyParameters(Map<String, Value>);

impl PolicyParameters {
    /// Limits to one folder, by its id (`folder_id`).
    #[must_use]
    pub fn folder(id: impl Into<String>) -> Self {
        Self(Map::new()).with(FOLDER, id.into())
    }

    /// Limits to one collection, by its id (`collection_id`).
    #[must_use]
    pub fn collection(id: impl Into<String>) -> Self {
        Self(Map::new()).with(COLLECTION, id.into())
    }

    /// Adds a parameter of any name, or replaces the one of the same name.
    #[must_use]
    pub fn with(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.0.insert(key.into(), value.into());
        self
    }

    /// The parameters as they are sent.
    #[must_use]
    pub fn as_map(&self) -> &Map<String, Value> {
        &self.0
    }

    /// Refuses parameters that limit nothing, or not what they seem to limit.
    fn check(&self) -> Result<()> {
        if self.0.is_empty() {
            return Err(Error::invalid_input(
                "`policy_parameters`: an empty map limits nothing; name a folder or a collection, or leave the parameters \
                 out",
            ));
        }
        for (key, value) in &self.0 {
            if key.trim().is_empty() {
                return Err(Error::invalid_input(
                    "`policy_parameters`: a parameter has no name; give it one",
                ));
            }
            let empty = match value {
                Value::Null => true,
                Value::String(text) => text.trim().is_empty(),
                Value::Array(items) => items.is_empty(),
                Value::Object(fields) => fields.is_empty(),
                _ => false,
            };
            if matches!(key.as_str(), FOLDER | COLLECTION) && !value.is_string() {
                return Err(Error::invalid_input(format!(
                    "`policy_parameters`: `{key}` is not a string; pass the id as the service returned it"
                )));
            }
            if empty {
                let key: String = key.escape_debug().take(40).collect();
                return Err(Error::invalid_input(format!(
                    "`policy_parameters`: `{key}` is empty, which limits nothing; pass the id as the service returned it"
                )));
            }
        }
        Ok(())
    }

    /// The parameters as a body contains them.
    pub(super) fn body(self) -> Result<Map<String, Value>> {
        self.check()?;
        Ok(self.0)
    }

    /// The parameters as a query contains them: three have a field of their own, the others are sent as pairs.
    pub(super) fn query(self) -> Result<QueryParameters> {
        self.check()?;
        let mut query = QueryParameters::default();
        for (key, value) in self.0 {
            let value = match value {
                Value::String(value) => value,
                Value::Number(value) => value.to_string(),
                Value::Bool(value) => value.to_string(),
                _ => {
                    let key: String = key.escape_debug().take(40).collect();
                    return Err(Error::invalid_input(format!(
                        "`policy_parameters`: `{key}` is an object or a list, which can't be sent in a query; pass a \
                         string or a number"
                    )));
                }
            };
            match key.as_str() {
                FOLDER => query.folder_id = Some(value),
                COLLECTION => query.collection_id = Some(value),
                ASSET => query.asset_id = Some(value),
                _ => {
                    query.param_key.get_or_insert_default().push(key);
                    query.param_value.get_or_insert_default().push(value);
                }
            }
        }
        Ok(query)
    }
}

impl From<Map<String, Value>> for PolicyParameters {
    /// Takes parameters as a response contains them.
    fn from(map: Map<String, Value>) -> Self {
        Self(map)
    }
}

impl From<&PolicyParameters> for PolicyParameters {
    fn from(parameters: &PolicyParameters) -> Self {
        parameters.clone()
    }
}

/// Parameters as the fields of a query. Requests have these fields under the same names.
#[derive(Clone, Debug, Default)]
pub(super) struct QueryParameters {
    pub(super) asset_id: Option<String>,
    pub(super) collection_id: Option<String>,
    pub(super) folder_id: Option<String>,
    /// The names of the pairs.
    pub(super) param_key: Option<Vec<String>>,
    /// The values of the pairs, in the same order.
    pub(super) param_value: Option<Vec<String>>,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use super::*;

    #[test]
    fn query_has_parameters_of_their_own_for_folders_and_collections_and_pairs_for_the_rest() {
        let all = PolicyParameters::folder("f")
            .with("collection_id", "c")
            .with("b", 2)
            .with("a", "1");
        let query = all.query().unwrap();
        assert_eq!(
            (query.folder_id.as_deref(), query.collection_id.as_deref()),
            (Some("f"), Some("c"))
        );
        let pairs: std::collections::BTreeMap<_, _> = query
            .param_key
            .unwrap()
            .into_iter()
            .zip(query.param_value.unwrap())
            .collect();
        assert_eq!(pairs, [("a".into(), "1".into()), ("b".into(), "2".into())].into());
        let query = PolicyParameters::collection("c").query().unwrap();
        assert!(query.folder_id.is_none() && query.param_key.is_none() && query.param_value.is_none());
    }

    #[test]
    fn parameters_that_limit_nothing_are_refused() {
        for parameters in [
            PolicyParameters::from(Map::new()),
            PolicyParameters::folder(""),
            PolicyParameters::collection(" "),
            PolicyParameters::folder("f").with("x", Value::Null),
            PolicyParameters::folder("f").with("", "x"),
        ] {
            let error = parameters.body().unwrap_err();
            assert!(
                error.is_invalid_input() && error.to_string().contains("`policy_parameters`"),
                "{error}"
            );
        }
    }

    #[test]
    fn body_takes_any_value_that_a_query_refuses() {
        let nested = PolicyParameters::folder("f").with("deep", serde_json::json!({ "a": [1, null] }));
        assert_eq!(nested.clone().body().unwrap()["deep"]["a"][0], 1);
        assert!(nested.query().unwrap_err().to_string().contains("`deep`"));
    }
}
