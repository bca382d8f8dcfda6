//! Parses, validates and evaluates policy statements with Cedar.

use std::str::FromStr as _;
use std::sync::LazyLock;

use cedar_policy::{
    ActionConstraint, EntityTypeName, EntityUid, Policy, PolicySet, PrincipalConstraint, ResourceConstraint, Schema,
    ValidationMode, Validator,
};

use super::catalog;
use super::error::REFUSED_STATEMENT;
use super::principal::Principal;
use crate::cloudinary::state::Account;

/// A problem with a statement.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub(super) struct Complaint {
    cedar_code: &'static str,
    pub(super) cedar_message: String,
}

impl Complaint {
    fn new(cedar_message: impl ToString) -> Self {
        Self {
            cedar_code: REFUSED_STATEMENT,
            cedar_message: cedar_message.to_string(),
        }
    }
}

static VALIDATOR: LazyLock<Result<Validator, String>> = LazyLock::new(|| {
    Schema::from_json_value(catalog::cedar_schema())
        .map(Validator::new)
        .map_err(|error| error.to_string())
});

/// Parses a statement: one policy, or several one after the other. Templates are rejected.
pub(super) fn parse(statement: &str) -> Result<PolicySet, Vec<Complaint>> {
    let policies =
        PolicySet::from_str(statement).map_err(|errors| errors.iter().map(Complaint::new).collect::<Vec<_>>())?;
    if policies.num_of_templates() > 0 {
        return Err(vec![Complaint::new("a statement can't contain templates")]);
    }
    if policies.is_empty() {
        return Err(vec![Complaint::new("the statement contains no policy")]);
    }
    Ok(policies)
}

/// Checks that the text is a statement whose policies pass strict validation against the schema.
pub(super) fn check(statement: &str) -> Result<(), Vec<Complaint>> {
    let policies = parse(statement)?;
    let validator = validator().map_err(|reason| vec![Complaint::new(reason)])?;
    let mut complaints: Vec<Complaint> = policies
        .policies()
        .filter_map(|policy| unknown_in_head(policy, validator.schema()))
        .map(Complaint::new)
        .collect();
    if complaints.is_empty() {
        let result = validator.validate(&policies, ValidationMode::Strict);
        complaints.extend(result.validation_errors().map(Complaint::new));
    }
    match complaints.is_empty() {
        true => Ok(()),
        false => Err(complaints),
    }
}

pub(super) fn validator() -> Result<&'static Validator, &'static str> {
    VALIDATOR.as_ref().map_err(String::as_str)
}

/// Returns the vendor's word for the first part of a policy's head that names something unknown. The vendor shows
/// `invalid_principal`; the other two are made up in the same form.
fn unknown_in_head(policy: &Policy, schema: &Schema) -> Option<&'static str> {
    let knows = |kind: &EntityTypeName| schema.entity_types().any(|known| known == kind);
    let knows_action = |uid: &EntityUid| schema.actions().any(|known| known == uid);
    let principal = match policy.principal_constraint() {
        PrincipalConstraint::Any => true,
        PrincipalConstraint::Eq(uid) | PrincipalConstraint::In(uid) => knows(uid.type_name()),
        PrincipalConstraint::Is(kind) => knows(&kind),
        PrincipalConstraint::IsIn(kind, uid) => knows(&kind) && knows(uid.type_name()),
    };
    let action = match policy.action_constraint() {
        ActionConstraint::Any => true,
        ActionConstraint::Eq(uid) => knows_action(&uid),
        ActionConstraint::In(uids) => uids.iter().all(knows_action),
    };
    let resource = match policy.resource_constraint() {
        ResourceConstraint::Any => true,
        ResourceConstraint::Eq(uid) | ResourceConstraint::In(uid) => knows(uid.type_name()),
        ResourceConstraint::Is(kind) => knows(&kind),
        ResourceConstraint::IsIn(kind, uid) => knows(&kind) && knows(uid.type_name()),
    };
    match (principal, action, resource) {
        (false, _, _) => Some("invalid_principal"),
        (_, false, _) => Some("invalid_action"),
        (_, _, false) => Some("invalid_resource"),
        _ => None,
    }
}

/// Returns whether the head of one of a statement's policies matches the principal, directly or as a member of a group.
///
/// An invalid statement matches nobody; a state cannot contain one.
pub(super) fn applies_to(statement: &str, account: &Account, principal: &Principal) -> bool {
    let own = principal.cedar_type();
    let is = |uid: &EntityUid| uid.type_name().to_string() == own && uid.id().unescaped() == principal.id;
    let within = |uid: &EntityUid| {
        is(uid)
            || (uid.type_name().to_string() == "Cloudinary::Group"
                && principal.groups(account).any(|group| group == uid.id().unescaped()))
    };
    parse(statement).is_ok_and(|policies| {
        policies.policies().any(|policy| match policy.principal_constraint() {
            PrincipalConstraint::Any => true,
            PrincipalConstraint::Eq(uid) => is(&uid),
            PrincipalConstraint::In(uid) => within(&uid),
            PrincipalConstraint::Is(kind) => kind.to_string() == own,
            PrincipalConstraint::IsIn(kind, uid) => kind.to_string() == own && within(&uid),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn validator_is_made_of_the_schema() {
        assert!(validator().is_ok(), "{:?}", validator().err());
    }

    #[test]
    fn parse_takes_several_policies_and_refuses_none_and_templates() {
        for (text, policies) in [
            ("permit (principal, action, resource);", Some(1)),
            (
                "permit (principal, action, resource); permit (principal, action, resource);",
                Some(2),
            ),
            (
                "@id(\"x\") permit (principal, action, resource);\n// again\n@id(\"x\") forbid (principal, action, resource);",
                Some(2),
            ),
            ("", None),
            ("// nothing", None),
            ("permit", None),
            ("permit (principal, action, resource)", None),
            ("permit (principal, action, resource); permit", None),
            ("permit (principal == ?principal, action, resource);", None),
            (
                "permit (principal, action, resource); permit (principal, action, resource in ?resource);",
                None,
            ),
        ] {
            let parsed = parse(text);
            assert_eq!(
                parsed.as_ref().ok().map(PolicySet::num_of_policies),
                policies,
                "{text}: {parsed:?}"
            );
        }
    }
}
