//! Who holds roles.

use std::fmt;

use account_provisioning_api::cloudinary::types;

use super::{
    ApiKey, AssignedPrincipal, EffectivePrincipal, InspectedPrincipal, PrincipalType, ProvisioningKey, UserGroupId,
    UserId,
};
use crate::{Error, Result};

/// Somebody, or something, that can hold roles.
///
/// Where a principal is asked for, the ids of each kind serve as well ([`UserId`], [`UserGroupId`], [`ApiKey`],
/// [`ProvisioningKey`]), and so do the principals of a reply.
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
    pub fn user(id: impl TryInto<UserId, Error: Into<Error>>) -> Result<Self> {
        id.try_into().map(Self::User).map_err(Into::into)
    }

    /// A user group.
    ///
    /// # Errors
    /// An input error when the id can't be one.
    pub fn group(id: impl TryInto<UserGroupId, Error: Into<Error>>) -> Result<Self> {
        id.try_into().map(Self::Group).map_err(Into::into)
    }

    /// An access key of a product environment, by its API key.
    ///
    /// # Errors
    /// An input error when the key can't be one.
    pub fn api_key(key: impl TryInto<ApiKey, Error: Into<Error>>) -> Result<Self> {
        key.try_into().map(Self::ApiKey).map_err(Into::into)
    }

    /// A key of the account.
    ///
    /// # Errors
    /// An input error when the key can't be one.
    pub fn provisioning_key(key: impl TryInto<ProvisioningKey, Error: Into<Error>>) -> Result<Self> {
        key.try_into().map(Self::ProvisioningKey).map_err(Into::into)
    }

    /// The kind of principal.
    #[must_use]
    pub fn principal_type(&self) -> PrincipalType {
        match self {
            Self::User(_) => PrincipalType::User,
            Self::Group(_) => PrincipalType::Group,
            Self::ApiKey(_) => PrincipalType::ApiKey,
            Self::ProvisioningKey(_) => PrincipalType::ProvisioningKey,
        }
    }

    /// The id within its kind.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::User(id) => id.as_str(),
            Self::Group(id) => id.as_str(),
            Self::ApiKey(key) => key.as_str(),
            Self::ProvisioningKey(key) => key.as_str(),
        }
    }

    pub(super) fn reference(&self) -> types::PrincipalReference {
        types::PrincipalReference {
            id: self.id().to_owned(),
            type_: self.principal_type(),
        }
    }

    fn of_reply(kind: &PrincipalType, id: &str) -> Result<Self> {
        match kind {
            PrincipalType::User => Self::user(id),
            PrincipalType::Group => Self::group(id),
            PrincipalType::ApiKey => Self::api_key(id),
            PrincipalType::ProvisioningKey => Self::provisioning_key(id),
            other => {
                let shown: String = other.as_str().escape_debug().take(40).collect();
                Err(Error::invalid_input(format!(
                    "principal: the type `{shown}` is none that this version knows; read the fields of the reply instead"
                )))
            }
        }
    }
}

impl fmt::Display for Principal {
    /// Writes the kind, as the service calls it, and the id.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.principal_type(), self.id())
    }
}

impl From<&Principal> for Principal {
    fn from(principal: &Principal) -> Self {
        principal.clone()
    }
}

/// Makes a principal of each sort of id, by value and by reference.
macro_rules! from_id {
    ($($variant:ident($id:ident)),+) => {$(
        impl From<$id> for Principal {
            fn from(id: $id) -> Self {
                Self::$variant(id)
            }
        }

        impl From<&$id> for Principal {
            fn from(id: &$id) -> Self {
                Self::$variant(id.clone())
            }
        }
    )+};
}
from_id!(
    User(UserId),
    Group(UserGroupId),
    ApiKey(ApiKey),
    ProvisioningKey(ProvisioningKey)
);

impl TryFrom<&InspectedPrincipal> for Principal {
    type Error = Error;

    /// Reads the principal of an inspection.
    fn try_from(found: &InspectedPrincipal) -> Result<Self> {
        Self::of_reply(&found.type_, &found.id)
    }
}

impl TryFrom<&AssignedPrincipal> for Principal {
    type Error = Error;

    /// Reads the holder of a role.
    fn try_from(found: &AssignedPrincipal) -> Result<Self> {
        Self::of_reply(&found.type_, &found.id)
    }
}

impl TryFrom<&EffectivePrincipal> for Principal {
    type Error = Error;

    /// Reads the principal that policies are in effect for.
    fn try_from(found: &EffectivePrincipal) -> Result<Self> {
        Self::of_reply(&found.principal_type, &found.principal_id)
    }
}
