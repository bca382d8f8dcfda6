//! Who has roles.

use std::fmt;

use account_provisioning_core::{Error, Id, IntoId, MakeError as _, Result};

use super::types::PrincipalReference;
use super::{
    ApiKey, AssignedPrincipal, EffectivePrincipal, InspectedPrincipal, PrincipalType, ProvisioningKey, UserGroupId,
    UserId,
};

/// A user, a user group or a key: what roles can be assigned to.
///
/// A call that takes a principal also takes an id of any of these kinds ([`UserId`], [`UserGroupId`], [`ApiKey`],
/// [`ProvisioningKey`]), a principal of a response, and the `Result` of the functions below: an id that can't be one is
/// then reported when the call is awaited.
///
/// # Examples
/// ```
/// use account_provisioning::cloudinary::{Principal, UserId};
///
/// let ann = Principal::user("u-1")?;
/// assert_eq!(ann, Principal::from(UserId::new("u-1")?));
/// assert_eq!(ann.to_string(), "user u-1");
/// # Ok::<(), account_provisioning::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Principal {
    /// A user of the account.
    User(UserId),
    /// A user group: its members have its roles.
    Group(UserGroupId),
    /// An access key of a product environment.
    ApiKey(ApiKey),
    /// A key of the account.
    ProvisioningKey(ProvisioningKey),
}

impl Principal {
    /// A user.
    ///
    /// # Errors
    /// An input error when the id can't be one.
    pub fn user(id: impl IntoId<UserId>) -> Result<Self> {
        Ok(Self::User(id.into_id()?))
    }

    /// A user group.
    ///
    /// # Errors
    /// An input error when the id can't be one.
    pub fn group(id: impl IntoId<UserGroupId>) -> Result<Self> {
        Ok(Self::Group(id.into_id()?))
    }

    /// An access key of a product environment, by its API key.
    ///
    /// # Errors
    /// An input error when the key can't be one.
    pub fn api_key(key: impl IntoId<ApiKey>) -> Result<Self> {
        Ok(Self::ApiKey(key.into_id()?))
    }

    /// A key of the account.
    ///
    /// # Errors
    /// An input error when the key can't be one.
    pub fn provisioning_key(key: impl IntoId<ProvisioningKey>) -> Result<Self> {
        Ok(Self::ProvisioningKey(key.into_id()?))
    }

    /// The type of principal.
    #[must_use]
    pub fn principal_type(&self) -> PrincipalType {
        match self {
            Self::User(_) => PrincipalType::User,
            Self::Group(_) => PrincipalType::Group,
            Self::ApiKey(_) => PrincipalType::ApiKey,
            Self::ProvisioningKey(_) => PrincipalType::ProvisioningKey,
        }
    }

    /// The id, which is unique among principals of the same type.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::User(id) => id.as_str(),
            Self::Group(id) => id.as_str(),
            Self::ApiKey(key) => key.as_str(),
            Self::ProvisioningKey(key) => key.as_str(),
        }
    }

    /// The type and the id that are sent for an argument.
    pub(super) fn parts_of(principal: impl TryInto<Self, Error: Into<Error>>) -> Result<(PrincipalType, String)> {
        let principal = principal.try_into().map_err(Into::into)?;
        let id = match &principal {
            Self::User(id) => checked(id),
            Self::Group(id) => checked(id),
            Self::ApiKey(key) => checked(key),
            Self::ProvisioningKey(key) => checked(key),
        };
        Ok((principal.principal_type(), id?))
    }

    /// What is sent for an argument in a body.
    pub(super) fn reference_of(principal: impl TryInto<Self, Error: Into<Error>>) -> Result<PrincipalReference> {
        let (type_, id) = Self::parts_of(principal)?;
        Ok(PrincipalReference { id, type_ })
    }

    pub(super) fn from_parts(principal_type: &PrincipalType, id: &str) -> Result<Self> {
        match principal_type {
            PrincipalType::User => Self::user(id),
            PrincipalType::Group => Self::group(id),
            PrincipalType::ApiKey => Self::api_key(id),
            PrincipalType::ProvisioningKey => Self::provisioning_key(id),
            other => {
                let shown: String = other.as_str().escape_debug().take(40).collect();
                Err(Error::invalid_input(format!(
                    "principal: this version doesn't know the type `{shown}`; read the fields of the response instead"
                )))
            }
        }
    }
}

/// An id, checked again: the service may have sent it.
fn checked<T: Id>(id: &T) -> Result<String> {
    let id: T = id.into_id()?;
    Ok(id.as_ref().to_owned())
}

impl fmt::Display for Principal {
    /// Writes the type, as the service calls it, and the id.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.principal_type(), self.id())
    }
}

impl From<&Principal> for Principal {
    fn from(principal: &Principal) -> Self {
        principal.clone()
    }
}

impl From<UserId> for Principal {
    fn from(id: UserId) -> Self {
        Self::User(id)
    }
}

impl From<&UserId> for Principal {
    fn from(id: &UserId) -> Self {
        Self::User(id.clone())
    }
}

impl From<UserGroupId> for Principal {
    fn from(id: UserGroupId) -> Self {
        Self::Group(id)
    }
}

impl From<&UserGroupId> for Principal {
    fn from(id: &UserGroupId) -> Self {
        Self::Group(id.clone())
    }
}

impl From<ApiKey> for Principal {
    fn from(key: ApiKey) -> Self {
        Self::ApiKey(key)
    }
}

impl From<&ApiKey> for Principal {
    fn from(key: &ApiKey) -> Self {
        Self::ApiKey(key.clone())
    }
}

impl From<ProvisioningKey> for Principal {
    fn from(key: ProvisioningKey) -> Self {
        Self::ProvisioningKey(key)
    }
}

impl From<&ProvisioningKey> for Principal {
    fn from(key: &ProvisioningKey) -> Self {
        Self::ProvisioningKey(key.clone())
    }
}

impl TryFrom<Result<Self>> for Principal {
    type Error = Error;

    /// Lets a call report what is wrong with its principal.
    fn try_from(principal: Result<Self>) -> Result<Self> {
        principal
    }
}

impl TryFrom<&InspectedPrincipal> for Principal {
    type Error = Error;

    /// Reads the principal of an inspection.
    fn try_from(found: &InspectedPrincipal) -> Result<Self> {
        Self::from_parts(&found.type_, &found.id)
    }
}

impl TryFrom<&AssignedPrincipal> for Principal {
    type Error = Error;

    /// Reads the principal that has a role.
    fn try_from(found: &AssignedPrincipal) -> Result<Self> {
        Self::from_parts(&found.type_, &found.id)
    }
}

impl TryFrom<&EffectivePrincipal> for Principal {
    type Error = Error;

    /// Reads the principal that policies are in effect for.
    fn try_from(found: &EffectivePrincipal) -> Result<Self> {
        Self::from_parts(&found.principal_type, &found.principal_id)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use super::*;

    #[test]
    fn principal_that_is_wrong_is_reported_where_it_is_sent() {
        let parts = Principal::parts_of(Principal::group("g")).unwrap();
        assert_eq!(parts, (PrincipalType::Group, "g".to_owned()));
        assert!(Principal::parts_of(Principal::user("")).unwrap_err().is_invalid_input());
        // The service may send an id that can't be one.
        let odd: UserId = serde_json::from_value("".into()).unwrap();
        assert!(Principal::parts_of(&odd).unwrap_err().is_invalid_input());
        assert!(Principal::reference_of(odd).unwrap_err().is_invalid_input());
    }
}
