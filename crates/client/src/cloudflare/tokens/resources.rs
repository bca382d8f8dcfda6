//! What a token's policy applies to.

use account_provisioning_core::{Error, MakeError as _, Result};
use serde_json::{Map, Value};

use super::super::AccountId;

/// Every zone of an account, inside that account.
const ALL_ZONES: &str = "com.cloudflare.api.account.zone.*";
/// Everything that a name refers to.
const ALL: &str = "*";

/// The resources that a policy of a token applies to, by the vendor's names.
///
/// The value of a name is `*`, or the names of resources inside.
///
/// # Examples
/// ```
/// use account_provisioning::cloudflare::{AccountId, Resources};
///
/// let account = AccountId::new("023e105f4ecef8ad9ca31a8372d0c353")?;
/// let whole = Resources::account(&account);
/// let zones = Resources::zones_of(&account);
/// let other = Resources::new().with("com.cloudflare.api.account.zone.a1", "*");
/// # Ok::<(), account_provisioning::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use = "resources do nothing until they are given to a policy"]
pub struct Resources(Map<String, Value>);

impl Resources {
    /// No resources yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// One account.
    pub fn account(id: &AccountId) -> Self {
        Self::new().with(account_name(id), ALL)
    }

    /// Every zone of one account, including those that are added later.
    pub fn zones_of(id: &AccountId) -> Self {
        Self::new().with_nested(account_name(id), [(ALL_ZONES, ALL)])
    }

    /// One zone.
    pub fn zone(id: impl AsRef<str>) -> Self {
        Self::new().with(format!("com.cloudflare.api.account.zone.{}", id.as_ref()), ALL)
    }

    /// Adds a resource by its name, such as `com.cloudflare.api.account.*`; the value is `*`.
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.0.insert(name.into(), Value::String(value.into()));
        self
    }

    /// Adds resources inside a resource.
    pub fn with_nested(
        mut self,
        name: impl Into<String>,
        inside: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
    ) -> Self {
        let inside = inside.into_iter();
        let inside = inside.map(|(name, value)| (name.into(), Value::String(value.into())));
        self.0.insert(name.into(), Value::Object(inside.collect()));
        self
    }

    /// The resources by name. A value is `*`, or an object of the resources inside.
    #[must_use]
    pub fn as_map(&self) -> &Map<String, Value> {
        &self.0
    }

    /// Adds these resources; one of the same name is replaced.
    pub(super) fn merge(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Returns the resources as they are sent.
    pub(super) fn body(&self) -> Result<Map<String, Value>> {
        let empty = |value: &Value| value.as_object().is_some_and(Map::is_empty);
        if self.0.is_empty() || self.0.values().any(empty) {
            return Err(Error::invalid_input(
                "`resources`: a policy without resources has no effect; name what it applies to, as with \
                 `Resources::account`",
            ));
        }
        Ok(self.0.clone())
    }
}

/// Takes the resources of a policy that the service returned.
impl From<Map<String, Value>> for Resources {
    fn from(resources: Map<String, Value>) -> Self {
        Self(resources)
    }
}

fn account_name(id: &AccountId) -> String {
    format!("com.cloudflare.api.account.{id}")
}
