//! Assignments: who gets which role, where, and on what content.

use account_provisioning_core::{Error, IntoId, MakeError as _, Result};
use serde_json::{Map, Value};

use super::{AssignedPrincipal, AssignedRole, PolicyParameters, Principal, RoleId, Scope, types};

/// A role to assign to a principal or to take away from it; for
/// [`Principals::add_roles`](super::principals::Principals::add_roles) and `remove_roles`.
///
/// **The service takes the level (account or product environment) from the role, and only the id of the environment from
/// the scope**: a role of the account that is assigned with an environment as its scope may apply to the whole account.
/// An argument that can't be sent, such as an empty folder id, is reported when the call is awaited. What
/// [`Principals::roles`](super::principals::Principals::roles) returns converts into an assignment.
///
/// # Examples
/// ```
/// use account_provisioning::cloudinary::{PolicyParameters, RoleAssignment, Scope};
///
/// let scope = Scope::product_environment("0aaaaa1bbbbb2ccccc");
/// let on_one_folder =
///     RoleAssignment::new("cld::role::folder::contributor", scope, PolicyParameters::folder("fg3841spr"));
/// let everywhere = RoleAssignment::without_parameters("cld::role::account::admin", Scope::Account);
/// # let _ = (on_one_folder, everywhere);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RoleAssignment(std::result::Result<types::RoleAssignment, String>);

impl RoleAssignment {
    /// A role limited to certain content: for roles whose permission type is `content`.
    pub fn new(
        role: impl IntoId<RoleId>,
        scope: impl TryInto<Scope, Error: Into<Error>>,
        parameters: impl Into<PolicyParameters>,
    ) -> Self {
        Self::checked(role, scope, Some(parameters.into()))
    }

    /// A role without limits to its content: for roles whose permission type is `global`.
    ///
    /// **A role that could be limited to a folder applies to all folders when it is assigned this way.** That is why the
    /// name is so long.
    pub fn without_parameters(role: impl IntoId<RoleId>, scope: impl TryInto<Scope, Error: Into<Error>>) -> Self {
        Self::checked(role, scope, None)
    }

    fn checked(
        role: impl IntoId<RoleId>,
        scope: impl TryInto<Scope, Error: Into<Error>>,
        parameters: Option<PolicyParameters>,
    ) -> Self {
        let body = role.into_id().map_err(Error::from).and_then(|id| {
            let (scope_id, policy_parameters) = limits(scope, parameters)?;
            Ok(types::RoleAssignment {
                id,
                policy_parameters,
                scope_id,
            })
        });
        Self(body.map_err(|problem| problem.to_string()))
    }

    pub(super) fn into_body(self) -> Result<types::RoleAssignment> {
        self.0.map_err(Error::invalid_input)
    }
}

/// The assignment that a principal has, as it is: to take it away, or to give it to another principal.
impl From<&AssignedRole> for RoleAssignment {
    fn from(role: &AssignedRole) -> Self {
        Self(Ok(types::RoleAssignment {
            id: role.id.clone(),
            policy_parameters: as_assigned(&role.policy_parameters),
            scope_id: role.scope_id.clone(),
        }))
    }
}

impl From<AssignedRole> for RoleAssignment {
    fn from(role: AssignedRole) -> Self {
        Self::from(&role)
    }
}

/// A principal that gets a role or loses it; for [`Roles::add_principals`](super::roles::Roles::add_principals) and
/// `remove_principals`.
///
/// An argument that can't be sent, such as an empty folder id, is reported when the call is awaited.
#[derive(Clone, Debug, PartialEq)]
pub struct PrincipalAssignment(std::result::Result<types::PrincipalAssignment, String>);

impl PrincipalAssignment {
    /// A principal that has the role on certain content: for roles whose permission type is `content`.
    pub fn new(
        principal: impl TryInto<Principal, Error: Into<Error>>,
        scope: impl TryInto<Scope, Error: Into<Error>>,
        parameters: impl Into<PolicyParameters>,
    ) -> Self {
        Self::checked(principal, scope, Some(parameters.into()))
    }

    /// A principal that has the role without limits to its content: for roles whose permission type is `global`.
    ///
    /// **A role that could be limited to a folder applies to all folders when it is assigned this way.** That is why the
    /// name is so long.
    pub fn without_parameters(
        principal: impl TryInto<Principal, Error: Into<Error>>,
        scope: impl TryInto<Scope, Error: Into<Error>>,
    ) -> Self {
        Self::checked(principal, scope, None)
    }

    fn checked(
        principal: impl TryInto<Principal, Error: Into<Error>>,
        scope: impl TryInto<Scope, Error: Into<Error>>,
        parameters: Option<PolicyParameters>,
    ) -> Self {
        let body = Principal::parts_of(principal).and_then(|(principal_type, principal_id)| {
            let (scope_id, policy_parameters) = limits(scope, parameters)?;
            Ok(types::PrincipalAssignment {
                policy_parameters,
                principal_id,
                principal_type,
                scope_id: scope_id.map(Into::into),
            })
        });
        Self(body.map_err(|problem| problem.to_string()))
    }

    pub(super) fn into_body(self) -> Result<types::PrincipalAssignment> {
        self.0.map_err(Error::invalid_input)
    }
}

/// The assignment of a role that a principal has, as it is: to take it away, or to assign another role in the same way. The
/// short form doesn't say how the role is limited, so it is an argument that can't be sent: list the principals with
/// `verbose(true)`.
impl From<&AssignedPrincipal> for PrincipalAssignment {
    fn from(principal: &AssignedPrincipal) -> Self {
        let body = Scope::try_from(principal).map(|_| types::PrincipalAssignment {
            policy_parameters: as_assigned(&principal.policy_parameters),
            principal_id: principal.id.clone(),
            principal_type: principal.type_.clone(),
            scope_id: principal.scope_id.clone().map(Into::into),
        });
        Self(body.map_err(|problem| problem.to_string()))
    }
}

impl From<AssignedPrincipal> for PrincipalAssignment {
    fn from(principal: AssignedPrincipal) -> Self {
        Self::from(&principal)
    }
}

/// The parameters of an assignment that a reply contains. One without any has none.
fn as_assigned(parameters: &Map<String, Value>) -> Option<Map<String, Value>> {
    (!parameters.is_empty()).then(|| parameters.clone())
}

/// What an assignment is limited to: the id of an environment, and content in it.
type Limits = (Option<String>, Option<Map<String, Value>>);

fn limits(scope: impl TryInto<Scope, Error: Into<Error>>, parameters: Option<PolicyParameters>) -> Result<Limits> {
    let (_, scope_id) = Scope::parts_of(scope)?;
    Ok((scope_id, parameters.map(PolicyParameters::body).transpose()?))
}

/// Makes the list of a body.
///
/// # Errors
/// The first item that can't be sent; and an input error for an empty list, since the vendor doesn't document what that
/// means.
pub(super) fn bodies<A, B>(
    field: &str,
    items: impl IntoIterator<Item = A>,
    body: impl Fn(A) -> Result<B>,
) -> Result<Vec<B>> {
    let bodies: Vec<B> = items.into_iter().map(body).collect::<Result<_>>()?;
    if bodies.is_empty() {
        return Err(Error::invalid_input(format!(
            "`{field}`: the list is empty; name at least one, or skip the call"
        )));
    }
    Ok(bodies)
}
