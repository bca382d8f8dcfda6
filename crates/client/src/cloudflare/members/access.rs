//! What a member may do: by roles, or by policies.

use account_provisioning_core::{Error, IdError, IntoId, MakeError as _, Result};

use super::super::types::MemberPolicyRequest;
use super::super::{Role, RoleId};
use super::MemberPolicy;

/// What a member may do, in one of the two forms that the service accepts. It takes one of them at a time: if both are
/// sent, policies win over roles.
///
/// The call that gets it reports what is wrong with it, such as an id that is not valid.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum MemberAccess {
    /// Everything that these roles permit, on the whole account.
    Roles(Vec<MemberRole>),
    /// What these policies allow and deny.
    Policies(Vec<MemberPolicy>),
}

impl MemberAccess {
    /// Access by roles: their ids, or [`Role`] values that the service returned.
    ///
    /// # Examples
    /// ```
    /// use account_provisioning::cloudflare::MemberAccess;
    ///
    /// let access = MemberAccess::roles(["3536bcfad5faccb999b47003c79917fb"]);
    /// ```
    pub fn roles(roles: impl IntoIterator<Item = impl Into<MemberRole>>) -> Self {
        Self::Roles(roles.into_iter().map(Into::into).collect())
    }

    /// Access by policies.
    pub fn policies(policies: impl IntoIterator<Item = MemberPolicy>) -> Self {
        Self::Policies(policies.into_iter().collect())
    }

    /// Checks the ids, and refuses access without a role or policy, which would take all access from a member.
    pub(super) fn check(self) -> Result<Checked> {
        let (field, empty) = match &self {
            Self::Roles(roles) => ("roles", roles.is_empty()),
            Self::Policies(policies) => ("policies", policies.is_empty()),
        };
        if empty {
            let message =
                format!("`{field}`: an empty list would leave no access; to end a membership, remove the member");
            return Err(Error::invalid_input(message));
        }
        match self {
            Self::Roles(roles) => {
                let roles: Result<_, IdError> = roles.into_iter().map(|role| role.0).collect();
                Ok(Checked::Roles(roles?))
            }
            Self::Policies(policies) => {
                let policies: Result<_> = policies.iter().map(MemberPolicy::body).collect();
                Ok(Checked::Policies(policies?))
            }
        }
    }
}

/// What a member may do, checked.
pub(super) enum Checked {
    Roles(Vec<RoleId>),
    Policies(Vec<MemberPolicyRequest>),
}

/// A role that a member gets: made from its id, or from a [`Role`] that the service returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRole(Result<RoleId, IdError>);

impl From<RoleId> for MemberRole {
    fn from(id: RoleId) -> Self {
        Self(id.into_id())
    }
}

impl From<&RoleId> for MemberRole {
    fn from(id: &RoleId) -> Self {
        Self(id.into_id())
    }
}

impl From<&str> for MemberRole {
    fn from(id: &str) -> Self {
        Self(id.into_id())
    }
}

impl From<String> for MemberRole {
    fn from(id: String) -> Self {
        Self(id.into_id())
    }
}

impl From<&String> for MemberRole {
    fn from(id: &String) -> Self {
        Self(id.into_id())
    }
}

impl From<Role> for MemberRole {
    fn from(role: Role) -> Self {
        role.id.into()
    }
}

impl From<&Role> for MemberRole {
    fn from(role: &Role) -> Self {
        (&role.id).into()
    }
}
