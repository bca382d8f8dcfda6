//! Checking statements against the service's schema.

use std::sync::{Arc, OnceLock};

use cedar_policy::{PolicySet, Schema, ValidationMode, Validator};
use serde_json::{Value, json};

use super::super::{CedarSchema, CedarValidation, PolicyStatement};
use super::syntax::{one_line, policy};
use crate::{Error, ErrorKind, Result};

/// The schema as Cedar reads it: read once, when it is first needed, and shared by clones.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Compiled(Arc<OnceLock<std::result::Result<Validator, String>>>);

impl CedarSchema {
    /// Checks a statement as [`Public::validate`](super::super::Public::validate) does, without a request: whether it is
    /// one policy in Cedar, and whether it fits this schema, strictly.
    ///
    /// It is the verdict of Cedar itself in its strict mode, which the service's own should be; the codes and the wording
    /// of what is wrong may differ. An empty statement isn't valid here, and is refused before it is sent there.
    ///
    /// # Errors
    /// An error about the schema, when Cedar can't read it. A statement that isn't valid is no error: the reply says so.
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
