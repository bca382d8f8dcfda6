//! Parses and validates policy statements with Cedar.

use std::sync::LazyLock;

use cedar_policy::{
    EntityUid, Policy, PolicySet, PrincipalConstraint, Schema, ValidationError, ValidationMode, Validator,
};

use super::catalog;
use super::principal::Principal;
use crate::cloudinary::state::Account;

/// A problem with a statement.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub(super) struct Complaint {
    cedar_code: &'static str,
    pub(super) cedar_message: String,
}

static VALIDATOR: LazyLock<Result<Validator, String>> = LazyLock::new(|| {
    Schema::from_json_value(catalog::cedar_schema())
        .map(Validator::new)
        .map_err(|error| error.to_string())
});

/// Parses a single policy. Templates and policy sets are rejected.
pub(super) fn parse(statement: &str) -> Result<Policy, Vec<Complaint>> {
    Policy::parse(None, statement).map_err(|errors| {
        errors
            .iter()
            .map(|error| Complaint {
                cedar_code: "parse_error",
                cedar_message: error.to_string(),
            })
            .collect()
    })
}

/// Checks that the text is a single policy that passes strict validation against the schema.
pub(super) fn check(statement: &str) -> Result<(), Vec<Complaint>> {
    let policy = parse(statement)?;
    let internal = |cedar_message| {
        vec![Complaint {
            cedar_code: "internal_error",
            cedar_message,
        }]
    };
    let validator = VALIDATOR.as_ref().map_err(|reason| internal(reason.clone()))?;
    let set = PolicySet::from_policies([policy]).map_err(|error| internal(error.to_string()))?;
    let result = validator.validate(&set, ValidationMode::Strict);
    let complaints: Vec<Complaint> = result
        .validation_errors()
        .map(|error| Complaint {
            cedar_code: code(error),
            cedar_message: error.to_string(),
        })
        .collect();
    match complaints.is_empty() {
        true => Ok(()),
        false => Err(complaints),
    }
}

fn code(error: &ValidationError) -> &'static str {
    match error {
        ValidationError::UnrecognizedEntityType(_) => "unrecognized_entity_type",
        ValidationError::UnrecognizedActionId(_) => "unrecognized_action_id",
        ValidationError::InvalidActionApplication(_) => "invalid_action_application",
        ValidationError::UnexpectedType(_) => "unexpected_type",
        ValidationError::IncompatibleTypes(_) => "incompatible_types",
        ValidationError::UnsafeAttributeAccess(_) => "unsafe_attribute_access",
        ValidationError::UnsafeOptionalAttributeAccess(_) => "unsafe_optional_attribute_access",
        ValidationError::UndefinedFunction(_) => "undefined_function",
        ValidationError::WrongNumberArguments(_) => "wrong_number_arguments",
        ValidationError::FunctionArgumentValidation(_) => "function_argument_validation",
        ValidationError::EmptySetForbidden(_) => "empty_set_forbidden",
        ValidationError::HierarchyNotRespected(_) => "hierarchy_not_respected",
        _ => "validation_error",
    }
}

/// Returns whether a statement's head matches the principal, directly or as a member of a group.
///
/// An invalid statement matches nobody; a state cannot contain one.
pub(super) fn applies_to(statement: &str, account: &Account, principal: &Principal) -> bool {
    let Ok(policy) = parse(statement) else {
        return false;
    };
    let own = principal.cedar_type();
    let is = |uid: &EntityUid| uid.type_name().to_string() == own && uid.id().unescaped() == principal.id;
    let within = |uid: &EntityUid| {
        is(uid)
            || (uid.type_name().to_string() == "Cloudinary::Group"
                && principal.groups(account).any(|group| group == uid.id().unescaped()))
    };
    match policy.principal_constraint() {
        PrincipalConstraint::Any => true,
        PrincipalConstraint::Eq(uid) => is(&uid),
        PrincipalConstraint::In(uid) => within(&uid),
        PrincipalConstraint::Is(kind) => kind.to_string() == own,
        PrincipalConstraint::IsIn(kind, uid) => kind.to_string() == own && within(&uid),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn validator_is_made_of_the_schema() {
        assert!(VALIDATOR.is_ok(), "{:?}", VALIDATOR.as_ref().err());
    }

    #[test]
    fn check_of_what_is_no_single_policy_is_a_parse_error() {
        for text in [
            "",
            "permit",
            "permit (principal, action, resource)",
            "permit (principal == ?principal, action, resource);",
            "permit (principal, action, resource); permit (principal, action, resource);",
        ] {
            let complaints = check(text).err().unwrap_or_default();
            assert_eq!(
                complaints.first().map(|first| first.cedar_code),
                Some("parse_error"),
                "{text}"
            );
        }
    }
}
