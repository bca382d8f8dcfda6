//! What a member may do: by roles, or by policies.

use account_provisioning_api::cloudflare::types;

use super::super::{Role, RoleId};
use super::MemberPolicy;
use crate::{Error, Result};

/// What a member may do, in one of the two forms that the service knows. It takes one of them at a time: policies win
/// over roles.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum MemberAccess {
    /// Everything that these roles permit, on the whole account.
    Roles(Vec<MemberRole>),
    /// What these policies say.
    Policies(Vec<MemberPolicy>),
}

impl MemberAccess {
    /// Access by roles: ids, or [`Role`] values of a reply.
    ///
    /// # Errors
    /// An input error for an id that can't be one.
    ///
    /// # Examples
    /// ```
    /// use account_provisioning::cloudflare::MemberAccess;
    ///
    /// let access = MemberAccess::roles(["3536bcfad5faccb999b47003c79917fb"])?;
    /// assert!(MemberAccess::roles([".."]).is_err());
    /// # Ok::<(), account_provisioning::Error>(())
    /// ```
    pub fn roles(roles: impl IntoIterator<Item = impl TryInto<MemberRole, Error: Into<Error>>>) -> Result<Self> {
        let roles = roles.into_iter().map(|role| role.try_into().map_err(Into::into));
        roles.collect::<Result<_>>().map(Self::Roles)
    }

    /// Access by policies.
    pub fn policies(policies: impl IntoIterator<Item = MemberPolicy>) -> Self {
        Self::Policies(policies.into_iter().collect())
    }

    /// Refuses access that names nothing, which would take a member everything.
    pub(super) fn check(&self) -> Result<()> {
        let (field, empty) = match self {
            Self::Roles(roles) => ("roles", roles.is_empty()),
            Self::Policies(policies) => ("policies", policies.is_empty()),
        };
        if empty {
            let message =
                format!("`{field}`: an empty list would leave no access; to end a membership, remove the member");
            return Err(Error::invalid_input(message));
        }
        Ok(())
    }

    pub(super) fn policy_bodies(policies: &[MemberPolicy]) -> Result<Vec<types::MemberPolicyRequest>> {
        policies.iter().map(MemberPolicy::body).collect()
    }
}

/// A role that a member is given: by its id, or whole.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum MemberRole {
    /// The role with this id.
    Id(RoleId),
    /// A role as the service described it.
    Whole(Box<Role>),
}

impl MemberRole {
    /// The role's id, as it is sent when a member is added.
    pub(super) fn id(&self) -> Result<RoleId> {
        match self {
            Self::Id(id) => Ok(id.clone()),
            Self::Whole(role) => RoleId::new(role.id.as_str()).map_err(Into::into),
        }
    }
}

impl From<RoleId> for MemberRole {
    fn from(id: RoleId) -> Self {
        Self::Id(id)
    }
}

impl From<&RoleId> for MemberRole {
    fn from(id: &RoleId) -> Self {
        Self::Id(id.clone())
    }
}

impl From<Role> for MemberRole {
    fn from(role: Role) -> Self {
        Self::Whole(Box::new(role))
    }
}

impl From<&Role> for MemberRole {
    fn from(role: &Role) -> Self {
        Self::Whole(Box::new(role.clone()))
    }
}

impl TryFrom<&str> for MemberRole {
    type Error = Error;

    fn try_from(id: &str) -> Result<Self> {
        Ok(Self::Id(RoleId::new(id)?))
    }
}

impl TryFrom<String> for MemberRole {
    type Error = Error;

    fn try_from(id: String) -> Result<Self> {
        Ok(Self::Id(RoleId::new(id)?))
    }
}

impl TryFrom<&String> for MemberRole {
    type Error = Error;

    fn try_from(id: &String) -> Result<Self> {
        Self::try_from(id.as_str())
    }
}
