//! Assignments: who gets which role, where, and on what content.

use account_provisioning_api::cloudinary::types;

use super::{PolicyParameters, Principal, RoleId, Scope};
use crate::{Error, Result};

/// A role to assign to a principal or to take away from it; for
/// [`Principals::add_roles`](super::principals::Principals::add_roles) and `remove_roles`.
///
/// **The service takes the level (account or product environment) from the role, and only which environment from the
/// scope**: a role of the account, assigned with an environment as its scope, may hold for the whole account.
/// Something that can't be sent, such as an empty folder id, is reported when the call is awaited.
///
/// # Examples
/// ```
/// use account_provisioning::cloudinary::{PolicyParameters, RoleAssignment, Scope};
///
/// let scope = Scope::product_environment("0aaaaa1bbbbb2ccccc")?;
/// let on_one_folder =
///     RoleAssignment::new("cld::role::folder::contributor", &scope, PolicyParameters::folder("fg3841spr"));
/// let everywhere = RoleAssignment::without_parameters("cld::role::account::admin", Scope::Account);
/// # let _ = (on_one_folder, everywhere);
/// # Ok::<(), account_provisioning::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct RoleAssignment(Checked<types::RoleAssignment>);

impl RoleAssignment {
    /// A role limited to certain content: for roles whose permission type is `content`.
    pub fn new(
        role: impl TryInto<RoleId, Error: Into<Error>>,
        scope: impl TryInto<Scope, Error: Into<Error>>,
        parameters: impl Into<PolicyParameters>,
    ) -> Self {
        Self::checked(role, scope, Some(parameters.into()))
    }

    /// A role without limits to its content: for roles whose permission type is `global`.
    ///
    /// **Assigned so, a role that could be limited to a folder holds for all of them**, hence the long name.
    pub fn without_parameters(
        role: impl TryInto<RoleId, Error: Into<Error>>,
        scope: impl TryInto<Scope, Error: Into<Error>>,
    ) -> Self {
        Self::checked(role, scope, None)
    }

    fn checked(
        role: impl TryInto<RoleId, Error: Into<Error>>,
        scope: impl TryInto<Scope, Error: Into<Error>>,
        parameters: Option<PolicyParameters>,
    ) -> Self {
        let role = role.try_into().map_err(Into::into);
        let reach = Reach::checked(scope.try_into().map_err(Into::into), parameters);
        Self(Checked::of(role.and_then(|role| {
            let Reach { scope_id, parameters } = reach?;
            Ok(types::RoleAssignment {
                id: role.into(),
                policy_parameters: parameters,
                scope_id,
            })
        })))
    }

    pub(super) fn into_body(self) -> Result<types::RoleAssignment> {
        self.0.into_result()
    }
}

/// A principal that gets a role or loses it; for [`Roles::add_principals`](super::roles::Roles::add_principals) and
/// `remove_principals`.
///
/// Something that can't be sent, such as an empty folder id, is reported when the call is awaited.
#[derive(Clone, Debug)]
pub struct PrincipalAssignment(Checked<types::PrincipalAssignment>);

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
    /// **Assigned so, a role that could be limited to a folder holds for all of them**, hence the long name.
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
        let principal = principal.try_into().map_err(Into::into);
        let reach = Reach::checked(scope.try_into().map_err(Into::into), parameters);
        Self(Checked::of(principal.and_then(|principal| {
            let Reach { scope_id, parameters } = reach?;
            Ok(types::PrincipalAssignment {
                policy_parameters: parameters,
                principal_id: principal.id().to_owned(),
                principal_type: principal.principal_type(),
                scope_id: scope_id.map(Into::into),
            })
        })))
    }

    pub(super) fn into_body(self) -> Result<types::PrincipalAssignment> {
        self.0.into_result()
    }
}

/// Where an assignment holds, as it is sent.
struct Reach {
    scope_id: Option<String>,
    parameters: Option<serde_json::Map<String, serde_json::Value>>,
}

impl Reach {
    fn checked(scope: Result<Scope>, parameters: Option<PolicyParameters>) -> Result<Self> {
        let (_, scope_id) = scope?.parts()?;
        let parameters = parameters.map(|parameters| parameters.body()).transpose()?;
        Ok(Self { scope_id, parameters })
    }
}

/// What is sent, or what is wrong with it.
#[derive(Clone, Debug)]
struct Checked<T>(std::result::Result<T, String>);

impl<T> Checked<T> {
    fn of(value: Result<T>) -> Self {
        Self(value.map_err(|problem| problem.to_string()))
    }

    fn into_result(self) -> Result<T> {
        self.0.map_err(Error::invalid_input)
    }
}

/// Takes assignments as a body carries them.
///
/// # Errors
/// The first that can't be sent; and an input error for none at all, since what the service makes of an empty list is
/// not documented.
pub(super) fn bodies<A, B>(
    field: &str,
    assignments: impl IntoIterator<Item = A>,
    body: impl Fn(A) -> Result<B>,
) -> Result<Vec<B>> {
    let bodies: Vec<B> = assignments.into_iter().map(body).collect::<Result<_>>()?;
    if bodies.is_empty() {
        return Err(Error::invalid_input(format!(
            "`{field}`: the list is empty; name at least one, or skip the call"
        )));
    }
    Ok(bodies)
}
