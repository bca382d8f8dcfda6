//! What a user may do.

use std::sync::Arc;

use account_provisioning_core::{IntoId, MakeError as _, OpaqueValue, ResponseMeta, Result, de};
use http::StatusCode;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::requests::{GetCompanyPermissions, GetPermissions};
use super::types::CompanyPermissionsReply;
use super::{CompanyId, CompanyPermissions};
use crate::Error;
use crate::call::{FromReply, Operation};

/// What a user may do in an application, company by company.
///
/// This is a snapshot: it doesn't change when the permissions on the server change. The service leaves out a company for
/// which the user may not use the application. Cloning is cheap.
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

    /// Reads the response, which is either a list or an object that contains the list.
    fn read(reply: OpaqueValue, status: StatusCode) -> Result<Self> {
        let value = reply.into_exposed_value();
        match &value {
            Value::Array(_) => decode(&value).map(Self::new),
            Value::Object(fields) if !fields.is_empty() && !fields.contains_key("permissions") => {
                Err(Error::foreign_success(status, &value.to_string().into()))
            }
            _ => decode(&value).map(|PermissionsObject { permissions }| Self::new(permissions)),
        }
    }

    /// The companies for which the user may use the application, in the order of the response.
    #[must_use]
    pub fn companies(&self) -> &[CompanyPermissions] {
        &self.companies
    }

    /// What the user may do for one company. Returns `None` when the company is not among the
    /// [`companies`](Self::companies), or when the value is not a valid id.
    #[must_use]
    pub fn company(&self, id: impl IntoId<CompanyId>) -> Option<&CompanyPermissions> {
        let id = id.into_id().ok()?;
        let mut companies = self.companies.iter();
        companies.find(|company| company.company_id.as_ref() == Some(&id))
    }

    /// Whether the user has this permission, by its slug, for **at least one** company.
    ///
    /// It doesn't say for which company. To check access to something that belongs to a company, use
    /// [`can_in`](Self::can_in). Slugs are case-sensitive.
    #[must_use]
    pub fn can(&self, permission: &str) -> bool {
        self.companies.iter().any(|company| has(company, permission))
    }

    /// Whether the user has this permission, by its slug, for this company. `7` and `"7"` are the same company. Returns
    /// `false` for a company that is not among the [`companies`](Self::companies).
    #[must_use]
    pub fn can_in(&self, company: impl IntoId<CompanyId>, permission: &str) -> bool {
        self.company(company).is_some_and(|company| has(company, permission))
    }
}

fn has(company: &CompanyPermissions, permission: &str) -> bool {
    company.permissions.iter().any(|slug| slug == permission)
}

/// The object that may contain the list.
#[derive(Deserialize)]
struct PermissionsObject {
    #[serde(default, deserialize_with = "de::null_as_default")]
    permissions: Vec<CompanyPermissions>,
}

fn decode<T: DeserializeOwned>(value: &Value) -> Result<T> {
    T::deserialize(value).map_err(|_| Error::undecodable::<T>(&value.to_string().into()))
}

impl Operation for GetPermissions {
    type Output = Permissions;
}

impl FromReply<OpaqueValue> for Permissions {
    fn from_reply(reply: OpaqueValue, meta: &mut ResponseMeta) -> Result<Self> {
        Permissions::read(reply, meta.status)
    }
}

impl Operation for GetCompanyPermissions {
    type Output = Vec<String>;
}

impl FromReply<CompanyPermissionsReply> for Vec<String> {
    fn from_reply(reply: CompanyPermissionsReply, _: &mut ResponseMeta) -> Result<Self> {
        Ok(reply.permissions)
    }
}
