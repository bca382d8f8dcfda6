//! Checking statements against the service's schema.

use std::sync::{Arc, OnceLock};

use account_provisioning_core::{Error, ErrorKind, MakeError as _, Result};
use cedar_policy::{PolicySet, Schema, ValidationMode, Validator};
use serde_json::{Value, json};

use super::super::{CedarSchema, CedarValidation, PolicyStatement};
use super::problem::one_line;
use super::syntax::policy;

/// The schema as Cedar reads it. It is read when it is first needed, and clones share it.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Compiled(Arc<OnceLock<std::result::Result<Validator, String>>>);

impl CedarSchema {
    /// Checks a statement as [`Public::validate`](super::super::Public::validate) does, without a request: whether it is
    /// one policy in Cedar, and whether it fits this schema, strictly.
    ///
    /// Cedar itself decides, in its strict mode, as it should at the service; the codes and the wording of problems may
    /// differ. Here, an empty statement isn't valid; `Public::validate` refuses it before it is sent.
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
        let errors = match policy(statement.as_str()) {
            Err(error) => vec![complaint("parse_error", &error.to_string())],
            Ok(policy) => {
                let set = PolicySet::from_policies([policy]).map_err(|error| unreadable(&error.to_string()))?;
                let result = validator.validate(&set, ValidationMode::Strict);
                result
                    .validation_errors()
                    .map(|error| complaint("validation_error", &error.to_string()))
                    .collect()
            }
        };
        let verdict = json!({ "valid": errors.is_empty(), "errors": errors });
        serde_json::from_value(verdict).map_err(|error| unreadable(&error.to_string()))
    }

    pub(super) fn compiled(&self) -> Result<&Schema> {
        self.validator().map(Validator::schema)
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

fn complaint(code: &str, message: &str) -> Value {
    json!({ "cedar_code": code, "cedar_message": one_line(message) })
}

fn unreadable(problem: &str) -> Error {
    let message = format!("the cedar schema can't be used: {}; fetch it again", one_line(problem));
    Error::new(ErrorKind::Decode, message)
}
