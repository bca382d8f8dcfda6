//! Public operations: the catalog of system roles and policies, the Cedar schema, and a check of statements.
//!
//! These operations belong to no account. They need no credentials and send none, even through a client that has some.

use account_provisioning_core::{Error, ErrorKind, MakeError as _, ResponseMeta, Result, Transport};
use serde_json::{Map, Value};

use super::requests::{GetCedarSchema, GetSystemRolesAndPoliciesCatalog, ValidateCedarPolicy};
use super::types::{CedarSchemaReply, SystemCatalogReply, ValidateCedarPolicyRequest};
use super::{CedarSchema, CedarValidation, PolicyStatement};
use crate::call::{Call, FromReply, Operation};

/// The public operations; see [`Client::public`](super::Client::public), and
/// [`ClientBuilder::build_public`](super::ClientBuilder::build_public) for a program without an account.
///
/// # Examples
/// ```
/// # use account_provisioning::cloudinary;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = account_provisioning_emulator::Emulator::start().await?;
/// // In a program: `cloudinary::Client::builder().build_public()?`, without account and credentials.
/// let public = cloudinary::Client::builder().base_url(emulator.cloudinary().base_url()).build_public()?;
///
/// let verdict = public.validate("permit (principal, action, resource").await?;
/// assert!(!verdict.valid);
/// println!("{}", verdict.errors[0].cedar_message);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Public {
    low: Transport,
}

impl Public {
    pub(super) fn new(low: Transport) -> Self {
        Self { low }
    }

    /// What sends the requests, as [`Client::low_level`](super::Client::low_level). When made without credentials, it
    /// refuses the operations that need some.
    #[must_use]
    pub fn low_level(&self) -> &Transport {
        &self.low
    }

    /// Fetches the catalog of the roles and policies that Cloudinary predefines (`getSystemRolesAndPoliciesCatalog`).
    /// The vendor does not document its form.
    ///
    /// # Errors
    /// A [decode error](crate::Error::is_decode) when the response contains no catalog.
    #[doc(alias = "public.get_catalog")]
    pub fn catalog(&self) -> Call<GetSystemRolesAndPoliciesCatalog> {
        Call::new(&self.low, GetSystemRolesAndPoliciesCatalog::new())
    }

    /// Checks a policy statement (`validateCedarPolicy`). Nothing is stored. A statement that isn't valid is no error:
    /// the returned value says that it isn't, and why.
    ///
    /// With the feature `cedar`, `CedarSchema::validate` does the same without a request.
    ///
    /// # Errors
    /// An input error for an empty statement.
    #[doc(alias = "public.validate_policy")]
    pub fn validate(&self, statement: impl Into<PolicyStatement>) -> Call<ValidateCedarPolicy> {
        let policy = statement.into().text();
        let request = policy.map(|policy| ValidateCedarPolicy::new(ValidateCedarPolicyRequest { policy }));
        Call::try_new(&self.low, request)
    }

    /// Fetches the schema that statements are checked against (`getCedarSchema`): the entities and actions that a
    /// statement can name.
    ///
    /// # Errors
    /// A [decode error](crate::Error::is_decode) when the response contains no schema.
    #[doc(alias = "public.get_schema")]
    pub fn cedar_schema(&self) -> Call<GetCedarSchema> {
        Call::new(&self.low, GetCedarSchema::new())
    }
}

impl std::fmt::Debug for Public {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Public")
            .field("base_url", &self.low.base_url().as_str())
            .finish_non_exhaustive()
    }
}

impl Operation for GetSystemRolesAndPoliciesCatalog {
    type Output = Map<String, Value>;
}

impl FromReply<SystemCatalogReply> for Map<String, Value> {
    fn from_reply(reply: SystemCatalogReply, _: &mut ResponseMeta) -> Result<Self> {
        present(reply.catalog, "catalog")
    }
}

impl Operation for ValidateCedarPolicy {
    type Output = CedarValidation;
}

impl Operation for GetCedarSchema {
    type Output = CedarSchema;
}

impl FromReply<CedarSchemaReply> for CedarSchema {
    fn from_reply(reply: CedarSchemaReply, _: &mut ResponseMeta) -> Result<Self> {
        present(reply.schema, "schema").map(CedarSchema::new)
    }
}

/// Refuses a response without its one field, which must not pass for an empty one.
fn present(field: Map<String, Value>, name: &str) -> Result<Map<String, Value>> {
    if field.is_empty() {
        let message = format!("the service answered with success, but the response's `{name}` is empty or missing");
        return Err(Error::new(ErrorKind::Decode, message));
    }
    Ok(field)
}
