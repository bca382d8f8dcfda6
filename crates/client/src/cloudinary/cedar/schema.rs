//! Checking statements against the service's schema.

use std::sync::{Arc, OnceLock};

use account_provisioning_core::{Error, ErrorKind, MakeError as _, Result};
use cedar_policy::{EntityTypeName, Schema, ValidationMode, Validator};
use serde_json::{Value, json};

use super::super::{CedarSchema, CedarValidation, PolicyStatement};
use super::problem::one_line;
use super::syntax::policies;

/// The attribute with the ids of the folders and collections that something is in, directly or not.
pub(super) const ANCESTOR_IDS: &str = "ancestor_ids";

/// The service's code for a statement that Cedar refuses.
const REFUSED_STATEMENT: &str = "ACCOUNTS_00002";

/// The schema as Cedar reads it. It is read when it is first needed, and clones share it.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Compiled(Arc<OnceLock<std::result::Result<Validator, String>>>);

impl CedarSchema {
    /// Checks a statement as [`Public::validate`](super::super::Public::validate) does, without a request: whether it is
    /// Cedar, and whether each of its policies fits this schema, strictly.
    ///
    /// Cedar itself decides, in its strict mode, as it should at the service. Each problem has the code that the service
    /// uses. The messages are Cedar's own and say more than the service's, such as `invalid_principal`. Here, an empty
    /// statement isn't valid; `Public::validate` refuses it before it is sent.
    ///
    /// # Errors
    /// A [decode error](crate::Error::is_decode) when Cedar can't read the schema. A statement that isn't valid is not an
    /// error: the returned value says so.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudinary;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let public = cloudinary::Client::builder().base_url(emulator.cloudinary().base_url()).build_public()?;
    /// let schema = public.cedar_schema().await?;
    /// let verdict = schema.validate("permit (principal, action == Cloudinary::Action::\"fly\", resource);")?;
    /// assert!(!verdict.valid);
    /// # Ok(())
    /// # }
    /// ```
    pub fn validate(&self, statement: impl Into<PolicyStatement>) -> Result<CedarValidation> {
        let validator = self.validator()?;
        let statement = statement.into();
        let errors: Vec<Value> = match policies(statement.as_str()) {
            Err(error) => vec![complaint(&error.to_string())],
            Ok(policies) => validator
                .validate(&policies, ValidationMode::Strict)
                .validation_errors()
                .map(|error| complaint(&error.to_string()))
                .collect(),
        };
        let verdict = json!({ "valid": errors.is_empty(), "errors": errors });
        serde_json::from_value(verdict).map_err(|error| unreadable(&error.to_string()))
    }

    pub(super) fn compiled(&self) -> Result<&Schema> {
        self.validator().map(Validator::schema)
    }

    /// Whether entities of this type have the attribute with the ids of the folders and collections above them.
    pub(super) fn has_ancestor_ids(&self, kind: &EntityTypeName) -> bool {
        let namespace = self.as_json().get(&kind.namespace());
        let shape = namespace.and_then(|namespace| namespace.get("entityTypes")?.get(kind.basename())?.get("shape"));
        let attributes = namespace
            .zip(shape)
            .and_then(|(namespace, shape)| attributes(namespace, shape));
        attributes.is_some_and(|attributes| attributes.get(ANCESTOR_IDS).is_some())
    }

    fn validator(&self) -> Result<&Validator> {
        self.compiled
            .0
            .get_or_init(|| {
                Schema::from_json_value(Value::Object(self.as_json().clone()))
                    .map(Validator::new)
                    .map_err(|error| one_line(&error.to_string()))
            })
            .as_ref()
            .map_err(|problem| unreadable(problem))
    }
}

/// The attributes of a record, which may be defined under a name.
fn attributes<'a>(namespace: &'a Value, shape: &'a Value) -> Option<&'a Value> {
    if let Some(attributes) = shape.get("attributes") {
        return Some(attributes);
    }
    let name = shape.get("name").or_else(|| shape.get("type"))?.as_str()?;
    let name = name.rsplit("::").next()?;
    // Cedar refuses a schema in which a definition contains itself.
    attributes(namespace, namespace.get("commonTypes")?.get(name)?)
}

fn complaint(message: &str) -> Value {
    json!({ "cedar_code": REFUSED_STATEMENT, "cedar_message": one_line(message) })
}

fn unreadable(problem: &str) -> Error {
    let message = format!("the cedar schema can't be used: {}; fetch it again", one_line(problem));
    Error::new(ErrorKind::Decode, message)
}
