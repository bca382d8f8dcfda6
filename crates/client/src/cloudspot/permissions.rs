//! What a user may do.

use std::sync::Arc;

use account_provisioning_core::{OpaqueValue, Result};
use serde::Deserialize;

use super::target::Target;
use super::{CompanyId, CompanyPermissions};
use crate::Error;
use crate::started::operation;

/// What a user may do in an application, company by company.
///
/// It is what the service said at one moment, and doesn't change. A company for which the user may not use the
/// application is not in it: the service leaves it out. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Permissions {
    companies: Arc<[CompanyPermissions]>,
}

impl Permissions {
    pub(super) fn new(companies: Vec<CompanyPermissions>) -> Self {
        Self {
            companies: companies.into(),
        }
    }

    /// Reads the list, which comes bare or in an object.
    pub(super) fn read(reply: OpaqueValue) -> Result<Self> {
        let value = reply.into_value();
        if value.is_array() {
            decode::<Vec<CompanyPermissions>>(&value).map(Self::new)
        } else {
            decode::<Listed>(&value).map(|listed| Self::new(listed.permissions))
        }
        .map_err(|problem| problem.with_operation("getPermissions"))
    }

    /// The companies for which the user may use the application, in the service's order.
    #[must_use]
    pub fn companies(&self) -> &[CompanyPermissions] {
        &self.companies
    }

    /// What the user may do for one company; `None` when it isn't among the [`companies`](Self::companies), and for a
    /// value that can be no id.
    #[must_use]
    pub fn company(&self, id: impl TryInto<CompanyId>) -> Option<&CompanyPermissions> {
        let id = id.try_into().ok()?;
        let mut companies = self.companies.iter();
        companies.find(|company| company.company_id.as_deref() == Some(id.as_str()))
    }

    /// Whether the user has this permission, by its slug, for **at least one** company.
    ///
    /// It doesn't say for which: where a thing belongs to a company, ask [`can_in`](Self::can_in). Slugs are compared
    /// exactly.
    #[must_use]
    pub fn can(&self, permission: &str) -> bool {
        self.companies.iter().any(|company| has(company, permission))
    }

    /// Whether the user has this permission, by its slug, for this company. `7` and `"7"` are the same company; false
    /// for one that isn't among the [`companies`](Self::companies).
    #[must_use]
    pub fn can_in(&self, company: impl TryInto<CompanyId>, permission: &str) -> bool {
        self.company(company).is_some_and(|company| has(company, permission))
    }
}

fn has(company: &CompanyPermissions, permission: &str) -> bool {
    company.permissions.iter().any(|slug| slug == permission)
}

/// The object that may hold the list.
#[derive(Deserialize)]
struct Listed {
    #[serde(default, deserialize_with = "account_provisioning_core::de::null_as_default")]
    permissions: Vec<CompanyPermissions>,
}

fn decode<T: serde::de::DeserializeOwned>(value: &serde_json::Value) -> Result<T> {
    T::deserialize(value).map_err(|_| Error::undecodable::<T>(&value.to_string().into()))
}

/// Fetches the permissions; made by [`Session::permissions`](super::Session::permissions).
#[derive(Debug)]
pub struct GetPermissions {
    pub(super) target: Target,
}
operation!(
    GetPermissions -> Permissions,
    |_call, low| low.get_permissions(),
    |reply| Permissions::read(reply)
);

/// Fetches the permissions for one company; made by
/// [`Session::company_permissions`](super::Session::company_permissions).
#[derive(Debug)]
pub struct GetCompanyPermissions {
    pub(super) target: Target,
    pub(super) company: CompanyId,
}
operation!(
    GetCompanyPermissions -> Vec<String>,
    |call, low| low.get_company_permissions(call.company.as_str()),
    |reply| Ok(reply.permissions)
);
