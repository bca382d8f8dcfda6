//! What everybody may see: the catalog of system roles and policies, the Cedar schema, and a check of statements.
//!
//! The vendor opens these operations to the public. They belong to no account, need no credentials, and send none, also
//! when they are reached through a client that has some.

use account_provisioning_api::cloudinary as low;
use account_provisioning_api::cloudinary::types;
use account_provisioning_core::{CallOptions, ErrorKind};
use serde_json::{Map, Value};

use super::{CedarSchema, CedarValidation, PolicyStatement};
use crate::Error;
use crate::call::Call;
use crate::started::{Started, operation};

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
    low: low::Client,
}

impl Public {
    pub(super) fn new(low: low::Client) -> Self {
        Self { low }
    }

    fn start(&self, options: CallOptions) -> Started<low::Client, ()> {
        Started::new((), options, |call| self.low.for_call(call))
    }

    /// The generated client under this one, as [`Client::low_level`](super::Client::low_level); one made without
    /// credentials refuses the operations that need some.
    #[must_use]
    pub fn low_level(&self) -> &low::Client {
        &self.low
    }

    /// Fetches the catalog of the roles and policies that Cloudinary predefines (`getSystemRolesAndPoliciesCatalog`).
    /// The vendor documents nothing of its form.
    ///
    /// # Errors
    /// A [decode error](Error::is_decode) when the reply holds no catalog.
    pub fn catalog(&self) -> Call<GetCatalog> {
        Call::new(GetCatalog { target: self.clone() })
    }

    /// Checks a policy statement (`validateCedarPolicy`). Nothing is stored. A statement that isn't valid is no error:
    /// the reply says so, and why.
    ///
    /// With the feature `cedar`, `CedarSchema::validate` says the same without a request.
    ///
    /// # Errors
    /// An input error for an empty statement.
    pub fn validate(&self, statement: impl Into<PolicyStatement>) -> Call<ValidatePolicy> {
        Call::try_new(statement.into().text().map(|policy| ValidatePolicy {
            target: self.clone(),
            body: types::ValidateCedarPolicyRequest { policy },
        }))
    }

    /// Fetches the schema that statements are checked against (`getCedarSchema`): the entities and actions that a
    /// statement can name.
    ///
    /// # Errors
    /// A [decode error](Error::is_decode) when the reply holds no schema.
    pub fn cedar_schema(&self) -> Call<GetCedarSchema> {
        Call::new(GetCedarSchema { target: self.clone() })
    }
}

impl std::fmt::Debug for Public {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        use low::ClientInfo as _;
        f.debug_struct("Public")
            .field("base_url", &self.low.baseurl())
            .finish_non_exhaustive()
    }
}

/// Fetches the catalog; made by [`Public::catalog`].
#[derive(Debug)]
pub struct GetCatalog {
    target: Public,
}
operation!(
    GetCatalog -> Map<String, Value>,
    |_call, low| low.get_system_roles_and_policies_catalog(),
    |reply| present(reply.catalog, "catalog", "getSystemRolesAndPoliciesCatalog")
);

/// Checks a statement; made by [`Public::validate`].
#[derive(Debug)]
pub struct ValidatePolicy {
    target: Public,
    body: types::ValidateCedarPolicyRequest,
}
operation!(
    ValidatePolicy -> CedarValidation,
    |call, low| low.validate_cedar_policy(&call.body),
    |reply| Ok(reply)
);

/// Fetches the Cedar schema; made by [`Public::cedar_schema`].
#[derive(Debug)]
pub struct GetCedarSchema {
    target: Public,
}
operation!(
    GetCedarSchema -> CedarSchema,
    |_call, low| low.get_cedar_schema(),
    |reply| present(reply.schema, "schema", "getCedarSchema").map(CedarSchema::new)
);

/// Refuses a reply without its one part, which must not pass for one that is empty.
fn present(part: Map<String, Value>, name: &str, operation: &'static str) -> crate::Result<Map<String, Value>> {
    if part.is_empty() {
        let message = format!("the service answered with success, but the reply's `{name}` is empty or missing");
        return Err(Error::new(ErrorKind::Decode, message).with_operation(operation));
    }
    Ok(part)
}
