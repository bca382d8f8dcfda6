//! What content a role is limited to.

use serde_json::{Map, Value};

use crate::{Error, Result};

const FOLDER: &str = "folder_id";
const COLLECTION: &str = "collection_id";
const ASSET: &str = "asset_id";

/// The content that an assignment of a role is limited to, or that a question is about: a folder, a collection, or
/// whatever else the role's policies have placeholders for.
///
/// It is sent as it stands, key by key. There are no empty parameters: a role without limits is written as such, by
/// [`without_parameters`](super::RoleAssignment::without_parameters).
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

    /// Adds a parameter of any name; one of the same name is replaced.
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

    /// Refuses what would limit nothing, or not what it seems to.
    pub(super) fn check(&self) -> Result<()> {
        if self.0.is_empty() {
            return Err(Error::invalid_input(
                "`policy_parameters`: an empty map limits nothing; name a folder or a collection, or leave the limit out \
                 on purpose",
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
                    "`policy_parameters`: `{key}` is no text; give the id as the service returned it"
                )));
            }
            if empty {
                let key: String = key.escape_debug().take(40).collect();
                return Err(Error::invalid_input(format!(
                    "`policy_parameters`: `{key}` is empty, which limits nothing; give the id as the service returned it"
                )));
            }
        }
        Ok(())
    }

    /// The parameters as a body carries them.
    pub(super) fn body(&self) -> Result<Map<String, Value>> {
        self.check().map(|()| self.0.clone())
    }

    /// The parameters as a query carries them: those that have parameters of their own, and the others as pairs.
    pub(super) fn query(&self) -> Result<QueryParameters> {
        self.check()?;
        let mut query = QueryParameters::default();
        let (mut keys, mut values) = (Vec::new(), Vec::new());
        for (key, value) in &self.0 {
            let value = match value {
                Value::String(value) => value.clone(),
                Value::Number(value) => value.to_string(),
                Value::Bool(value) => value.to_string(),
                _ => {
                    let key: String = key.escape_debug().take(40).collect();
                    return Err(Error::invalid_input(format!(
                        "`policy_parameters`: `{key}` holds an object or a list, which a query can't carry; give a text or \
                         a number"
                    )));
                }
            };
            match key.as_str() {
                FOLDER => query.folder_id = Some(value),
                COLLECTION => query.collection_id = Some(value),
                ASSET => query.asset_id = Some(value),
                _ => {
                    keys.push(key.clone());
                    values.push(value);
                }
            }
        }
        if !keys.is_empty() {
            query.keys = Some(keys);
            query.values = Some(values);
        }
        Ok(query)
    }
}

impl From<Map<String, Value>> for PolicyParameters {
    /// Takes parameters as a reply holds them.
    fn from(map: Map<String, Value>) -> Self {
        Self(map)
    }
}

impl From<&PolicyParameters> for PolicyParameters {
    fn from(parameters: &PolicyParameters) -> Self {
        parameters.clone()
    }
}

/// Parameters in the form of a query.
#[derive(Clone, Debug, Default)]
pub(super) struct QueryParameters {
    pub(super) folder_id: Option<String>,
    pub(super) collection_id: Option<String>,
    pub(super) asset_id: Option<String>,
    /// `param_key`, in step with `values`.
    pub(super) keys: Option<Vec<String>>,
    /// `param_value`, in step with `keys`.
    pub(super) values: Option<Vec<String>>,
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
        let pairs: std::collections::BTreeMap<_, _> =
            query.keys.unwrap().into_iter().zip(query.values.unwrap()).collect();
        assert_eq!(pairs, [("a".into(), "1".into()), ("b".into(), "2".into())].into());
        let query = PolicyParameters::collection("c").query().unwrap();
        assert!(query.folder_id.is_none() && query.keys.is_none() && query.values.is_none());
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
        assert_eq!(nested.body().unwrap()["deep"]["a"][0], 1);
        assert!(nested.query().unwrap_err().to_string().contains("`deep`"));
    }
}
