//! What a resource group covers.

use account_provisioning_core::{Error, MakeError as _, Result};

use super::super::types::{ResourceScopeObjectRequest, ResourceScopeRequest};
use super::super::{AccountId, ResourceScope};

/// What a resource group covers: a resource, and objects inside it.
///
/// A scope that the service returned ([`ResourceScope`]) converts into one that can be sent.
///
/// # Examples
/// ```
/// use account_provisioning::cloudflare::{AccountId, ResourceGroupScope};
///
/// let account = AccountId::new("023e105f4ecef8ad9ca31a8372d0c353")?;
/// let all = ResourceGroupScope::account(&account);
/// let shop = ResourceGroupScope::zones(&account, ["23f8d65290b24279ba6f44721b3eaad5"]);
/// # Ok::<(), account_provisioning::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a scope does nothing until it is given to a resource group"]
pub struct ResourceGroupScope {
    key: String,
    objects: Vec<String>,
}

impl ResourceGroupScope {
    /// A resource by its key, which is its kind and its id in one. It covers nothing until objects are added.
    pub fn new(key: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            objects: Vec::new(),
        }
    }

    /// Everything in an account.
    pub fn account(account: &AccountId) -> Self {
        Self::new(format!("com.cloudflare.api.account.{account}")).object("*")
    }

    /// Zones of an account, by their ids.
    pub fn zones(account: &AccountId, zones: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let scope = Self::new(format!("com.cloudflare.api.account.{account}"));
        zones.into_iter().fold(scope, |scope, zone| {
            scope.object(format!("com.cloudflare.api.account.zone.{}", zone.as_ref()))
        })
    }

    /// Adds an object inside the resource by its key, which is its kind and its id in one; `*` stands for everything.
    pub fn object(mut self, key: impl Into<String>) -> Self {
        self.objects.push(key.into());
        self
    }

    /// The key of the resource.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The keys of the objects inside it.
    pub fn objects(&self) -> impl Iterator<Item = &str> {
        self.objects.iter().map(String::as_str)
    }

    /// Returns the scope as it is sent.
    pub(super) fn body(self) -> Result<ResourceScopeRequest> {
        if self.key.trim().is_empty() {
            return Err(Error::invalid_input(
                "`scope`: its key is empty; give the kind and the id of a resource",
            ));
        }
        if self.objects.is_empty() {
            return Err(Error::invalid_input(
                "`scope`: a scope without objects covers nothing; add at least one, or `*` for everything",
            ));
        }
        let objects = self.objects.into_iter().map(|key| ResourceScopeObjectRequest { key });
        Ok(ResourceScopeRequest {
            key: self.key,
            objects: objects.collect(),
        })
    }
}

impl From<&ResourceScope> for ResourceGroupScope {
    fn from(scope: &ResourceScope) -> Self {
        Self {
            key: scope.key.clone(),
            objects: scope.objects.iter().map(|object| object.key.clone()).collect(),
        }
    }
}

impl From<ResourceScope> for ResourceGroupScope {
    fn from(scope: ResourceScope) -> Self {
        Self::from(&scope)
    }
}
